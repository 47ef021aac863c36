"""Switches along a line: lines and parabolas are known from four values, and their zeros are exact or in brackets."""

import pytest
from flint import arb, fmpq
from hypothesis import assume, given
from hypothesis import strategies as st

from tripos.proof.points.scalar import UNDEFINED, UNKNOWN
from tripos.proof.points.zeros import STEPS, Curve, curve

RATIONALS = st.fractions(min_value=-50, max_value=50, max_denominator=12).map(
    lambda part: fmpq(part.numerator, part.denominator)
)


def along(rule):
    return curve([rule(fmpq(step)) for step in (0, *STEPS)])


@given(RATIONALS, RATIONALS, RATIONALS, RATIONALS)
def test_a_parabola_is_known_from_four_of_its_values(a, b, c, t):
    found = along(lambda place: a + b * place + c * place**2)
    assert found == Curve(a, b, c)
    value = a + b * t + c * t**2
    assert found.sign(t) == (value > 0) - (value < 0)
    assert found.is_constant is (b == c == 0)


@given(RATIONALS.filter(bool), RATIONALS)
def test_the_zero_of_a_line_is_exact_however_far_away(slope, start):
    assert along(lambda t: start + slope * t).zeros() == ((-start / slope,), ())


def test_what_stays_the_same_has_no_zero():
    assert along(lambda _: fmpq(3)).zeros() == ((), ())
    assert along(lambda _: fmpq(0)).zeros() == ((), ())


@given(RATIONALS.filter(bool), RATIONALS, RATIONALS)
def test_the_zeros_and_the_vertex_of_a_parabola_with_rational_roots_are_exact(bend, one, other):
    places, brackets = along(lambda t: bend * (t - one) * (t - other)).zeros()
    assert set(places) == {one, other, (one + other) / 2}
    assert brackets == ()


@given(RATIONALS.filter(bool), RATIONALS, RATIONALS)
def test_the_roots_of_any_other_parabola_lie_in_brackets_around_them(bend, slope, start):
    def rule(t):
        return bend * t * t + slope * t + start

    discriminant = slope * slope - 4 * bend * start
    places, brackets = along(rule).zeros()
    if discriminant < 0:
        assert brackets == ()
        return
    assume(brackets)
    assert len(brackets) == 2
    assert rule(places[0]) != 0
    for low, high in brackets:
        assert rule(low) * rule(high) <= 0
        assert 0 < high - low < fmpq(1, 10**6)


@pytest.mark.parametrize("rule", [lambda t: t**3, lambda t: t**4 - t, lambda t: abs(t - 2)])
def test_what_is_neither_a_line_nor_a_parabola_is_left_to_others(rule):
    assert along(rule) is None


@pytest.mark.parametrize("value", [UNDEFINED, UNKNOWN, arb(1)])
def test_what_has_no_exact_value_is_no_curve(value):
    assert curve([fmpq(1), value, fmpq(2), fmpq(3)]) is None


def test_a_reciprocal_is_told_by_the_side_of_what_it_is_the_reciprocal_of():
    found = along(lambda t: 1 / (t + 11))
    assert found is not None
    assert [found.sign(fmpq(place)) for place in (-12, 0, 5)] == [-1, 1, 1]
    assert found.zeros() == ((fmpq(-11),), ())  # where it has no value
