"""The documents, run: every example is read, every value worked out, every command tried, so that none can drift."""

from __future__ import annotations

import json
import re
import runpy
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest
from flint import fmpq

from tripos.cli.main import VERBS, main
from tripos.deep.conventions import CONVENTIONS
from tripos.deep.layers import LARGEST
from tripos.exam import attributes
from tripos.exam.definitions import definitions
from tripos.exam.draws import Lot, bound
from tripos.exam.engine import engine
from tripos.exam.front import KEYS
from tripos.exam.item import Exam
from tripos.exam.key import keys
from tripos.exam.reading import read
from tripos.exam.tables import COLUMNS
from tripos.exam.variant import variant
from tripos.exchange.decisions import read_decisions
from tripos.exchange.figures import key_figures, key_text, mark_figures
from tripos.exchange.responses import read_responses
from tripos.language import cursor, evaluator, plain, student, tokens
from tripos.language.kind import Kind
from tripos.language.names import Names
from tripos.language.names import Sort as NameSort
from tripos.language.reader import expression
from tripos.language.values import Shape, Value, kind_of
from tripos.language.vocabulary import BUILT_IN, DOMAINS, Vocabulary
from tripos.marking.mark import State
from tripos.marking.result import results
from tripos.pandoc import reading as pandoc
from tripos.problem import Place, TriposError
from tripos.proof import comparison
from tripos.rehearsal.classroom import classroom
from tripos.rehearsal.table import read_table

ROOT = Path(__file__).parents[2]
FORMAT, EXPRESSIONS, RESPONSES = (ROOT / "docs" / f"{name}.md" for name in ("format", "expressions", "responses"))
README = ROOT / "README.md"
PAGES = (FORMAT, EXPRESSIONS, RESPONSES)
TITLE = "---\ntitle: An example\n---\n\n"
ENGINE = engine()


@dataclass(frozen=True)
class Block:
    """A fenced block: its info string, its text, and what follows it."""

    page: str
    line: int
    info: str
    text: str
    after: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(path: Path, info: str) -> list[Block]:
    text = path.read_text("utf-8")
    fences = list(re.finditer(r"^(`{3,})([^`\n]*)\n(.*?)^\1$\n?", text, re.DOTALL | re.MULTILINE))
    ends = [match.start() for match in fences[1:]] + [len(text)]
    return [
        Block(path.name, text.count("\n", 0, match.start()) + 1, match[2], match[3], text[match.end() : end])
        for match, end in zip(fences, ends, strict=True)
        if match[2] == info
    ]


