"""Intervals: their ends and whether these belong to them, also when one side is written as an inequality."""

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from tripos.language import tree
from tripos.language.names import domain
from tripos.language.reader import expression
from tripos.language.tree import Node, Op
from tripos.language.values import Formula, Interval
from tripos.language.vocabulary import Vocabulary
from tripos.proof.solutions.inequality import inequality
from tripos.proof.solutions.interval import interval
from tripos.proof.verdict import Outcome

NAMES = {"x": domain("real"), "a": domain("positive")}
INFINITY = tree.name("∞")


def read(text):
    return expression(text, Vocabulary(), NAMES)


def spelt(low, high, closed):
    ends = (read(low) if isinstance(low, str) else low, read(high) if isinstance(high, str) else high)
    return Node(Op.INTERVAL, ends, closed)


UNIT = Interval(fmpq(0), fmpq(1), (True, False))


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        (UNIT, spelt("0", "2/2", (True, False))),
        (UNIT, spelt("ln(1)", "1", (True, False))),
        (UNIT, read("0 <= x < 1")),
        (UNIT, read("x >= 0 and 1 > x")),
        (UNIT, expression("0 <= t < 1", Vocabulary(), {})),
        (Interval(fmpq(0), None, (False, False)), read("x > 0")),
        (Interval(fmpq(0), None, (False, False)), spelt("0", INFINITY, (False, False))),
        (Interval(None, None, (False, False)), spelt(tree.negate(INFINITY), INFINITY, (False, False))),
        (Formula(spelt("a", "2*a", (True, True))), spelt("a", "a + a", (True, True))),
        (Formula(read("0 < x and x < 1/a")), spelt("0", "1/a", (False, False))),
        (Formula(tree.call("open", read("0"), read("a"))), spelt("0", "a", (False, False))),
    ],
)
def test_one_interval_in_two_spellings_is_equal(key, answer):
    assert interval(key, answer, NAMES).outcome is Outcome.EQUAL
    assert inequality(key, answer, NAMES).outcome is Outcome.EQUAL


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (spelt("0", "1", (True, True)), "end-extra"),
        (spelt("0", "1", (False, False)), "end-missing"),
        (spelt("0", "2", (True, False)), "end"),
        (spelt("1", "0", (True, False)), "end"),
        (spelt("0", INFINITY, (True, False)), "end"),
        (spelt(INFINITY, "1", (False, False)), "end"),
        (read("0 < x < 1"), "fails-there"),
        (read("x < 1"), "holds-too"),
        (read("0"), "wrong-kind"),
    ],
)
def test_a_wrong_end_is_named(answer, code):
    found = interval(UNIT, answer, NAMES)
    assert (found.outcome, found.reason.code) == (Outcome.DIFFERENT, code)
    assert found.reason.sentence()


def test_ends_may_be_formulas():
    key = Formula(spelt("a", "2*a", (True, True)))
    assert interval(key, spelt("a", "a^2", (True, True)), NAMES).reason.code == "end"


ENDS = st.tuples(st.integers(-3, 3), st.integers(4, 9), st.booleans(), st.booleans())


@settings(max_examples=100, deadline=None)
@given(ENDS, ENDS)
def test_an_interval_equals_an_inequality_just_if_it_equals_its_interval(one, other):
    key = Interval(fmpq(one[0]), fmpq(one[1]), (one[2], one[3]))
    low, high, left, right = other
    text = f"{low} {'<=' if left else '<'} x {'<=' if right else '<'} {high}"
    found = interval(key, read(text), NAMES).outcome
    assert found is (Outcome.EQUAL if one == other else Outcome.DIFFERENT)
    direct = interval(key, spelt(str(low), str(high), (left, right)), NAMES).outcome
    assert direct is found
