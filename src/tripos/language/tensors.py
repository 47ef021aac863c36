"""Exact arithmetic on vectors and matrices: tables from operation and function to rule. Vectors are columns.

Shapes are checked, and named in the writer's words. Nothing is stretched to fit: a number scales a vector, but is not
added to one. What has an undefined entry is undefined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import TypeAlias, cast

from flint import fmpq

from tripos.language import arithmetic
from tripos.language.constant import Number
from tripos.language.tree import Op
from tripos.language.values import Tensor, Undecided, Undefined, Value, described, integer, is_number
from tripos.problem import Place, Problem, Refusal, TriposError

Rule: TypeAlias = Callable[..., Value]

MAX_PRODUCTS = 100_000  # of entries, in one product of matrices


def applied(op: Op, values: Sequence[Value]) -> Value:
    """What an operation comes to where an operand is a tensor."""
    for value in values:
        if isinstance(value, Undefined | Undecided):
            return value
        if not (is_number(value) or isinstance(value, Tensor)):
            raise _refused(f"numbers, vectors or matrices are needed here; this is {described(value)}.")
    if op is Op.POWER:
        raise _refused(f"{_shown(values[0])} has no power here.", "Write a product, transpose(A) or exp(x).")
    return reduce(OPERATIONS[op], values) if len(values) > 1 else OPERATIONS[op](*values)


def elementwise(rule: arithmetic.Apply, values: Sequence[Value]) -> Value:
    """A function of numbers, entry by entry; beside tensors of one shape, a number stands for all their entries."""
    tensors = [value for value in values if isinstance(value, Tensor)]
    for other in tensors[1:]:
        _same_shape(tensors[0], "and", other)
    size = len(tensors[0].entries)
    columns = [value.entries if isinstance(value, Tensor) else (value,) * size for value in values]
    entries = [arithmetic.applied(rule, cast("list[arithmetic.Result]", row)) for row in zip(*columns, strict=True)]
    return _tensor(tensors[0].shape, entries)


def transpose(value: Value) -> Value:
    """The transpose; of a vector, the matrix with this one row."""
    tensor = _as_tensor("transpose", value)
    if len(tensor.shape) == 1:
        return Tensor((1, *tensor.shape), tensor.entries)
    rows = tensor.rows()
    return Tensor((tensor.shape[1], tensor.shape[0]), tuple(row[at] for at in range(tensor.shape[1]) for row in rows))


def norm(value: Value, order: Value = arithmetic.TWO) -> Value:
    """The norm of this order of a vector, the Euclidean one if none is given; of a matrix, the Frobenius norm."""
    tensor = _as_tensor("norm", value)
    exponent = fmpq(integer(order, "the order of a norm"))
    if exponent < 1 or (exponent != arithmetic.TWO and len(tensor.shape) > 1):
        raise _refused(f"there is no such norm of {_shown(tensor)}.", "Write norm(x), norm(x, 1) or norm(x, 2).")
    powers = [_call(arithmetic.power, arithmetic.absolute(entry), exponent) for entry in tensor.entries]
    return _call(arithmetic.power, _sum(powers), 1 / exponent)


def dot(left: Value, right: Value) -> Value:
    """The sum of the products of the entries of two vectors."""
    one, other = _as_tensor("dot", left), _as_tensor("dot", right)
    if len(one.shape) != 1 or len(other.shape) != 1:
        raise _refused(f"dot takes two vectors; here are {_shown(one)} and {_shown(other)}.")
    _same_shape(one, "dot", other)
    return _sum([_call(arithmetic.multiply, *pair) for pair in zip(one.entries, other.entries, strict=True)])


def trace(value: Value) -> Value:
    """The sum of the diagonal of a square matrix."""
    tensor = _as_tensor("trace", value)
    if len(tensor.shape) != 2 or tensor.shape[0] != tensor.shape[1]:
        raise _refused(f"trace takes a square matrix; this is {_shown(tensor)}.")
    return _sum([row[at] for at, row in enumerate(tensor.rows())])


def diag(value: Value) -> Value:
    """The matrix with this vector on its diagonal; of a matrix, the vector on its diagonal."""
    tensor = _as_tensor("diag", value)
    if len(tensor.shape) == 1:
        size = tensor.shape[0]
        _bounded(size * size)
        cells = ((tensor.entries[row] if row == at else arithmetic.ZERO) for row in range(size) for at in range(size))
        return Tensor((size, size), tuple(cells))
    return _tensor((min(tensor.shape),), [row[at] for at, row in enumerate(tensor.rows()) if at < tensor.shape[1]])


def softmax(value: Value) -> Value:
    """e to each entry of a vector, over the sum of these."""
    tensor = _as_tensor("softmax", value)
    if len(tensor.shape) != 1:
        raise _refused(f"softmax takes a vector; this is {_shown(tensor)}.")
    powers = [_call(arithmetic.exp, entry) for entry in tensor.entries]
    total = _sum(powers)
    return _tensor(tensor.shape, [_call(arithmetic.divide, power, total) for power in powers])


def _add(left: Value, right: Value) -> Value:
    if not (isinstance(left, Tensor) and isinstance(right, Tensor)):
        raise _refused(f"{_shown(left)} and {_shown(right)} cannot be added.")
    _same_shape(left, "plus", right)
    return elementwise(arithmetic.add, [left, right])


def _multiply(left: Value, right: Value) -> Value:
    if isinstance(left, Tensor) and isinstance(right, Tensor):
        return _product(left, right)
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return elementwise(arithmetic.multiply, [left, right])
    return _call(arithmetic.multiply, left, right)


def _product(left: Tensor, right: Tensor) -> Value:
    height, inner = _as_columns(left)
    met, width = _as_columns(right)
    if inner != met:
        fact = f"{_shown(left)} times {_shown(right)} does not fit: {inner} is not {met}."
        raise _refused(fact, "Transpose one, or write ⊙ for the product entry by entry.")
    _bounded(height * inner * width)
    columns = [right.entries[at::width] for at in range(width)]
    rows = [left.entries[at * inner : (at + 1) * inner] for at in range(height)]
    entries = [
        _sum([_call(arithmetic.multiply, *pair) for pair in zip(row, column, strict=True)])
        for row in rows
        for column in columns
    ]
    if height == width == 1:
        return entries[0]  # x^T y is a number
    return _tensor((height,) if len(right.shape) == 1 else (height, width), entries)


def _hadamard(left: Value, right: Value) -> Value:
    if not (isinstance(left, Tensor) and isinstance(right, Tensor)):
        raise _refused(f"{_shown(left)} ⊙ {_shown(right)} has no entries to pair.", "Write * for a product.")
    _same_shape(left, "⊙", right)
    return elementwise(arithmetic.multiply, [left, right])


def _divide(left: Value, right: Value) -> Value:
    if isinstance(right, Tensor):
        raise _refused(f"nothing is divided by {_shown(right)}.")
    return elementwise(arithmetic.divide, [left, right])


def _as_columns(tensor: Tensor) -> tuple[int, int]:
    return (tensor.shape[0], 1) if len(tensor.shape) == 1 else (tensor.shape[0], tensor.shape[1])


def _tensor(shape: tuple[int, ...], entries: Sequence[Value]) -> Value:
    for entry in entries:
        if isinstance(entry, Undefined | Undecided):
            return entry
    return Tensor(shape, cast("tuple[Number, ...]", tuple(entries)))


def _call(rule: arithmetic.Apply, *values: Value) -> Value:
    return arithmetic.applied(rule, cast("tuple[arithmetic.Result, ...]", values))


def _sum(values: Sequence[Value]) -> Value:
    return _call(arithmetic.OPERATIONS[Op.ADD], *values)


def _same_shape(left: Tensor, word: str, right: Tensor) -> None:
    if left.shape != right.shape:
        raise _refused(f"{_shown(left)} {word} {_shown(right)}: they differ in shape.")


def _as_tensor(function: str, value: Value) -> Tensor:
    if isinstance(value, Tensor):
        return value
    raise _refused(f"{function} takes a vector or a matrix; this is {described(value)}.")


def _shown(value: Value) -> str:
    if not isinstance(value, Tensor):
        return described(value)
    return f"a vector of {value.shape[0]}" if len(value.shape) == 1 else f"a {'×'.join(map(str, value.shape))} matrix"


def _bounded(products: int) -> None:
    if products > MAX_PRODUCTS:
        fact = f"this takes more than {MAX_PRODUCTS:,} products of entries."
        raise Refusal(Problem(Place(), fact, "Use smaller matrices."))


def _refused(fact: str, remedy: str = "") -> TriposError:
    return TriposError(Problem(Place(), fact, remedy))


OPERATIONS: Mapping[Op, Rule] = {
    Op.ADD: _add,
    Op.NEGATE: lambda value: elementwise(arithmetic.negate, [value]),
    Op.MULTIPLY: _multiply,
    Op.HADAMARD: _hadamard,
    Op.DIVIDE: _divide,
}

# name: (rule, the fewest and the most arguments)
FUNCTIONS: Mapping[str, tuple[Rule, int, int]] = {
    "transpose": (transpose, 1, 1),
    "norm": (norm, 1, 2),
    "dot": (dot, 2, 2),
    "trace": (trace, 1, 1),
    "diag": (diag, 1, 1),
    "softmax": (softmax, 1, 1),
}
