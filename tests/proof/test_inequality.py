"""Inequalities: equal where they hold at the same points, borders included; else a point tells them apart."""

import operator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proof.byhand import value_of

from tripos.language import tree
from tripos.language.names import domain
from tripos.language.reader import expression
from tripos.language.tree import Node, Op, Relation
from tripos.language.values import Formula
from tripos.language.vocabulary import Vocabulary
from tripos.proof.solutions.inequality import inequality
from tripos.proof.solutions.region import compared
from tripos.proof.verdict import Certainty, Outcome

REAL = {name: domain("real") for name in "xyz"}
POSITIVE = {name: domain("positive") for name in "xyz"}
WHOLE = {name: domain("positive integer") for name in "xyz"}
SCORES = {
    "s": domain("vector"), "k": domain("index of s"), "j": domain("index of s, j != k"), "Δ": domain("positive"),
}  # fmt: skip


def read(text, names=REAL):
    return expression(text, Vocabulary(), names)


def verdict(key, answer, names=REAL):
    return compared(read(key, names), read(answer, names), names)


@pytest.mark.parametrize(
    ("key", "answer", "names"),
    [
        ("x > 2", "-x < -2", REAL),
        ("x > 2", "x^3 > 8", REAL),
        ("x > 2", "1/(x - 2) > 0", REAL),
        ("x > 2", "log(x - 1) > 0", REAL),
        ("abs(x) <= 1", "x^2 <= 1", REAL),
        ("abs(x) <= 1", "-1 <= x <= 1", REAL),
        ("x > 1 or x < -1", "x^2 > 1", REAL),
        ("0 < x < 1", "x*(1 - x) > 0", REAL),
        ("not x > 1", "x <= 1", REAL),
        ("x^2 < 2", "x^4 < 4", REAL),
        ("x < y", "exp(x) < exp(y)", REAL),
        ("x <= y", "exp(x) <= exp(y)", REAL),
        ("x < y", "x^3 < y^3", REAL),
        ("x < y", "x^2 < y^2", POSITIVE),
        ("x < y", "1/x > 1/y", POSITIVE),
        ("0 < x and x < 2/y", "abs(1 - x*y) < 1", {"x": REAL["x"], "y": POSITIVE["y"]}),
        ("x^2 + y^2 <= 1", "sqrt(x^2 + y^2) <= 1", REAL),
        ("x^2 + y^2 >= 2*x*y", "0 = 0", REAL),
        ("x > 1", "x >= 2", WHOLE),
        ("s_j >= s_k + Δ", "s_j - s_k >= Δ", SCORES),
        ("norm(s) <= 1", "dot(s, s) <= 1", SCORES),
    ],
)
def test_one_region_in_two_spellings_is_equal(key, answer, names):
    assert verdict(key, answer, names).outcome is Outcome.EQUAL
    assert verdict(answer, key, names).outcome is Outcome.EQUAL


@pytest.mark.parametrize(
    ("key", "answer", "names"),
    [
        ("x > 2", "x >= 2", REAL),
        ("x > 2", "x > 2.0001", REAL),
        ("x > 2", "x > 2 and x < 1000000", REAL),
        ("x^2 < 2", "x^2 < 2.0000000001", REAL),
        ("x^2 < 2", "x^2 <= 2", REAL),
        ("abs(x) <= 1", "x^2 < 1", REAL),
        ("x < y", "x <= y", REAL),
        ("x < y", "exp(x) <= exp(y)", REAL),
        ("log(x) < log(y)", "x <= y", POSITIVE),
        ("exp(x) + x < y", "exp(x) + x <= y", REAL),
        ("exp(x) < x + y^2", "exp(x) <= x + y^2", REAL),
        ("x^5 + y^5 < 1", "x^5 + y^5 <= 1", REAL),
        ("x < y", "x^2 < y^2", REAL),
        ("x < y", "x/y < 1", REAL),
        ("x = 2 and y > 5", "x = 2 and y >= 5", REAL),
        ("x^2 + y^2 <= 1", "sqrt(x^2 + y^2) < 1", REAL),
        ("x > 1000", "x >= 1000", WHOLE),
        ("s_j >= s_k + Δ", "s_j - s_k > Δ", SCORES),
        ("norm(s) <= 1", "norm(s) <= 2", SCORES),
    ],
)
def test_two_regions_are_told_apart_even_by_their_border(key, answer, names):
    found = verdict(key, answer, names)
    assert found.outcome is Outcome.DIFFERENT
    assert found.certainty in (Certainty.EXACT, Certainty.CERTIFIED)
    assert found.reason.code in ("holds-too", "fails-there")
    assert verdict(answer, key, names).outcome is Outcome.DIFFERENT


