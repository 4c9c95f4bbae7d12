#!/usr/bin/env python3
"""Compare asyncgrep with the reference implementation of SPEC.md, finding by finding.

    check_exact.py --binary build/asyncgrep [--oracle FILE] [-j N] DIR...
    check_exact.py --binary build/asyncgrep --cases

Each disagreement is printed with its source line: ``missing`` (the reference has it), ``extra`` (asyncgrep has it) or
``misplaced`` (the same rule in the same line, another column).  Files that CPython cannot parse are counted, and named
with -v, not compared.  The last line is ``N files compared, N findings, N disagreements, N not parsable``; the exit
status is 1 if anything disagrees.  ``--cases`` compares on the reference's own cases instead.

Measuring needs Python 3.13, whose grammar and standard library SPEC.md means.
"""

import argparse
import importlib.util
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BATCH = 400


def load(path, name):
    """A module from a file."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def python_files(folders):
    """The *.py and *.pyw files below some folders, no symbolic links, sorted."""
    found = []
    for folder in folders:
        if os.path.isfile(folder):
            found.append(folder)
        for parent, _, names in os.walk(folder):
            found += [os.path.join(parent, n) for n in names if n.endswith((".py", ".pyw"))]
    return sorted(f for f in found if not os.path.islink(f))


def asyncgrep_findings(binary, files):
    """path -> {(line, column, code)} as asyncgrep says, and what it printed on standard error."""
    found, errors = {}, []
    for start in range(0, len(files), BATCH):
        batch = files[start:start + BATCH]
        command = [binary, "--format", "json", "--select", "all", "--no-index", "--", *batch]
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if run.returncode not in (0, 1, 2):
            sys.exit(f"{binary} died with status {run.returncode}: {run.stderr.decode(errors='replace')[-500:]}")
        errors += [line for line in run.stderr.decode(errors="replace").splitlines() if line.startswith("asyncgrep: ")]
        for line in run.stdout.decode().splitlines():
            item = json.loads(line)
            found.setdefault(os.path.normpath(item["path"]), set()).add((item["line"], item["column"], item["code"]))
    return found, errors


def oracle_findings(job):
    """(path, {(line, column, code)} or None, why not) as the reference says."""
    oracle_path, path = job
    oracle = sys.modules.get("oracle") or load(oracle_path, "oracle")
    sys.modules["oracle"] = oracle
    with open(path, "rb") as file:
        source = file.read()
    try:
        return path, set(oracle.scan(source)), None
    except oracle.Unparsable as error:
        return path, None, str(error)


def explain(path, ours, theirs):
    """The disagreements of one file, as lines."""
    with open(path, "rb") as file:
        lines = file.read().decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    missing, extra = theirs - ours, ours - theirs
    for line, column, code in sorted(missing | extra):
        sort = "missing" if (line, column, code) in missing else "extra"
        twins = extra if sort == "missing" else missing
        if any((line, code) == (line2, code2) for line2, _, code2 in twins):
            sort = "misplaced, " + ("expected" if sort == "missing" else "found")
        text = lines[line - 1].strip() if line <= len(lines) else ""
        yield f"{path}:{line}:{column}: {code} {sort}: {text}"


def compare(options, files):
    """Print all disagreements of some files; (compared, findings, disagreements, unparsable)."""
    ours, errors = asyncgrep_findings(options.binary, files)
    for error in errors:
        print(error, file=sys.stderr)
    compared = findings = disagreements = unparsable = 0
    jobs = [(options.oracle, path) for path in files]
    with multiprocessing.Pool(options.jobs) as pool:
        for path, theirs, why in pool.imap(oracle_findings, jobs, chunksize=16):
            if theirs is None:
                unparsable += 1
                if options.verbose:
                    print(f"not parsable: {path}: {why}", file=sys.stderr)
                continue
            compared += 1
            findings += len(theirs)
            for line in explain(path, ours.get(os.path.normpath(path), set()), theirs):
                print(line)
                disagreements += 1
    return compared, findings, disagreements, unparsable


def write_cases(folder):
    """The reference's cases as files."""
    cases = load(os.path.join(HERE, "cases.py"), "cases")
    for heading, text in cases.CASES.items():
        for number, case in enumerate(text.strip("\n").split("\n---\n"), 1):
            with open(os.path.join(folder, f"{heading.replace(' ', '_')}-{number:02}.py"), "w") as file:
                file.write(case + "\n")
    for number, (_, source, _) in enumerate(cases.BYTES, 1):
        with open(os.path.join(folder, f"bytes-{number}.py"), "wb") as file:
            file.write(source)


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*", metavar="DIR")
    parser.add_argument("--binary", default="build/asyncgrep")
    parser.add_argument("--oracle", default=os.path.join(HERE, "oracle.py"))
    parser.add_argument("--cases", action="store_true")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.cases:
            write_cases(folder)
            options.paths.append(folder)
        files = python_files(options.paths)
        if not files:
            parser.error("no Python files to compare")
        compared, findings, disagreements, unparsable = compare(options, files)
    print(f"{compared} files compared, {findings} findings, {disagreements} disagreements, {unparsable} not parsable")
    sys.exit(1 if disagreements or not compared else 0)


if __name__ == "__main__":
    main()
