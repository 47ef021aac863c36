"""Responses: what a student did with each gap. Absent, blank and given are different states, and different types."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

NONE_OF_THESE = "-"
_LETTERS = re.compile(r"[\s,;]*[A-Za-z](?:[\s,;]*[A-Za-z])*[\s,;.]*")


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no record of an answer."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Left empty on purpose."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, as text in the notation of the student's door; letters for a choice, `-` for none of these."""

    text: str


Answer: TypeAlias = Absent | Blank | Given
ABSENT, BLANK = Absent(), Blank()


@dataclass(frozen=True, slots=True)
class Script:
    """One student's answers by id; an id that is missing is absent."""

    student: str
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def answer(self, id: str) -> Answer:
        """The answer to a gap."""
        return self.answers.get(id, ABSENT)


def letters(given: Given) -> tuple[str, ...]:
    """The letters that an answer to a choice marks, in order and without repeats."""
    return tuple(sorted({char.upper() for char in given.text if char.isalpha()}))


def is_clear(given: Given, options: Sequence[str]) -> bool:
    """Whether an answer to a choice is nothing but letters of its options, or `-` for none of these."""
    if given.text.strip() == NONE_OF_THESE:
        return True
    return bool(_LETTERS.fullmatch(given.text)) and set(letters(given)) <= set(options)
