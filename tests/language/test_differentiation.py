"""Derivatives by names and entries: against finite differences, the cases that are told, and what is refused."""

from __future__ import annotations

import itertools
import math
import operator
import random
from collections.abc import Callable, Mapping
from functools import reduce
from typing import cast

import pytest
from flint import fmpq

from tripos.language import plain, source, tree
from tripos.language.differentiation import differentiated
from tripos.language.evaluator import Evaluator
from tripos.language.names import Names, domain
from tripos.language.reader import expression
from tripos.language.tree import Binder, Callee, Node, Op, Relation
from tripos.language.values import Formula, Undecided, Undefined
from tripos.language.vocabulary import Vocabulary
from tripos.language.worked import exactly
from tripos.problem import TriposError

NAMES: Names = {
    **dict.fromkeys(("x", "a", "b"), domain("real")),
    "n": domain("positive integer"),
    "s": domain("real vector"),
    "v": domain("real vector"),
    "W": domain("n by n matrix"),
    "i": domain("index of s"),
    "y": domain("index of s"),
    "j": domain("index of s, j != y"),
    "f": domain("function"),
}
SIGNS: Mapping[Relation, Callable[[object, object], bool]] = {
    Relation.EQUAL: operator.eq,
    Relation.UNEQUAL: operator.ne,
    Relation.LESS: operator.lt,
    Relation.AT_MOST: operator.le,
    Relation.GREATER: operator.gt,
    Relation.AT_LEAST: operator.ge,
}
CALLS: Mapping[str, Callable[..., float]] = {
    **dict.fromkeys(("log", "ln"), math.log),
    "exp": math.exp,
    "tanh": math.tanh,
    "sqrt": math.sqrt,
    "abs": abs,
    "max": max,
    "min": min,
    "relu": lambda z: max(z, 0.0),
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "log2": math.log2,
    "f": math.sin,
    "f'": math.cos,
    "f''": lambda z: -math.sin(z),
}
ARITHMETIC: Mapping[Op, Callable[..., float]] = {
    Op.ADD: lambda *parts: sum(parts),
    Op.MULTIPLY: lambda *parts: math.prod(parts),
    Op.DIVIDE: operator.truediv,
    Op.POWER: operator.pow,
    Op.NEGATE: operator.neg,
}
SIZE = 4


def number(node: Node, at: Mapping[str, object]) -> float:
    """What a tree comes to in floating point, by an interpreter of its own."""
    if node.op in ARITHMETIC:
        return float(ARITHMETIC[node.op](*(number(arg, at) for arg in node.args)))
    match node.op:
        case Op.NUMBER | Op.DECIMAL:
            return float(cast(fmpq, node.value).p) / float(cast(fmpq, node.value).q)
        case Op.NAME:
            return cast(float, at[str(node.value)])
        case Op.ENTRY:
            tensor = at[str(node.args[0].value)]
            return reduce(lambda part, index: part[round(number(index, at)) - 1], node.args[1:], tensor)  # type: ignore[arg-type,index,return-value]
        case Op.IF:
            return number(node.args[1] if holds(node.args[0], at) else node.args[2], at)
        case Op.CALL:
            return CALLS[cast(Callee, node.value).name](*(number(arg, at) for arg in node.args))
        case Op.BIND:
            return bound(node, at)
        case Op.GIVEN:
            return math.nan
    raise AssertionError(node.op)


def holds(node: Node, at: Mapping[str, object]) -> bool:
    if node.op in (Op.AND, Op.OR):
        return (all if node.op is Op.AND else any)(holds(arg, at) for arg in node.args)
    parts = [number(arg, at) for arg in node.args]
    relations = cast("tuple[Relation, ...]", node.value)
    return all(SIGNS[sign](*pair) for sign, pair in zip(relations, itertools.pairwise(parts), strict=True))


def bound(node: Node, at: Mapping[str, object]) -> float:
    binder = cast(Binder, node.value)
    body, over, *conditions = node.args
    members = list(range(1, SIZE + 1))
    if binder.excludes:
        members = [member for member in members if member != number(over, at)]
    elif cast(Callee, over.value).name == "range":
        members = list(range(round(number(over.args[0], at)), round(number(over.args[1], at)) + 1))
    inside = [{**at, binder.variable: member} for member in members]
    return sum(number(body, each) for each in inside if all(holds(condition, each) for condition in conditions))


