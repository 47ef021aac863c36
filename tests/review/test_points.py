"""Totals and points of single gaps."""

from __future__ import annotations

import pytest
from tests.review.samples import question, told

from tripos.problem import Level

SHORT = """---
title: A sample
points: {exam}
---

# Short answers {{points=12}}

## A {{#a points=4}}
`? 1`{{because=x}}

## B {{#b{b}}}
`? 1`{{because=x points=4}}

## C {{#c points=3}}
`? 1`{{because=x}}
"""


def test_a_section_that_promises_more_than_its_questions_have_is_told_with_the_sum() -> None:
    assert told(SHORT.format(exam=12, b="")) == [
        '6:1 "Short answers" promises 12 points; its questions have 4 + 4 + 3 = 11.'
    ]


def test_a_broken_promise_is_told_where_it_is_made_and_not_again_above() -> None:
    assert told(SHORT.format(exam=12, b=" points=5")) == ['11:1 "B" promises 5 points; its gaps have 4.']


def test_the_points_of_the_front_matter_are_compared_with_the_sections() -> None:
    assert told(SHORT.format(exam=100, b=" points=5"))[0] == "3:1 the exam promises 100 points; its sections have 12."


def test_each_of_a_section_is_what_its_questions_promise() -> None:
    text = "---\ntitle: T\n---\n\n# S {each=4}\n\n## Q {#q}\n\n### A {#a points=2}\n`? 1`{because=x}\n\n"
    text += "### B {#b points=3}\n`? 1`{because=x}\n"
    assert told(text) == ['7:1 "Q" promises 4 points; its parts have 2 + 3 = 5.']


@pytest.mark.parametrize(
    ("gap", "level", "fact"),
    [
        (
            "`? 1`{because=x form=product form-points=2}",
            Level.ERROR,
            "q1 is worth 1, but its value in another form is worth 2.",
        ),
        ("`? 1`{because=x form-points=1}", Level.WARNING, "q1 has form-points and asks for no form."),
        ("`? 1`{because=x points=0}", Level.WARNING, "q1 is worth nothing."),
    ],
)
def test_points_of_a_gap_that_cannot_be_meant_are_told(gap: str, level: Level, fact: str) -> None:
    assert told(question(gap), level) == [f"9:4 {fact}"]


def test_a_reward_for_wrong_answers_is_a_warning() -> None:
    text = question("`? true`{because=x}", "rule=truth wrong=1")
    assert told(text, Level.WARNING) == ["7:1 a wrong answer earns 1."]
