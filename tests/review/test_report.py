"""The report: everything in one run, nothing twice, and the two examples in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.review.samples import SOLUTION, question, told

from tripos.exam.reading import read
from tripos.language.kind import Kind
from tripos.problem import Level
from tripos.proof.evidence import Sort
from tripos.review import check, check_text
from tripos.review.report import CHECKS

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", ["midterm-2019.md", "midterm-2023.md"])
def test_the_examples_have_neither_errors_nor_warnings(name: str) -> None:
    report = check(EXAMPLES / name)
    assert [str(problem) for problem in report.problems if problem.level is not Level.HINT] == []


def test_the_listing_says_how_many_keys_are_computed_and_by_what() -> None:
    report = check(EXAMPLES / "midterm-2019.md")
    assert report.summary == "37 of 53 keys are computed. 3 answers are words, marked by a person."
    listed = {key.id: str(key) for key in report.keys}
    assert listed["q2-5"] == "q2-5  choice, computed by keeps_size"
    assert listed["q1-8"].startswith("q1-8  truth, typed: A dynamic graph is built while it runs;")
    assert listed["q3-3d"] == "q3-3d  words, marked by a person"


def test_a_key_that_cannot_be_found_is_listed_without_a_kind() -> None:
    report = check_text(question("`? 1/0`"))
    assert [key.kind for key in report.keys] == [None]
    assert report.summary == "0 of 1 keys are computed."


def test_a_file_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    report = check(tmp_path / "nowhere.md")
    assert [problem.fact for problem in report.problems] == ["the file cannot be opened: No such file or directory."]
    assert report.keys == ()


def test_problems_of_reading_and_of_every_check_come_in_one_run_by_their_place() -> None:
    text = question("`? parameters(CONF3 on 3x8x8)`\n`? 1 +`\n`? 1/0`\n\n![](a.png) $\\foo{1}$")
    found = told(text)
    assert [one.split(" ")[0] for one in found] == ["9:15", "10:7", "11:4", "13:1", "13:13"]


def test_a_fault_in_a_definition_is_reported_once_and_not_where_its_name_is_used() -> None:
    text = question("```let\nnet = 3x8x8 -> CONF3-8\nbig = net on 3x16x16\n```\n`? parameters(net)` `? weights(big)`")
    assert told(text) == ["10:16 CONF3-8 is no layer."]


def test_a_table_whose_network_does_not_fit_is_one_problem() -> None:
    text = question("`? table(3x4x4 -> CONV7-8-p0, volume, parameters)`")
    assert len(told(text)) == 1


def test_a_gap_that_cannot_be_read_keeps_its_points() -> None:
    text = question("`? 1 +` `? 2`{because=x}", "points=1")
    assert told(text) == ["9:7 a value is missing before the end of the text."]


def test_no_check_raises_on_an_exam_that_is_empty() -> None:
    assert told("") == ["0:0 the file is empty."]


def test_every_check_has_a_sentence_that_says_what_it_looks_at() -> None:
    assert [one.__name__ for one in CHECKS if not one.__doc__] == []
    assert len({one.__name__ for one in CHECKS}) == len(CHECKS)


def test_kinds_of_keys_are_those_of_the_exam() -> None:
    report = check_text(question("`? 3x4`{because=x} `? true`{because=x}"))
    assert [key.kind for key in report.keys] == [Kind.SHAPE, Kind.TRUTH]


def test_a_typed_choice_without_reasons_is_listed_with_its_solution() -> None:
    report = check_text(question("- [x] a\n- [ ] b" + SOLUTION))
    assert [str(key) for key in report.keys] == ["q1  choice, typed: see its solution"]
    assert [str(key) for key in check_text(question("- [x] a\n- [ ] b")).keys] == ["q1  choice, typed"]


def test_the_report_has_the_digest_of_the_exam_and_none_where_none_was_read(tmp_path: Path) -> None:
    text = question("`? 1`{because=x}")
    assert check_text(text).digest == read(text).exam.digest != ""
    assert check(tmp_path / "nowhere.md").digest == ""


def test_the_listing_carries_the_evidence_of_every_key() -> None:
    report = check_text(question("`? 3x4`{because=x} `? always(x > 1 for x in {1, 2})`"))
    assert [key.evidence.sort for key in report.keys if key.evidence] == [Sort.STATEMENT, Sort.COUNTEREXAMPLE]
    assert [str(key) for key in report.keys] == ["q1.1  shape, typed: x", "q1.2  truth, computed by always"]


@pytest.mark.slow
def test_a_check_ends_even_where_every_draw_takes_long():
    numbers = "{" + ", ".join(map(str, range(1, 11))) + "}"
    body = (
        f"## A {{#a points=9}}\n\n```let\nn ~ {numbers}\nm ~ {numbers}\n"
        f"s = sum(i*j*k*n*m for i in {numbers}, for j in {numbers}, for k in {numbers})\n```\n\n"
        + " ".join(f"`? s + {number}`" for number in range(9))
        + "\n"
    )
    report = check_text(f"---\ntitle: T\n---\n\n{body}")
    assert any("steps" in problem.fact for problem in report.errors)
