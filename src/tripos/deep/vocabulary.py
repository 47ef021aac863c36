"""The vocabulary of deep learning: which functions an expression may call, and what codes, arrows and "on" mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from flint import fmpq

from tripos.deep import codes
from tripos.deep.conventions import DEFAULTS, completed
from tripos.deep.fields import receptive_field
from tripos.deep.layers import refusal
from tripos.deep.naming import layer
from tripos.deep.network import Network, notation
from tripos.deep.operations import multiplications
from tripos.deep.parameters import biases, norm_parameters, parameters, weights
from tripos.deep.volumes import filter_width, keeps_size, volume
from tripos.language.evaluator import Evaluator
from tripos.language.reader import expression
from tripos.language.rule import Rule
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


NET = Parameter("net", network)
LAYER = Parameter("layer", layer_number, optional=True)
RULES: Mapping[Rule[...], tuple[Parameter, ...]] = {
    layer: (NET, Parameter("number", layer_number)),
    volume: (NET, LAYER),
    weights: (NET, LAYER),
    biases: (NET, LAYER),
    parameters: (NET, LAYER),
    norm_parameters: (NET, LAYER),
    multiplications: (NET, LAYER),
    receptive_field: (NET, LAYER),
    keeps_size: (Parameter("layer", network),),
    filter_width: (NET, LAYER),
}

VOCABULARY = Vocabulary(
    functions={rule.name: Function(rule, taken) for rule, taken in RULES.items()},
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
