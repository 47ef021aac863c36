"""Random formulas, sound rewritings and mutations of them. Each takes its choices from a `Random`, so Hypothesis shrinks.

A rule takes a part of a formula and gives an equal one, or none where it does not apply. Equal means: the same value
wherever there is one, and none where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from random import Random

from flint import fmpq

from tripos.language.names import Names, domain
from tripos.language.tree import (
    Binder,
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

NAMES: Names = {
    **dict.fromkeys(("x", "z"), domain("real")),
    **dict.fromkeys(("a", "b", "Δ"), domain("positive")),
    "n": domain("positive integer"),
    "p": domain("0 < p < 1"),
    "s": domain("real vector"),
    "y": domain("index of s"),
    "j": domain("index of s, j != y"),
    "W": domain("m by d matrix"),
    "v": domain("d vector"),
    "u": domain("m vector"),
    "f": domain("function"),
}
TENSORS = frozenset({"W", "v", "u", "s"})
POSITIVE = frozenset({"a", "b", "Δ", "p", "n"})
ZERO, ONE, TWO = number(0), number(1), number(2)
OPPOSITE = {
    Relation.EQUAL: Relation.UNEQUAL,
    Relation.LESS: Relation.AT_LEAST,
    Relation.GREATER: Relation.AT_MOST,
} | {Relation.UNEQUAL: Relation.EQUAL, Relation.AT_LEAST: Relation.LESS, Relation.AT_MOST: Relation.GREATER}
TURNED = {Relation.LESS: Relation.GREATER, Relation.AT_MOST: Relation.AT_LEAST} | {
    Relation.GREATER: Relation.LESS,
    Relation.AT_LEAST: Relation.AT_MOST,
}
OTHER_TIE = {Relation.LESS: Relation.AT_MOST, Relation.GREATER: Relation.AT_LEAST} | {
    Relation.AT_MOST: Relation.LESS,
    Relation.AT_LEAST: Relation.GREATER,
}


def entry(index: str) -> Node:
    """The score of a class."""
    return Node(Op.ENTRY, (name("s"), name(index)))


def compare(left: Node, relation: Relation, right: Node) -> Node:
    """A comparison."""
    return Node(Op.COMPARE, (left, right), (relation,))


def cases(condition: Node, then: Node, otherwise: Node) -> Node:
    """One value or another."""
    return Node(Op.IF, (condition, then, otherwise))


def others(function: str, variable: str, index: str, body: Node) -> Node:
    """A sum, product or extreme over all classes but one."""
    return Node(Op.BIND, (body, name(index)), Binder(function, variable, excludes=True))


def everywhere(function: str, variable: str, body: Node, *condition: Node) -> Node:
    """A sum, product or extreme over all classes, or those for which a condition holds."""
    return Node(Op.BIND, (body, call("indices", name("s")), *condition), Binder(function, variable))


# --- formulas ---------------------------------------------------------------------------------------------------------


@dataclass
class Writer:
    """Writes formulas. `bound` are the indices of the sums around the part being written."""

    random: Random
    bound: tuple[str, ...] = ()

    def formula(self) -> Node:
        """A formula of any sort."""
        write = self.random.choice([self.scalar, self.scalar, self.classes, self.piecewise, self.tensor, self.quotient])
        return write(self.random.choice((1, 2, 2, 3)))

    def leaf(self) -> Node:
        """A name, an entry or a small number."""
        if self.random.random() < 0.25:
            return number(fmpq(self.random.randint(1, 7), self.random.choice((1, 1, 1, 2, 3))))
        if self.bound and self.random.random() < 0.6:
            return entry(self.random.choice(self.bound))
        return self.random.choice([*map(name, ("x", "x", "z", "a", "b", "Δ", "p", "n")), entry("y"), entry("j")])

    def linear(self) -> Node:
        """A sum of two or three leaves."""
        parts = [self.leaf() for _ in range(self.random.randint(2, 3))]
        return add(*(negate(part) if self.random.random() < 0.4 else part for part in parts))

    def scalar(self, depth: int) -> Node:
        """A formula that has a value everywhere."""
        if depth <= 0:
            return self.leaf()
        grow = self.scalar
        match self.random.randrange(13):
            case 0 | 1:
                return add(*(grow(depth - 1) for _ in range(self.random.randint(2, 3))))
            case 2:
                return subtract(grow(depth - 1), grow(depth - 1))
            case 3 | 4:
                return multiply(grow(depth - 1), grow(depth - 1))
            case 5:
                return power(grow(depth - 1), number(self.random.randint(2, 3)))
            case 6:
                return call(self.random.choice(("max", "min")), grow(depth - 1), self.linear())
            case 7:
                return call(self.random.choice(("relu", "abs")), grow(depth - 1))
            case 8:
                return call(self.random.choice(("exp", "sigmoid", "tanh")), self.linear())
            case 9:
                return call(self.random.choice(("log", "sqrt")), self.positive(depth - 1))
            case 10:
                return cases(self.condition(), grow(depth - 1), grow(depth - 1))
            case 11:
                return call("clamp", grow(depth - 1), number(-1), self.positive(0))
            case _:
                return self.classes(depth - 1) if len(self.bound) < 2 else self.linear()

    def positive(self, depth: int) -> Node:
        """A formula that is positive everywhere."""
        if depth <= 0:
            return self.random.choice([*map(name, ("a", "b", "Δ", "p")), number(self.random.randint(1, 5))])
        match self.random.randrange(5):
            case 0:
                return add(self.positive(depth - 1), self.positive(depth - 1))
            case 1:
                return multiply(self.positive(depth - 1), self.positive(depth - 1))
            case 2:
                return call("exp", self.linear())
            case 3:
                return add(ONE, power(self.leaf(), TWO))
            case _:
                index = self.fresh()
                return everywhere("sum", index, call("exp", Writer(self.random, (index,)).linear()))

    def condition(self) -> Node:
        """A comparison of two sums of leaves."""
        return compare(self.linear(), self.random.choice(list(OTHER_TIE)), self.leaf())

    def classes(self, depth: int) -> Node:
        """A sum or an extreme over classes."""
        index = self.fresh()
        inner = Writer(self.random, (*self.bound, index))
        function = self.random.choice(("sum", "sum", "sum", "max"))
        body = inner.margin() if self.random.random() < 0.6 else inner.scalar(depth)
        if self.random.random() < 0.6:
            return others(function, index, self.random.choice(("y", "y", "j")), body)
        if self.random.random() < 0.3:
            return everywhere(function, index, body, compare(entry(index), Relation.GREATER, self.leaf()))
        result = everywhere(function, index, body)
        return call("log", everywhere("sum", index, call("exp", inner.linear()))) if depth % 2 else result

    def margin(self) -> Node:
        """What is summed in a loss."""
        difference = add(entry(self.bound[-1]), negate(entry("y")), self.random.choice([name("Δ"), name("x"), ONE]))
        return self.random.choice(
            [
                call("max", ZERO, difference),
                call("exp", difference),
                call("log", add(ONE, call("exp", difference))),
                power(difference, TWO),
            ]
        )

    def piecewise(self, depth: int) -> Node:
        """Cases of cases."""
        otherwise = self.piecewise(depth - 1) if depth > 1 else self.scalar(1)
        return cases(self.condition(), self.scalar(1), otherwise)

    def quotient(self, depth: int) -> Node:
        """A formula that may have no value somewhere."""
        bottom = self.random.choice([self.linear, lambda: self.scalar(1), lambda: self.positive(1)])()
        top = divide(self.scalar(depth - 1), bottom)
        return self.random.choice([top, add(top, self.leaf()), add(top, divide(self.leaf(), self.linear()))])

    def tensor(self, depth: int) -> Node:
        """A formula of matrices: a vector, a matrix or a number."""
        return self.random.choice([self.column, self.row_space, self.matrix, self.inner])(depth)

    def column(self, depth: int) -> Node:
        """A vector of m."""
        if depth <= 0:
            return name("u")
        match self.random.randrange(5):
            case 0:
                return add(self.column(depth - 1), self.column(depth - 1))
            case 1 | 2:
                return Node(Op.MULTIPLY, (name("W"), self.row_space(depth - 1)))
            case 3:
                return call(self.random.choice(("f", "relu", "tanh", "exp")), self.column(depth - 1))
            case _:
                return Node(Op.HADAMARD, (self.column(depth - 1), self.column(depth - 1)))

    def row_space(self, depth: int) -> Node:
        """A vector of d."""
        if depth <= 0:
            return name("v")
        match self.random.randrange(3):
            case 0:
                return add(self.row_space(depth - 1), name("v"))
            case 1:
                return Node(Op.MULTIPLY, (call("transpose", name("W")), self.column(depth - 1)))
            case _:
                return Node(Op.MULTIPLY, (name("x"), self.row_space(depth - 1)))

    def matrix(self, depth: int) -> Node:
        """A matrix, m by d."""
        outer = Node(Op.MULTIPLY, (self.column(depth - 1), call("transpose", self.row_space(depth - 1))))
        return self.random.choice([outer, add(name("W"), outer), Node(Op.HADAMARD, (name("W"), outer))])

    def inner(self, depth: int) -> Node:
        """A number made of vectors."""
        left, right = self.column(depth - 1), self.column(depth - 1)
        return self.random.choice(
            [
                Node(Op.MULTIPLY, (call("transpose", left), right)),
                call("dot", left, right),
                power(call("norm", left), TWO),
                call("trace", Node(Op.MULTIPLY, (left, call("transpose", right)))),
            ]
        )

    def fresh(self) -> str:
        """An index that is not used around here."""
        return next(index for index in ("k", "i", "l", "r") if index not in self.bound)


# --- what is known of a part ------------------------------------------------------------------------------------------

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


# --- rules ------------------------------------------------------------------------------------------------------------

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


# --- places in a tree -------------------------------------------------------------------------------------------------

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


# --- mutations --------------------------------------------------------------------------------------------------------

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


# --- points for the oracle --------------------------------------------------------------------------------------------

SPECIAL = (*range(-4, 5), 7, 9, 17, 50, -9, -50, 1000, 1001, -1001, 10**5 + 1, -(10**5) - 1, 10**9 + 1)


def point(random: Random, classes: int = 0) -> tuple[dict[str, object], dict[str, int]]:
    """What every name stands for at a point, and how many classes there are: often whole, often tied, often far away."""
    wide = random.choice((0, 0, 1, 2))

    def real() -> Fraction:
        if wide == 0:
            return Fraction(random.randint(-3, 3))
        if wide == 1:
            return Fraction(random.randint(-3 * 2**12, 3 * 2**12), 2**12 + 1)
        return Fraction(random.choice(SPECIAL))

    classes = classes or random.choice((2, 2, 3, 5))
    tied = random.random() < 0.3
    first = real()
    rows, columns = random.choice(((2, 3), (3, 2), (2, 2), (4, 2)))
    bends = [Fraction(random.randint(-8, 8), 4) for _ in range(4)]
    right = random.randint(1, classes)
    wrong = random.choice([index for index in range(1, classes + 1) if index != right])
    values: dict[str, object] = {
        **{word: real() for word in "xz"},
        **{word: abs(real()) or Fraction(1) for word in "abΔ"},
        "n": Fraction(random.choice((1, 2, 3, 4, 9))),
        "p": Fraction(random.randint(1, 31), 32),
        "s": [[first if tied else real()] for _ in range(classes)],
        "y": Fraction(right),
        "j": Fraction(wrong),
        "W": [[real() for _ in range(columns)] for _ in range(rows)],
        "v": [[real()] for _ in range(columns)],
        "u": [[real()] for _ in range(rows)],
        "f": lambda t: bends[0] + bends[1] * t + bends[2] * t * t + bends[3] * t * t * t,
    }
    return values, {"y": classes, "j": classes}
