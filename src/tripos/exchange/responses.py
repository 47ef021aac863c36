"""Responses in files: a class's answers as JSON Lines, or as a CSV table, read whole or not at all.

JSON Lines: `{"student": "s01", "answers": {"q1-1": true, "q2-5": ["B"], "q3-3a.1": "8x32x32"}}` a line, and `exam`
with the exam's digest if the file is to fit no other version. CSV: a column `student`, one for each gap, and perhaps
`exam`. An id that is missing is absent, null or an empty cell is blank, and [] or `-` is "none of these".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tripos.exam.item import Choice, Exam
from tripos.exam.key import keys
from tripos.exam.variant import variant
from tripos.exchange import jsonl, table
from tripos.exchange.answers import LONGEST, answer
from tripos.exchange.jsonl import Json, Object, described
from tripos.exchange.register import Entry, Register
from tripos.exchange.report import CONTROL, Report, shown
from tripos.exchange.textfile import text_of
from tripos.language.kind import Kind
from tripos.marking.response import Answer, Script
from tripos.problem import TriposError

STUDENT, ANSWERS, EXAM = "student", "answers", "exam"


def read_responses(path: Path, exam: Exam) -> tuple[Script, ...]:
    """Every student's answers in a file, in its order; raises with all problems of the file."""
    kinds = _kinds(exam)
    report = Report(str(path))
    register = Register.of(exam)
    text = text_of(path)
    records = _table_records if path.suffix.lower() == ".csv" else _json_records
    reader = _Reader(exam, register, kinds, report)
    for record in records(text, register, report):
        reader.take(record)
    if not (reader.scripts or report.problems):
        report.add(0, "the file has no student.", "Name the file that you meant.")
    report.settle()
    return tuple(reader.scripts)


def _kinds(exam: Exam) -> Mapping[str, Kind]:
    # A draw changes what a key comes to, never its kind.
    return {key.asked.id: key.kind for key in keys(variant(exam)).whole()}


@dataclass(frozen=True, slots=True)
class _Record:
    """What a line or a row says of one student."""

    line: int
    student: Json
    answers: tuple[tuple[str, Json], ...]
    exam: Json = None


@dataclass(slots=True)
class _Reader:
    """The scripts so far, and in which line each student was met."""

    exam: Exam
    register: Register
    kinds: Mapping[str, Kind]
    report: Report
    scripts: list[Script] = field(default_factory=list)
    met: dict[str, tuple[str, int]] = field(default_factory=dict)  # by the id in small letters
    digests: set[str] = field(default_factory=set)

    def take(self, record: _Record) -> None:
        """Add the script of a record; what is wrong with it is reported."""
        self.check_exam(record)
        name = student(record.student, record.line, self.report)
        # Capitals change what is drawn for a student, so that two spellings of one id are marked by two keys.
        other, line = self.met.setdefault(name.casefold(), (name, record.line))
        if name and line != record.line:
            spelt = "" if other == name else f", as {shown(other)}"
            fact = f"student {shown(name)} stands in line {line} already{spelt}."
            self.report.add(record.line, fact, "Keep one of the two.")
        self.scripts.append(Script(name, self.answers(record, f"student {shown(name)}" if name else "this student")))

    def check_exam(self, record: _Record) -> None:
        """Report a record that was made for another exam, once for each other exam."""
        if record.exam is None or record.exam == self.exam.digest:
            return
        if not isinstance(record.exam, str):
            self.report.add(record.line, f"the exam's digest is a text; this is {described(record.exam)}.")
        elif record.exam not in self.digests:
            self.digests.add(record.exam)
            fact = f"this was answered to the exam {shown(record.exam)}; {self.exam.file} is {self.exam.digest}."
            self.report.add(record.line, fact, "Name the exam that was sat, or take the digest out.")

    def answers(self, record: _Record, who: str) -> Mapping[str, Answer]:
        """The answers of a record by id."""
        found: dict[str, Answer] = {}
        names: dict[str, str] = {}
        for name, value in record.answers:
            entry = self.register.entry(name)
            if entry is None:
                tail, hint = self.register.lacks(name)
                self.report.add(record.line, f"{who} answers {shown(name)}; {tail}.", hint)
                continue
            if entry.id in names:
                self.report.add(record.line, f"{who} answers {_twice(names[entry.id], name)}.", "Keep one of the two.")
            names[entry.id] = name
            try:
                found[entry.id] = answer(value, self.kinds[entry.id], _options(entry))
            except TriposError as error:
                self.report.add(record.line, f"{who} answers {name} {error.problems[0].fact}.")
        return found


def student(value: Json, line: int, report: Report) -> str:
    """A student's id without the blanks around it; empty, and reported, if this is none."""
    if not isinstance(value, str):
        fact = "no student is named." if value is None else f"a student's id is a text; this is {described(value)}."
        report.add(line, fact, 'Write "student": "s01".')
        return ""
    name = value.strip()
    if not name:
        report.add(line, "the student's id is empty.", "Name the student.")
    elif len(name) > LONGEST:
        report.add(line, f"the student's id has {len(name):,} characters; at most {LONGEST:,} are read.")
    elif CONTROL.search(name) or not name.isprintable():
        report.add(line, f"the id of student {shown(name)} holds a character that cannot be seen.", "Take it out.")
    else:
        return name
    return ""


def _options(entry: Entry) -> tuple[str, ...]:
    asked = entry.asked
    return tuple(option.letter for option in asked.options) if isinstance(asked, Choice) else ()


def _twice(first: str, second: str) -> str:
    return f"{first} twice" if first == second else f"one gap twice, as {first} and as {second}"


def _json_records(text: str, _: Register, report: Report) -> Iterator[_Record]:
    for line in jsonl.lines(text, (STUDENT, ANSWERS, EXAM), report):
        answers = line.values.get(ANSWERS)
        pairs: tuple[tuple[str, Json], ...] = ()
        if isinstance(answers, Object):
            pairs = answers.pairs
        else:
            fact = (
                "the line has no answers." if answers is None else f"answers are an object, not {described(answers)}."
            )
            report.add(line.number, fact, 'Write "answers": {"q1-1": true}.')
        yield _Record(line.number, line.values.get(STUDENT), pairs, line.values.get(EXAM))


def _table_records(text: str, register: Register, report: Report) -> Iterator[_Record]:
    rows = table.rows(text, report)
    header = next(rows, None)
    if header is None:
        return
    columns = _columns(header, register, report)
    if STUDENT not in columns:
        report.add(header.line, "the header names no column student.", "Begin it with student.")
        return
    for row in rows:
        cells: dict[str, Json] = {name: row.cells[index] for name, index in columns.items()}
        who, exam = cells.pop(STUDENT), cells.pop(EXAM, "")
        yield _Record(row.line, who, tuple(cells.items()), exam or None)


def _columns(header: table.Row, register: Register, report: Report) -> Mapping[str, int]:
    columns: dict[str, int] = {}
    meant: dict[str, str] = {}
    for index, name in enumerate(header.cells):
        entry = register.entry(name)
        if entry is None and name not in (STUDENT, EXAM):
            tail, hint = register.lacks(name) if name else ("a column has a name", "")
            report.add(header.line, f"column {index + 1} is called {shown(name) or 'nothing'}; {tail}.", hint)
            continue
        id = entry.id if entry else name
        if id in meant:
            fact = f"column {index + 1} is called {name}: the header has {_twice(meant[id], name)}."
            report.add(header.line, fact, "Keep one of the two.")
            continue
        meant[id] = name
        columns[name] = index
    return columns
