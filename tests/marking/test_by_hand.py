"""Ten students of each midterm, marked by hand (see by-hand-2019.md and by-hand-2023.md), against the program."""

import json
from pathlib import Path

import pytest

from tripos.exam.reading import read_file
from tripos.exchange.decisions import read_decisions
from tripos.exchange.figures import mark_figures
from tripos.exchange.responses import read_responses
from tripos.marking.result import results

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def by_machine(year):
    base = ROOT / "examples" / f"midterm-{year}"
    exam = read_file(Path(f"{base}.md")).whole()
    scripts = read_responses(Path(f"{base}-class.jsonl"), exam)
    decisions = read_decisions(Path(f"{base}-decisions.jsonl"), exam, scripts)
    return {figure["student"]: figure for figure in mark_figures(results(exam, scripts, decisions))}


def by_hand(year):
    return [json.loads(line) for line in (HERE / f"by-hand-{year}.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module", params=["2019", "2023"])
def marked(request):
    return by_hand(request.param), by_machine(request.param)


def test_every_mark_is_the_one_given_by_hand(marked):
    hand, machine = marked
    differing = []
    for row in hand:
        if "id" in row:
            answer = next(one for one in machine[row["student"]]["answers"] if one["id"] == row["id"])
            if (answer["points"], answer["state"]) != (row["points"], row["state"]):
                differing.append((row, answer))
    assert not differing


def test_every_total_is_the_one_added_up_by_hand(marked):
    hand, machine = marked
    totals = [row for row in hand if "total" in row]
    assert len(totals) == 10
    for row in totals:
        figure = machine[row["student"]]
        assert (text(figure["points"]), text(figure["points_so_far"])) == (text(row["total"]), text(row["so_far"]))


def test_every_answer_of_ten_students_was_marked_by_hand(marked):
    hand, machine = marked
    ids = [answer["id"] for answer in next(iter(machine.values()))["answers"]]
    students = dict.fromkeys(row["student"] for row in hand)
    assert len(students) == 10
    for student in students:
        assert [row["id"] for row in hand if row["student"] == student and "id" in row] == ids


def text(points):
    return None if points is None else str(points)