def test_a_border_that_no_point_was_found_on_is_not_taken_for_equal():
    assert verdict("norm(s) <= 1", "dot(s, s) < 1", SCORES).outcome is not Outcome.EQUAL


@pytest.mark.parametrize(
    "answer", ["x < y or (x - 100)^2 + (y - 50)^2 < 1/4", "x < y and (x - 100)^2 + (y - 50)^2 > 1/4"]
)
def test_a_border_far_from_every_point_leaves_it_undecided(answer):
    assert verdict("x < y", answer).outcome is Outcome.UNDECIDED


def test_a_name_between_ends_that_are_no_numbers_is_not_cut_into_stretches():
    names = {"p": domain("0 < p < q"), "q": domain("positive")}
    assert verdict("p > 1/2", "p >= 1/2", names).outcome is not Outcome.EQUAL
    assert verdict("p > 1/2", "2*p > 1", names).outcome is Outcome.EQUAL


def test_a_number_is_no_inequality():
    assert inequality(Formula(read("x > 2")), tree.number(2), REAL).reason.code == "wrong-kind"


SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
ATOM = st.tuples(st.lists(st.integers(-4, 4), min_size=1, max_size=3), st.sampled_from(sorted(SIGNS)))
CLAUSE = st.tuples(st.lists(ATOM, min_size=1, max_size=2), st.sampled_from(["and", "or"]))


def spelt(clause):
    atoms, word = clause
    parts = ["*".join(f"(x - ({root}))" for root in roots) + f" {sign} 0" for roots, sign in atoms]
    return f" {word} ".join(parts)


def holds(clause, x):
    atoms, word = clause
    found = []
    for roots, sign in atoms:
        product = Fraction(1)
        for root in roots:
            product *= x - root
        found.append(SIGNS[sign](product, 0))
    return all(found) if word == "and" else any(found)


EVERYWHERE = [Fraction(step, 2) for step in range(-11, 12)]  # every root, and a point between any two


@settings(max_examples=300, deadline=None)
@given(CLAUSE, CLAUSE)
def test_inequalities_in_one_number_are_decided_exactly(left, right):
    found = verdict(spelt(left), spelt(right))
    alike = all(holds(left, x) is holds(right, x) for x in EVERYWHERE)
    assert found.outcome is (Outcome.EQUAL if alike else Outcome.DIFFERENT)
    if not alike:
        x = Fraction(dict(found.witness)["x"].replace("−", "-"))
        assert holds(left, x) is not holds(right, x)


TERMS = st.sampled_from(["x", "y", "z", "2*x", "x*y", "y^2", "3", "x^2", "exp(x)", "abs(y)", "x/(1 + y^2)"])
SIDE = st.lists(TERMS, min_size=1, max_size=3).map(" + ".join)


@settings(max_examples=150, deadline=None)
@given(SIDE, SIDE, st.sampled_from(list(Relation)[2:]), SIDE)
def test_moving_terms_and_turning_round_keeps_an_inequality_and_another_sign_does_not(left, right, sign, more):
    one, other, extra = read(left), read(right), read(more)
    key = Node(Op.COMPARE, (one, other), (sign,))
    turned = {Relation.LESS: Relation.GREATER, Relation.AT_MOST: Relation.AT_LEAST}
    turned |= {value: key for key, value in turned.items()}
    moved = Node(Op.COMPARE, (tree.add(other, extra), tree.add(one, extra)), (turned[sign],))
    assert compared(key, moved, REAL).outcome is Outcome.EQUAL
    loose = {Relation.LESS: Relation.AT_MOST, Relation.GREATER: Relation.AT_LEAST}
    loose |= {value: key for key, value in loose.items()}
    found = compared(key, Node(Op.COMPARE, (one, other), (loose[sign],)), REAL).outcome
    if found is Outcome.EQUAL:  # only where both sides are never equal
        assert border_is_empty(tree.subtract(one, other))


def border_is_empty(difference):
    grid = [Fraction(step, 2) for step in range(-6, 7, 2)]
    points = [{"x": x, "y": y, "z": z} for x in grid for y in grid for z in grid]
    signs = {(value > 0) - (value < 0) for value in (value_of(difference, point) for point in points)}
    return len(signs) == 1 and 0 not in signs
