"""A worked value: what came out, and the expression it came out of. Rules of the engine compute with these.

Arithmetic on worked numbers keeps the working: `weights + biases` is 224, from `8·3·3·3 + 8`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flint import fmpq

from tripos.language import arithmetic, tree
from tripos.language.constant import Number
from tripos.language.tree import Node, Op
from tripos.language.values import Formula, Shape, Undecided, Undefined, Value, described, is_number
from tripos.problem import Place, Problem, Refusal, TriposError

MAX_FORMULA = 5_000


@dataclass(frozen=True, slots=True)
class Worked:
    """A value with the tree that it is worth."""

    value: Value
    tree: Node

    @property
    def number(self) -> Number:
        """The value as a number; anything else is refused."""
        if is_number(self.value):
            return self.value  # type: ignore[return-value]  # is_number cannot narrow a union
        raise TriposError(Problem(Place(), f"a number is needed here; this is {described(self.value)}."))

    @property
    def shape(self) -> Shape:
        """The value as a shape; anything else is refused."""
        if isinstance(self.value, Shape):
            return self.value
        raise TriposError(Problem(Place(), f"a shape is needed here; this is {described(self.value)}."))

    def __add__(self, other: Worked) -> Worked:
        return total([self, other])

    def __neg__(self) -> Worked:
        return Worked(_applied(Op.NEGATE, self), tree.negate(self.tree))

    def __sub__(self, other: Worked) -> Worked:
        return self + -other

    def __mul__(self, other: Worked) -> Worked:
        return product(self, other)

    def __truediv__(self, other: Worked) -> Worked:
        return Worked(_applied(Op.DIVIDE, self, other), tree.divide(self.tree, other.tree))


def exactly(value: int | Number) -> Worked:
    """A number as itself, without any working."""
    exact = fmpq(value) if isinstance(value, int) else value
    return Worked(exact, literal(exact))


def bare(worked: Worked) -> Worked:
    """The same value without its working; a formula is its own."""
    return worked if isinstance(worked.value, Formula) else Worked(worked.value, literal(worked.value))


def product(*factors: int | Worked) -> Worked:
    """The product of the factors, in their order."""
    worked = [exactly(factor) if isinstance(factor, int) else factor for factor in factors]
    return Worked(_applied(Op.MULTIPLY, *worked), tree.multiply(*(factor.tree for factor in worked)))


def total(terms: Iterable[Worked]) -> Worked:
    """The sum of the terms, in their order; zero for none."""
    worked = list(terms)
    if not worked:
        return exactly(0)
    return Worked(_applied(Op.ADD, *worked), tree.add(*(term.tree for term in worked)))


def formula(node: Node, operands: Iterable[Worked]) -> Worked:
    """An operation on operands in which free names remain: one formula, with every value filled in."""
    filled = tree.rebuilt(node, [operand.tree for operand in operands])
    if filled.size > MAX_FORMULA:
        fact = f"with everything filled in, this formula has more than {MAX_FORMULA:,} parts."
        raise Refusal(Problem(Place(), fact, "Ask for something simpler."))
    return Worked(Formula(filled), filled)


def literal(value: Value) -> Node:
    """A value as a leaf of a tree."""
    return tree.number(value) if isinstance(value, fmpq) else Node(Op.GIVEN, value=value)


def _applied(op: Op, *operands: Worked) -> Value:
    values = [part.value if isinstance(part.value, Undefined | Undecided) else part.number for part in operands]
    return arithmetic.applied(arithmetic.OPERATIONS[op], values)
