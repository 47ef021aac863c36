"""MathML Core, written by ourselves without any process. Every text is escaped.

A row gives a run of elements, which is wrapped in one `mrow` only where an element takes exactly one. Lists of cases
have the class `cases`, whose cells a style sheet sets flush left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import cast

from flint import fmpq

from tripos.language import plain
from tripos.language.grouping import DRAWN, Row, Style, arguments, is_bare, is_juxtaposed, rows_of, summed, typeset
from tripos.language.layout import Layout, Scope, Signs, limits
from tripos.language.notation import ACCENTS, STEPS, lettering, pieces, shown_decimal, value_tree
from tripos.language.tree import Callee, Node, Op, Relation
from tripos.language.values import Value

MINUS = '<mo form="prefix">−</mo>'
TIMES, SIDE_BY_SIDE, APPLIED = "<mo>⋅</mo>", "<mo>\u2062</mo>", "<mo>\u2061</mo>"
COMMA = "<mo>,</mo>"
CAPITALS = frozenset("ΓΔΘΛΞΠΣΥΦΨΩ")  # upright, as in LaTeX, so that the prose and we agree
THIN = '<mspace width="0.1667em"></mspace>'  # browsers leave no space round the name of a function
DOMAINS: Mapping[str, str] = {
    "reals": "<mi>ℝ</mi>",
    "positives": "<msub><mi>ℝ</mi><mrow><mo>&gt;</mo><mn>0</mn></mrow></msub>",
    "integers": "<mi>ℤ</mi>",
    "positive integers": "<msub><mi>ℤ</mi><mrow><mo>&gt;</mo><mn>0</mn></mrow></msub>",
}
REDUCED: Mapping[str, str] = {
    "sum": "<mo>∑</mo>",
    "prod": "<mo>∏</mo>",
    "max": '<mo movablelimits="true" lspace="0" rspace="0">max</mo>',
    "min": '<mo movablelimits="true" lspace="0" rspace="0">min</mo>',
}
MARKS: Mapping[str, str] = {mark: mark for mark in ACCENTS} | {"\u0304": "\u203e"}  # as Pandoc has them in the prose
PRIMES = {1: "′", 2: "″", 3: "‴"}
SIGNS = Signs("<mo>≠</mo>", "<mo>∈</mo>", "<mo>≤</mo>", "<mo>=</mo>", COMMA)
NAMED: Mapping[str, str] = {
    "trace": "<mi>tr</mi>",
    "log2": "<msub><mi>log</mi><mn>2</mn></msub>",
    "log10": "<msub><mi>log</mi><mn>10</mn></msub>",
}
FUNCTIONS: Mapping[str, Callable[[str], str]] = {
    "exp": lambda text: f"<msup><mi>e</mi>{one(text)}</msup>",
    "sqrt": lambda text: f"<msqrt>{text}</msqrt>",
    "abs": lambda text: fenced("|", text, "|"),
    "floor": lambda text: fenced("⌊", text, "⌋"),
    "ceil": lambda text: fenced("⌈", text, "⌉"),
    "mask": lambda text: text,
    "transpose": lambda text: f"<msup>{one(text)}<mi>⊤</mi></msup>",
    "norm": lambda text: fenced("‖", text, "‖"),
}
PAIRS: Mapping[str, Callable[[str, str], str]] = {
    "norm": lambda text, order: f"<msub>{fenced('‖', text, '‖')}{one(order)}</msub>",
    "dot": lambda left, right: f"{left}{TIMES}{right}",
}

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no XML may hold
_LEAF = re.compile(r"<(mi|mn|mtext)(?: [^>]*)?>[^<]*</\1>")


def of(node: Node, block: bool = False) -> str:
    """A tree as a `math` element, in the line or as a block."""
    display = ' display="block"' if block else ""
    return f"<math{display}>{one(typeset(node, STYLE))}</math>"


def of_value(value: Value, block: bool = False) -> str:
    """A value as a `math` element."""
    return of(value_tree(value), block)


def one(run: str) -> str:
    """A run of elements as one element."""
    return run if _LEAF.fullmatch(run) else f"<mrow>{run}</mrow>"


def fenced(opening: str, run: str, closing: str) -> str:
    """A run between two fences, which grow with it."""
    return f"<mrow>{_fence(opening, 'prefix')}{run}{_fence(closing, 'postfix')}</mrow>"


def words(text: str) -> str:
    """Ordinary text inside mathematics; its outer blanks would be lost if they could break."""
    inner = NO_XML.sub("\ufffd", text).strip(" ")
    before = "\u00a0" * (len(text) - len(text.lstrip(" ")))
    after = "\u00a0" * (len(text) - len(text.rstrip(" "))) if inner else ""
    return f"<mtext>{before}{escape(inner)}{after}</mtext>"


def _fence(sign: str, form: str) -> str:
    return f'<mo form="{form}" fence="true" stretchy="true">{sign}</mo>'


def _letter(text: str) -> str:
    if text.isdecimal():
        return f"<mn>{text}</mn>"
    if STEPS & set(text):
        return "".join(_sign(part) if part in STEPS else _letter(part) for part in re.split("([+-])", text))
    upright = ' mathvariant="normal"' if text in CAPITALS else ""
    return f"<mi{upright}>{escape(text)}</mi>"


def _sign(sign: str) -> str:
    return f"<mo>{sign.replace('-', '−')}</mo>"


def _named(name: str) -> str:
    whole = pieces(name)
    if len(whole) > 1:
        above, below = (one(f"<mi>∂</mi>{_named(piece)}") for piece in whole)
        return f"<mfrac>{above}{below}</mfrac>"
    parts = lettering(name)
    word, mark = parts.accented
    base = f'<mover>{_letter(word)}<mo accent="true">{MARKS[mark]}</mo></mover>' if mark else _letter(word)
    below = one(COMMA.join(map(_letter, parts.subscripts))) if parts.subscripts else ""
    raised = "".join(_letter(part) if part.isalnum() else f"<mo>{escape(part)}</mo>" for part in _runs(parts.raised))
    above = one(raised + _primes(len(parts.primes))) if raised or parts.primes else ""
    return _scripted(base, below, above)


def _primes(count: int) -> str:
    return f"<mo>{PRIMES.get(count, PRIMES[1] * count)}</mo>" if count else ""


def _runs(text: str) -> list[str]:
    return re.findall(r"\w+|\W", text)


def _scripted(base: str, below: str, above: str) -> str:
    if below and above:
        return f"<msubsup>{base}{below}{above}</msubsup>"
    return f"<msub>{base}{below}</msub>" if below else f"<msup>{base}{above}</msup>" if above else base


def _name(node: Node, _: Sequence[str]) -> str:
    name = cast(str, node.value)
    return DOMAINS.get(name) or _named(name)


def _number(node: Node, _: Sequence[str]) -> str:
    value = cast(fmpq, node.value)
    size = f"<mn>{abs(value.p)}</mn>"
    if value.q != 1:
        size = f"<mfrac>{size}<mn>{value.q}</mn></mfrac>"
    return f"{MINUS}{size}" if value < 0 else size


def _decimal(node: Node, _: Sequence[str]) -> str:
    shown = shown_decimal(cast(fmpq, node.value))
    digits = f"<mn>{shown.removeprefix('-')}</mn>"
    return f"{MINUS}{digits}" if shown.startswith("-") else digits


def _multiply(node: Node, texts: Sequence[str]) -> str:
    parts = [texts[0]]
    for left, right, text in zip(node.args, node.args[1:], texts[1:], strict=False):
        parts.append(_side_by_side(right) if is_juxtaposed(left, right) else TIMES)
        parts.append(text)
    return "".join(parts)


def _side_by_side(right: Node) -> str:
    first = right.args[0] if right.op is Op.POWER else right
    is_word = first.op is Op.CALL and cast(Callee, first.value).name not in FUNCTIONS
    return SIDE_BY_SIDE + THIN if is_word else SIDE_BY_SIDE


def _compare(node: Node, texts: Sequence[str]) -> str:
    relations = cast("tuple[Relation, ...]", node.value)
    signs = [f"<mo>{escape(plain.RELATIONS[sign])}</mo>" for sign in relations]
    return texts[0] + "".join(sign + text for sign, text in zip(signs, texts[1:], strict=True))


def _table(rows: Iterable[Sequence[str]], attributes: str = "") -> str:
    lines = ("".join(f"<mtd>{cell}</mtd>" for cell in row) for row in rows)
    return f"<mtable{attributes}>{''.join(f'<mtr>{line}</mtr>' for line in lines)}</mtable>"


def _if(_: Node, texts: Sequence[str]) -> str:
    # condition, then, condition, then, ..., otherwise: a chain of conditionals is one list of cases
    cases = [(then, words("if ") + condition) for condition, then in zip(texts[::2], texts[1::2], strict=False)]
    if len(texts) % 2:
        cases.append((texts[-1], words("otherwise")))
    table = _table(cases, ' class="cases" columnalign="left left"')
    return f"<mrow>{_fence('{', 'prefix')}{table}</mrow>"


def _call(node: Node, texts: Sequence[str]) -> str:
    function = cast(Callee, node.value).name
    if function in FUNCTIONS and len(texts) == 1:
        return FUNCTIONS[function](texts[0])
    if function in PAIRS and len(texts) == 2:
        return PAIRS[function](*texts)
    if function == "labels":
        return COMMA.join(plain.edges(texts, "<mo>:</mo>"))
    is_symbol = len(lettering(function).word) == 1 or function.endswith("'")
    shown = NAMED.get(function) or (_named(function) if is_symbol else f"<mi>{escape(function)}</mi>")
    if is_bare(node):
        return f"{shown}{APPLIED}{THIN}{texts[0]}"
    named = arguments(node, texts, lambda word, text: f"{words(word)}<mo>=</mo>{text}")
    return f"{shown}{APPLIED}{fenced('(', COMMA.join(named), ')')}"


def _bind(node: Node, texts: Sequence[str]) -> str:
    binder = cast(Scope, node.value).binder
    below, above = limits(node, texts, _named(binder.variable), SIGNS)
    if binder.function not in REDUCED:
        return f"{texts[0]}{words(f' {plain.QUANTIFIED[binder.function]} ')}{below}"
    sign = f"{REDUCED[binder.function]}{one(below)}"
    whole = f"<munderover>{sign}{one(above)}</munderover>" if above else f"<munder>{sign}</munder>"
    return f"{whole}{THIN}{texts[0]}"


def _power(node: Node, texts: Sequence[str]) -> str:
    base, exponent = texts
    if node.args[0].op in (Op.ENTRY, Op.NAME) and base.startswith("<msub>"):
        return f"<msubsup>{base.removeprefix('<msub>').removesuffix('</msub>')}{one(exponent)}</msubsup>"
    return f"<msup>{one(base)}{one(exponent)}</msup>"


def _tensor(node: Node, texts: Sequence[str]) -> str:
    return fenced("[", _table(rows_of(node, texts)), "]")


def _joined(sign: str) -> Row:
    return lambda _, texts: sign.join(texts)


TABLE: Mapping[Op, Row] = {
    Op.NUMBER: _number,
    Op.DECIMAL: _decimal,
    Op.TEXT: lambda node, _: words(str(node.value)),
    Op.TRUTH: lambda node, _: words("true" if node.value else "false"),
    Op.NAME: _name,
    Op.GIVEN: lambda node, _: words(plain.word(node.value)),
    Op.DIMS: _joined("<mo>×</mo>"),
    Op.CODE: lambda node, _: words(plain.filled(node, [plain.of(arg) for arg in node.args])),
    Op.ADD: lambda _, texts: summed(texts, STYLE, "<mo>+</mo>", "<mo>−</mo>"),
    Op.NEGATE: lambda _, texts: MINUS + texts[0],
    Op.MULTIPLY: _multiply,
    Op.HADAMARD: _joined("<mo>⊙</mo>"),
    Op.DIVIDE: lambda _, texts: f"<mfrac>{one(texts[0])}{one(texts[1])}</mfrac>",
    Op.POWER: _power,
    Op.COMPARE: _compare,
    Op.AND: _joined(words(" and ")),
    Op.OR: _joined(words(" or ")),
    Op.NOT: lambda _, texts: words("not ") + texts[0],
    Op.IF: _if,
    Op.ON: _joined(words(" on ")),
    Op.CHAIN: _joined("<mo>→</mo>"),
    Op.CALL: _call,
    Op.BIND: _bind,
    Op.ENTRY: lambda _, texts: f"<msub>{one(texts[0])}{one(COMMA.join(texts[1:]))}</msub>",
    Op.TUPLE: lambda _, texts: fenced("(", COMMA.join(texts), ")"),
    Op.SET: lambda _, texts: fenced("{", COMMA.join(texts), "}"),
    Op.TENSOR: _tensor,
    Op.INTERVAL: lambda node, texts: fenced(*plain.interval(node, texts, COMMA)),
}

STYLE: Style = Style(TABLE, DRAWN, lambda run: fenced("(", run, ")"), MINUS, Layout.DRAWN)
