"""The one table of derivatives: from an operation to its partial derivatives, as trees over its operands.

At a kink (the tie of a maximum, the ends of a clamp) a derivative is undefined; the tree says so by cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flint import fmpq

from tripos.language.tree import (
    Node,
    Op,
    Relation,
    call,
    divide,
    multiply,
    negate,
    number,
    power,
    subtract,
)
from tripos.language.values import Undefined

Partials = Callable[[Sequence[Node]], Sequence[Node]]

ZERO, ONE, TWO, MINUS_ONE = number(0), number(1), number(2), number(-1)
KINK = Node(Op.GIVEN, value=Undefined("a derivative at a kink"))


def _factors(args: Sequence[Node]) -> list[Node]:
    return [multiply(*args[:index], *args[index + 1 :]) if len(args) > 1 else ONE for index in range(len(args))]


def _quotient(args: Sequence[Node]) -> list[Node]:
    top, bottom = args
    return [divide(ONE, bottom), negate(divide(top, power(bottom, TWO)))]


def _power(args: Sequence[Node]) -> list[Node]:
    base, exponent = args
    lowered = multiply(exponent, _lowered(base, exponent))
    return [lowered, multiply(power(base, exponent), call("ln", base))]


def _lowered(base: Node, exponent: Node) -> Node:
    if not isinstance(exponent.value, fmpq):
        return power(base, subtract(exponent, ONE))
    return base if exponent == TWO else power(base, number(exponent.value - 1))


def _compare(left: Node, relation: Relation, right: Node) -> Node:
    return Node(Op.COMPARE, (left, right), (relation,))


def _cases(*cases: tuple[Node, Node], otherwise: Node = KINK) -> Node:
    result = otherwise
    for condition, value in reversed(cases):
        result = Node(Op.IF, (condition, value, result))
    return result


def _largest(relation: Relation) -> Partials:
    opposite = {Relation.GREATER: Relation.LESS, Relation.LESS: Relation.GREATER}[relation]

    def partials(args: Sequence[Node]) -> list[Node]:
        results = []
        for index, own in enumerate(args):
            others = [*args[:index], *args[index + 1 :]]
            wins = [_compare(own, relation, other) for other in others]
            loses = [_compare(own, opposite, other) for other in others]
            results.append(_cases((_joined(Op.AND, wins), ONE), (_joined(Op.OR, loses), ZERO)))
        return results

    return partials


def _joined(op: Op, parts: Sequence[Node]) -> Node:
    if not parts:
        return Node(Op.TRUTH, value=op is Op.AND)
    return parts[0] if len(parts) == 1 else Node(op, tuple(parts))


def _clamp(args: Sequence[Node]) -> list[Node]:
    value, low, high = args
    below, above = _compare(value, Relation.LESS, low), _compare(value, Relation.GREATER, high)
    inside = Node(Op.COMPARE, (low, value, high), (Relation.LESS, Relation.LESS))
    return [
        _cases((inside, ONE), (_joined(Op.OR, [below, above]), ZERO)),
        _cases((below, ONE), (_compare(value, Relation.GREATER, low), ZERO)),
        _cases((above, ONE), (_compare(value, Relation.LESS, high), ZERO)),
    ]


def _signs(above: Node, below: Node) -> Partials:
    return lambda args: [
        _cases((_compare(args[0], Relation.GREATER, ZERO), above), (_compare(args[0], Relation.LESS, ZERO), below))
    ]


OPERATIONS: Mapping[Op, Partials] = {
    Op.ADD: lambda args: [ONE] * len(args),
    Op.NEGATE: lambda _: [MINUS_ONE],
    Op.MULTIPLY: _factors,
    Op.DIVIDE: _quotient,
    Op.POWER: _power,
}

FUNCTIONS: Mapping[str, Partials] = {
    "exp": lambda args: [call("exp", *args)],
    "log": lambda args: [divide(ONE, args[0])],
    "ln": lambda args: [divide(ONE, args[0])],
    "log2": lambda args: [divide(ONE, multiply(args[0], call("ln", TWO)))],
    "log10": lambda args: [divide(ONE, multiply(args[0], call("ln", number(10))))],
    "sqrt": lambda args: [divide(ONE, multiply(TWO, call("sqrt", *args)))],
    "abs": _signs(ONE, MINUS_ONE),
    "relu": _signs(ONE, ZERO),
    "max": _largest(Relation.GREATER),
    "min": _largest(Relation.LESS),
    "clamp": _clamp,
    "sigmoid": lambda args: [multiply(call("sigmoid", *args), subtract(ONE, call("sigmoid", *args)))],
    "tanh": lambda args: [subtract(ONE, power(call("tanh", *args), TWO))],
}

# Functions of arithmetic that have no row above, and why.
WITHOUT = {"floor": "flat, with jumps", "ceil": "flat, with jumps", "sign": "flat, with a jump"}