def point(chance: random.Random) -> dict[str, object]:
    row = lambda: [chance.uniform(-2, 2) for _ in range(SIZE)]  # noqa: E731
    y, i = chance.randint(1, SIZE), chance.randint(1, SIZE)
    j = chance.choice([index for index in range(1, SIZE + 1) if index != y])
    reals = {name: chance.uniform(0.1, 2) for name in "xab"}
    return {**reals, "n": 3, "s": row(), "v": row(), "W": [row() for _ in range(SIZE)], "y": y, "i": i, "j": j}


def moved(at: Mapping[str, object], by: Node, step: float) -> Mapping[str, object]:
    if by.op is Op.NAME:
        name = str(by.value)
        return {**at, name: cast(float, at[name]) + step}
    name, *indices = str(by.args[0].value), *(round(number(index, at)) - 1 for index in by.args[1:])
    rows = [list(row) if isinstance(row, list) else row for row in cast("list[object]", at[name])]
    inner: list[object] = rows if len(indices) == 1 else cast("list[object]", rows[indices[0]])
    inner[indices[-1]] = cast(float, inner[indices[-1]]) + step
    return {**at, name: rows}


def read(text: str) -> Node:
    return expression(text, Vocabulary(), NAMES)


def value(text: str, names: Names = NAMES) -> object:
    return Evaluator(Vocabulary()).value(expression(text, Vocabulary(), names), names).value


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("3 x^3 - x/(1 + x^2)", "x"),
        ("tanh(a x) sigmoid(x b)^2", "x"),
        ("x^a + a^x", "x"),
        ("log(1 + exp(x)) + log2(x) + sqrt(x)", "x"),
        ("f(x^2) + f'(3 x)", "x"),
        ("max(0, x - 1)^2 - min(x, a, b)", "x"),
        ("a x^2 if x <= 1 else b x if x < 2 else 0", "x"),
        ("x^2 if a < b else x", "x"),
        ("abs(x - a) relu(x - b)", "x"),
        ("sum(x^k for k in range(1, n))", "x"),
        ("sum(x s_k for k in indices(s) if s_k > 0)", "x"),
        ("s_1^2 + s_2 s_3", "s_2"),
        ("s_1^2 + s_2 s_3", "s_j"),
        ("log(sum(exp(s_k) for k in indices(s))) - s_y", "s_j"),
        ("log(sum(exp(s_k) for k in indices(s))) - s_y", "s_y"),
        ("log(sum(exp(s_k) for k in indices(s))) - s_y", "s_i"),
        ("log(1 + sum(exp(s_k - s_y) for k != y))", "s_j"),
        ("log(1 + sum(exp(s_k - s_y) for k != y))", "s_y"),
        ("log(1 + sum(exp(s_k - s_y) for k != y))", "s_i"),
        ("log(1 + sum(exp(s_j - s_y) for j != y))", "s_j"),
        ("sum(max(0, s_k - s_y + a)^2 for k != y)", "s_j"),
        ("sum(max(0, s_k - s_y + a)^2 for k != y)", "s_y"),
        ("sum(max(0, s_k - s_y + a) for k != y)", "s_i"),
        ("sum(max(0, s_k - s_y + a) for k != y if k != i)", "s_j"),
        ("sum(s_k s_l for k in indices(s) for l in indices(s))", "s_j"),
        ("sum(s_k s_l^2 for k in indices(s) for l != k)", "s_j"),
        ("sum(s_k^2 for k in indices(s) if k != i)", "s_j"),
        ("sum((s_k if s_k > 0 else 2 s_k) for k in indices(s))", "s_j"),
        ("sum(s_k^2 for k in range(1, n))", "s_j"),
        ("a max(s_j - s_y + b, 0)^2 if s_j <= s_y else b (s_j - s_y + b/2)", "s_j"),
        ("sum(W_ik s_k for k in indices(s))", "s_j"),
        ("sum(sum(W_ik v_k for k in indices(W, 2))^2 for i in indices(W, 1))", "W_ij"),
        ("sum(exp(W_kj) for k in indices(W, 1))", "W_iy"),
    ],
)
def test_a_derivative_is_the_slope(text: str, by: str) -> None:
    node, variable = read(text), read(by)
    slope = differentiated(node, variable, NAMES)
    chance = random.Random(text + by)
    for _ in range(60):
        at, step = point(chance), 1e-5
        above, below = (number(node, moved(at, variable, side)) for side in (step, -step))
        assert number(slope, at) == pytest.approx((above - below) / (2 * step), rel=1e-4, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("derivative(x^2, x)", "2·x"),
        ("derivative(3 x + a, x)", "3"),
        ("derivative(a, x)", "0"),
        ("derivative(7, x)", "0"),
        ("derivative(max(0, x - 1), x)", "1 if x − 1 > 0, otherwise 0 if x − 1 < 0, otherwise undefined"),
        (
            "derivative(log(sum(exp(s_k) for k in indices(s))) - s_y, s_i)",
            "e^s_i/(∑_{k} e^s_k) − 1 if y = i, otherwise e^s_i/(∑_{k} e^s_k)",
        ),
        ("derivative(sum(s_k^2 for k != y), s_j)", "2·s_j"),
        ("derivative(sum(s_k^2 for k != y), s_y)", "0"),
        ("derivative(sum(max(0, s_k) for k != y), s_j)", "1 if s_j > 0, otherwise 0 if s_j < 0, otherwise undefined"),
        ("derivative(derivative(x^3, x), x)", "3·2·x"),
        ("derivative(sum(k x for k in {1, 2, 3}), x)", "6"),
    ],
)
def test_a_derivative_is_kept_small(text: str, shown: str) -> None:
    assert plain.of_value(value(text)) == shown  # type: ignore[arg-type]


