"""The vocabulary of deep learning: which functions an expression may call, and what codes, arrows and "on" mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from flint import fmpq

from tripos.deep import codes
from tripos.deep.conventions import DEFAULTS, completed
from tripos.deep.fields import receptive_field
from tripos.deep.layers import refusal
from tripos.deep.naming import layer
from tripos.deep.network import Network, notation
from tripos.deep.operations import multiplications
from tripos.deep.parameters import biases, norm_parameters, normalised, parameters, weights
from tripos.deep.volumes import filter_width, keeps_size, volume
from tripos.language.evaluator import Evaluator
from tripos.language.reader import expression
from tripos.language.rule import Call
from tripos.language.values import Shape, Value, integer
from tripos.language.vocabulary import Function, Parameter, Vocabulary, refused
from tripos.language.worked import Worked
from tripos.problem import TriposError


def network(value: Value) -> Network:
    """The value as a network; anything else is refused."""
    if isinstance(value, Network):
        return value
    raise refused(value, "a network")


def layer_number(value: Value) -> int:
    """The value as the number of a layer; anything else is refused."""
    return integer(value, "the number of a layer")


@lru_cache(maxsize=4096)
def code(text: str) -> Network:
    """The network of one layer that a code spells.

    >>> str(code("CONV3-8-p0"))
    'CONV3-8-p0'
    """
    return Network.of([codes.layer(text)])


def chain(parts: Sequence[Value]) -> Network:
    """Things in a row, the first of which may be an input; a network among them joins with all its layers.

    >>> str(chain([Shape((3, 32, 32)), code("CONV3-8"), code("POOL2")]))
    '3x32x32 -> CONV3-8 -> POOL2'
    """
    first, *others = parts
    start = _as_shape(first)
    if start is None:
        start, nets = network(first).input, [network(first)]
    else:
        nets = []
    return Network.joined([*nets, *map(_without_input, others)], start)


def on(left: Value, right: Value) -> Network:
    """A network on another input.

    >>> str(on(chain([Shape((3, 32, 32)), code("CONV3-8")]), Shape((1, 28, 28))))
    '1x28x28 -> CONV3-8'
    """
    shape = _as_shape(right)
    if shape is None:
        raise refused(right, 'an input after "on", such as 3x32x32,')
    return network(left).on(shape)


def answer(text: str, conventions: Mapping[str, str] = DEFAULTS) -> Worked:
    """What an expression comes to, with its working: this room without an exam.

    >>> str(answer("parameters(CONV3-8 on 3x32x32)").value)
    '224'
    """
    tree = expression(text, VOCABULARY, {})
    try:
        return Evaluator(VOCABULARY, completed(conventions)).value(tree)
    except TriposError as error:
        raise TriposError(problem.of(text) if problem.width else problem for problem in error.problems) from None


def last(net: Network) -> int | None:
    """The layer that is meant where none is given: the last."""
    return len(net)


def only(net: Network) -> int | None:
    """The one layer that a sum over all layers is about; none where there are several."""
    return 1 if len(net) == 1 else None


def only_normalised(net: Network) -> int | None:
    """The one layer that a sum over all batch normalisations is about; none where there are others."""
    return 1 if len(net) == 1 and normalised(net) else None


@dataclass(frozen=True, slots=True)
class OfLayer(Function):
    """A function of a network and perhaps a layer: where none is given, the call names the layer that is meant.

    So `volume(net)` and `volume(net, 2)` are one call if 2 is the last layer, and an answer to one answers the other.
    """

    meant: Callable[[Network], int | None]

    def call(self, positional: Sequence[Value], named: Mapping[str, Value]) -> Call:
        """The call with these values as arguments, in the form that identifies it."""
        found = Function.call(self, positional, named)
        if len(found.arguments) > 1:
            return found
        net = cast(Network, found.arguments[0])
        return self.rule.of(net, self.meant(net))


NET = Parameter("net", network)
LAYER = Parameter("layer", layer_number, optional=True)
FUNCTIONS: Sequence[Function] = (
    Function(layer, (NET, Parameter("number", layer_number))),
    OfLayer(volume, (NET, LAYER), last),
    OfLayer(weights, (NET, LAYER), only),
    OfLayer(biases, (NET, LAYER), only),
    OfLayer(parameters, (NET, LAYER), only),
    OfLayer(norm_parameters, (NET, LAYER), only_normalised),
    OfLayer(multiplications, (NET, LAYER), only),
    OfLayer(receptive_field, (NET, LAYER), last),
    Function(keeps_size, (Parameter("layer", network),)),
    OfLayer(filter_width, (NET, LAYER), last),
)

VOCABULARY = Vocabulary(
    functions={function.rule.name: function for function in FUNCTIONS},
    codes=frozenset(codes.SPELLINGS),
    code=code,
    chain=chain,
    on=on,
)


def _as_shape(value: Value) -> Shape | None:
    # A vector's one dimension is a number in the language: 256 -> FC-10.
    if isinstance(value, fmpq):
        return Shape((integer(value, "the length of an input"),))
    return value if isinstance(value, Shape) else None


def _without_input(part: Value) -> Network:
    if _as_shape(part) is not None:
        raise refusal("an input stands in the middle of a row.", "Put it first: 3x32x32 -> CONV3-8.")
    net = network(part)
    if net.input is not None:
        fact = f"a network that has an input, {notation(net.input)}, stands in the middle of a row."
        raise refusal(fact, "Only the first may have one.")
    return net
