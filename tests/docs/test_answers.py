"""The page on answers, run: every answer is read, every pair compared, and every reason comes back as it stands there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.docs.document import ANSWERS, blocks, code, listed, rows

from tripos.exam.loose import question, with_names
from tripos.language import plain, student
from tripos.language.display import readable
from tripos.language.kind import Kind
from tripos.language.student import lexemes, tape
from tripos.language.vocabulary import Vocabulary
from tripos.language.where import declared
from tripos.problem import Refusal, TriposError
from tripos.proof import comparison, formula, reason, worker
from tripos.proof.answer import judged
from tripos.proof.letters import letters
from tripos.proof.verdict import Certainty, Outcome, Verdict

Row = dict[str, str]
UNSHOWN = {
    "",
    "unreadable",
    "refused",
    "killed",
    "close",
    "long",
    "no-points",
    "solutions",
    "always-too",
    "never-holds",
    "key-sizes",
    "beyond",
}


def where() -> str:
    """The names that the page's examples know, as `--where` has them."""
    (block,) = blocks(ANSWERS, "let")
    return "; ".join(block.text.strip().splitlines())


def shown(text: str, kind: str, names: str) -> str:
    """An answer as it is shown when it has been read."""
    tree = student.read(text, Vocabulary(), declared(names), Kind(kind))
    return ", ".join(letters(str(tree.value))) if kind == Kind.CHOICE else plain.of(readable(tree))


def compared(row: Row) -> Verdict:
    """The verdict on the pair of a row; its kind may be followed by a form."""
    kind, _, form = row.get("kind", "").partition(", ")
    asked, _ = question(code(row["key"]), Kind(kind) if kind else None, form.removeprefix("form="), where())
    return judged(with_names(asked, code(row["answer"])), code(row["answer"])).verdict


@pytest.mark.parametrize("row", rows(ANSWERS, "kind", "typed"), ids=lambda row: row["typed"])
def test_every_way_to_type_an_answer_without_names_is_read_the_same(row: Row) -> None:
    found = {text: shown(text, row["kind"], "") for text in listed(row["typed"])}
    assert found == dict.fromkeys(found, row["read as"])


@pytest.mark.parametrize("row", rows(ANSWERS, "plain", "Unicode", "LaTeX"), ids=lambda row: row["plain"])
def test_plain_text_unicode_and_latex_are_read_the_same(row: Row) -> None:
    kind = row.get("kind", "formula")
    found = {text: shown(text, kind, where()) for way in ("plain", "Unicode", "LaTeX") for text in listed(row[way])}
    assert found
    assert found == dict.fromkeys(found, row["read as"])


@pytest.mark.parametrize("row", rows(ANSWERS, "refused", "kind"), ids=lambda row: row["refused"])
def test_what_has_two_readings_is_refused_with_both(row: Row) -> None:
    with pytest.raises(Refusal) as caught:
        shown(code(row["refused"]), row["kind"], where())
    assert caught.value.problems[0].fact == row["because"]


@pytest.mark.parametrize("row", rows(ANSWERS, "unread", "kind"), ids=lambda row: row["unread"])
def test_what_cannot_be_read_is_told_with_its_place(row: Row) -> None:
    with pytest.raises(TriposError) as caught:
        shown(code(row["unread"]), row["kind"], "x : real")
    problem = caught.value.problems[0]
    assert not isinstance(caught.value, Refusal)
    assert f"{problem.fact} {problem.remedy}".strip() == row["because"]
    assert code(row["at"]) == problem.text[problem.start : problem.start + problem.width]


@pytest.mark.parametrize("row", rows(ANSWERS, "key", "answer", "verdict"), ids=lambda row: row["answer"])
def test_a_pair_has_the_verdict_of_the_table_with_its_certainty(row: Row) -> None:
    verdict = compared(row)
    assert (verdict.outcome.value, verdict.certainty.value) == (row["verdict"], row["certainty"])


WRONG = rows(ANSWERS, "kind", "key", "answer", "what comes back")
LEFT = rows(ANSWERS, "kind", "key", "answer", "a person decides because")


@pytest.mark.parametrize("row", WRONG, ids=lambda row: row["answer"])
def test_a_wrong_answer_comes_back_with_the_sentence_of_the_table(row: Row) -> None:
    verdict = compared(row)
    assert (verdict.outcome, verdict.reason.sentence()) == (Outcome.DIFFERENT, row["what comes back"])


@pytest.mark.parametrize("row", LEFT, ids=lambda row: row["answer"])
def test_what_is_not_decided_goes_to_a_person_with_the_sentence_of_the_table(row: Row) -> None:
    verdict = compared(row)
    assert (verdict.outcome, verdict.reason.sentence()) == (Outcome.UNDECIDED, row["a person decides because"])


def test_every_reason_has_an_example_on_the_page() -> None:
    examples = {compared(row).reason.code for row in (*WRONG, *LEFT)}
    assert examples | UNSHOWN == set(reason.SENTENCES)


def test_every_kind_verdict_and_certainty_stands_on_the_page() -> None:
    page = ANSWERS.read_text("utf-8")
    words = [*Kind, *(outcome.value for outcome in Outcome), *(certainty.value for certainty in Certainty)]
    assert [word for word in words if word not in page] == []
    stated = {word for row in rows(ANSWERS, "kind", "what makes two equal") for word in row["kind"].split(", ")}
    assert stated == {str(kind) for kind in Kind}


def test_the_bounds_of_answers_are_those_of_the_code() -> None:
    stated = [int(row[""].replace(",", "")) for row in rows(ANSWERS, "at most")]
    assert stated == [
        student.MAX_CHARACTERS,
        tape.MAX_DEPTH,
        lexemes.MAX_DIGITS,
        lexemes.MAX_EXPONENT,
        comparison.STEPS,
        formula.STEPS,
        int(worker.LIMIT),
    ]


def test_the_batch_of_the_page_has_the_keys_that_are_listed(tmp_path: Path) -> None:
    (block,) = blocks(ANSWERS, "jsonl")
    assert all({"key", "response"} <= json.loads(line).keys() for line in block.text.splitlines())
