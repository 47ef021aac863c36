"""Small exams for the tests of the checks, and what a check says of them."""

from __future__ import annotations

from tripos.problem import Level, Problem
from tripos.review import check_text

HEAD = "---\ntitle: A sample\n---\n\n# Section {#s points=1 each=1}\n\n## Question {#q1%s}\n\n"
FIRST = 9  # the line on which the body of the sample begins
SOLUTION = "\n\n::: solution\nWords.\n:::\n"


def question(body: str, attributes: str = "") -> str:
    """An exam of one question, worth 1 point."""
    return HEAD % (f" {attributes}" if attributes else "") + body + "\n"


def problems(text: str, level: Level = Level.ERROR) -> list[Problem]:
    """What is said of an exam at a level."""
    return [problem for problem in check_text(text).problems if problem.level is level]


def told(text: str, level: Level = Level.ERROR) -> list[str]:
    """The same as `line:column fact`."""
    return [f"{one.place.line}:{one.place.column} {one.fact}" for one in problems(text, level)]
