#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares asyncgrep's code text and statements with those of CPython, file by file.

    compare_ground.py --binary build/asyncgrep [-j N] [--limit N] [--edits N] [PATH...]

PATH is a file, or a folder: every ``*.py`` in it.  The files in ground/ beside this script, each a corner of the
language, are always compared, and with ``--edits`` that many random edits of them too.  The program is run with its hidden options ``--dump=code`` and
``--dump=blocks`` (their format stands in src/python/dump.h), CPython speaks through ``tokenize`` and ``ast``:

  code text     every byte in a comment or string is blank, every other is kept; extent and prefix of each string,
                extent of each comment, parts of each replacement field
  statements    start, end, kind, asyncness, name; the header's colon; the header whose body holds it, the def or
                class whose body holds it, the statement after it, the last one in it

One difference a line (``file:line: what``), then a summary; the exit status is 1 if there was one.  A file that this
Python cannot parse is only counted.  Run it with Python 3.13, whose grammar is meant.
"""

import argparse
import ast
import bisect
import io
import multiprocessing
import os
import random
import re
import subprocess
import sys
import tempfile
import tokenize
import unicodedata
import warnings

BATCH = 200
MOST_OF_A_FILE = 10  # differences that are printed
GROUND = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ground")
SCRAPS = [  # what random edits put in
    *(c.encode() for c in "{}[]():;,'\"\\#!=@fx \t\f\r\n"), b"\r\n", b"\\\n", b"\n    ", b"\n\t", b"\n \f ", b"lambda:",
    b"lambda x:", b"x:=1", b"f'", b"rb'", b'T"', b"'''", b'"""', b"{{", b"}}", b"{x}", b"{x!r:{y}}", b"\\N{DASH}",
    b"match x:", b"case _:", b"case", b"type", b"match", b"async ", b"await ", b"if x:", b"else:", b"for x in y:",
    b"def f(): pass\n", b"class C:", b"@d\n", b"# c\n", b"; y", b"pass", b"not ", "\u00e9".encode(),
]

F_START, F_MIDDLE, F_END = tokenize.FSTRING_START, tokenize.FSTRING_MIDDLE, tokenize.FSTRING_END
LAYOUT = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE, tokenize.ENDMARKER)
SIMPLE = {
    ast.Pass: "pass", ast.Import: "import", ast.ImportFrom: "from", ast.Global: "global", ast.Nonlocal: "nonlocal",
    ast.Return: "return", ast.Raise: "raise", ast.Break: "break", ast.Continue: "continue", ast.Delete: "del",
    ast.Assert: "assert", ast.TypeAlias: "type", ast.Expr: "expression", ast.Assign: "expression",
    ast.AnnAssign: "expression", ast.AugAssign: "expression",
}
COMPOUND = {
    ast.If: "if", ast.For: "for", ast.AsyncFor: "for", ast.While: "while", ast.With: "with", ast.AsyncWith: "with",
    ast.Try: "try", ast.TryStar: "try", ast.Match: "match", ast.FunctionDef: "def", ast.AsyncFunctionDef: "def",
    ast.ClassDef: "class", ast.ExceptHandler: "except", ast.match_case: "case",
}
ASYNC = (ast.AsyncFor, ast.AsyncWith, ast.AsyncFunctionDef)


class Stmt:
    """A statement as src/python/blocks.h means it."""

    def __init__(self, kind, start, end, parent, scope, is_async=False, name=None):
        """parent, scope, next and last are statements too, or None."""
        self.kind, self.start, self.end, self.is_async, self.name = kind, start, end, is_async, name
        self.parent, self.scope, self.next, self.last = parent, scope, None, self
        self.inline = False


