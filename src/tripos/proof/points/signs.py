"""Signs: which parts of a formula are positive wherever they have a value. What is positive never meets zero."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import cast

from flint import fmpq

from tripos.language.names import Free, Names, Sort
from tripos.language.tree import Binder, Callee, Node, Op, fold


class Sign(IntEnum):
    """What is known of a sign."""

    ANY = 0
    NOT_NEGATIVE = 1
    POSITIVE = 2


POSITIVE = (Sort.POSITIVE, Sort.POSITIVE_INTEGER)


def positives(root: Node, names: Names) -> frozenset[Node]:
    """The parts of a tree that are positive. A sum over classes counts as positive if its terms are: empty, it is 0."""
    found: set[Node] = set()

    def rule(node: Node, parts: Sequence[Sign]) -> Sign:
        own = _sign(node, parts, names)
        if own is Sign.POSITIVE:
            found.add(node)
        return own

    fold(root, rule)
    return frozenset(found)


def _sign(node: Node, parts: Sequence[Sign], names: Names) -> Sign:
    match node.op:
        case Op.NUMBER | Op.DECIMAL:
            value = cast(fmpq, node.value)
            return Sign.POSITIVE if value > 0 else Sign.NOT_NEGATIVE if value == 0 else Sign.ANY
        case Op.NAME:
            return _of_name(cast(str, node.value), names)
        case Op.ADD:
            return min(Sign.POSITIVE, max(parts)) if min(parts) > Sign.ANY else Sign.ANY
        case Op.MULTIPLY | Op.DIVIDE | Op.IF:
            return min(parts[1:] if node.op is Op.IF else parts)
        case Op.POWER:
            return _of_power(node, parts[0])
        case Op.BIND if cast(Binder, node.value).function in ("sum", "prod", "max", "min"):
            return parts[0]
        case Op.ENTRY:
            return _of_entry(node.args[0], names)
        case Op.CALL:
            return _of_call(cast(Callee, node.value).name, parts)
        case _:
            return Sign.ANY


def _of_name(word: str, names: Names) -> Sign:
    free = names.get(word)
    if free is None:
        return Sign.POSITIVE if word in ("e", "pi", "π") else Sign.ANY
    if not isinstance(free, Free):
        return Sign.ANY
    bounded = free.sort is Sort.INTERVAL and free.bounds[0].strip().isdecimal() and free.strict[0]
    return Sign.POSITIVE if free.sort in POSITIVE or bounded else Sign.ANY


def _of_entry(vector: Node, names: Names) -> Sign:
    free = names.get(str(vector.value)) if vector.op is Op.NAME else None
    return Sign.POSITIVE if isinstance(free, Free) and free.bounds[0] == "0" else Sign.ANY


def _of_power(node: Node, base: Sign) -> Sign:
    exponent = node.args[1].value
    even = isinstance(exponent, fmpq) and exponent.q == 1 and exponent.p % 2 == 0
    return max(base, Sign.NOT_NEGATIVE) if even else base


def _of_call(word: str, parts: Sequence[Sign]) -> Sign:
    if word in ("exp", "sigmoid", "softmax"):
        return Sign.POSITIVE
    if word in ("abs", "relu", "norm"):
        return max(parts[0], Sign.NOT_NEGATIVE)
    if word in ("sqrt",):
        return parts[0]
    if word == "max":
        return max(parts)
    return min(parts) if word == "min" else Sign.ANY
