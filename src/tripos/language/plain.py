"""Plain text: an expression as people write it on paper, on one line of Unicode: `8·3·3·3 + 8`, `8×32×32`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from flint import fmpq

from tripos.language.grouping import PAPER, Row, Style, arguments, is_bare, rows_of, summed, typeset
from tripos.language.layout import Layout, Scope, Signs, limits
from tripos.language.notation import STEPS, lettering, pieces, shown_decimal, value_tree
from tripos.language.tree import Callee, Node, Op, Relation
from tripos.language.values import Undecided, Undefined, Value

MINUS = "−"
RELATIONS: Mapping[Relation, str] = {
    Relation.EQUAL: "=",
    Relation.UNEQUAL: "≠",
    Relation.LESS: "<",
    Relation.AT_MOST: "≤",
    Relation.GREATER: ">",
    Relation.AT_LEAST: "≥",
}
DOMAINS: Mapping[str, str] = {
    "reals": "ℝ",
    "positives": "ℝ_{>0}",
    "integers": "ℤ",
    "positive integers": "ℤ_{>0}",
}
QUANTIFIED: Mapping[str, str] = {"always": "for all", "sometimes": "for some", "never": "for no"}
REDUCED: Mapping[str, str] = {"sum": "∑", "prod": "∏", "max": "max", "min": "min"}
SIGNS = Signs(" ≠ ", " ∈ ", " ≤ ", "=", ", ")
NAMED: Mapping[str, str] = {"trace": "tr", "log2": "log_2", "log10": "log_10", "Theta": "Θ"}
FUNCTIONS: Mapping[str, Callable[[str], str]] = {
    "exp": lambda text: f"e^{text}",
    "sqrt": lambda text: f"√{text}",
    "abs": lambda text: f"|{text}|",
    "floor": lambda text: f"⌊{text}⌋",
    "ceil": lambda text: f"⌈{text}⌉",
    "mask": lambda text: text,
    "transpose": lambda text: f"{text}^T",
    "norm": lambda text: f"‖{text}‖",
}
PAIRS: Mapping[str, Callable[[str, str], str]] = {
    "norm": lambda text, order: f"‖{text}‖_{order}",
    "dot": lambda left, right: f"{left} · {right}",
}


def of(node: Node) -> str:
    """A tree on one line."""
    return typeset(node, STYLE)


def of_value(value: Value) -> str:
    """A value on one line."""
    return of(value_tree(value))


def word(value: object) -> str:
    """What has no notation, in words: undefined, undecided, a network."""
    match value:
        case Undefined():
            return "undefined"
        case Undecided():
            return "undecided"
        case _:
            return str(value)


def filled(node: Node, texts: Sequence[str]) -> str:
    """A code with its holes filled: CONV3-8; a hole that is no whole number keeps its braces."""
    first, *others = cast("tuple[str, ...]", node.value)
    holes = [text if text.isdecimal() else f"{{{text}}}" for text in texts]
    return first + "".join(hole + piece for hole, piece in zip(holes, others, strict=True))


def _decimal(node: Node, _: Sequence[str]) -> str:
    return shown_decimal(cast(fmpq, node.value)).replace("-", MINUS)


def _name(node: Node, _: Sequence[str]) -> str:
    name = cast(str, node.value)
    return DOMAINS.get(name) or named(name)


def named(name: str) -> str:
    """A name on one line: its Greek letters are letters."""
    parts = [lettering(piece) for piece in pieces(name)]
    below = ["_".join((part.word, *map(_index, part.subscripts))) for part in parts]
    texts = [text + ("^" if part.raised else "") + part.raised for text, part in zip(below, parts, strict=True)]
    return f"∂{texts[0]}/∂{texts[1]}" if len(texts) > 1 else texts[0] + parts[0].primes


def _index(text: str) -> str:
    return f"{{{text.replace('-', MINUS)}}}" if STEPS & set(text) else text


def interval(node: Node, texts: Sequence[str], comma: str = ", ") -> tuple[str, str, str]:
    """An interval's opening bracket, its two ends, and its closing bracket."""
    low, high = cast("tuple[bool, bool]", node.value)
    return "[" if low else "(", comma.join(texts), "]" if high else ")"


