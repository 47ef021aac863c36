"""The lexicon of a question: its declared names, found however they are spelt, and words cut into several of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from tripos.language.names import Free, Names
from tripos.language.names import Sort as NameSort
from tripos.language.notation import GREEK
from tripos.language.student.lexemes import normal
from tripos.language.student.signs import ACCENT_WORDS, LOWERED, RAISED, REDUCTIONS, UNARY

ELEMENTWISE = "*"  # declared as a function: the question says that * between matrices goes entry by entry
TENSORS = frozenset({NameSort.VECTOR, NameSort.MATRIX})
CONSTANTS: Mapping[str, str] = {"e": "e", "π": "pi", "∞": "∞", "infinity": "∞", "infty": "∞", "inf": "∞", "Inf": "∞"}

_Chain: TypeAlias = "tuple[str, _Chain] | None"
_FUNCTIONS = frozenset(word for word in (*UNARY, *REDUCTIONS) if word.isascii())
_RAISED = re.compile("[" + "".join(map(chr, RAISED)) + "]+")
_LOWERED = re.compile("[" + "".join(map(chr, LOWERED)) + "]+")
_SUPERSCRIPT = re.compile(r"\^[(\[][^()\[\]]*[)\]]")
_LATIN = re.compile(r"[A-Za-z]+")
_DERIVATIVE = re.compile(r"[d∂]([^/]+)/[d∂](.+)")
_SIZE = re.compile(r"[^\W\d]\w*")
_ALIAS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The free names of a question. A key is a name in its one spelling: `y_hat`, `ŷ` and `\\hat{y}` have one key."""

    spellings: Mapping[str, str]  # from a key to the name as declared
    meanings: Mapping[str, Free]  # from a key to what it ranges over
    words: Mapping[str, str]  # from what may stand inside a word to a key
    elementwise: bool
    tensors: bool
    longest: int

    @property
    def shown(self) -> str:
        """The declared names, for messages."""
        return ", ".join(dict.fromkeys(self.spellings.values()))


def lexicon(names: Names) -> Lexicon:
    """The lexicon of these names; what is not free is left out."""
    free = frozenset((name, meaning) for name, meaning in names.items() if isinstance(meaning, Free))
    order = tuple(name for name in names if isinstance(names[name], Free))
    return _made(free, order)


def key_of(name: str) -> str:
    """The key of a name as an author spells it."""
    text = _RAISED.sub(lambda found: "^" + found[0].translate(RAISED), name)
    text = _LOWERED.sub(lambda found: "_" + found[0].translate(LOWERED), text)
    text = normal(text).translate({ord(char): None for char in " {}\\"}).replace("^^", "^").replace("__", "_")
    if derivative := _DERIVATIVE.fullmatch(text):
        return f"∂{_ordered(derivative[1])}/∂{_ordered(derivative[2])}"
    return _ordered(text)


def greek(word: str) -> str:
    """The Greek letter that a word spells, or the word."""
    return GREEK.get(word, word)


def splits(word: str, known: Lexicon, bound: Collection[str], last: Collection[str]) -> list[list[str]]:
    """How a word reads as several names in a row, at most two such readings. `last` may stand at its end only."""
    size = len(word)
    # found[i][after] holds readings of word[i:], where `after` says that a function stands before: `ln2` is ln of 2.
    found: list[tuple[list[_Chain], list[_Chain]]] = [([], []) for _ in range(size)] + [([None], [None])]
    for start in range(size - 1, -1, -1):
        plain, argument = found[start]
        for stop in range(start + 1, min(size, start + max(known.longest, 8)) + 1):
            part = word[start:stop]
            if part in _FUNCTIONS:
                following = found[stop][1]
            elif part in known.words or part in bound or part in ("e", "π") or (stop == size and part in last):
                following = found[stop][0]
            else:
                continue
            plain.extend((part, rest) for rest in following[: 2 - len(plain)])
        argument.extend(plain)
        if word[start].isdecimal():
            stop = start + len(word[start:]) - len(word[start:].lstrip("0123456789"))
            argument.extend((word[start:stop], rest) for rest in found[stop][0])
    return [reading for reading in map(_unchained, found[0][0]) if len(reading) > 1]


def _unchained(chain: _Chain) -> list[str]:
    parts = []
    while chain is not None:
        part, chain = chain
        parts.append(part)
    return parts


@lru_cache(maxsize=256)
def _made(free: frozenset[tuple[str, Free]], order: tuple[str, ...]) -> Lexicon:
    given = dict(free)
    spellings: dict[str, str] = {}
    meanings: dict[str, Free] = {}
    words: dict[str, str] = {}
    for name in order:
        if name != ELEMENTWISE:
            key = key_of(name)
            spellings[key], meanings[key] = name, given[name]
    # The sizes of vectors and matrices are positive integers, whether or not they are declared.
    for name in order:
        for size in given[name].sizes:
            if _SIZE.fullmatch(size) and key_of(size) not in spellings:
                spellings[key_of(size)] = size
                meanings[key_of(size)] = Free(NameSort.POSITIVE_INTEGER)
    for key in list(spellings):
        for alias in _aliases(key):
            words.setdefault(alias, key)
    return Lexicon(
        spellings,
        meanings,
        words,
        elementwise=ELEMENTWISE in given,
        tensors=any(meaning.sort in TENSORS for meaning in meanings.values()),
        longest=max(map(len, words), default=0),
    )


def _aliases(key: str) -> list[str]:
    # W_2 may be typed W2, ŷ yhat, and Δ Delta.
    joined = key.replace("_", "") if key.count("_") == 1 and key.rpartition("_")[2].isdecimal() else key
    spelt = [joined] if _ALIAS.fullmatch(joined) else []
    spelt += [word for word, letter in GREEK.items() if letter == key]
    apart = unicodedata.normalize("NFD", key)
    if len(apart) > 1 and apart[-1] in ACCENT_WORDS:
        spelt = [key, apart[:-1] + ACCENT_WORDS[apart[-1]]]
    return spelt


def _ordered(text: str) -> str:
    # The index stands before the superscript: W^(1)_2 is W_2^(1). Greek words are letters.
    superscript = _SUPERSCRIPT.search(text)
    raised = superscript[0] if superscript else ""
    if raised:
        text = text.replace(raised, "", 1)
    base, *subscripts = text.split("_")
    if subscripts and (mark := next((mark for mark, word in ACCENT_WORDS.items() if word == subscripts[0]), "")):
        base, subscripts = normal(base + mark), subscripts[1:]
    elif subscripts == [] and raised == "":
        base = _accented(base)
    return "_".join(_LATIN.sub(lambda found: greek(found[0]), part) for part in (base, *subscripts)) + raised


def _accented(word: str) -> str:
    for mark, suffix in ACCENT_WORDS.items():
        if word.endswith(suffix) and len(word) == len(suffix) + 1:
            return normal(word[0] + mark)
    return word
