"""What a tree comes to at a point, by a second hand: plain recursion over fractions and floats, no line of the prover.

Numbers are fractions while they can be, else floats; vectors and matrices are lists of rows; what has no value is
UNDEFINED, which swallows everything. Where floats cannot tell (too large, or too near to a tie or a pole), `Untold` is
raised: the point says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tripos.language.tree import Node, Op, Relation
from tripos.language.values import Tensor, Undefined

UNDEFINED = "undefined"
Number = Fraction | float
Value = object  # Number, bool, list of rows, UNDEFINED or a Python function


class Untold(Exception):
    """Floats that are too large or too near to each other to tell anything."""


class Misfit(Exception):
    """Sizes that do not go together."""


@dataclass
class Oracle:
    """One evaluation at a point. `scale` is the largest float met, which tells how far floats can be trusted."""

    names: Mapping[str, Value]
    lengths: Mapping[str, int] = field(default_factory=dict)  # how many values an index has
    scale: float = 1.0

    def of(self, node: Node) -> Value:
        """The value of a tree."""
        try:
            result = self._of(node)
        except OverflowError as error:
            raise Untold from error
        for entry in entries(result):
            if isinstance(entry, float):
                if not math.isfinite(entry):
                    raise Untold
                self.scale = max(self.scale, abs(entry))
        return result

    def _of(self, node: Node) -> Value:
        if node.op is Op.BIND:
            return self._gathered(node)
        if node.op is Op.NAME:
            return self.names.get(node.value, CONSTANTS.get(node.value))
        values = [self.of(part) for part in node.args]
        if node.op is Op.CALL:
            return self._called(node.value.name, values)
        return OPERATIONS[node.op](node.value, *values)

    def _called(self, word: str, values: list[Value]) -> Value:
        if word in self.names:
            return _each(_strict(self.names[word]))(*values)
        if word in TENSORS:
            return TENSORS[word](*values)
        return _each(_strict(FUNCTIONS[word]))(*values)

    def _gathered(self, node: Node) -> Value:
        binder, body, condition = node.value, node.args[0], node.args[2] if len(node.args) > 2 else None
        members, length = self._members(node)
        results = []
        for member in members:
            inner = Oracle(
                {**self.names, binder.variable: member}, {**self.lengths, binder.variable: length}, self.scale
            )
            counts = inner.of(condition) if condition else True
            if counts == UNDEFINED:
                results.append(UNDEFINED)
            elif counts:
                results.append(inner.of(body))
            self.scale = max(self.scale, inner.scale)
        if binder.function in ("max", "min"):
            return _each(_strict(FUNCTIONS[binder.function]))(*results) if results else UNDEFINED
        if not results:
            return Fraction(binder.function == "prod")
        rule = (lambda a, b: a + b) if binder.function == "sum" else (lambda a, b: a * b)
        return _folded(_each(_strict(rule)), results)

    def _members(self, node: Node) -> tuple[Iterable[Fraction], int]:
        domain = node.args[1]
        if node.value.excludes:
            length, own = self.lengths[domain.value], self.names[domain.value]
            return [Fraction(place) for place in range(1, length + 1) if place != own], length
        if domain.op is Op.SET:
            return [self.of(part) for part in domain.args], len(domain.args)
        if domain.value.name == "range":
            first, last = (self.of(part) for part in domain.args)
            return [Fraction(place) for place in range(int(first), int(last) + 1)], int(last)
        grid = self.of(domain.args[0])
        length = len(grid) if len(domain.args) == 1 or domain.args[1].value == 1 else len(grid[0])
        return [Fraction(place) for place in range(1, length + 1)], length


def differ(left: Node, right: Node, names: Mapping[str, Value], lengths: Mapping[str, int]) -> bool:
    """Whether two trees certainly differ at a point; false where floats cannot tell."""
    first, second = Oracle(names, lengths), Oracle(names, lengths)
    try:
        one, other = first.of(left), second.of(right)
    except Untold:
        return False
    scale = max(first.scale, second.scale)
    mine, yours = list(entries(one)), list(entries(other))
    return len(mine) != len(yours) or any(_apart(a, b, scale) for a, b in zip(mine, yours, strict=True))


def entries(value: Value) -> Iterable[Value]:
    """All entries of a value: itself, if it is a scalar."""
    return [entry for row in value for entry in row] if isinstance(value, list) else [value]


def _apart(left: Value, right: Value, scale: float) -> bool:
    if UNDEFINED in (left, right) or isinstance(left, bool) or isinstance(right, bool):
        return left != right
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left != right
    return abs(left - right) > 1e-11 * scale + 1e-9 * abs(left)


def _literal(value: object) -> Value:
    if isinstance(value, Undefined):
        return UNDEFINED
    if isinstance(value, Tensor):
        columns = value.shape[1] if len(value.shape) == 2 else 1
        parts = [_literal(entry) for entry in value.entries]
        return [parts[start : start + columns] for start in range(0, len(parts), columns)]
    return value if isinstance(value, bool) else Fraction(int(value.p), int(value.q))


def _folded(rule: Callable[..., Value], values: list[Value]) -> Value:
    result = values[0]
    for value in values[1:]:
        result = rule(result, value)
    return result


def _strict(rule: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *values: UNDEFINED if UNDEFINED in values else rule(*values)


def _each(rule: Callable[..., Value]) -> Callable[..., Value]:
    def spread(*values: Value) -> Value:
        grids = [value for value in values if isinstance(value, list)]
        if not grids:
            return rule(*values)
        shapes = {(len(grid), len(grid[0])) for grid in grids}
        if len(shapes) > 1:
            raise Misfit(shapes)
        rows, columns = shapes.pop()
        return [
            [rule(*(value[row][at] if isinstance(value, list) else value for value in values)) for at in range(columns)]
            for row in range(rows)
        ]

    return spread


def _times(left: Value, right: Value) -> Value:
    multiply, total = _strict(lambda a, b: a * b), _strict(lambda a, b: a + b)
    if not isinstance(left, list) or not isinstance(right, list):
        return _each(multiply)(left, right)
    if len(left[0]) != len(right):
        raise Misfit
    columns = list(zip(*right, strict=True))
    result = [[_folded(total, list(map(multiply, row, column))) for column in columns] for row in left]
    return result[0][0] if len(result) == len(result[0]) == 1 else result


def _raised(base: Value, exponent: Value) -> Value:
    if not isinstance(base, list) or len(base) != len(base[0]):
        return _each(_strict(_power))(base, exponent)
    return _folded(_times, [base] * int(exponent))


def _power(base: Number, exponent: Number) -> Value:
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        if exponent < 0 and sign(base) == 0:
            return UNDEFINED
        if isinstance(base, Fraction) and base.numerator.bit_length() * abs(exponent) > 10_000:
            raise Untold
        return base ** int(exponent)
    side = sign(base)
    if side < 0 or (side == 0 and exponent < 0):
        return UNDEFINED
    return float(base) ** float(exponent)


def _holds(left: Value, relation: Relation, right: Value) -> Value:
    if UNDEFINED in (left, right):
        return UNDEFINED
    side = sign(left - right)
    return {
        Relation.EQUAL: side == 0,
        Relation.UNEQUAL: side != 0,
        Relation.LESS: side < 0,
        Relation.AT_MOST: side <= 0,
        Relation.GREATER: side > 0,
        Relation.AT_LEAST: side >= 0,
    }[relation]


def sign(value: Number) -> int:
    """The sign of a number; a float too near to zero has none that can be trusted."""
    if isinstance(value, float) and abs(value) < 1e-9:
        raise Untold
    return (value > 0) - (value < 0)


def _all(parts: list[Value]) -> Value:
    if False in parts:
        return False
    return UNDEFINED if UNDEFINED in parts else True


def _not(part: Value) -> Value:
    return part if part == UNDEFINED else not part


def _entry(grid: Value, *places: Value) -> Value:
    if UNDEFINED in places:
        return UNDEFINED
    row, column = (int(places[0]), 1) if len(places) == 1 else map(int, places)
    if not (1 <= row <= len(grid) and 1 <= column <= len(grid[0])):
        return UNDEFINED
    return grid[row - 1][column - 1]


def _transposed(grid: Value) -> Value:
    return [list(column) for column in zip(*grid, strict=True)] if isinstance(grid, list) else grid


def _square(grid: Value) -> Value:
    if isinstance(grid, list) and len(grid) != len(grid[0]):
        raise Misfit
    return grid


def _traced(grid: Value) -> Value:
    return sum(row[at] for at, row in enumerate(_square(grid))) if isinstance(grid, list) else grid


def _diagonal(grid: Value) -> Value:
    if len(grid[0]) > 1:
        return [[grid[at][at]] for at in range(min(len(grid), len(grid[0])))]
    return [[row[0] if at == to else Fraction(0) for to in range(len(grid))] for at, row in enumerate(grid)]


def _softmax(grid: Value) -> Value:
    powers = [[math.exp(entry) for entry in row] for row in grid]
    total = sum(map(sum, powers))
    return [[entry / total for entry in row] for row in powers]


def _norm(grid: Value, order: Number = Fraction(2)) -> Value:
    own = list(entries(grid))
    if UNDEFINED in own:
        return UNDEFINED
    return sum(map(abs, own)) if order == 1 else math.sqrt(sum(entry * entry for entry in own))


def _log(value: Number) -> Value:
    return math.log(value) if sign(value) > 0 else UNDEFINED


def _sigmoid(x: Number) -> float:
    return 1 / (1 + math.exp(-x)) if x > 0 else math.exp(x) / (1 + math.exp(x))


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "exp": math.exp,
    "log": _log,
    "ln": _log,
    "log2": lambda x: math.log2(x) if sign(x) > 0 else UNDEFINED,
    "log10": lambda x: math.log10(x) if sign(x) > 0 else UNDEFINED,
    "sqrt": lambda x: _power(x, Fraction(1, 2)),
    "sign": lambda x: Fraction(sign(x)),
    "abs": abs,
    "max": lambda *parts: max(parts),
    "min": lambda *parts: min(parts),
    "clamp": lambda x, low, high: min(max(x, low), high),
    "relu": lambda x: max(x, Fraction(0)),
    "sigmoid": _sigmoid,
    "tanh": math.tanh,
    "floor": lambda x: Fraction(math.floor(x)),
    "ceil": lambda x: Fraction(math.ceil(x)),
}
TENSORS: dict[str, Callable[..., Value]] = {
    "transpose": _transposed,
    "dot": lambda left, right: _folded(
        lambda a, b: a + b, [a * b for a, b in zip(entries(left), entries(right), strict=True)]
    ),
    "norm": _norm,
    "trace": _traced,
    "diag": _diagonal,
    "softmax": _softmax,
}
CONSTANTS = {"e": math.e, "pi": math.pi, "π": math.pi}
_ADD, _MULTIPLY = _each(_strict(lambda a, b: a + b)), _each(_strict(lambda a, b: a * b))


def _chosen(_: object, condition: Value, then: Value, otherwise: Value) -> Value:
    return condition if condition == UNDEFINED else then if condition else otherwise


def _grid(shape: Sequence[int], *values: Value) -> Value:
    if values and isinstance(values[0], list):  # rows, each of them a column by itself
        return [[entry for (entry,) in row] for row in values]
    columns = shape[1] if len(shape) == 2 else 1
    return [list(values[start : start + columns]) for start in range(0, len(values), columns)]


OPERATIONS: dict[Op, Callable[..., Value]] = {
    **dict.fromkeys((Op.NUMBER, Op.DECIMAL, Op.TRUTH, Op.GIVEN), lambda payload: _literal(payload)),
    Op.ADD: lambda _, *values: _folded(_ADD, values),
    Op.NEGATE: lambda _, value: _each(_strict(lambda a: -a))(value),
    **dict.fromkeys((Op.MULTIPLY, Op.DIMS), lambda _, *values: _folded(_times, values)),
    Op.HADAMARD: lambda _, *values: _folded(_MULTIPLY, values),
    Op.DIVIDE: lambda _, *values: _each(_strict(lambda a, b: a / b if sign(b) else UNDEFINED))(*values),
    Op.POWER: lambda _, base, exponent: _raised(base, exponent),
    Op.COMPARE: lambda relations, *values: _all(
        [_holds(*one) for one in zip(values, relations, values[1:], strict=False)]
    ),
    Op.AND: lambda _, *values: _all(values),
    Op.OR: lambda _, *values: _not(_all([_not(value) for value in values])),
    Op.NOT: lambda _, value: _not(value),
    Op.IF: _chosen,
    Op.ENTRY: lambda _, *values: _entry(*values),
    Op.TENSOR: _grid,
}
