"""Gathering: what a sum, a product or an extreme runs over at a point, and what its results come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from itertools import combinations
from typing import TypeAlias, cast

from flint import arb, fmpq

from tripos.language.tree import Binder, Callee, Node, Op, name, walk
from tripos.language.values import Collection
from tripos.language.worked import literal
from tripos.proof.points import scalar
from tripos.proof.points.block import Block, Value, entrywise
from tripos.proof.points.run import Run, Unsupported
from tripos.proof.points.scalar import Scalar

MAX_COMPARED = 8  # arguments of a maximum that are set against each other pair by pair

ADD = entrywise(scalar.strict(scalar.add))
TIMES = entrywise(scalar.strict(scalar.multiply))
Members: TypeAlias = Callable[[Run], "tuple[Iterable[Scalar], int]"]


def members(node: Node, compiled: Callable[[Node], Callable[[Run], Value]]) -> Members:
    """What a binder runs over in a run, and how many values its variable could have."""
    binder, domain = cast(Binder, node.value), node.args[1]
    if binder.excludes:
        index, owner = cast(str, domain.value), _owner(node.args[0], binder.variable)
        return lambda run: _others(run, index, owner)
    callee = domain.value
    if isinstance(callee, Callee) and callee.name == "indices":
        word, axis = cast(str, domain.args[0].value), domain.args[1].value if len(domain.args) > 1 else fmpq(1)
        return lambda run: _indices(run, word, axis == 2)
    if isinstance(callee, Callee) and callee.name == "range":
        ends = [compiled(end) for end in domain.args]
        return lambda run: _range(run, *(end(run) for end in ends))
    if domain.op is Op.SET:
        parts = [compiled(part) for part in domain.args]
        return lambda run: ([cast(Scalar, part(run)) for part in parts], len(parts))
    if isinstance(domain.value, Collection):
        listed = [compiled(literal(member)) for member in domain.value.members]
        return lambda run: ([cast(Scalar, part(run)) for part in listed], len(listed))
    raise Unsupported("what a sum runs over")


def _owner(body: Node, variable: str) -> str:
    # The vector that a variable picks entries of; none where it picks of a matrix, or not at all.
    for node in walk(body):
        if node.op is Op.ENTRY and len(node.args) == 2 and node.args[1] == name(variable):
            return str(node.args[0].value)
    return ""


def _others(run: Run, index: str, owner: str) -> tuple[Iterable[Scalar], int]:
    if index not in run.lengths:
        raise Unsupported(index)
    length, own = _indices(run, owner, False)[1] if owner else run.lengths[index], run.values[index]
    return [fmpq(place) for place in range(1, length + 1) if place != own], length


def _indices(run: Run, word: str, across: bool) -> tuple[Iterable[Scalar], int]:
    block = run.values.get(word)
    if not isinstance(block, Block):
        length = 1 if isinstance(block, fmpq | arb) else 0
    else:
        length = block.columns if across or block.rows == 1 else block.rows
    return [fmpq(place) for place in range(1, length + 1)], length


def _range(run: Run, first: Value, last: Value) -> tuple[Iterable[Scalar], int]:
    if not (isinstance(first, fmpq) and isinstance(last, fmpq) and first.q == last.q == 1):
        return [scalar.absent(first, last) or scalar.UNDEFINED], 1
    length = max(0, int(last.p) - int(first.p) + 1)
    run.meter.spend(length)  # before it is made, so that a sum to 10^9 costs nothing
    return [fmpq(place) for place in range(int(first.p), int(last.p) + 1)], length


def _sum(_: Run, results: Sequence[Scalar | Block]) -> Value:
    return reduce(ADD, results) if results else scalar.ZERO


def _product(_: Run, results: Sequence[Scalar | Block]) -> Value:
    return reduce(TIMES, results) if results else scalar.ONE


def _extreme(word: str) -> Callable[[Run, Sequence[Scalar | Block]], Value]:
    rule = entrywise(scalar.FUNCTIONS[word])

    def gathered(run: Run, results: Sequence[Scalar | Block]) -> Value:
        for switch in pairs(results):
            run.note(switch)
        return rule(*results) if results else scalar.UNDEFINED

    return gathered


def pairs(values: Sequence[Value]) -> Iterable[Scalar]:
    """The numbers among these values against each other, by their differences."""
    numbers = [value for value in values if isinstance(value, fmpq | arb)][:MAX_COMPARED]
    return [scalar.subtract(left, right) for left, right in combinations(numbers, 2)]


GATHER: Mapping[str, Callable[[Run, Sequence[Scalar | Block]], Value]] = {
    "sum": _sum,
    "prod": _product,
    "max": _extreme("max"),
    "min": _extreme("min"),
}
