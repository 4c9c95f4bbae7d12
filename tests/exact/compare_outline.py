#!/usr/bin/env python3
"""Compares the outline of expressions with CPython's ast, node by node.

    compare_outline.py BINARY PATH...

PATH is a file, or a folder: every *.py in it.  BINARY --dump=outline FILE... has to print `# FILE` before the records
of each file (src/python/dump_outline.h).  Compared are kind, slot, operator, flags, extent, name, parent and order
of every node.  Files that ast cannot parse are counted, and otherwise passed over.  Exit status 1 on differences.

What ast has no place for is not compared: where a clause of a comprehension, a captured name and `except ... as name`
stand, where a parameter ends, and redundant parentheses around a pattern.
"""

import ast
import io
import multiprocessing
import os
import re
import subprocess
import sys
import tokenize
import unicodedata
import warnings

BATCH = 50
SHOWN = 5  # differences a file

OPERATORS = {name: number for number, name in enumerate(
    "None Add Sub Mult MatMult Div FloorDiv Mod Pow LShift RShift BitOr BitXor BitAnd Not Invert "
    "Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn".split())}
KINDS = {
    ast.Name: "name", ast.Attribute: "attribute", ast.Call: "call", ast.Subscript: "subscript", ast.Slice: "slice",
    ast.Starred: "starred", ast.Await: "await", ast.Yield: "yield", ast.YieldFrom: "yield-from", ast.UnaryOp: "unary",
    ast.BinOp: "binary", ast.Compare: "compare", ast.IfExp: "conditional", ast.Lambda: "lambda",
    ast.NamedExpr: "walrus", ast.Tuple: "tuple", ast.List: "list", ast.Set: "set", ast.Dict: "dict",
    ast.ListComp: "list-comp", ast.SetComp: "set-comp", ast.DictComp: "dict-comp", ast.GeneratorExp: "generator",
    ast.JoinedStr: "fstring",
}


def operator(node):
    """The number of a node's operator."""
    return OPERATORS[type(node).__name__]


class Node:
    """One expected node."""

    def __init__(self, kind, extent, children=(), slot="-", op=0, flags="", name="-"):
        """`extent` is (start, end), either None where ast does not say."""
        self.kind, self.extent, self.children = kind, extent, [c for c in children if c is not None]
        self.slot, self.op, self.flags, self.name = slot, op, flags, name


