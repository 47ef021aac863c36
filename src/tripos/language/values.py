"""Values: what an expression can come to, and which kind of answer each is.

Numbers are exact: a rational (`fmpq`) or a constant such as 40 ln 2. Undefined and undecided are values of their
own, not errors: a derivative at a kink is undefined, a claim that nobody has proved is undecided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias, cast

from flint import fmpq

from tripos.language.ball import Ball
from tripos.language.constant import Constant, Number
from tripos.language.kind import Kind
from tripos.language.tree import Node, Op, Relation, walk
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


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two ends, each of which belongs to it or not; no end is infinite, and does not."""

    low: Number | None
    high: Number | None
    closed: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Order:
    """How fast something grows, up to a constant factor: O(n log n). `exact` is Θ: no slower, either."""

    growth: Node
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """A value on each of some edges of a graph; an edge goes from one named node to another."""

    edges: tuple[tuple[tuple[str, str], Value], ...]


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
    | Interval
    | Order
    | Labels
    | Subject
    | str
)


def is_number(value: Value) -> bool:
    """Whether the value is an exact number."""
    return isinstance(value, fmpq | Constant | Ball)


def kind_of(value: Value) -> Kind | None:
    """The kind of answer that this value is a key for; none for what cannot be asked."""
    match value:
        case Formula(tree=tree):
            return _kind_of_formula(tree)
        case Tensor(shape=shape) if not isinstance(value, Mask):
            return Kind.VECTOR if len(shape) == 1 else Kind.MATRIX
        case Subject():
            return value.kind
        case _:
            return KINDS.get(type(value))


def described(value: Value) -> str:
    """The value's sort in words, for messages: "a number", "a shape"."""
    if isinstance(value, Undefined | Undecided):
        return f"{'undefined' if isinstance(value, Undefined) else 'undecided'} ({value.why})"
    kind = kind_of(value)
    if kind is None:
        return "the name of a set"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" if kind is not Kind.LABELS else "labels of edges"


def integer(value: Value, wanted: str) -> int:
    """The value as an int; anything else is refused."""
    if isinstance(value, fmpq) and value.q == 1:
        return int(value.p)
    shown = f"{value} is not" if isinstance(value, fmpq) else f"this is {described(value)}"
    raise TriposError(Problem(Place(), f"{wanted} is a whole number; {shown}."))


def _kind_of_formula(tree: Node) -> Kind:
    match tree.op:
        case Op.COMPARE:
            relations = set(cast("tuple[Relation, ...]", tree.value))
            return Kind.EQUATION if relations == {Relation.EQUAL} else Kind.INEQUALITY
        case Op.AND | Op.OR | Op.NOT:
            comparisons = [node for node in walk(tree) if node.op is Op.COMPARE]
            kinds = {_kind_of_formula(node) for node in comparisons}
            return Kind.EQUATION if kinds == {Kind.EQUATION} else Kind.INEQUALITY
        case Op.TENSOR:
            return Kind.VECTOR if len(cast("tuple[int, ...]", tree.value)) == 1 else Kind.MATRIX
        case _:
            return FORMULAS.get(tree.op, Kind.FORMULA)


KINDS: Mapping[type, Kind] = {
    **dict.fromkeys((bool, Undecided), Kind.TRUTH),
    **dict.fromkeys((fmpq, Constant, Ball, Undefined), Kind.NUMBER),
    Shape: Kind.SHAPE,
    Mask: Kind.MASK,
    Collection: Kind.SET,
    Interval: Kind.INTERVAL,
    Order: Kind.ORDER,
    Labels: Kind.LABELS,
    str: Kind.WORD,
}

# Where free names stand in the entries of something else, it is asked for as what it is.
FORMULAS = {Op.TUPLE: Kind.SHAPE, Op.DIMS: Kind.SHAPE, Op.SET: Kind.SET, Op.INTERVAL: Kind.INTERVAL}

# What stands after the last of some cases that have no "otherwise".
NO_CASE = Node(Op.GIVEN, value=Undefined("no case applies"))
