"""The ground: draws that keep to their domains and leave nothing out, the same in every process."""

import os
import subprocess
import sys
from collections import defaultdict
from random import Random

import pytest
from flint import fmpq
from tests.proof.points.at import declared, tree

from tripos.language.names import Sort, domain
from tripos.proof.points.block import Block
from tripos.proof.points.ground import DRAWS, Style, drawn, ends, ground, within
from tripos.proof.points.layout import Unfitting
from tripos.proof.points.run import Meter, Unsupported

DOMAINS = (
    "real", "positive", "integer", "positive integer", "0 < p < 1", "0 <= p <= 1", "0 < p <= 1/3", "-2 <= p < 5", "1000 < p < 1001",
)  # fmt: skip
CLASSES = declared("s: real vector; y: index of s; j: index of s, j != y; x: real")


@pytest.mark.parametrize("words", DOMAINS)
def test_thousands_of_draws_keep_to_their_domain(words):
    free = domain(words)
    random = Random(words)
    for number in range(800):
        for style in Style:
            value = drawn(free, style, random, number)
            assert isinstance(value, fmpq)
            assert within(free, value), (value, style)


def test_every_domain_of_numbers_has_a_draw():
    assert set(DRAWS) == set(Sort) - {Sort.VECTOR, Sort.MATRIX, Sort.INDEX, Sort.FUNCTION}


def test_whole_numbers_leave_all_remainders():
    for words in ("integer", "positive integer"):
        seen = defaultdict(set)
        random = Random(3)
        for number in range(60):
            for style in (Style.SIMPLE, Style.GENERIC, Style.WIDE, Style.LARGE):
                value = int(drawn(domain(words), style, random, number).p)
                for divisor in (2, 3, 6):
                    seen[divisor].add(value % divisor)
        assert {divisor: len(left) for divisor, left in seen.items()} == {2: 2, 3: 3, 6: 6}


def test_one_tour_has_even_and_odd_numbers_and_a_one():
    here = ground(declared("n: positive integer"), [tree("n", "n: positive integer")])
    values = [int(point.values["n"].p) for point in here.points()]
    assert {value % 2 for value in values} == {0, 1}
    assert 1 in values
    assert max(values) > 10**5


def test_large_draws_are_beyond_any_degree_in_sight():
    random = Random(1)
    sizes = [abs(drawn(domain("real"), Style.LARGE, random, number)) for number in range(100)]
    assert max(sizes) > 10_000
    assert min(sizes) > 0


@pytest.mark.parametrize(
    ("words", "inside", "outside"),
    [
        ("positive", (fmpq(1, 10**9), 5), (0, -1)),
        ("integer", (0, -7), (fmpq(1, 2),)),
        ("positive integer", (1, 10**9), (0, -1, fmpq(3, 2))),
        ("0 < p < 1", (fmpq(1, 2),), (0, 1, 2)),
        ("0 <= p <= 1", (0, 1, fmpq(1, 3)), (fmpq(-1, 9), fmpq(10, 9))),
        ("real", (0, -5), ()),
    ],
)
def test_what_lies_within_a_domain_is_known(words, inside, outside):
    assert all(within(domain(words), fmpq(value)) for value in inside)
    assert not any(within(domain(words), fmpq(value)) for value in outside)


def test_the_ends_of_an_interval_are_worked_out():
    assert ends(domain("-1/3 < p < 2^3")) == (fmpq(-1, 3), 8)
    with pytest.raises(Unsupported):
        ends(domain("0 < p < n"))
    with pytest.raises(Unsupported):
        ends(domain("0 < p < pi"))


def test_the_true_class_stands_everywhere_and_there_are_one_two_three_and_five_classes():
    here = ground(declared("s: real vector; y: index of s"), [tree("s_y", "s: real vector; y: index of s")])
    positions = defaultdict(set)
    for number in range(40):
        point = here.point(number)
        positions[len(point.values["s"].entries)].add(int(point.values["y"].p))
    assert set(positions) == {1, 2, 3, 5}
    assert positions[2] == {1, 2}
    assert positions[3] == {1, 2, 3}
    for point in here.points():
        assert 1 <= point.values["y"] <= len(point.values["s"].entries)
    assert {(len(point.values["s"].entries), int(point.values["y"].p)) for point in here.points()} >= {(3, 1), (3, 2)}


def test_an_index_that_excludes_another_is_never_it():
    here = ground(CLASSES, [tree("s_j - s_y", CLASSES)])
    pairs = set()
    for number in range(200):
        point = here.point(number)
        length = len(point.values["s"].entries)
        assert point.values["j"] != point.values["y"]
        assert 1 <= point.values["j"] <= length
        assert 1 <= point.values["y"] <= length
        pairs.add((int(point.values["j"].p), int(point.values["y"].p)))
    assert {(1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)} <= pairs