class Expected:
    """The nodes that the outline of a file has to have, from its ast."""

    def __init__(self, source):
        """`source` is the file as UTF-8."""
        self.source = source
        self.lines = [0]
        self.lines += [m.end() for m in re.finditer(rb"\r\n|\r|\n", source)]

    def offset(self, line, column):
        """The byte offset of a place."""
        return self.lines[line - 1] + column

    def extent(self, node):
        """The byte offsets of a node of ast."""
        return (self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset))

    # -- expressions

    def expression(self, node):
        """An expression, or None."""
        if node is None:
            return None
        extent = self.extent(node)
        match node:
            case ast.Constant():
                return Node(self.constant_kind(node), extent)
            case ast.BoolOp():
                kind = "and" if isinstance(node.op, ast.And) else "or"
                return Node(kind, extent, map(self.expression, node.values))
            case ast.Name():
                return Node("name", extent, flags=self.stores(node), name=node.id)
            case ast.Attribute():
                return Node("attribute", extent, [self.expression(node.value)], flags=self.stores(node), name=node.attr)
            case ast.Subscript():
                children = [self.expression(node.value), self.expression(node.slice)]
                return Node("subscript", extent, children, flags=self.stores(node))
            case ast.Call():
                return Node("call", extent, [self.expression(node.func), *self.arguments(node.args, node.keywords)])
            case ast.Compare():
                children = map(self.expression, [node.left, *node.comparators])
                return Node("compare", extent, children, op=operator(node.ops[0]))
            case ast.UnaryOp():
                op = {"UAdd": 1, "USub": 2}.get(type(node.op).__name__) or operator(node.op)
                return Node("unary", extent, [self.expression(node.operand)], op=op)
            case ast.BinOp():
                children = [self.expression(node.left), self.expression(node.right)]
                return Node("binary", extent, children, op=operator(node.op))
            case ast.IfExp():
                return Node("conditional", extent, map(self.expression, [node.body, node.test, node.orelse]))
            case ast.Lambda():
                return Node("lambda", extent, [*self.parameters(node.args), self.expression(node.body)])
            case ast.NamedExpr():
                return Node("walrus", extent, [self.expression(node.target), self.expression(node.value)])
            case ast.Dict():
                return Node("dict", extent, self.items(node, extent))
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                children = [self.expression(node.elt), *map(self.clause, node.generators)]
                return Node(KINDS[type(node)], extent, children)
            case ast.DictComp():
                children = [self.expression(node.key), self.expression(node.value), *map(self.clause, node.generators)]
                return Node("dict-comp", extent, children)
            case ast.JoinedStr():
                return Node("fstring", extent, self.fields(node))
            case ast.Slice():
                return Node("slice", extent, map(self.expression, [node.lower, node.upper, node.step]))
            case ast.Tuple() | ast.List() | ast.Set():
                return Node(KINDS[type(node)], extent, map(self.expression, node.elts))
            case _:  # one operand, or none
                return Node(KINDS[type(node)], extent, [self.expression(node.value)])

    @staticmethod
    def constant_kind(node):
        """What a constant is."""
        if isinstance(node.value, (str, bytes)):
            return "string"
        return "constant" if node.value in (None, ...) or isinstance(node.value, bool) else "number"

    @staticmethod
    def stores(node):
        """The flag of what is assigned."""
        return "" if isinstance(node.ctx, ast.Load) else "s"

    def keyword(self, node):
        """A keyword argument."""
        kind, name = ("keyword", node.arg) if node.arg else ("double-starred", "-")
        return Node(kind, self.extent(node), [self.expression(node.value)], name=name)

    def arguments(self, args, keywords):
        """Those of a call or class, in source order."""
        nodes = [*map(self.expression, args), *map(self.keyword, keywords)]
        return sorted(nodes, key=lambda n: n.extent[0])

    def items(self, node, extent):
        """Keys and values of a dict."""
        behind = extent[0] + 1
        for key, value in zip(node.keys, node.values):
            child = self.expression(value)
            if key is not None:
                yield self.expression(key)
                yield child
            else:
                start = self.source.rindex(b"**", behind, child.extent[0])
                yield Node("double-starred", (start, None), [child])
            behind = child.extent[1]

    def clause(self, node):
        """One `for` of a comprehension."""
        children = map(self.expression, [node.target, node.iter, *node.ifs])
        return Node("comprehension", (None, None), children, flags="a" if node.is_async else "")

    def fields(self, node):
        """Those of an f-string, with those in their format specs."""
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                yield self.expression(value.value)
                if value.format_spec is not None:
                    yield from self.fields(value.format_spec)

    def parameters(self, args):
        """Those of a def or lambda, in source order."""
        defaults = [None] * (len(args.posonlyargs) + len(args.args) - len(args.defaults)) + args.defaults
        found = [(arg, default, "") for arg, default in zip(args.posonlyargs + args.args, defaults)]
        if args.vararg:
            found.append((args.vararg, None, "v"))
        found += [(arg, default, "") for arg, default in zip(args.kwonlyargs, args.kw_defaults)]
        if args.kwarg:
            found.append((args.kwarg, None, "k"))
        for arg, default, star in found:
            flags = ("d" if default else "") + ("n" if arg.annotation else "") + star
            start = None if star else self.extent(arg)[0]
            yield Node("parameter", (start, None), [self.expression(arg.annotation), self.expression(default)],
                       flags=flags, name=arg.arg)

    def captures(self, pattern):
        """The names that a pattern captures, in source order."""
        for _, value in ast.iter_fields(pattern):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.pattern):
                    yield from self.captures(child)
        name = getattr(pattern, "rest", None) or getattr(pattern, "name", None)
        if name:
            yield Node("name", (None, None), flags="s", name=name)

    # -- statements

    def root(self, slot, node, op=0):
        """An expression as part of a statement."""
        found = self.expression(node)
        found.slot = slot
        found.op = op or found.op
        return found

    def roots(self, *pairs):
        """Pairs of a slot and an expression or None."""
        return [self.root(slot, node) for slot, node in pairs if node is not None]

    def type_parameters(self, node):
        """Bounds and defaults of PEP 695 and 696."""
        for parameter in node.type_params:
            yield from self.roots(("type-parameter", getattr(parameter, "bound", None)),
                                  ("type-parameter", parameter.default_value))

    def header(self, node):
        """The roots of a statement or header."""
        match node:
            case ast.Expr():
                return self.roots(("expression", node.value))
            case ast.Assign():
                return self.roots(*(("target", t) for t in node.targets), ("value", node.value))
            case ast.AnnAssign():
                return self.roots(("target", node.target), ("annotation", node.annotation), ("value", node.value))
            case ast.AugAssign():
                return [self.root("augmented", node.target, operator(node.op)), self.root("augment", node.value)]
            case ast.Return():
                return self.roots(("return", node.value))
            case ast.Raise():
                return self.roots(("raise", node.exc), ("raise", node.cause))
            case ast.Delete():
                return self.roots(*(("del", t) for t in node.targets))
            case ast.Assert():
                return self.roots(("test", node.test), ("message", node.msg))
            case ast.If() | ast.While():
                return self.roots(("test", node.test))
            case ast.Match():
                return self.roots(("test", node.subject))
            case ast.For() | ast.AsyncFor():
                return self.roots(("for-target", node.target), ("iter", node.iter))
            case ast.With() | ast.AsyncWith():
                pairs = [(("with-item", i.context_expr), ("with-target", i.optional_vars)) for i in node.items]
                return self.roots(*(pair for item in pairs for pair in item))
            case ast.TypeAlias():
                return [*self.roots(("target", node.name)), *self.type_parameters(node),
                        *self.roots(("value", node.value))]
            case ast.Import() | ast.ImportFrom():
                return [Node("alias", self.extent(alias), slot="alias") for alias in node.names]
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                parameters = list(self.parameters(node.args))
                for parameter in parameters:
                    parameter.slot = "parameter"
                return [*self.roots(*(("decorator", d) for d in node.decorator_list)), *self.type_parameters(node),
                        *parameters, *self.roots(("returns", node.returns))]
            case ast.ClassDef():
                bases = self.arguments(node.bases, node.keywords)
                for base in bases:
                    base.slot = "base"
                return [*self.roots(*(("decorator", d) for d in node.decorator_list)), *self.type_parameters(node),
                        *bases]
            case ast.ExceptHandler():
                found = self.roots(("except", node.type))
                if node.name:
                    found.append(Node("name", (None, None), slot="except-name", flags="s", name=node.name))
                return found
            case ast.match_case():
                pattern = Node("pattern", (None, None), self.captures(node.pattern), slot="pattern")
                return [pattern, *self.roots(("test", node.guard))]
        return []

    def statements(self, tree):
        """All roots of a file, in source order."""
        stack = [tree]
        while stack:
            node = stack.pop()
            yield from self.header(node)
            inner = []
            for field in ("body", "handlers", "cases", "orelse", "finalbody"):
                inner += getattr(node, field, [])
            stack += reversed(inner)

    def nodes(self, tree):
        """All nodes, children before their parent: a list of (node, index of the parent or -1)."""
        found = []
        for root in self.statements(tree):
            order = []  # parent before children, last child first
            stack = [(root, -1)]
            while stack:
                node, parent = stack.pop()
                order.append((node, parent))
                stack += [(child, len(order) - 1) for child in node.children]
            last = len(found) + len(order) - 1
            found += [(node, last - parent if parent >= 0 else -1) for node, parent in reversed(order)]
        return found


