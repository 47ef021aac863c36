from __future__ import annotations

import pytest

from tripos.deep.conventions import CONVENTIONS, DEFAULTS, Consulted, completed, sentence
from tripos.deep.table import layer_table
from tripos.deep.vocabulary import answer, network
from tripos.language.values import Shape
from tripos.problem import TriposError


def test_a_convention_has_a_default_and_a_sentence_for_every_value() -> None:
    assert {name: choice.default for name, choice in CONVENTIONS.items()} == DEFAULTS
    assert DEFAULTS["pooling"] == "floor"
    for name, choice in CONVENTIONS.items():
        for value in choice.sentences:
            assert sentence(name, value).endswith(".")


def test_what_an_exam_states_goes_over_the_defaults() -> None:
    assert completed({"pooling": "ceiling"}) == {**DEFAULTS, "pooling": "ceiling"}
    assert answer("volume(POOL2 on 3x7x7)", {"pooling": "ceiling"}).value == Shape((3, 4, 4))


def test_every_convention_that_does_not_exist_is_reported_at_once() -> None:
    with pytest.raises(TriposError) as caught:
        completed({"poling": "floor", "pooling": "round", "flops": "multiplications"})
    assert [f"{problem.fact} {problem.remedy}".strip() for problem in caught.value.problems] == [
        "there is no convention poling. Did you mean pooling?",
        "the convention pooling is floor or ceiling; here it says round.",
    ]


@pytest.mark.parametrize(
    ("text", "mattered"),
    [
        ("3x32x32 -> POOL2", {"receptive field"}),
        ("3x33x32 -> POOL2", {"pooling", "receptive field"}),
        ("3x32x32 -> CONV3-8-p0", {"flops", "receptive field"}),
        ("3x32x32 -> CONV3-8", {"flops", "padded zeros", "receptive field"}),
        ("10 -> FC-3", {"flops"}),
    ],
)
def test_a_table_knows_which_conventions_mattered(text: str, mattered: set[str]) -> None:
    assert set(layer_table(network(answer(text).value)).conventions) == mattered


def test_consulted_conventions_are_a_mapping_like_any_other() -> None:
    consulted = Consulted(DEFAULTS)
    assert dict(consulted) == DEFAULTS
    assert len(consulted) == len(DEFAULTS)
