#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A page a rule, and the list of them, made from what the rule files say.

    docs/make_rules.py BINARY FOLDER

Other pages (*.md) in FOLDER are taken away. docs/update.sh calls it.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path


def rules_of(binary):
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": "/"}
    lines = subprocess.run(
        [binary, "--list-rules", "--format", "json"],
        stdout=subprocess.PIPE, check=True, env=environment, cwd="/",
    ).stdout
    return [json.loads(line) for line in lines.decode().splitlines()]


def code_block(language, text):
    return f"```{language}\n{text.strip(chr(10))}\n```\n"


def markdown_of(text):
    """The help of a rule: paragraphs stay, indented lines become a block of Python."""
    out, block = [], []
    for line in [*text.rstrip("\n").split("\n"), "end"]:
        if line.startswith("    ") or (block and not line):
            block.append(line[4:])
            continue
        if block:
            out.append(code_block("python", "\n".join(block)))
            block = []
        out.append(line)
    return "\n".join(out[:-1]).rstrip("\n") + "\n"


def sample_of(text):
    """A sample, its marks without columns."""
    return re.sub(r"# <- .*", lambda mark: re.sub(r"@\d+", "", mark[0]), text)


def message_of(rule):
    """The message; what stands for code that is found is an ellipsis."""
    return re.sub(r"\{\w+\}", "…", rule["message"])


def state_of(rule):
    return "on by default" if rule["selected"] else "off by default"


def table_of(rule):
    rows = [
        ("code", f"`{rule['code']}`"),
        ("name", f"`{rule['name']}`"),
        ("severity", rule["severity"]),
        ("profile", f"`{rule['profile']}`, {state_of(rule)}"),
    ]
    if rule["aliases"]:
        rows.append(("also known as", ", ".join(f"`{word}`" for word in rule["aliases"])))
    return "| | |\n|---|---|\n" + "".join(f"| {key} | {value} |\n" for key, value in rows)


def calls_of(rule):
    if not rule["calls"]:
        return ""
    return (
        "\n## Which calls\n\nThese, by whatever name the file imports them:\n\n"
        + code_block("text", "\n".join(rule["calls"]))
    )


def more_of(rule, key, title):
    samples = rule.get(key, [])[1:]
    if not samples:
        return ""
    return f"\n## {title}\n\n" + "\n".join(code_block("python", sample_of(sample)) for sample in samples)


def suppressing(rule):
    if rule["about"] == "suppressions":
        return "\nNo comment hides this.\n"
    code = rule["code"]
    line = next(line for line in rule["bad"][0].splitlines() if "# <- " in line)
    line = re.sub(r"# <- .*", f"# asyncgrep: ignore[{code}] the reason", line.strip())
    noqa = " and ".join(f"`# noqa: {word}`" for word in [code, *rule["aliases"]])
    serves = "do the same" if rule["aliases"] else "does the same"
    return (
        "\n## Keep a line as it is\n\n"
        + code_block("python", line)
        + f"\n{noqa} {serves}. The comment may stand on any line of the statement.\n"
    )


def choosing(rule):
    code = rule["code"]
    turn = f"asyncgrep --ignore {code}" if rule["selected"] else f"asyncgrep --select default,{code}"
    title = "Without this rule" if rule["selected"] else "With this rule"
    return f"\n## {title}\n\n" + code_block("sh", turn)


def page_of(rule):
    hint, _, why = rule["help"].partition("\n")
    why = why.lstrip("\n")
    bad, good = rule["bad"][0], rule["good"][0]
    return (
        f"# {rule['code']}: {rule['name']}\n\n"
        f"> {message_of(rule)}\n\n"
        f"What to do: {hint}.\n\n"
        + table_of(rule)
        + "\n## Why\n\n" + markdown_of(why)
        + "\n## Wrong\n\n" + code_block("python", sample_of(bad))
        + "\n## Right\n\n" + code_block("python", sample_of(good))
        + calls_of(rule)
        + suppressing(rule)
        + choosing(rule)
        + more_of(rule, "bad", "Also wrong")
        + more_of(rule, "good", "Also right")
        + f"\n[All rules](README.md) · this page is made from patterns/{rule['code']}.yaml\n"
    )


def index_of(rules):
    text = "# Rules\n\nWhat asyncgrep looks for; `asyncgrep --explain CODE` says the same as these pages.\n"
    profile = None
    for rule in rules:
        if rule["profile"] != profile:
            profile = rule["profile"]
            text += f"\n## Profile `{profile}` ({state_of(rule)})\n\n| code | name | reports | also known as |\n|---|---|---|---|\n"
        text += (
            f"| [{rule['code']}]({rule['code']}.md) | {rule['name']} | {message_of(rule)} "
            f"| {', '.join(rule['aliases'])} |\n"
        )
    return text


def main(binary, folder):
    rules = rules_of(os.path.abspath(binary))
    order = list(dict.fromkeys(rule["profile"] for rule in rules))
    rules.sort(key=lambda rule: (order.index(rule["profile"]), rule["code"]))
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    for rule in rules:
        (folder / f"{rule['code']}.md").write_text(page_of(rule), encoding="utf-8")
    (folder / "README.md").write_text(index_of(rules), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
