"""Runs a dump of asyncgrep over many files and compares it with the same from CPython's ast."""

import difflib
import os
import subprocess
import sys

from oracle import Unparsable, files_below, parse

BATCH = 200      # files a run of the program
SHOWN = 10       # differing lines shown a file
MAX_FILES = 40   # differing files shown


def python_files(paths):
    """The files to compare."""
    for path in paths:
        if os.path.isdir(path):
            yield from sorted(n for n in files_below(path) if n.endswith(".py") and not os.path.islink(n))
        else:
            yield path


def parse_all(paths):
    """Path -> tree of the files that CPython parses."""
    trees = {}
    for path in paths:
        try:
            with open(path, "rb") as file:
                trees[path] = parse(file.read())
        except (Unparsable, OSError):
            continue
    return trees


def run(binary, kind, paths):
    """Path -> lines of the program's dump."""
    process = subprocess.run([binary, f"--dump={kind}", "--no-index", "--", *paths], stdout=subprocess.PIPE)
    if process.returncode < 0:
        print(f"{binary} died of signal {-process.returncode}")
    dumps, lines = {}, []
    for line in process.stdout.decode("utf-8", "surrogateescape").split("\n"):
        if line.startswith("# "):
            lines = dumps.setdefault(line[2:], [])
        elif line:
            lines.append(line)
    return dumps


def show(path, expected, found):
    """Prints where two dumps differ."""
    print(f"{path}:")
    changes = [line for line in difflib.unified_diff(expected, found, "ast", "asyncgrep", n=0, lineterm="")]
    for line in changes[2:2 + SHOWN]:
        print("    " + line[:400])


def main(kind, dump, normal=list):
    """Compares all files named on the command line, the program's lines after `normal`; the exit status."""
    sys.setrecursionlimit(100_000)
    sys.stdout.reconfigure(errors="backslashreplace")
    binary, *paths = sys.argv[1:]
    paths = list(python_files(paths))
    files = lines = differing = 0
    for start in range(0, len(paths), BATCH):
        trees = parse_all(paths[start:start + BATCH])
        dumps = run(binary, kind, list(trees))
        for path, tree in trees.items():
            try:
                expected = list(dump(tree))
            except AttributeError:
                continue  # `nonlocal` at module level, which ast accepts and the reference does not
            found = normal(dumps.get(path, ["no dump of it"]))
            files, lines = files + 1, lines + len(expected)
            if expected != found:
                differing += 1
                if differing <= MAX_FILES:
                    show(path, expected, found)
    print(f"{kind}: {files} files, {lines} lines, {differing} files differ")
    return 1 if differing else 0
