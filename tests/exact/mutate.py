#!/usr/bin/env python3
"""Break real code in many ways, and see that asyncgrep takes it: no crash, no hang, no sanitizer report.

    mutate.py --binary build/address-undefined/asyncgrep [--variants N] [--seed N] [--keep FOLDER] PATH...

PATH is a file, or a folder: every *.py in it.  Each variant is a real file that was cut, shuffled, indented anew, had
bytes flipped, or pieces of others put in; the same seed gives the same variants.  They are scanned in batches, with one
thread and with four: the output has to be the same.  The program has to end with one of its own statuses, and takes
LIMIT seconds a file at most.  Build it with SANITIZE=address,undefined.  What fails is kept, and its path printed.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

LIMIT = 2.0
BATCH = 200
MAX_BYTES = 200_000
STATUSES = (0, 1, 2)
SCRAPS = [b"(", b")", b"[", b"]", b"{", b"}", b"'", b'"', b'"""', b"'''", b"f'{", b"}'", b"\\", b"\\\n", b"\n", b"\r",
          b"\r\n", b"\t", b"\f", b"\0", b":", b";", b",", b"=", b":=", b"#", b"@", b"*", b"**", b".", b"...", b"lambda ",
          b"lambda: ", b"async ", b"await ", b"async def f():\n", b"def ", b"class ", b"if ", b"elif x:\n", b"else:\n",
          b"try:\n", b"finally:\n", b"except:\n", b"with ", b"for t in ts:\n", b"while 1:\n", b"match x:\n", b"case y:\n",
          b"yield ", b"return ", b"global x\n", b"nonlocal x\n", b"import a.b as c\n", b"from . import x\n", b"del x\n",
          b"type X = ", b"->", b"self.", b"t.cancel()\n", b"await t\n", b"open(p)", b"# noqa: ", b"# asyncgrep: ignore[",
          b"# -*- coding: latin-1 -*-\n", b"# -*- coding: utf-16 -*-\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3\xa9",
          b"\xf0\x9f\x90\x8d", b"\xe2\x80\xa8", b"\x80", b"0x", b"1e", b"1_", b"if(" * 300, b"[" * 1200, b"not " * 500]


def cut(text, chance, _):
    """Only a part of it."""
    start = chance.choice((0, chance.randrange(len(text) + 1)))
    return text[start:chance.randrange(start, len(text) + 1)]


def shuffle(text, chance, _):
    """Lines in another order, all or some."""
    lines = text.splitlines(True)
    start = chance.randrange(len(lines) + 1)
    end = min(len(lines), start + chance.choice((3, 10, len(lines))))
    some = lines[start:end]
    chance.shuffle(some)
    return b"".join(lines[:start] + some + lines[end:])


def indent(text, chance, _):
    """Some lines with another indentation."""
    lines = text.splitlines(True)
    for _ in range(chance.randint(1, 20)):
        if lines:
            i = chance.randrange(len(lines))
            blank = chance.choice((b"", b" ", b"\t", b"    ", b" \t ", b"\f", b" " * 200))
            lines[i] = blank + (lines[i].lstrip() if chance.random() < 0.5 else lines[i])
    return b"".join(lines)


def flip(text, chance, _):
    """Some bytes others."""
    data = bytearray(text)
    for _ in range(chance.randint(1, 30)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def scrap(text, chance, _):
    """Pieces of syntax put in."""
    data = bytearray(text)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(data) + 1)
        data[at:at] = chance.choice(SCRAPS)
    return bytes(data)


def graft(text, chance, other):
    """A piece of another file in the place of one."""
    start, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    from_, to = sorted((chance.randrange(len(other) + 1), chance.randrange(len(other) + 1)))
    return text[:start] + other[from_:to] + text[end:]


def drop(text, chance, _):
    """Without some of its brackets, quotes or line ends."""
    some = set(chance.sample(b"()[]{}'\"\n:,.= ", 2))
    return bytes(b for b in text if b not in some or chance.random() < 0.9)


def asyncify(text, chance, _):
    """More code in async context, so that more rules look."""
    return text.replace(b"    def ", b"    async def ")


