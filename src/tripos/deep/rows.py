"""Rows: how a rule finds its working for a class of layer, and how it sums up over a network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, TypeVar, cast

from tripos.deep.layers import Layer
from tripos.deep.network import Network
from tripos.language.rule import Call, Rule, Working
from tripos.language.worked import Worked, exactly, total

L = TypeVar("L", bound=Layer)
Row: TypeAlias = Callable[[Network, int, Layer], Working]
Rows: TypeAlias = Mapping[type[Layer], Row]


def row(kind: type[L], working: Callable[[Network, int, L], Working]) -> tuple[type[Layer], Row]:
    """A row of a rule's table: how the rule works for one class of layer."""
    return kind, cast(Row, working)


def worked_by(rows: Rows, net: Network, number: int) -> Working:
    """The working of the row for the layer with this number."""
    layer = net.layer(number)
    return rows[type(layer)](net, number, layer)


def nothing(_net: Network, _number: int, _layer: Layer) -> Working:
    """The row for a layer that has none: zero."""
    yield from ()
    return exactly(0)


def summed(calls: Iterable[Call]) -> Working:
    """The sum of what the calls come to; layers that add nothing do not show in the working."""
    terms: list[Worked] = []
    for call in calls:
        terms.append((yield call))
    return total(term for term in terms if term.value != 0)


def counted(rule: Rule[Network, int | None], rows: Rows, net: Network, layer: int | None) -> Working:
    """A count of a layer by its row; of the input zero; without a layer the sum over all."""
    if layer is None:
        return (yield from summed(rule.of(net, number) for number in net.numbers))
    if layer == 0:
        return exactly(0)
    return (yield from worked_by(rows, net, layer))
