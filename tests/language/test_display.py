"""Display: what is made readable has the same value, and a working is told in at most four steps."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from tests.language.samples import NAMES, VOCABULARY, read

from tripos.language import display, plain, tree
from tripos.language.evaluator import Evaluator
from tripos.language.tree import Node, Op
from tripos.language.values import Shape, Undefined, Value
from tripos.language.worked import Worked, exactly, literal, product, total
from tripos.problem import TriposError

ONE = tree.number(1)


def worked(text: str) -> Worked:
    return Evaluator(VOCABULARY).value(read(text), NAMES)


def closed() -> st.SearchStrategy[Node]:
    leaves = st.integers(-2, 3).map(tree.number)
    return st.recursive(leaves, grown, max_leaves=20)


def grown(part: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(part, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        several.map(lambda args: Node(Op.ADD, args)),
        several.map(lambda args: Node(Op.MULTIPLY, args)),
        st.tuples(part, part).map(lambda args: Node(Op.DIVIDE, args)),
        part.map(lambda arg: Node(Op.NEGATE, (arg,))),
        part.map(lambda arg: tree.call("max", arg, ONE)),
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x + 0 + 0*a", "x"),
        ("0*x", "0"),
        ("x - x", "0"),
        ("a + b - a", "b"),
        ("a + a - a", "a"),
        ("a - a - a", "−a"),
        ("2*a*b - b*a*2 + x", "x"),
        ("3*(-2) + 2*3 + x", "x"),
        ("a - (b - x)", "a − b + x"),
        ("a + (b + (x + 1))", "a + b + x + 1"),
        ("a*(b*(x*1))", "a·b·x·1"),
        ("8*3*3*1", "8·3·3·1"),
        ("--x", "x"),
        ("a*--x", "a·x"),
        ("a*-x", "a·(−x)"),
        ("a + -b", "a − b"),
        ("(-a)/b + x", "−a/b + x"),
        ("x + (-a)/b", "x − a/b"),
        ("-(a + b)", "−(a + b)"),
        ("(a - a)*x + f(b + 0)", "f(b)"),
        ("x = 1 + 0", "x = 1"),
        ("(3 + 0, 4)", "(3, 4)"),
        ("0.0 + x", "x"),
    ],
)
def test_a_tree_is_made_readable(text: str, shown: str) -> None:
    assert plain.of(display.readable(read(text))) == shown


@given(closed())
def test_what_is_made_readable_has_the_same_value(node: Node) -> None:
    before, after = (Evaluator().value(each, {}).value for each in (node, display.readable(node)))
    assert before == after or isinstance(before, Undefined)


@given(closed())
def test_every_step_has_the_value_of_the_whole(node: Node) -> None:
    whole = Evaluator().value(node, {})
    told = display.steps(whole)
    assert 1 <= len(told) <= 4
    assert plain.of(told[-1]) == plain.of_value(whole.value)
    if not isinstance(whole.value, Undefined):
        assert {Evaluator().value(step, {}).value for step in told} == {whole.value}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("8*3*3*3 + 8", ["8·3·3·3 + 8", "216 + 8", "224"]),
        ("(32 + 2*1 - 3)/1 + 1", ["(32 + 2·1 − 3)/1 + 1", "31/1 + 1", "31 + 1", "32"]),
        ("8*3*3*3 + 8 - (8*3*3*1 + 8)", ["8·3·3·3 − 8·3·3·1", "216 − 72", "144"]),
        ("1 + 2*1 + 2*1 = 6", ["1 + 2·1 + 2·1 = 6", "5 = 6", "false"]),
        ("1 < 2 and 2 < 1", ["1 < 2 and 2 < 1", "true and false", "false"]),
        ("(8, (32 + 2*1 - 3)/1 + 1)", ["8 × ((32 + 2·1 − 3)/1 + 1)", "8×32"]),
        ("{3}x{30 + 2}", ["3 × (30 + 2)", "3×32"]),
        ("[1 + 1, 2*3 - 4]", ["[1 + 1, 2·3 − 4]", "[2, 2]"]),
        ("40*ln(2)", ["40·ln 2"]),
        ("1/(1 + exp(-2*1))", ["1/(1 + e^(−2·1))", "1/(1 + e^−2)"]),
        ("max(1 + 1, 2*2)", ["max(1 + 1, 2·2)", "max(2, 4)", "4"]),
        ("2 + 1/0", ["2 + 1/0", "undefined"]),
        ("224", ["224"]),
        ("true", ["true"]),
        ("a*x + 0", ["a·x"]),
        ("always(x > 0 for x in reals)", ["undecided"]),
    ],
)
def test_a_working_is_told_in_steps(text: str, told: list[str]) -> None:
    assert [plain.of(step) for step in display.steps(worked(text))] == told


def test_what_a_part_comes_to_is_not_told_where_it_cannot_be() -> None:
    mixed = Worked(fmpq(3), tree.add(tree.call("volume", ONE), tree.multiply(ONE, tree.number(2))))
    assert [plain.of(step) for step in display.steps(mixed)] == ["volume(1) + 1·2", "volume(1) + 2", "3"]


@pytest.mark.parametrize("value", [Shape((10,)), "max", Undefined("no"), True], ids=str)
def test_a_value_without_a_working_is_one_step(value: Value) -> None:
    assert len(display.steps(Worked(value, literal(value)))) == 1


def test_equal_parts_of_two_workings_cancel_in_their_difference() -> None:
    layers = [product(8, 3, 3, 3) + exactly(8), product(16, 8, 3, 3) + exactly(16)]
    more = total([*layers, product(256, 100)]) - total([*layers, product(256, 10)])
    assert plain.of(display.readable(more.tree)) == "256·100 − 256·10"


@pytest.mark.parametrize(
    "grown",
    [
        lambda node: Node(Op.ADD, (node, ONE)),
        lambda node: Node(Op.ADD, (ONE, node)),
        lambda node: Node(Op.ADD, (ONE, Node(Op.NEGATE, (node,)))),
        lambda node: Node(Op.MULTIPLY, (ONE, node)),
        lambda node: Node(Op.NEGATE, (node,)),
        lambda node: tree.power(node, ONE),
    ],
    ids=["left sums", "right sums", "differences", "products", "negatives", "powers"],
)
def test_a_tree_of_any_depth_is_made_readable_and_told(grown: Callable[[Node], Node]) -> None:
    node = tree.number(2)
    for _ in range(5_000):
        node = grown(node)
    assert display.steps(Worked(fmpq(1), node))


def test_ten_thousand_terms_take_no_quadratic_time() -> None:
    terms = [tree.multiply(tree.number(number), tree.number(3)) for number in range(1, 10_001)]
    begun = time.process_time()
    left = display.readable(tree.add(*terms, *map(tree.negate, terms[1:])))
    assert plain.of(left) == "1·3"
    assert time.process_time() - begun < 5  # a hundredth of what comparing all pairs would take


def test_a_part_that_is_too_large_to_work_out_stays_as_it_is() -> None:
    tower = tree.power(tree.number(9), tree.power(tree.number(9), tree.number(9)))
    with pytest.raises(TriposError):
        Evaluator().value(tower, {})
    assert plain.of(display.steps(Worked(fmpq(0), tree.add(tower, ONE)))[0]) == "9^(9^9) + 1"