class Expected:
    """What CPython makes of a file."""

    def __init__(self, raw):
        """Raises what ``ast`` and ``tokenize`` raise."""
        self.tree = ast.parse(raw)
        lines = io.BytesIO(raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        encoding = tokenize.detect_encoding(lines.readline)[0]
        text = raw.decode(encoding).removeprefix("\ufeff")
        self.source = text.encode()
        self.split_lines(text)
        self.code = bytearray(self.source)
        self.strings, self.fields, self.comments = [], [], []
        self.line_starts, self.line_ends, self.colons = [], [], []  # logical lines; `:` tokens
        self.read_tokens()
        self.stmts = []
        self.add_block(self.tree.body, None, None)

    # -- places

    def split_lines(self, text):
        """CPython's lines end at LF, CRLF and CR; ``tokenize`` is given LF alone."""
        pieces = re.split("(\r\n|\r|\n)", text)
        self.lines = pieces[::2]
        self.starts, offset = [], 0
        for line, end in zip(self.lines, pieces[1::2] + [""]):
            self.starts.append(offset)
            offset += len(line.encode()) + len(end)
        self.starts.append(offset)
        self.text = "\n".join(self.lines)

    def offset(self, place):
        """(line, column in characters) -> offset in bytes"""
        line, column = place
        if line > len(self.lines):
            return len(self.source)
        text = self.lines[line - 1]
        return self.starts[line - 1] + (column if text.isascii() else len(text[:column].encode()))

    def line_of(self, offset):
        """The line that holds an offset."""
        return bisect.bisect_right(self.starts, offset)

    def start(self, node):
        """Offset of a node."""
        return self.starts[node.lineno - 1] + node.col_offset

    # -- code text

    def blank(self, start, end):
        """Make bytes of the code text blank."""
        self.code[start:end] = b" " * (end - start)

    def read_tokens(self):
        """Code text and logical lines, by the tokens."""
        nest = []  # of f-strings: "text" | field; a field is [open, expr_end, depth, in spec, number of its string]
        behind, begins = 0, True
        for kind, string, start, end, _ in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if kind == F_MIDDLE:
                continue
            start, end = self.offset(start), self.offset(end)
            if nest and (nest[-1][3] or nest[-1][0] is None):
                self.blank(behind, start)
            if kind == tokenize.COMMENT:
                self.comments.append((start, end))
                self.blank(start, end)
            elif kind == tokenize.STRING:
                self.add_string(start, string, end)
            elif kind == F_START:
                nest.append([None, None, 0, False, len(self.strings)])
                self.add_string(start, string + string[-1], None)
            elif kind == F_END:
                self.strings[nest.pop()[4]][1] = end
            elif kind == tokenize.OP:
                self.read_operator(nest, string, start)
            elif kind == tokenize.NL and nest:
                nest[-1][3] = False
            if kind == tokenize.NEWLINE:
                self.line_ends.append(behind)
                begins = True
            elif begins and kind not in LAYOUT:
                self.line_starts.append(start)
                begins = False
            if kind not in LAYOUT or nest:
                behind = end

    def add_string(self, start, string, end):
        """Note a string; blank it unless it has fields."""
        prefix = re.match("[a-zA-Z]*", string)[0].lower()
        quote = 3 if string[len(prefix):].startswith(('"""', "'''")) else 1
        flags = "".join(letter for letter in "rbf" if letter in prefix) + ("3" if quote == 3 else "")
        self.strings.append([start, end, flags or "-"])
        if end is not None:
            self.blank(start + len(prefix) + quote, end - quote)

    def read_operator(self, nest, string, start):
        """Follow the fields of f-strings."""
        if string == ":":
            self.colons.append(start)
        if not nest:
            return
        top = nest[-1]
        if top[0] is None or top[3]:
            if string == "{":
                nest.append([start, None, 0, False, top[4]])
                return
        if string in ("(", "[", "{"):
            top[2] += 1
        elif string in (")", "]", "}") and top[2]:
            top[2] -= 1
        elif string in ("}", ":", "!") and top[2] == 0:
            if top[1] is None:
                top[1] = start
            top[3] = string == ":"
            if string == "}":
                nest.pop()
                self.fields.append((top[0], top[1], start, top[4]))

    # -- statements

    def line_start(self, offset):
        """Start of the last logical line that begins at or before an offset."""
        return self.line_starts[bisect.bisect_right(self.line_starts, offset) - 1]

    def line_end(self, offset):
        """End of the logical line that holds an offset."""
        return self.line_ends[bisect.bisect_right(self.line_starts, offset) - 1]

    def first(self, node):
        """Start of a statement, its decorators included."""
        decorators = getattr(node, "decorator_list", None)
        return self.line_start(self.start(decorators[0])) if decorators else self.start(node)

    def colon_end(self, body):
        """End of a header with this body."""
        return self.colons[bisect.bisect_left(self.colons, self.first(body[0])) - 1] + 1

    def add(self, siblings, stmt):
        """Put a statement behind its siblings."""
        if siblings:
            siblings[-1].next = stmt
        siblings.append(stmt)
        self.stmts.append(stmt)
        return stmt

    def add_block(self, nodes, parent, scope):
        """The statements of a block."""
        siblings = []
        for node in nodes:
            self.add_node(siblings, node, parent, scope)
        if parent is not None:
            parent.last = self.stmts[-1]
            inline = self.first(nodes[0]) not in self.line_starts_set
            for stmt in siblings:
                stmt.inline = inline

    def add_header(self, siblings, kind, start, body, parent, scope, node=None):
        """A header and its body."""
        stmt = self.add(siblings, Stmt(kind, start, self.colon_end(body), parent, scope, isinstance(node, ASYNC),
                                       getattr(node, "name", None) if kind in ("def", "class") else None))
        self.add_block(body, stmt, stmt if kind in ("def", "class") else scope)

    def add_node(self, siblings, node, parent, scope):
        """A statement, with what continues it."""
        for decorator in getattr(node, "decorator_list", ()):
            start = self.line_start(self.start(decorator))
            self.add(siblings, Stmt("decorator", start, self.line_end(start), parent, scope))
        if type(node) in SIMPLE:
            end = self.starts[node.end_lineno - 1] + node.end_col_offset
            self.add(siblings, Stmt(SIMPLE[type(node)], self.start(node), end, parent, scope))
            return
        if isinstance(node, ast.Match):
            self.add_match(siblings, node, parent, scope)
            return
        self.add_header(siblings, COMPOUND[type(node)], self.start(node), node.body, parent, scope, node)
        for handler in getattr(node, "handlers", ()):
            self.add_header(siblings, "except", self.start(handler), handler.body, parent, scope)
        while isinstance(node, ast.If) and node.orelse and self.is_elif(node.orelse[0]):
            node = node.orelse[0]
            self.add_header(siblings, "elif", self.start(node), node.body, parent, scope)
        for kind, body in (("else", getattr(node, "orelse", ())), ("finally", getattr(node, "finalbody", ()))):
            if body:
                self.add_header(siblings, kind, self.line_start(self.first(body[0]) - 1), body, parent, scope)

    def is_elif(self, node):
        """Does an ``if`` in an ``else`` begin with ``elif``?"""
        return isinstance(node, ast.If) and self.source.startswith(b"elif", self.start(node))

    def add_match(self, siblings, node, parent, scope):
        """``match`` and its cases, which ``ast`` gives no place."""
        cases = [(self.line_start(self.start(case.pattern)), case.body) for case in node.cases]
        colon = self.colons[bisect.bisect_left(self.colons, cases[0][0]) - 1]
        match = self.add(siblings, Stmt("match", self.start(node), colon + 1, parent, scope))
        inner = []
        for start, body in cases:
            self.add_header(inner, "case", start, body, match, scope)
        match.last = self.stmts[-1]

    @property
    def line_starts_set(self):
        """The starts of logical lines as a set."""
        if not hasattr(self, "_line_starts_set"):
            self._line_starts_set = set(self.line_starts)
        return self._line_starts_set


def unescape(text):
    """The text of a ``code`` record."""
    return re.sub(rb"\\(.)", lambda m: {b"n": b"\n", b"r": b"\r", b"0": b"\0"}.get(m[1], m[1]), text)


def compare_code(expected, records):
    """Yields (offset, what) for code text, strings, fields and comments."""
    found = {"code": [], "string": [], "field": [], "comment": [], "broken": []}
    for record in records:
        word, _, rest = record.partition(b" ")
        found[word.decode()].append(rest)
    code = unescape(found["code"][0])
    if code != expected.code:
        at = next((i for i, (a, b) in enumerate(zip(code, expected.code)) if a != b), min(len(code), len(expected.code)))
        yield at, f"code text: {code[at:at + 30]!r}, but expected {bytes(expected.code[at:at + 30])!r}"
    strings = [(int(a), int(b), c.decode()) for a, b, c in (r.split() for r in found["string"])]
    fields = sorted(tuple(map(int, r.split())) for r in found["field"])
    comments = [tuple(map(int, r.split())) for r in found["comment"]]
    for what, ours, theirs in (("string", strings, [tuple(s) for s in expected.strings]),
                               ("field", fields, sorted(expected.fields)),
                               ("comment", comments, expected.comments)):
        for entry in sorted(set(ours) - set(theirs)):
            yield entry[0], f"{what} {entry} is none"
        for entry in sorted(set(theirs) - set(ours)):
            yield entry[0], f"{what} {entry} is missing"
    for at in found["broken"]:
        yield int(at), "the code text is called broken"


def place(stmt):
    """How a statement is called in a comparison."""
    return None if stmt is None else stmt.start


def compare_stmts(expected, records):
    """Yields (offset, what) for statements."""
    rows = [record.split(b" ") for record in records if record.startswith(b"stmt ")]
    ours = {}
    for row in rows:
        kind, flags, name = row[1].decode(), row[2].decode(), row[10].decode()
        start, end, body_end, parent, scope, last, following = map(int, row[3:10])
        index = [None if i < 0 else int(rows[i][3]) for i in (parent, scope, last, following)]
        name = None if name == "-" else unicodedata.normalize("NFKC", name)
        ours[start] = (kind, "a" in flags, "i" in flags, end, body_end, *index, name)
    theirs = {s.start: (s.kind, s.is_async, s.inline, s.end, s.last.end, place(s.parent), place(s.scope),
                        place(s.last), place(s.next), s.name) for s in expected.stmts}
    for start in sorted(ours.keys() | theirs.keys()):
        if start not in theirs:
            yield start, f"no statement begins here, but {ours[start]} was found"
        elif start not in ours:
            yield start, f"statement {theirs[start]} was not found"
        elif ours[start] != theirs[start]:
            yield start, f"statement {ours[start]}, but expected {theirs[start]}"
    for record in records:
        if record.startswith(b"broken "):
            yield int(record.split()[1]), "the file is called broken"


def dumps(binary, what, paths):
    """Path -> records, for a batch of files."""
    output = subprocess.run([binary, f"--dump={what}", "--no-index", "--", *paths], stdout=subprocess.PIPE).stdout
    found = {}
    for line in output.split(b"\n"):
        if line.startswith(b"# "):
            records = found[line[2:]] = []
        elif line:
            records.append(line)
    return found


def compare_batch(job):
    """Differences of some files: [(path, line, what)], and how many could not be parsed."""
    binary, paths = job
    codes, blocks = dumps(binary, "code", paths), dumps(binary, "blocks", paths)
    differences, unparsable = [], 0
    for path in paths:
        with open(path, "rb") as file:
            raw = file.read()
        try:
            with warnings.catch_warnings(action="ignore"):
                expected = Expected(raw)
        except (SyntaxError, ValueError, RecursionError, MemoryError, LookupError):
            unparsable += 1
            continue
        key = os.fsencode(path)
        if not codes.get(key) or not codes[key][0].startswith(b"code "):
            differences.append((path, 1, "no dump"))
            continue
        for offset, what in [*compare_code(expected, codes[key]), *compare_stmts(expected, blocks[key])]:
            differences.append((path, expected.line_of(offset), what))
    return differences, unparsable


def python_files(paths):
    """The files that paths name."""
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                full = os.path.join(folder, name)
                if name.endswith(".py") and os.path.isfile(full) and not os.path.islink(full) and "\n" not in full:
                    yield full


def edited(raw, chance):
    """A text with a few random edits."""
    text = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        action = chance.random()
        if action < 0.3:
            del text[start:start + chance.choice((1, 1, 2, 5))]
        elif action < 0.8:
            text[start:start] = chance.choice(SCRAPS)
        else:
            other = chance.randrange(len(text) + 1)
            text[start:start] = text[other:other + chance.randint(1, 30)]
    return bytes(text)


def write_edits(folder, sources, number, seed):
    """Write random edits that CPython still parses; gives their paths."""
    chance = random.Random(seed)
    paths = []
    while len(paths) < number:
        text = edited(chance.choice(sources), chance)
        try:
            with warnings.catch_warnings(action="ignore"):
                ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        paths.append(os.path.join(folder, f"edit{len(paths)}.py"))
        with open(paths[-1], "wb") as file:
            file.write(text)
    return paths


def compare(options, files):
    """Compare files and print what differs; gives the exit status."""
    jobs = [(options.binary, files[i:i + BATCH]) for i in range(0, len(files), BATCH)]
    differences = unparsable = 0
    with multiprocessing.Pool(options.jobs) as pool:
        for found, skipped in pool.imap(compare_batch, jobs):
            unparsable += skipped
            differences += len(found)
            counts = {}
            for path, line, what in found:
                counts[path] = counts.get(path, 0) + 1
                if counts[path] <= MOST_OF_A_FILE:
                    print(f"{path}:{line}: {what}", flush=True)
    print(f"{len(files) - unparsable} files compared, {differences} differences, "
          f"{unparsable} not parsable by CPython")
    return 1 if differences else 0


def main():
    """Collect the files, and compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--binary", default="build/asyncgrep", help="the program (default: %(default)s)")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count(), help="processes")
    parser.add_argument("--limit", type=int, help="compare that many files at most, spread over all that were found")
    parser.add_argument("--edits", type=int, default=0, help="random edits of the files in ground/ to compare")
    parser.add_argument("--seed", type=int, default=1, help="of the random edits (default: %(default)s)")
    parser.add_argument("--keep", metavar="FOLDER", help="where to leave the random edits")
    parser.add_argument("paths", nargs="*", metavar="PATH")
    options = parser.parse_args()

    files = list(python_files(options.paths))
    if options.limit and options.limit < len(files):
        files = files[::-(-len(files) // options.limit)]
    ground = list(python_files([GROUND]))
    sources = []
    for path in ground:
        with open(path, "rb") as file:
            sources.append(file.read())
        with warnings.catch_warnings(action="ignore"):
            ast.parse(sources[-1], path)  # one that is not Python is a defect of the test
    with tempfile.TemporaryDirectory() as scratch:
        edits = write_edits(options.keep or scratch, sources, options.edits, options.seed)
        return compare(options, ground + edits + files)


if __name__ == "__main__":
    sys.setrecursionlimit(100000)
    sys.exit(main())
