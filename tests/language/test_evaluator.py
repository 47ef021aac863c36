"""The evaluator: its trace, answers in place of calls, rules replaced, conventions, and depth without recursion."""

import pytest

from tripos.language import tree
from tripos.language.evaluator import MAX_WORKING, Budget, Evaluator, Source
from tripos.language.names import Bound, Shared
from tripos.language.rule import Convention, Working, rule
from tripos.language.tree import Node, Op
from tripos.language.worked import Worked, exactly, product
from tripos.problem import TriposError


@rule
def side(size: int) -> Working:
    yield from ()
    return exactly(size) + exactly(1)


@rule
def area(size: int) -> Working:
    first = yield side.of(size)
    second = yield side.of(size)
    return first * second


@rule
def down(size: int) -> Working:
    if size == 0:
        return exactly(0)
    below = yield down.of(size - 1)
    return exactly(below.number) + exactly(1)


@rule
def named() -> Working:
    word = yield Convention("pooling")
    return word


@rule
def forgotten(size: int) -> Working:
    yield from ()
    return exactly(size)


def test_a_call_is_recorded_once_with_its_result_after_what_it_asked():
    evaluator = Evaluator()
    assert evaluator.answer(area.of(3)).value == 16
    assert [(step.call.name, str(step.result.value)) for step in evaluator.trace] == [("side", "4"), ("area", "16")]


def test_the_working_of_a_rule_is_kept():
    assert Evaluator().answer(area.of(3)).tree == tree.multiply(
        tree.add(tree.number(3), tree.number(1)), tree.add(tree.number(3), tree.number(1))
    )


def test_an_answer_stands_in_for_a_call_wherever_it_is_made():
    evaluator = Evaluator(answers={side.of(3): exactly(5)})
    assert evaluator.answer(area.of(3)).value == 25
    assert evaluator.trace[0].source is Source.ANSWER
    assert Evaluator(answers={side.of(2): exactly(5)}).answer(area.of(3)).value == 16


def test_a_replaced_rule_is_a_mistake_and_says_so():
    evaluator = Evaluator(replaced={"side": forgotten})
    assert evaluator.answer(area.of(3)).value == 9
    assert evaluator.trace[0].source is Source.MISTAKE


def test_a_rule_that_asks_ten_thousand_deep_does_not_recurse():
    assert Evaluator().answer(down.of(10_000)).value == 10_000


def test_a_tree_ten_thousand_deep_does_not_recurse():
    deep: Node = tree.number(1)
    for _ in range(10_001):
        deep = Node(Op.NEGATE, (deep,))
    assert Evaluator().value(deep).value == -1
    assert deep.size == 10_002
    assert deep == deep and hash(deep) == deep.digest
    assert tree.free_names(deep) == frozenset()


def test_a_chain_of_definitions_is_worked_out_once_a_line_and_keeps_no_endless_working():
    names: dict[str, Bound] = {"x0": exactly(1)}
    for index in range(1, 60):
        before = tree.name(f"x{index - 1}")
        names[f"x{index}"] = Shared(tree.add(before, before, tree.negate(before)), dict(names))
    found = Evaluator().value(tree.name("x59"), names)
    assert found.value == 1
    assert found.tree.size <= 3 * MAX_WORKING + 2


def test_a_convention_is_read_through_the_evaluator_and_a_missing_one_is_a_problem():
    assert Evaluator(conventions={"pooling": "floor"}).answer(named.of()).value == "floor"
    with pytest.raises(TriposError, match="convention that is not stated: pooling"):
        Evaluator().answer(named.of())


def test_a_budget_ends_a_run_of_calls():
    with pytest.raises(TriposError, match="more than 100 steps"):
        Evaluator(budget=Budget(100)).answer(down.of(1_000))


def test_calls_are_the_same_if_rule_and_arguments_are():
    assert area.of(3) == area.of(3)
    assert area.of(3) != area.of(4)
    assert area.of(3) != side.of(3)
    assert area.of(3, None) == area.of(3)  # type: ignore[call-arg]


def test_worked_numbers_keep_what_they_came_from():
    weights, biases = product(8, 3, 3, 3), exactly(8)
    both = weights + biases
    assert both.value == 224
    assert [leaf.value for leaf in tree.walk(both.tree) if leaf.op is Op.NUMBER] == [8, 3, 3, 3, 8]
    assert (both - biases).value == 216
    assert (weights / biases).value == 27
    with pytest.raises(TriposError, match="a number is needed here"):
        Worked("word", tree.number(0)) + biases
