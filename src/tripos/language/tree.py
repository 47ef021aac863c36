"""The tree: one immutable node for every expression, from whichever door it came. Not what an operation means.

A node is an operation, its operands and, for a leaf, its payload. Everything that is done with trees (evaluating,
typesetting, differentiating) is a table from operation to rule in a module of its own, and walks by `fold`, which
uses no recursion: a tree may be as deep as it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias, TypeVar

from flint import fmpq

T = TypeVar("T")


class Op(StrEnum):
    """What a node does with its operands. The comment gives the payload (`value`) where there is one."""

    NUMBER = "number"  # fmpq
    DECIMAL = "decimal"  # fmpq, written with a point
    TEXT = "text"  # str
    TRUTH = "truth"  # bool
    NAME = "name"  # str
    GIVEN = "given"  # a value put in by the program: it has no spelling of its own
    DIMS = "dims"  # 3x32x32
    CODE = "code"  # tuple of str: the pieces around the holes of CONV5-{n}-p2
    ADD = "add"
    NEGATE = "negate"
    MULTIPLY = "multiply"  # of matrices, the matrix product
    HADAMARD = "hadamard"  # entry by entry
    DIVIDE = "divide"
    POWER = "power"
    COMPARE = "compare"  # tuple of Relation: a chain has one less than operands
    AND = "and"
    OR = "or"
    NOT = "not"
    IF = "if"  # operands: condition, then, otherwise
    ON = "on"
    CHAIN = "chain"  # layers in a row
    CALL = "call"  # Callee
    BIND = "bind"  # Binder; operands: body, domain and, where only some members count, a condition
    ENTRY = "entry"  # operands: tensor, then indices counted from 1
    TUPLE = "tuple"
    SET = "set"
    TENSOR = "tensor"  # tuple of int: (n,) for a vector, (rows, columns) for a matrix
    INTERVAL = "interval"  # tuple of bool: whether each end belongs to it; operands: the ends


class Relation(StrEnum):
    """How two values compare."""

    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Callee:
    """The function of a call, and the names of its last arguments where they were given by name."""

    name: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Binder:
    """`function(body for variable in domain)`, or `!=` in place of `in`: all indices but one."""

    function: str
    variable: str
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Where a node stood in the text it was read from: characters, counted from 0."""

    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One operation with its operands. Two nodes are equal if they are spelt alike, wherever they stood."""

    op: Op
    args: tuple[Node, ...] = ()
    value: object = None
    span: Span = Span()
    digest: int = field(init=False, repr=False)
    size: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # Kept, so that hashing or measuring a tree never walks it: shared parts may make it far larger than it looks.
        object.__setattr__(self, "size", 1 + sum(arg.size for arg in self.args))
        object.__setattr__(self, "digest", hash((self.op, self.value, tuple(arg.digest for arg in self.args))))

    def __hash__(self) -> int:
        return self.digest

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Node):
            return NotImplemented
        pairs = [(self, other)]
        met: set[tuple[int, int]] = set()  # parts that are shared are compared once
        while pairs:
            left, right = pairs.pop()
            if left is right or (id(left), id(right)) in met:
                continue
            met.add((id(left), id(right)))
            alike = left.digest == right.digest and left.op is right.op and len(left.args) == len(right.args)
            if not alike or left.value != right.value:
                return False
            pairs.extend(zip(left.args, right.args, strict=True))
        return True

    def __reduce__(self) -> tuple[Callable[[Sequence[Row]], Node], tuple[Sequence[Row]]]:
        # A tree that goes to another process goes row by row, each part once: it may be deeper than pickle reaches,
        # and its digests are good only in the process that made them.
        return _restored, (_rows(self),)


Row: TypeAlias = tuple[Op, tuple[int, ...], object, Span]


def _rows(root: Node) -> tuple[Row, ...]:
    """Every part of a tree once, after its operands, which it names by their place among the rows."""
    rows: list[Row] = []
    places: dict[int, int] = {}
    waiting = [root]
    while waiting:
        node = waiting[-1]
        missing = [arg for arg in node.args if id(arg) not in places]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        if id(node) not in places:
            places[id(node)] = len(rows)
            rows.append((node.op, tuple(places[id(arg)] for arg in node.args), node.value, node.span))
    return tuple(rows)


def _restored(rows: Sequence[Row]) -> Node:
    nodes: list[Node] = []
    for op, args, value, span in rows:
        nodes.append(Node(op, tuple(nodes[arg] for arg in args), value, span))
    return nodes[-1]


def fold(root: Node, rule: Callable[[Node, Sequence[T]], T]) -> T:
    """The value of a tree, from the leaves up: `rule` gets a node and the values of its operands."""
    results: list[T] = []
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, ready = waiting.pop()
        if not ready and node.args:
            waiting.append((node, True))
            waiting.extend((arg, False) for arg in reversed(node.args))
            continue
        first = len(results) - len(node.args)
        operands = results[first:]
        del results[first:]
        results.append(rule(node, operands))
    return results[0]


def walk(root: Node) -> Iterator[Node]:
    """Every node of a tree, each before its operands, from left to right."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.args))


def rebuilt(node: Node, args: Sequence[Node]) -> Node:
    """The same operation on other operands; the node itself where nothing has changed."""
    if all(new is old for new, old in zip(args, node.args, strict=True)):
        return node
    return Node(node.op, tuple(args), node.value, node.span)


def free_names(root: Node) -> frozenset[str]:
    """The names of a tree that no binder of it binds. Names of functions are not among them."""

    def names(node: Node, parts: Sequence[frozenset[str]]) -> frozenset[str]:
        if node.op is Op.NAME:
            return frozenset((str(node.value),))
        if isinstance(node.value, Binder):
            body, domain, *condition = parts
            return (body.union(*condition) - {node.value.variable}) | domain
        if isinstance(node.value, Callee) and node.value.name == "labels":
            # What stands before a label are nodes of a graph, not names.
            return frozenset().union(*(free_names(part.args[1]) for part in node.args if part.op is Op.COMPARE))
        return frozenset().union(*parts)

    return fold(root, names)


def number(value: fmpq | int) -> Node:
    """A number as a leaf; a fraction stays one leaf, and typesets as a fraction."""
    return Node(Op.NUMBER, value=fmpq(value))


def name(text: str) -> Node:
    """A name as a leaf."""
    return Node(Op.NAME, value=text)


def call(function: str, *args: Node) -> Node:
    """A function applied to arguments, none of them by name."""
    return Node(Op.CALL, args, Callee(function))


def add(*args: Node) -> Node:
    """A sum; sums inside it are merged."""
    return _merged(Op.ADD, args)


def multiply(*args: Node) -> Node:
    """A product; products inside it are merged."""
    return _merged(Op.MULTIPLY, args)


def negate(arg: Node) -> Node:
    """The negative; of a negative, the thing itself."""
    return arg.args[0] if arg.op is Op.NEGATE else Node(Op.NEGATE, (arg,))


def subtract(left: Node, right: Node) -> Node:
    """A difference, which is a sum with a negative."""
    return add(left, negate(right))


def divide(left: Node, right: Node) -> Node:
    """A quotient."""
    return Node(Op.DIVIDE, (left, right))


def power(base: Node, exponent: Node) -> Node:
    """A power."""
    return Node(Op.POWER, (base, exponent))


def _merged(op: Op, args: Sequence[Node]) -> Node:
    flat = tuple(inner for arg in args for inner in (arg.args if arg.op is op else (arg,)))
    return flat[0] if len(flat) == 1 else Node(op, flat)
