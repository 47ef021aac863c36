"""Figures: the contract of the JSON for keys and marks, field by field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flint import fmpq

from tripos.exam.item import Exam
from tripos.exam.key import keys
from tripos.exam.variant import variant
from tripos.exchange.figures import key_figures, mark_figures, value_figure
from tripos.exchange.responses import read_responses
from tripos.language.constant import logarithm, plus
from tripos.language.values import Collection, Domain, Shape, Tensor, Undefined, Value
from tripos.marking.decision import Decision
from tripos.marking.mark import State
from tripos.marking.response import BLANK, Given, Script
from tripos.marking.result import results

KEYS = """\
{"id": "q1", "kind": "truth", "points": 2, "value": true, "text": "true", "how": "typed"}
{"id": "q2", "kind": "choice", "points": 4, "value": ["A"], "text": "A", "how": "typed"}
{"id": "q3", "kind": "choice", "points": 2, "value": [], "text": "none", "how": "typed"}
{"id": "q4.1", "kind": "shape", "points": "1/2", "value": [8, 32, 32], "text": "8×32×32", "how": "computed"}
{"id": "q4.2", "kind": "number", "form": "product", "points": "1/2", "value": 224, "text": "8·3·3·3 + 8", "how": "computed"}
{"id": "q4.3", "kind": "shape", "points": "1/2", "value": [10], "text": "10", "how": "computed"}
{"id": "q4.4", "kind": "number", "form": "product", "points": "1/2", "value": 81930, "text": "8·32·32·10 + 10", "how": "computed"}
{"id": "q5.1", "kind": "number", "points": 1, "value": -12, "text": "3·(−2) + 1·(−6)", "how": "computed"}
{"id": "q5.2", "kind": "number", "points": 1, "value": 9, "text": "3·3", "how": "computed"}
{"id": "q5.3", "kind": "number", "points": 1, "value": 3, "text": "1·3", "how": "computed"}
{"id": "q6", "kind": "matrix", "points": 2, "value": [[1, "-1/4"], [0, 1]], "text": "[1, −1/4; 0, 1]", "how": "typed"}
{"id": "q7", "kind": "mask", "points": 2, "value": [[1, 0], [0, 1]], "text": "[1, 0; 0, 1]", "how": "typed"}
{"id": "q8", "kind": "set", "points": 2, "value": [1, 2], "text": "{1, 2}", "how": "typed"}
{"id": "q9", "kind": "vector", "points": 2, "value": [1, "1/2"], "text": "[1, 1/2]", "how": "typed"}
{"id": "q10", "kind": "word", "points": 2, "value": "ReLU", "text": "ReLU", "how": "typed"}
{"id": "q11", "kind": "formula", "points": 2, "value": "2*a + 1", "text": "2·a + 1", "how": "typed"}
{"id": "q12", "kind": "equation", "points": 2, "value": "b = 1", "text": "b = 1", "how": "typed"}
{"id": "q13", "kind": "number", "points": 2, "value": "40*ln(2)", "text": "40·log 2", "how": "typed"}
{"id": "q13.rubric", "kind": "text", "points": 2, "value": null, "text": "+2 says that it is 42 or \\\\frac{1}{2}", "how": "typed"}
{"id": "q14", "kind": "text", "points": 3, "value": null, "text": "+3 says why", "how": "typed"}
"""


def test_a_key_has_its_fields_in_their_order(exam: Exam) -> None:
    figures = key_figures(keys(variant(exam)))
    assert [json.dumps(figure, ensure_ascii=False) for figure in figures] == KEYS.splitlines()


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        (True, True),
        (fmpq(-3), -3),
        (fmpq(2, 7), "2/7"),
        (fmpq(2**53 - 1), 2**53 - 1),
        (fmpq(2**53), "9007199254740992"),
        (plus(logarithm(fmpq(2)), fmpq(1)), "1 + ln(2)"),
        (Shape((8, 32, 32)), [8, 32, 32]),
        (Shape(()), []),
        (Tensor((2,), (fmpq(1), fmpq(1, 2))), [1, "1/2"]),
        (Tensor((1, 2), (fmpq(1), fmpq(2))), [[1, 2]]),
        (Collection((fmpq(1), Shape((2, 3)))), [1, "2x3"]),
        (Domain.REALS, "reals"),
        (Undefined("no"), "undefined"),
        ("ReLU", "ReLU"),
    ],
    ids=str,
)
def test_a_value_is_an_int_an_exact_text_or_a_list(value: Value, figure: object) -> None:
    assert value_figure(value) == figure


def test_an_integer_with_more_digits_than_python_prints_is_a_text() -> None:
    assert json.dumps(value_figure(fmpq(10) ** 5_000)) == f'"1{"0" * 5_000}"'


def test_a_mark_has_its_fields_and_no_total_while_a_person_has_to_decide(exam: Exam) -> None:
    script = Script("s1", {"q1": Given("false"), "q4.2": Given("8*27+8"), "q6": BLANK, "q14": Given("because")})
    (figure,) = mark_figures(results(exam, [script]))
    answers = figure.pop("answers")
    assert figure == {"student": "s1", "points": None, "points_so_far": "-0.5", "out_of": 34}
    assert isinstance(answers, list)
    assert len(answers) == 20
    by_id = {answer.pop("id"): answer for answer in answers}
    assert by_id["q1"] == {"points": -1, "out_of": 2, "state": "wrong", "reason": "The statement is true."}
    assert by_id["q2"] == {"points": 0, "out_of": 4, "state": "absent", "reason": "No answer is recorded."}
    assert by_id["q4.2"] == {"points": "1/2", "out_of": "1/2", "state": "right", "reason": "Right."}
    assert by_id["q6"]["state"] == "blank"
    assert by_id["q14"] == {
        "points": None,
        "out_of": 3,
        "state": "review",
        "reason": "A person marks this by the rubric.",
    }


def test_the_values_of_the_key_handed_in_as_answers_are_right(tmp_path: Path, exam: Exam) -> None:
    # A number asked for as a product is not right as a bare number, and "none of these" is the scoring rule's affair.
    figures = [figure for figure in key_figures(keys(variant(exam))) if "form" not in figure and figure["value"] != []]
    path = tmp_path / "answers.jsonl"
    answers = {figure["id"]: figure["value"] for figure in figures}
    path.write_text(json.dumps({"student": "s1", "answers": answers}), encoding="utf-8")
    (result,) = results(exam, read_responses(path, exam))
    states = {mark.id: mark.state for mark in result.marks if mark.id in answers}
    undecided = {State.REVIEW, State.BLANK}  # formulas and constraints, and words, whose value is null
    assert {id for id, state in states.items() if state not in {State.RIGHT} | undecided} == set()


def test_a_total_is_rounded_and_a_share_is_not(exam: Exam) -> None:
    decisions = [Decision("s1", "q14", fmpq(2, 7), "Nearly.", "ada")]
    (figure,) = mark_figures(results(exam, [Script("s1", {"q14": Given("x")})], decisions))
    assert (figure["points"], figure["points_so_far"]) == ("0.29", "0.29")
    assert json.loads(json.dumps(figure))["answers"][-1]["points"] == "2/7"
    assert json.loads(json.dumps(figure))["answers"][-1]["reason"] == "Nearly. (ada)"
