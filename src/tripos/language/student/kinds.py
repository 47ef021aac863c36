"""Kinds: what an answer to a gap of each kind may be: one table from kind to how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import cast

from tripos.language import reader
from tripos.language.kind import Kind
from tripos.language.names import Names
from tripos.language.student import lines as rows_of_text
from tripos.language.student import shapes
from tripos.language.student.crosses import crossed
from tripos.language.student.grammar import Grammar
from tripos.language.student.labels import labels, without_label
from tripos.language.student.lexemes import PLAIN, SOLE, lexed
from tripos.language.student.lexicon import lexicon
from tripos.language.tree import Node, Op, Relation
from tripos.language.vocabulary import Vocabulary
from tripos.problem import Place, Problem, TriposError

Read = Callable[[str, Vocabulary, Names], Node]

_TRUTHS = {
    **dict.fromkeys(("true", "t", "yes", "correct", "✓", "✔"), True),
    **dict.fromkeys(("false", "f", "no", "wrong", "incorrect", "✗", "✘"), False),
}
_CALL = re.compile(r"[^\W\d_]\s*[({]|\\\{|\\[a-zA-Z]+\s*[({\[]")
_WRAPPED = re.compile(r"\s*\$?\s*\\(?:text|mathrm|textrm|textbf|textit|mbox)\s*\{([^{}]*)\}\s*\$?\s*")
_NONE = re.compile(r"\s*none(?: of (?:them|these|the above))?[.\s]*", re.IGNORECASE)
_LISTED = re.compile(r"\(?\b([A-Za-z])\)")  # a) and c)
_OR = re.compile(r"\bor\b")
_AND = re.compile(r"\band\b|&")
_LETTERS = re.compile(r"[\s,;]*(?:-|(?:[A-Za-z][\s,;]*)+)[.\s]*")


def grammar(text: str, names: Names, sole: bool = False, lines: bool = False, crosses: bool = False) -> Grammar:
    """A reading of a text, at its beginning. Where `lines` say so, a new line ends a row or a case."""
    known = lexicon(names)
    tokens = lexed(text, SOLE if sole else PLAIN)
    if lines and "\n" in text.strip():
        tokens = rows_of_text.parted(tokens, text)
    if "x" in text or "X" in text:
        tokens = crossed(tokens, known, text, crosses)
    found = Grammar(text, tokens, known)
    if found.ended():
        raise found.fault("nothing is written here.", "Write an answer.")
    return found


def _truth(text: str, _: Vocabulary, __: Names) -> Node:
    value = _TRUTHS.get(_unwrapped(text).strip().casefold())
    if value is None:
        raise TriposError(
            Problem(
                Place(),
                "this is neither true nor false.",
                'Answer "true" or "false".',
                text=text,
                width=max(1, len(text)),
            )
        )
    return Node(Op.TRUTH, value=value)


def _number(text: str, _: Vocabulary, names: Names) -> Node:
    # The commas of max(1,200) part its arguments.
    reading = grammar(text, names, sole=not _CALL.search(text), lines=True)
    labelled = without_label(reading)
    tree = reading.only_value()
    # 2·112 = 224 is one value, written twice.
    chained = tree.op is Op.COMPARE and set(cast("tuple[Relation, ...]", tree.value)) == {Relation.EQUAL}
    if tree.op is Op.COMPARE and not (labelled or chained):
        fact = "this is an equation or a comparison; a number is asked for."
        raise TriposError(Problem(Place(), fact, "Write one value.", text=text, width=len(text)))
    return tree


def _formula(text: str, _: Vocabulary, names: Names) -> Node:
    reading = grammar(text, names, lines=True)
    without_label(reading)
    return reading.only_value()


def _statement(text: str, _: Vocabulary, names: Names) -> Node:
    # Several equations one after the other hold all of them.
    reading = grammar(text, names, lines=True)
    if reading.starts_interval():
        return reading.whole_interval()
    return reading.joint()


def _interval(text: str, _: Vocabulary, names: Names) -> Node:
    reading = grammar(text, names, lines=True)
    without_label(reading, member=True)
    return reading.whole_interval() if reading.starts_interval() else reading.joint()


def _set(text: str, _: Vocabulary, names: Names) -> Node:
    reading = grammar(text, names)
    without_label(reading)
    return reading.whole_set()


def _vector(text: str, _: Vocabulary, names: Names) -> Node:
    reading = grammar(text, names, lines=True)
    reading.vectors = True
    without_label(reading)
    return reading.whole_grid(column=True)


def _matrix(text: str, _: Vocabulary, names: Names) -> Node:
    reading = grammar(text, names, lines=True)
    reading.vectors = True
    without_label(reading)
    return reading.whole_grid(column=False)


def _shape(text: str, _: Vocabulary, names: Names) -> Node:
    reading = grammar(text, names, crosses=True)
    without_label(reading, member=True)
    return shapes.shape(reading)


def _order(text: str, _: Vocabulary, names: Names) -> Node:
    reading = grammar(text, names, lines=True)
    reading.growth = True
    without_label(reading)
    return reading.whole_order()


def _labels(text: str, _: Vocabulary, names: Names) -> Node:
    return labels(grammar(text, names, lines=True))


def _choice(text: str, _: Vocabulary, __: Names) -> Node:
    listed = "-" if _NONE.fullmatch(text) else _LISTED.sub(r"\1 ", _AND.sub(" ", text))
    if not _LETTERS.fullmatch(listed) or _OR.search(listed):
        fact = "this is not a list of letters."
        raise TriposError(Problem(Place(), fact, "Write A, C.", text=text, width=max(1, len(text))))
    letters = dict.fromkeys(char.upper() for char in listed if char.isalpha())
    return Node(Op.TEXT, value="".join(letters) or "-")


def _word(text: str, _: Vocabulary, __: Names) -> Node:
    if not text.strip():
        raise TriposError(Problem(Place(), "nothing is written here.", text=text, width=1))
    return Node(Op.TEXT, value=" ".join(_unwrapped(text).split()))


def _network(text: str, vocabulary: Vocabulary, names: Names) -> Node:
    return reader.expression(text, vocabulary, names)


def _unwrapped(text: str) -> str:
    found = _WRAPPED.fullmatch(text)
    return found[1] if found else text


READ: Mapping[Kind, Read] = {
    Kind.TRUTH: _truth,
    Kind.CHOICE: _choice,
    Kind.NUMBER: _number,
    Kind.SHAPE: _shape,
    Kind.VECTOR: _vector,
    Kind.MATRIX: _matrix,
    Kind.MASK: _matrix,
    Kind.SET: _set,
    Kind.WORD: _word,
    Kind.FORMULA: _formula,
    Kind.EQUATION: _statement,
    Kind.INEQUALITY: _statement,
    Kind.INTERVAL: _interval,
    Kind.ORDER: _order,
    Kind.LABELS: _labels,
    Kind.NETWORK: _network,
    Kind.TEXT: _word,
}
