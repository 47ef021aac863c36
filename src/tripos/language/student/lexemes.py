"""Lexemes: an answer cut into numbers, words and signs, straight from what was typed, each with its place in it.

Plain text, Unicode and LaTeX come out as the same tokens. Blanks and what only says how something looks leave no token;
nothing else is skipped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from flint import fmpq

from tripos.language.student.signs import (
    ACCENTS,
    COMMAND_SIGNS,
    COMMAND_WORDS,
    FRACTIONS,
    LOWERED,
    RAISED,
    SIGNS,
    SILENT,
    WORDS,
)
from tripos.problem import Place, Problem, Refusal, TriposError, nearest

MAX_DIGITS = 100
MAX_EXPONENT = 400


class Sort(Enum):
    """The sorts of token."""

    NUMBER = "a number"
    FRACTION = "a fraction"
    WORD = "a word"
    SIGN = "a sign"
    TEXT = "a text"
    ACCENT = "an accent"
    FONT = "a font"
    END = "the end"


@dataclass(slots=True)
class Token:
    """A piece of the answer. `gap` is 0 where it follows the token before directly, 1 after a blank."""

    sort: Sort
    text: str
    start: int
    end: int
    gap: int = 0
    piece: bool = False  # cut from the same word as the token before

    def __str__(self) -> str:
        return f'"{self.text}"' if self.text else "the end of the answer"


_SUPER = "".join(map(chr, RAISED))
_SUB = "".join(map(chr, LOWERED))
_VULGAR = "".join(FRACTIONS)
_MARKS = "\u0300-\u036f\u20d0-\u20ff"
_APART = f"{_SUPER}{_SUB}{_VULGAR}ℝ"
_LETTER = rf"[^\W\d_{_APART}]"
_NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
# In a number by itself a comma or a blank may part thousands, and a single comma is a decimal point.
_THOUSANDS = (
    r"[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\{,\}\d{3})+|(?:(?:[ \u00a0\u2009\u202f']|\\[,;!:])\d{3})+)(?:\.\d+)?(?![,.]?\d)"
)
_COMMA = r"\d+(?:\{,\}|,)\d+(?![,.]?\d)"
_SIMPLE = r"[^{}\\$]*"
_GAP = r" \t\r\n\f\v\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060-\u2064\u3000\ufeff\u00ad"


def _pattern(numbers: str) -> re.Pattern[str]:
    return re.compile(
        rf"""
        (?P<blank>(?:[{_GAP}$~]|\\[,;!:>\ ()\[\]])+)
      | (?P<number>{numbers})
      | (?P<word>{_LETTER}(?:{_LETTER}|[0-9０-９{_MARKS}])*)
      | (?P<font>\\(?:text|textrm|textbf|textit|mathrm|mathbf|mathit|mathsf|mathtt|mathcal|mathbb|boldsymbol|bm|mbox
          |operatorname\*?|textnormal|vec)\s*\{{(?P<inner>{_SIMPLE})\}})
      | (?P<edge>\\(?P<way>begin|end)\s*\{{\s*(?P<name>[a-zA-Z]*)\*?\s*\}}(?:\s*\{{[lcr|\s@.]*\}})?)
      | (?P<turn>\\\\(?:\s*\[[^\]\[]{{0,12}}\])?)
      | (?P<hidden>\\(?:left|right)\s*\.)
      | (?P<unequal>\\not\s*(?:=|\\in(?![a-zA-Z])))
      | (?P<command>\\[a-zA-Z]+)
      | (?P<raised>[{_SUPER}]+)
      | (?P<lowered>[{_SUB}]+)
      | (?P<sign>\\[{{}}|&%_]|\.\.\.?|\.\*|\*\*|-->|->|=>|==|:=|<=|>=|=<|<>|!=|&&|[^\w\s.\\!"]|[_∆])
      | (?P<vulgar>[{_VULGAR}])
      | (?P<real>ℝ)
      | (?P<text>"[^"]*")
        """,
        re.VERBOSE,
    )


PLAIN = _pattern(_NUMBER)
SOLE = _pattern(rf"{_THOUSANDS}|{_COMMA}|{_NUMBER}")
_STOP = re.compile(rf"\.[{_GAP}$]*\Z")
_MATRICES = frozenset({"matrix", "bmatrix", "pmatrix", "vmatrix", "Bmatrix", "smallmatrix", "array"})
_SYSTEMS = frozenset({"cases", "dcases", "rcases"})
_LINES = frozenset({"aligned", "align", "equation", "gather", "gathered", "split", "displaymath", "math"})


def lexed(text: str, pattern: re.Pattern[str]) -> list[Token]:
    """The tokens of an answer, the last one its end."""
    stop = _STOP.search(text)
    end = stop.start() if stop and not text[: stop.start()].endswith(".") else len(text)
    found = list(_tokens(text, pattern, 0, end))
    if any(token.sort in (Sort.ACCENT, Sort.FONT) for token in found):
        found = _dressed(found, text)
    found.append(Token(Sort.END, "", len(text), len(text), 1))
    return found


def exact(token: Token, text: str) -> fmpq:
    """The number that a token spells, exactly: 0.1 is one tenth."""
    digits, _, exponent = token.text.partition("e")
    whole, _, fraction = digits.partition(".")
    if len(whole) + len(fraction) > MAX_DIGITS or len(exponent) > 5 or abs(int(exponent or 0)) > MAX_EXPONENT:
        fact = f"this number is too long: at most {MAX_DIGITS} digits, and exponents up to {MAX_EXPONENT}."
        raise Refusal(Problem(Place(), fact, text=text, start=token.start, width=token.end - token.start))
    value = fmpq(int(whole + fraction or "0"))
    shift = int(exponent or 0) - len(fraction)
    return value * fmpq(10) ** shift if shift else value


def normal(word: str) -> str:
    """A word in the one spelling of its letters: 𝑥 is x, the increment sign a Δ."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFKC", word).replace("∆", "Δ")


def _tokens(text: str, pattern: re.Pattern[str], position: int, end: int) -> Iterator[Token]:
    gap = 0
    match_at = pattern.match
    while position < end:
        match = match_at(text, position, end)
        if match is None:
            raise _unknown(text, position)
        group, written, after = match.lastgroup, match.group(), match.end()
        match group:
            case "blank":
                gap = 1
                position = after
                continue
            case "word":
                yield Token(Sort.WORD, normal(written), position, after, gap)
            case "sign":
                yield _sign(written, position, after, gap, text)
            case "number":
                yield Token(Sort.NUMBER, _digits(written), position, after, gap)
            case "command":
                token = _command(written[1:], position, after, gap, text)
                if token is None:
                    gap = gap or 1
                    position = after
                    continue
                yield token
            case "raised" | "lowered":
                yield from _shifted(match, pattern, gap)
            case "font" | "inner":
                yield from _lettered(match, pattern, gap, text)
            case _:
                yield from _rest(group, match, gap, text)
        gap = 0
        position = after


def _rest(group: str | None, match: re.Match[str], gap: int, text: str) -> Iterator[Token]:
    start, end, written = match.start(), match.end(), match.group()
    match group:
        case "vulgar":
            yield Token(Sort.FRACTION, written, start, end, gap)
        case "real":
            yield Token(Sort.SIGN, "ℝ", start, end, gap)
        case "text":
            yield Token(Sort.TEXT, written[1:-1], start, end, gap)
        case "turn":
            yield Token(Sort.SIGN, "\\\\", start, end, gap)
        case "unequal":
            if "in" in written:
                raise _fault(f'"{written}" is not read here.', text, start, end)
            yield Token(Sort.SIGN, "!=", start, end, gap)
        case "edge" | "way" | "name":
            yield from _edge(match, gap, text)


def _edge(match: re.Match[str], gap: int, text: str) -> Iterator[Token]:
    name = match["name"]
    if name in _LINES:
        return
    if name not in _MATRICES | _SYSTEMS:
        raise _fault(f'"{match.group()}" is not read here.', text, match.start(), match.end())
    kind = "cases" if name in _SYSTEMS else "matrix"
    yield Token(Sort.SIGN, f"\\{match['way']}{{{kind}}}", match.start(), match.end(), gap)


def _digits(written: str) -> str:
    if not written.isascii():
        written = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in written)
    if written.isdecimal():
        return written
    if not _PLAIN_NUMBER.fullmatch(written):
        written = _without_separators(written)
    return written.lower()


