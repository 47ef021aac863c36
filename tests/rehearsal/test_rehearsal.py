"""The rehearsal: a class is a function of exam, table, number and seed, and tables say what is wrong with them."""

import json

import pytest

from tripos.exam.reading import read
from tripos.problem import TriposError
from tripos.rehearsal.classroom import classroom
from tripos.rehearsal.table import read_table

BODY = """---
title: Trial
---

## A {#a points=2}

`? 1` and `? 2`

::: {.rubric points=1}
- +1 it
:::
"""
ROWS = [
    {"id": "a.1", "right": [1, "2 - 1"], "wrong": [2]},
    {"id": "a.2", "right": [2], "wrong": ["3"]},
    {
        "id": "a.rubric",
        "right": [{"answer": "it", "points": 1, "reason": "Says it."}],
        "wrong": [{"answer": "no", "points": 0, "reason": "Does not."}],
    },
    {"together": {"a.1": 5, "a.2": 6}},
]


def table(tmp_path, rows):
    path = tmp_path / "table.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def sheets(tmp_path, students, seed):
    exam = read(BODY).whole()
    return list(classroom(exam, read_table(table(tmp_path, ROWS), exam), students, seed))


def test_the_same_seed_makes_the_same_class_and_a_larger_class_contains_the_smaller(tmp_path):
    assert sheets(tmp_path, 30, 1) == sheets(tmp_path, 30, 1)
    assert sheets(tmp_path, 30, 1) != sheets(tmp_path, 30, 2)
    assert sheets(tmp_path, 40, 1)[:30] == sheets(tmp_path, 30, 1)


def test_answers_come_from_the_table_and_people_decide_only_what_was_given(tmp_path):
    allowed = {"a.1": [1, "2 - 1", 2, 5, None], "a.2": [2, "3", 6, None], "a.rubric": ["it", "no", None]}
    seen = set()
    for sheet in sheets(tmp_path, 200, 1):
        assert all(answer in allowed[id] for id, answer in sheet.answers.items())
        for decision in sheet.decisions:
            assert sheet.answers[decision["id"]] in ("it", "no")
            assert decision["points"] == (1 if sheet.answers[decision["id"]] == "it" else 0)
        seen.add((sheet.answers.get("a.1", "absent"), sheet.answers.get("a.2", "absent")))
    assert (5, 6) in seen
    assert any("absent" in pair for pair in seen) and any(None in pair for pair in seen)


@pytest.mark.parametrize(
    ("rows", "line", "says"),
    [
        ([{"id": "a.9", "right": [1], "wrong": [2]}], 1, "asks nothing called a.9"),
        ([{"id": "a.1", "right": [], "wrong": [2]}], 1, "at least one answer"),
        ([{"right": [1], "wrong": [2]}], 1, "names no gap"),
        ([[1]], 1, "no JSON object"),
        ([{"together": {"b": 1}}], 1, "asks nothing called b"),
        (ROWS[:2], 0, "no row answers a.rubric"),
    ],
)
def test_a_faulty_table_says_where_and_what(tmp_path, rows, line, says):
    exam = read(BODY).whole()
    with pytest.raises(TriposError) as caught:
        read_table(table(tmp_path, rows), exam)
    problem = caught.value.problems[0]
    assert problem.place.line == line
    assert says in problem.fact
