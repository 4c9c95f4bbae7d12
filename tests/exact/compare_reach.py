#!/usr/bin/env python3
"""Compares what asyncgrep says control reaches with the reference implementation, on real files.

    compare_reach.py BINARY PATH...

BINARY is run as `BINARY --dump=reach FILE...`; src/python/dump_reach.h says what it writes and which questions are
asked.  PATH is a file, or a folder: every *.py in it.  The exit status is 1 when anything differs.
"""

import ast
import sys

import comparison
from oracle import Reach, Tree, own_nodes, spelling

MAX_LINES = 400
LOOPS = (ast.For, ast.AsyncFor)


def place(node):
    """Where a node starts."""
    return f"{node.lineno}:{node.col_offset + 1}"


def in_order(nodes):
    """Nodes in source order; those with the same start end with the innermost."""
    return sorted(nodes, key=lambda n: (n.lineno, n.col_offset, -n.end_lineno, -n.end_col_offset))


def is_use(node):
    """An expression that is not assigned."""
    return isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del))


def reached(word, places, found):
    """A line of the dump."""
    return " ".join((word, *places, *sorted(place(node) for node in found)))


def calls_in(nodes):
    """Spelling of R -> the calls of statements `R.method(...)`."""
    calls = {}
    for node in in_order(n for n in nodes if isinstance(n, ast.Expr)):
        match node.value:
            case ast.Call(func=ast.Attribute(value=receiver)) as call:
                calls.setdefault(spelling(receiver), []).append(call)
    return calls


def questions(function):
    """What is asked about a function."""
    nodes = list(own_nodes(function.body))
    uses = {}
    for node in nodes:
        if is_use(node):
            uses.setdefault(spelling(node), []).append(node)
    loops = [n for n in nodes if isinstance(n, LOOPS)]
    for name, calls in calls_in(nodes).items():
        receiver = calls[0].func.value
        over = {loop: {loop} for loop in loops if spelling(loop.iter) == name}
        found = Reach(receiver, calls, set(uses[name]), over).through(function.body)
        yield reached("calls", (place(function), place(calls[0])), found)
    for loop in loops:
        if isinstance(loop.target, ast.Name):
            body = set(own_nodes(loop.body))
            sinks = {n for n in uses.get(loop.target.id, ()) if n in body}
            over = {n: {n} for n in loops if n in body and spelling(n.iter) == loop.target.id}
            found = Reach(loop.target, (), sinks, over).through(loop.body, live=True)
            yield reached("loop", (place(loop),), found)


def dump(module):
    """The dump of a parsed file, sorted."""
    tree = Tree(module)
    lines = []
    for function in tree.all(ast.FunctionDef, ast.AsyncFunctionDef):
        if function.end_lineno - function.lineno <= MAX_LINES:
            lines += questions(function)
    return sorted(lines)


def normal(lines):
    """The program's lines in the same order."""
    return sorted(" ".join(words[:2] + sorted(words[2:])) if words[0] == "loop" else
                  " ".join(words[:3] + sorted(words[3:]))
                  for words in map(str.split, lines))


if __name__ == "__main__":
    sys.exit(comparison.main("reach", dump, normal))
