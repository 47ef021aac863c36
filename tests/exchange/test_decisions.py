"""Files of decisions: what a line decides, and where every fault of a file is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from tripos.exam.item import Exam
from tripos.exchange.decisions import read_decisions
from tripos.marking.decision import Decision, standing
from tripos.marking.response import Script
from tripos.problem import Problem, TriposError

Write = Callable[..., Path]
SCRIPTS = (Script("s01"), Script("s02"))
GOOD = {"student": "s01", "id": "q14", "points": 2, "reason": "Says why.", "by": "ada"}


def line(**changed: object) -> str:
    return json.dumps({key: value for key, value in (GOOD | changed).items() if value is not ...}) + "\n"


def read(path: Path, exam: Exam) -> tuple[tuple[Decision, ...], tuple[Problem, ...]]:
    try:
        return read_decisions(path, exam, SCRIPTS), ()
    except TriposError as error:
        return (), error.problems


@pytest.mark.parametrize(
    ("points", "exact"),
    [(2, fmpq(2)), (0, fmpq(0)), (1.5, fmpq(3, 2)), ("3/2", fmpq(3, 2)), ("0.10", fmpq(1, 10)), (" 3 ", fmpq(3))],
)
def test_points_are_read_exactly(points: object, exact: fmpq, written: Write, exam: Exam) -> None:
    expected = Decision("s01", "q14", exact, "Says why.", "ada")
    assert read_decisions(written(line(points=points)), exam, SCRIPTS) == (expected,)


@pytest.mark.parametrize(("id", "points"), [("q1", -1), ("q2", -2), ("q5.x", 1)])
def test_an_answer_may_lose_what_its_rule_takes_off_and_an_alias_names_its_gap(
    id: str, points: int, written: Write, exam: Exam
) -> None:
    (decision,) = read_decisions(written(line(id=id, points=points)), exam, SCRIPTS)
    assert (decision.id, decision.points) == (id.replace("x", "1"), points)


def test_the_last_decision_on_an_answer_stands(written: Write, exam: Exam) -> None:
    decisions = read_decisions(written(line(points=1) + "\n" + line(points=3)), exam, SCRIPTS)
    assert standing(decisions)["s01", "q14"].points == 3


@pytest.mark.parametrize(
    ("changed", "fact"),
    [
        ({"student": "s03"}, "there are no responses of a student s03. Did you mean s02?"),
        ({"student": 3}, '"student" is a text; this is the number 3.'),
        ({"student": ...}, '"student" is missing. Write "student": "...".'),
        ({"id": "q4.5"}, "this decides on q4.5; q4 has four gaps, .1 to .4."),
        ({"id": "q99"}, "this decides on q99; the exam asks nothing of that name. Did you mean q9?"),
        ({"id": None}, '"id" is missing.'),
        ({"points": 4}, "this gives 4 for q14, which is worth 3. Give no more than that."),
        ({"points": "-1/2"}, "this gives -1/2 for q14, where 0 is the least."),
        ({"id": "q1", "points": "-1.5"}, "this gives -3/2 for q1, where -1 is the least."),
        ({"points": "two"}, 'points are a number; this is "two". Write "points": 2, or "3/2" or "1.5".'),
        ({"points": "1/0"}, 'points are a number; this is "1/0".'),
        ({"points": 1e300}, "points are a number; this is the number 1e+300."),
        ({"points": True}, "points are a number; this is true."),
        ({"points": [2]}, "points are a number; this is a list."),
        ({"points": ...}, "the points are missing."),
        ({"reason": " "}, '"reason" is missing.'),
        ({"reason": "a\x07"}, '"reason" holds a control character.'),
        ({"reason": "a" * 10_001}, '"reason" has 10,001 characters; at most 10,000 are read.'),
        ({"by": ...}, '"by" is missing.'),
        ({"by": {}}, '"by" is a text; this is an object.'),
        ({"reasons": "x"}, 'the key "reasons" has no meaning here. Did you mean reason?'),
    ],
    ids=str,
)
def test_a_fault_is_told_with_its_line(changed: dict[str, object], fact: str, written: Write, exam: Exam) -> None:
    path = written(line() + line(**changed))
    (problem,) = read(path, exam)[1]
    assert str(problem).startswith(f"{path}:2  {fact}")
    assert str(problem).endswith("Nothing was marked. Correct line 2 and run again.")


def test_all_problems_come_at_once(written: Write, exam: Exam) -> None:
    path = written("{\n" + line(student="s9", id="q0", points="x", reason="", by="") + "[]\n")
    assert [problem.place.line for problem in read(path, exam)[1]] == [1, 2, 2, 2, 2, 2, 3]


@given(st.binary() | st.tuples(st.sampled_from(sorted(GOOD)), st.text() | st.integers() | st.floats() | st.none()))
def test_any_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, exam: Exam, content: bytes | tuple[str, object]
) -> None:
    path = tmp_path_factory.getbasetemp() / "decisions.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else line(**{content[0]: content[1]}).encode())
    decisions, problems = read(path, exam)
    assert bool(decisions) != bool(problems)
