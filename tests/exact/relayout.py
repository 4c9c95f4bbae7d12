#!/usr/bin/env python3
"""Write real code in unusual layouts, for check_exact.py: the program must find what it found before.

    relayout.py FOLDER [--files N] [--seed N] PATH...

PATH is a file, or a folder: every short *.py in it that has the word `async`.  Between the tokens of a file blanks, form feeds,
tabs, backslashes, comments and line ends are put where Python allows them, and parentheses around names; line ends
become CR or CRLF in some.  CPython parses a variant to the same tree as the original, or it is not written.
"""

import argparse
import ast
import io
import os
import random
import tokenize
import warnings

LONGEST = 12_000
BLANKS = (" ", "  ", "\t", "\f", " \f ")
BREAKS = ("\\\n", "\\\n  ", " \\\n\t", "\\\n\\\n", " \\\n\f ")
BRACKET_BREAKS = ("\n", "\n    ", "  # open(p)\n", " # ( [ {\n\n", "#)\n ", "\n\f\n", "\n\\\n")
OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")
SKIPPED = (tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.NL, tokenize.COMMENT)


def offsets(text):
    """Where each line starts."""
    found = [0]
    for line in io.StringIO(text, newline="\n"):
        found.append(found[-1] + len(line))
    return found


def gaps(text):
    """(offset, may it be broken by a backslash, may it be by a line end) of places between tokens of one line."""
    starts = offsets(text)
    depth = strings = 0
    last = None
    for token in tokenize.generate_tokens(io.StringIO(text, newline="\n").readline):
        if token.type in SKIPPED:
            continue
        start = starts[token.start[0] - 1] + token.start[1]
        if last is not None and not strings and token.type != tokenize.NEWLINE:
            yield start, True, depth > 0
        strings += (token.type == tokenize.FSTRING_START) - (token.type == tokenize.FSTRING_END)
        depth += (token.string in OPENING) - (token.string in CLOSING) if token.type == tokenize.OP else 0
        last = None if token.type == tokenize.NEWLINE else token


def names(text):
    """(start, end) of dotted names, and of parts of them."""
    starts = offsets(text)
    first, end, strings = None, None, 0
    for token in tokenize.generate_tokens(io.StringIO(text, newline="\n").readline):
        strings += (token.type == tokenize.FSTRING_START) - (token.type == tokenize.FSTRING_END)
        at = starts[token.start[0] - 1] + token.start[1]
        if token.type == tokenize.NAME and not strings:
            first = at if first is None or text[end:at].strip() != "." else first
            end = starts[token.end[0] - 1] + token.end[1]
            yield first, end
        elif token.string != ".":
            first = None


def edits(text, chance, share):
    """offset -> what is put in there."""
    found = {}
    for offset, backslash, line_end in gaps(text):
        if chance.random() < share:
            choices = BLANKS + (BREAKS if backslash else ()) + (BRACKET_BREAKS if line_end else ())
            found[offset] = chance.choice(choices)
    for start, end in names(text):
        if chance.random() < share and start not in found and end not in found:
            found[start] = chance.choice(("(", "((", "( "))
            found[end] = ")" * found[start].count("(")
    return found


def rewritten(text, found):
    """The text with the edits made."""
    parts, last = [], 0
    for offset in sorted(found):
        parts += [text[last:offset], found[offset]]
        last = offset
    return "".join(parts) + text[last:]


def tree(text):
    """What CPython makes of a text, or None."""
    try:
        return ast.dump(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def variant(text, chance):
    """The text in another layout, each edit of which keeps the tree; or None."""
    meant = tree(text)
    if meant is None:
        return None
    found = edits(text, chance, chance.choice((0.02, 0.1, 0.3)))
    groups = [found]
    kept = {}
    while groups:
        group = groups.pop()
        if tree(rewritten(text, {**kept, **group})) == meant:
            kept.update(group)
        elif len(group) > 1 and len(groups) < 12:
            keys = sorted(group)
            half = len(keys) // 2
            groups += [{k: group[k] for k in keys[half:]}, {k: group[k] for k in keys[:half]}]
    return rewritten(text, kept) if kept else None


def main():
    """The command line."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("paths", nargs="+", metavar="PATH")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    files = [path for path in options.paths if os.path.isfile(path)]
    for path in options.paths:
        files += [os.path.join(folder, name) for folder, _, some in os.walk(path) for name in some if name.endswith(".py")]
    files.sort()
    chance.shuffle(files)
    os.makedirs(options.folder, exist_ok=True)
    written = 0
    for path in files:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
        if written == options.files:
            break
        changed = variant(text, chance) if "async" in text and len(text) < LONGEST else None
        if changed:
            end = chance.choice(("\n", "\n", "\r\n", "\r"))
            with open(os.path.join(options.folder, f"{written:05}.py"), "w", encoding="utf-8", newline=end) as file:
                file.write(changed)
            written += 1
    print(f"{written} files written")


if __name__ == "__main__":
    main()
