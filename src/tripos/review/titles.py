"""Titles: what headings without an id are called in a report, in place of their names inside of the program."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tripos.exam.item import Exam
from tripos.exam.reading import NAMELESS
from tripos.pandoc.element import plain_text
from tripos.problem import Problem

_INTERNAL = re.compile(rf"{NAMELESS}\d+")


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of an exam's headings by their names inside of the program."""

    words: dict[str, str] = field(default_factory=dict)

    def spoken(self, text: str) -> str:
        """A text with every such name replaced by the title of its heading."""
        return _INTERNAL.sub(lambda match: self.words.get(match[0], match[0]), text)

    def told(self, problem: Problem) -> Problem:
        """A problem in words that its reader knows."""
        return replace(problem, fact=self.spoken(problem.fact), remedy=self.spoken(problem.remedy))


def titles(exam: Exam) -> Titles:
    """The titles of the headings of an exam that have no id."""
    nameless = [item for item in exam.items() if item.id.startswith(NAMELESS)]
    return Titles({item.id: f'"{" ".join(plain_text(item.title).split())}"' for item in nameless})