def test_a_kink_is_undefined_and_the_two_sides_are_told() -> None:
    found = value("derivative(a x if x <= 1 else b x, x)")
    assert isinstance(found, Formula)
    assert source.of(found.tree) == "a if x < 1 else b if x > 1 else undefined"
    at_kink = [node for node in tree.walk(found.tree) if isinstance(node.value, Undefined)]
    assert [str(node.value.why) for node in at_kink] == ["a derivative at a kink"]  # type: ignore[attr-defined]


def test_a_name_with_a_value_is_differentiated_by_and_then_given_its_value() -> None:
    assert value("derivative(x^3, x)", {**NAMES, "x": exactly(2)}) == 12
    assert value("always((x - derivative(x^2, x)/4)^2 < x^2 for x in {-2, -1, 1, 2})") is True
    assert value("sum(derivative(x^2, x) for x in {1, 2})") == 6
    assert isinstance(value("derivative(abs(x), x)", {**NAMES, "x": exactly(0)}), Undefined)


def test_a_claim_about_a_derivative_on_an_infinite_set_is_not_decided_here() -> None:
    assert isinstance(value("always(abs(derivative(tanh(x), x)) <= 1 for x in reals)"), Undecided)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("derivative(x^2)", "takes an expression and a name"),
        ("derivative(x^2, 2)", "by a real name"),
        ("derivative(x^2, n)", "by a real name"),
        ("derivative(s_j, s)", "by a real name"),
        ("derivative([1, 2], x)", "a formula to differentiate"),
        ("derivative(floor(x), x)", "flat, with jumps"),
        ("derivative(sign(x), x)", "flat, with a jump"),
        ("derivative(prod(x for k in range(1, n)), x)", "prod over a variable"),
        ("derivative(max(s_k for k in indices(s)), s_j)", "max over a variable"),
        ("derivative(norm(s), s_j)", "a whole vector stands here"),
        ("derivative(softmax(s)[1], s_j)", "a whole vector stands here"),
        ("derivative(sum(s_k for k in indices(s) if s_k > 0), s_j)", "depends on"),
        ("derivative(sum(s_k for k in indices(v)), s_j)", "not known whether"),
        ("derivative(s[2 i], s_j)", "worked out"),
        ("derivative(x if x > 0 and x < 1 else 0, x)", "one comparison"),
        ("derivative(sum(max(0, s_k - s_j) for k in indices(s)), s_j)", "with itself"),
    ],
)
def test_what_no_rule_covers_is_refused_and_never_differentiated_halfway(text: str, says: str) -> None:
    with pytest.raises(TriposError, match=says):
        value(text)


def test_a_derivative_of_any_depth_takes_no_recursion() -> None:
    node = tree.name("x")
    for _ in range(3_000):
        node = tree.negate(Node(Op.ADD, (node, tree.number(1))))
    assert differentiated(node, "x") == tree.number(1)
