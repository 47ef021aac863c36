"""Pairs: how a key and an answer meet at a point."""

import pytest
from flint import arb, ctx, fmpq
from tests.proof.points.at import declared, tree

from tripos.proof.points.block import Block
from tripos.proof.points.ground import ground
from tripos.proof.points.pair import Meeting, meeting, pair
from tripos.proof.points.run import Meter
from tripos.proof.points.scalar import KINK, UNDEFINED, UNKNOWN

ONE, TWO, THIRD = fmpq(1), fmpq(2), fmpq(1, 3)
COLUMN, ROW = Block(2, 1, (ONE, TWO)), Block(1, 2, (ONE, TWO))


@pytest.mark.parametrize(
    ("key", "answer", "wanted"),
    [
        (ONE, ONE, Meeting.EXACT),
        (ONE, TWO, Meeting.APART),
        (ONE, UNDEFINED, Meeting.APART),
        (UNDEFINED, ONE, Meeting.APART),
        (UNDEFINED, UNDEFINED, Meeting.EXACT),
        (UNKNOWN, ONE, Meeting.UNTOLD),
        (UNKNOWN, UNDEFINED, Meeting.UNTOLD),
        (KINK, ONE, Meeting.UNTOLD),
        (ONE, KINK, Meeting.UNTOLD),
        (KINK, UNDEFINED, Meeting.UNTOLD),
        (True, True, Meeting.EXACT),
        (True, False, Meeting.APART),
        (arb(1), ONE, Meeting.EXACT),
        (arb(1, 1), ONE, Meeting.UNTOLD),
        (arb(1, 1), fmpq(3), Meeting.APART),
        (arb(1, 2**-60), ONE, Meeting.CLOSE),
        (arb(0, 2**-80), fmpq(0), Meeting.CLOSE),
        (arb(0, 2**-10), fmpq(0), Meeting.UNTOLD),
        (COLUMN, COLUMN, Meeting.EXACT),
        (COLUMN, ROW, Meeting.APART),
        (COLUMN, ONE, Meeting.APART),
        (COLUMN, Block(2, 1, (ONE, UNKNOWN)), Meeting.UNTOLD),
        (COLUMN, Block(2, 1, (UNDEFINED, UNKNOWN)), Meeting.APART),
        (COLUMN, Block(2, 1, (ONE, arb(2, 2**-60))), Meeting.CLOSE),
    ],
)
def test_how_two_values_meet(key, answer, wanted):
    assert meeting(key, answer) is wanted


def test_two_numbers_that_agree_in_forty_digits_are_told_apart_by_more_bits():
    names = declared("x: real")
    key, answer = tree("exp(x)", names), tree("exp(x) + 10^(-60)*sqrt(2)", names)
    both = pair(key, answer, names, Meter(1000))
    point = ground(names, [key, answer]).point(1)
    with ctx.workprec(160):
        assert both.at(point).meeting is Meeting.CLOSE
    with ctx.workprec(2048):
        assert both.at(point).meeting is Meeting.APART


def test_the_switches_of_the_key_come_first_and_their_sides_are_told():
    names = declared("x: real")
    key, answer = tree("max(x, 3) + abs(x)", names), tree("relu(x - 1000)", names)
    point = ground(names, [key, answer]).point(1)
    point = point.moved(ground(names, [key, answer]).coordinates(point)[0], fmpq(2))
    probe = pair(key, answer, names, Meter(1000)).at(point, noting=True)
    assert probe.own == 2
    assert probe.signs == (-1, 1, -1)
