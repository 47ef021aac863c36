"""Names: what a name stands for, which is a value or a free variable with its domain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from tripos.language.tree import Node
from tripos.language.worked import Worked
from tripos.problem import Place, Problem, TriposError


class Sort(Enum):
    """What a free name ranges over."""

    REAL = "real"
    POSITIVE = "positive"
    INTEGER = "integer"
    POSITIVE_INTEGER = "positive integer"
    VECTOR = "real vector"
    INDEX = "index"
    FUNCTION = "function"
    MATRIX = "matrix"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Free:
    """A free name. An index is `of` a vector and may exclude another index; a matrix has its sizes as written."""

    sort: Sort
    of: str = ""
    excluding: str = ""
    sizes: tuple[str, ...] = ()
    bounds: tuple[str, str] = ("", "")
    strict: tuple[bool, bool] = (True, True)


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """A name defined by an expression: one value, worked out at most once in an evaluation, and only when asked."""

    tree: Node
    names: Names


Bound: TypeAlias = "Worked | Free | Shared"
Names: TypeAlias = Mapping[str, Bound]

_PLAIN = {sort.value: sort for sort in Sort if sort not in (Sort.INDEX, Sort.MATRIX, Sort.INTERVAL)} | {
    "vector": Sort.VECTOR
}
_WORD = r"[^\W\d][\w{}]*"
_INDEX = re.compile(rf"index of ({_WORD})(?:\s*,\s*{_WORD}\s*(?:!=|≠)\s*({_WORD}))?")
_MATRIX = re.compile(r"(\w+) by (\w+) matrix")
_INTERVAL = re.compile(rf"([^<>=]+?)\s*(<=?|≤)\s*{_WORD}\s*(<=?|≤)\s*([^<>=]+)")


def domain(text: str) -> Free:
    """The domain that these words name, in the words of a `let` block: `positive`, `index of s, j != y`."""
    words = " ".join(text.split())
    if words in _PLAIN:
        return Free(_PLAIN[words])
    if found := _INDEX.fullmatch(words):
        return Free(Sort.INDEX, of=found[1], excluding=found[2] or "")
    if found := _MATRIX.fullmatch(words):
        return Free(Sort.MATRIX, sizes=(found[1], found[2]))
    if found := _INTERVAL.fullmatch(words):
        return Free(Sort.INTERVAL, bounds=(found[1], found[4]), strict=(found[2] == "<", found[3] == "<"))
    known = ", ".join(sorted(_PLAIN))
    remedy = f'Use one of {known}, "index of s", "index of s, j != y", "m by n matrix" or "0 < p < 1".'
    raise TriposError(Problem(Place(), f'"{words}" is not a domain.', remedy, width=max(1, len(text))))
