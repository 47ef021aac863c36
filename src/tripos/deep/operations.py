"""Operations: how many multiplications a forward pass of one example takes."""

from __future__ import annotations

from types import MappingProxyType

from tripos.deep.conventions import FLOPS, PADDED_ZEROS
from tripos.deep.layers import Convolution, FullyConnected, Pooling
from tripos.deep.network import Network
from tripos.deep.parameters import weights
from tripos.deep.rows import Rows, counted, nothing, row
from tripos.deep.volumes import sides_of, volume
from tripos.language.rule import Working, rule
from tripos.language.worked import product


@rule
def multiplications(net: Network, layer: int | None = None) -> Working:
    """The multiplications of a layer, or of all, for one example: each weight once at each place of the output.

    N·C·F·F·H·W for a convolution with an output of N×H×W, its weights for a fully connected layer, none for max
    pooling. Multiplications with padded zeros count, additions and biases do not. Source: CS231n; the count is half
    of what PyTorch's FlopCounterMode gives.

    >>> from tripos.deep.vocabulary import answer
    >>> str(answer("multiplications(CONV3-16 on 3x64x64)").value)
    '1769472'
    """
    return (yield from counted(multiplications, MULTIPLICATIONS, net, layer))


def _convolution(net: Network, number: int, layer: Convolution) -> Working:
    yield FLOPS
    if layer.pad:
        yield PADDED_ZEROS
    each = yield weights.of(net, number)
    places = (yield volume.of(net, number)).shape
    return product(each, *sides_of(places, number))


def _fully_connected(net: Network, number: int, _layer: FullyConnected) -> Working:
    yield FLOPS
    return (yield weights.of(net, number))


MULTIPLICATIONS: Rows = MappingProxyType(
    dict(
        [
            row(Convolution, _convolution),
            row(Pooling, nothing),
            row(FullyConnected, _fully_connected),
        ]
    )
)
