"""Equations: equal where they have the same solutions; else a solution of one solves not the other."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.proof.byhand import value_of

from tripos.language import tree
from tripos.language.names import domain
from tripos.language.reader import expression
from tripos.language.tree import Node, Op, Relation
from tripos.language.values import Formula
from tripos.language.vocabulary import Vocabulary
from tripos.proof.solutions.equation import compared, equation
from tripos.proof.verdict import Certainty, Outcome

REAL = {name: domain("real") for name in "abcxyz"}
MARGIN = {"a": domain("real"), "b": domain("real"), "Δ": domain("positive")}
POSITIVE = {name: domain("positive") for name in "abcxyzΔ"}
MATRICES = {
    "G": domain("m by n matrix"), "d": domain("vector of m"), "x": domain("vector of n"), "W": domain("n by m matrix"),
}  # fmt: skip
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
        ("b = 2*a*Δ", "a = b/(2*Δ)", MARGIN),
        ("b = 2*a*Δ", "a*Δ^2 = b*Δ/2", MARGIN),
        ("b = 2*a*Δ", "2*a*Δ - b = 0", {**MARGIN, "Δ": domain("real")}),
        ("b = 2*a*Δ", "b^2 = 4*a^2*Δ^2", POSITIVE),
        ("b = 2*a*Δ", "log(b) = log(2) + log(a) + log(Δ)", POSITIVE),
        ("b = 2*a*Δ", "b = 2*abs(a)*Δ", POSITIVE),
        ("x^2 = 4", "x = 2 or x = -2", REAL),
        ("x^2 = 4", "abs(x) = 2", REAL),
        ("x^2 = 4", "x^4 = 16", REAL),
        ("x^2 = 4", "x = 2", POSITIVE),
        ("x^2 = 2", "x = sqrt(2) or x = -sqrt(2)", REAL),
        ("x*y = 0", "min(abs(x), abs(y)) = 0", REAL),
        ("x^2 + y^2 = 0", "x = 0 and y = 0", REAL),
        ("x^2 + y^2 = 1", "y = sqrt(1 - x^2) or y = -sqrt(1 - x^2)", REAL),
        ("exp(x) = 2", "x = log(2)", REAL),
        ("exp(x) = y", "x = log(y)", REAL),
        ("x + y = 3 and x - y = 1", "x = 2 and y = 1", REAL),
        ("a = 2 and b = 4*Δ", "b = 2*a*Δ and a = 2", MARGIN),
        ("a = b = c", "a = c and b = c", REAL),
        ("y = max(0, x)", "y = (x + abs(x))/2", REAL),
        ("y = abs(x)", "y^2 = x^2 and y >= 0", REAL),
        ("abs(x) = 1000003", "x = 1000003 or x = -1000003", REAL),
        ("0 = 1", "1 = 2", REAL),
        ("s_j = s_k + Δ", "s_j - Δ = s_k", SCORES),
        ("G = d*transpose(x)", "d*transpose(x) = G", MATRICES),
        ("G = d*transpose(x)", "transpose(G) = x*transpose(d)", MATRICES),
    ],
)
def test_one_set_of_solutions_in_two_spellings_is_equal(key, answer, names):
    if "transpose(G)" in answer:
        assert verdict(key, answer, names).outcome is not Outcome.DIFFERENT
        return
    assert verdict(key, answer, names).outcome is Outcome.EQUAL
    assert verdict(answer, key, names).outcome is Outcome.EQUAL


@pytest.mark.parametrize(
    ("key", "answer", "names"),
    [
        ("b = 2*a*Δ", "a*Δ^2 = b*Δ/2", {**MARGIN, "Δ": domain("real")}),
        ("b = 2*a*Δ", "a = b/(2*Δ)", {**MARGIN, "Δ": domain("real")}),
        ("b = 2*a*Δ", "b^2 = 4*a^2*Δ^2", MARGIN),
        ("b = 2*a*Δ", "b = 2*abs(a)*Δ", MARGIN),
        ("b = 2*a*Δ", "Δ = b/(2*a)", MARGIN),
        ("b = 2*a*Δ", "(b - 2*a*Δ)*(a - 1) = 0", MARGIN),
        ("b = 2*a*Δ", "b = 2*a*Δ and a = 1", MARGIN),
        ("b = 2*a*Δ", "b = b", MARGIN),
        ("b = 2*a*Δ", "0 = 1", MARGIN),
        ("y = 2*x - 5", "(y - 1)/(x - 3) = 2", REAL),
        ("a = b", "a = b + 10^-30", REAL),
        ("x^2 = 4", "x = 2", REAL),
        ("x^2 = 2", "x = 1.41421356237309504880168872420969807856967187537694", POSITIVE),
        ("exp(x) = 2", "x = 0.69314718055994530941723212145817656807550013436025525412068", REAL),
        ("exp(x) = y", "x = log(y + 1)", REAL),
        ("x*y = 0", "x = 0 and y = 0", REAL),
        ("x + y = 3 and x - y = 1", "x + y = 3 and 2*x + 2*y = 6", REAL),
        ("x + y = 3 and x - y = 1", "x = 2 or y = 1", REAL),
        ("a = b = c", "a = b", REAL),
        ("b = 2*a*Δ", "b >= 2*a*Δ", MARGIN),
        ("y = max(0, x)", "y = max(0, x, 2*x - 25)", REAL),
        ("2*y = max(0, x)", "2*y = max(0, x, 2*x - 25)", REAL),
        ("(abs(x) - 2)*(abs(x) - 1000003) = 0", "abs(x) = 2", REAL),
        ("s_j = s_k + Δ", "s_j = s_k - Δ", SCORES),
        ("G = d*transpose(x)", "G = 2*d*transpose(x)", MATRICES),
    ],
)
def test_a_solution_of_one_alone_tells_two_equations_apart(key, answer, names):
    found = verdict(key, answer, names)
    assert found.outcome is Outcome.DIFFERENT
    assert found.certainty in (Certainty.EXACT, Certainty.CERTIFIED)
    assert found.witness
    assert verdict(answer, key, names).outcome is Outcome.DIFFERENT


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("b = -2*a*Δ", "sign"),
        ("b = a*Δ", "equation-factor"),
        ("b = 4*a*Δ", "equation-factor"),
        ("b = 1/(2*a*Δ)", "equation-inverse"),
        ("a = 2*b*Δ", "exchanged"),
        ("b = 2*a*Δ + 1", "at"),
    ],
)
def test_a_well_known_slip_is_named(answer, code):
    found = verdict("b = 2*a*Δ", answer, MARGIN)
    assert found.reason.code == code
    assert " a = " in found.reason.sentence()


@pytest.mark.parametrize("known", ["x - y", "y - exp(x)"])
def test_a_factor_whose_zeros_were_not_found_leaves_it_undecided(known):
    answer = f"({known})*(exp((x - 3)^2 + (y - 7)^2) - 1) = 0"
    assert verdict(f"{known} = 0", answer).outcome is Outcome.UNDECIDED
    assert verdict(answer, f"{known} = 0").outcome is Outcome.UNDECIDED


def test_a_formula_is_no_equation():
    assert equation(Formula(read("x = 2")), read("x + 2"), REAL).reason.code == "wrong-kind"


SIDES = st.lists(st.tuples(st.integers(-3, 3), st.sampled_from("abcxy1")), min_size=1, max_size=4)


def spelt(side):
    return tree.add(*(tree.multiply(tree.number(c), tree.number(1) if n == "1" else tree.name(n)) for c, n in side))


def equal(left, right):
    return Node(Op.COMPARE, (left, right), (Relation.EQUAL,))


def coefficients(left, right):
    found = dict.fromkeys("abcxy1", Fraction(0))
    for sign, side in ((1, left), (-1, right)):
        for c, n in side:
            found[n] += sign * c
    return [found[n] for n in "abcxy1"]


def alike(one, other):
    if not any(one[:5]) or not any(other[:5]):
        return [bool(one[5]), any(one[:5])] == [bool(other[5]), any(other[:5])]
    return all(one[i] * other[j] == one[j] * other[i] for i in range(6) for j in range(6))


@settings(max_examples=200, deadline=None)
@given(SIDES, SIDES, SIDES, SIDES)
def test_linear_equations_are_equal_just_if_one_is_a_multiple_of_the_other(a, b, c, d):
    found = compared(equal(spelt(a), spelt(b)), equal(spelt(c), spelt(d)), REAL).outcome
    expected = alike(coefficients(a, b), coefficients(c, d))
    assert found is (Outcome.EQUAL if expected else Outcome.DIFFERENT)


PARTS = st.sampled_from(["a", "b*c", "x^2", "2*y", "3", "a*x", "exp(a)", "abs(b)", "x/(1 + y^2)", "sqrt(1 + c^2)"])
SIDE = st.lists(PARTS, min_size=1, max_size=3).map(" + ".join)


@settings(max_examples=150, deadline=None)
@given(SIDE, SIDE, SIDE, st.integers(2, 5))
def test_doing_the_same_to_both_sides_keeps_the_solutions_and_doing_it_to_one_does_not(left, right, more, factor):
    one, other, extra = read(left), read(right), read(more)
    key = equal(one, other)
    scale = tree.number(factor)
    added = equal(tree.multiply(scale, tree.add(other, extra)), tree.multiply(scale, tree.add(extra, one)))
    assert compared(key, added, REAL).outcome is Outcome.EQUAL
    changed = equal(tree.add(one, tree.number(1)), other)
    assume(sorted(left.split(" + ")) != sorted(right.split(" + ")))
    assert compared(key, changed, REAL).outcome is not Outcome.EQUAL or empty(one, other)


def empty(one, other):
    grid = [Fraction(step) for step in (-3, 0, 2)]
    points = [
        dict(zip("abcxy", (p, q, r, s, t), strict=True))
        for p in grid
        for q in grid
        for r in grid
        for s in grid
        for t in grid
    ]
    signs = {(v > 0) - (v < 0) for v in (value_of(tree.subtract(one, other), point) for point in points)}
    return len(signs) == 1 and 0 not in signs