CHANGES = (cut, shuffle, indent, flip, scrap, graft, drop)


def variant(sources, chance):
    """A broken file."""
    text = chance.choice(sources)
    if chance.random() < 0.5:
        text = asyncify(text, chance, None)
    for change in chance.choices(CHANGES, k=chance.choice((1, 1, 2, 3))):
        text = change(text, chance, chance.choice(sources))
    return text[:MAX_BYTES]


class Scan:
    """Runs of the program."""

    def __init__(self, binary):
        self.binary, self.findings = os.path.abspath(binary), 0
        self.environment = dict(os.environ, ASAN_OPTIONS="exitcode=99:detect_leaks=1",
                                UBSAN_OPTIONS="exitcode=99:print_stacktrace=1", LSAN_OPTIONS="exitcode=99")

    def run(self, jobs, paths, limit):
        """(status or None for a hang, standard output, standard error)"""
        command = [self.binary, f"-j{jobs}", "--format", "json", "--select", "all", "--no-index", "--", *paths]
        try:
            run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=limit,
                                 env=self.environment)
        except subprocess.TimeoutExpired:
            return None, b"", b""
        return run.returncode, run.stdout, run.stderr

    def fault(self, paths, limit):
        """What is wrong with a scan of some files, or None."""
        status, output, errors = self.run(1, paths, limit)
        if status is None:
            return "it hangs"
        if status not in STATUSES:
            return f"status {status}: {errors.decode(errors='replace')[-2000:]}"
        if status == 2 and not errors:
            return "status 2, and not a word why"
        status4, output4, errors4 = self.run(4, paths, limit)
        if (status4, output4, sorted(errors4.splitlines())) != (status, output, sorted(errors.splitlines())):
            return f"other with -j4: status {status4}, {len(output4)} bytes, but {status} and {len(output)} with -j1"
        self.findings += output.count(b"\n")
        return None

    def faults(self, paths):
        """(path, what is wrong) of each file that fails; of all, where only all together do."""
        start = time.monotonic()
        together = self.fault(paths, LIMIT * len(paths))
        slow = time.monotonic() - start > LIMIT
        if not together and not slow:
            return []
        alone = [(path, self.fault([path], LIMIT)) for path in paths]
        found = [(path, fault) for path, fault in alone if fault]
        return found or ([(", ".join(paths), together)] if together else [])


def read_sources(paths, chance):
    """Texts to break: at most 3,000 files."""
    files = [path for path in paths if os.path.isfile(path)]
    for path in paths:
        for folder, folders, names in os.walk(path):
            folders.sort()
            files += [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py")]
    files = chance.sample(files, min(len(files), 3000))
    texts = []
    for path in files:
        with open(path, "rb") as file:
            texts.append(file.read(MAX_BYTES))
    return [text for text in texts if text]


def keep(path, folder):
    """Copies a failing variant to where it stays."""
    os.makedirs(folder, exist_ok=True)
    return shutil.copy(path, folder)


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--binary", default="build/address-undefined/asyncgrep")
    parser.add_argument("--variants", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default=os.path.join(tempfile.gettempdir(), "asyncgrep-mutate"))
    parser.add_argument("paths", nargs="+", metavar="PATH")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    sources = read_sources(options.paths, chance)
    scan, failures, done = Scan(options.binary), 0, 0
    while done < options.variants:
        with tempfile.TemporaryDirectory() as scratch:
            paths = []
            for _ in range(min(BATCH, options.variants - done)):
                paths.append(os.path.join(scratch, f"variant{options.seed}-{done + len(paths):05}.py"))
                with open(paths[-1], "wb") as file:
                    file.write(variant(sources, chance))
            for path, fault in scan.faults(paths):
                failures += 1
                for one in path.split(", "):
                    print(f"{keep(one, options.keep)}: {fault}", flush=True)
            done += len(paths)
    print(f"{done} variants of {len(sources)} files, {scan.findings} findings in them, {failures} failures")
    sys.exit(1 if failures or not scan.findings else 0)


if __name__ == "__main__":
    main()
