"""Cells: breakpoints far away, in products, nested and in sums, ties, and poles, even at irrational places."""

import pytest
from flint import ctx, fmpq
from tests.proof.points.at import declared, tree

from tripos.proof.points.cells import Search
from tripos.proof.points.ground import ground
from tripos.proof.points.pair import Meeting, pair
from tripos.proof.points.run import Meter

NAMES = declared(
    "x, z: real; a: positive; n: positive integer; p: 0 < p < 1; m: integer; s: real vector; y: index of s; j: index of s, j != y"
)


def met(key, answer):
    """All probes from the points that a comparison begins to look for cells at."""
    key, answer = tree(key, NAMES), tree(answer, NAMES)
    with ctx.workprec(160):
        here = ground(NAMES, [key, answer])
        both = pair(key, answer, NAMES, Meter(10**6))
        found = []
        for number in here.starts:
            start = both.at(here.point(number), noting=True)
            found += [start, *Search(both, here).probes(start)]
        return found


def meetings(key, answer):
    return {probe.meeting for probe in met(key, answer)}


APART = [
    ("max(0, x)", "max(0, x, 2*x - 25)"),
    ("max(0, x)", "max(0, x, z - 1000000000)"),
    ("max(3, x)", "max(3, x, 2*x - 3000000)"),
    ("max(a, x)", "max(a, x, 2*a - 10^9)"),
    ("min(0, x)", "min(0, x, 2*x + 5000)"),
    ("x", "x if x < 10^12 else x + 1"),
    ("x", "x + (1 if x = z + 12345 else 0)"),
    ("max(0, x - 100)*max(0, z - 100)", "0"),
    ("max(0, x - 100)*max(0, -z - 1000)*max(0, a - 50)", "0"),
    ("max(0, x - 100)*max(0, s_j - s_y - 100)", "0"),
    ("relu(relu(x - 70) - 70)", "0"),
    ("relu(relu(relu(x) - 1000)*2 - 5000)", "0"),
    ("abs(abs(abs(x) - 100) - 50)", "abs(abs(x) - 100) - 50"),
    ("(1 if x < 0 else 2 if x < 1000 else 3)", "(1 if x < 0 else 2)"),
    ("(0 if x < 100 else (1 if z < 100 else 2))", "(0 if x < 100 else 1)"),
    ("sum(max(0, s_k - s_y + 1) for k != y)", "sum(max(0, s_k - s_y + 1, 2*s_k - 500) for k != y)"),
    ("sum(max(0, s_k - 1000) for k in indices(s))", "0"),
    ("max(s_k for k in indices(s))", "max(max(s_k for k in indices(s)), 2*s_y - 1000)"),
    ("sum((1 if s_k > 300 else 0) for k in indices(s))", "0"),
    ("clamp(x, -100, 100)", "max(x, -100)"),
    ("p", "max(p, 2*p - 999/1000)"),
    ("p", "p if p < 9999/10000 else 1"),
    ("n", "n + (1 if n = 1000003 else 0)"),
    ("m", "m + (1 if m = -777 else 0)"),
    ("n", "n + (1 if n^2 = 10201 else 0)"),
    ("x^2", "max(x^2, x - 1/5)"),
    ("x", "x + (1 if (x - 1234)^2 < 1/10 else 0)"),
    ("x", "x + (1 if 200 < x^2 < 201 else 0)"),
    ("x", "x + (1 if x^3 > 10^9 else 0)"),
    ("x", "x + (1 if exp(x) > 10^40 else 0)"),
    ("x", "x + (1 if x*z > 10^9 else 0)"),
    ("sign(x - 50)", "(1 if x >= 50 else -1)"),
    ("(1 if x < 17 else 0)", "(1 if x <= 17 else 0)"),
    ("(x if s_j <= s_y else 1)", "(x if s_j < s_y else 1)"),
    ("x", "x + 0/(x - 54321)"),
    ("x", "x + 0/(x^2 - 2)"),
    ("x", "x + 0/(x^3 - 2)"),
    ("x", "x + 0/(x^2 - 2)^2"),
    ("x", "x + 0/(x^2 + z^2 - 2)"),
    ("x", "x + 0/(exp(x) - 3)"),
    ("x", "x + 0/(x - z)"),
    ("x", "x + 0/(sigmoid(x) - 9/10)"),
    ("x", "x + 0*log(x + 10^6)"),
    ("x", "x + 0*sqrt(10^6 - x)"),
    ("a", "a + 0/(a - 10^6)"),
    ("a", "a + 0*log(a - 1/1000000)"),
    ("p", "p + 0/(2*p - 1)"),
    ("n", "n + 0/(n - 1000)"),
    ("x", "x + 0/sum(s_k for k in indices(s))"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "answer"), APART, ids=[f"{key} | {answer}" for key, answer in APART])
