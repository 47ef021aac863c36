"""A network: layers with stable numbers, each with the numbers of those it reads, and an input or none yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tripos.deep.layers import LARGEST, FullyConnected, Layer, Window, refusal
from tripos.language.kind import Kind
from tripos.language.values import Shape, Subject

RANKS = (1, 2, 3)
MAX_LAYERS = 50_000  # names may hold networks made of networks, ten times as long at every line


@dataclass(frozen=True, slots=True)
class Placed:
    """A layer in its place: the numbers of the layers that it reads; 0 is the input."""

    layer: Layer
    reads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Network(Subject):
    """A graph of layers numbered 1 to n, each after those it reads; the last one's output is the network's.

    The input has shape C×L, C×H×W or C×T×H×W (rank 1, 2, 3), or (n,) for a vector, which only fully connected layers
    read. Equal networks compute the same; its notation, `str(net)`, keeps the codes as they were written.

    >>> from tripos.deep.layers import convolution, fully_connected
    >>> str(Network.of([convolution(3, 8), fully_connected(10)], Shape((3, 32, 32))))
    '3x32x32 -> CONV3-8 -> FC-10'
    """

    input: Shape | None
    places: tuple[Placed, ...]
    digest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.input is not None:
            _check_input(self.input)
        self._check_layers()
        # Kept, so that hashing a call on a network never walks the network.
        object.__setattr__(self, "digest", hash((self.input, self.places)))

    @classmethod
    def of(cls, layers: Iterable[Layer], input: Shape | None = None) -> Network:
        """Layers in a row."""
        return cls(input, tuple(Placed(layer, (before,)) for before, layer in enumerate(layers)))

    @classmethod
    def joined(cls, networks: Iterable[Network], input: Shape | None = None) -> Network:
        """Networks in a row, renumbered: each reads the last layer of the one before as its input."""
        parts = tuple(networks)
        count = sum(map(len, parts))
        if count > MAX_LAYERS:
            raise refusal(f"this network has {count:,} layers.", f"Keep to {MAX_LAYERS:,}.")
        places: list[Placed] = []
        for net in parts:
            ours = len(places)
            places.extend(Placed(place.layer, tuple(read + ours for read in place.reads)) for place in net.places)
        return cls(input, tuple(places))

    def __hash__(self) -> int:
        return self.digest

    def __len__(self) -> int:
        return len(self.places)

    def __str__(self) -> str:
        layers = [str(place.layer) for place in self.places]
        return " -> ".join(layers if self.input is None else [notation(self.input), *layers])

    @property
    def kind(self) -> Kind:
        """A network."""
        return Kind.NETWORK

    @property
    def numbers(self) -> range:
        """The numbers of the layers, without the input's."""
        return range(1, len(self.places) + 1)

    def layer(self, number: int) -> Layer:
        """The layer with this number."""
        return self._place(number).layer

    def reads(self, number: int) -> tuple[int, ...]:
        """The numbers of the layers that this one reads; 0 is the input."""
        return self._place(number).reads

    def source(self, number: int) -> int:
        """The number of the one layer that this one reads."""
        return self.reads(number)[0]

    def on(self, input: Shape) -> Network:
        """The same layers on another input."""
        return Network(input, self.places)

    def _place(self, number: int) -> Placed:
        if not 1 <= number <= len(self.places):
            count = "1 layer" if len(self.places) == 1 else f"{len(self.places):,} layers"
            fact = f"there is no layer {number}: the network has {count}."
            raise refusal(fact, "Layers count from 1; 0 is the input.")
        return self.places[number - 1]

    def _check_layers(self) -> None:
        flat = {0} if self.input is not None and len(self.input.dims) == 1 else set()
        for number, place in enumerate(self.places, 1):
            if isinstance(place.layer, FullyConnected):
                flat.add(number)
            elif isinstance(place.layer, Window) and flat.intersection(place.reads):
                raise self._reads_a_vector(number)

    def _reads_a_vector(self, number: int) -> Exception:
        before = self.source(number)
        vector = f"{self.layer(before)} (layer {before}) gives a vector" if before else "the input is a vector"
        fact = f"{self.layer(number)} (layer {number}) reads an image; {vector}."
        remedy = "Put it before the fully connected layers." if before else "Give the input as 3x32x32."
        return refusal(fact, remedy)


def notation(shape: Shape) -> str:
    """A shape as people write it: `3x32x32`.

    >>> notation(Shape((3, 32, 32)))
    '3x32x32'
    """
    return "x".join(map(str, shape.dims))


def _check_input(shape: Shape) -> None:
    if not 1 <= len(shape.dims) <= 1 + max(RANKS):
        fact = f"the input {notation(shape) or '()'} has {len(shape.dims)} dimensions; an input has one to four."
        raise refusal(fact, "Write channels first: 3x100, 3x32x32 or 3x8x64x64.")
    if min(shape.dims) < 1:
        raise refusal(f"the input {notation(shape)} has a dimension below 1.")
    if max(shape.dims) > LARGEST:
        raise refusal(f"the input has a dimension above {LARGEST:,}, the most for an input.")
