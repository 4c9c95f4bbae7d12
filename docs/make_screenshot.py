#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A picture of a terminal, as SVG: what the program prints about the example project, colours and all.

    docs/make_screenshot.py BINARY >docs/screenshot.svg

The example is scanned in a repository of its own, without the marks that the tests need. docs/update.sh calls this.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "example"
COMMAND = ["asyncgrep", "--select", "AG201,AG302,AG601"]

# Cells and margins, in pixels.
CELL, LINE, SIZE = 8.4, 20, 14
SIDE, BAR = 22, 36

# What a terminal does with the numbers of "ESC [ N ; N m".
STYLES = {"1": "b", "31": "red", "33": "yellow", "34": "blue", "36": "cyan"}

CSS = """
.window { fill: #fbfcfd; stroke: #d0d7de }
.bar { fill: #eef1f4 }
.dot { fill: #c9d1d9 }
text { font: %dpx ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #24292f;
  white-space: pre }
.title { fill: #6e7781; text-anchor: middle }
.b { font-weight: bold }
.red { fill: #cf222e } .yellow { fill: #9a6700 } .blue { fill: #0969da } .cyan { fill: #1b7c83 }
@media (prefers-color-scheme: dark) {
  .window { fill: #0d1117; stroke: #30363d }
  .bar { fill: #161b22 }
  .dot { fill: #30363d }
  text { fill: #e6edf3 }
  .title { fill: #8b949e }
  .red { fill: #ff7b72 } .yellow { fill: #e3b341 } .blue { fill: #79c0ff } .cyan { fill: #56d4dd }
}
""" % SIZE


def output_of(binary):
    """Standard output, and the sum that stands below it on standard error."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "prices"
        shutil.copytree(EXAMPLE, project)
        for file in project.rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            file.write_text(re.sub(r"  # <- .*", "", text), encoding="utf-8")
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        environment.update(HOME=folder, LC_ALL="C.UTF-8", GIT_CONFIG_NOSYSTEM="1")
        for command in (["git", "init", "-q"], ["git", "add", "."]):
            subprocess.run(command, cwd=project, env=environment, check=True)
        run = subprocess.run(
            [binary, *COMMAND[1:], "--format", "full", "--color", "always"],
            cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        if run.returncode != 1:
            sys.exit(f"{' '.join(COMMAND)}: exit status {run.returncode}\n{run.stderr.decode()}")
        return run.stdout.decode() + run.stderr.decode()


def runs_of(line):
    """(column, text, classes) of each piece of a line that looks the same."""
    line = re.sub(r"\033\]8;[^\a\033]*(\a|\033\\)", "", line)
    column = 0
    for code, text in re.findall(r"(?:\033\[([\d;]*)m)?([^\033]*)", line):
        classes = [STYLES[number] for number in code.split(";")] if code not in ("", "0") else []
        if text.strip():
            yield column + len(text) - len(text.lstrip()), text.strip(), classes
        column += len(text)


def text_of(line, y):
    """Each run is as wide as its cells, whatever font there is, so that carets stay below their code."""
    spans = []
    for column, text, classes in runs_of(line):
        look = f' class="{" ".join(classes)}"' if classes else ""
        spans.append(
            f'<tspan x="{SIDE + column * CELL:.1f}" textLength="{len(text) * CELL:.1f}"{look}>{escape(text)}</tspan>'
        )
    return f'<text y="{y}">{"".join(spans)}</text>\n' if spans else ""


def picture_of(lines):
    width = 2 * SIDE + max(sum(len(text) for text in re.split(r"\033\[[\d;]*m", line)) for line in lines) * CELL
    height = BAR + LINE * len(lines) + 18
    dots = "".join(f'<circle class="dot" cx="{SIDE + 20 * i}" cy="{BAR / 2:g}" r="6"/>' for i in range(3))
    text = "".join(text_of(line, BAR + LINE * (i + 1)) for i, line in enumerate(lines))
    shape = f'x="0.5" y="0.5" width="{width - 1:.1f}" height="{height - 1}" rx="9"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height}" width="{width:.1f}" height="{height}"'
        f' role="img" aria-label="asyncgrep in a terminal">\n'
        f"<style>{CSS}</style>\n"
        f'<clipPath id="round"><rect {shape}/></clipPath>\n'
        f'<rect class="window" {shape}/>\n'
        f'<rect class="bar" width="{width:.1f}" height="{BAR}" clip-path="url(#round)"/>\n{dots}\n'
        f'<text class="title" x="{width / 2:.1f}" y="{BAR / 2 + 5:g}">prices</text>\n'
        f"{text}</svg>\n"
    )


def main(binary):
    lines = output_of(os.path.abspath(binary)).rstrip("\n").split("\n")
    prompt = f"\033[1;34m$\033[0m {' '.join(COMMAND)}"
    sys.stdout.write(picture_of([prompt, "", *lines]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
