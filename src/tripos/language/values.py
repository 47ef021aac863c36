"""Values: what an expression can come to, and which kind of answer each is.

Numbers are exact: a rational (`fmpq`) or a constant such as 40 ln 2. Undefined and undecided are values of their
own, not errors: a derivative at a kink is undefined, a claim that nobody has proved is undecided.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from flint import fmpq

from tripos.language.ball import Ball
from tripos.language.constant import Constant, Number
from tripos.language.kind import Kind
from tripos.language.tree import Node, Op, Relation
from tripos.problem import Place, Problem, TriposError


@dataclass(frozen=True, slots=True)
class Undefined:
    """No value, and why: a quotient by zero, a derivative at a kink."""

    why: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """A truth that the engine cannot tell, and why. Never false by default."""

    why: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The lengths of a tensor along its axes, such as channels × height × width; also any tuple of integers."""

    dims: tuple[int, ...]

    @property
    def size(self) -> int:
        """The number of entries."""
        total = 1
        for dim in self.dims:
            total *= dim
        return total


@dataclass(frozen=True, slots=True)
class Tensor:
    """Exact entries in row-major order. `shape` is (n,) for a vector, (rows, columns) for a matrix."""

    shape: tuple[int, ...]
    entries: tuple[Number, ...]

    def rows(self) -> tuple[tuple[Number, ...], ...]:
        """The rows of a matrix; a vector is one row."""
        width = self.shape[-1]
        return tuple(self.entries[start : start + width] for start in range(0, len(self.entries), width))


@dataclass(frozen=True, slots=True)
class Mask(Tensor):
    """A matrix of zeros and ones that says which entries count."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A finite set, in the order of its first writing (draws depend on it), without repeats."""

    members: tuple[Value, ...]


class Domain(Enum):
    """The infinite sets that have a name."""

    REALS = "reals"
    POSITIVES = "positives"
    INTEGERS = "integers"
    POSITIVE_INTEGERS = "positive integers"


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression in which free names remain, with every other name replaced by its value."""

    tree: Node


class Subject:
    """A value that another room defines, such as a network. It must be immutable and hashable."""

    __slots__ = ()

    @property
    def kind(self) -> Kind:
        """The kind of answer that asks for it."""
        return Kind.WORD


Value: TypeAlias = (
    bool
    | fmpq
    | Constant
    | Ball
    | Undefined
    | Undecided
    | Shape
    | Tensor
    | Collection
    | Domain
    | Formula
    | Subject
    | str
)


def is_number(value: Value) -> bool:
    """Whether the value is an exact number."""
    return isinstance(value, fmpq | Constant | Ball)


def kind_of(value: Value) -> Kind | None:
    """The kind of answer that this value is a key for; none for what cannot be asked."""
    match value:
        case bool() | Undecided():
            return Kind.TRUTH
        case fmpq() | Constant() | Ball() | Undefined():
            return Kind.NUMBER
        case Shape():
            return Kind.SHAPE
        case Mask():
            return Kind.MASK
        case Tensor(shape=shape):
            return Kind.VECTOR if len(shape) == 1 else Kind.MATRIX
        case Collection():
            return Kind.SET
        case Formula(tree=tree):
            return _kind_of_formula(tree)
        case str():
            return Kind.WORD
        case Subject():
            return value.kind
        case _:
            return None


def described(value: Value) -> str:
    """The value's sort in words, for messages: "a number", "a shape"."""
    if isinstance(value, Undefined | Undecided):
        return f"{'undefined' if isinstance(value, Undefined) else 'undecided'} ({value.why})"
    kind = kind_of(value)
    if kind is None:
        return "the name of a set"
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def integer(value: Value, wanted: str) -> int:
    """The value as an int; anything else is refused."""
    if isinstance(value, fmpq) and value.q == 1:
        return int(value.p)
    shown = f"{value} is not" if isinstance(value, fmpq) else f"this is {described(value)}"
    raise TriposError(Problem(Place(), f"{wanted} is a whole number; {shown}."))


def _kind_of_formula(tree: Node) -> Kind:
    if tree.op is not Op.COMPARE:
        return Kind.FORMULA
    return Kind.EQUATION if tree.value == (Relation.EQUAL,) else Kind.INEQUALITY
