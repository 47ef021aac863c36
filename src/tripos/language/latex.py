r"""LaTeX: an expression in two dimensions, `\frac{1}{2} x^{2}`, in commands that Pandoc, KaTeX and LaTeX all know."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from flint import fmpq

from tripos.language import plain
from tripos.language.grouping import DRAWN, Row, Style, arguments, is_bare, is_juxtaposed, rows_of, summed, typeset
from tripos.language.layout import Layout, Scope, Signs, limits
from tripos.language.notation import ACCENTS, GREEK, STEPS, is_letter, lettering, pieces, shown_decimal, value_tree
from tripos.language.tree import Callee, Node, Op, Relation, name
from tripos.language.values import Value

VARIANTS = {"epsilon": "varepsilon", "phi": "varphi"}  # ε and φ as the other styles have them
COMMANDS: Mapping[str, str] = {letter: f"\\{VARIANTS.get(word, word)}" for word, letter in GREEK.items()}
SPECIAL = str.maketrans(
    {char: f"\\{char}" for char in "{}$&#%_"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)
RELATIONS: Mapping[Relation, str] = {
    Relation.EQUAL: "=",
    Relation.UNEQUAL: r"\neq",
    Relation.LESS: "<",
    Relation.AT_MOST: r"\leq",
    Relation.GREATER: ">",
    Relation.AT_LEAST: r"\geq",
}
DOMAINS: Mapping[str, str] = {
    "reals": r"\mathbb{R}",
    "positives": r"\mathbb{R}_{>0}",
    "integers": r"\mathbb{Z}",
    "positive integers": r"\mathbb{Z}_{>0}",
}
REDUCED: Mapping[str, str] = {"sum": r"\sum", "prod": r"\prod", "max": r"\max", "min": r"\min"}
SIGNS = Signs(r" \neq ", r" \in ", r" \leq ", "=", ", ")
NAMED: Mapping[str, str] = {"trace": r"\operatorname{tr}", "log2": r"\log_{2}", "log10": r"\log_{10}"}
OPERATORS = frozenset({"log", "ln", "max", "min", "tanh", "exp"})  # a command of their own
FUNCTIONS: Mapping[str, Callable[[str], str]] = {
    "exp": lambda text: f"e^{{{text}}}",
    "sqrt": lambda text: f"\\sqrt{{{text}}}",
    "abs": lambda text: fenced(r"\lvert", text, r"\rvert"),
    "floor": lambda text: fenced(r"\lfloor", text, r"\rfloor"),
    "ceil": lambda text: fenced(r"\lceil", text, r"\rceil"),
    "mask": lambda text: text,
    "transpose": lambda text: f"{text}^{{\\top}}",
    "norm": lambda text: fenced(r"\lVert", text, r"\rVert"),
}
PAIRS: Mapping[str, Callable[[str, str], str]] = {
    "norm": lambda text, order: FUNCTIONS["norm"](text) + f"_{{{order}}}",
    "dot": lambda left, right: rf"{left} \cdot {right}",
}
TALL = ("\\frac", "\\begin", "\\sum", "\\prod", "\\left", "\\sqrt")


def of(node: Node) -> str:
    """A tree in LaTeX's mathematics, without the dollars."""
    return typeset(node, STYLE)


def of_value(value: Value) -> str:
    """A value in LaTeX's mathematics."""
    return of(value_tree(value))


def words(text: str) -> str:
    """Ordinary text inside mathematics."""
    return f"\\text{{{text.translate(SPECIAL)}}}"


def fenced(opening: str, text: str, closing: str) -> str:
    """A text between two fences, which grow with it where it is tall."""
    if any(mark in text for mark in TALL):
        return f"\\left{opening} {text} \\right{closing}"
    blank = " " if opening.startswith("\\") and opening[-1].isalpha() else ""
    return f"{opening}{blank}{text}{blank}{closing}"


def _letter(text: str) -> str:
    if text == "∞":
        return r"\infty"
    if text in COMMANDS:
        return COMMANDS[text]
    if STEPS & set(text):
        return "".join(part if part in STEPS else _letter(part) for part in re.split("([+-])", text))
    if text.isdecimal() or (len(text) == 1 and text.isascii()):
        return text.translate(SPECIAL)
    return f"\\mathrm{{{text.translate(SPECIAL)}}}"


def _name(node: Node, _: Sequence[str]) -> str:
    text = cast(str, node.value)
    return DOMAINS.get(text) or _named(text)


def _named(text: str) -> str:
    whole = pieces(text)
    if len(whole) > 1:
        return rf"\frac{{\partial {_named(whole[0])}}}{{\partial {_named(whole[1])}}}"
    parts = lettering(text)
    word, mark = parts.accented
    base = f"\\{ACCENTS[mark]}{{{_letter(word)}}}" if mark else _letter(word)
    below = f"_{{{','.join(map(_letter, parts.subscripts))}}}" if parts.subscripts else ""
    return base + parts.primes + below + (f"^{{{parts.raised}}}" if parts.raised else "")


def _number(node: Node, _: Sequence[str]) -> str:
    value = cast(fmpq, node.value)
    if value.q == 1:
        return str(value)
    return f"{'-' if value < 0 else ''}\\frac{{{abs(value.p)}}}{{{value.q}}}"


