"""Parameters: weights, biases and what batch normalisation adds, in the order in which people write the factors."""

from __future__ import annotations

from types import MappingProxyType

from tripos.deep.layers import Convolution, FullyConnected, Layer, Pooling
from tripos.deep.network import Network
from tripos.deep.rows import Rows, counted, nothing, row, summed, worked_by
from tripos.deep.volumes import filters_of, sides_of, volume
from tripos.language.rule import Working, rule
from tripos.language.worked import exactly, product


@rule
def weights(net: Network, layer: int | None = None) -> Working:
    """The number of weights of a layer, or of all: N·C·F·F of a convolution, C·H·W·N of a fully connected layer.

    One factor F for each axis of the image. Source: CS231n, "Convolutional Networks".

    >>> from tripos.deep.vocabulary import answer
    >>> str(answer("weights(CONV3-8 on 3x32x32)").value)
    '216'
    """
    return (yield from counted(weights, WEIGHTS, net, layer))


@rule
def biases(net: Network, layer: int | None = None) -> Working:
    """The number of biases of a layer, or of all: one for each filter or output.

    >>> from tripos.deep.vocabulary import answer
    >>> str(answer("biases(CONV3-8 -> POOL2)").value)
    '8'
    """
    return (yield from counted(biases, BIASES, net, layer))


@rule
def parameters(net: Network, layer: int | None = None) -> Working:
    """The number of learnt parameters of a layer, or of all: its weights and its biases.

    >>> from tripos.deep.vocabulary import answer
    >>> str(answer("parameters(3x32x32 -> CONV3-8 -> POOL2 -> FC-10)").value)
    '20714'
    """
    if layer is None:
        return (yield from summed(parameters.of(net, number) for number in net.numbers))
    return (yield from summed([weights.of(net, layer), biases.of(net, layer)]))


@rule
def norm_parameters(net: Network, layer: int | None = None) -> Working:
    """The parameters of a batch normalisation put after a layer: scale and shift, 2·C for C channels.

    Without a layer: of one put after every convolution. Running means and variances are not learnt and do not count.
    Source: Ioffe & Szegedy 2015, "Batch normalization"; PyTorch's BatchNorm1d, BatchNorm2d and BatchNorm3d.

    >>> from tripos.deep.vocabulary import answer
    >>> str(answer("norm_parameters(CONV3-8 -> POOL2 -> CONV3-16)").value)
    '48'
    """
    if layer is None:
        return (yield from summed(norm_parameters.of(net, number) for number in normalised(net)))
    if layer == 0:
        return product(2, (yield volume.of(net, 0)).shape.dims[0])
    return (yield from worked_by(NORM_PARAMETERS, net, layer))


def normalised(net: Network) -> list[int]:
    """The numbers of the layers that a batch normalisation is put after: every convolution."""
    return [number for number in net.numbers if isinstance(net.layer(number), Convolution)]


def _weights_of_convolution(net: Network, number: int, layer: Convolution) -> Working:
    source = net.source(number)
    read = (yield volume.of(net, source)).shape
    rank = len(sides_of(read, source))
    return product(filters_of(number, layer), read.dims[0], *([layer.kernel] * rank))


def _weights_of_fully_connected(net: Network, number: int, layer: FullyConnected) -> Working:
    read = (yield volume.of(net, net.source(number))).shape
    return product(*read.dims, layer.units)


def _biases_of_convolution(_net: Network, number: int, layer: Convolution) -> Working:
    yield from ()
    return exactly(filters_of(number, layer))


def _biases_of_fully_connected(_net: Network, _number: int, layer: FullyConnected) -> Working:
    yield from ()
    return exactly(layer.units)


def _norm_of_convolution(net: Network, number: int, layer: Convolution) -> Working:
    if net.input is None:
        return product(2, filters_of(number, layer))
    return (yield from _norm_of_volume(net, number, layer))


def _norm_of_volume(net: Network, number: int, _layer: Layer) -> Working:
    given = (yield volume.of(net, number)).shape
    sides_of(given, number)
    return product(2, given.dims[0])


def _norm_of_fully_connected(_net: Network, _number: int, layer: FullyConnected) -> Working:
    yield from ()
    return product(2, layer.units)


WEIGHTS: Rows = MappingProxyType(
    dict(
        [
            row(Convolution, _weights_of_convolution),
            row(Pooling, nothing),
            row(FullyConnected, _weights_of_fully_connected),
        ]
    )
)
BIASES: Rows = MappingProxyType(
    dict(
        [
            row(Convolution, _biases_of_convolution),
            row(Pooling, nothing),
            row(FullyConnected, _biases_of_fully_connected),
        ]
    )
)
NORM_PARAMETERS: Rows = MappingProxyType(
    dict(
        [
            row(Convolution, _norm_of_convolution),
            row(Pooling, _norm_of_volume),
            row(FullyConnected, _norm_of_fully_connected),
        ]
    )
)
