"""Tokens: a text cut into words, numbers and signs, each with its place. Nothing is skipped but blanks.

Where a name is spelt with signs (W^(1), ∂L/∂x, h_{t-1}, f') it is one token if it is declared, else an
expression.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from flint import fmpq

from tripos.language.names import PLAIN_NAME, SPECIAL_NAMES, Bound, Names, is_declared, spelt_name
from tripos.language.tree import Span
from tripos.problem import Place, Problem, Refusal, TriposError

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
_INDICES = r"_\{\s*[^\W_]+(?:\s*,\s*[^\W_]+)+\s*\}"  # W_{i, j}
_PATTERN = re.compile(
    rf"""
    (?P<blank>\s+)
  | (?P<text>"[^"]*")
  | (?P<dims>{_LENGTH}(?:[x×]{_LENGTH})+)
  | (?P<code>[A-Z]{{2,}}(?:[0-9]|{_HOLE})*(?:-{_CODE_PART})+ | [A-Z]{{2,}}(?:[0-9]|{_HOLE})+ | [A-Z]{{2,}}(?![^\W_]))
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>(?:{PLAIN_NAME.pattern})(?:{_INDICES})?|∞)
  | (?P<sign>->|→|<=|>=|!=|==|\*\*|[≤≥≠+\-−*·⋅×⊙/^=<>()\[\]{{}},;⊤])
    """,
    re.VERBOSE,
)
_BRACES = str.maketrans("", "", "{}")
_NAME_SIGNS = "∂^{'’′"
_SPELLING = {
    "→": "->", "≤": "<=", "≥": ">=", "≠": "!=", "==": "=", "−": "-", "·": "*", "⋅": "*", "×": "*", "**": "^",
}  # fmt: skip


NO_NAMES: Mapping[str, Bound] = {}


def tokens(text: str, names: Names = NO_NAMES) -> list[Token]:
    """The tokens of a text, the last one its end, where these names are declared. What is no token is an error."""
    if len(text) > MAX_CHARACTERS:
        fact = f"this has {len(text):,} characters; an expression has at most {MAX_CHARACTERS:,}."
        raise Refusal(Problem(Place(), fact, "Give parts of it a name of their own.", text=text))
    signed = any(sign in text for sign in _NAME_SIGNS)
    found: list[Token] = []
    position = 0
    while position < len(text):
        if signed and (declared := _declared(text, position, names)):
            found.append(declared)
            position = declared.span.end
            continue
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
        raise Refusal(Problem(Place(), fact, text=text, start=token.span.start, width=width))
    shift = int(exponent or 0) - len(fraction)
    return fmpq(int(whole + fraction or "0")) * fmpq(10) ** shift


def _token(match: re.Match[str]) -> Token:
    sort = Sort[str(match.lastgroup).upper()]
    text = match.group()
    if sort is Sort.SIGN:
        text = _SPELLING.get(text, text)
    if sort is Sort.NAME:
        # s_{y} is s_y, and a letter with its mark is one letter.
        text = unicodedata.normalize("NFC", "".join(text.translate(_BRACES).split()))
    return Token(sort, text, Span(match.start(), match.end()))


def _declared(text: str, position: int, names: Names) -> Token | None:
    if not (text[position].isalpha() or text[position] == "∂"):
        return None
    for pattern in SPECIAL_NAMES:
        match = pattern.match(text, position)
        word = spelt_name(match.group()) if match else None
        if match and word and is_declared(word, names):
            return Token(Sort.NAME, word, Span(position, match.end()))
    return None


def _remedy(char: str) -> str:
    if char == "|":
        return "For an absolute value write abs(...)."
    if char == "\\":
        return "LaTeX is not read here; write exp(x), sqrt(x), a/b."
    if char == "∂":
        return "A derivative such as ∂L/∂x is a name only where it is declared: ∂L/∂x : real."
    if char in "'’′":
        return "A prime belongs to a name that is declared, or to a function: f : function."
    return "Close the quotation mark." if char == '"' else "Leave it out, or put words in quotation marks."
