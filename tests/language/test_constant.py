"""Exact constants against floating point and against the laws of arithmetic."""

import math
from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import assume, given
from hypothesis import strategies as st

from tripos.language import arithmetic, constant
from tripos.language.ball import Ball
from tripos.language.evaluator import Budget, Evaluator
from tripos.language.reader import expression
from tripos.language.values import Undecided, Undefined
from tripos.language.vocabulary import Vocabulary
from tripos.problem import TriposError

RATIONALS = st.fractions(min_value=-6, max_value=6, max_denominator=12).map(
    lambda value: fmpq(value.numerator, value.denominator)
)
POSITIVES = st.fractions(min_value=Fraction(1, 12), max_value=12, max_denominator=12).map(
    lambda value: fmpq(value.numerator, value.denominator)
)
ATOMS = st.one_of(
    RATIONALS,
    POSITIVES.map(arithmetic.log),
    RATIONALS.map(arithmetic.exp),
    POSITIVES.map(arithmetic.sqrt),
    st.just(constant.pi()),
)
NUMBERS = st.lists(ATOMS, min_size=1, max_size=3).map(lambda parts: _sum(parts)) | st.tuples(ATOMS, ATOMS).map(
    lambda pair: constant.times(*pair)
)


def _sum(parts):
    total = fmpq(0)
    for part in parts:
        total = constant.plus(total, part)
    return total


def real(value):
    return float(constant.ball(value).mid())


@given(NUMBERS, NUMBERS)
def test_sums_products_and_differences_are_those_of_real_numbers(left, right):
    for exact, approximate in (
        (constant.plus(left, right), real(left) + real(right)),
        (constant.times(left, right), real(left) * real(right)),
        (arithmetic.subtract(left, right), real(left) - real(right)),
    ):
        assert math.isclose(real(exact), approximate, rel_tol=1e-9, abs_tol=1e-9)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_the_normal_form_does_not_depend_on_the_order_of_the_work(a, b, c):
    assert constant.plus(a, b) == constant.plus(b, a)
    assert constant.times(a, b) == constant.times(b, a)
    assert constant.times(a, constant.plus(b, c)) == constant.plus(constant.times(a, b), constant.times(a, c))
    assert arithmetic.subtract(constant.plus(a, b), b) == a


@given(NUMBERS)
def test_the_reciprocal_times_the_number_is_one_up_to_its_ball(value):
    assume(value != fmpq(0))
    product = constant.ball(constant.times(value, constant.reciprocal(value)))
    assert product.contains(1)


@given(NUMBERS, NUMBERS)
def test_a_certified_order_is_that_of_real_numbers(left, right):
    assume(abs(real(left) - real(right)) > 1e-6)
    assert (arithmetic.compared(left, right) > 0) == (real(left) > real(right))


@given(POSITIVES, POSITIVES)
def test_the_logarithm_of_a_product_is_the_sum_of_the_logarithms(a, b):
    assert arithmetic.log(fmpq(a * b)) == constant.plus(arithmetic.log(a), arithmetic.log(b))


@given(RATIONALS, st.sampled_from(["exp", "sigmoid", "tanh", "relu", "abs", "floor", "ceil"]))
def test_functions_agree_with_floating_point(x, name):
    floats = {
        "exp": math.exp,
        "sigmoid": lambda v: 1 / (1 + math.exp(-v)),
        "tanh": math.tanh,
        "relu": lambda v: max(v, 0),
        "abs": abs,
        "floor": math.floor,
        "ceil": math.ceil,
    }
    exact = arithmetic.FUNCTIONS[name][0](x)
    assert not isinstance(exact, Undefined)
    assert math.isclose(real(exact), floats[name](int(x.p) / int(x.q)), rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "(1 + ln(2) + ln(3))^20 * (1 + ln(5) + ln(7))^20 * (1 + ln(11) + ln(13))^20",
        "(1 + e + pi)^60",
        "*".join(f"(1 + ln({prime}))" for prime in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)),
        "e^e^e^e",
        "exp(exp(exp(9)))",
        "ln(2)^400 * ln(3)^400",
    ],
)
def test_what_would_grow_without_end_is_refused_or_undefined(text):
    evaluator = Evaluator(budget=Budget(5_000))
    try:
        result = evaluator.value(expression(text, Vocabulary(), {})).value
    except TriposError as error:
        assert str(error)
    else:
        assert isinstance(result, Undefined | Undecided | constant.Constant | Ball)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2^sqrt(2)", 2 ** math.sqrt(2)),
        ("exp(sqrt(2))", math.exp(math.sqrt(2))),
        ("ln(1 + e)", math.log(1 + math.e)),
        ("ln(ln(2))", math.log(math.log(2))),
        ("sqrt(1 + sqrt(2))", math.sqrt(1 + math.sqrt(2))),
        ("tanh(sqrt(2))", math.tanh(math.sqrt(2))),
        ("sigmoid(pi)", 1 / (1 + math.exp(-math.pi))),
        ("(ln(2) + e)^(1/3) * 2", (math.log(2) + math.e) ** (1 / 3) * 2),
    ],
)
def test_what_has_no_exact_form_is_a_ball_around_the_real_number(text, value):
    found = Evaluator().value(expression(text, Vocabulary(), {})).value
    assert isinstance(found, Ball)
    assert math.isclose(real(found), value, rel_tol=1e-12)
    assert float(found.enclosure.rad()) < 1e-30


@pytest.mark.parametrize(
    ("text", "exact"),
    [("e^(1/2)", "exp(1/2)"), ("e^(ln(2))", "2"), ("ln(sqrt(2))", "1/2*ln(2)"), ("sqrt(sqrt(2))", "2^(1/4)"), ("floor(e)", "2"), ("ceil(pi)", "4"), ("2^(ln(3)/ln(2))", "3")],
)  # fmt: skip
def test_what_has_an_exact_form_keeps_it(text, exact):
    values = [Evaluator().value(expression(one, Vocabulary(), {})).value for one in (text, exact)]
    assert values[0] == values[1]


@pytest.mark.parametrize(
    "text",
    [
        "max(1/(1 + sqrt(2)), sqrt(2) - 1)",
        "max(k for k in {1/(1 + sqrt(2)), sqrt(2) - 1})",
        "1 if 1/(1 + sqrt(2)) = sqrt(2) - 1 else 2",
        "[sqrt(2) - 1] = [1/(1 + sqrt(2))]",
        "{sqrt(2) - 1} != {1/(1 + sqrt(2))}",
        "1/(2^sqrt(2) - 2^sqrt(2))",
    ],
)
def test_what_balls_cannot_tell_apart_is_undecided_and_neither_true_nor_false(text):
    assert isinstance(Evaluator().value(expression(text, Vocabulary(), {})).value, Undecided)
