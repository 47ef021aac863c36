"""Names: how a name is spelt, and what it stands for, which is a value or a free variable with its domain."""

from __future__ import annotations

import re
import unicodedata
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
    """A free name. An index is `of` a vector and may exclude another index; sizes, where given, are as written."""

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

_MARKS = "[\u0300-\u036f]*"  # a hat is part of its letter, as in ŷ, or a mark that follows it
_LETTERS = rf"(?:[^\W_]{_MARKS})+"
_SUBSCRIPT = rf"_(?:\{{\s*{_LETTERS}(?:_{_LETTERS})*\s*\}}|{_LETTERS})"
_WORD = rf"[^\W\d_]{_MARKS}(?:[^\W_]{_MARKS})*(?:{_SUBSCRIPT})*"
_INSIDE = r"\s*[^\W_]+\s*(?:[+−-]\s*[^\W_]+\s*)?"
_BRACKETED = rf"\({_INSIDE}\)|\[{_INSIDE}\]"
_RAISED = rf"\^(?:{_BRACKETED}|\{{\s*(?:{_BRACKETED})\s*\}})"
_LAYERED = rf"{_WORD}{_RAISED}(?:{_SUBSCRIPT})*"
_STEP = rf"_\{{\s*[^\W\d_]{_MARKS}(?:[^\W_]{_MARKS})*\s*[+−-]\s*{_LETTERS}\s*\}}"  # h_{t-1}, only in braces
_STEPPED = rf"{_WORD}(?:{_STEP}(?:{_RAISED})?|{_RAISED}{_STEP})"
_PARTS = (_STEPPED, _LAYERED, _WORD)
_PRIME = "['’′]"
# Every form of a name but the plain one, the longest first. Each is a name only where it is declared.
SPECIAL_NAMES = tuple(
    re.compile(pattern)
    for pattern in (
        *(rf"∂({top})\s*/\s*∂({below})" for top in _PARTS for below in _PARTS),
        _STEPPED,
        rf"{_LAYERED}{_PRIME}+",
        _LAYERED,
        rf"{_WORD}{_PRIME}+",
    )
)
PLAIN_NAME = re.compile(_WORD)
_SPELLING = str.maketrans({"{": "", "}": "", " ": "", "−": "-", "’": "'", "′": "'", "⟨": "{", "⟩": "}"})
_BRACED = re.compile(r"(?<=_)\{([^{}]*[+−-][^{}]*)\}")  # without its braces, h_{t-1} would be h_t less 1
_SPLIT = re.compile(r"(?P<word>[^\^']+)(?P<raised>\^[(\[][^)\]]*[)\]])?(?P<after>[^']*)(?P<primes>'*)")


def spelt_name(text: str) -> str | None:
    """The one spelling of a name: `W_2^(1)` for `W^{(1)}_{2}`, `∂L/∂ŷ`, `h_{t-1}`; none for what is no name."""
    written = unicodedata.normalize("NFC", text.strip())
    for pattern in (PLAIN_NAME, *SPECIAL_NAMES):
        if found := pattern.fullmatch(written):
            parts = found.groups() or (written,)
            return "/".join(("∂" if len(parts) > 1 else "") + _canonical(part) for part in parts)
    return None


def is_declared(word: str, names: Names) -> bool:
    """Whether a name stands for something."""
    return word in names or (word.endswith("'") and is_free_function(word, names))


def is_free_function(word: str, names: Names) -> bool:
    """Whether a name is declared to be a function; the derivatives of a free function are declared with it."""
    meaning = names.get(word) or names.get(word.rstrip("'"))
    return isinstance(meaning, Free) and meaning.sort is Sort.FUNCTION


def _canonical(text: str) -> str:
    found = _SPLIT.fullmatch("".join(_BRACED.sub(r"⟨\1⟩", text).translate(_SPELLING).split()))
    assert found is not None
    return f"{found['word']}{found['after']}{found['raised'] or ''}{found['primes']}"


_PLAIN = {sort.value: sort for sort in Sort if sort not in (Sort.INDEX, Sort.MATRIX, Sort.INTERVAL)} | {
    "vector": Sort.VECTOR,
    "positive real": Sort.POSITIVE,
    "scalar": Sort.REAL,
    "number": Sort.REAL,
}
_NAMED = r"[^\s,<>=≠≤!]+"
_INDEX = re.compile(rf"index of ({_NAMED})(?:\s*,\s*{_NAMED}\s*(?:!=|≠)\s*({_NAMED}))?")
_MATRIX = re.compile(r"(\w+) by (\w+) matrix")
_SIZED = re.compile(r"(?:real )?vector of (?:length )?(\w+)|(\w+) vector")
_POSITIVE_VECTOR = re.compile(r"positive (?:real )?vector(?: of (?:length )?(\w+))?")
_NOT_NEGATIVE = ("nonnegative", "non-negative", "nonnegative real", "non-negative real")
_INTERVAL = re.compile(rf"([^<>=]+?)\s*(<=?|≤)\s*{_NAMED}\s*(<=?|≤)\s*([^<>=]+)")


def with_sizes(names: Mapping[str, Free]) -> dict[str, Free]:
    """The names, and every size of a vector or matrix that is a word and not among them: a positive integer."""
    sizes = {size for meaning in names.values() for size in meaning.sizes if PLAIN_NAME.fullmatch(size)}
    return {**dict.fromkeys(sorted(sizes), Free(Sort.POSITIVE_INTEGER)), **names}


def domain(text: str) -> Free:
    """The domain that these words name, in the words of a `let` block: `positive`, `index of s, j != y`."""
    words = " ".join(text.split())
    if words in _PLAIN:
        return Free(_PLAIN[words])
    if found := _INDEX.fullmatch(words):
        return Free(Sort.INDEX, of=spelt_name(found[1]) or found[1], excluding=spelt_name(found[2] or "") or "")
    if words in _NOT_NEGATIVE:
        return Free(Sort.INTERVAL, bounds=("0", "infinity"), strict=(False, True))
    if found := _POSITIVE_VECTOR.fullmatch(words):
        return Free(Sort.VECTOR, sizes=(found[1],) if found[1] else (), bounds=("0", ""))
    if found := _SIZED.fullmatch(words):
        return Free(Sort.VECTOR, sizes=(found[1] or found[2],))
    if found := _MATRIX.fullmatch(words):
        return Free(Sort.MATRIX, sizes=(found[1], found[2]))
    if found := _INTERVAL.fullmatch(words):
        return Free(Sort.INTERVAL, bounds=(found[1], found[4]), strict=(found[2] == "<", found[3] == "<"))
    known = ", ".join(sorted([*_PLAIN, "nonnegative", "positive vector"]))
    remedy = (
        f'Use one of {known}, "index of s", "index of s, j != y", "vector of n", "positive vector of n", '
        '"m by n matrix" or "0 < p < 1".'
    )
    raise TriposError(Problem(Place(), f'"{words}" is not a domain.', remedy, width=max(1, len(text))))
