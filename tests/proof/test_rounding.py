"""Rounding: which decimals are right where a number is asked for to some digits, certified on both sides of the edge."""

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from tripos.language import constant
from tripos.language.kind import Kind
from tripos.proof.answer import Question, judged
from tripos.proof.rounding import Precision, keeps, magnitude
from tripos.proof.verdict import Certainty, Outcome

PI = constant.pi()


def outcome(key, answer, **asked):
    return judged(Question(key, Kind.NUMBER, **asked), answer).verdict.outcome.value


@pytest.mark.parametrize(
    ("key", "answer", "asked", "verdict"),
    [
        (PI, "3.14", {"digits": 3}, "equal"),
        (PI, "3.142", {"digits": 3}, "equal"),
        (PI, "3.14159", {"digits": 3}, "equal"),
        (PI, "3.15", {"digits": 3}, "different"),
        (PI, "3.13", {"digits": 3}, "different"),
        (PI, "3.1", {"digits": 3}, "different"),
        (PI, "3.1451", {"digits": 3}, "different"),
        (PI, "pi", {"digits": 3}, "equal"),
        (fmpq(1, 3), "0.33", {"decimals": 2}, "equal"),
        (fmpq(1, 3), "0.333", {"decimals": 2}, "equal"),
        (fmpq(1, 3), "1/3", {"decimals": 2}, "equal"),
        (fmpq(1, 3), "0.34", {"decimals": 2}, "different"),
        (fmpq(1, 3), "0.3", {"decimals": 2}, "different"),
        (fmpq(1, 4), "0.2", {"decimals": 1}, "equal"),
        (fmpq(1, 4), "0.3", {"decimals": 1}, "equal"),
        (fmpq(1, 4), "0.25", {"decimals": 1}, "equal"),
        (fmpq(31004, 10000), "3.10", {"digits": 3}, "equal"),
        (fmpq(31004, 10000), "3.1", {"digits": 3}, "different"),
        (fmpq(9996, 1000), "10.0", {"digits": 3}, "equal"),
        (fmpq(9996, 1000), "10", {"digits": 3}, "different"),
        (fmpq(123456), "123000", {"digits": 3}, "equal"),
        (fmpq(123456), "1.23e5", {"digits": 3}, "equal"),
        (fmpq(123456), "1.2e5", {"digits": 3}, "different"),
        (fmpq(123456), "123456", {"digits": 3}, "equal"),
        (fmpq(0), "0", {"digits": 3}, "equal"),
        (fmpq(0), "0.001", {"digits": 3}, "different"),
        (fmpq(224), "2.24e2", {}, "equal"),
        (fmpq(1, 3), "0.333", {}, "different"),
    ],
)
def test_a_number_is_right_to_the_precision_that_is_asked_for(key, answer, asked, verdict):
    assert outcome(key, answer, **asked) == verdict


def test_too_few_digits_are_told_with_how_many_are_asked_for():
    found = judged(Question(PI, Kind.NUMBER, digits=3), "3.1").verdict
    assert found.reason.sentence() == "3 significant digits are asked for; 3.1 has fewer."
    one = judged(Question(fmpq(1, 3), Kind.NUMBER, decimals=1), "0").verdict
    assert one.reason.sentence() == "1 decimal is asked for; 0 has fewer."


def test_a_rounded_answer_is_right_with_a_certificate_and_an_exact_one_exactly():
    question = Question(fmpq(1, 3), Kind.NUMBER, digits=2)
    assert judged(question, "0.33").verdict.certainty is Certainty.CERTIFIED
    assert judged(question, "1/3").verdict.certainty is Certainty.EXACT


@given(st.fractions(min_value=-(10**6), max_value=10**6), st.integers(1, 8))
def test_a_key_rounded_to_some_decimals_is_right_and_two_units_away_is_wrong(number, decimals):
    key, unit = fmpq(number.numerator, number.denominator), fmpq(1, 10**decimals)
    nearest = fmpq((key / unit + fmpq(1, 2)).floor()) * unit
    precision = Precision(decimals=decimals)
    assert keeps(precision, key, nearest)
    assert not keeps(precision, key, nearest + 2 * unit)


@given(st.integers(1, 10**30), st.integers(1, 10**30))
def test_the_first_digit_of_a_number_is_where_its_magnitude_says(top, bottom):
    value = fmpq(top, bottom)
    place = magnitude(value)
    assert fmpq(10) ** place <= value < fmpq(10) ** (place + 1)


def test_a_number_without_a_last_place_is_left_to_a_person():
    huge = constant.exponential(fmpq(10**9))
    found = judged(Question(huge, Kind.NUMBER, digits=3), "7").verdict
    assert found.outcome is Outcome.UNDECIDED
