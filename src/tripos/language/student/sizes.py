"""Sizes: whether a part of an answer is a number, a vector or a matrix, as far as the declared names tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, cast

from tripos.language.names import Sort as NameSort
from tripos.language.student.lexicon import Lexicon, key_of
from tripos.language.tree import Callee, Node, Op, fold

Sizes: TypeAlias = "tuple[str, ...]"  # () of a number, one of a vector, two of a matrix; "" where unknown

SCALAR: Sizes = ()
_TO_NUMBERS = frozenset({"dot", "norm", "trace"})


def sizes(node: Node, lexicon: Lexicon) -> Sizes:
    """The sizes of what a node stands for."""
    if not lexicon.tensors and node.op is not Op.TENSOR:
        return SCALAR

    def rule(part: Node, args: Sequence[Sizes]) -> Sizes:
        match part.op:
            case Op.NAME:
                return _named(str(part.value), lexicon)
            case Op.TENSOR:
                return tuple(map(str, cast("tuple[int, ...]", part.value)))
            case Op.MULTIPLY:
                return _product(args)
            case Op.CALL:
                return _called(cast(Callee, part.value).name, args)
            case Op.ADD | Op.HADAMARD | Op.NEGATE | Op.DIVIDE | Op.POWER | Op.IF:
                return next((size for size in args if size), SCALAR)
            case Op.BIND:
                return args[0]
            case _:
                return SCALAR

    return fold(node, rule)


def multiplied(left: Sizes, right: Sizes) -> Sizes:
    """The sizes of a product, a vector being a column."""
    if not left or not right:
        return left or right
    if len(left) == 1:
        return (left[0], right[-1]) if len(right) == 2 and right[0] in ("1", "") else left
    if len(right) == 1:
        return SCALAR if left[0] == "1" else (left[0],)
    return SCALAR if left[0] == right[1] == "1" else (left[0], right[1])


def fit(left: Sizes, right: Sizes) -> bool:
    """Whether the matrix product of these can be formed."""
    if len(left) == 1:
        return len(right) == 2 and _alike("1", right[0])
    return _alike(left[1], right[0])


def match(left: Sizes, right: Sizes) -> bool:
    """Whether these can be multiplied entry by entry."""
    return len(left) == len(right) and all(map(_alike, left, right))


def _alike(left: str, right: str) -> bool:
    return left == right or not left or not right


def _named(name: str, lexicon: Lexicon) -> Sizes:
    meaning = lexicon.meanings.get(name) or lexicon.meanings.get(key_of(name))
    if meaning is None or meaning.sort not in (NameSort.VECTOR, NameSort.MATRIX):
        return SCALAR
    return meaning.sizes or ("",) * (1 if meaning.sort is NameSort.VECTOR else 2)


def _product(args: Sequence[Sizes]) -> Sizes:
    result = SCALAR
    for size in args:
        result = multiplied(result, size)
    return result


def _called(function: str, args: Sequence[Sizes]) -> Sizes:
    if function in _TO_NUMBERS or not args:
        return SCALAR
    first = next((size for size in args if size), SCALAR)
    if function == "transpose":
        return ("1", *first) if len(first) == 1 else tuple(reversed(first))
    return (first[0], first[0]) if function == "diag" and len(first) == 1 else first
