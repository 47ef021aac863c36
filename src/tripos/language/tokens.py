"""Tokens: a text cut into words, numbers and signs, each with its place. Nothing is skipped but blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from flint import fmpq

from tripos.language.tree import Span
from tripos.problem import Place, Problem, TriposError

MAX_CHARACTERS = 4_000
MAX_DIGITS = 1_000
MAX_EXPONENT = 400


class Sort(Enum):
    """The sorts of token."""

    NUMBER = "a number"
    DIMS = "dimensions"
    CODE = "a code"
    NAME = "a name"
    TEXT = "a text"
    SIGN = "a sign"
    END = "the end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text. Signs that mean the same are spelt the same: `*` for × and ·."""

    sort: Sort
    text: str
    span: Span

    def __str__(self) -> str:
        return "the end of the text" if self.sort is Sort.END else f'"{self.text}"'


_HOLE = r"\{[^{}]*\}"
_LENGTH = rf"(?:[0-9]+|{_HOLE})"
_CODE_PART = rf"(?:[A-Za-z0-9]|{_HOLE})+"
_PATTERN = re.compile(
    rf"""
    (?P<blank>\s+)
  | (?P<text>"[^"]*")
  | (?P<dims>{_LENGTH}(?:[x×]{_LENGTH})+)
  | (?P<code>[A-Z]{{2,}}(?:[0-9]|{_HOLE})*(?:-{_CODE_PART})+ | [A-Z]{{2,}}(?:[0-9]|{_HOLE})+ | [A-Z]{{2,}}(?![^\W_]))
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>[^\W\d_][^\W_]*(?:_(?:\{{[^\W_]+\}}|[^\W_]+))*)
  | (?P<sign>->|→|<=|>=|!=|==|\*\*|[≤≥≠+\-−*·⋅×/^=<>()\[\]{{}},;])
    """,
    re.VERBOSE,
)
_SPELLING = {
    "→": "->", "≤": "<=", "≥": ">=", "≠": "!=", "==": "=", "−": "-", "·": "*", "⋅": "*", "×": "*", "**": "^",
}  # fmt: skip


def tokens(text: str) -> list[Token]:
    """The tokens of a text, the last one its end. What is no token is an error with its place."""
    if len(text) > MAX_CHARACTERS:
        fact = f"this has {len(text):,} characters; an expression has at most {MAX_CHARACTERS:,}."
        raise TriposError(Problem(Place(), fact, "Give parts of it a name of their own.", text=text))
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _PATTERN.match(text, position)
        if match is None or match.lastgroup is None:
            fact = f'"{text[position]}" cannot stand in an expression.'
            raise TriposError(Problem(Place(), fact, _remedy(text[position]), text=text, start=position, width=1))
        if match.lastgroup != "blank":
            found.append(_token(match))
        position = match.end()
    return [*found, Token(Sort.END, "", Span(len(text), len(text)))]


def exact(token: Token, text: str) -> fmpq:
    """The number that a token spells, exactly: 0.1 is one tenth."""
    digits, _, exponent = token.text.lower().partition("e")
    whole, _, fraction = digits.partition(".")
    if len(digits) > MAX_DIGITS or len(exponent) > 5 or abs(int(exponent or 0)) > MAX_EXPONENT:
        fact = f"this number is too long: at most {MAX_DIGITS} digits, and exponents up to {MAX_EXPONENT}."
        width = token.span.end - token.span.start
        raise TriposError(Problem(Place(), fact, text=text, start=token.span.start, width=width))
    shift = int(exponent or 0) - len(fraction)
    return fmpq(int(whole + fraction or "0")) * fmpq(10) ** shift


def _token(match: re.Match[str]) -> Token:
    sort = Sort[str(match.lastgroup).upper()]
    text = match.group()
    if sort is Sort.SIGN:
        text = _SPELLING.get(text, text)
    if sort is Sort.NAME:
        text = text.replace("{", "").replace("}", "")  # s_{y} is s_y
    return Token(sort, text, Span(match.start(), match.end()))


def _remedy(char: str) -> str:
    if char == "|":
        return "For an absolute value write abs(...)."
    if char == "\\":
        return "LaTeX is not read here; write exp(x), sqrt(x), a/b."
    return "Close the quotation mark." if char == '"' else "Leave it out, or put words in quotation marks."
