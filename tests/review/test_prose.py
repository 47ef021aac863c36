"""Words, images, names, rules and reasons."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.review.samples import SOLUTION, question, told

from tripos.problem import Level
from tripos.review import check


@pytest.mark.parametrize(
    ("body", "fact"),
    [
        ("It could learn. `? true`{because=x}", '9:4 "could" leaves open when this statement is true.'),
        ("It is $\\frac{1$ . `? 1`{because=x}", "9:7 a dollar sign stands here, and no formula begins with it."),
        ("```lett\nn = 1\n```\n`? 1`{because=x}", "10:1 lett is shown as code."),
        (
            "`? true`{because=x form=product}",
            "9:4 form=product asks for a form of numbers, and the key is of kind truth.",
        ),
        ("`? 12`", "9:4 the key of q1 is typed, and nothing says why it is right."),
        ("- [x] A\n- [ ] B", "9:1 the key of q1 is typed, and nothing says why it is right."),
        (
            "`? 1`{because=x}\n\n## Q {#Q1}\n\n`? 1`{because=x}",
            "11:1 the ids q1 and Q1 differ in capital letters only.",
        ),
    ],
)
def test_what_a_careful_reader_would_stumble_over_is_a_warning(body: str, fact: str) -> None:
    assert told(question(body), Level.WARNING) == [fact]


def test_could_is_no_fault_where_no_statement_is_judged() -> None:
    assert told(question("What could help? `? 1`{because=x}"), Level.WARNING) == []


def test_a_solution_is_a_reason() -> None:
    assert told(question("`? 12`" + SOLUTION), Level.WARNING) == []


def test_form_in_a_table_is_in_order_as_long_as_one_column_holds_numbers() -> None:
    assert told(question("`? table(3x8x8 -> FC-3, volume, parameters)`{form=product}"), Level.WARNING) == []


def test_two_gaps_of_one_name_are_an_error() -> None:
    text = question("`? 1`{#a because=x} `? 1`{#a because=x}")
    assert told(text) == ["9:24 q1.a would be a second name of q1.2, and q1.1 has it already."]


@pytest.mark.parametrize("rule", ["deduct", "per-option"])
def test_a_rule_for_options_where_there_are_none_is_an_error(rule: str) -> None:
    text = question("`? 1`{because=x}", f"rule={rule}")
    assert told(text) == [f"7:1 the rule {rule} scores the options of a choice, and q1 has none."]


def test_a_rule_for_one_statement_over_two_gaps_is_a_hint() -> None:
    text = question("`? true`{because=x} `? true`{because=x}", "rule=truth")
    assert told(text, Level.HINT) == ["7:1 the rule truth scores one statement, and q1 has 2 gaps, each scored by it."]


def test_what_an_untouched_paper_scores_is_said_once() -> None:
    body = (
        "- [x] A\n- [ ] B\n- [ ] C\n- [ ] D" + SOLUTION + "\n## R {#r1 rule=per-option}\n\n- [x] A\n- [ ] B" + SOLUTION
    )
    assert told(question(body, "rule=per-option"), Level.HINT) == [
        "7:1 questions that nobody touches earn points: a paper left empty scores 5/4 points."
    ]
    assert told(question("- [x] A\n- [ ] B" + SOLUTION, "rule=per-option untouched=0"), Level.HINT) == []


def test_an_image_that_is_there_and_described_is_in_order(tmp_path: Path) -> None:
    (tmp_path / "a b.png").write_bytes(b"")
    exam = tmp_path / "exam.md"
    exam.write_text(question("![A net](a%20b.png) ![](c.png) `? 1`{because=x}"), "utf-8")
    assert [(problem.level, problem.fact) for problem in check(exam).problems if problem.place.line == 9] == [
        (Level.ERROR, "the image c.png is not in the exam's folder."),
        (Level.WARNING, "the image c.png has no text for those who cannot see it."),
    ]
