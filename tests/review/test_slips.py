"""Slips that a professor made: sums of rubrics, forms that no number has, channels last, headings without an id."""

from __future__ import annotations

import pytest
from tests.review.samples import question, told

from tripos.problem import Level
from tripos.review import check_text


def rubric(points: int, *items: str) -> str:
    lines = "\n".join(f"- {item}" for item in items)
    return question(f"::: {{.rubric points={points}}}\n{lines}\n:::").replace("=1", f"={points}", 2)


def test_a_rubric_whose_items_do_not_earn_its_points_is_a_warning() -> None:
    fact = "9:1 the items of this rubric earn 5 at most; it is worth 6."
    assert told(rubric(6, "+2 a", "+3 b"), Level.WARNING) == [fact]


@pytest.mark.parametrize("items", [("+2 a", "+4 b"), ("+6 a", "+6 or b"), ("+1 for each", "+1 b"), ("a", "b")])
def test_a_rubric_by_which_all_points_can_be_earned_is_in_order(items: tuple[str, ...]) -> None:
    assert told(rubric(6, *items), Level.WARNING) == []


@pytest.mark.parametrize(
    ("body", "fact"),
    [
        ("`? 1/3`{form=decimal because=x}", "9:4 form=decimal is asked, and no decimal equals the key, 1/3."),
        ("`? log(2)`{form=decimal because=x}", "9:4 form=decimal is asked, and no decimal equals the key, ln 2."),
        ("`? log(2)`{form=fraction because=x}", "9:4 form=fraction is asked, and no fraction equals the key, ln 2."),
        (
            "```let\nn ~ {2, 3}\n```\n`? 1/n`{form=decimal because=x}",
            "12:4 for n = 3: form=decimal is asked, and no decimal equals the key, 1/3.",
        ),
    ],
)
def test_a_form_that_the_key_cannot_have_is_an_error(body: str, fact: str) -> None:
    assert told(question(body)) == [fact]


def test_a_form_that_the_key_can_have_is_in_order() -> None:
    body = "`? 3/80`{form=decimal because=x} `? 1/3`{form=fraction because=x} `? 7`{form=decimal because=x}"
    assert told(question(body)) == []


def test_a_question_in_which_only_an_exact_answer_is_right_is_a_hint_once() -> None:
    fact = "9:4 only an exact answer is right here, such as 1/3."
    assert told(question("`? 1/3`{because=x} `? e`{because=x} `? 1/4`{because=x}"), Level.HINT) == [fact]
    assert told(question("Exactly: `? 1/3`{because=x} `? 2/3`{because=x form=fraction}"), Level.HINT) == []


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("`? parameters(64x64x3 -> CONV3-8)`", "9:15"),
        ("`? parameters(CONV3-8 on 32x32x1)`", "9:26"),
        ("```let\nnet = 64x64x3 -> CONV3-8\n```\n`? parameters(net)`", "10:7"),
        ("`? table(64x64x3 -> CONV3-8, parameters)`", ""),
    ],
)
def test_an_image_with_its_channels_last_is_a_warning(body: str, place: str) -> None:
    (found,) = told(question(body), Level.WARNING)
    assert found.startswith(place)
    assert "channels come first: 3x64x64." in found or "channels come first: 1x32x32." in found


@pytest.mark.parametrize("body", ["`? parameters(CONV3-8 on 3x64x64)`", "`? 64x64x3`{because=x}"])
def test_an_image_with_its_channels_first_and_a_shape_that_is_no_input_are_in_order(body: str) -> None:
    assert told(question(body), Level.WARNING) == []


def test_a_heading_without_an_id_is_told_by_its_title() -> None:
    text = "---\ntitle: T\n---\n\n## Why pad? {points=1}\n\n`? true`\n"
    report = check_text(text)
    said = [*(problem.fact for problem in report.problems), *map(str, report.keys)]
    assert [words for words in said if "§" in words] == []
    assert [words.startswith('the key of "Why pad?" is typed') for words in said].count(True) == 1
