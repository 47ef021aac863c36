"""Scoring rules that pay more than the question is worth."""

from __future__ import annotations

import pytest
from tests.review.samples import SOLUTION, question, told

BOXES = "- [x] a\n- [ ] b" + SOLUTION


@pytest.mark.parametrize(
    ("body", "rule", "fact"),
    [
        (BOXES, "deduct error=1 floor=2", "by the rule deduct nobody earns less than 2, and q1 is worth 1."),
        (BOXES, "deduct untouched=3/2", "by the rule deduct an untouched question earns 3/2, and q1 is worth 1."),
        (BOXES, "per-option untouched=2", "by the rule per-option an untouched question earns 2, and q1 is worth 1."),
        (BOXES, "truth blank=2", "by the rule truth an answer left blank earns 2, and q1 is worth 1."),
        ("`? true`{because=x}", "truth wrong=2", "by the rule truth a wrong answer earns 2, and q1 is worth 1."),
        (
            "`? true`{because=x points=2} `? true`{because=x points=1/2}",
            "truth blank=1",
            "by the rule truth an answer left blank earns 1, and q1.2 is worth 1/2.",
        ),
    ],
)
def test_a_rule_that_pays_more_than_the_question_is_worth_is_an_error(body: str, rule: str, fact: str) -> None:
    assert f"7:1 {fact}" in told(question(body, f"rule={rule}"))


@pytest.mark.parametrize(
    "rule", ["deduct error=1 floor=-1 untouched=0", "per-option untouched=1", "truth wrong=-2 blank=0"]
)
def test_a_rule_that_pays_at_most_what_the_question_is_worth_is_in_order(rule: str) -> None:
    assert told(question(BOXES, f"rule={rule}")) == []


def test_an_inherited_rule_is_told_at_every_question_that_it_overpays() -> None:
    text = question("`? true`{because=x}").replace("each=1}", "each=1 rule=truth blank=2}")
    assert told(text) == ["7:1 by the rule truth an answer left blank earns 2, and q1 is worth 1."]
