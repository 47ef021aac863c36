"""The student's door, first form: what people write for each kind of gap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripos.language import source
from tripos.language.evaluator import Budget, Evaluator
from tripos.language.kind import Kind
from tripos.language.student import READ, read
from tripos.language.vocabulary import Vocabulary
from tripos.problem import TriposError

ARITHMETIC = Vocabulary()


def value(text, kind):
    return source.of_value(Evaluator(budget=Budget(5_000)).value(read(text, ARITHMETIC, {}, kind)).value)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("224", Kind.NUMBER, "224"),
        ("8×3×3×3+8", Kind.NUMBER, "224"),
        ("8 x 3 x 3 x 3 + 8", Kind.NUMBER, "224"),
        ("8*3^3 + 8", Kind.NUMBER, "224"),
        ("16x32x32", Kind.NUMBER, "16384"),
        ("1,769,472", Kind.NUMBER, "1769472"),
        ("−1/4", Kind.NUMBER, "-1/4"),
        ("-0.25", Kind.NUMBER, "-1/4"),
        ("40 ln(2)", Kind.NUMBER, "40*ln(2)"),
        ("1e6", Kind.NUMBER, "1000000"),
        ("(8 + 1)x3", Kind.NUMBER, "27"),
        ("8x32x32", Kind.SHAPE, "8x32x32"),
        ("8 × 32 × 32", Kind.SHAPE, "8x32x32"),
        ("8 X 32 X 32", Kind.SHAPE, "8x32x32"),
        ("8*32*32", Kind.SHAPE, "8x32x32"),
        ("(8, 32, 32)", Kind.SHAPE, "8x32x32"),
        ("8, 32, 32", Kind.SHAPE, "8x32x32"),
        ("[8, 32, 32]", Kind.SHAPE, "8x32x32"),
        ("256", Kind.SHAPE, "256"),
        ("True", Kind.TRUTH, "true"),
        (" f ", Kind.TRUTH, "false"),
        ("[0, 1; 1, 0]", Kind.MATRIX, "[0, 1; 1, 0]"),
        ("[[0, 1], [1, 0]]", Kind.MATRIX, "[0, 1; 1, 0]"),
        ("0 1; 1 0", Kind.MASK, "[0, 1; 1, 0]"),
        ("1/2, -3\n4, 5", Kind.MATRIX, "[1/2, -3; 4, 5]"),
        ("[1, 2]", Kind.VECTOR, "[1, 2]"),
        ("(1, 2)", Kind.VECTOR, "[1, 2]"),
        ("1, 1/2", Kind.VECTOR, "[1, 1/2]"),
        ("{3, 1}", Kind.SET, "{3, 1}"),
        ("it  doesn't matter", Kind.WORD, '"it doesn\'t matter"'),
    ],
)
def test_what_people_write_is_read_for_the_kind_of_the_gap(text, kind, expected):
    if kind is Kind.SHAPE and expected == "256":
        assert read(text, ARITHMETIC, {}, kind).args
    assert value(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("maybe", Kind.TRUTH),
        ("1,23", Kind.NUMBER),
        ("12,34,567", Kind.NUMBER),
        ("224 parameters", Kind.NUMBER),
        ("2^", Kind.NUMBER),
        ("", Kind.NUMBER),
        ("8*27 + 8 = 224", Kind.NUMBER),
        ("8x", Kind.SHAPE),
        ("8x32^2", Kind.SHAPE),
        ("9^9^9^9", Kind.NUMBER),
        ("(" * 900, Kind.NUMBER),
        ("1" * 1_001, Kind.NUMBER),
        ("parameters(3)", Kind.NUMBER),
    ],
)
def test_nothing_is_half_read(text, kind):
    with pytest.raises(TriposError):
        value(text, kind)


@given(st.text(max_size=80), st.sampled_from(sorted(READ)))
def test_any_answer_is_read_or_refused(text, kind):
    try:
        value(text, kind)
    except TriposError as error:
        assert str(error)
