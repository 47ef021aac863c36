"""What the rules do together: they ask one another through the evaluator, for however many layers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from tripos.deep.codes import SPELLINGS, layer
from tripos.deep.conventions import DEFAULTS
from tripos.deep.fields import JUMPS, RECEPTIVE_FIELDS, receptive_field
from tripos.deep.layers import convolution, fully_connected, pooling
from tripos.deep.network import Network
from tripos.deep.operations import MULTIPLICATIONS, multiplications
from tripos.deep.parameters import BIASES, NORM_PARAMETERS, WEIGHTS, biases, norm_parameters, parameters, weights
from tripos.deep.rows import Rows
from tripos.deep.table import layer_table
from tripos.deep.vocabulary import VOCABULARY, answer
from tripos.deep.volumes import VOLUMES, filter_width, keeps_size, volume
from tripos.language.evaluator import Evaluator
from tripos.language.reader import expression
from tripos.language.rule import Call, Rule, Working, rule
from tripos.language.tree import walk
from tripos.language.values import Shape
from tripos.language.worked import Worked, exactly, literal
from tripos.problem import TriposError

MANY = 10_000
IMAGE = Shape((3, 32, 32))
DEEP = Network.of([convolution(3, 8)] * (MANY - 1) + [fully_connected(10)], IMAGE)


@pytest.mark.parametrize("table", [VOLUMES, WEIGHTS, BIASES, NORM_PARAMETERS, MULTIPLICATIONS, RECEPTIVE_FIELDS, JUMPS])
def test_every_rule_has_a_row_for_every_layer(table: Rows) -> None:
    assert set(table) == {type(layer(spelling.example.split()[0])) for spelling in SPELLINGS.values()}


@pytest.mark.parametrize(
    "ask", [volume, weights, biases, parameters, norm_parameters, multiplications, receptive_field, filter_width]
)
def test_ten_thousand_layers_take_steps_in_proportion(ask: Rule[[Network]]) -> None:
    evaluator = Evaluator(conventions=DEFAULTS)
    worked = evaluator.answer(ask.of(DEEP))
    assert evaluator.budget.spent < 6 * MANY
    assert sum(1 for _ in walk(worked.tree)) < 20 * MANY


def test_ten_thousand_layers_keep_the_size() -> None:
    assert Evaluator().answer(keeps_size.of(Network.of([convolution(3)] * MANY))).value is True


def test_ten_thousand_layers_have_a_table() -> None:
    assert len(layer_table(DEEP).lines) == MANY + 1


def test_ten_thousand_strides_make_a_field_with_thousands_of_digits() -> None:
    evaluator = Evaluator(conventions=DEFAULTS)
    # r = 1 + Σ 2·2^i over n layers
    assert (
        evaluator.answer(receptive_field.of(Network.of([convolution(3, stride=2)] * MANY))).value == 2 ** (MANY + 1) - 1
    )


def test_without_a_layer_the_last_volume_is_meant_and_the_sum_of_the_rest() -> None:
    net = Network.of([convolution(3, 8), pooling(2)], IMAGE)
    evaluator = Evaluator(conventions=DEFAULTS)
    assert evaluator.answer(volume.of(net)).value == Shape((8, 16, 16))
    assert evaluator.answer(volume.of(net, 0)).value == IMAGE
    assert evaluator.answer(receptive_field.of(net)) == evaluator.answer(receptive_field.of(net, 2))


def called(text: str) -> Call:
    """The call that an expression makes last."""
    evaluator = Evaluator(VOCABULARY, DEFAULTS)
    evaluator.value(expression(text, VOCABULARY, {}))
    return evaluator.trace[-1].call


@pytest.mark.parametrize("word", ["volume", "receptive_field", "filter_width"])
def test_leaving_out_the_last_layer_asks_the_same_call(word: str) -> None:
    net = "3x32x32 -> CONV3-8 -> FC-10"
    assert called(f"{word}({net})") == called(f"{word}({net}, 2)") == called(f"{word}({net}, layer=2)")


SUMS = ["weights", "biases", "parameters", "multiplications", "norm_parameters"]


@pytest.mark.parametrize("word", SUMS)
def test_the_sum_over_a_network_of_one_layer_is_the_call_of_its_only_layer(word: str) -> None:
    assert called(f"{word}(3x32x32 -> CONV3-8)") == called(f"{word}(3x32x32 -> CONV3-8, 1)")


@pytest.mark.parametrize("word", SUMS)
def test_the_sum_over_several_layers_is_not_the_call_of_the_last(word: str) -> None:
    assert called(f"{word}(3x32x32 -> CONV3-8 -> POOL2)") != called(f"{word}(3x32x32 -> CONV3-8 -> POOL2, 2)")


def test_a_network_of_one_pooling_layer_has_no_batch_normalisation_to_count() -> None:
    assert answer("norm_parameters(3x32x32 -> POOL2)").value == 0
    assert answer("norm_parameters(3x32x32 -> POOL2, 1)").value == 6


def test_an_answer_for_the_whole_volume_stands_in_for_that_of_the_last_layer() -> None:
    wrong = Shape((8, 15, 15))
    answers = {called("volume(3x32x32 -> CONV3-8)"): Worked(wrong, literal(wrong))}
    evaluator = Evaluator(VOCABULARY, DEFAULTS, answers)
    tree = expression("multiplications(3x32x32 -> CONV3-8, 1)", VOCABULARY, {})
    assert evaluator.value(tree).value == 8 * 3 * 3 * 3 * 15 * 15


def test_a_table_gives_the_volume_and_the_receptive_field_of_the_whole() -> None:
    totals = layer_table(Network.of([convolution(3, 8), pooling(2)], IMAGE)).totals
    assert (totals.volume.value, totals.receptive_field.value) == (Shape((8, 16, 16)), 4)


@pytest.mark.parametrize("ask", [weights, biases, parameters, multiplications])
def test_the_input_has_nothing_to_count(ask: Callable[..., Call]) -> None:
    assert Evaluator().answer(ask.of(DEEP, 0)).value == 0  # type: ignore[attr-defined]


def test_forgetting_the_biases_is_one_rule_replaced() -> None:
    @rule
    def without(_net: Network, _layer: int | None = None) -> Working:
        yield from ()
        return exactly(0)

    evaluator = Evaluator(conventions=DEFAULTS, replaced={"biases": without})
    assert evaluator.answer(parameters.of(Network.of([convolution(3, 8)], IMAGE))).value == 216


def test_an_answer_for_a_volume_stands_in_for_all_that_follows_from_it() -> None:
    net = Network.of([convolution(3, 8), pooling(2), fully_connected(10)], IMAGE)
    wrong = Shape((8, 15, 15))
    evaluator = Evaluator(conventions=DEFAULTS, answers={volume.of(net, 2): Worked(wrong, literal(wrong))})
    assert evaluator.answer(parameters.of(net)).value == 224 + 8 * 15 * 15 * 10 + 10


@pytest.mark.parametrize("dims", [(), (7,), (7, 7), (7, 7, 7, 7), (0, 0, 0), (-1, -2, -3), (1, 10**30, 2)])
def test_an_absurd_answer_for_a_volume_gives_a_value_or_a_refusal(dims: tuple[int, ...]) -> None:
    net = Network.of([convolution(3, 8), pooling(2), fully_connected(10), fully_connected(10)], IMAGE)
    for number in (1, 2, 3):
        absurd = Worked(Shape(dims), literal(Shape(dims)))
        evaluator = Evaluator(conventions=DEFAULTS, answers={volume.of(net, number): absurd})
        for ask in (volume, weights, parameters, norm_parameters, multiplications, receptive_field, filter_width):
            for number_asked in (1, 2, 3, 4):
                with suppress(TriposError):
                    assert evaluator.answer(ask.of(net, number_asked)).tree


def test_a_layer_that_does_not_fit_is_refused_by_the_layers_behind_it() -> None:
    net = Network.of([convolution(7, 8, pad=0), fully_connected(10)], Shape((3, 5, 5)))
    for ask in (volume, weights, multiplications, receptive_field, filter_width):
        with pytest.raises(TriposError, match="does not fit"):
            Evaluator(conventions=DEFAULTS).answer(ask.of(net, 2))
