"""Codes: reading `CONV5-16-p2-s1`, a word, a number and options in any order, by one table of spellings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from tripos.deep.layers import LARGEST, Layer, convolution, fully_connected, pooling, refusal

_CODE = re.compile(r"([A-Z]+)([0-9]*)(.*)", re.DOTALL)
_OPTION = re.compile(r"([A-Za-z]*)([0-9]+)")
_SHOWN = 60  # characters of a code in a message


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one layer is written: the builder, and which of its arguments each piece of the code gives.

    `joined` is the argument directly after the word (none if empty). An option is letters and a number; a bare number
    has no letters. `needed` arguments cannot be left out.
    """

    build: Callable[..., Layer]
    joined: str
    options: Mapping[str, str]
    needed: frozenset[str]
    example: str


SPELLINGS: Mapping[str, Spelling] = MappingProxyType(
    {
        "CONV": Spelling(
            convolution,
            "kernel",
            {"": "filters", "s": "stride", "p": "pad"},
            frozenset({"kernel"}),
            "CONV3-8 or CONV3-8-s1-p1",
        ),
        "POOL": Spelling(pooling, "kernel", {"s": "stride", "p": "pad"}, frozenset({"kernel"}), "POOL2 or POOL2-s2-p0"),
        "FC": Spelling(fully_connected, "", {"": "units"}, frozenset({"units"}), "FC-10"),
    }
)


@lru_cache(maxsize=4096)  # one object for one code: comparing two networks then hardly looks inside
def layer(code: str) -> Layer:
    """The layer that a code spells; raises for what is not one.

    >>> layer("CONV5-16-p2-s1") == layer("CONV5-16")
    True
    """
    found = _CODE.fullmatch(code)
    if found is None or found[1] not in SPELLINGS:
        raise refusal(f"{_shown(code)} is no layer.", _meant(code))
    word, digits, rest = found.groups()
    spelling = SPELLINGS[word]
    given = _joined(code, word, digits) | _options(code, word, rest)
    missing = spelling.needed - given.keys()
    if missing:
        raise refusal(f"{_shown(code)} lacks its {_noun(min(missing))}.", f"Write {spelling.example}.")
    return replace(spelling.build(**given), spelt=code)


def _joined(code: str, word: str, digits: str) -> dict[str, int]:
    if not digits:
        return {}
    if not SPELLINGS[word].joined:
        raise refusal(f"{_shown(code)} lacks a hyphen after {word}.", f"Write {word}-{_shown(code[len(word) :])}.")
    return {SPELLINGS[word].joined: _number(code, digits)}


def _options(code: str, word: str, rest: str) -> dict[str, int]:
    spelling = SPELLINGS[word]
    given: dict[str, int] = {}
    if rest and not rest.startswith("-"):
        raise refusal(f'{_shown(code)} goes on with "{_shown(rest)}".', f"Write {spelling.example}.")
    for text in rest.split("-")[1:]:
        found = _OPTION.fullmatch(text)
        if found is None:
            raise refusal(f'{_shown(code)} has the option "{_shown(text)}".', f"Write {spelling.example}.")
        name = spelling.options.get(found[1])
        if name is None:
            fact = f'{_shown(code)} has the option "{_shown(text)}", which {word} does not take.'
            raise refusal(fact, f"Write {spelling.example}.")
        if name in given:
            raise refusal(f"{_shown(code)} states its {_noun(name)} twice.", "Leave one out.")
        given[name] = _number(code, found[2])
    return given


def _number(code: str, digits: str) -> int:
    significant = digits.lstrip("0") or "0"
    if len(significant) > len(str(LARGEST)) or int(significant) > LARGEST:
        raise refusal(f"{_shown(code)} has a number above {LARGEST:,}, the most for a layer.")
    return int(significant)


WITHOUT_SIZE = frozenset({"RELU", "SIGMOID", "TANH", "SOFTMAX", "DROPOUT", "FLATTEN", "LEAKYRELU", "GELU"})


def _meant(code: str) -> str:
    word = code.partition("-")[0].rstrip("0123456789")
    if word in WITHOUT_SIZE:
        return "It has no parameters and changes no size: leave it out."
    close = get_close_matches(word, SPELLINGS, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]}{_shown(code[len(word) :])}?"
    layers = f"Layers are {', '.join(spelling.example.split()[0] for spelling in SPELLINGS.values())}."
    if "-" in code:
        return f"{layers} If you mean a difference write {_shown(code.replace('-', ' - '))}."
    return layers


def _noun(argument: str) -> str:
    return {"kernel": "width", "filters": "number of filters", "units": "number of outputs"}.get(argument, argument)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
