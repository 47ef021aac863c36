"""The table of a network: a row a layer, with all that can be counted, for a terminal or a page to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripos.deep.conventions import DEFAULTS, Consulted, completed
from tripos.deep.fields import receptive_field
from tripos.deep.network import Network
from tripos.deep.operations import multiplications
from tripos.deep.parameters import biases, norm_parameters, normalised, parameters, weights
from tripos.deep.volumes import volume
from tripos.language.evaluator import Evaluator
from tripos.language.worked import Worked

INPUT = "INPUT"


@dataclass(frozen=True, slots=True)
class Line:
    """One layer, or the input (number 0). Batch normalisation is put after convolutions only: elsewhere None."""

    number: int
    code: str
    volume: Worked
    weights: Worked
    biases: Worked
    parameters: Worked
    norm_parameters: Worked | None
    multiplications: Worked
    receptive_field: Worked


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole network: what it gives out, the sums over all layers, and what one of its outputs sees.

    Parameters do not include those of batch normalisation.
    """

    volume: Worked
    weights: Worked
    biases: Worked
    parameters: Worked
    norm_parameters: Worked
    multiplications: Worked
    receptive_field: Worked


@dataclass(frozen=True, slots=True)
class LayerTable:
    """The input and every layer in order, the whole, and the conventions that were consulted, by name."""

    lines: tuple[Line, ...]
    totals: Totals
    conventions: Mapping[str, str]


def layer_table(net: Network, conventions: Mapping[str, str] = DEFAULTS) -> LayerTable:
    """All that can be counted of a network; raises where a layer does not fit, as the rules do.

    >>> from tripos.deep.vocabulary import chain, code
    >>> from tripos.language.values import Shape
    >>> table = layer_table(chain([Shape((3, 32, 32)), code("CONV3-8"), code("POOL2")]))
    >>> [(line.code, str(line.parameters.value)) for line in table.lines]
    [('INPUT', '0'), ('CONV3-8', '224'), ('POOL2', '0')]
    """
    consulted = Consulted(completed(conventions))
    evaluator = Evaluator(conventions=consulted)
    with_norm = frozenset(normalised(net))
    lines = tuple(_line(evaluator, net, number, number in with_norm) for number in (0, *net.numbers))
    totals = Totals(
        volume=evaluator.answer(volume.of(net, len(net))),
        weights=evaluator.answer(weights.of(net)),
        biases=evaluator.answer(biases.of(net)),
        parameters=evaluator.answer(parameters.of(net)),
        norm_parameters=evaluator.answer(norm_parameters.of(net)),
        multiplications=evaluator.answer(multiplications.of(net)),
        receptive_field=evaluator.answer(receptive_field.of(net, len(net))),
    )
    return LayerTable(lines, totals, dict(consulted.asked))


def _line(evaluator: Evaluator, net: Network, number: int, with_norm: bool) -> Line:
    return Line(
        number=number,
        code=str(net.layer(number)) if number else INPUT,
        volume=evaluator.answer(volume.of(net, number)),
        weights=evaluator.answer(weights.of(net, number)),
        biases=evaluator.answer(biases.of(net, number)),
        parameters=evaluator.answer(parameters.of(net, number)),
        norm_parameters=evaluator.answer(norm_parameters.of(net, number)) if with_norm else None,
        multiplications=evaluator.answer(multiplications.of(net, number)),
        receptive_field=evaluator.answer(receptive_field.of(net, number)),
    )
