"""Volumes: the size of what each layer gives out, and which layers leave height and width alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from flint import fmpq

from tripos.deep.conventions import POOLING
from tripos.deep.layers import Convolution, FullyConnected, Pooling, Window, refusal
from tripos.deep.network import Network, notation
from tripos.deep.rows import Rows, row, worked_by
from tripos.language import arithmetic, tree
from tripos.language.rule import Working, rule
from tripos.language.tree import Node, Op, Relation
from tripos.language.values import Shape, integer
from tripos.language.worked import Worked, exactly, literal, product, total


@rule
def volume(net: Network, layer: int | None = None) -> Working:
    """The shape of a layer's output, channels first: N × ((W + 2P − F)/S + 1) along every axis.

    Layer 0 is the input; without a layer, the last. A fully connected layer gives (n,). A convolution drops what
    does not fill a window; for pooling, the convention `pooling` says. Sources: CS231n, "Convolutional Networks";
    Dumoulin & Visin 2016, relationships 6 and 7.

    >>> from tripos.deep.vocabulary import answer
    >>> answer("volume(3x32x32 -> CONV3-8 -> POOL2)").value
    Shape(dims=(8, 16, 16))
    """
    if layer is None:
        return (yield volume.of(net, len(net)))
    if layer == 0:
        return _shape([exactly(dim) for dim in input_of(net).dims])
    return (yield from worked_by(VOLUMES, net, layer))


@rule
def keeps_size(net: Network) -> Working:
    """Whether the output is as high and wide as the input, whatever that is (as long as it is large enough).

    A window with stride S > 1 shrinks a large enough input, and no later layer of a row can undo that for every size.
    With stride 1 throughout, sizes change by 2P − F + 1 a layer, and these must sum to zero. Source: CS231n ("P = (F −
    1)/2 ensures that the input volume and output volume will have the same size").

    >>> from tripos.deep.vocabulary import answer
    >>> answer("keeps_size(CONV3-p1)").value, answer("keeps_size(CONV1-p1)").value
    (True, False)
    """
    yield from ()
    if net.input is not None:
        fact = "keeps_size is about every input, and this network states one."
        raise refusal(fact, "Leave the input out, or compare volumes.")
    windows = [layer for layer in map(net.layer, net.numbers) if isinstance(layer, Window)]
    if len(windows) < len(net) or any(window.stride > 1 for window in windows):
        return Worked(False, literal(False))
    padded = total(product(2, window.pad) for window in windows)
    lost = total(exactly(window.kernel) - exactly(1) for window in windows)
    return Worked(padded.value == lost.value, Node(Op.COMPARE, (padded.tree, lost.tree), (Relation.EQUAL,)))


@rule
def filter_width(net: Network, layer: int | None = None) -> Working:
    """The width F of the F×F convolution that computes the same as a fully connected layer: the side of what it reads.

    On a vector it is 1. Source: CS231n, "Converting Fully-Connected Layers to Convolutional Layers".

    >>> from tripos.deep.vocabulary import answer
    >>> str(answer("filter_width(1024x8x8 -> FC-4096 -> FC-200, 1)").value)
    '8'
    """
    number = len(net) if layer is None else layer
    asked = net.layer(number)
    if not isinstance(asked, FullyConnected):
        raise refusal(f"filter_width is about a fully connected layer; {asked} (layer {number}) is none.")
    read = (yield volume.of(net, net.source(number))).shape
    if len(read.dims) < 2:
        return exactly(1)
    if len(set(read.dims[1:])) > 1:
        fact = f"{asked} (layer {number}) reads {notation(read)}, whose sides differ, so no square filter equals it."
        raise refusal(fact, "Ask for volume and read off the filter's sides.")
    return exactly(read.dims[1])


def input_of(net: Network) -> Shape:
    """The input; a network that has none is refused."""
    if net.input is None:
        raise refusal("this needs the size of the input, which the network does not state.", "Write net on 3x32x32.")
    return net.input


def filters_of(number: int, layer: Convolution) -> int:
    """The number of filters; a convolution that states none is refused."""
    if layer.filters is None:
        fact = f"{layer} (layer {number}) does not say how many filters it has."
        raise refusal(fact, f"Write {replace(layer, filters=8, spelt='')} for 8 filters.")
    return layer.filters


def sides_of(shape: Shape, number: int) -> tuple[int, ...]:
    """The lengths of an image's axes, without its channels; a vector is refused."""
    # The network has no vector here, but somebody's answer may stand in for a volume.
    if len(shape.dims) < 2:
        raise refusal(f"the volume of layer {number} is {notation(shape)}; an image has channels, height and width.")
    return shape.dims[1:]


