#!/usr/bin/env python3
"""Time asyncgrep on the worst files that can be thought of: the time has to grow as the file does.

    worst_cases.py [--binary build/asyncgrep] [NAME...]

Each case is generated at two sizes, the second four times the first.  Prints the times of each, and their
ratio; the exit status is 1 when a ratio is RATIO or more (a quadratic one is 16), when the first size takes more than
LIMIT seconds, or when the program fails.  Times are those of the processor.  A ratio is that to a file four times as
long: where indentation makes it longer still, so much more time is due.  Times below NOISE seconds are not compared.
"""

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile

LIMIT = 2.0
RATIO = 8.0
NOISE = 0.05
TIMEOUT = 20


def lines(head, size, *templates):
    """A head, then each template `size` times with its number."""
    return head + "".join(template.format(i=i, j=i + 1) + "\n" for template in templates for i in range(size))


def rebound(size):
    """One name bound over and over, and used between."""
    return lines("import asyncio\nfrom pathlib import Path\nasync def f(self):\n", size,
                 "    p = Path('a{i}')\n    p.exists()")


def rebound_module(size):
    """The same at module level, with one use in each of many functions."""
    return lines("import io\n", size, "p = io.StringIO()") + lines("", size, "async def f{i}():\n    json.load(p)")


def tasks_in_turn(size):
    """Tasks of one function: created, cancelled and awaited one after the other."""
    return lines("import asyncio\nasync def f():\n", size,
                 "    t{i} = asyncio.create_task(g())\n    t{i}.cancel()\n    await t{i}")


def tasks_at_once(size):
    """The same, all created, then all cancelled, then all awaited."""
    return lines("import asyncio\nasync def f():\n", size,
                 "    t{i} = asyncio.create_task(g())", "    t{i}.cancel()", "    await t{i}")


def one_task(size):
    """One name created, cancelled and awaited over and over."""
    return lines("import asyncio\nasync def f():\n", size,
                 "    t = asyncio.create_task(g())\n    t.cancel()\n    await t")


def one_task_cancels(size):
    """One name cancelled many times, then awaited many times."""
    return lines("import asyncio\nasync def f():\n", size, "    t.cancel()", "    await t")


def task_attributes(size):
    """Attributes and subscripts that hold tasks."""
    return lines("import asyncio\nclass C:\n  async def f(self):\n", size,
                 "    self.a.b[{i}] = asyncio.create_task(g())", "    self.a.b[{i}].cancel()", "    await self.a.b[{i}]")


def gathers(size):
    """Each task cancelled, and each gather names all of one."""
    return lines("import asyncio\nasync def f():\n", size, "    t{i}.cancel()",
                 "    await asyncio.gather(t{i}, t{j})")


def wide_gather(size):
    """All tasks cancelled, and one gather that names them all."""
    arguments = ", ".join(f"t{i}" for i in range(size))
    return lines("import asyncio\nasync def f():\n", size, "    t{i}.cancel()") + \
        f"    await asyncio.gather({arguments})\n"


def brackets(size):
    """Nested brackets."""
    return "async def f():\n    x = " + "(" * size + "open(p)" + ")" * size + "\n"


def subscripts(size):
    """A chain of subscripts, calls and attributes."""
    return "async def f():\n    x" + ".a[0](1)" * size + "\n    open(p)\n"


