"""What an author expects of a key, against what the engine finds."""

from __future__ import annotations

import pytest
from tests.review.samples import question, told

from tripos.exam.reading import read
from tripos.marking.response import Given, Script
from tripos.marking.result import results
from tripos.problem import TriposError


def test_a_key_that_the_engine_contradicts_is_told_with_both_values() -> None:
    text = question("`? parameters(CONV3-8 on 3x32x32)`{key=216}")
    assert told(text) == ["9:2 key=216 is expected, and the engine finds 224."]


def test_an_expectation_is_an_expression_of_any_spelling() -> None:
    assert told(question('`? parameters(CONV3-8 on 3x32x32)`{key="8*(27 + 1)"}')) == []


def test_an_expectation_is_compared_for_every_draw() -> None:
    text = question('```let\nn ~ {2, 1, 4}\n```\n`? n^2`{key="2*n" because=x}')
    assert told(text) == ["12:2 for n = 1 (and 1 more of 3 draws): key=2 is expected, and the engine finds 1."]


def test_an_expectation_of_another_kind_is_contradicted() -> None:
    assert told(question("`? 224`{key=true because=x}")) == ["9:2 key=true is expected, and the engine finds 224."]


def test_the_expectation_of_an_option_is_compared() -> None:
    text = question("- `? keeps_size(CONV3)`{key=false} A\n- `? keeps_size(CONV3-p0)`{key=false} B")
    assert told(text) == ["9:4 key=false is expected, and the engine finds true."]


def test_a_formula_is_compared_with_what_its_author_expects_in_whatever_form() -> None:
    body = '```let\nx : real\n```\n`? 2*x`{key="%s" because=y}'
    assert told(question(body % "x*2")) == []
    assert told(question(body % "x + x")) == []
    assert told(question(body % "x^2")) == ["12:2 key=x^2 is expected, and the engine finds 2*x."]


def test_what_is_also_accepted_must_have_a_value_of_the_same_kind() -> None:
    assert told(question("`? 1`{also=foo because=x}")) == ["9:2 foo has no meaning here."]
    assert told(question("`? 1`{also=true because=x}")) == [
        "9:2 what is accepted as well comes to true, a truth, and the key is a number."
    ]


def test_an_alternative_without_a_value_is_an_error_of_the_exam_and_not_a_crash_of_marking() -> None:
    text = question("`? 1`{also=1/0 because=x}")
    assert told(text) == ["9:2 what is accepted as well has no value: division by zero."]
    with pytest.raises(TriposError, match="division by zero"):
        list(results(read(text).whole(), [Script("s1", {"q1": Given("2")})]))


def test_an_alternative_that_has_no_value_for_some_draws_is_told_with_the_first_of_them() -> None:
    text = question("```let\nn ~ {1, 2, 3}\n```\n`? n`{also=1/(n-2) because=x}")
    assert told(text) == ["12:2 for n = 2: what is accepted as well has no value: division by zero."]
