"""The report of a file: all its problems, each at its line, raised together before anything is used."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tripos.problem import Place, Problem, TriposError

MOST = 200  # a file with more problems than this has one problem, many times
SHOWN = 60
# Tabs and line breaks belong to words. Half a surrogate pair can come out of JSON, and can never be written again.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(slots=True)
class Report:
    """The problems of one file so far. `undone` says what was not done because of them."""

    file: str
    undone: str = "Nothing was marked."
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, fact: str, remedy: str = "") -> None:
        """Take note of what is wrong with a line."""
        self.note(Problem(Place(self.file, line), fact, remedy))

    def note(self, problem: Problem) -> None:
        """Take note of a problem, which knows its line; stops at the most that anyone will read."""
        line = problem.place.line
        again = f"{self.undone} Correct {f'line {line}' if line else 'the file'} and run again."
        remedy = f"{problem.remedy} {again}".strip()
        place = Place(self.file, line, problem.place.column)
        text = shown(problem.text, len(problem.text))
        self.problems.append(
            Problem(place, problem.fact, remedy, problem.level, text, start=problem.start, width=problem.width)
        )
        if len(self.problems) >= MOST:
            fact = f"the file was read to line {line} only: {MOST} problems stand above."
            self.problems.append(Problem(Place(self.file), fact, "They may have one cause."))
            self.settle()

    def settle(self) -> None:
        """Raise what was noted, if anything was."""
        if self.problems:
            raise TriposError(self.problems)


def shown(text: str, most: int = SHOWN) -> str:
    """A text as it may stand in a sentence: not too long, and nothing in it that moves a terminal's cursor."""
    cut = text if len(text) <= most else text[:most] + "…"
    return _UNSHOWABLE.sub("·", cut)