def test_two_indices_of_one_vector_may_be_the_same():
    names = declared("s: real vector; i: index of s; k: index of s")
    here = ground(names, [tree("s_i + s_k", names)])
    same = {point.values["i"] == point.values["k"] for point in map(here.point, range(40))}
    assert same == {True, False}


def test_scores_are_tied_at_some_point_and_apart_at_others():
    here = ground(CLASSES, [tree("s_j - s_y", CLASSES)])
    tied = {len(set(point.values["s"].entries)) == 1 for point in here.points() if len(point.values["s"].entries) > 1}
    assert tied == {True, False}


def test_sizes_that_are_words_are_the_same_wherever_they_stand_and_mostly_apart():
    names = declared("W: m by d matrix; v: d vector; u: m vector; m: positive integer")
    here = ground(names, [tree("W*v + u + m", names)])
    apart = 0
    for point in here.points():
        block, v, u = (point.values[word] for word in "Wvu")
        assert block.columns == v.rows
        assert block.rows == u.rows == point.values["m"]
        apart += block.rows != block.columns
    assert apart >= 5


def test_the_vector_of_an_index_is_drawn_even_where_only_the_index_is_named():
    here = ground(CLASSES, [tree("x if j < y else 0", CLASSES)])
    assert {"s", "y", "j", "x"} <= set(here.point(1).values)


def test_a_free_function_comes_with_its_slope():
    names = declared("f: function; x: real")
    point = ground(names, [tree("f(x) + f'(x)", names)]).point(1)
    value, slope = point.values["f"], point.values["f'"]
    x, step = fmpq(3, 7), fmpq(1, 10**9)
    assert abs((value(x + step) - value(x - step)) / (2 * step) - slope(x)) < fmpq(1, 10**6)
    assert value(x, x) != value(x)


def test_sizes_that_do_not_fit_make_no_ground():
    names = declared("W: m by d matrix; u: m vector")
    with pytest.raises(Unfitting):
        ground(names, [tree("W*u", names)])


def test_a_point_is_the_same_every_time_it_is_asked_for_and_differs_between_pairs():
    one, other = (ground(CLASSES, [tree(text, CLASSES)]) for text in ("s_j - s_y", "s_y - s_j"))
    assert [point.values for point in one.points()] == [point.values for point in one.points()]
    assert one.seed != other.seed


def test_moving_a_coordinate_moves_nothing_else():
    here = ground(CLASSES, [tree("x + s_j - s_y", CLASSES)])
    point = here.point(3)
    for where in here.coordinates(point):
        moved = point.moved(where, fmpq(99))
        assert moved.at(where) == 99
        others = [other for other in here.coordinates(point) if other != where]
        assert all(moved.at(other) == point.at(other) for other in others)
    assert {where.name for where in here.coordinates(point)} == {"x", "s"}
    assert len(here.coordinates(point)) == 1 + len(point.values["s"].entries)


def test_a_size_is_no_coordinate():
    names = declared("v: n vector; n: positive integer; x: real")
    here = ground(names, [tree("x*v/n", names)])
    assert {where.name for where in here.coordinates(here.point(2))} == {"v", "x"}


def test_a_run_leaves_its_point_as_it_was():
    here = ground(CLASSES, [tree("x + s_y", CLASSES)])
    point = here.point(1)
    before = dict(point.values)
    run = point.run(Meter(10))
    run.values["x"] = fmpq(77)
    assert point.values == before
    assert isinstance(point.values["s"], Block)


SEEDS = """
from tests.proof.points.at import declared, tree
from tripos.proof.points.ground import ground
names = declared("s: real vector; y: index of s; x: real; W: m by d matrix; v: d vector; p: 0 < p < 1; n: positive integer")
here = ground(names, [tree("sum(exp(s_k - s_y) for k != y) + x*p^n + norm(W*v)", names)])
for number in range(6):
    print(sorted((word, str(value)) for word, value in here.point(number).values.items()))
"""


def test_the_points_are_the_same_in_every_process():
    found = set()
    for seed in ("0", "1", "random"):
        here = {**os.environ, "PYTHONHASHSEED": seed}
        ran = subprocess.run([sys.executable, "-c", SEEDS], check=True, capture_output=True, text=True, env=here)
        found.add(ran.stdout)
    assert len(found) == 1
    assert found.pop().count("\n") == 6