def _decimal(node: Node, _: Sequence[str]) -> str:
    return shown_decimal(cast(fmpq, node.value))


def _multiply(node: Node, texts: Sequence[str]) -> str:
    pairs = zip(node.args, node.args[1:], strict=False)
    signs = [" " if is_juxtaposed(left, right) else r" \cdot " for left, right in pairs]
    return texts[0] + "".join(sign + text for sign, text in zip(signs, texts[1:], strict=True))


def _compare(node: Node, texts: Sequence[str]) -> str:
    relations = cast("tuple[Relation, ...]", node.value)
    return texts[0] + "".join(f" {RELATIONS[sign]} {text}" for sign, text in zip(relations, texts[1:], strict=True))


def _if(_: Node, texts: Sequence[str]) -> str:
    # condition, then, condition, then, ..., otherwise: a chain of conditionals is one list of cases
    cases = [f"{then} & \\text{{if }} {condition}" for condition, then in zip(texts[::2], texts[1::2], strict=False)]
    if len(texts) % 2:
        cases.append(rf"{texts[-1]} & \text{{otherwise}}")
    lines = r" \\ ".join(cases)
    return rf"\begin{{cases}} {lines} \end{{cases}}"


def _call(node: Node, texts: Sequence[str]) -> str:
    function = cast(Callee, node.value).name
    if function in FUNCTIONS and len(texts) == 1:
        return FUNCTIONS[function](texts[0])
    if function in PAIRS and len(texts) == 2:
        return PAIRS[function](*texts)
    if function == "labels":
        return ", ".join(plain.edges(texts, r"\colon "))
    if function in OPERATORS:
        shown = f"\\{function}"
    elif function in NAMED:
        shown = NAMED[function]
    elif is_letter(name(function)):
        shown = _name(name(function), ())
    else:
        shown = f"\\operatorname{{{function.translate(SPECIAL)}}}"
    if is_bare(node):
        return f"{shown} {texts[0]}"
    named = arguments(node, texts, lambda word, text: f"{words(word)} = {text}")
    return shown + fenced("(", ", ".join(named), ")")


def _bind(node: Node, texts: Sequence[str]) -> str:
    binder = cast(Scope, node.value).binder
    below, above = limits(node, texts, _named(binder.variable), SIGNS)
    if binder.function in REDUCED:
        return f"{REDUCED[binder.function]}_{{{below}}}{f'^{{{above}}}' if above else ''} {texts[0]}"
    return f"{texts[0]} {words(f' {plain.QUANTIFIED[binder.function]} ')} {below}"


def _entry(node: Node, texts: Sequence[str]) -> str:
    base = f"{{{texts[0]}}}" if node.args[0].op is Op.ENTRY or "_" in texts[0] else texts[0]
    return f"{base}_{{{','.join(texts[1:])}}}"


def _tensor(node: Node, texts: Sequence[str]) -> str:
    rows = r" \\ ".join(" & ".join(row) for row in rows_of(node, texts))
    return f"\\begin{{bmatrix}} {rows} \\end{{bmatrix}}"


def _tuple(_: Node, texts: Sequence[str]) -> str:
    return fenced("(", ", ".join(texts), ")")


TABLE: Mapping[Op, Row] = {
    Op.NUMBER: _number,
    Op.DECIMAL: _decimal,
    Op.TEXT: lambda node, _: words(str(node.value)),
    Op.TRUTH: lambda node, _: words("true" if node.value else "false"),
    Op.NAME: _name,
    Op.GIVEN: lambda node, _: words(plain.word(node.value)),
    Op.DIMS: lambda _, texts: r" \times ".join(texts),
    Op.CODE: lambda node, texts: words(plain.filled(node, texts)),
    Op.ADD: lambda _, texts: summed(texts, STYLE, " + ", " - "),
    Op.NEGATE: lambda _, texts: f"-{texts[0]}",
    Op.MULTIPLY: _multiply,
    Op.HADAMARD: lambda _, texts: r" \odot ".join(texts),
    Op.DIVIDE: lambda _, texts: f"\\frac{{{texts[0]}}}{{{texts[1]}}}",
    Op.POWER: lambda _, texts: f"{texts[0]}^{{{texts[1]}}}",
    Op.COMPARE: _compare,
    Op.AND: lambda _, texts: r" \text{ and } ".join(texts),
    Op.OR: lambda _, texts: r" \text{ or } ".join(texts),
    Op.NOT: lambda _, texts: rf"\text{{not }} {texts[0]}",
    Op.IF: _if,
    Op.ON: lambda _, texts: r" \text{ on } ".join(texts),
    Op.CHAIN: lambda _, texts: r" \to ".join(texts),
    Op.CALL: _call,
    Op.BIND: _bind,
    Op.ENTRY: _entry,
    Op.TUPLE: _tuple,
    Op.SET: lambda _, texts: fenced(r"\{", ", ".join(texts), r"\}"),
    Op.TENSOR: _tensor,
    Op.INTERVAL: lambda node, texts: fenced(*plain.interval(node, texts)),
}

STYLE: Style = Style(TABLE, DRAWN, lambda text: fenced("(", text, ")"), "-", Layout.DRAWN)