def test_a_difference_in_one_cell_or_on_one_border_is_found(key, answer):
    assert Meeting.APART in meetings(key, answer)


SAME = [
    ("max(0, x)", "(x + abs(x))/2"),
    ("max(x, z)", "(x if x >= z else z)"),
    ("max(x, z)", "(x if x > z else z)"),
    ("abs(x^2 - 2)", "max(x^2 - 2, 2 - x^2)"),
    ("abs(x^3 - 2)", "sqrt((x^3 - 2)^2)"),
    ("max(0, x - 100)*max(0, z - 100)", "relu(z - 100)*relu(x - 100)"),
    ("1/(x^2 - 2)", "(x^2 - 2)/(x^2 - 2)^2"),
    ("1/(x^3 - 2)", "1/((x^3 - 2)*1)"),
    ("x/(exp(x) - 3)", "x*exp(-x)/(1 - 3*exp(-x))"),
    ("sum(max(0, s_k - s_y + 1) for k != y)", "sum(max(0, s_k - s_y + 1) for k in indices(s)) - 1"),
    ("log(x)", "2*log(sqrt(x))"),
    ("floor(n/2) + ceil(n/2)", "n"),
    ("(x if x^2 != 2 else 0)", "(x if x^2 != 2 else 0)"),
]


@pytest.mark.parametrize(("key", "answer"), SAME, ids=[f"{key} | {answer}" for key, answer in SAME])
def test_what_is_the_same_in_every_cell_is_never_apart(key, answer):
    assert Meeting.APART not in meetings(key, answer)
    assert {Meeting.EXACT, Meeting.CLOSE} & meetings(key, answer)


REMOVABLE = [
    ("x", "(x*(x^2 - 2)/(x^2 - 2) if x^2 != 2 else x)"),
    ("relu(x^3 - 2)", "(sqrt(x^3 - 2)^2 if x^3 >= 2 else 0)"),
    ("relu(x^2 - 2)", "(sqrt(x^2 - 2)^2 if x^2 > 2 else 0)"),
    ("abs(x^3 - 2)", "(sqrt(x^3 - 2)^2 if x^3 > 2 else 2 - x^3)"),
    ("x", "(x*(x - 17)/(x - 17) if x != 17 else x)"),
]


@pytest.mark.parametrize(("key", "answer"), REMOVABLE, ids=[answer for _, answer in REMOVABLE])
def test_a_pole_that_an_answer_keeps_clear_of_by_a_case_is_none(key, answer):
    assert Meeting.APART not in meetings(key, answer)


def test_both_sides_and_the_tie_of_a_breakpoint_are_stopped_at():
    stops = {probe.point.values["x"] for probe in met("(1 if x < 1000 else 0)", "(1 if x < 1000 else 0)")}
    assert fmpq(1000) in stops
    assert min(stops) < 1000 < max(stops)


def test_a_formula_of_one_piece_is_explored_no_further():
    names = declared("x, z: real")
    key = tree("x + z", names)
    here, both = ground(names, [key]), pair(key, key, names, Meter(1000))
    assert list(Search(both, here).probes(both.at(here.point(1), noting=True))) == []


def test_every_stop_keeps_to_its_domain():
    found = met("max(p, 1 - p, a, n, m)", "max(p, 1 - p, a, n, m) + 0")
    for probe in found:
        values = probe.point.values
        assert 0 < values["p"] < 1
        assert values["a"] > 0
        assert values["n"] > 0
        assert values["n"].q == values["m"].q == 1


def test_a_search_that_leaves_cells_out_says_so():
    for count, complete in ((2, True), (20, False)):
        text = tree(" + ".join(f"abs(x - {number})*abs(z + {number})" for number in range(count)), NAMES)
        here = ground(NAMES, [text, text])
        both = pair(text, text, NAMES, Meter(10**7))
        search = Search(both, here)
        for probe in search.probes(both.at(here.point(1), noting=True)):
            assert probe.meeting is not Meeting.APART
        assert search.complete is complete