def edges(texts: Sequence[str], colon: str) -> list[str]:
    """Each edge with its label."""
    return [f"{edge}{colon}{label}" for edge, label in zip(texts[::2], texts[1::2], strict=True)]


def _dims(_: Node, texts: Sequence[str]) -> str:
    return ("×" if all(text.isalnum() for text in texts) else " × ").join(texts)


def _compare(node: Node, texts: Sequence[str]) -> str:
    relations = cast("tuple[Relation, ...]", node.value)
    return texts[0] + "".join(f" {RELATIONS[sign]} {text}" for sign, text in zip(relations, texts[1:], strict=True))


def _call(node: Node, texts: Sequence[str]) -> str:
    name = cast(Callee, node.value).name
    if name in FUNCTIONS and len(texts) == 1:
        return FUNCTIONS[name](texts[0])
    if name in PAIRS and len(texts) == 2:
        return PAIRS[name](*texts)
    if name == "labels":
        return ", ".join(edges(texts, ": "))
    shown = NAMED.get(name) or named(name)
    if is_bare(node):
        return f"{shown} {texts[0]}"
    return f"{shown}({', '.join(arguments(node, texts, lambda word, text: f'{word} = {text}'))})"


def _bind(node: Node, texts: Sequence[str]) -> str:
    binder = cast(Scope, node.value).binder
    below, above = limits(node, texts, named(binder.variable), SIGNS)
    if binder.function in REDUCED:
        return f"{REDUCED[binder.function]}_{{{below}}}{f'^{{{above}}}' if above else ''} {texts[0]}"
    return f"{texts[0]} {QUANTIFIED[binder.function]} {below}"


def _entry(node: Node, texts: Sequence[str]) -> str:
    if node.args[0].op is Op.NAME and len(texts) == 2 and texts[1].isalnum() and "{" not in texts[0]:
        return "_".join(texts)
    return f"{texts[0]}[{', '.join(texts[1:])}]"


def _tensor(node: Node, texts: Sequence[str]) -> str:
    return f"[{'; '.join(', '.join(row) for row in rows_of(node, texts))}]"


def _if(_: Node, texts: Sequence[str]) -> str:
    cases = [f"{then} if {condition}" for condition, then in zip(texts[::2], texts[1::2], strict=False)]
    return ", ".join(cases) if len(texts) % 2 == 0 else f"{', '.join(cases)}, otherwise {texts[-1]}"


TABLE: Mapping[Op, Row] = {
    Op.NUMBER: lambda node, _: str(node.value).replace("-", MINUS),
    Op.DECIMAL: _decimal,
    Op.TEXT: lambda node, _: str(node.value),
    Op.TRUTH: lambda node, _: "true" if node.value else "false",
    Op.NAME: _name,
    Op.GIVEN: lambda node, _: word(node.value),
    Op.DIMS: _dims,
    Op.CODE: filled,
    Op.ADD: lambda _, texts: summed(texts, STYLE, " + ", f" {MINUS} "),
    Op.NEGATE: lambda _, texts: MINUS + texts[0],
    Op.MULTIPLY: lambda _, texts: "·".join(texts),
    Op.HADAMARD: lambda _, texts: " ⊙ ".join(texts),
    Op.DIVIDE: lambda _, texts: "/".join(texts),
    Op.POWER: lambda _, texts: "^".join(texts),
    Op.COMPARE: _compare,
    Op.AND: lambda _, texts: " and ".join(texts),
    Op.OR: lambda _, texts: " or ".join(texts),
    Op.NOT: lambda _, texts: f"not {texts[0]}",
    Op.IF: _if,
    Op.ON: lambda _, texts: " on ".join(texts),
    Op.CHAIN: lambda _, texts: " → ".join(texts),
    Op.CALL: _call,
    Op.BIND: _bind,
    Op.ENTRY: _entry,
    Op.TUPLE: lambda _, texts: f"({', '.join(texts)})",
    Op.SET: lambda _, texts: f"{{{', '.join(texts)}}}",
    Op.TENSOR: _tensor,
    Op.INTERVAL: lambda node, texts: "".join(interval(node, texts)),
}

STYLE: Style = Style(TABLE, PAPER, lambda text: f"({text})", MINUS, Layout.PAPER)