def long_line(size):
    """One line, a few findings in it."""
    return "async def f(): x = [" + ("f(p), " * (size // 60) + "open(p), ") * 10 + "]\n"


def matches_long_line(size):
    """One line, and much is found in it."""
    return "async def f(): x = [" + "open(p), " * size + "]\n"


def long_string(size):
    """One string."""
    return "async def f():\n    x = '" + "a" * size + "'; open(p)\n"


def matches(size):
    """A finding a line."""
    return lines("import time\nasync def f():\n", size, "    open(p)")


def matches_suppressed(size):
    """A finding a line, each with a comment."""
    return lines("import time\nasync def f():\n", size, "    open(p)  # noqa: AG101")


def matches_one_line(size):
    """All findings in one logical line."""
    return "async def f():\n    x = [\n" + "        open(p),\n" * size + "    ]\n"


def nested_functions(size):
    """Functions in each other, as deep as indentation of one blank allows in CPython and beyond."""
    return "import asyncio\n" + "".join(" " * i + f"async def f{i}():\n" for i in range(size)) + \
        " " * size + "open(p)\n"


def nested_functions_used(size):
    """Functions in each other, each with a call by a name of the outermost."""
    return "".join(f"{' ' * i}async def f{i}(p):\n{' ' * i} x.open(); t.cancel(); await t\n" for i in range(size))


def nested_ifs(size):
    """Deep if nesting with tasks on every level."""
    return "import asyncio\nasync def f():\n" + \
        "".join(f"{' ' * (i + 1)}if t.cancel():\n" for i in range(size)) + " " * (size + 1) + "await t\n" + \
        "".join(f"{' ' * i} await t\n" for i in range(size - 1, 0, -1))


def nested_tries(size):
    """Deep try nesting."""
    return "import asyncio\nasync def f():\n" + "".join(f"{' ' * (i + 1)}try:\n" for i in range(size)) + \
        " " * (size + 1) + "t.cancel()\n" + \
        "".join(f"{' ' * (i + 1)}finally:\n{' ' * (i + 1)} await t\n" for i in range(size - 1, -1, -1))


def nested_loops(size):
    """Deep loop nesting, the same list."""
    return "import asyncio\nasync def f():\n" + "".join(f"{' ' * (i + 1)}for t in ts:\n" for i in range(size)) + \
        " " * (size + 1) + "t.cancel()\n" + " await asyncio.gather(*ts)\n"


def display(size):
    """A display of task calls."""
    return "import asyncio\nasync def f():\n    x = [" + "asyncio.create_task(g()), " * size + "]\n"


def display_of_names(size):
    """A display of cancelled tasks."""
    return "import asyncio\nasync def f():\n    t.cancel()\n    await asyncio.wait([" + "t, " * size + "])\n"


def arguments(size):
    """A call with many arguments."""
    return "import asyncio\nasync def f():\n    json.load(" + "io.StringIO(), " * size + ")\n"


def knot(size):
    """Names bound to each other, each to all others: `size` bindings in all."""
    names = int(size ** 0.5)
    return "import pathlib\n" + "".join(f"n{i} = n{j}\n" for i in range(names) for j in range(names) if i != j) + \
        lines("async def f():\n", names, "    n{i}.exists(); n{i}.read_text(); json.load(n{i})")


def ring(size):
    """Names bound to the next one in a ring."""
    return lines("import pathlib\n", size, "n{i} = n{j}") + f"n{size} = n0\n" + \
        lines("async def f():\n", size, "    n{i}.exists(); n{i}.read_text(); json.load(n{i})")


def chain(size):
    """Each path made of the one before."""
    return lines("from pathlib import Path\nasync def f(p0):\n    p0 = Path('a')\n", size,
                 "    p{j} = p{i} / 'x'\n    p{j}.exists()\n    p{j}.read_text()")


def chain_backwards(size):
    """The same, the last one asked first."""
    return lines(f"from pathlib import Path\nasync def f():\n    p{size}.exists()\n    p0 = Path('a')\n", size,
                 "    p{j} = p{i}.parent")


def chain_of_functions(size):
    """Each function annotated, returning the next."""
    return lines("from pathlib import Path\n", size, "def f{i}() -> Path: ...\np{i} = f{j}()") + \
        lines("async def g():\n", size, "    p{i}.exists()")


def slashes(size):
    """One expression with many slashes."""
    return "from pathlib import Path\nasync def f():\n    (Path('a')" + " / 'x'" * size + ").exists()\n"


def slashes_bound(size):
    """The same, of something that is no path, by way of a name."""
    return "from app import Tree\nasync def f():\n    p = Tree()" + " / 'x'" * size + "\n    p.mkdir()\n"


def methods_chained(size):
    """One expression with many chain methods."""
    return "from pathlib import Path\nasync def f():\n    Path('a')" + ".parent.resolve()" * size + ".exists()\n"


def loops(size):
    """Loops over one list with cancels, then a gather for each."""
    return lines("import asyncio\nasync def f(ts):\n", size, "    for t in ts:\n        t.cancel()",
                 "    await asyncio.gather(*ts)")


def loops_appending(size):
    """Loops that append to one list."""
    return lines("import asyncio\nasync def f(ts):\n", size,
                 "    for t in ts{i}:\n        t.cancel()\n        out.append(t)", "    await asyncio.gather(*out)")


def loop_appending_much(size):
    """One loop that appends to many lists."""
    return lines("import asyncio\nasync def f(ts):\n    for t in ts:\n        t.cancel()\n", size,
                 "        out{i}.append(t)", "    await asyncio.gather(*out{i})")


def loops_and_awaits(size):
    """Loops over one list whose bodies await."""
    return lines("import asyncio\nasync def f(ts):\n", size, "    for t in ts:\n        t.cancel()",
                 "    for u in ts:\n        await u")


def classes(size):
    """Classes that each bind attributes of self."""
    return lines("from pathlib import Path\n", size,
                 "class C{i}:\n    def __init__(self):\n        self.x = Path('a')\n"
                 "    async def f(self):\n        self.x.exists()\n        self.t = asyncio.create_task(self.f())")


def one_attribute(size):
    """One class that binds one attribute over and over, used in as many methods."""
    return lines("from pathlib import Path\nclass C:\n", size,
                 "    async def f{i}(self):\n        self.x = Path('a')\n        self.x.exists()\n"
                 "        self.t = asyncio.create_task(self.f())")


def nested_classes(size):
    """Classes in each other."""
    return "".join(f"{' ' * i}class C{i}:\n" for i in range(size)) + " " * size + \
        "async def f(self):\n" + " " * size + " self.x.exists(); self.f().exists()\n"


def one_method(size):
    """Methods of one name, and as many calls of it."""
    return lines("import asyncio\nfrom pathlib import Path\n", size,
                 "class C{i}:\n    def p(self) -> Path:\n        try: pass\n        except Exception: pass") + \
        lines("async def g(x):\n", size, "    x.p().exists()\n    t{i} = asyncio.create_task(x.p())")


def one_method_in_classes(size):
    """The same, the calls in the classes."""
    return lines("import asyncio\nfrom pathlib import Path\n", size,
                 "class C{i}:\n    def p(self) -> Path: ...\n    async def g(self):\n"
                 "        self.p().exists()\n        self.q = asyncio.create_task(self.p())")


def one_function(size):
    """Functions of one name at module level, and as many calls."""
    return lines("import asyncio\nfrom pathlib import Path\n", size, "def p() -> Path: ...") + \
        lines("async def g(x):\n", size, "    p().exists()\n    t{i} = asyncio.create_task(p())")


def imports(size):
    """One name imported over and over, each time from elsewhere, and used as often."""
    return lines("", size, "import m{i} as m") + lines("async def g(x):\n", size, "    m.open(); m.x.read_text()")


def sockets(size):
    """Tasks of socket handlers, and `finally` blocks."""
    return lines("import asyncio\nasync def g(websocket):\n", size,
                 "    t{i} = asyncio.create_task(f())\n    try: pass\n    finally: t{i}.cancel()")


def socket_connects(size):
    """Many connects of one handler."""
    return lines("import asyncio\nasync def g(websocket):\n", size,
                 "    await m.connect(websocket)\n    try: pass\n    finally: pass")


def withs(size):
    """Timeouts around timeouts."""
    return "import asyncio\nasync def f():\n t.cancel()\n" + \
        "".join(f"{' ' * i} async with x(None):\n" for i in range(size)) + " " * (size + 1) + "await t\n" * 1


def with_items(size):
    """One `with` of many items around many awaits."""
    items = ", ".join(f"x{i}()" for i in range(size))
    return f"import asyncio\nasync def f():\n t.cancel()\n with {items}:\n" + "  await t\n" * size


def conditions(size):
    """Awaits below a long `and`."""
    return "import asyncio\nasync def f():\n t.cancel()\n if " + " and ".join(["x"] * size) + ":\n" + \
        "  await t\n" * size


def lambdas(size):
    """Lambdas in each other."""
    return "async def f():\n    x = " + "lambda: " * size + "open(p)\n    open(p)\n"


def many_lambdas(size):
    """Lambdas beside each other, with tasks."""
    return "import asyncio\nasync def f():\n    x = [" + \
        "loop.call_soon(lambda: asyncio.create_task(g())), " * size + "]\n"


def binary(size):
    """A long sum of calls."""
    return "async def f():\n    x = " + " + ".join(["open(p)"] * size) + "\n"


def conditional(size):
    """A long chain of conditional expressions."""
    return "async def f():\n    x = " + "open(p) if a else " * size + "open(p)\n"


def fields(size):
    """An f-string with many fields."""
    return "async def f():\n    x = f'" + "{open(p)}" * size + "'\n"


def nested_fields(size):
    """f-strings in each other."""
    return "async def f():\n    x = " + "f'{" * size + "open(p)" + "}'" * size + "\n"


def strings(size):
    """Adjacent strings."""
    return "async def f():\n    x = (" + "'a' f'{b}' " * size + ").exists()\n"


def comments(size):
    """Comments with long lists of codes."""
    return "async def f():\n    open(p)  # noqa: " + "AG999, " * size + "\n"


def elifs(size):
    """A long chain of branches."""
    return lines("import asyncio\nasync def f():\n    if x: pass\n", size,
                 "    elif y{i}:\n        t.cancel()\n        await t")


def cases(size):
    """A long match."""
    return lines("import asyncio\nasync def f():\n    match x:\n", size,
                 "        case {i}:\n            t.cancel()\n            await t")


def globals_declared(size):
    """One name declared global in many functions."""
    return lines("import asyncio\n", size, "async def f{i}():\n    global t\n    t = asyncio.create_task(g())")


def nonlocals(size):
    """One name declared nonlocal in many functions."""
    return lines("import asyncio\nasync def h():\n    t = None\n", size,
                 "    async def f{i}():\n        nonlocal t\n        t = asyncio.create_task(g())")


def blank(size):
    """Blank lines, a little code."""
    return "import asyncio\n" + "\n" * size + "async def f():\n    open(p)\n"


def decorators(size):
    """Decorators of one function."""
    return "x = 1\n" + "@open(p)\n" * size + "async def f():\n    open(p)\n"


def parameters(size):
    """A function of many parameters, each used."""
    names = ", ".join(f"p{i}: 'x' = open(p)" for i in range(size))
    return f"from pathlib import Path\nasync def f({names}):\n" + \
        lines("", size, "    p{i}.exists()\n    p{i}.read_text()")


def comprehension(size):
    """A comprehension of many clauses."""
    return "import asyncio\nasync def f():\n    [asyncio.create_task(x) " + \
        "".join(f"for x{i} in y{i} " for i in range(size)) + "]\n"


def methods_of_one_class(size):
    """Methods of one name in one class, and as many calls there."""
    return lines("import asyncio\nfrom pathlib import Path\nclass C:\n", size, "    def p(self) -> Path: ...") + \
        lines("    async def g(self):\n", size, "        self.p().exists()\n        self.q = asyncio.create_task(self.p())")


def loops_over_listing(size):
    """A name bound over and over, and as many loops over it."""
    return lines("async def f(z):\n", size, "    names = z.foo()") + \
        lines("", size, "    for n{i} in names:\n        n{i}.is_file()")


def class_attribute(size):
    """A class body that binds a name over and over, and as many uses of it."""
    return lines("from pathlib import Path\nclass C:\n", size, "    x: int = 1") + \
        lines("    async def f(self):\n", size, "        self.x.is_dir()")


def renamed(size):
    """One call imported under many names, each called."""
    return lines("", size, "from io import open as o{i}") + lines("async def f(p):\n", size, "    o{i}(p)")


def renamed_and_others(size):
    """One call imported under many names, and calls of others."""
    return lines("", size, "from io import open as o{i}") + lines("async def f(p):\n", size, "    u{i}(p)")


def names_not_imported(size):
    """Many imports, and calls of methods of as many names that are not imported."""
    return lines("import json\n", size, "import m{i}") + lines("async def f(p):\n", size, "    y{i}a.load(p)")


def heads(size):
    """Long dotted names."""
    return "import json\nasync def f(p):\n" + ("    a" + ".b" * 1000 + ".load(p)\n") * (size // 1000)


def spellings(size):
    """A chain of attributes that are all called like what a rule looks for elsewhere in the file."""
    return "import requests\nx = y" + ".Session" * size + "\nasync def f(p):\n" + "    p.get(1)\n" * size


def deep_then_flat(size):
    """Classes in each other, then many calls at the outermost level."""
    deep = int(size ** 0.5)
    return "".join(f"{' ' * i}class C{i}:\n" for i in range(deep)) + " " * deep + "async def f(): open(p)\n" + \
        "open(p)\n" * size


def deep_then_wide(size):
    """Classes in each other, then many calls in the innermost, none of which is reported."""
    deep = int(size ** 0.5)
    return "async def g():\n" + "".join(f"{' ' * i} class C{i}:\n" for i in range(deep)) + \
        " " * deep + " x = [" + "await open(p), " * size + "]\n"


def one_line_suppressed(size):
    """A logical line of many findings and as many comments."""
    return "async def f():\n    x = [\n" + "        open(p),  # noqa: E501\n" * size + "    ]\n"


def comment_then_bracket(size):
    """Calls whose names stand in lines with comments before."""
    return "async def f():\n    x = [\n" + "        (open # open\n)(p),\n" * size + "    ]\n"


def semicolons(size):
    """Statements in one line."""
    return "async def f(): " + "open(p); " * size + "pass\n"


def unused_comments(size):
    """Comments that hide nothing."""
    return lines("async def f():\n    open(p)\n", size, "    x = {i}  # asyncgrep: ignore[AG101] because")


CASES = {
    rebound: 10000, rebound_module: 10000, tasks_in_turn: 10000, tasks_at_once: 10000, one_task: 10000,
    one_task_cancels: 10000, task_attributes: 10000, gathers: 10000, wide_gather: 10000, brackets: 100000,
    subscripts: 25000, long_line: 12_500_000, matches_long_line: 10000, long_string: 12_500_000, matches: 100000, matches_suppressed: 100000,
    matches_one_line: 100000, nested_functions: 2500, nested_functions_used: 1000, nested_ifs: 1000, nested_tries: 1000,
    nested_loops: 1000, display: 100000, display_of_names: 100000, arguments: 100000, knot: 10000, ring: 10000,
    chain: 10000, chain_backwards: 10000, chain_of_functions: 10000, slashes: 10000, slashes_bound: 10000, methods_chained: 10000,
    loops: 2500, loops_appending: 2500, loop_appending_much: 2500, loops_and_awaits: 2500, classes: 10000,
    one_attribute: 10000, nested_classes: 1000, one_method: 10000, one_method_in_classes: 10000, one_function: 10000,
    imports: 10000, sockets: 10000, socket_connects: 10000, withs: 1000, with_items: 10000, conditions: 10000,
    lambdas: 10000, many_lambdas: 25000, binary: 100000, conditional: 25000, fields: 100000, nested_fields: 10000,
    strings: 25000, comments: 25000, elifs: 10000, cases: 10000, globals_declared: 10000, nonlocals: 10000,
    methods_of_one_class: 10000, loops_over_listing: 10000, class_attribute: 10000, renamed: 10000,
    renamed_and_others: 10000, names_not_imported: 10000, heads: 100000, spellings: 10000,
    deep_then_flat: 100000, deep_then_wide: 100000,
    one_line_suppressed: 10000, comment_then_bracket: 10000, semicolons: 10000, unused_comments: 100000,
    blank: 1_000_000, decorators: 10000, parameters: 10000, comprehension: 10000,
}


def limit_time():
    """In the child: what takes longer is ended. Of the processor's time, as others may use it, too."""
    resource.setrlimit(resource.RLIMIT_CPU, (TIMEOUT, TIMEOUT + 1))


def measure(binary, text):
    """Seconds and failure (or None) of one scan."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", dir=os.environ.get("TMPDIR")) as file:
        file.write(text)
        file.flush()
        command = [binary, "--format", "json", "--select", "all", "--no-index", "--", file.name]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=limit_time)
        if run.returncode == -signal.SIGXCPU:
            return TIMEOUT, "timeout"
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        failure = None if run.returncode in (0, 1) else f"status {run.returncode}: {run.stderr.decode().strip()[-200:]}"
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, failure


def verdict(small, ratio, failure):
    """What is wrong, or an empty string."""
    if failure:
        return failure
    if small > LIMIT:
        return f"more than {LIMIT} s"
    return "not linear" if ratio >= RATIO else ""


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--binary", default="build/asyncgrep")
    parser.add_argument("names", nargs="*", metavar="NAME", help="cases to run (default: all)")
    options = parser.parse_args()
    failed = 0
    print(f"{'case':24} {'size':>10} {'kB':>8} {'seconds':>8} {'4 x':>8} {'ratio':>6}")
    for case, size in CASES.items():
        if options.names and case.__name__ not in options.names:
            continue
        text, longer = case(size), case(size * 4)
        small, failure = measure(options.binary, text)
        large, failure_large = measure(options.binary, longer) if not failure else (0.0, None)
        growth = max(len(longer) / len(text), 4) / 4
        ratio = large / max(small, NOISE) / growth
        wrong = verdict(small, ratio, failure or failure_large)
        failed += bool(wrong)
        print(f"{case.__name__:24} {size:10} {len(text) // 1024:8} {small:8.3f} {large:8.3f} {ratio:6.1f} {wrong}",
              flush=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{failed} cases failed; at most {peak} MB")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