def differs(node, parent, fields):
    """What is different about a dumped node, or None."""
    kind, slot, op, flags, start, end, dumped_parent, _, name = fields
    flags = flags.replace("b", "").replace("-", "")
    expected = (node.kind, node.slot, node.op, sorted(node.flags), parent, node.name)
    name = unicodedata.normalize("NFKC", name)  # as ast does; our names are their bytes
    found = (kind, slot, int(op), sorted(flags), int(dumped_parent), name)
    if expected != found:
        return f"expected {expected}, found {found}"
    if node.extent[0] not in (None, int(start)) or node.extent[1] not in (None, int(end)):
        return f"{kind}: expected extent {node.extent}, found {(int(start), int(end))}"
    return None


def read(path):
    """The source of a file as UTF-8, and its ast."""
    with open(path, "rb") as file:
        raw = file.read()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(raw)
    encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
    return raw.decode(encoding).encode().removeprefix(b"\xef\xbb\xbf"), tree


def compare_file(path, records):
    """The differences of a file as text; None if ast cannot parse it."""
    try:
        source, tree = read(path)
        expected = Expected(source)
        nodes = expected.nodes(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if records is None:
        return [f"{path}:1: no dump of it"]
    found = []

    def line(offset):
        return len(re.findall(rb"\r\n|\r|\n", source[:int(offset)])) + 1

    dumped = [record.split(" ", 9)[1:] for record in records if record.startswith("node ")]
    for (node, parent), fields in zip(nodes, dumped):
        difference = differs(node, parent, fields)
        if difference:
            found.append(f"{path}:{line(fields[4])}: {difference}")
            break  # what follows is out of step
    else:
        if len(nodes) != len(dumped):
            found.append(f"{path}:1: expected {len(nodes)} nodes, found {len(dumped)}")
    for record in records:
        if record.startswith("broken "):
            found.append(f"{path}:{line(record.split()[1])}: broken, but ast parses it")
    return found


def compare_batch(job):
    """A batch of files: a list of results."""
    binary, paths = job
    sys.setrecursionlimit(100_000)
    process = subprocess.run([binary, "--dump=outline", "--no-index", "--", *paths], stdout=subprocess.PIPE, check=False)
    output = process.stdout.decode("utf-8", "surrogateescape")
    results = []
    if process.returncode < 0:
        results.append([f"{paths[0]}:1: {binary} died of signal {-process.returncode} in this batch"])
    dumps, records = {}, None
    for record in output.split("\n"):
        if record.startswith("# "):
            records = dumps.setdefault(record[2:], [])
        elif record:
            records.append(record)
    return results + [compare_file(path, dumps.get(path)) for path in paths]


def python_files(paths):
    """The files to compare."""
    for path in paths:
        if not os.path.isdir(path):
            yield path
        for folder, _, names in os.walk(path):
            yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(".py"))


def main():
    """The command line."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    files = list(python_files(sys.argv[2:]))
    jobs = [(sys.argv[1], files[i:i + BATCH]) for i in range(0, len(files), BATCH)]
    compared = differences = unparsable = 0
    with multiprocessing.Pool() as pool:
        for results in pool.imap(compare_batch, jobs):
            for result in results:
                if result is None:
                    unparsable += 1
                    continue
                compared += 1
                differences += len(result)
                for difference in result[:SHOWN]:
                    print(difference)
    print(f"{compared} files compared, {differences} differences, {unparsable} not parsable")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
