#!/usr/bin/env python3
"""Compare asyncgrep with findings that the reference implementation once gave: the part of check-exact for every day.

    check_sample.py [--binary build/asyncgrep]            compare; any Python from 3.8 will do
    check_sample.py --write                               write expected.jsonl anew, with the reference; Python 3.13

The sample is tests/fixtures and the reference's own cases.  expected.jsonl has one line a file: its name, a digest of
its text, and its findings as [line, column, code].  A file that was changed, added or removed since is an error that
says so; every other difference is printed as missing or extra.  The exit status is 1 if there is any.
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile

import check_exact

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = os.path.join(HERE, "expected.jsonl")
FIXTURES = os.path.join(os.path.dirname(HERE), "fixtures")


def sample(scratch):
    """Name -> path of each file."""
    folder = os.path.join(scratch, "cases")
    os.mkdir(folder)
    check_exact.write_cases(folder)
    named = {}
    for start, prefix in ((folder, "cases"), (FIXTURES, "fixtures")):
        for path in check_exact.python_files([start]):
            named[f"{prefix}/{os.path.relpath(path, start)}"] = path
    return named


def digest(path):
    """Of the text of a file."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()[:16]


def write(named):
    """Let the reference say what is expected."""
    oracle = os.path.join(HERE, "oracle.py")
    with open(EXPECTED, "w", encoding="utf-8") as file:
        for name, path in sorted(named.items()):
            found = check_exact.oracle_findings((oracle, path))[1]
            findings = None if found is None else sorted(found)
            file.write(json.dumps({"file": name, "sha256": digest(path), "findings": findings}) + "\n")


def compare(binary, named):
    """Yield what differs."""
    with open(EXPECTED, encoding="utf-8") as file:
        expected = {item["file"]: item for item in map(json.loads, file)}
    for name in sorted(expected.keys() ^ named.keys()):
        yield f"{name}: {'not there' if name in expected else 'new'}; run check_sample.py --write"
    found = check_exact.asyncgrep_findings(binary, sorted(named.values()))[0]
    for name in sorted(expected.keys() & named.keys()):
        path, item = named[name], expected[name]
        if digest(path) != item["sha256"]:
            yield f"{name}: changed; run check_sample.py --write"
        elif item["findings"] is not None:
            theirs = {tuple(finding) for finding in item["findings"]}
            for line in check_exact.explain(path, found.get(os.path.normpath(path), set()), theirs):
                yield name + line[len(path):]


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--binary", default="build/asyncgrep")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        named = sample(scratch)
        if options.write:
            write(named)
        differences = list(compare(options.binary, named))
    for difference in differences:
        print(difference)
    print(f"{len(named)} files of the sample, {len(differences)} differences")
    sys.exit(1 if differences or not named else 0)


if __name__ == "__main__":
    main()
