"""Random formulas of every sort that a key may be, and points to try them at, of which a second hand makes what it can."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from flint import fmpq

from tripos.language.names import Names, domain
from tripos.language.tree import (
    Binder,
    Node,
    Op,
    Relation,
    add,
    call,
    divide,
    multiply,
    name,
    negate,
    number,
    power,
    subtract,
)

NAMES: Names = {
    **dict.fromkeys(("x", "z"), domain("real")),
    **dict.fromkeys(("a", "b", "Δ"), domain("positive")),
    "n": domain("positive integer"),
    "p": domain("0 < p < 1"),
    "s": domain("real vector"),
    "y": domain("index of s"),
    "j": domain("index of s, j != y"),
    "W": domain("m by d matrix"),
    "v": domain("d vector"),
    "u": domain("m vector"),
    "f": domain("function"),
}
TENSORS = frozenset({"W", "v", "u", "s"})
POSITIVE = frozenset({"a", "b", "Δ", "p", "n"})
ZERO, ONE, TWO = number(0), number(1), number(2)
OTHER_TIE = {Relation.LESS: Relation.AT_MOST, Relation.GREATER: Relation.AT_LEAST} | {
    Relation.AT_MOST: Relation.LESS,
    Relation.AT_LEAST: Relation.GREATER,
}


def entry(index: str) -> Node:
    """The score of a class."""
    return Node(Op.ENTRY, (name("s"), name(index)))


def compare(left: Node, relation: Relation, right: Node) -> Node:
    """A comparison."""
    return Node(Op.COMPARE, (left, right), (relation,))


def cases(condition: Node, then: Node, otherwise: Node) -> Node:
    """One value or another."""
    return Node(Op.IF, (condition, then, otherwise))


def others(function: str, variable: str, index: str, body: Node) -> Node:
    """A sum, product or extreme over all classes but one."""
    return Node(Op.BIND, (body, name(index)), Binder(function, variable, excludes=True))


def everywhere(function: str, variable: str, body: Node, *condition: Node) -> Node:
    """A sum, product or extreme over all classes, or those for which a condition holds."""
    return Node(Op.BIND, (body, call("indices", name("s")), *condition), Binder(function, variable))


@dataclass
class Writer:
    """Writes formulas. `bound` are the indices of the sums around the part being written."""

    random: Random
    bound: tuple[str, ...] = ()

    def formula(self) -> Node:
        """A formula of any sort."""
        write = self.random.choice([self.scalar, self.scalar, self.classes, self.piecewise, self.tensor, self.quotient])
        return write(self.random.choice((1, 2, 2, 3)))

    def leaf(self) -> Node:
        """A name, an entry or a small number."""
        if self.random.random() < 0.25:
            return number(fmpq(self.random.randint(1, 7), self.random.choice((1, 1, 1, 2, 3))))
        if self.bound and self.random.random() < 0.6:
            return entry(self.random.choice(self.bound))
        return self.random.choice([*map(name, ("x", "x", "z", "a", "b", "Δ", "p", "n")), entry("y"), entry("j")])

    def linear(self) -> Node:
        """A sum of two or three leaves."""
        parts = [self.leaf() for _ in range(self.random.randint(2, 3))]
        return add(*(negate(part) if self.random.random() < 0.4 else part for part in parts))

    def scalar(self, depth: int) -> Node:
        """A formula that has a value everywhere."""
        if depth <= 0:
            return self.leaf()
        grow = self.scalar
        match self.random.randrange(13):
            case 0 | 1:
                return add(*(grow(depth - 1) for _ in range(self.random.randint(2, 3))))
            case 2:
                return subtract(grow(depth - 1), grow(depth - 1))
            case 3 | 4:
                return multiply(grow(depth - 1), grow(depth - 1))
            case 5:
                return power(grow(depth - 1), number(self.random.randint(2, 3)))
            case 6:
                return call(self.random.choice(("max", "min")), grow(depth - 1), self.linear())
            case 7:
                return call(self.random.choice(("relu", "abs")), grow(depth - 1))
            case 8:
                return call(self.random.choice(("exp", "sigmoid", "tanh")), self.linear())
            case 9:
                return call(self.random.choice(("log", "sqrt")), self.positive(depth - 1))
            case 10:
                return cases(self.condition(), grow(depth - 1), grow(depth - 1))
            case 11:
                return call("clamp", grow(depth - 1), number(-1), self.positive(0))
            case _:
                return self.classes(depth - 1) if len(self.bound) < 2 else self.linear()

    def positive(self, depth: int) -> Node:
        """A formula that is positive everywhere."""
        if depth <= 0:
            return self.random.choice([*map(name, ("a", "b", "Δ", "p")), number(self.random.randint(1, 5))])
        match self.random.randrange(5):
            case 0:
                return add(self.positive(depth - 1), self.positive(depth - 1))
            case 1:
                return multiply(self.positive(depth - 1), self.positive(depth - 1))
            case 2:
                return call("exp", self.linear())
            case 3:
                return add(ONE, power(self.leaf(), TWO))
            case _:
                index = self.fresh()
                return everywhere("sum", index, call("exp", Writer(self.random, (index,)).linear()))

    def condition(self) -> Node:
        """A comparison of two sums of leaves."""
        return compare(self.linear(), self.random.choice(list(OTHER_TIE)), self.leaf())

    def classes(self, depth: int) -> Node:
        """A sum or an extreme over classes."""
        index = self.fresh()
        inner = Writer(self.random, (*self.bound, index))
        function = self.random.choice(("sum", "sum", "sum", "max"))
        body = inner.margin() if self.random.random() < 0.6 else inner.scalar(depth)
        if self.random.random() < 0.6:
            return others(function, index, self.random.choice(("y", "y", "j")), body)
        if self.random.random() < 0.3:
            return everywhere(function, index, body, compare(entry(index), Relation.GREATER, self.leaf()))
        result = everywhere(function, index, body)
        return call("log", everywhere("sum", index, call("exp", inner.linear()))) if depth % 2 else result

    def margin(self) -> Node:
        """What is summed in a loss."""
        difference = add(entry(self.bound[-1]), negate(entry("y")), self.random.choice([name("Δ"), name("x"), ONE]))
        return self.random.choice(
            [
                call("max", ZERO, difference),
                call("exp", difference),
                call("log", add(ONE, call("exp", difference))),
                power(difference, TWO),
            ]
        )

    def piecewise(self, depth: int) -> Node:
        """Cases of cases."""
        otherwise = self.piecewise(depth - 1) if depth > 1 else self.scalar(1)
        return cases(self.condition(), self.scalar(1), otherwise)

    def quotient(self, depth: int) -> Node:
        """A formula that may have no value somewhere."""
        bottom = self.random.choice([self.linear, lambda: self.scalar(1), lambda: self.positive(1)])()
        top = divide(self.scalar(depth - 1), bottom)
        return self.random.choice([top, add(top, self.leaf()), add(top, divide(self.leaf(), self.linear()))])

    def tensor(self, depth: int) -> Node:
        """A formula of matrices: a vector, a matrix or a number."""
        return self.random.choice([self.column, self.row_space, self.matrix, self.inner])(depth)

    def column(self, depth: int) -> Node:
        """A vector of m."""
        if depth <= 0:
            return name("u")
        match self.random.randrange(5):
            case 0:
                return add(self.column(depth - 1), self.column(depth - 1))
            case 1 | 2:
                return Node(Op.MULTIPLY, (name("W"), self.row_space(depth - 1)))
            case 3:
                return call(self.random.choice(("f", "relu", "tanh", "exp")), self.column(depth - 1))
            case _:
                return Node(Op.HADAMARD, (self.column(depth - 1), self.column(depth - 1)))

    def row_space(self, depth: int) -> Node:
        """A vector of d."""
        if depth <= 0:
            return name("v")
        match self.random.randrange(3):
            case 0:
                return add(self.row_space(depth - 1), name("v"))
            case 1:
                return Node(Op.MULTIPLY, (call("transpose", name("W")), self.column(depth - 1)))
            case _:
                return Node(Op.MULTIPLY, (name("x"), self.row_space(depth - 1)))

    def matrix(self, depth: int) -> Node:
        """A matrix, m by d."""
        outer = Node(Op.MULTIPLY, (self.column(depth - 1), call("transpose", self.row_space(depth - 1))))
        return self.random.choice([outer, add(name("W"), outer), Node(Op.HADAMARD, (name("W"), outer))])

    def inner(self, depth: int) -> Node:
        """A number made of vectors."""
        left, right = self.column(depth - 1), self.column(depth - 1)
        return self.random.choice(
            [
                Node(Op.MULTIPLY, (call("transpose", left), right)),
                call("dot", left, right),
                power(call("norm", left), TWO),
                call("trace", Node(Op.MULTIPLY, (left, call("transpose", right)))),
            ]
        )

    def fresh(self) -> str:
        """An index that is not used around here."""
        return next(index for index in ("k", "i", "l", "r") if index not in self.bound)


SPECIAL = (*range(-4, 5), 7, 9, 17, 50, -9, -50, 1000, 1001, -1001, 10**5 + 1, -(10**5) - 1, 10**9 + 1)


def point(random: Random, classes: int = 0) -> tuple[dict[str, object], dict[str, int]]:
    """What every name stands for at a point, and how many classes there are: often whole, often tied, often far away."""
    wide = random.choice((0, 0, 1, 2))

    def real() -> Fraction:
        if wide == 0:
            return Fraction(random.randint(-3, 3))
        if wide == 1:
            return Fraction(random.randint(-3 * 2**12, 3 * 2**12), 2**12 + 1)
        return Fraction(random.choice(SPECIAL))

    classes = classes or random.choice((2, 2, 3, 5))
    tied = random.random() < 0.3
    first = real()
    rows, columns = random.choice(((2, 3), (3, 2), (2, 2), (4, 2)))
    bends = [Fraction(random.randint(-8, 8), 4) for _ in range(4)]
    right = random.randint(1, classes)
    wrong = random.choice([index for index in range(1, classes + 1) if index != right])
    values: dict[str, object] = {
        **{word: real() for word in "xz"},
        **{word: abs(real()) or Fraction(1) for word in "abΔ"},
        "n": Fraction(random.choice((1, 2, 3, 4, 9))),
        "p": Fraction(random.randint(1, 31), 32),
        "s": [[first if tied else real()] for _ in range(classes)],
        "y": Fraction(right),
        "j": Fraction(wrong),
        "W": [[real() for _ in range(columns)] for _ in range(rows)],
        "v": [[real()] for _ in range(columns)],
        "u": [[real()] for _ in range(rows)],
        "f": lambda t: bends[0] + bends[1] * t + bends[2] * t * t + bends[3] * t * t * t,
    }
    return values, {"y": classes, "j": classes}
