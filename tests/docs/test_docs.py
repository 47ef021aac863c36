"""The documents on exams and responses, run: every example is read and marked, every link followed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flint import fmpq
from tests.docs.document import (
    CONTRIBUTING,
    EQUALITY,
    FORMAT,
    PAGES,
    README,
    RESPONSES,
    Block,
    blocks,
    code,
    rows,
    tables,
)

from tripos.exam import attributes
from tripos.exam.front import KEYS
from tripos.exam.item import Exam
from tripos.exam.key import keys
from tripos.exam.reading import read
from tripos.exam.tables import COLUMNS
from tripos.exam.variant import variant
from tripos.exchange.decisions import read_decisions
from tripos.exchange.figures import key_figures, key_text, mark_figures
from tripos.exchange.responses import read_responses
from tripos.language.names import Sort as NameSort
from tripos.marking.mark import State
from tripos.marking.result import results
from tripos.problem import TriposError
from tripos.rehearsal.classroom import classroom
from tripos.rehearsal.table import read_table

TITLE = "---\ntitle: An example\n---\n\n"


def whole(block: Block) -> Exam:
    source = block.text if block.text.startswith("---") else TITLE + block.text
    return read(source, "exam.md").whole()


# Exams


EXAMS = [block for path in (*PAGES, README) for block in blocks(path, "markdown")]


@pytest.mark.parametrize("block", EXAMS, ids=str)
def test_an_example_exam_has_the_keys_that_stand_below_it(block: Block) -> None:
    exam = whole(block)
    own = variant(exam)
    found = [
        [key.asked.id, str(key.asked.points), str(key.kind), " ".join(key_text(key, own).split())]
        for key in keys(own).whole()
    ]
    if block.page == "README.md":
        assert found
        return
    head, stated = next(tables(block.after))
    assert head == ["id", "points", "kind", "key"]
    assert found == stated


def test_the_refused_exam_is_refused_as_the_page_shows() -> None:
    (block,) = blocks(FORMAT, "markdown refused")
    (output,) = blocks(FORMAT, "text")
    assert "\n".join(map(str, read(block.text).problems)) == output.text.rstrip("\n")


def test_every_attribute_and_word_of_the_format_stands_on_its_page() -> None:
    page = FORMAT.read_text("utf-8")
    lists = (attributes.HEADING, attributes.GAP, attributes.CHOICE_OPTION, attributes.GRAPH, attributes.RUBRIC)
    names = {name for names in (*lists, attributes.LATER) for name in names}
    assert {name for name in names if f"`{name}=" not in page} == set()
    words = {*KEYS, *COLUMNS, *attributes.RULES}
    assert {word for word in words if f"`{word}`" not in page and f"`rule={word}" not in page} == set()


def test_every_domain_of_a_free_name_stands_on_its_page() -> None:
    page = FORMAT.read_text("utf-8")
    with_examples = {NameSort.INDEX: "index of s", NameSort.MATRIX: "m by n matrix", NameSort.INTERVAL: "0 < p < 1"}
    words = [with_examples.get(sort, sort.value) for sort in NameSort]
    assert [word for word in words if f"`{word}`" not in page] == []


def test_an_answer_to_the_example_of_kinds_earns_what_the_table_says(tmp_path: Path) -> None:
    (block,) = [block for block in blocks(FORMAT, "markdown") if "{#kinds " in block.text]
    exam = whole(block)
    path = tmp_path / "responses.jsonl"
    for row in rows(FORMAT, "answer to", "typed", "points"):
        given = {"student": "s01", "answers": {row["answer to"]: code(row["typed"])}}
        path.write_text(json.dumps(given), encoding="utf-8")
        (result,) = results(exam, read_responses(path, exam))
        (mark,) = [mark for mark in result.marks if mark.id == row["answer to"]]
        assert (row, "a person decides" if mark.points is None else str(mark.points)) == (row, row["points"])


@pytest.mark.parametrize("row", rows(FORMAT, "rule"), ids=lambda row: row["rule"])
def test_a_scoring_rule_gives_what_the_table_says(row: dict[str, str], tmp_path: Path) -> None:
    heading = f"## Example {{#q points=4 {code(row['rule'])}}}"
    exam = read(f"{TITLE}{heading}\n\n- [x] a\n- [ ] b\n- [x] c\n- [ ] d\n").whole()
    answers = {"blank": {"q": None}, "no record": {}}
    path = tmp_path / "responses.jsonl"
    for marked, points in list(row.items())[1:]:
        given = {"student": "s01", "answers": answers.get(marked, {"q": marked})}
        path.write_text(json.dumps(given), encoding="utf-8")
        (result,) = results(exam, read_responses(path, exam))
        assert (marked, str(result.total)) == (marked, points)


# Responses


@pytest.fixture(scope="module")
def exam() -> Exam:
    """The exam that the page's examples belong to."""
    (block,) = blocks(RESPONSES, "markdown")
    return whole(block)


