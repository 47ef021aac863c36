"""Decisions in files: what people decided about single answers, as JSON Lines, read whole or not at all.

`{"student": "s01", "id": "q3-3d", "points": "3/2", "reason": "Names both.", "by": "ada"}` a line; points are a number
or a text such as 3/2 or 1.5. Of several decisions on one answer the last stands: the file is a log that is added to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flint import fmpq

from tripos.exam.item import Exam
from tripos.exam.scoring import Deduct, Rule, Truth
from tripos.exchange import jsonl
from tripos.exchange.answers import LONGEST
from tripos.exchange.jsonl import Json, Line, Numeral, described
from tripos.exchange.register import Entry, Register
from tripos.exchange.report import CONTROL, Report, shown
from tripos.exchange.textfile import text_of
from tripos.marking.decision import Decision
from tripos.marking.response import Script
from tripos.problem import nearest

STUDENT, ID, POINTS, REASON, BY = KEYS = ("student", "id", "points", "reason", "by")
EXAMPLE = 'Write "points": 2, or "3/2" or "1.5".'
_POINTS = re.compile(r"([+-]?[0-9]{1,9})(?:\.([0-9]{1,9})|/([1-9][0-9]{0,8}))?")


def read_decisions(path: Path, exam: Exam, scripts: Sequence[Script]) -> tuple[Decision, ...]:
    """Every decision in a file, in its order; raises with all problems of the file."""
    report = Report(str(path))
    reader = _Reader(Register.of(exam), frozenset(script.student for script in scripts), report)
    decisions = tuple(reader.decisions(jsonl.lines(text_of(path), KEYS, report)))
    report.settle()
    return decisions


@dataclass(frozen=True, slots=True)
class _Reader:
    """What decisions are held against."""

    register: Register
    students: frozenset[str]
    report: Report

    def decisions(self, lines: Iterable[Line]) -> Iterator[Decision]:
        """The decision of every line that is one; what is wrong with the others is reported."""
        for line in lines:
            student = self.student(line)
            entry = self.entry(line)
            points = self.points(line, entry)
            reason, by = self.words(line, REASON), self.words(line, BY)
            if student and entry and points is not None and reason and by:
                yield Decision(student, entry.id, points, reason, by)

    def student(self, line: Line) -> str:
        """Whose answer it is; empty, and reported, if nobody's."""
        name = self.words(line, STUDENT)
        if not name or name in self.students:
            return name
        hint = nearest(name, self.students)
        self.report.add(line.number, f"there are no responses of a student {shown(name)}.", hint)
        return ""

    def entry(self, line: Line) -> Entry | None:
        """What was answered; none, and reported, if the exam does not ask it."""
        name = self.words(line, ID)
        if not name:
            return None
        entry = self.register.entry(name)
        if entry is None:
            tail, hint = self.register.lacks(name)
            self.report.add(line.number, f"this decides on {shown(name)}; {tail}.", hint)
        return entry

    def points(self, line: Line, entry: Entry | None) -> fmpq | None:
        """How many points; none, and reported, if they are none that the answer can have."""
        value = line.values.get(POINTS)
        points = _points(value)
        if points is None:
            given = f'"{shown(value)}"' if isinstance(value, str) else described(value)
            fact = "the points are missing." if value is None else f"points are a number; this is {given}."
            self.report.add(line.number, fact, EXAMPLE)
        elif entry and points > entry.asked.points:
            fact = f"this gives {points} for {entry.id}, which is worth {entry.asked.points}."
            self.report.add(line.number, fact, "Give no more than that.")
        elif entry and points < (least := lowest(entry.item.rule)):
            self.report.add(line.number, f"this gives {points} for {entry.id}, where {least} is the least.")
        return points

    def words(self, line: Line, key: str) -> str:
        """The text of a key without the blanks around it; empty, and reported, if there is none."""
        value = line.values.get(key)
        if value is not None and not isinstance(value, str):
            self.report.add(line.number, f'"{key}" is a text; this is {described(value)}.')
            return ""
        words = (value or "").strip()
        if not words:
            self.report.add(line.number, f'"{key}" is missing.', f'Write "{key}": "...".')
        elif len(words) > LONGEST:
            self.report.add(line.number, f'"{key}" has {len(words):,} characters; at most {LONGEST:,} are read.')
        elif CONTROL.search(words):
            self.report.add(line.number, f'"{key}" holds a control character.', "Take it out.")
        else:
            return words
        return ""


def lowest(rule: Rule | None) -> fmpq:
    """The fewest points that an answer under a rule can have: what the rule itself takes off, else none."""
    match rule:
        case Truth(wrong=wrong):
            return min(fmpq(0), wrong)
        case Deduct(floor=floor):
            return min(fmpq(0), floor)
        case _:
            return fmpq(0)


def _points(value: Json) -> fmpq | None:
    text = value.text if isinstance(value, Numeral) else value
    match = _POINTS.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        return None
    whole, decimals, bottom = match.groups(default="")
    return fmpq(int(whole + decimals), 10 ** len(decimals) * int(bottom or 1))
