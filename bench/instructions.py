#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts the instructions of a scan by stage, by part of the program and by function, and prints Markdown.

    instructions.py ASYNCGREP [OPTION...]

Runs the program under callgrind in the current folder, on one thread.  ASYNCGREP has to be built so that the functions
below are still there: `make DEVELOPER=1 BUILD=build/profile CFLAGS='-O2 -g'`.  Instructions are no time, but the same on
every machine and in every run.
"""

import collections
import os
import re
import subprocess
import sys
import tempfile

# What stands for a stage, in the order of the data; each includes what it calls.
STAGES = [
    ("rules: read and compile", ["ruleset_add_builtin", "ruleset_compile"]),
    ("libgit2: start", ["git_libgit2_init"]),
    ("list the files", ["target_open"]),
    ("read the files", ["target_read_content"]),
    ("text and encoding", ["source_init"]),
    ("search for literals", ["screen_init"]),
    ("sift calls", ["sieve_fill"]),
    ("code text", ["pyfile_mask"]),
    ("skim", ["skim_build"]),
    ("statements", ["blocks_build"]),
    ("match candidates", ["match_call"]),
]
HOTTEST = 3
# Else callgrind counts each byte that `rep movsb` or `rep stosb` moves as an instruction.
TUNABLES = ":".join(f"glibc.cpu.x86_rep_{name}_threshold=1000000000" for name in ("movsb", "stosb"))
OWN = re.compile(r"/src/(\w+)/")


class Profile:
    """Costs of functions: their own, and with what they call."""

    def __init__(self, lines):
        self.own = collections.Counter()        # by function, with its library
        self.inclusive = collections.Counter()
        self.parts = collections.Counter()      # by folder of src/, or library
        self.names = {"fn": {}, "file": {}, "ob": {}}
        self.read(lines)

    def name(self, kind, text):
        """Resolves callgrind's name compression: `(id) name` the first time, then `(id)`."""
        match = re.match(r"\((\d+)\)(?: (.*))?", text)
        if match[2]:
            self.names[kind][match[1]] = match[2]
        return self.names[kind][match[1]]

    def read(self, lines):
        kinds = {"fn": "fn", "cfn": "fn", "fl": "file", "fi": "file", "fe": "file", "cfi": "file", "cfl": "file",
                 "ob": "ob", "cob": "ob"}
        function = place = library = None
        called = False
        for line in lines:
            key, equals, rest = line.partition("=")
            if equals and key in kinds:
                name = self.name(kinds[key], rest.strip())
                if key == "fn":
                    function = name
                elif key == "fl":
                    place = name
                elif key == "ob":
                    library = name
            elif key == "calls":
                called = True
            elif line[:1] in "0123456789+-*" and function:
                cost = int(line.split()[1])
                self.inclusive[function] += cost
                if not called:
                    self.own[function, library] += cost
                    part = OWN.search(place)
                    self.parts[f"src/{part[1]}" if part else os.path.basename(library)] += cost
                called = False


def run(command):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "callgrind.out")
        subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *command],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       env=dict(os.environ, GLIBC_TUNABLES=TUNABLES))
        with open(out) as file:
            return Profile(file)


def table(title, rows, total):
    print(f"| {title} | million instructions | |\n|---|---:|---:|")
    for name, cost in rows:
        print(f"| {name} | {cost / 1e6:.1f} | {100 * cost / total:.1f} % |")
    print()


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    profile = run([sys.argv[1], "-j1", *sys.argv[2:]])
    total = sum(profile.own.values())
    missing = [name for _, names in STAGES for name in names if name not in profile.inclusive]
    if missing:
        print(f"no such functions, inlined: {', '.join(missing)}", file=sys.stderr)
    table("stage, with what it calls", [(title, sum(profile.inclusive[name] for name in names)) for title, names in STAGES] +
          [("all", total)], total)
    table("part, own instructions", [part for part in profile.parts.most_common() if part[1] > total / 200], total)
    ours = [(f"`{name}`", cost) for (name, library), cost in profile.own.most_common() if library.endswith("/asyncgrep")]
    table("function of asyncgrep, own instructions", ours[:HOTTEST], total)


main()