_PLAIN_NUMBER = re.compile(_NUMBER)
_ASCII_THOUSANDS = re.compile(_THOUSANDS)


def _without_separators(written: str) -> str:
    if _ASCII_THOUSANDS.fullmatch(written):
        return "".join(char for char in written if char.isdecimal() or char == ".")
    return written.replace("{,}", ".").replace(",", ".")


def _sign(written: str, start: int, end: int, gap: int, text: str) -> Token:
    canonical = SIGNS.get(written)
    if canonical is not None:
        return Token(Sort.SIGN, canonical, start, end, gap)
    word = WORDS.get(written)
    if word is not None:
        return Token(Sort.WORD, word, start, end, gap)
    raise _unknown(text, start)


def _command(name: str, start: int, end: int, gap: int, text: str) -> Token | None:
    if name in SILENT:
        return Token(Sort.FONT, name, start, end, gap) if name in _FONTS else None
    if name in COMMAND_SIGNS:
        return Token(Sort.SIGN, COMMAND_SIGNS[name], start, end, gap)
    if name in COMMAND_WORDS:
        return Token(Sort.WORD, COMMAND_WORDS[name], start, end, gap)
    if name in ACCENTS:
        return Token(Sort.ACCENT, ACCENTS[name], start, end, gap)
    hint = nearest(name, [*COMMAND_SIGNS, *COMMAND_WORDS, *ACCENTS]).replace("mean ", "mean \\")
    raise _fault(f'"\\{name}" is not read here.', text, start, end, hint)


