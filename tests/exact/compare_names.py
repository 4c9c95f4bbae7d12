#!/usr/bin/env python3
"""Compares what asyncgrep says names mean with the reference implementation, on real files.

    compare_names.py BINARY PATH...

BINARY is run as `BINARY --dump=names FILE...`; src/python/dump_names.h says what it writes.  PATH is a file, or a
folder: every *.py in it.  Files that CPython's ast cannot parse are skipped.  The exit status is 1 when anything
differs.
"""

import ast
import sys

import comparison
from oracle import Tree

KINDS = {"async for": "async-for"}


def word_of(names):
    """A set of dotted names as one word."""
    return ",".join(sorted(names)) or "-"


def describe(binding, place):
    """A binding as in the dump."""
    value, annotation, operator = binding.value, binding.annotation, ""
    if binding.kind == "aug":
        operator = "/" if isinstance(value.op, ast.Div) else ""
        value = value.value
    return "=".join((KINDS.get(binding.kind, binding.kind), place(value), place(annotation), operator))


def key_of_list(tree, node):
    """What names the list of bindings of a name or `self.x`."""
    if isinstance(node, ast.Name):
        return tree.owner(node.id, node.scope), node.id
    return node.scope.enclosing_class(), "self." + node.attr


def is_in_pattern(node):
    """In a pattern of a `case`, whose parts asyncgrep does not outline."""
    while isinstance(node.parent, (ast.Attribute, ast.pattern)):
        node = node.parent
    return isinstance(node, ast.pattern)


def dump(module):
    """The dump of a parsed file."""
    tree = Tree(module)

    def place(node):
        """Where a node starts."""
        return f"{node.lineno}:{node.col_offset + 1}" if node is not None else ""

    def extent(node):
        """Where a node starts and ends."""
        return f"{place(node)} {node.end_lineno}:{node.end_col_offset + 1}"

    nodes = list(tree.all(ast.Call, ast.Name, ast.Attribute))
    nodes.sort(key=lambda n: (n.lineno, n.col_offset, -n.end_lineno, -n.end_col_offset))
    numbers = {}
    for node in nodes:
        if isinstance(node, ast.Call):
            functions = {place(f) for f in tree.same_file_functions(node.func)}
            yield " ".join(("call", extent(node), word_of(tree.meanings(node.func)),
                            word_of(tree.imported(node.func)), word_of(functions)))
            continue
        bindings = tree.bindings_of(node)
        if not bindings or is_in_pattern(node):
            continue
        key = key_of_list(tree, node)
        is_new = key not in numbers
        number = numbers.setdefault(key, len(numbers) + 1)
        yield f"use {extent(node)} {number}"
        if is_new:
            yield f"list {number} " + ",".join(sorted(describe(b, place) for b in bindings))


if __name__ == "__main__":
    sys.exit(comparison.main("names", dump))
