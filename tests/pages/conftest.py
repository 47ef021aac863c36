"""What the tests of pages share: both example exams, and a class that answers the first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flint import fmpq

from tripos.exam.item import Exam
from tripos.exam.reading import read_file
from tripos.marking.decision import Decision
from tripos.marking.response import BLANK, Answer, Given, Script
from tripos.marking.result import Result, results
from tripos.pages.drawn import draw, drawn
from tripos.pages.prose import prose
from tripos.pages.script import paper, script
from tripos.pages.tally import paths, tallied

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def midterm() -> Exam:
    """The midterm of 2019."""
    return read_file(EXAMPLES / "midterm-2019.md").whole()


@pytest.fixture(scope="session")
def second() -> Exam:
    """The midterm of 2023."""
    return read_file(EXAMPLES / "midterm-2023.md").whole()


ANSWERS: dict[str, Answer] = {
    "q1-1": Given("false"),
    "q1-2": Given("false"),
    "q1-3": BLANK,
    "q2-1": Given("A,C"),
    "q3-1b": Given("both slopes agree"),
    "q3-3a.1": Given("8x30x30"),
    "q3-3a.2": Given("8*3*3*3 + 8"),
    "q3-3a.3": Given("16x30x30"),
    "q3-3a.4": Given("1152"),
    "q3-3d": Given("Pool more.\nThen FC-10."),
}
DECISIONS = (Decision("ada", "q3-3d", fmpq(2), "Pools, does not say why.", "N. N."),)


@pytest.fixture(scope="session")
def class_(midterm: Exam) -> tuple[Result, ...]:
    """Three students of the midterm of 2019: one with answers of every state, one hostile, one who was not there."""
    hostile = {name: Given("</bdi><script>alert(1)</script>") for name in ANSWERS}
    scripts = [Script("ada", ANSWERS), Script('"><script>', hostile), Script("Zoë", {})]
    return tuple(results(midterm, scripts, DECISIONS))


@pytest.fixture(scope="session")
def scripted() -> Callable[[Exam, Result], str]:
    """The page of one student."""

    def page(exam: Exam, result: Result) -> str:
        texts = prose(exam)
        common = paper(exam, texts, drawn(exam, texts, {draw(result.variant): result.variant}))
        return script(common, result, tallied(result.marks, paths(exam)))

    return page