_FONTS = frozenset(name for name in SILENT if name.startswith(("math", "text", "bold", "bm", "pmb", "vec", "operator")))


def _shifted(match: re.Match[str], pattern: re.Pattern[str], gap: int) -> Iterator[Token]:
    # x² is x^{2}: the same characters at the same places, lowered to the line.
    start, end = match.span()
    raised = match.lastgroup == "raised"
    plain = " " * start + match.group().translate(RAISED if raised else LOWERED)
    yield Token(Sort.SIGN, "^" if raised else "_", start, start, gap)
    yield Token(Sort.SIGN, "{", start, start)
    yield from _tokens(plain, pattern, start, end)
    yield Token(Sort.SIGN, "}", end, end)


def _lettered(match: re.Match[str], pattern: re.Pattern[str], gap: int, text: str) -> Iterator[Token]:
    start, end = match.span("inner")
    if match.group().startswith("\\mathbb") and match["inner"].strip() == "R":
        yield Token(Sort.SIGN, "ℝ", match.start(), match.end(), gap)
        return
    inside = list(_tokens(text, pattern, start, end))
    if not inside:
        return
    if len(inside) == 1:
        inside[0].start, inside[0].end = match.span()
        inside[0].gap = gap
        yield inside[0]
        return
    # Words run on; a formula in a font is a group.
    if all(token.sort is Sort.WORD for token in inside):
        inside[0].gap = gap
        yield from inside
        return
    yield Token(Sort.SIGN, "{", match.start(), start, gap)
    yield from inside
    yield Token(Sort.SIGN, "}", end, match.end())


def _dressed(found: list[Token], text: str) -> list[Token]:
    # An accent goes onto the letter after it; a font is left out. The braces around a single letter go with them.
    out: list[Token] = []
    waiting = list(reversed(found))
    while waiting:
        token = waiting.pop()
        if token.sort not in (Sort.ACCENT, Sort.FONT):
            out.append(token)
            continue
        mark = token.text if token.sort is Sort.ACCENT else ""
        while waiting and waiting[-1].sort is Sort.FONT:
            waiting.pop()
        braced = bool(waiting) and waiting[-1].text == "{"
        bare = waiting[-2] if braced and len(waiting) > 1 else waiting[-1] if waiting else token
        if bare.sort is not Sort.WORD:
            if mark:
                raise _fault("this accent stands on no letter.", text, token.start, token.end)
            continue
        if braced:
            if not _unbrace(waiting):
                continue
        elif not text.startswith("\\", bare.start) and len(bare.text) > 1 and mark:
            waiting[-1] = Token(Sort.WORD, bare.text[1:], bare.start + 1, bare.end, 0, piece=True)
            bare = Token(Sort.WORD, bare.text[0], bare.start, bare.start + 1)
            waiting.append(bare)
        waiting[-1].start, waiting[-1].gap = token.start, token.gap
        waiting[-1].text = normal(waiting[-1].text + mark)
    return out


def _unbrace(waiting: list[Token]) -> bool:
    # The braces around a name, `{y}` or `{y_i}`, are taken off the end of the tokens still to come.
    level = 0
    for place in range(len(waiting) - 1, -1, -1):
        text = waiting[place].text if waiting[place].sort is Sort.SIGN else ""
        level += (text == "{") - (text == "}")
        if level == 0:
            break
    else:
        return False
    between = waiting[place + 1 : -1]
    if not all(token.sort in (Sort.WORD, Sort.NUMBER) or token.text in ("_", "{", "}") for token in between):
        return False
    closing = waiting.pop(place)
    waiting.pop()
    if len(between) == 1:
        waiting[-1].end = closing.end
    return True


def _unknown(text: str, at: int) -> TriposError:
    char = text[at]
    shown = f'"{char}"' if char.isprintable() else f"the character U+{ord(char):04X}"
    if char == "\\":
        return _fault('"\\" stands before no command.', text, at, at + 1)
    if char == '"':
        return _fault("this quotation mark is never closed.", text, at, at + 1)
    return _fault(f"{shown} cannot stand in an answer of this kind.", text, at, at + 1)


def _fault(fact: str, text: str, start: int, end: int, remedy: str = "") -> TriposError:
    return TriposError(Problem(Place(), fact, remedy, text=text, start=start, width=max(1, end - start)))
