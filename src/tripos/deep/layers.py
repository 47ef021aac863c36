"""The layers that a network is made of: one frozen class each, with nothing computed. Not where they stand.

A layer prints as its code (`CONV3-8`): the one it was read from, otherwise the shortest. Two codes of one layer make
equal layers. A new layer is a class and a builder here, a row in `codes.SPELLINGS`, and a row in the table of every
rule (`rows.row`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from tripos.problem import Place, Problem, TriposError

LARGEST = 10**9  # of any number in a layer or an input


@dataclass(frozen=True, slots=True)
class Layer(ABC):
    """One layer. `spelt` is the code as its author wrote it, and is no part of what the layer is."""

    spelt: str = field(default="", kw_only=True, compare=False, repr=False)

    def __str__(self) -> str:
        return self.spelt or self.code

    @property
    @abstractmethod
    def code(self) -> str:
        """The shortest code for this layer."""


@dataclass(frozen=True, slots=True)
class Window(Layer):
    """A layer that slides a window of `kernel` positions a side over its padded input, `stride` at a time."""

    kernel: int
    stride: int
    pad: int

    def __post_init__(self) -> None:
        _bounded(self, "a window of width {}", self.kernel, 1)
        _bounded(self, "a stride of {}", self.stride, 1)
        _bounded(self, "a pad of {}", self.pad, 0)


@dataclass(frozen=True, slots=True)
class Convolution(Window):
    """Filters with a bias each, over all channels: weights of shape N×C×F (rank 1), N×C×F×F or N×C×F×F×F.

    Stride and pad are the same along every axis; the pad is of zeros, on both sides. It is a cross-correlation, as in
    every framework. Without `filters` only its geometry can be asked for. Source: CS231n, "Convolutional Networks";
    Dumoulin & Visin 2016, "A guide to convolution arithmetic for deep learning".
    """

    filters: int | None = None

    def __post_init__(self) -> None:
        Window.__post_init__(self)
        if self.filters is not None:
            _bounded(self, "{} filters", self.filters, 1)

    @property
    def code(self) -> str:
        """`CONV3-8-s2-p0`: what goes without saying is left out."""
        filters = "" if self.filters is None else f"-{self.filters}"
        stride = "" if self.stride == 1 else f"-s{self.stride}"
        pad = "" if 2 * self.pad == max(self.kernel - 1, 0) else f"-p{self.pad}"
        return f"CONV{self.kernel}{filters}{stride}{pad}"


@dataclass(frozen=True, slots=True)
class Pooling(Window):
    """Max pooling, each channel by itself: no parameters. Its pad never wins a maximum.

    Source: CS231n, "Pooling Layer". As in PyTorch, a pad is at most half the window, so that no window is all pad.
    """

    def __post_init__(self) -> None:
        Window.__post_init__(self)
        if 2 * self.pad > self.kernel:
            fact = f"{self} has a pad of {self.pad}, more than half of its window of {self.kernel}."
            raise refusal(fact, f"Pad by {self.kernel // 2} at most.")

    @property
    def code(self) -> str:
        """`POOL3-s2-p1`: what goes without saying is left out."""
        stride = "" if self.stride == self.kernel else f"-s{self.stride}"
        return f"POOL{self.kernel}{stride}" + (f"-p{self.pad}" if self.pad else "")


@dataclass(frozen=True, slots=True)
class FullyConnected(Layer):
    """Outputs that each read every entry of the flattened input, with a bias each. Source: CS231n."""

    units: int

    def __post_init__(self) -> None:
        _bounded(self, "{} outputs", self.units, 1)

    @property
    def code(self) -> str:
        """`FC-10`."""
        return f"FC-{self.units}"


def convolution(kernel: int, filters: int | None = None, stride: int = 1, pad: int | None = None) -> Convolution:
    """A convolution; its pad is (F − 1)/2 where none is given, which needs an odd F.

    >>> str(convolution(5, filters=16, stride=2))
    'CONV5-16-s2'
    """
    if pad is None and kernel > 0 and kernel % 2 == 0:
        code = Convolution(kernel, stride, kernel, filters).code.removesuffix(f"-p{kernel}")
        fact = f"{code} must state its pad: half of {kernel} − 1 is no whole number."
        raise refusal(fact, f"Write {code}-p{kernel // 2 - 1} or {code}-p{kernel // 2}.")
    return Convolution(kernel, stride, kernel // 2 if pad is None else pad, filters)


def pooling(kernel: int, stride: int | None = None, pad: int = 0) -> Pooling:
    """Max pooling; its stride is the width of its window where none is given.

    >>> str(pooling(3, stride=2))
    'POOL3-s2'
    """
    return Pooling(kernel, kernel if stride is None else stride, pad)


def fully_connected(units: int) -> FullyConnected:
    """A fully connected layer with so many outputs.

    >>> str(fully_connected(10))
    'FC-10'
    """
    return FullyConnected(units)


def refusal(fact: str, remedy: str = "") -> TriposError:
    """What this room raises: what is so, and what to do. Whoever has the text adds the place."""
    return TriposError(Problem(Place(), fact, remedy))


def _bounded(layer: Layer, words: str, number: int, least: int) -> None:
    if number < least:
        raise refusal(f"{layer} has {words.format(number)}; the least is {least}.")
    if number > LARGEST:
        raise refusal(f"{layer} has {words.format(f'{number:,}')}; the most is {LARGEST:,}.")
