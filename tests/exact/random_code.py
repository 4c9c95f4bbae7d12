#!/usr/bin/env python3
"""Writes random Python for compare_names.py and compare_reach.py: what real code has too little of.

    random_code.py FOLDER FILES [SEED]

Half of the files have functions full of jumps, loops and `try ... finally`, half have scopes nested in each other with
`global` and `nonlocal`.  All of it parses; none of it makes sense.
"""

import pathlib
import random
import sys

NAMES = ["x", "y", "z", "t"]


class Writer:
    """Lines of code with their indentation."""

    def __init__(self, rng):
        """Nothing written yet."""
        self.rng, self.lines, self.depth = rng, [], 0

    def line(self, text):
        """One line."""
        self.lines.append("    " * self.depth + text)

    def block(self, header, body):
        """A header and its body."""
        self.line(header)
        self.depth += 1
        body()
        self.depth -= 1

    def pick(self, *choices):
        """One of the choices."""
        return self.rng.choice(choices)

    def name(self):
        """A name."""
        return self.rng.choice(NAMES)


class Flow(Writer):
    """Functions full of control flow around `R.stop()`, uses of R and assignments to it."""

    def receiver(self):
        """What is stopped and used."""
        return self.pick("x", "x", "self.x", "d[x]", "y")

    def expression(self):
        """An expression, with events in it or not."""
        return self.pick(
            "f()", "x", "self.x", "d[x]", "(x := f())", "[x for x in y]", "lambda: (x := 1)", "lambda a=x.stop(): x",
            "(x.stop(), x)", "x.stop() or x", "f(x, (y := x), d[x])", "(x := x.stop())", "y", "x if y else (x := y)")

    def simple(self):
        """A statement without a body."""
        self.line(self.pick(
            *[f"{self.receiver()}.stop()"] * 5, *[f"use({self.receiver()})"] * 5, "pass", "f()",
            f"{self.receiver()} = {self.expression()}", f"{self.receiver()}: {self.expression()}",
            f"{self.receiver()}: int = {self.expression()}", f"{self.receiver()} += {self.expression()}",
            f"del {self.receiver()}", f"a, (b, {self.receiver()}) = {self.expression()}", "import x", "from m import x",
            "import m as x", "import y.z", f"assert {self.expression()}, {self.expression()}",
            f"print({self.expression()})", f"{self.expression()}", f"d[{self.expression()}] = {self.expression()}",
            "d[(x := 1)]: int", "x[d] = y", "type x = y", "global x", f"x.stop(); use({self.expression()}); x = 1"))

    def jump(self):
        """A jump."""
        self.line(self.pick("return", "return " + self.expression(), "raise", "raise f(x) from x", "break",
                            "continue"))

    def body(self):
        """Some statements."""
        for _ in range(self.rng.randint(1, 4)):
            self.statement()

    def statement(self):
        """A statement, jumps among them; without bodies where it is deep."""
        if self.depth > 6 or self.rng.random() < 0.4:
            self.simple()
        elif self.rng.random() < 0.2:
            self.jump()
        else:
            self.pick(self.if_, self.if_, self.for_, self.while_, self.with_, self.try_, self.try_, self.try_,
                      self.match, self.def_, self.class_)()

    def if_(self):
        """`if`"""
        self.block(f"if {self.expression()}:", self.body)
        for _ in range(self.rng.randint(0, 2)):
            self.block(f"elif {self.expression()}:", self.body)
        if self.pick(True, False):
            self.block("else:", self.body)

    def for_(self):
        """`for`"""
        self.block(f"{self.pick('', 'async ')}for {self.pick('x', 'a', 'a, y', 'self.x', 'd[(x := 1)]')} "
                   f"in {self.expression()}:", self.body)
        if self.pick(True, False):
            self.block("else:", self.body)

    def while_(self):
        """`while`"""
        self.block(f"while {self.expression()}:", self.body)
        if self.pick(True, False):
            self.block("else:", self.body)

    def with_(self):
        """`with`"""
        items = [self.expression() + self.pick("", " as x", " as (a, y)", " as self.x")
                 for _ in range(self.rng.randint(1, 3))]
        self.block(f"with ({', '.join(items)}):" if self.pick(True, False) else
                   f"async with {', '.join(f'({i})' if ' as ' not in i else i for i in items)}:", self.body)

    def try_(self):
        """`try`"""
        self.block("try:", self.body)
        handlers = self.rng.randint(0, 2)
        for _ in range(handlers):
            self.block(f"except {self.expression()}{self.pick('', ' as x', ' as a')}:", self.body)
        if handlers and self.pick(True, False):
            self.block("else:", self.body)
        if not handlers or self.pick(True, False):
            self.block("finally:", self.body)

    def match(self):
        """`match`"""
        self.line(f"match {self.expression()}:")
        self.depth += 1
        for _ in range(self.rng.randint(1, 3)):
            pattern = self.pick("1", "x", "_", "(x)", "[a, *x]", "{'k': a, **y}", "C(x=a, b=x)", "1 as x", "a.b", "None",
                                "[x]", "(_ as y)", "'s'", "(\n      x\n      )", "x,")
            guard = self.pick("", "", f" if {self.expression()}")
            self.block(f"case {pattern}{guard}:", self.body)
        self.depth -= 1

    def def_(self):
        """A nested function."""
        if self.pick(True, False):
            self.line("@f(x.stop(), x)")
        self.block(f"{self.pick('', 'async ')}def {self.pick('x', 'g')}(a: {self.expression()} = "
                   f"{self.expression()}, *, k={self.expression()}, m: x) -> {self.expression()}:", self.body)

    def class_(self):
        """A nested class."""
        self.block(f"class {self.pick('x', 'C')}({self.expression()}, k={self.expression()}):", self.body)

    def write(self):
        """A file."""
        for number in range(20):
            self.block(f"{self.pick('', 'async ')}def f{number}(self, x):", self.body)