def _convolution(net: Network, number: int, layer: Convolution) -> Working:
    read = (yield volume.of(net, net.source(number))).shape
    lengths = [_length(side, layer, "floor") for side in sides_of(read, net.source(number))]
    _check_fit(net, number, layer, read, lengths)
    return _shape([exactly(filters_of(number, layer)), *lengths])


def _pooling(net: Network, number: int, layer: Pooling) -> Working:
    read = (yield volume.of(net, net.source(number))).shape
    sides = sides_of(read, net.source(number))
    rounding = "floor"
    if any((side + 2 * layer.pad - layer.kernel) % layer.stride for side in sides):  # else it makes no difference
        rounding = str((yield POOLING).value)
    lengths = [_length(side, layer, rounding) for side in sides]
    _check_fit(net, number, layer, read, lengths)
    return _shape([exactly(read.dims[0]), *lengths])


def _fully_connected(net: Network, number: int, layer: FullyConnected) -> Working:
    yield volume.of(net, net.source(number))  # what it reads must exist
    return _shape([exactly(layer.units)])


VOLUMES: Rows = MappingProxyType(
    dict(
        [
            row(Convolution, _convolution),
            row(Pooling, _pooling),
            row(FullyConnected, _fully_connected),
        ]
    )
)


def _floor(_side: int, _window: Window, steps: Worked) -> Worked:
    if _whole(steps):
        return steps + exactly(1)
    return _called("floor", arithmetic.floor, steps) + exactly(1)


def _ceiling(side: int, window: Window, steps: Worked) -> Worked:
    if _whole(steps):
        return steps + exactly(1)
    rounded = _called("ceil", arithmetic.ceil, steps)
    # PyTorch: the last window must start inside the image or its left pad, otherwise it is dropped.
    starts_outside = integer(rounded.value, "a length") * window.stride >= side + window.pad
    return rounded + exactly(1) - exactly(1) if starts_outside else rounded + exactly(1)


ROUNDINGS: Mapping[str, Callable[[int, Window, Worked], Worked]] = MappingProxyType(
    {"floor": _floor, "ceiling": _ceiling}
)


@lru_cache(maxsize=4096)  # images are square: most lengths are asked for again
def _length(side: int, window: Window, rounding: str) -> Worked:
    steps = (exactly(side) + product(2, window.pad) - exactly(window.kernel)) / exactly(window.stride)
    return ROUNDINGS[rounding](side, window, steps)


def _whole(steps: Worked) -> bool:
    return isinstance(steps.value, fmpq) and steps.value.q == 1


def _called(name: str, function: arithmetic.Apply, argument: Worked) -> Worked:
    return Worked(function(argument.number), tree.call(name, argument.tree))


def _shape(dims: list[Worked]) -> Worked:
    lengths = tuple(integer(dim.value, "a length") for dim in dims)
    return Worked(Shape(lengths), Node(Op.DIMS, tuple(dim.tree for dim in dims)))


def _check_fit(net: Network, number: int, window: Window, read: Shape, lengths: list[Worked]) -> None:
    if all(integer(length.value, "a length") > 0 for length in lengths):
        return
    before = net.source(number)
    where = f"after {net.layer(before)} (layer {before}) the image" if before else "the input"
    padded = Shape((read.dims[0], *(side + 2 * window.pad for side in read.dims[1:])))
    with_pad = f", {notation(padded)} with its pad" if window.pad else ""
    needed = notation(Shape((window.kernel,) * len(read.dims[1:])))
    fact = f"{window} does not fit: {where} is {notation(read)}{with_pad}, smaller than {needed}."
    raise refusal(fact, f"{_wider(window, min(read.dims[1:]))} or move it up.")


def _wider(window: Window, side: int) -> str:
    if isinstance(window, Pooling):
        return "Make its window smaller"
    return f"Pad it ({replace(window, pad=-(-(window.kernel - side) // 2), spelt='')})"
