"""A problem: where it is, how grave, what is so and what to do about it.

Every room reports in this one form, and raises it as `TriposError`. Nothing here knows what a problem is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum


class Level(Enum):
    """How grave a problem is. Only an error stops the work."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text: lines and columns are counted from 1; 0 is unknown."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file, *(str(part) for part in (self.line, self.column) if part)]
        return ":".join(part for part in parts if part)

    def shifted(self, columns: int) -> Place:
        """The place so many columns to the right, on the same line."""
        return Place(self.file, self.line, self.column + columns) if self.column else self


@dataclass(frozen=True, slots=True)
class Problem:
    """What is so (`fact`, in the writer's words) and what to do (`remedy`), at a place.

    `start` (counted from 0) and `width` mark the words in the text that was read; `text` is that text, shown with
    carets under the words. A width of 0 marks nothing yet.
    """

    place: Place
    fact: str
    remedy: str = ""
    level: Level = Level.ERROR
    text: str = ""
    start: int = 0
    width: int = 0

    def __str__(self) -> str:
        where = f"{self.place}  " if str(self.place) else ""
        grade = "" if self.level is Level.ERROR else f"{self.level.value}: "
        sentence = f"{where}{grade}{self.fact}" + (f" {self.remedy}" if self.remedy else "")
        if not self.text:
            return sentence
        shown, start = _window(self.text, self.start)
        carets = "^" * max(1, min(self.width, len(shown) - start))
        return f"{sentence}\n  {shown}\n  {' ' * start}{carets}"

    def of(self, text: str, begin: Place | None = None) -> Problem:
        """The same problem, once it is known that the text stands in a file, beginning at a place."""
        return replace(self, place=begin.shifted(self.start) if begin else self.place, text=text)


class TriposError(Exception):
    """The one error that Tripos raises for what people wrote: one or more problems."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Refusal(TriposError):
    """Raised for what could be read but is not taken: it has two readings, or is longer or larger than allowed."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that suggests the known word nearest to this one, or nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else ""


_WINDOW = 96


def _window(text: str, start: int) -> tuple[str, int]:
    # A hostile text can be megabytes long: show only the neighbourhood of the fault, on one line.
    begin = max(0, start - _WINDOW // 2)
    shown = text[begin : begin + _WINDOW]
    return "".join(" " if char in "\r\n\t" else char for char in shown), start - begin
