"""Fences: what has no end, or opens nothing, is told with the line where it begins."""

from __future__ import annotations

import pytest

from tripos.pandoc import read


def told(text: str) -> list[str]:
    return [f"{one.place.line}:{one.place.column} {one.fact}" for one in read(text, "exam.md").problems]


RUBRIC, SOLUTION = "the rubric that begins here has no end.", "the solution that begins here has no end."
STRAY = "this line of colons neither opens nor closes a block."


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("a\n\n::: rubric\n- +1 a\n\n## Next\n\nb", [f"3:1 {RUBRIC}"]),
        ("::: {.rubric points=2}\n- +1 a\n\n::: solution\nx\n:::\n", [f"1:1 {RUBRIC}"]),
        (":::: rubric\na\n:::\nb\n", [f"1:1 {RUBRIC}", f"3:1 {STRAY}"]),
        ("::: rubric\n:::: solution\nx\n:::\nend\n", [f"2:1 {SOLUTION}"]),
        ("::: rubric\n\n```\n:::\n```\n", [f"1:1 {RUBRIC}"]),
    ],
)
def test_a_div_that_swallows_what_follows_is_told_with_the_line_that_opened_it(text: str, facts: list[str]) -> None:
    assert told(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        ":::: rubric\na\n\n::: note\nb\n:::\n\nc\n::::\n",
        "::: rubric\n\n```\n::: solution\n```\n\n:::\n",
        "- a\n\n  ::: note\n  x\n  :::\n",
        "    ::: rubric\n",
        "```let\n```\n",
        "```\n\n```\n",
        "~~~\n```\n~~~\n\n    indented\n",
        "> ```\n> x\n> ```\n",
        "````\n```\n````\n    after\n",
        "- ```\n  x\n  ```\n",
        "A ::: in a line\n",
    ],
)
def test_fences_that_are_closed_are_in_order(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("a\n\n```let\nn = 1\n\n## Next\n", "3:1 the let that begins here has no end."),
        ("```graph {ask=values}\nx = 1\n``\n", "1:1 the graph that begins here has no end."),
        ("````\n```\n", "1:1 the code that begins here has no end."),
        ("a\n\n```\n", "3:1 the code that begins here has no end."),
    ],
)
def test_a_code_block_that_swallows_what_follows_is_told_with_its_line(text: str, fact: str) -> None:
    assert told(text) == [fact]


def test_what_an_open_let_swallows_is_not_told_line_by_line() -> None:
    block = read("```let\nn = 1\n\n## Next\n\nwords\n", "exam.md").blocks[0]
    assert block.text == "n = 1"


def test_a_block_that_is_misspelt_is_told_once_and_not_at_its_end() -> None:
    assert told("::: rubric {points=2}\n- a\n\n:::\n") == [f"1:1 {STRAY}"]
