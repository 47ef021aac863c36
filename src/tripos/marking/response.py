"""Responses: what a student did with each gap. Absent, blank and given are different states, and different types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


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
