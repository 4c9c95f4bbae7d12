#!/usr/bin/env python3
"""Which keys of rule files does no example use?

    patterns_keys.py SOURCE_FOLDER EXAMPLE.yaml...

The keys stand in tables of the parser, one a function: each has to be used in the place that the function reads, so that
`is` of a kind is not taken for `is` of a test.  Prints what is missing, and a last line with the number of keys.
Reads as much of YAML as the examples have: no library of it may be there.
"""

import pathlib
import re
import sys

# The table of what stands below a key, by the table of that key; else it is a test.
TEST = "vocabulary"
INSIDE = {
    ("compile_code", "loop"): "read_loop", ("compile_code", "then"): "read_then",
    ("compile_code", "function"): "read_function", ("read_then", "loop"): "read_then_loop",
    (TEST, "args"): "read_args", (TEST, "imported"): "read_imported", (TEST, "unwrapped"): "read_unwrapped",
    (TEST, "own-function"): "read_own_function", (TEST, "used"): "read_used", (TEST, "arg"): "places",
    ("loader_compile_kind", "keeps"): "read_keeps", ("loader_compile_kind", "annotated"): "read_annotated",
    ("loader_compile_kind", "loop-over"): "read_loop_over",
    ("compile_definition", "context"): "loader_compile_context",
    ("loader_compile_context", "class"): "read_context_class",
}
DOCUMENTS = {"suppressions": "compile_suppressions", "code": "compile_code", "kind": "loader_compile_kind",
             "define": "compile_definition", "profile": "add_profile", "bad": "add_samples", "good": "add_samples"}


def tables(folder):
    """Table -> its keys, out of the source."""
    found = {}
    for path in sorted(pathlib.Path(folder).glob("*.c")):
        text = path.read_text()
        for table in re.finditer(r"\*const keys\[\] = \{(.*?)NULL \};", text, re.DOTALL):
            function = re.findall(r"^(?:static )?[\w ]+?\*?(\w+)\((?:const )?struct", text[:table.start()], re.MULTILINE)[-1]
            found[function] = re.findall(r'"([\w-]+)"', table[1])
    vocabulary = (pathlib.Path(folder) / "test_parse.c").read_text()
    found[TEST] = re.findall(r'^\t\{ "([\w-]+)", [A-Z_]+, FORM_', vocabulary, re.MULTILINE) + ["window"]
    return found


class Reader:
    """One document: lists, dicts and words out of its tokens."""

    def __init__(self, lines):
        """Lines without comments; those of literal blocks are gone."""
        self.lines, self.at = lines, 0

    def block(self, indent):
        """The mapping or list whose lines begin at an indentation, or deeper."""
        value = None
        while self.at < len(self.lines) and len(self.lines[self.at]) - len(self.lines[self.at].lstrip()) >= indent:
            line = self.lines[self.at]
            here = len(line) - len(line.lstrip())
            if line.lstrip().startswith("- "):
                self.lines[self.at] = " " * (here + 2) + line.lstrip()[2:].lstrip()
                value = value or []
                value.append(self.block(here + 2))
                continue
            key = re.match(r"\s*([\w|-]+):(?:\s+(.*))?$", line)
            if not key:
                return self.flow(line.strip())
            value = {} if value is None else value
            self.at += 1
            rest = key[2] or ""
            value[key[1]] = self.flow(rest, False) if rest else self.block(here + 1)
        return value

    def flow(self, text, first=True):
        """What stands in a line, with those that its brackets join to it."""
        self.at += first
        bare = re.compile(r"\"[^\"]*\"|'[^']*'")
        while sum(map(bare.sub("", text).count, "[{")) > sum(map(bare.sub("", text).count, "]}")):
            text += " " + self.lines[self.at].strip()
            self.at += 1
        tokens = re.findall(r"\"[^\"]*\"|'(?:[^']|'')*'|[\[\]{},]|[\w|-]+:(?=\s)|[^\[\]{},\s][^\[\]{},]*", text)
        return self.item(tokens[::-1]) if tokens else ""

    def item(self, tokens):
        """A flow value; takes its tokens from the end of the list."""
        token = tokens.pop()
        if token not in "[{":
            return token
        value = [] if token == "[" else {}
        while tokens[-1] not in "]}":
            if tokens[-1] == ",":
                tokens.pop()
            elif token == "[":
                value.append(self.item(tokens))
            else:
                key = tokens.pop()[:-1]
                value[key] = self.item(tokens)
        tokens.pop()
        return value


def documents(path):
    """The documents of a file, without comments and texts."""
    for text in re.split(r"^---\n", path.read_text(), flags=re.MULTILINE):
        lines, literal = [], None
        for line in text.split("\n"):
            indent = len(line) - len(line.lstrip())
            if not line.strip() or (literal is not None and indent > literal):
                continue
            literal = indent if re.search(r"(: |- )\|$", line) else None
            lines.append(line)
        yield Reader(lines).block(0)


def used_keys(value, table, used):
    """Notes the keys of a value that a table is for, and of all in it."""
    if isinstance(value, list):
        for item in value:
            used_keys(item, table, used)
    elif isinstance(value, dict):
        for key, inner in value.items():
            used.add((table, key))
            used_keys(inner, INSIDE.get((table, key), TEST), used)


def main():
    """The command line."""
    known, used = tables(sys.argv[1]), set()
    # One that is there says which of the two tables is meant.
    used.update({("compile_code", "suppressions")} if "compile_suppressions" in known else ())
    for path in map(pathlib.Path, sys.argv[2:]):
        for document in documents(path):
            table = next(table for key, table in DOCUMENTS.items() if key in document)
            used_keys(document, table, used)
    missing = [f"{table}: {key}" for table, keys in known.items() for key in keys if (table, key) not in used]
    print(*missing, f"{sum(map(len, known.values()))} keys, {len(missing)} in no example", sep="\n")
    sys.exit(bool(missing))


if __name__ == "__main__":
    main()
