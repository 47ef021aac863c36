"""Scalars: exact where they stay exact, balls elsewhere, and three ways of having no value."""

import math
import pickle
from fractions import Fraction

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.points import oracle
from tests.proof.points.at import given as ours
from tests.proof.points.at import near, plain

from tripos.language.tree import Relation
from tripos.proof.points import scalar
from tripos.proof.points.scalar import KINK, UNDEFINED, UNKNOWN

WIDE = arb(0, 1)  # any number from -1 to 1
FRACTIONS = st.fractions(min_value=-20, max_value=20, max_denominator=32)


@given(st.sampled_from(sorted(scalar.FUNCTIONS)), st.lists(FRACTIONS, min_size=3, max_size=3))
def test_a_function_of_fractions_is_what_a_second_hand_says(word, parts):
    parts = parts if word == "clamp" else parts[:2] if word in ("max", "min") else parts[:1]
    found = plain(scalar.FUNCTIONS[word](*map(ours, parts)))
    wanted = oracle.FUNCTIONS[word](*parts)
    assert near(found, wanted), (found, wanted)


@given(st.sampled_from(sorted(scalar.FUNCTIONS)), st.floats(-15, 15), st.floats(-15, 15))
def test_a_function_of_balls_holds_what_a_second_hand_says(word, left, right):
    parts = [left, -3.0, right + 20] if word == "clamp" else [left, right] if word in ("max", "min") else [left]
    try:
        wanted = oracle.FUNCTIONS[word](*parts)
    except oracle.Untold:
        return
    found = plain(scalar.FUNCTIONS[word](*map(arb, parts)))
    assert found is UNKNOWN or near(found, wanted), (found, wanted)


@given(FRACTIONS, st.one_of(st.integers(-6, 6).map(Fraction), FRACTIONS))
def test_a_power_is_what_a_second_hand_says(base, exponent):
    found = plain(scalar.power(ours(base), ours(exponent)))
    wanted = oracle._power(base, exponent)
    assert near(found, wanted, scale=1e-6), (found, wanted)


@pytest.mark.parametrize(
    ("base", "exponent", "wanted"),
    [
        (0, 0, fmpq(1)),
        (0, 3, fmpq(0)),
        (0, -1, UNDEFINED),
        (0, fmpq(1, 2), fmpq(0)),
        (0, fmpq(-1, 2), UNDEFINED),
        (-8, fmpq(1, 3), UNDEFINED),
        (-1, 10**9 + 1, fmpq(-1)),
        (1, fmpq(1, 7), fmpq(1)),
        (fmpq(4, 9), fmpq(1, 2), fmpq(2, 3)),
        (WIDE, -1, UNKNOWN),
        (WIDE, fmpq(1, 2), UNKNOWN),
        (WIDE, 0, fmpq(1)),
        (0, arb(2), fmpq(0)),
        (0, arb(-2), UNDEFINED),
        (0, WIDE, UNKNOWN),
    ],
)
def test_the_conventions_of_powers(base, exponent, wanted):
    found = scalar.power(
        base if isinstance(base, arb) else fmpq(base), exponent if isinstance(exponent, arb) else fmpq(exponent)
    )
    assert found is wanted or found == wanted


def test_a_power_too_large_to_be_exact_is_a_ball():
    found = scalar.power(fmpq(3), fmpq(10**6))
    assert isinstance(found, arb)
    assert abs(float(found.log()) - 10**6 * math.log(3)) < 1e-3
    assert scalar.power(fmpq(2), fmpq(4_000)) == fmpq(2) ** 4_000


def test_the_first_reason_to_have_no_value_wins():
    assert scalar.absent(fmpq(1), arb(2)) is None
    assert scalar.absent(UNKNOWN, UNDEFINED) is UNDEFINED
    assert scalar.absent(UNDEFINED, UNKNOWN, KINK) is KINK
    assert scalar.absent(fmpq(1), UNKNOWN) is UNKNOWN
    assert scalar.strict(scalar.add)(fmpq(1), UNDEFINED, UNKNOWN) is UNDEFINED


@pytest.mark.parametrize("word", sorted(scalar.FUNCTIONS))
@pytest.mark.parametrize("nothing", [UNDEFINED, UNKNOWN, KINK])
def test_every_function_passes_on_what_has_no_value(word, nothing):
    assert scalar.FUNCTIONS[word](*[nothing] * (3 if word == "clamp" else 1)) is nothing


def test_the_three_ways_of_having_no_value_stay_themselves_in_another_process():
    assert all(pickle.loads(pickle.dumps(nothing)) is nothing for nothing in (UNDEFINED, UNKNOWN, KINK))  # noqa: S301


def test_a_ball_that_contains_zero_tells_no_sign():
    assert scalar.sign(WIDE) is None
    assert scalar.sign(arb(0)) == 0
    assert scalar.sign(fmpq(0)) == 0
    assert (scalar.sign(arb(2, 1)), scalar.sign(arb(-2, 1))) == (1, -1)
    assert scalar.divide(fmpq(1), WIDE) is UNKNOWN
    assert scalar.divide(fmpq(1), fmpq(0)) is UNDEFINED
    assert scalar.divide(fmpq(1), arb(0)) is UNDEFINED
    assert scalar.log(WIDE) is UNKNOWN
    assert scalar.log(arb(-2)) is UNDEFINED
    assert scalar.signum(WIDE) is UNKNOWN


def test_what_overflows_even_a_ball_is_unknown():
    assert scalar.FUNCTIONS["exp"](fmpq(10**40)) is UNKNOWN


def test_rounding_a_ball_needs_it_to_lie_between_whole_numbers():
    assert scalar.floor(arb("2.5")) == 2
    assert scalar.ceil(arb("2.5")) == 3
    assert scalar.floor(arb(3, 0.1)) is UNKNOWN
    assert scalar.ceil(arb(3, 0.1)) is UNKNOWN
    assert (scalar.floor(fmpq(-5, 2)), scalar.ceil(fmpq(-5, 2))) == (-3, -2)


@pytest.mark.parametrize("relation", list(Relation))
@given(left=FRACTIONS, right=FRACTIONS)
def test_a_relation_of_fractions_is_what_python_says(relation, left, right):
    assert scalar.holds(ours(left), relation, ours(right)) is oracle._holds(left, relation, right)


@pytest.mark.parametrize("relation", list(Relation))
def test_a_relation_without_a_value_is_neither_true_nor_false(relation):
    assert scalar.holds(UNDEFINED, relation, fmpq(1)) is UNDEFINED
    assert scalar.holds(WIDE, relation, fmpq(0)) is UNKNOWN


@given(st.lists(st.sampled_from([True, False, UNDEFINED, UNKNOWN]), min_size=1, max_size=4))
def test_one_false_part_makes_a_conjunction_false_whatever_the_others_are(parts):
    found = scalar.conjunction(parts)
    if False in parts:
        assert found is False
    elif UNDEFINED in parts:
        assert found is UNDEFINED
    else:
        assert found is (UNKNOWN if UNKNOWN in parts else True)
    assert scalar.negation(UNKNOWN) is UNKNOWN
    assert scalar.negation(True) is False


@given(st.integers(-40, 40))
def test_the_radius_of_a_ball_is_certain_at_any_precision(tenths):
    results = []
    for bits in (64, 160, 600):
        with ctx.workprec(bits):
            results.append(scalar.sigmoid(fmpq(tenths, 10)) + scalar.tanh(fmpq(tenths, 10)))
    assert all(arb(coarse).overlaps(arb(results[-1])) for coarse in results)
