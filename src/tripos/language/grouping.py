"""Grouping: how tightly each operation holds, and so where brackets go. The one place where that is decided.

There are three ways to lay a tree out: the author's line (`SOURCE`), a line on paper (`PAPER`), and two dimensions
(`DRAWN`), where a fraction bar or a raised exponent groups by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias, cast

from flint import fmpq

from tripos.language import tree
from tripos.language.layout import Layout, Scope, prepared
from tripos.language.notation import is_letter, pieces
from tripos.language.tree import Callee, Node, Op
from tripos.language.vocabulary import QUANTIFIERS, UNBRACKETED

Row: TypeAlias = Callable[[Node, Sequence[str]], str]


class Level(IntEnum):
    """How tightly something holds together, the loosest first."""

    CONDITION = 0
    OR = 1
    AND = 2
    NOT = 3
    COMPARE = 4
    ON = 5
    CHAIN = 6
    SUM = 7
    FUNCTION = 8  # ln 2, a sum over k: takes in what follows, so it may only end a product
    HADAMARD = 9  # a product of entries never joins an ordinary one without brackets
    PRODUCT = 10
    SIGNED = 11
    POWER = 12
    ATOM = 13


@dataclass(frozen=True, slots=True)
class Grip:
    """How tightly a node holds, and how tightly each operand must to go without brackets (the last level repeats)."""

    own: Level
    operands: tuple[Level, ...] = (Level.CONDITION,)

    def need(self, index: int) -> Level:
        """What the operand at this place needs."""
        return self.operands[min(index, len(self.operands) - 1)]


Grips: TypeAlias = Mapping[Op, "Grip | Callable[[Node], Grip]"]


@dataclass(frozen=True, slots=True)
class Style:
    """One way to typeset: a row for every operation, a layout, brackets, and how a text begins that begins by minus."""

    rows: Mapping[Op, Row]
    grips: Grips
    bracket: Callable[[str], str]
    minus: str
    layout: Layout


@dataclass(frozen=True, slots=True)
class Piece:
    """A typeset part of a tree, and how tightly it holds."""

    text: str
    level: Level


def typeset(root: Node, style: Style) -> str:
    """The text of a tree in a style."""

    def rule(node: Node, pieces: Sequence[Piece]) -> Piece:
        found = style.grips[node.op]
        grip = found if isinstance(found, Grip) else found(node)
        loose = [_is_loose(node, index, piece, grip, style.minus) for index, piece in enumerate(pieces)]
        texts = [style.bracket(part.text) if open_ else part.text for part, open_ in zip(pieces, loose, strict=True)]
        own = grip.own
        if node.op in (Op.NEGATE, Op.MULTIPLY) and not loose[-1]:
            own = min(own, pieces[-1].level)  # 40 ln 2 is as open at its end as ln 2
        return Piece(style.rows[node.op](node, texts), own)

    return tree.fold(prepared(root, style.layout), rule).text


def summed(texts: Sequence[str], style: Style, plus: str, minus: str) -> str:
    """The terms of a sum in a row; one that begins by minus is subtracted."""
    joined = [texts[0]]
    for text in texts[1:]:
        joined.append(minus + text[len(style.minus) :] if text.startswith(style.minus) else plus + text)
    return "".join(joined)


def is_bare(node: Node) -> bool:
    """Whether a function goes without brackets round its argument: ln 2, tanh x."""
    if cast(Callee, node.value).name not in UNBRACKETED or len(node.args) != 1:
        return False
    arg = node.args[0]
    base = arg.args[0] if arg.op is Op.ENTRY else arg
    return _is_whole(base) or (is_letter(base) and "^" not in cast(str, base.value))


def is_juxtaposed(left: Node, right: Node) -> bool:
    """Whether two factors read well side by side, without a sign: 2x, a(b + c), but 2·3 and 1·x."""
    left = left.args[0] if left.op is Op.NEGATE else left
    drawn = left.op in (Op.ADD, Op.POWER, Op.DIVIDE, Op.ENTRY) or _is_derivative(left)
    before = is_letter(left) or drawn or _is_factor(left)
    base = right.args[0] if right.op in (Op.POWER, Op.ENTRY) else right
    return before and (is_letter(base) or base.op in (Op.ADD, Op.CALL) or right.op is Op.BIND)


def arguments(node: Node, texts: Sequence[str], naming: Callable[[str, str], str]) -> list[str]:
    """The arguments of a call, the last ones with their names where they were given by name."""
    keywords = cast(Callee, node.value).keywords
    first = len(texts) - len(keywords)
    return [*texts[:first], *map(naming, keywords, texts[first:])]


def rows_of(node: Node, texts: Sequence[str]) -> list[Sequence[str]]:
    """The entries of a vector or matrix, row by row."""
    width = max(1, cast("tuple[int, ...]", node.value)[-1])
    return [texts[start : start + width] for start in range(0, len(texts), width)]


def _is_loose(node: Node, index: int, piece: Piece, grip: Grip, minus: str) -> bool:
    need = grip.need(index)
    signed = piece.text.startswith(minus)
    if piece.level is Level.FUNCTION and node.op is Op.MULTIPLY and 0 < index == len(node.args) - 1:
        return signed
    if signed and (node.op is Op.NEGATE or (node.op is Op.BIND and need is Level.FUNCTION)):
        return True
    if need is Level.SIGNED and piece.level is Level.POWER:
        return True  # an exponent may have a sign, but on one line no exponent of its own
    return piece.level < need


def _is_whole(node: Node) -> bool:
    return node.op is Op.NUMBER and cast(fmpq, node.value).q == 1 and cast(fmpq, node.value) >= 0


def _is_factor(node: Node) -> bool:
    if node.op in (Op.NUMBER, Op.DECIMAL):
        return cast(fmpq, node.value) not in (0, 1, -1)
    return node.op is Op.CALL and cast(Callee, node.value).name in ("exp", "sqrt", "transpose", "norm")


def _is_derivative(node: Node) -> bool:
    return node.op is Op.NAME and len(pieces(cast(str, node.value))) > 1


def _name(node: Node) -> Grip:
    if _is_derivative(node):
        return Grip(Level.PRODUCT)
    return Grip(Level.POWER if "^" in cast(str, node.value) else Level.ATOM)


def _drawn_name(node: Node) -> Grip:
    return Grip(Level.POWER) if _is_derivative(node) else _name(node)


def _number(node: Node) -> Grip:
    value = cast(fmpq, node.value)
    if value.q != 1:
        return Grip(Level.PRODUCT)
    return Grip(Level.SIGNED if value < 0 else Level.ATOM)


def _drawn_number(node: Node) -> Grip:
    value = cast(fmpq, node.value)
    if value < 0:
        return Grip(Level.SIGNED)
    return Grip(Level.ATOM if value.q == 1 else Level.POWER)


def _decimal_grip(node: Node) -> Grip:
    return Grip(Level.SIGNED if cast(fmpq, node.value) < 0 else Level.ATOM)


def _given(node: Node) -> Grip:
    return Grip(Level.ON if " " in str(node.value) else Level.ATOM)


def _paper_call(node: Node) -> Grip:
    name = cast(Callee, node.value).name
    if name == "exp" and len(node.args) == 1:
        return Grip(Level.POWER, (Level.SIGNED,))
    if name in ("sqrt", "transpose") and len(node.args) == 1:
        return Grip(Level.POWER, (Level.ATOM,))
    if name == "dot" and len(node.args) == 2:
        return Grip(Level.HADAMARD, (Level.POWER,))
    if name == "labels":
        return Grip(Level.CONDITION, (Level.CHAIN,))
    return Grip(Level.FUNCTION if is_bare(node) else Level.ATOM)


def _drawn_call(node: Node) -> Grip:
    grip = _paper_call(node)
    return Grip(grip.own) if cast(Callee, node.value).name in ("exp", "sqrt") else grip


def _bind(node: Node) -> Grip:
    scope = cast(Scope, node.value)
    ends = (Level.ON,) * scope.ends
    if scope.binder.function in QUANTIFIERS:
        return Grip(Level.CONDITION, (Level.OR, *ends, Level.OR))
    return Grip(Level.FUNCTION, (Level.FUNCTION, *ends, Level.OR))


def _cases(node: Node) -> Grip:
    last = Level.OR if len(node.args) % 2 == 0 else Level.CONDITION
    return Grip(Level.CONDITION, (*[Level.OR] * (len(node.args) - 1), last))


_SELF_CONTAINED = (Op.TEXT, Op.TRUTH, Op.NAME, Op.CODE, Op.DIMS, Op.CALL, Op.TUPLE, Op.SET, Op.TENSOR, Op.INTERVAL)

SOURCE: Grips = {
    **dict.fromkeys(_SELF_CONTAINED, Grip(Level.ATOM)),
    Op.NUMBER: _number,
    Op.DECIMAL: _decimal_grip,
    Op.GIVEN: _given,
    Op.ADD: Grip(Level.SUM, (Level.FUNCTION,)),
    Op.NEGATE: Grip(Level.SIGNED, (Level.FUNCTION,)),
    Op.MULTIPLY: Grip(Level.PRODUCT, (Level.PRODUCT, Level.POWER)),
    Op.HADAMARD: Grip(Level.HADAMARD, (Level.PRODUCT, Level.POWER)),
    Op.DIVIDE: Grip(Level.PRODUCT, (Level.PRODUCT, Level.POWER)),
    Op.POWER: Grip(Level.POWER, (Level.ATOM, Level.SIGNED)),
    Op.COMPARE: Grip(Level.COMPARE, (Level.ON,)),
    Op.AND: Grip(Level.AND, (Level.NOT,)),
    Op.OR: Grip(Level.OR, (Level.AND,)),
    Op.NOT: Grip(Level.NOT, (Level.NOT,)),
    Op.IF: Grip(Level.CONDITION, (Level.OR, Level.OR, Level.CONDITION)),
    Op.ON: Grip(Level.ON, (Level.ON, Level.CHAIN)),
    Op.CHAIN: Grip(Level.CHAIN, (Level.SUM,)),
    Op.BIND: Grip(Level.ATOM, (Level.CONDITION, Level.ON, Level.OR)),
    Op.ENTRY: Grip(Level.ATOM, (Level.ATOM, Level.CONDITION)),
}
PAPER: Grips = {
    **SOURCE,
    Op.NAME: _name,
    Op.DIMS: Grip(Level.PRODUCT, (Level.POWER,)),
    Op.CALL: _paper_call,
    Op.BIND: _bind,
    Op.IF: _cases,
}
DRAWN: Grips = {
    **PAPER,
    Op.NUMBER: _drawn_number,
    Op.NAME: _drawn_name,
    Op.DIVIDE: Grip(Level.POWER),
    Op.POWER: Grip(Level.POWER, (Level.ATOM, Level.CONDITION)),
    Op.CALL: _drawn_call,
    Op.IF: Grip(Level.CONDITION),
}
