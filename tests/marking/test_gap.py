"""Marking a gap by its attributes: formulas and their pieces, precision, words; and who judges the answers."""

import pytest
from tests.marking.exams import exam, given, marked

from tripos.marking.mark import State
from tripos.marking.response import Script
from tripos.marking.result import results
from tripos.proof.worker import Worker

FORMULA = "```let\na : positive\nx : real\n```\n\n## F {#q points=2}\n\n`? %s`%s\n"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("a + a", State.RIGHT),
        ("2a = a + a", State.RIGHT),
        ("a", State.WRONG),
        ("2a = a", State.REVIEW),
        ("2b", State.REVIEW),
        ("1/2a", State.REVIEW),
    ],
)
def test_a_formula_is_right_or_wrong_or_a_person_says(answer, state):
    mark = marked(FORMULA % ("2*a", ""), {"q": answer})["q"]
    assert mark.state is state, mark.sentence
    assert (mark.points is None) == (state is State.REVIEW)


PIECES = "max(0, x) + max(0, x - 2) + max(0, x - 4)"  # 0, x, 2x - 2, 3x - 6


def test_a_formula_that_is_right_on_most_of_its_pieces_earns_the_points_for_that():
    most, half, right = "max(0, x) + max(0, x - 2)", "max(0, x)", "max(0, x) + max(x - 2, 0) + max(4, x) - 4"
    body = FORMULA % (PIECES, "{piece-points=1}")
    found = {answer: marked(body, {"q": answer})["q"] for answer in (most, half, right)}
    assert [(mark.state, mark.points) for mark in found.values()] == [
        (State.PARTLY, 1),
        (State.WRONG, 0),
        (State.RIGHT, 2),
    ]
    assert marked(FORMULA % (PIECES, ""), {"q": most})["q"].points == 0
    assert found[most].sentence == found[most].verdict.reason.sentence() != ""


@pytest.mark.parametrize(
    ("asked", "answer", "state"),
    [
        ("{digits=3}", "3.14", State.RIGHT),
        ("{digits=3}", "3.1416", State.RIGHT),
        ("{digits=3}", "pi", State.RIGHT),
        ("{digits=3}", "3.1", State.WRONG),
        ("{digits=3}", "3.15", State.WRONG),
        ("{decimals=1}", "3.1", State.RIGHT),
        ("{decimals=1 form=decimal}", "3.1", State.RIGHT),
        ("{decimals=1 form=decimal}", "pi", State.WRONG),
        ("", "3.14", State.REVIEW),
    ],
)
def test_a_number_is_marked_to_the_precision_that_is_asked_for(asked, answer, state):
    mark = marked(f"## K {{#q points=1}}\n\n`? pi`{asked}\n", {"q": answer})["q"]
    assert mark.state is state, mark.sentence


@pytest.mark.parametrize(
    ("answer", "state"),
    [("a", State.RIGHT), ("B", State.WRONG), ("neither", State.RIGHT), ("C", State.REVIEW), ("A or B", State.REVIEW)],
)
def test_only_the_words_that_may_be_answered_are_right_or_wrong(answer, state):
    body = '## K {#q points=1}\n\n`? "A"`{words="A; B; neither" also="&quot;neither&quot;" because="It is."}\n'
    assert marked(body, {"q": answer})["q"].state is state


def test_the_right_value_in_another_form_is_carried_on_as_the_right_one():
    body = (
        "## T {#q}\n\n`? weights(CONV3-8 on 3x8x8)`{form=product form-points=1 points=2} "
        "`? weights(CONV3-8 on 3x8x8) + 8`{points=1}\n"
    )
    marks = marked(body, {"q.1": "216", "q.2": "224"})
    assert [(mark.state, mark.points) for mark in marks.values()] == [(State.PARTLY, 1), (State.RIGHT, 1)]


def test_a_class_is_marked_alike_in_this_process_and_in_one_of_its_own():
    body = exam("## K {#q points=1}\n\n`? 8*28`{form=product}\n")
    scripts = [Script(f"s{number}", given({"q": text})) for number, text in enumerate(("8*28", "224", "1", "2+"))]
    with Worker() as worker:
        apart = list(results(body, scripts, (), worker.judged))
    here = list(results(body, scripts))
    assert [[(mark.points, mark.sentence) for mark in result.marks] for result in apart] == [
        [(mark.points, mark.sentence) for mark in result.marks] for result in here
    ]


def test_an_answer_that_had_to_be_stopped_goes_to_a_person():
    body = exam("## K {#q points=1}\n\n`? 8*28`\n")
    with Worker(limit_seconds=1e-6) as worker:
        (result,) = results(body, [Script("s1", given({"q": "224"}))], (), worker.judged)
    assert result.marks[0].state is State.REVIEW
    assert "a person decides" in result.marks[0].sentence