class Scopes(Writer):
    """Scopes in scopes, and all that binds a name."""

    def expression(self):
        """An expression that uses names, and may bind some."""
        a, b, c = self.name(), self.name(), self.name()
        return self.pick(
            f"{a}()", f"{a}.{b}()", f"self.{a}", f"self.{a}()", f"({a} := {b}())", f"[{a}() for {a} in {b}()]",
            f"{{{a}: 1 async for {a}, self.{b} in {c} if {b}()}}", f"lambda {a}, *{b}: {a}({b}, {c}())",
            f"lambda {a}={b}(): lambda: ({c} := {a}({c}))", f"f'{{{a}()}}'", f"{a}.{b}.{c}()", f"cls.{a}()")

    def simple(self):
        """A statement without a body."""
        a, b = self.name(), self.name()
        e = self.expression()
        self.line(self.pick(
            e, e, f"{a} = {e}", f"{a} = {b} = {e}", f"{a}, ({b}, *self.{a}) = {e}", f"self.{a} = {e}",
            f"self.{a}: {b} = {e}", f"{a}: 'text'", f"{a}: b'text'", f"{a}: {b}", f"{a} /= {e}", f"self.{a} += {e}",
            f"del {a}", f"del ({a}, {b})", f"del [{a}, ({b},)]", f"import {a}", f"import {a}.{b}", f"import {a}.b as {b}",
            f"from {a} import {b}", f"from . import {a} as {b}", f"from ..{a} import {b}", "from x import *",
            f"type {a} = {e}", f"return {e}"))

    def body(self):
        """Some statements."""
        if self.depth > 1 and self.rng.random() < 0.3:
            self.line(f"{self.pick('global', 'nonlocal', 'nonlocal')} {self.name()}, {self.name()}")
        for _ in range(self.rng.randint(1, 5)):
            if self.depth > 6 or self.rng.random() < 0.6:
                self.simple()
            else:
                self.pick(self.def_, self.def_, self.class_, self.compound)()

    def def_(self):
        """A function."""
        a, b = self.name(), self.name()
        if self.rng.random() < 0.2:
            self.line(f"@{self.expression()}")
        self.block(f"{self.pick('', 'async ')}def {self.name()}(self, {a}: {b}, /, {b}_={self.expression()}, "
                   f"*{self.pick('a', 'x_')}: {a}, k: 'text', m: {b}=1, **kw):", self.body)

    def class_(self):
        """A class."""
        self.block(f"class {self.name()}({self.expression()}):", self.body)

    def compound(self):
        """Another compound statement."""
        a, b = self.name(), self.name()
        self.block(self.pick(
            f"for {a} in {self.expression()}:", f"async for {a}, self.{b} in {self.expression()}:",
            f"with {a}() as {b}, {b}() as self.{a}:", f"if {self.expression()}:", f"while {self.expression()}:",
            f"match {self.expression()}:\n{'    ' * self.depth}  case [{a}, *{b}, {{'k': z_, **r}}] if {a}():",
            f"try: pass\n{'    ' * self.depth}except {a} as {b}:"), self.body)

    def write(self):
        """A file."""
        for _ in range(6):
            self.body()


def main():
    """The files."""
    folder, files = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        writer = (Flow, Scopes)[number % 2](random.Random(f"{seed}.{number}"))
        writer.write()
        (folder / f"{number}.py").write_text("\n".join(writer.lines) + "\n")


if __name__ == "__main__":
    main()
