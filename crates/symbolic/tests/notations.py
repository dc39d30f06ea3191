"""Evaluates laws as they are printed, in the grammar of each notation, and prints the values.

Lines on standard input: notation, text, x, y, z, separated by tabs; one value a line comes out, or "no module" for SymPy where it
is not installed. The readers of LaTeX and of spreadsheets' formulas are written here, apart from the printer.
"""

import math
import re
import sys

try:
    import numpy as np
except ImportError:
    # The same functions of one number, from the standard library.
    import types

    np = types.SimpleNamespace(
        divide=lambda a, b: a / b, power=math.pow, where=lambda larger, then, other: then if larger else other,
        sqrt=math.sqrt, exp=math.exp, log=math.log, sin=math.sin, cos=math.cos,
    )
try:
    import sympy
except ImportError:
    sympy = None


class Reader:
    """A list of tokens, read from the front."""

    def __init__(self, pattern, text):
        self.tokens = re.findall(pattern, text)
        assert "".join(self.tokens).replace(" ", "") == text.replace(" ", ""), f"not all of {text} was understood"
        self.tokens = [token.strip() for token in self.tokens if token.strip()]
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def next(self, expected=None):
        token = self.peek()
        assert token is not None and expected in (None, token), f"{token} for {expected} in {self.tokens}"
        self.at += 1
        return token

    def take(self, token):
        if self.peek() == token:
            self.at += 1
            return True
        return False


NUMBER = r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
FUNCTIONS = {"sqrt": math.sqrt, "exp": math.exp, "log": math.log, "ln": math.log, "sin": math.sin, "cos": math.cos}


def sums(reader, product):
    value = product(reader)
    while reader.peek() in ("+", "-"):
        value = value + product(reader) if reader.next() == "+" else value - product(reader)
    return value


class Latex:
    PATTERN = NUMBER + r"|\\left\(|\\right\)|\\(?:begin|end)\{cases\}|\\text\{otherwise\}|\\\\|\\[a-z]+|\\,|[-+^{}&>xyz]|\s+"

    def __init__(self, text, names):
        self.names = names
        self.reader = Reader(self.PATTERN, text)

    def value(self):
        result = sums(self.reader, self.product)
        assert self.reader.peek() is None, self.reader.tokens
        return result

    def product(self, reader):
        value = self.signed(reader)
        while reader.peek() in ("\\,", "\\times"):
            reader.next()
            value *= self.signed(reader)
        return value

    def signed(self, reader):
        return -self.signed(reader) if reader.take("-") else self.power(reader)

    def power(self, reader):
        base = self.atom(reader)
        return math.pow(base, self.braced(reader)) if reader.take("^") else base

    def braced(self, reader):
        reader.next("{")
        value = sums(reader, self.product)
        reader.next("}")
        return value

    def atom(self, reader):
        token = reader.peek()
        if token == "{":
            return self.braced(reader)
        reader.next()
        if token in self.names:
            return self.names[token]
        if token == "\\left(":
            value = sums(reader, self.product)
            reader.next("\\right)")
            return value
        if token == "\\frac":
            over = self.braced(reader)
            return over / self.braced(reader)
        if token == "\\sqrt":
            return math.sqrt(self.braced(reader))
        if token == "\\begin{cases}":
            then = sums(reader, self.product)
            reader.next("&")
            left = sums(reader, self.product)
            reader.next(">")
            right = sums(reader, self.product)
            reader.next("\\\\")
            other = sums(reader, self.product)
            for end in ("&", "\\text{otherwise}", "\\end{cases}"):
                reader.next(end)
            return then if left > right else other
        if token.startswith("\\"):
            reader.next("\\left(")
            value = sums(reader, self.product)
            reader.next("\\right)")
            return FUNCTIONS[token[1:]](value)
        return float(token)


class Spreadsheet:
    """Signs bind tighter than powers, and powers associate to the left, as in Excel and LibreOffice."""

    def __init__(self, text, names):
        assert text[0] == "="
        self.cells = dict(zip(("A2", "B2", "C2"), names.values()))
        self.reader = Reader(NUMBER + r"|[A-Z]+\d+|[A-Z]+|[-+*/^(),>]|\s+", text[1:])

    def value(self):
        result = sums(self.reader, self.product)
        assert self.reader.peek() is None, self.reader.tokens
        return result

    def product(self, reader):
        value = self.power(reader)
        while reader.peek() in ("*", "/"):
            value = value * self.power(reader) if reader.next() == "*" else value / self.power(reader)
        return value

    def power(self, reader):
        value = self.signed(reader)
        while reader.take("^"):
            value = math.pow(value, self.signed(reader))
        return value

    def signed(self, reader):
        return -self.signed(reader) if reader.take("-") else self.atom(reader)

    def atom(self, reader):
        token = reader.next()
        if token == "(":
            value = sums(reader, self.product)
            reader.next(")")
            return value
        if token in self.cells:
            return self.cells[token]
        if token[0].isdigit():
            return float(token)
        reader.next("(")
        values = [sums(reader, self.product)]
        while reader.peek() in (",", ">"):
            values.append(reader.next())
            values.append(sums(reader, self.product))
        reader.next(")")
        if token == "IF":
            left, larger, right, _, then, _, other = values
            assert larger == ">"
            return then if left > right else other
        if token == "POWER":
            return math.pow(values[0], values[2])
        return FUNCTIONS[token.lower()](values[0])


def evaluated(notation, text, names):
    if notation == "python":
        return float(eval(text, {"np": np, **names}))
    if notation == "sympy":
        if sympy is None:
            return "no module"
        symbols = {name: sympy.Symbol(name, real=True) for name in names}
        law = sympy.sympify(eval(text, {"sympy": sympy, **symbols}))
        return float(law.subs({symbols[name]: value for name, value in names.items()}).evalf())
    if notation == "latex":
        return Latex(text.split(" = ", 1)[-1], names).value()
    return Spreadsheet(text, names).value()


for line in sys.stdin:
    notation, text, *row = line.rstrip("\n").split("\t")
    print(evaluated(notation, text, dict(zip("xyz", map(float, row)))))
