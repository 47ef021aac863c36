"""What rounds whole numbers: answers that differ for some remainders only, as strides and batch sizes have them."""

from __future__ import annotations

import pytest

from tripos.exam import loose
from tripos.proof.answer import judged
from tripos.proof.verdict import Outcome


def outcome(key: str, answer: str, where: str = "n, H positive integer") -> Outcome:
    return judged(loose.question(key, where=where)[0], answer).verdict.outcome


@pytest.mark.parametrize("divisor", [2, 3, 4, 7, 8, 16, 20, 32, 100, 128, 256, 1000])
def test_rounding_up_is_not_rounding_down_and_one_more(divisor):
    assert outcome(f"ceil(n/{divisor})", f"floor(n/{divisor}) + 1") is Outcome.DIFFERENT
    assert outcome(f"floor(n/{divisor})", f"floor((n + 1)/{divisor})") is Outcome.DIFFERENT
    assert outcome(f"ceil(n/{divisor})", f"floor((n + {divisor - 1})/{divisor})") is Outcome.EQUAL


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("floor((H - 7)/8) + 1", "floor((H - 6)/8) + 1"),
        ("floor((H - 7)/8) + 1", "floor((H - 8)/8) + 1"),
        ("floor((H - 11)/4) + 1", "ceil((H - 11)/4)"),
        ("n - 8*floor(n/8)", "n - 8*ceil(n/8) + 8"),
        ("1 if 8*floor(n/8) = n else 0", "0"),
    ],
)
def test_a_size_that_is_off_for_one_remainder_is_different(key, answer):
    assert outcome(key, answer) is Outcome.DIFFERENT
    assert outcome(key, key) is Outcome.EQUAL
    assert outcome("floor(100*x)", "floor(100*x + 1/100)", "x real") is Outcome.DIFFERENT


def test_one_class_alone_decides_nothing_where_another_is_spoken_of():
    where = "s vector; y index of s"
    key = "log(1 + sum(exp(s_j - s_y) for j != y))"
    assert outcome(key, r"\log(e^{\log(\sum_{j \neq y} e^{s_j}) - s_y} + e^0)", where) is Outcome.EQUAL
    assert outcome("max(s_j for j in indices(s))", "max(s_y, max_{j≠y} s_j)", where) is Outcome.EQUAL
    assert outcome("max(s_j for j in indices(s))", "max_{j≠y} s_j", where) is Outcome.DIFFERENT


def test_what_lies_below_every_digit_is_not_called_equal():
    for answer in ("exp(x) + exp(-10^6)", "exp(x) + exp(-10^7)*x^2"):
        assert outcome("exp(x)", answer, "x real") is Outcome.UNDECIDED


def test_a_far_break_in_the_entries_of_a_vector_is_found():
    where = "v, w vector of n; f function"
    assert outcome("v", "min(v, 10^6)", where) is Outcome.DIFFERENT
    assert outcome("relu(v)", "relu(v) + relu(v - 10^6)", where) is Outcome.DIFFERENT
    assert outcome("norm(w, 1)", "sum(abs(w_i) for i in indices(w))", where) is Outcome.EQUAL


def test_a_function_of_itself_many_times_over_takes_no_time_to_tell_apart():
    nested = "x"
    for _ in range(30):
        nested = f"f({nested})"
    assert outcome("f(x)", nested, "x real; f function") is Outcome.DIFFERENT
