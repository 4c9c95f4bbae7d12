#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds ignores to copies of real files and proves that nothing but comments has changed.

    check_ignores.py build/asyncgrep FOLDER...

Of all files below the folders in which asyncgrep finds something: afterwards it finds nothing, the syntax tree is
the same, each line begins as it did and ends as it did, and a second run changes no byte. Some files are also tried with
CRLF line ends, with a byte-order mark, and in Latin-1 with a cookie.
"""

import ast
import json
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

ARGUMENTS = ["--no-config", "--no-attributes", "--select", "all"]


def run(command, folder, ok=(0,)):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in ok:
        raise SystemExit(f"{command}: status {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def files_with_findings(binary, folders):
    out = run([binary, "--no-index", *ARGUMENTS, "-l", "-z", *folders], "/", ok=(0, 1, 2))
    return [Path(name.decode("utf-8", "surrogateescape")) for name in out.split(b"\0") if name]


def variants(number, data):
    """What is written of one file: a name and bytes each."""
    yield "plain", data
    if number % 3 == 0 and b"\r" not in data:
        yield "crlf", data.replace(b"\n", b"\r\n")
    if number % 3 == 1 and not data.startswith(b"\xef\xbb\xbf") and b"coding" not in data[:200]:
        yield "mark", b"\xef\xbb\xbf" + data
    if number % 3 == 2 and b"coding" not in data[:200]:
        try:
            yield "latin", b"# -*- coding: latin-1 -*-\n# caf\xe9\n" + data.decode().encode("latin-1")
        except UnicodeError:
            pass


def tree_of(data):
    try:
        return ast.dump(ast.parse(data))
    except (SyntaxError, ValueError):
        return None


def only_comments_were_added(old, new):
    """Each line is the old one with one comment of ours put in, or one of ours extended."""
    before, after = old.splitlines(True), new.splitlines(True)
    if len(before) != len(after):
        return False
    for one, other in zip(before, after):
        if one == other:
            continue
        start = next((i for i, pair in enumerate(zip(one, other)) if pair[0] != pair[1]), min(len(one), len(other)))
        rest = len(one) - start
        if one[:start] != other[:start] or (rest and not other.endswith(one[start:])):
            return False
        added = other[start : len(other) - rest]
        if b"asyncgrep: ignore[" not in other or (b"#" not in added and not added.startswith((b",", b"A"))):
            return False
    return True


def check(binary, folders):
    with tempfile.TemporaryDirectory() as top:
        run(["git", "init", "-q"], top)
        old = {}
        for number, file in enumerate(files_with_findings(binary, folders)):
            for name, data in variants(number, file.read_bytes()):
                path = Path(top, f"f{number}_{name}.py")
                path.write_bytes(data)
                path.chmod(0o755 if number % 2 else 0o640)
                if tree_of(data) is not None:
                    old[path] = data, path.stat().st_mode
                else:
                    path.unlink()
        run(["git", "add", "."], top)
        found = run([binary, *ARGUMENTS, "--format", "json"], top, ok=(0, 1)).count(b"\n")
        added = run([binary, *ARGUMENTS, "--add-ignores", "--reason", "as it was"], top).count(b"\n")
        left = run([binary, *ARGUMENTS, "--format", "json"], top, ok=(0, 1)).splitlines()
        new = {path: path.read_bytes() for path in old}
        run([binary, *ARGUMENTS, "--add-ignores", "--reason", "again"], top)
        wrong = [f"left: {json.loads(line)['path']}" for line in left]
        for path, (data, mode) in old.items():
            if tree_of(data) != tree_of(new[path]):
                wrong.append(f"another tree: {path.name}")
            if not only_comments_were_added(data, new[path]):
                wrong.append(f"more than comments: {path.name}")
            if path.read_bytes() != new[path]:
                wrong.append(f"not idempotent: {path.name}")
            if path.stat().st_mode != mode:
                wrong.append(f"another mode: {path.name}")
        print(*wrong, sep="\n", end="\n" if wrong else "")
        print(f"{len(old)} files, {found} findings, {added} comments, {len(wrong)} wrong")
        return 1 if wrong or not old or not added else 0


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    program = str(Path(sys.argv[1]).resolve())
    sys.exit(check(program, [str(Path(folder).resolve()) for folder in sys.argv[2:]]))
