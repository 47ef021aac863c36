"""Witnesses: a point as simple as it can be that still shows the difference, and its words."""

import pytest
from flint import arb, fmpq
from tests.proof.points.at import declared, tree

from tripos.proof.points.block import Block
from tripos.proof.points.ground import Style, ground, within
from tripos.proof.points.pair import Meeting, pair
from tripos.proof.points.run import Meter
from tripos.proof.points.scalar import UNDEFINED
from tripos.proof.points.witness import sentence, shown, simplified

NAMES = declared(
    "x, z: real; a: positive; n: positive integer; p: 0 < p < 1; s: real vector; y: index of s; W: m by d matrix; v: d vector"
)


def simple(key, answer, style=Style.GENERIC, number=1):
    key, answer = tree(key, NAMES), tree(answer, NAMES)
    here = ground(NAMES, [key, answer])
    both = pair(key, answer, NAMES, Meter(10_000))
    probe = both.at(here.point(number, style))
    return here, simplified(probe, both, here)


@pytest.mark.parametrize("style", [Style.GENERIC, Style.WIDE, Style.LARGE])
@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("x*z", "x + z"),
        ("x", "-x"),
        ("a*x^n", "a + n"),
        ("s_y", "s_y + x"),
        ("exp(x)", "1 + x"),
        ("p*x", "x"),
        ("W*v", "2*W*v"),
    ],
)
def test_a_simpler_point_still_shows_the_difference_and_keeps_to_the_domains(key, answer, style):
    here, probe = simple(key, answer, style)
    assert probe.meeting is Meeting.APART
    assert all(within(where.domain, probe.point.at(where)) for where in here.coordinates(probe.point))


def test_awkward_numbers_become_small_whole_ones():
    _, probe = simple("x*z", "x + z")
    assert all(abs(value) <= 3 and value.q == 1 for value in (probe.point.values["x"], probe.point.values["z"]))


def test_a_difference_of_numbers_does_not_become_one_of_having_a_value():
    for number in range(8):
        _, probe = simple("1/x", "2/x", Style.GENERIC, number)
        assert probe.point.values["x"] != 0
        assert probe.key is not UNDEFINED


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (fmpq(3), "3"),
        (fmpq(-3), "−3"),
        (fmpq(1, 2), "1/2"),
        (fmpq(12345678), "1.235e+7"),
        (fmpq(-1234567, 9999999), "−0.1235"),
        (arb("0.5"), "0.5000"),
        (UNDEFINED, "undefined"),
        (True, "true"),
        (Block(2, 1, (fmpq(1), fmpq(-2))), "(1, −2)"),
        (Block(2, 2, (fmpq(1), fmpq(2), fmpq(3), fmpq(4))), "[1, 2; 3, 4]"),
        (arb(0, 1e-20), "0"),
    ],
)
def test_a_value_is_shown_as_a_reader_wants_it(value, words):
    assert shown(value) == words


def test_a_point_in_words_names_what_it_needs_and_nothing_else():
    _, probe = simple("s_y", "s_y + x")
    assert sentence(probe).startswith("s = (")
    assert "z" not in sentence(probe)
    assert "y = " in sentence(probe)


def test_a_function_and_a_large_matrix_are_left_out_of_the_words():
    names = declared("f: function; x: real; W: 4 by 5 matrix; v: vector of 5; u: vector of 4")
    key, answer = tree("f(x)*(W*v)", names), tree("f(x)*u", names)
    here = ground(names, [key, answer])
    probe = pair(key, answer, names, Meter(1000)).at(here.point(1))
    assert "f" not in sentence(probe)
    assert "W" not in sentence(probe)
    assert "v = (" in sentence(probe)
