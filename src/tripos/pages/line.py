"""A line of mathematics: one formula, or several of a long one, since browsers break lines between formulas only.

A sum is only taken apart where no term needs brackets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias, cast

from flint import fmpq

from tripos.language import plain, tree
from tripos.language.tree import Node, Op, Relation, walk
from tripos.pages.formula import formula
from tripos.pages.markup import NOTHING, Html, element, joined

LONGEST = 56  # characters of what is not taken apart
ENDLESS = 2_000  # beyond, no formula helps
Part: TypeAlias = tuple[str, Node]  # the sign before it, and what follows
LOGICAL = (Op.OR, Op.AND)
NUMBERS = (Op.NUMBER, Op.DECIMAL)
CLOSED = frozenset({*NUMBERS, Op.NAME, Op.ADD, Op.NEGATE, Op.MULTIPLY, Op.DIVIDE, Op.POWER, Op.ENTRY})
LOOSE = frozenset({*LOGICAL, Op.NOT, Op.COMPARE, Op.IF, Op.BIND})


def line(node: Node) -> Html:
    """An expression as mathematics that fits where text does."""
    parts: list[Part] = [("", node)]
    for op in (*LOGICAL, Op.COMPARE, Op.ADD):
        parts = [part for whole in parts for part in (_apart(whole) if _is_open(whole[1], op) else [whole])]
    return joined([joined([operator(sign) if sign else NOTHING, _piece(part)]) for sign, part in parts])


def operator(sign: str) -> Html:
    """A sign between two formulas."""
    return element("span", f" {sign} ", class_="operator")


def _is_open(node: Node, op: Op) -> bool:
    if node.op is not op or not _is_long(node):
        return False
    match op:
        case Op.ADD:
            return all(map(_is_term, node.args))
        case Op.COMPARE:
            return not any(arg.op in LOOSE for arg in node.args)
        case _:
            # What holds tighter than `and` holds tighter than `or`, and a comparison tighter than both.
            return all(arg.op not in LOOSE or arg.op is Op.COMPARE for arg in node.args)


def _apart(part: Part) -> Iterator[Part]:
    before, node = part
    terms = [_term(arg) if node.op is Op.ADD else ("", arg) for arg in node.args]
    yield before, node.args[0]
    for at, (sign, term) in enumerate(terms[1:]):
        match node.op:
            case Op.COMPARE:
                yield plain.RELATIONS[cast("Sequence[Relation]", node.value)[at]], term
            case Op.ADD:
                yield sign, term
            case _:
                yield str(node.op.value), term


def _is_term(node: Node) -> bool:
    _, body = _term(node)
    first = body
    while first.op is Op.MULTIPLY:
        first = first.args[0]
    signed = first.op is Op.NEGATE or (first.op in NUMBERS and cast(fmpq, first.value) < 0)
    return body.op is not Op.ADD and not signed and all(inner.op in CLOSED for inner in walk(body))


def _term(node: Node) -> Part:
    if node.op is Op.NEGATE:
        return "−", node.args[0]
    if node.op is Op.NUMBER and cast(fmpq, node.value) < 0:
        return "−", tree.number(-cast(fmpq, node.value))
    return "+", node


def _is_long(node: Node) -> bool:
    return len(plain.of(node)) > LONGEST


def _piece(node: Node) -> Html:
    if not _is_long(node):
        return formula(node)
    text = plain.of(node)
    if len(text) > ENDLESS:
        return element("span", text, class_="expression")
    return element("span", formula(node), class_="long")
