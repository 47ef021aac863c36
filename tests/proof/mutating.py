"""Mutations of formulas: changes that make a formula another one, most of the time."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from flint import fmpq
from tests.proof.rewriting import Rule, at, is_call, is_scalar, paths, put
from tests.proof.writing import (
    ONE,
    OTHER_TIE,
    TWO,
    cases,
    compare,
    entry,
    everywhere,
    others,
)

from tripos.language.tree import (
    Callee,
    Node,
    Op,
    Relation,
    add,
    call,
    divide,
    multiply,
    name,
    negate,
    number,
    power,
    subtract,
)

MUTATIONS: dict[str, Rule] = {}


def mutation(function: Rule) -> Rule:
    """A change that makes a formula another one, most of the time."""
    MUTATIONS[function.__name__] = function
    return function


@mutation
def sign_changed(node: Node, random: Random) -> Node | None:
    if node.op is Op.NEGATE:
        return node.args[0]
    return negate(node) if node.op in (Op.NAME, Op.CALL, Op.MULTIPLY) and node.value != Callee("indices") else None


@mutation
def condition_of_the_index_dropped(node: Node, random: Random) -> Node | None:
    if node.op is not Op.BIND or not node.value.excludes:
        return None
    return everywhere(node.value.function, node.value.variable, node.args[0])


@mutation
def condition_of_the_index_added(node: Node, random: Random) -> Node | None:
    if node.op is not Op.BIND or node.value.excludes or len(node.args) > 2:
        return None
    return others(node.value.function, node.value.variable, "y", node.args[0])


@mutation
def index_exchanged(node: Node, random: Random) -> Node | None:
    other = {"y": "j", "j": "y"}
    if node.op is Op.BIND and node.value.excludes and node.args[1].value in other:
        return Node(Op.BIND, (node.args[0], name(other[node.args[1].value])), node.value)
    if node.op is Op.ENTRY and node.args[1].value in other:
        return entry(other[node.args[1].value])
    return entry("y") if node.op is Op.ENTRY else None


@mutation
def constant_changed(node: Node, random: Random) -> Node | None:
    if node.op is not Op.NUMBER:
        return None
    by = random.choice([fmpq(1), fmpq(-1), fmpq(1, 1000), fmpq(1, 10**12)])
    return number(node.value + by)


@mutation
def operator_changed(node: Node, random: Random) -> Node | None:
    words = {"max": "min", "min": "max", "relu": "abs", "abs": "relu", "exp": "sigmoid", "sigmoid": "tanh"}
    words |= {"tanh": "sigmoid", "log": "log2", "sqrt": "log", "f": "relu", "norm": "trace"}
    if is_call(node, *words):
        return call(words[node.value.name], *node.args)
    if node.op is Op.DIVIDE:
        return divide(node.args[1], node.args[0])
    if node.op is Op.BIND:
        other = {"sum": "max", "max": "sum", "prod": "sum", "min": "max"}[node.value.function]
        return Node(Op.BIND, node.args, replace(node.value, function=other))
    if node.op in (Op.ADD, Op.MULTIPLY, Op.HADAMARD):
        return Node({Op.ADD: Op.MULTIPLY, Op.MULTIPLY: Op.ADD, Op.HADAMARD: Op.ADD}[node.op], node.args)
    return None


@mutation
def far_breakpoint(node: Node, random: Random) -> Node | None:
    if not is_scalar(node) or node.op in (Op.COMPARE, Op.NUMBER, Op.NOT):
        return None
    far = number(random.choice((9, 50, 1000, 10**5, 10**9)))
    line = random.choice([name("x"), name("z"), multiply(TWO, name("x")), entry("y")])
    return random.choice(
        [
            call("max", node, subtract(line, far)),
            call("min", node, add(line, far)),
            cases(compare(line, Relation.LESS, far), node, add(node, ONE)),
            add(node, call("relu", subtract(line, far))),
        ]
    )


@mutation
def one_point_changed(node: Node, random: Random) -> Node | None:
    if not is_scalar(node) or node.op in (Op.COMPARE, Op.NUMBER, Op.NOT):
        return None
    point = number(random.choice((0, 1, 17, 1000)))
    return cases(compare(random.choice([name("x"), entry("y")]), Relation.EQUAL, point), add(node, ONE), node)


@mutation
def pole_put_in(node: Node, random: Random) -> Node | None:
    if not is_scalar(node) or node.op in (Op.COMPARE, Op.NUMBER, Op.NOT):
        return None
    by = random.choice(
        [
            subtract(name("x"), number(17)),
            subtract(power(name("x"), TWO), TWO),
            subtract(name("x"), name("z")),
            subtract(call("exp", name("x")), number(3)),
        ]
    )
    return divide(multiply(node, by), by)


@mutation
def tie_changed(node: Node, random: Random) -> Node | None:
    if node.op is not Op.COMPARE or node.value[0] not in OTHER_TIE:
        return None
    return compare(node.args[0], OTHER_TIE[node.value[0]], node.args[1])


@mutation
def case_dropped(node: Node, random: Random) -> Node | None:
    return random.choice(node.args[1:]) if node.op is Op.IF else None


@mutation
def cases_exchanged(node: Node, random: Random) -> Node | None:
    return cases(node.args[0], node.args[2], node.args[1]) if node.op is Op.IF else None


@mutation
def term_dropped(node: Node, random: Random) -> Node | None:
    if node.op not in (Op.ADD, Op.MULTIPLY) or len(node.args) < 2:
        return None
    place = random.randrange(len(node.args))
    rest = (*node.args[:place], *node.args[place + 1 :])
    return rest[0] if len(rest) == 1 else Node(node.op, rest)


@mutation
def name_exchanged(node: Node, random: Random) -> Node | None:
    other = {"x": "z", "z": "x", "a": "b", "b": "Δ", "Δ": "a", "p": "a", "n": "a", "u": "v", "v": "u"}
    return name(other[node.value]) if node.op is Op.NAME and node.value in other else None


@mutation
def transposed_matrix(node: Node, random: Random) -> Node | None:
    if is_call(node, "transpose"):
        return node.args[0]
    return call("transpose", node) if node.op is Op.NAME and node.value in ("W", "u", "v") else None


def mutated(tree: Node, random: Random) -> tuple[Node, str] | None:
    """The tree with one part changed, and how."""
    words = list(MUTATIONS)
    random.shuffle(words)
    for word in words:
        places = [path for path, _ in paths(tree)]
        random.shuffle(places)
        for path in places:
            # A tie that does no more than shift a condition shows where three things meet at once: no sampling finds it.
            if word == "one_point_changed" and any(at(tree, path[:end]).op is Op.COMPARE for end in range(len(path))):
                continue
            new = MUTATIONS[word](at(tree, path), random)
            if new is not None and new != at(tree, path):
                return put(tree, path, new), word
    return None
