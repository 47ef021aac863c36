"""Sound rewritings of formulas. Each takes its choices from a `Random`, so that Hypothesis can shrink them.

A rule takes a part of a formula and gives an equal one, or none where it does not apply. Equal means: the same value
wherever there is one, and none where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from random import Random

from flint import fmpq
from tests.proof.writing import (
    ONE,
    POSITIVE,
    TENSORS,
    TWO,
    ZERO,
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
    fold,
    free_names,
    multiply,
    name,
    negate,
    number,
    power,
    rebuilt,
    subtract,
    walk,
)

OPPOSITE = {
    Relation.EQUAL: Relation.UNEQUAL,
    Relation.LESS: Relation.AT_LEAST,
    Relation.GREATER: Relation.AT_MOST,
} | {Relation.UNEQUAL: Relation.EQUAL, Relation.AT_LEAST: Relation.LESS, Relation.AT_MOST: Relation.GREATER}
TURNED = {Relation.LESS: Relation.GREATER, Relation.AT_MOST: Relation.AT_LEAST} | {
    Relation.GREATER: Relation.LESS,
    Relation.AT_LEAST: Relation.AT_MOST,
}


EVERYWHERE = frozenset({"exp", "abs", "relu", "max", "min", "clamp", "sigmoid", "tanh", "sign"})


def is_scalar(node: Node) -> bool:
    """Whether no vector or matrix stands in a part but for its entries and its indices."""

    def rule(part: Node, parts: Sequence[bool]) -> bool:
        if part.op is Op.NAME:
            return part.value not in TENSORS
        if part.op is Op.ENTRY or part.value == Callee("indices"):
            return True
        return all(parts) and part.value != Callee("f")

    return fold(node, rule)


def is_total(node: Node) -> bool:
    """Whether a part surely has a value everywhere."""

    def rule(part: Node, parts: Sequence[bool]) -> bool:
        if part.op is Op.BIND:
            return all(parts) and part.value.function in ("sum", "prod")
        if part.op is Op.POWER:
            return (
                parts[0]
                and isinstance(part.args[1].value, fmpq)
                and part.args[1].value > 0
                and part.args[1].value.q == 1
            )
        if part.op is Op.CALL and part.value.name in ("log", "sqrt"):
            return is_positive(part.args[0])
        if part.op is Op.CALL and part.value.name not in EVERYWHERE | {"indices"}:
            return False
        return all(parts) and part.op not in (Op.DIVIDE, Op.GIVEN)

    return fold(node, rule)


def is_positive(node: Node) -> bool:
    """Whether a part surely is positive everywhere."""

    def rule(part: Node, parts: Sequence[bool]) -> bool:
        match part.op:
            case Op.NUMBER:
                return part.value > 0
            case Op.NAME:
                return part.value in POSITIVE
            case Op.ADD:
                return all(
                    known or (term.op is Op.POWER and term.args[1] == TWO and is_total(term))
                    for known, term in zip(parts, part.args, strict=True)
                ) and any(parts)
            case Op.MULTIPLY | Op.DIVIDE:
                return all(parts)
            case Op.CALL:
                return part.value.name in ("exp", "sigmoid") and is_total(part)
            case Op.BIND:  # over all classes, of which there is one at least
                return parts[0] and part.value.function == "sum" and not part.value.excludes and len(part.args) == 2
        return False

    return fold(node, rule)


def is_call(node: Node, *words: str) -> bool:
    """Whether a part is a call of one of these functions."""
    return node.op is Op.CALL and node.value.name in words


Rule = Callable[[Node, Random], "Node | None"]
RULES: dict[str, Rule] = {}
OF_TENSORS: dict[str, Rule] = {}


def rule(function: Rule) -> Rule:
    """A rule for scalar parts."""
    RULES[function.__name__] = function
    return function


def tensor_rule(function: Rule) -> Rule:
    """A rule for parts of any size."""
    OF_TENSORS[function.__name__] = function
    return function


@rule
def reordered(node: Node, random: Random) -> Node | None:
    if node.op not in (Op.ADD, Op.MULTIPLY) and not is_call(node, "max", "min"):
        return None
    return replace(node, args=tuple(random.sample(node.args, len(node.args))))


@rule
def distributed(node: Node, random: Random) -> Node | None:
    sums = [place for place, part in enumerate(node.args) if part.op is Op.ADD] if node.op is Op.MULTIPLY else []
    if not sums:
        return None
    place = random.choice(sums)
    rest = (*node.args[:place], *node.args[place + 1 :])
    return add(*(multiply(term, *rest) for term in node.args[place].args))


@rule
def factored(node: Node, random: Random) -> Node | None:
    products = [part for part in node.args if part.op is Op.MULTIPLY] if node.op is Op.ADD else []
    for one in products:
        for other in products:
            common = [factor for factor in one.args if factor in other.args]
            if one is not other and common:
                left, right = (_without(part, common[0]) for part in (one, other))
                rest = [part for part in node.args if part is not one and part is not other]
                return add(multiply(common[0], add(left, right)), *rest)
    return None


def _without(product: Node, factor: Node) -> Node:
    rest = list(product.args)
    rest.remove(factor)
    return multiply(*rest) if rest else ONE


@rule
def renamed(node: Node, random: Random) -> Node | None:
    if node.op is not Op.BIND:
        return None
    used = {str(part.value) for part in walk(node) if part.op is Op.NAME} | {
        part.value.variable for part in walk(node) if part.op is Op.BIND
    }
    fresh = next(f"q{number}" if number else "q" for number in count() if (f"q{number}" if number else "q") not in used)
    old = node.value.variable
    body, over, *condition = node.args
    inner = [_substituted(part, old, name(fresh)) for part in (body, *condition)]
    return Node(Op.BIND, (inner[0], over, *inner[1:]), replace(node.value, variable=fresh))


def _substituted(node: Node, old: str, new: Node) -> Node:
    def rule(part: Node, args: Sequence[Node]) -> Node:
        return new if part == name(old) else rebuilt(part, args)

    return fold(node, rule)


@rule
def shifted_exponentials(node: Node, random: Random) -> Node | None:
    if not is_call(node, "log") or node.args[0].op is not Op.BIND or node.args[0].value.function != "sum":
        return None
    total = node.args[0]
    if not is_call(total.args[0], "exp"):
        return None
    by = random.choice([name("x"), entry("y"), name("Δ"), number(5)])
    body = call("exp", subtract(total.args[0].args[0], by))
    return add(call("log", replace_body(total, body)), by)


def replace_body(node: Node, body: Node) -> Node:
    """The same sum of something else."""
    return Node(Op.BIND, (body, *node.args[1:]), node.value)


@rule
def split_maximum(node: Node, random: Random) -> Node | None:
    if not is_call(node, "max") or len(node.args) != 2:
        return None
    left, right = node.args
    return random.choice(
        [
            cases(compare(left, Relation.AT_LEAST, right), left, right),
            cases(compare(left, Relation.LESS, right), right, left),
            add(left, call("relu", subtract(right, left))),
            divide(add(left, right, call("abs", subtract(left, right))), TWO),
            negate(call("min", negate(left), negate(right))),
            call("max", left, right, left),
        ]
    )


@rule
def split_minimum(node: Node, random: Random) -> Node | None:
    if not is_call(node, "min") or len(node.args) != 2:
        return None
    left, right = node.args
    return random.choice(
        [
            cases(compare(left, Relation.AT_MOST, right), left, right),
            subtract(left, call("relu", subtract(left, right))),
            negate(call("max", negate(left), negate(right))),
        ]
    )


@rule
def relu_otherwise(node: Node, random: Random) -> Node | None:
    if not is_call(node, "relu"):
        return None
    (part,) = node.args
    return random.choice(
        [
            call("max", ZERO, part),
            cases(compare(part, Relation.GREATER, ZERO), part, ZERO),
            divide(add(part, call("abs", part)), TWO),
            add(part, call("relu", negate(part))),
        ]
    )


@rule
def absolute_otherwise(node: Node, random: Random) -> Node | None:
    if not is_call(node, "abs"):
        return None
    (part,) = node.args
    return random.choice(
        [
            call("max", part, negate(part)),
            call("sqrt", power(part, TWO)),
            cases(compare(part, Relation.LESS, ZERO), negate(part), part),
            multiply(part, call("sign", part)),
            call("abs", negate(part)),
            add(call("relu", part), call("relu", negate(part))),
        ]
    )


@rule
def clamp_otherwise(node: Node, random: Random) -> Node | None:
    if not is_call(node, "clamp"):
        return None
    part, low, high = node.args
    inner = call("max", part, low)
    return call("min", inner, high)


@rule
def negated_condition(node: Node, random: Random) -> Node | None:
    if node.op is not Op.IF or node.args[0].op is not Op.COMPARE:
        return None
    (left, right), (relation,) = node.args[0].args, node.args[0].value
    if random.random() < 0.3:
        return cases(Node(Op.NOT, (node.args[0],)), node.args[2], node.args[1])
    return cases(compare(left, OPPOSITE[relation], right), node.args[2], node.args[1])


@rule
def turned_condition(node: Node, random: Random) -> Node | None:
    if node.op is not Op.COMPARE or node.value[0] not in TURNED:
        return None
    left, right = node.args
    if random.random() < 0.5:
        return compare(subtract(left, right), node.value[0], ZERO)
    return compare(right, TURNED[node.value[0]], left)


@rule
def refined_cases(node: Node, random: Random) -> Node | None:
    if node.op is not Op.IF:
        return None
    condition, then, otherwise = node.args
    more = compare(name("x"), Relation.GREATER, number(random.choice((-4, 0, 3))))
    return cases(condition, then, cases(more, otherwise, otherwise))


@rule
def pulled_out_of_cases(node: Node, random: Random) -> Node | None:
    if node.op is not Op.ADD or not any(part.op is Op.IF for part in node.args):
        return None
    place = next(place for place, part in enumerate(node.args) if part.op is Op.IF)
    condition, then, otherwise = node.args[place].args
    rest = (*node.args[:place], *node.args[place + 1 :])
    return cases(condition, add(then, *rest), add(otherwise, *rest))


@rule
def sigmoid_otherwise(node: Node, random: Random) -> Node | None:
    if not is_call(node, "sigmoid"):
        return None
    (part,) = node.args
    return random.choice(
        [
            divide(ONE, add(ONE, call("exp", negate(part)))),
            divide(call("exp", part), add(ONE, call("exp", part))),
            subtract(ONE, call("sigmoid", negate(part))),
            divide(add(ONE, call("tanh", divide(part, TWO))), TWO),
        ]
    )


@rule
def tanh_otherwise(node: Node, random: Random) -> Node | None:
    if not is_call(node, "tanh"):
        return None
    (part,) = node.args
    up, down = call("exp", part), call("exp", negate(part))
    return random.choice(
        [
            subtract(multiply(TWO, call("sigmoid", multiply(TWO, part))), ONE),
            divide(subtract(up, down), add(up, down)),
            negate(call("tanh", negate(part))),
        ]
    )


@rule
def exponential_of_a_sum(node: Node, random: Random) -> Node | None:
    if not is_call(node, "exp") or node.args[0].op is not Op.ADD:
        return None
    return multiply(*(call("exp", term) for term in node.args[0].args))


@rule
def exponential_of_a_logarithm(node: Node, random: Random) -> Node | None:
    if not is_scalar(node) or node.op not in (Op.NAME, Op.ADD, Op.MULTIPLY, Op.CALL):
        return None
    if is_positive(node) and random.random() < 0.5:
        return call("exp", call("log", node))
    return call("log", call("exp", node)) if node in (name("x"), name("a"), name("Δ")) else None


@rule
def logarithm_of_a_product(node: Node, random: Random) -> Node | None:
    if not is_call(node, "log"):
        return None
    (part,) = node.args
    if part.op is Op.MULTIPLY and all(map(is_positive, part.args)):
        return add(*(call("log", factor) for factor in part.args))
    if part.op is Op.DIVIDE and all(map(is_positive, part.args)):
        return subtract(*(call("log", factor) for factor in part.args))
    return divide(call("log2", part), call("log2", name("e"))) if random.random() < 0.5 else call("ln", part)


@rule
def common_denominator(node: Node, random: Random) -> Node | None:
    quotients = [part for part in node.args if part.op is Op.DIVIDE] if node.op is Op.ADD else []
    if not quotients:
        return None
    one = quotients[0]
    rest = [part for part in node.args if part is not one]
    if len(quotients) > 1 and random.random() < 0.7:
        other = quotients[1]
        rest = [part for part in rest if part is not other]
        top = add(multiply(one.args[0], other.args[1]), multiply(other.args[0], one.args[1]))
        return add(divide(top, multiply(one.args[1], other.args[1])), *rest)
    return divide(add(one.args[0], *(multiply(part, one.args[1]) for part in rest)), one.args[1])


@rule
def quotient_otherwise(node: Node, random: Random) -> Node | None:
    if node.op is not Op.DIVIDE:
        return None
    top, bottom = node.args
    by = random.choice([number(3), name("a"), add(ONE, power(name("x"), TWO))])
    return random.choice(
        [
            multiply(top, power(bottom, number(-1))),
            multiply(top, divide(ONE, bottom)),
            divide(multiply(by, top), multiply(bottom, by)),
            negate(divide(top, negate(bottom))),
        ]
    )


@rule
def power_as_product(node: Node, random: Random) -> Node | None:
    if node.op is not Op.POWER or node.args[1] not in (TWO, number(3)):
        return None
    exponent = int(node.args[1].value.p)
    return Node(Op.MULTIPLY, (node.args[0],) * exponent)


@rule
def expanded_square(node: Node, random: Random) -> Node | None:
    if node.op is not Op.POWER or node.args[1] != TWO or node.args[0].op is not Op.ADD:
        return None
    first, *rest = node.args[0].args
    other = add(*rest)
    return add(power(first, TWO), multiply(TWO, first, other), power(other, TWO))


@rule
def added_and_taken_away(node: Node, random: Random) -> Node | None:
    if node.op not in (Op.ADD, Op.CALL, Op.ENTRY, Op.MULTIPLY) or node.value == Callee("indices"):
        return None
    more = random.choice([name("x"), power(name("z"), TWO), number(fmpq(1, 3)), entry("y"), call("exp", name("x"))])
    return subtract(add(more, node), more)


@rule
def minus_of_a_sum(node: Node, random: Random) -> Node | None:
    if node.op is Op.NEGATE and node.args[0].op is Op.ADD:
        return add(*(negate(term) for term in node.args[0].args))
    if node.op is Op.ADD:
        return negate(add(*(negate(term) for term in node.args)))
    return None


@rule
def sum_of_sums(node: Node, random: Random) -> Node | None:
    if node.op is not Op.BIND or node.value.function != "sum" or node.args[0].op is not Op.ADD:
        return None
    return add(*(replace_body(node, term) for term in node.args[0].args))


@rule
def factor_out_of_a_sum(node: Node, random: Random) -> Node | None:
    if node.op is not Op.BIND or node.value.function != "sum" or node.args[0].op is not Op.MULTIPLY:
        return None
    outside = [part for part in node.args[0].args if node.value.variable not in free_names(part) and is_total(part)]
    if not outside or len(outside) == len(node.args[0].args):
        return None
    return multiply(outside[0], replace_body(node, _without(node.args[0], outside[0])))


@rule
def others_as_a_condition(node: Node, random: Random) -> Node | None:
    if node.op is not Op.BIND or not node.value.excludes:
        return None
    variable, index, body = node.value.variable, node.args[1], node.args[0]
    if not (free_names(body) & {"s"}) or index.value not in ("y", "j") or len(node.args) > 2:
        return None
    function = node.value.function
    unequal = compare(name(variable), Relation.UNEQUAL, index)
    if function == "sum" and is_total(body):
        own = _substituted(body, variable, index)
        zero = cases(unequal, body, ZERO)
        return random.choice(
            [
                subtract(everywhere("sum", variable, body), own),
                everywhere("sum", variable, zero),
                everywhere("sum", variable, body, unequal),
            ]
        )
    return everywhere(function, variable, body, unequal)


@rule
def one_term_taken_out(node: Node, random: Random) -> Node | None:
    if node.op is not Op.BIND or node.value.excludes or node.value.function != "sum" or len(node.args) > 2:
        return None
    index = random.choice(("y", "j"))
    body, variable = node.args[0], node.value.variable
    return add(others("sum", variable, index, body), _substituted(body, variable, name(index)))


@rule
def constant_out_of_a_maximum(node: Node, random: Random) -> Node | None:
    if node.op is Op.BIND and node.value.function == "max" and node.args[0].op is Op.ADD:
        outside = [part for part in node.args[0].args if node.value.variable not in free_names(part) and is_total(part)]
        if not outside or len(outside) == len(node.args[0].args):
            return None
        rest = list(node.args[0].args)
        rest.remove(outside[0])
        return add(outside[0], replace_body(node, add(*rest)))
    if is_call(node, "max"):
        by = random.choice([name("x"), name("Δ")])
        return add(call("max", *(subtract(part, by) for part in node.args)), by)
    return None


@rule
def positive_into_a_maximum(node: Node, random: Random) -> Node | None:
    if not is_call(node, "max", "min"):
        return None
    by = random.choice([name("a"), number(2)])
    return divide(call(node.value.name, *(multiply(by, part) for part in node.args)), by)


@rule
def root_as_power(node: Node, random: Random) -> Node | None:
    return power(node.args[0], number(fmpq(1, 2))) if is_call(node, "sqrt") else None


@tensor_rule
def transposed_product(node: Node, random: Random) -> Node | None:
    if is_call(node, "transpose") and node.args[0].op is Op.MULTIPLY:
        parts = [part if is_scalar(part) else call("transpose", part) for part in reversed(node.args[0].args)]
        return Node(Op.MULTIPLY, tuple(parts))
    if is_call(node, "transpose") and node.args[0].op in (Op.ADD, Op.HADAMARD):
        return Node(node.args[0].op, tuple(call("transpose", part) for part in node.args[0].args))
    return None


@tensor_rule
def transposed_twice(node: Node, random: Random) -> Node | None:
    if node.op is Op.NAME and node.value in ("W", "u", "v"):
        return call("transpose", call("transpose", node))
    return None


@tensor_rule
def distributed_matrix(node: Node, random: Random) -> Node | None:
    if node.op is not Op.MULTIPLY or len(node.args) != 2 or node.args[1].op is not Op.ADD:
        return None
    return add(*(Node(Op.MULTIPLY, (node.args[0], term)) for term in node.args[1].args))


@tensor_rule
def inner_product_otherwise(node: Node, random: Random) -> Node | None:
    if is_call(node, "dot"):
        left, right = node.args
        return random.choice([call("dot", right, left), Node(Op.MULTIPLY, (call("transpose", left), right))])
    if node.op is Op.POWER and is_call(node.args[0], "norm"):
        return call("dot", node.args[0].args[0], node.args[0].args[0])
    if is_call(node, "trace") and node.args[0].op is Op.MULTIPLY and len(node.args[0].args) == 2:
        return call("trace", Node(Op.MULTIPLY, tuple(reversed(node.args[0].args))))
    return None


@tensor_rule
def reordered_entries(node: Node, random: Random) -> Node | None:
    return replace(node, args=tuple(reversed(node.args))) if node.op in (Op.ADD, Op.HADAMARD) else None


@tensor_rule
def entries_otherwise(node: Node, random: Random) -> Node | None:
    if is_call(node, "relu"):
        return call("max", node.args[0], ZERO)
    if is_call(node, "tanh"):
        return subtract(multiply(TWO, call("sigmoid", multiply(TWO, node.args[0]))), ONE)
    if is_call(node, "exp") and node.args[0].op is Op.ADD:
        return Node(Op.HADAMARD, tuple(call("exp", part) for part in node.args[0].args))
    return None


def rewritten(tree: Node, random: Random, times: int = 3) -> tuple[Node, list[str]]:
    """The tree rewritten a few times, and by which rules."""
    used: list[str] = []
    for _ in range(times):
        found = _once(tree, random)
        if found is None:
            break
        tree, word = found
        used.append(word)
    return tree, used


def _once(tree: Node, random: Random) -> tuple[Node, str] | None:
    places = list(paths(tree))
    random.shuffle(places)
    scalars = [(path, node) for path, node in places if is_scalar(node)]
    others = [(path, node) for path, node in places if not is_scalar(node)]
    words = [*RULES, *OF_TENSORS]
    random.shuffle(words)
    for word in words:
        for path, node in scalars if word in RULES else others:
            new = (RULES.get(word) or OF_TENSORS[word])(node, random)
            if new is not None and new != node:
                return put(tree, path, new), word
    return None


Path = tuple[int, ...]


def paths(tree: Node) -> Iterator[tuple[Path, Node]]:
    """Every part with its place, but for what a sum runs over and what an entry is of."""
    waiting: list[tuple[Path, Node]] = [((), tree)]
    while waiting:
        path, node = waiting.pop()
        yield path, node
        inside = [0, 2] if node.op is Op.BIND else range(0 if node.op is Op.ENTRY else len(node.args))
        waiting.extend(((*path, place), node.args[place]) for place in inside if place < len(node.args))


def at(tree: Node, path: Path) -> Node:
    """The part at a place."""
    for place in path:
        tree = tree.args[place]
    return tree


def put(tree: Node, path: Path, new: Node) -> Node:
    """The tree with another part at a place; sums in sums and products in products are merged."""
    above = [tree]
    for place in path:
        above.append(above[-1].args[place])
    for node, place in zip(reversed(above[:-1]), reversed(path), strict=True):
        args = (*node.args[:place], new, *node.args[place + 1 :])
        new = add(*args) if node.op is Op.ADD else Node(node.op, args, node.value)
    return new
