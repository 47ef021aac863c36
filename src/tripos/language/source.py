"""The author's notation: what the reader reads again as the same tree, `40*ln(2)` or `(a + b)^2`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from flint import fmpq

from tripos.language.grouping import SOURCE, Row, Style, arguments, rows_of, summed, typeset
from tripos.language.layout import Layout
from tripos.language.notation import decimal, value_tree
from tripos.language.tree import Binder, Callee, Node, Op, Relation
from tripos.language.values import Undecided, Undefined, Value


def of(node: Node) -> str:
    """A tree as its author would write it."""
    return typeset(node, STYLE)


def of_value(value: Value) -> str:
    """A value as its author would write it. What is undefined or undecided has no notation, and is so called."""
    return of(value_tree(value))


def _decimal(node: Node, _: Sequence[str]) -> str:
    found = decimal(cast(fmpq, node.value))
    assert found is not None  # the others were prepared as fractions
    digits, exponent = found
    return f"{digits}e{exponent}" if exponent else digits


def _given(node: Node, _: Sequence[str]) -> str:
    match node.value:
        case Undefined():
            return "undefined"
        case Undecided():
            return "undecided"
        case _:
            return str(node.value)


def _dims(node: Node, texts: Sequence[str]) -> str:
    if any(char in text for text in texts for char in "{}"):
        return f"({', '.join(texts)})"  # no braces in the braces of a hole; a tuple means the same
    plain = [arg.op is Op.NUMBER and text.isdecimal() for arg, text in zip(node.args, texts, strict=True)]
    return "x".join(text if digits else f"{{{text}}}" for text, digits in zip(texts, plain, strict=True))


def _code(node: Node, texts: Sequence[str]) -> str:
    first, *others = cast("tuple[str, ...]", node.value)
    return first + "".join(f"{{{hole}}}{piece}" for hole, piece in zip(texts, others, strict=True))


def _compare(node: Node, texts: Sequence[str]) -> str:
    relations = cast("tuple[Relation, ...]", node.value)
    return texts[0] + "".join(f" {sign} {text}" for sign, text in zip(relations, texts[1:], strict=True))


def _call(node: Node, texts: Sequence[str]) -> str:
    # After the first argument, `=` would name an argument; the `=` of a label comes after its arrow.
    safe = [
        f"({text})" if index and arg.op is Op.COMPARE and arg.args[0].op is not Op.CHAIN else text
        for index, (arg, text) in enumerate(zip(node.args, texts, strict=True))
    ]
    inside = arguments(node, safe, lambda name, text: f"{name}={text}")
    return f"{cast(Callee, node.value).name}({', '.join(inside)})"


def _bind(node: Node, texts: Sequence[str]) -> str:
    binder = cast(Binder, node.value)
    ranging = f"{binder.variable} {'!=' if binder.excludes else 'in'} {texts[1]}"
    return f"{binder.function}({texts[0]} for {' if '.join([ranging, *texts[2:]])})"


def _entry(node: Node, texts: Sequence[str]) -> str:
    plain = all(arg.op is Op.NAME and not set("^/'{") & set(text) for arg, text in zip(node.args, texts, strict=True))
    if plain and len(texts) == 2 and "_" not in texts[1]:
        return "_".join(texts)
    return f"{texts[0]}[{', '.join(texts[1:])}]"


def _tensor(node: Node, texts: Sequence[str]) -> str:
    return f"[{'; '.join(', '.join(row) for row in rows_of(node, texts))}]"


def _if(_: Node, texts: Sequence[str]) -> str:
    condition, then, otherwise = texts
    return f"{then} if {condition} else {otherwise}"


def _interval(node: Node, texts: Sequence[str]) -> str:
    inside = ", ".join(texts)
    match node.value:
        case (False, False):
            return f"open({inside})"
        case (True, True):
            return f"closed({inside})"
        case (True, False):
            return f"[{inside})"
        case _:
            return f"({inside}]"


TABLE: Mapping[Op, Row] = {
    Op.NUMBER: lambda node, _: str(node.value),
    Op.DECIMAL: _decimal,
    Op.TEXT: lambda node, _: '"{}"'.format(str(node.value).replace('"', "”")),  # a text cannot hold its own quote
    Op.TRUTH: lambda node, _: "true" if node.value else "false",
    Op.NAME: lambda node, _: str(node.value),
    Op.GIVEN: _given,
    Op.DIMS: _dims,
    Op.CODE: _code,
    Op.ADD: lambda _, texts: summed(texts, STYLE, " + ", " - "),
    Op.NEGATE: lambda _, texts: f"-{texts[0]}",
    Op.MULTIPLY: lambda _, texts: "*".join(texts),
    Op.HADAMARD: lambda _, texts: " ⊙ ".join(texts),
    Op.DIVIDE: lambda _, texts: "/".join(texts),
    Op.POWER: lambda _, texts: "^".join(texts),
    Op.COMPARE: _compare,
    Op.AND: lambda _, texts: " and ".join(texts),
    Op.OR: lambda _, texts: " or ".join(texts),
    Op.NOT: lambda _, texts: f"not {texts[0]}",
    Op.IF: _if,
    Op.ON: lambda _, texts: " on ".join(texts),
    Op.CHAIN: lambda _, texts: " -> ".join(texts),
    Op.CALL: _call,
    Op.BIND: _bind,
    Op.ENTRY: _entry,
    Op.TUPLE: lambda _, texts: f"({', '.join(texts)})",
    Op.SET: lambda _, texts: f"{{{', '.join(texts)}}}",
    Op.TENSOR: _tensor,
    Op.INTERVAL: _interval,
}

STYLE: Style = Style(TABLE, SOURCE, lambda text: f"({text})", "-", Layout.SOURCE)
