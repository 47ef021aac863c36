"""The table of a rehearsal: for every gap the right and wrong answers that simulated students choose from.

JSON Lines. `{"id": "q3-3a.2", "right": ["224", "8*3*3*3 + 8"], "wrong": ["216"]}` is one gap. Where a person must
decide, an answer says what they decide: `{"answer": "...", "points": 2, "reason": "..."}`. A line
`{"together": {"q3-3a.3": "16x30x30", "q3-3a.5": "16x15x15"}}` is a set of answers that one student gives together:
a mistake, carried on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tripos.exam.item import Exam
from tripos.exchange.textfile import text_of
from tripos.problem import Place, Problem, TriposError, nearest

Json = object


@dataclass(frozen=True, slots=True)
class Reply:
    """One possible answer, as JSON, and what a person decides about it where one must."""

    answer: Json
    points: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The replies to one gap."""

    id: str
    right: tuple[Reply, ...]
    wrong: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row by id, and the sets of answers that belong together."""

    rows: Mapping[str, Row] = field(default_factory=dict)
    together: tuple[Mapping[str, Json], ...] = ()


def read_table(path: Path, exam: Exam) -> Table:
    """The table in a file, one row for everything that the exam asks; every problem at once."""
    ids = [asked.id for _, asked in exam.asked()]
    rows: dict[str, Row] = {}
    together: list[Mapping[str, Json]] = []
    problems: list[Problem] = []
    for number, line in enumerate(text_of(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found = _line(line, ids)
        except TriposError as error:
            problems += [Problem(Place(str(path), number), part.fact, part.remedy) for part in error.problems]
            continue
        if isinstance(found, Row):
            rows[found.id] = found
        else:
            together.append(found)
    missing = [name for name in ids if name not in rows]
    if missing and not problems:
        problems.append(Problem(Place(str(path)), f"no row answers {', '.join(missing)}.", "Write one for each."))
    if problems:
        raise TriposError(problems)
    return Table(rows, tuple(together))


def _line(line: str, ids: Sequence[str]) -> Row | Mapping[str, Json]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise _fault("this line is no JSON.", "Write one JSON object a line.") from None
    if not isinstance(value, dict):
        raise _fault("this line is no JSON object.", 'Write {"id": ..., "right": [...], "wrong": [...]}.')
    if isinstance(value.get("together"), dict):
        for name in value["together"]:
            _known(name, ids)
        return dict(value["together"])
    name = value.get("id")
    if not isinstance(name, str):
        raise _fault("this line names no gap.", 'Write {"id": ..., "right": [...], "wrong": [...]}.')
    _known(name, ids)
    right, wrong = (tuple(_replies(value.get(side), side)) for side in ("right", "wrong"))
    return Row(name, right, wrong)


def _known(name: str, ids: Sequence[str]) -> None:
    if name not in ids:
        raise _fault(f"the exam asks nothing called {name}.", nearest(name, ids))


def _replies(values: Json, side: str) -> list[Reply]:
    if not isinstance(values, list) or not values:
        raise _fault(f'"{side}" is a list of at least one answer.', "Write one.")
    return [
        Reply(value["answer"], str(value.get("points", "")), str(value.get("reason", "")))
        if isinstance(value, dict) and "answer" in value
        else Reply(value)
        for value in values
    ]


def _fault(fact: str, remedy: str) -> TriposError:
    return TriposError(Problem(Place(), fact, remedy))
