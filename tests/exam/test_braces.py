"""Attributes that became words of the question: a quote or a brace was forgotten."""

from __future__ import annotations

import pytest
from tests.review.samples import question, told

from tripos.problem import Level

MARK = "the braces behind this mark are not closed, or hold a blank around =."
HEADING = "the braces behind this heading are not closed, or hold a blank around =."


@pytest.mark.parametrize(
    "body",
    [
        '`? true`{because="The derivative ... arguments.}',
        "`? true`{because = x}",
        "`? true`{because=x",
        '`? "cat"`{also="\\"tomcat\\""}',
        "Here: *`? true`{because=x*",
        "`= 3`{points=1 `? true`{because=x}",
    ],
)
def test_attributes_that_would_be_printed_as_prose_are_an_error_at_the_mark(body: str) -> None:
    (found,) = told(question(body))
    assert found.endswith(MARK)
    assert told(question(body), Level.WARNING) == []


def test_a_brace_after_a_blank_and_a_quotation_mark_inside_of_others_are_in_order() -> None:
    assert told(question('`? "cat"`{because=x also="&quot;tomcat&quot;"} {one}')) == []


@pytest.mark.parametrize("title", ["Follow {#q5 points=4", "Follow {#q5 points = 4}", "Follow {points=4 #q5"])
def test_a_heading_whose_attributes_are_not_closed_is_one_error(title: str) -> None:
    text = f"---\ntitle: T\n---\n\n## {title}\n\n```let\nn ~ {{1, 2}}\n```\n\n`? n`{{because=x}}\n"
    assert told(text) == [f"5:1 {HEADING}"]


def test_a_section_whose_attributes_are_not_closed_leaves_its_questions_alone() -> None:
    text = "---\ntitle: T\n---\n\n# S {#s each=2\n\n## Q {#q}\n\n`? 1`{because=x}\n"
    assert told(text) == [f"5:1 {HEADING}"]


def test_braces_in_a_title_that_are_no_attributes_are_in_order() -> None:
    assert told(question("`? 1`{because=x}").replace("## Question", "## The set {a, b} and `{#x}`")) == []