def written(info: str, name: str, folder: Path) -> Path:
    (block,) = blocks(RESPONSES, info)
    path = folder / name
    path.write_text(block.text, encoding="utf-8")
    return path


def test_both_response_files_say_the_same(exam: Exam, tmp_path: Path) -> None:
    as_lines = read_responses(written("jsonl", "class.jsonl", tmp_path), exam)
    as_table = read_responses(written("csv", "class.csv", tmp_path), exam)
    marks = [
        [[(mark.id, mark.points, mark.state) for mark in result.marks] for result in results(exam, scripts)]
        for scripts in (as_lines, as_table)
    ]
    assert marks[0] == marks[1]


def test_the_refused_responses_are_refused_as_the_page_shows(
    exam: Exam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = written("jsonl refused", "class.jsonl", tmp_path).relative_to(tmp_path)
    (output,) = blocks(RESPONSES, "text")
    with pytest.raises(TriposError) as caught:
        read_responses(path, exam)
    assert str(caught.value) == output.text.rstrip("\n")


def test_the_keys_are_the_json_of_the_page(exam: Exam) -> None:
    (block,) = blocks(RESPONSES, "json keys")
    assert key_figures(keys(variant(exam))) == json.loads(block.text)


def test_the_marks_are_the_json_of_the_page(exam: Exam, tmp_path: Path) -> None:
    (block,) = blocks(RESPONSES, "json marks")
    scripts = read_responses(written("jsonl", "class.jsonl", tmp_path), exam)
    decisions = read_decisions(written("jsonl decisions", "decisions.jsonl", tmp_path), exam, scripts)
    found = list(results(exam, scripts, decisions))
    assert mark_figures(found[1:]) == json.loads(block.text)
    assert [result.total for result in results(exam, scripts)] == [None, None]
    assert next(iter(results(exam, scripts))).so_far == fmpq(8)


def test_the_table_of_a_rehearsal_makes_a_class_that_can_be_marked(exam: Exam, tmp_path: Path) -> None:
    table = read_table(written("jsonl rehearsal", "table.jsonl", tmp_path), exam)
    lines = [
        json.dumps({"student": sheet.student, "answers": sheet.answers}) for sheet in classroom(exam, table, 8, seed=1)
    ]
    path = tmp_path / "class.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert len(list(results(exam, read_responses(path, exam)))) == 8


def test_every_state_of_a_mark_stands_on_the_page() -> None:
    page = RESPONSES.read_text("utf-8")
    assert [state for state in State if f"`{state}`" not in page] == []


# Links


def test_every_link_between_the_documents_leads_somewhere() -> None:
    broken = []
    for path in (*PAGES, EQUALITY, README, CONTRIBUTING):
        for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)", path.read_text("utf-8")):
            file, _, anchor = target.partition("#")
            page = path.parent / file if file else path
            if "://" not in target and (not page.exists() or (anchor and anchor not in anchors(page))):
                broken.append(f"{path.name}: {target}")
    assert broken == []


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
