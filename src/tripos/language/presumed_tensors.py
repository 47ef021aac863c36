"""Presumed tensors: which names of a text are matrices and vectors, told by what is transposed in it, as in W^T x."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tripos.language.names import Free, Names, Sort, spelt_name
from tripos.language.student.lexemes import Sort as Lexeme
from tripos.language.student.lexemes import Token
from tripos.language.student.lexicon import greek

_REAL = Free(Sort.REAL)
TRANSPOSED = ("^T", "^⊤", "^{T}", "^{⊤}")
_SCRIPTS = re.compile(r"(?:_\{[^{}]*\}|_\w+|\^\{[(\[]\w+[)\]]T?\}|\^\[\w+\])+")
_JOINED = frozenset("*·×")
_ENDS = frozenset("+-=)")


@dataclass(frozen=True, slots=True)
class _Factor:
    """A name as it stands in a product, and whether it is transposed."""

    name: str
    transposed: bool
    first: bool  # in its product
    ended: bool  # whether its product ends with it


def matrix(name: str) -> Free:
    """A matrix of which nobody has said the sizes: what begins with a bar is a size without a name."""
    return Free(Sort.MATRIX, sizes=(f"|rows of {name}|", f"|columns of {name}|"))


def fitted(tokens: Sequence[Token], found: Mapping[str, Free], names: Names) -> dict[str, Free]:
    """The names that were found, with those that are matrices or vectors because something is transposed."""
    told = dict(found)
    factors = list(_factors(tokens, told))
    if "T" in found or "T" in names or not any(factor.transposed for factor in factors):
        return told
    for factor in factors:
        if factor.transposed:
            _tell(told, factor.name, names)
    _tell_neighbours(told, factors, names)
    if not any(factor.transposed and not _is_capital(factor.name) for factor in factors):
        # W^T x + b: what is added to a vector is one.
        for factor in factors:
            if factor.first and factor.ended and not _is_capital(factor.name):
                _tell(told, factor.name, names)
    for name, meaning in found.items():
        if name.startswith("∂") and meaning == _REAL:
            below = name.rpartition("∂")[2]
            told[name] = _like(name, below, told.get(below) or names.get(below))
    return told


def _tell_neighbours(told: dict[str, Free], factors: Sequence[_Factor], names: Names) -> None:
    """What stands right of a vector or matrix in a product is one, and left of one that is transposed."""
    for left, right in pairwise(factors):
        if not right.first and _is_tensor(left.name, told, names):
            _tell(told, right.name, names)
    for left, right in reversed(list(pairwise(factors))):
        beside = _is_capital(left.name) or (right.transposed and not _is_capital(right.name))
        if beside and not right.first and _is_tensor(right.name, told, names):
            _tell(told, left.name, names)


def _tell(told: dict[str, Free], name: str, names: Names) -> None:
    if name not in names and told.get(name) == _REAL:
        told[name] = matrix(name) if _is_capital(name) else Free(Sort.VECTOR)


def _like(derivative: str, below: str, meaning: object) -> Free:
    """A derivative has the sort of what it is taken by."""
    sort = meaning.sort if isinstance(meaning, Free) else Sort.MATRIX if _is_capital(below) else Sort.REAL
    return matrix(derivative) if sort is Sort.MATRIX else Free(Sort.VECTOR) if sort is Sort.VECTOR else _REAL


def _is_capital(name: str) -> bool:
    return name[:1].isupper()


def _is_tensor(name: str, told: Mapping[str, Free], names: Names) -> bool:
    meaning = told.get(name) or names.get(name)
    return isinstance(meaning, Free) and meaning.sort in (Sort.VECTOR, Sort.MATRIX)


def _factors(tokens: Sequence[Token], told: Mapping[str, Free]) -> Iterator[_Factor]:
    """The names in a text with all that belongs to them, in their order; an entry is none of them."""
    first, place = True, 0
    while place < len(tokens) - 1:
        token = tokens[place]
        place += 1
        if token.sort is not Lexeme.WORD:
            first = first if token.text in _JOINED else True
            continue
        following = "".join(greek(part.text) for part in tokens[place : place + 16])
        script = _SCRIPTS.match(following)
        whole = spelt_name(greek(token.text) + script[0].replace("T", "")) if script else greek(token.text)
        place = _passed(tokens, place, script[0] if script else "")
        following = "".join(part.text for part in tokens[place : place + 4])
        up = next((sign for sign in TRANSPOSED if following.startswith(sign)), "")
        place = _passed(tokens, place, up)
        ended = place >= len(tokens) - 1 or tokens[place].text in _ENDS
        if whole in told or not script:
            yield _Factor(whole or "", bool(up) or bool(script and "T" in script[0]), first, ended)
        first = False


def _passed(tokens: Sequence[Token], place: int, text: str) -> int:
    """Where the tape goes on after this text."""
    while text and place < len(tokens) - 1:
        text = text[len(greek(tokens[place].text)) :]
        place += 1
    return place
