"""Blocks: vectors and matrices at a point. A vector is one column; a block of one entry is a scalar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

from flint import fmpq

from tripos.proof.points import scalar
from tripos.proof.points.scalar import Condition, Nothing, Scalar


@dataclass(frozen=True, slots=True)
class Block:
    """Entries in row-major order."""

    rows: int
    columns: int
    entries: tuple[Scalar, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns


Function: TypeAlias = Callable[..., Scalar]
Value: TypeAlias = "Scalar | Block | Condition | Function"


class Misfit(Exception):
    """Two blocks whose sizes do not go together in an operation."""

    def __init__(self, left: Block, right: Block) -> None:
        super().__init__(f"{left.rows}×{left.columns} and {right.rows}×{right.columns}")
        self.left, self.right = left.size, right.size


def one(block: Block) -> Scalar | Block:
    """The block, or its entry where it has only one."""
    return block.entries[0] if block.rows == block.columns == 1 else block


def entrywise(rule: Callable[..., Scalar]) -> Callable[..., Scalar | Block]:
    """A rule on scalars as one on blocks of one size too; a scalar among them goes with every entry."""

    def lifted(*values: Scalar | Block) -> Scalar | Block:
        blocks = [value for value in values if isinstance(value, Block)]
        if not blocks:
            return rule(*values)
        first = blocks[0]
        for block in blocks[1:]:
            if block.size != first.size:
                raise Misfit(first, block)
        columns = [value.entries if isinstance(value, Block) else (value,) * len(first.entries) for value in values]
        return Block(first.rows, first.columns, tuple(rule(*entries) for entries in zip(*columns, strict=True)))

    return lifted


_ADD, _MULTIPLY = scalar.strict(scalar.add), scalar.strict(scalar.multiply)
_SCALE = entrywise(_MULTIPLY)


def product(*values: Scalar | Block) -> Scalar | Block:
    """The matrix product from left to right; scalars go anywhere."""
    return reduce(_times, values)


def _times(left: Scalar | Block, right: Scalar | Block) -> Scalar | Block:
    if not isinstance(left, Block) or not isinstance(right, Block):
        return _SCALE(left, right)
    if left.columns != right.rows:
        raise Misfit(left, right)
    down = [right.entries[column :: right.columns] for column in range(right.columns)]
    across = [left.entries[start : start + left.columns] for start in range(0, len(left.entries), left.columns)]
    return one(Block(left.rows, right.columns, tuple(_dot(row, column) for row in across for column in down)))


def _dot(left: Sequence[Scalar], right: Sequence[Scalar]) -> Scalar:
    return _ADD(*(_MULTIPLY(a, b) for a, b in zip(left, right, strict=True)))


def transpose(value: Scalar | Block) -> Scalar | Block:
    """The transpose."""
    if not isinstance(value, Block):
        return value
    columns = (value.entries[column :: value.columns] for column in range(value.columns))
    return Block(value.columns, value.rows, tuple(entry for column in columns for entry in column))


def dot(left: Scalar | Block, right: Scalar | Block) -> Scalar | Block:
    """The inner product of two vectors of one length, or of two matrices entry by entry."""
    if not isinstance(left, Block) or not isinstance(right, Block):
        return _SCALE(left, right)
    if len(left.entries) != len(right.entries):
        raise Misfit(left, right)
    return _dot(left.entries, right.entries)


def norm(value: Scalar | Block, order: Scalar = scalar.TWO) -> Scalar:
    """The Euclidean norm of all entries, or the sum of their absolute values."""
    entries = value.entries if isinstance(value, Block) else (value,)
    if order == scalar.ONE:
        return _ADD(*map(scalar.FUNCTIONS["abs"], entries))
    return scalar.FUNCTIONS["sqrt"](_dot(entries, entries)) if order == scalar.TWO else scalar.UNKNOWN


def trace(value: Scalar | Block) -> Scalar:
    """The sum of the diagonal of a square matrix."""
    if not isinstance(value, Block):
        return value
    if value.rows != value.columns:
        raise Misfit(value, value)
    return _ADD(*value.entries[:: value.columns + 1])


def diagonal(value: Scalar | Block) -> Scalar | Block:
    """The diagonal matrix of a vector; the diagonal of a matrix, as a vector."""
    if not isinstance(value, Block):
        return value
    if 1 not in value.size:
        own = value.entries[:: value.columns + 1]
        return Block(len(own), 1, own)
    size = len(value.entries)
    cells = (value.entries[row] if row == column else scalar.ZERO for row in range(size) for column in range(size))
    return Block(size, size, tuple(cells))


def softmax(value: Scalar | Block) -> Scalar | Block:
    """The exponentials of the entries of a vector, divided by their sum; of a matrix row by row, as in attention."""
    if not isinstance(value, Block):
        return scalar.ONE
    if 1 not in value.size:
        rows = (value.entries[start : start + value.columns] for start in range(0, len(value.entries), value.columns))
        parts = (softmax(Block(1, value.columns, row)) for row in rows)
        return Block(*value.size, tuple(entry for part in parts if isinstance(part, Block) for entry in part.entries))
    powers = [scalar.FUNCTIONS["exp"](entry) for entry in value.entries]
    total = _ADD(*powers)
    divide = scalar.strict(scalar.divide)
    return Block(value.rows, value.columns, tuple(divide(power, total) for power in powers))


def entry(base: Scalar | Block, *places: Scalar) -> Scalar:
    """The entry at these places, counted from 1; undefined beyond the last."""
    if isinstance(base, Nothing) or any(not isinstance(place, fmpq) or place.q != 1 for place in places):
        return scalar.absent(base, *places) or scalar.UNDEFINED
    block = base if isinstance(base, Block) else Block(1, 1, (base,))
    where = [int(place.p) for place in places]  # type: ignore[union-attr]  # whole numbers, checked above
    if len(where) == 1:
        where = [where[0], 1] if block.columns == 1 else [1, where[0]]
    row, column = where
    if not (1 <= row <= block.rows and 1 <= column <= block.columns):
        return scalar.UNDEFINED
    return block.entries[(row - 1) * block.columns + column - 1]


TENSORS: dict[str, Callable[..., Scalar | Block]] = {
    "transpose": transpose,
    "dot": dot,
    "norm": norm,
    "trace": trace,
    "diag": diagonal,
    "softmax": softmax,
}