def tables(text: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The header and the rows of every pipe table."""
    lines = [*text.split("\n"), ""]
    start = None
    for number, line in enumerate(lines):
        if line.startswith("|") and start is None:
            start = number
        elif not line.startswith("|") and start is not None:
            head, _, *rows = map(cells, lines[start:number])
            yield head, rows
            start = None


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def rows(path: Path, *header: str) -> list[dict[str, str]]:
    """The rows of all tables whose header begins so."""
    found = [
        dict(zip(head, row, strict=True))
        for head, body in tables(path.read_text("utf-8"))
        if head[: len(header)] == list(header)
        for row in body
    ]
    assert found, f"{path.name} has no table {header}"
    return found


def code(cell: str) -> str:
    match = re.fullmatch(r"`(.*)`", cell)
    assert match, f"{cell} is no code"
    return match[1]


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


# Expressions


@pytest.fixture(scope="module")
def names() -> Names:
    """The names that the examples of the page know."""
    (block,) = blocks(EXPRESSIONS, "let")
    found, problems = definitions([(line, Place()) for line in block.text.split("\n")], ENGINE.vocabulary, {})
    assert problems == ()
    return bound(found, "", {}, Lot(), ENGINE)


def worked(text: str, names: Names) -> Value:
    return ENGINE.evaluator().value(expression(text, ENGINE.vocabulary, names), names).value


@pytest.mark.parametrize("row", rows(EXPRESSIONS, "expression", "value"), ids=lambda row: row["expression"])
def test_an_expression_comes_to_what_the_table_says(row: dict[str, str], names: Names) -> None:
    value = worked(code(row["expression"]), names)
    assert plain.of_value(value) == row["value"]
    assert row.get("kind") in (None, kind_of(value))


@pytest.mark.parametrize("row", rows(EXPRESSIONS, "refused", "why"), ids=lambda row: row["refused"])
def test_an_expression_is_refused_with_the_sentence_of_the_table(row: dict[str, str], names: Names) -> None:
    with pytest.raises(TriposError) as caught:
        worked(code(row["refused"]), names)
    problem = caught.value.problems[0]
    assert f"{problem.fact} {problem.remedy}".strip() == row["why"]


def test_every_function_stands_in_a_table_of_expressions() -> None:
    page = EXPRESSIONS.read_text("utf-8")
    examples = " ".join(row["expression"] for row in rows(EXPRESSIONS, "expression", "value"))
    for_graphs = {"value", "gradient"}  # a graph is a block, and no expression writes one
    functions = {*ENGINE.vocabulary.functions, *BUILT_IN}
    assert {word for word in functions - for_graphs if not re.search(rf"\b{word}\(", examples)} == set()
    assert {word for word in for_graphs if f"`{word}(graph, name)`" not in page} == set()


def test_every_kind_that_a_value_can_have_stands_in_the_table() -> None:
    stated = {row["kind"] for row in rows(EXPRESSIONS, "expression", "value", "kind")}
    assert stated == set(Kind) - {Kind.CHOICE, Kind.TEXT, Kind.INTERVAL, Kind.ORDER}


def test_every_infinite_set_stands_on_the_page() -> None:
    page = EXPRESSIONS.read_text("utf-8")
    assert [word for word in DOMAINS if f"`{word}`" not in page] == []


def test_every_convention_stands_in_the_table_with_its_sentence() -> None:
    stated = [tuple(row.values()) for row in rows(EXPRESSIONS, "convention")]
    assert [(code(name), code(value), sentence) for name, value, sentence in stated] == [
        (name, value, sentence) for name, choice in CONVENTIONS.items() for value, sentence in choice.sentences.items()
    ]


def typed(text: str, kind: Kind) -> Value:
    return evaluator.Evaluator().value(student.read(text, Vocabulary(), {}, kind)).value


@pytest.mark.parametrize("row", rows(EXPRESSIONS, "typed", "kind"), ids=lambda row: row["typed"])
def test_what_a_student_types_is_read_as_the_table_says(row: dict[str, str]) -> None:
    assert plain.of_value(typed(code(row["typed"]), Kind(row["kind"]))) == row["read as"]


def test_a_vector_written_as_a_volume_of_one_pixel_is_right_as_the_page_says() -> None:
    response = student.read("256x1x1", Vocabulary(), {}, Kind.SHAPE)
    assert comparison.compare(Shape((256,)), response, Kind.SHAPE, {}) == replace(
        comparison.EQUAL, given=Shape((256, 1, 1))
    )


@pytest.mark.parametrize("row", rows(EXPRESSIONS, "unread", "kind"), ids=lambda row: row["unread"])
def test_what_a_student_types_is_not_read_as_the_table_says(row: dict[str, str]) -> None:
    with pytest.raises(TriposError) as caught:
        typed(code(row["unread"]), Kind(row["kind"]))
    problem = caught.value.problems[0]
    assert row["why"] in (problem.fact, f"{problem.fact} {problem.remedy}")


def test_the_bounds_are_those_of_the_code() -> None:
    stated = [int(row[""].replace(",", "")) for row in rows(EXPRESSIONS, "at most")]
    assert stated == [
        tokens.MAX_CHARACTERS,
        student.MAX_CHARACTERS,
        cursor.MAX_DEPTH,
        tokens.MAX_DIGITS,
        evaluator.STEPS,
        comparison.STEPS,
        LARGEST,
        pandoc.LARGEST,
    ]


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


# Commands


def shell_lines(path: Path) -> list[str]:
    lines = [line for block in blocks(path, "sh") for line in block.text.splitlines()]
    prompted = [line.removeprefix("$ ") for block in blocks(path, "") for line in block.text.splitlines()]
    return [line for line in (*lines, *prompted) if line.startswith("tripos ")]


COMMANDS = sorted(
    {line for path in (*PAGES, README) for line in shell_lines(path)}
    | {example for verb in VERBS.values() for example in verb.examples}
)
WRITES: Mapping[str, Sequence[str]] = {"mark": ("--out",), "rehearse": ("--out", "--decisions")}


def test_every_verb_stands_in_a_document() -> None:
    text = "\n".join(line for path in (*PAGES, README) for line in shell_lines(path))
    assert [verb for verb in VERBS if f"tripos {verb} " not in text] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_a_document_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    _, verb, *words = shlex.split(command, comments=True)
    for index, (option, path) in enumerate(pairwise(words), start=1):
        if option in WRITES.get(verb, ()):
            words[index] = str(tmp_path / Path(path).name)
    assert main([verb, *words]) == 0, capsys.readouterr().err


def test_the_output_that_the_readme_shows_is_what_the_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_outputs = [block.text for block in blocks(README, "") if block.text.startswith("$ tripos ")]
    assert shown_outputs
    for text in shown_outputs:
        command, _, output = text.partition("\n")
        assert main(shlex.split(command)[2:]) == 0
        printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        assert printed == output.splitlines()


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    programs = blocks(README, "python")
    assert programs
    for number, block in enumerate(programs):
        path = tmp_path / f"example{number}.py"
        path.write_text(block.text, encoding="utf-8")
        runpy.run_path(str(path))


def test_every_link_between_the_documents_leads_somewhere() -> None:
    broken = []
    for path in (*PAGES, README):
        for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)", path.read_text("utf-8")):
            file, _, anchor = target.partition("#")
            page = path.parent / file if file else path
            if "://" not in target and (not page.exists() or (anchor and anchor not in anchors(page))):
                broken.append(f"{path.name}: {target}")
    assert broken == []


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
