"""Receptive fields: how much of the input one neuron sees."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import cast

from tripos.deep.conventions import RECEPTIVE_FIELD
from tripos.deep.layers import Convolution, FullyConnected, Pooling, Window, refusal
from tripos.deep.network import Network, notation
from tripos.deep.rows import Rows, row, worked_by
from tripos.deep.volumes import volume
from tripos.language import arithmetic, tree
from tripos.language.rule import Working, rule
from tripos.language.tree import Node, Op
from tripos.language.values import Shape
from tripos.language.worked import Worked, exactly, literal, product


@rule
def receptive_field(net: Network, layer: int | None = None) -> Working:
    """The side, in input pixels, of what a neuron of this layer (without one: of the last) sees of the input.

    After convolutions and pooling: 1 + Σ (F − 1)·jump, where jump is the product of the strides before each layer;
    for a neuron far from the border, so that no input is needed. For a fully connected layer: the extent of all that
    it sees, from the first to the last pixel, within the input; a shape if the sides differ. Source: Araujo, Norris &
    Sim 2019, "Computing receptive fields of convolutional neural networks", equations 1 and 2.

    >>> from tripos.deep.vocabulary import answer
    >>> str(answer("receptive_field(CONV3 -> CONV3-s2 -> CONV3-s2 -> CONV3 -> POOL2)").value)
    '23'
    """
    if layer is None:
        return (yield receptive_field.of(net, len(net)))
    if layer == 0:
        return exactly(1)
    return (yield from worked_by(RECEPTIVE_FIELDS, net, layer))


@rule
def jump(net: Network, layer: int | None = None) -> Working:
    """How many input pixels apart two neighbouring neurons of a layer see: the product of the strides up to it.

    Source: Araujo, Norris & Sim 2019 (there the effective stride).
    """
    if layer is None:
        return (yield jump.of(net, len(net)))
    if layer == 0:
        return exactly(1)
    return (yield from worked_by(JUMPS, net, layer))


def _field_of_window(net: Network, number: int, layer: Window) -> Working:
    yield RECEPTIVE_FIELD
    before = yield receptive_field.of(net, net.source(number))
    step = yield jump.of(net, net.source(number))
    return _with(before, product(exactly(layer.kernel) - exactly(1), exactly(step.number)))


def _field_of_fully_connected(net: Network, number: int, _layer: FullyConnected) -> Working:
    source = net.source(number)
    read = (yield volume.of(net, source)).shape
    if source == 0:
        return _sides(read.dims if len(read.dims) == 1 else read.dims[1:])
    if isinstance(net.layer(source), FullyConnected):
        return (yield receptive_field.of(net, source))
    yield RECEPTIVE_FIELD
    path = _path(net, source)
    shapes = []
    for place in path:
        shapes.append((yield volume.of(net, place)).shape)
    windows = [cast(Window, net.layer(place)) for place in path[1:]]
    return _sides([_extent(windows, lengths) for lengths in _along_axes(shapes)])


def _jump_of_window(net: Network, number: int, layer: Window) -> Working:
    before = yield jump.of(net, net.source(number))
    value = arithmetic.multiply(before.number, exactly(layer.stride).number)
    return Worked(value, Node(Op.MULTIPLY, (before.tree, tree.number(layer.stride))))


def _jump_of_fully_connected(_net: Network, number: int, layer: FullyConnected) -> Working:
    yield from ()
    raise refusal(f"{layer} (layer {number}) sees everything at once, so it has no jump.")


RECEPTIVE_FIELDS: Rows = MappingProxyType(
    dict(
        [
            row(Convolution, _field_of_window),
            row(Pooling, _field_of_window),
            row(FullyConnected, _field_of_fully_connected),
        ]
    )
)
JUMPS: Rows = MappingProxyType(
    dict(
        [
            row(Convolution, _jump_of_window),
            row(Pooling, _jump_of_window),
            row(FullyConnected, _jump_of_fully_connected),
        ]
    )
)


def _with(before: Worked, term: Worked) -> Worked:
    # One node more on the sum so far, not a longer sum: so ten thousand layers share their working.
    value = arithmetic.add(before.number, term.number)
    return Worked(value, Node(Op.ADD, (before.tree, term.tree)))


def _sides(sides: Sequence[int]) -> Worked:
    if 0 in sides:
        return exactly(0)  # what sees only padding along one axis sees nothing
    if len(set(sides)) == 1:
        return exactly(sides[0])
    return Worked(Shape(tuple(sides)), literal(Shape(tuple(sides))))


def _path(net: Network, number: int) -> list[int]:
    path = [number]
    while path[-1]:
        path.append(net.source(path[-1]))
    return path[::-1]


def _along_axes(shapes: Sequence[Shape]) -> Sequence[tuple[int, ...]]:
    ranks = {len(shape.dims) for shape in shapes}
    if len(ranks) > 1 or min(ranks) < 2:  # an answer may stand in for a volume
        shown = ", ".join(map(notation, shapes[:6]))
        raise refusal(f"the volumes {shown} do not have the same number of dimensions.")
    return list(zip(*(shape.dims[1:] for shape in shapes), strict=True))


def _extent(windows: Sequence[Window], lengths: Sequence[int]) -> int:
    """How far apart the first and the last input position lie that any output of these layers depends on, along one
    axis, both counted; 0 if all that it sees is padding. `lengths` are those of the input and of every output.
    """
    last = _last(windows, lengths)
    return 0 if last is None else max(0, last - _first(windows) + 1)


def _first(windows: Sequence[Window]) -> int:
    # Forwards: from where on an output matters, since those before see only padding. Backwards: what the first sees.
    starts = [0]
    for window in windows:
        starts.append(max(0, -(-(starts[-1] + window.pad - window.kernel + 1) // window.stride)))
    place = starts[-1]
    for window, start in zip(windows[::-1], starts[-2::-1], strict=True):
        place = max(start, place * window.stride - window.pad)
    return place


def _last(windows: Sequence[Window], lengths: Sequence[int]) -> int | None:
    ends = [lengths[0] - 1]
    for window, length in zip(windows, lengths[1:], strict=True):
        ends.append(min(length - 1, (ends[-1] + window.pad) // window.stride))
    place = ends[-1]
    for window, end in zip(windows[::-1], ends[-2::-1], strict=True):
        if place < 0:
            return None
        place = min(end, place * window.stride - window.pad + window.kernel - 1)
    return place if place >= 0 else None
