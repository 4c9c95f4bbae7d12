#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What other tools print about the Python files of a folder, beside what asyncgrep finds there: a table in Markdown.

    bench/found.py ASYNCGREP FOLDER

The greps are those of the async cheat sheet. What two tools report in the same line counts as the same. Ruff is left
out where it is missing.
"""

import json
import os
import re
import shutil
import subprocess
import sys

GREPS = {
    "grep for open": ('grep -rIn --include="*.py" "with open(" . | grep -v "def " | grep "async def"', ["AG101"]),
    "grep for json": (r'grep -rIn --include="*.py" "json.load\|json.dump" . | grep -v "# "', ["AG102"]),
    "grep for cancel": (
        r'grep -rIn --include="*.py" -A 3 "\.cancel()" . | grep "await" | grep -v "wait_for"', ["AG201", "AG202"],
    ),
}
RUFF = "ruff check -q --isolated --no-cache --select ASYNC,RUF006 --output-format concise ."


def places(command, folder):
    """(path, line) of each line that the command prints, where it names one."""
    output = subprocess.run(command, shell=True, cwd=folder, stdout=subprocess.PIPE, check=False).stdout
    found = re.findall(r"^(?:\./)?(.+?\.py)[:-](\d+)[:-]", os.fsdecode(output), re.M)
    return [(path, int(line)) for path, line in found]


def findings(asyncgrep, folder):
    """code -> places, of all rules about code."""
    run = subprocess.run(
        [asyncgrep, "--no-config", "--no-index", "--select", "all", "--format", "json", "."],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
    )
    found = {}
    for line in run.stdout.splitlines():
        finding = json.loads(line)
        path = finding["path"].removeprefix("./")
        found.setdefault(finding["code"], set()).add((path, finding["line"]))
    return found


def row(name, printed, wanted):
    print(f"| {name} | {len(printed):,} | {len(wanted & set(printed)):,} of {len(wanted):,} |")


def main(asyncgrep, folder):
    found = findings(os.path.abspath(asyncgrep), folder)
    print("| | lines | of the lines that asyncgrep reports |")
    print("|---|---:|---:|")
    for name, (command, codes) in GREPS.items():
        row(f"{name} ({', '.join(codes)})", places(command, folder), set().union(*(found.get(code, ()) for code in codes)))
    if shutil.which("ruff"):
        row("ruff --select ASYNC,RUF006 (all rules)", places(RUFF, folder), set().union(*found.values()))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
