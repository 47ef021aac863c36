"""Crosses: the letter x that stands for times: 16 x 32, 16x32x32, and in a shape n x d."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tripos.language.names import Sort as NameSort
from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.lexicon import Lexicon
from tripos.problem import Place, Problem, Refusal

_RUN = re.compile(r"[xX]\d+(?:[xX]\d+)*")
_PIECE = re.compile(r"[xX]|[^xX]+")
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")


def crossed(tokens: Sequence[Token], known: Lexicon, text: str, anywhere: bool) -> list[Token]:
    """The tokens with every x that means times as that sign."""
    out: list[Token] = []
    for place, token in enumerate(tokens):
        if token.sort is not Sort.WORD or (token.text[0] not in "xX" and not anywhere):
            out.append(token)
            continue
        before = out[-1] if out else None
        after = tokens[place + 1]
        if _is_cross(token, before, after, anywhere) or _between_names(token, before, after, known):
            if token.text in known.words and not (anywhere and not _is_length(token.text, known)):
                if before and (anywhere or before.sort is after.sort is Sort.NUMBER):
                    raise _two(before, after, token.text, text)
                out.append(token)
                continue
            out.append(Token(Sort.SIGN, "×", token.start, token.end, token.gap))
        elif _RUN.fullmatch(token.text) and before and (before.sort is Sort.NUMBER or _closes(before)):
            if token.text in known.words:
                out.append(token)
                continue
            if token.text[0] in known.words:
                raise _two(before, token, token.text[0], text)
            out.extend(_cut(token))
        elif anywhere and token.text not in known.words and _is_run(token.text, known):
            out.extend(_cut(token))
        else:
            out.append(token)
    return out


def _is_cross(token: Token, before: Token | None, after: Token, anywhere: bool) -> bool:
    if token.text not in ("x", "X") or before is None:
        return False
    number = before.sort is Sort.NUMBER or _closes(before) or (anywhere and before.sort is Sort.WORD)
    follows = after.sort is Sort.NUMBER or (after.sort is Sort.SIGN and after.text in _OPENING and bool(token.gap))
    return number and (follows or (anywhere and after.sort is Sort.WORD))


def _between_names(token: Token, before: Token | None, after: Token, known: Lexicon) -> bool:
    # F x F x C, where no x is declared.
    if token.text not in ("x", "X") or token.text in known.words or not (token.gap and after.gap) or before is None:
        return False
    named = before.sort is Sort.NUMBER or _closes(before) or (before.sort is Sort.WORD and before.text in known.words)
    return named and (after.sort is Sort.NUMBER or (after.sort is Sort.WORD and after.text in known.words))


def _is_length(word: str, known: Lexicon) -> bool:
    return known.meanings[known.words[word]].sort in (NameSort.INTEGER, NameSort.POSITIVE_INTEGER)


def _closes(token: Token) -> bool:
    return token.sort is Sort.SIGN and token.text in _CLOSING


def _is_run(word: str, known: Lexicon) -> bool:
    # mx1: what stands between the crosses are numbers and declared names.
    if "x" in known.words or "x" not in word.lower():
        return False
    return all(piece.isdecimal() or piece in known.words or piece in "xX" for piece in _PIECE.findall(word))


def _cut(token: Token) -> Iterator[Token]:
    place = token.start
    for number, piece in enumerate(_PIECE.findall(token.text)):
        sort = Sort.SIGN if piece in "xX" else Sort.NUMBER if piece.isdecimal() else Sort.WORD
        yield Token(sort, "×" if sort is Sort.SIGN else piece, place, place + len(piece), 0 if number else token.gap)
        place += len(piece)


def _two(before: Token, after: Token, letter: str, text: str) -> Refusal:
    number = after.text.lstrip("xX").lower().replace("x", " × ")
    shown = " ".join(text[before.start : after.end].split())
    one, other = f"{before.text} × {number}", f"{before.text}·{letter}·{number}"
    fact = f"{shown} has two readings: {one} or {other}."
    remedy = "Write · or * for times."
    return Refusal(Problem(Place(), fact, remedy, text=text, start=before.start, width=after.end - before.start))
