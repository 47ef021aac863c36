"""What the tests of pages share: both example exams, and a class that answers the first."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
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
VOID = {"meta", "br", "hr", "img"}
# Everything that we or Pandoc ever write; a word of a student's must not become either.
TAGS = set(
    "html head meta title style body main nav header section h1 h2 h3 h4 p a span small strong em bdi div table thead "
    "tbody tr th td ul ol li code pre details summary blockquote math mi mn mo mtext mspace mrow msup msub msubsup munder "
    "mover munderover mfrac msqrt mtable mtr mtd svg g rect line text mpadded mstyle mphantom menclose".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name class id href aria-hidden aria-label role scope tabindex display form stretchy "
    "fence width accent movablelimits lspace rspace mathvariant columnalign type separator height depth viewbox x y x1 x2 y1 "
    "y2 scriptlevel start".split()
)


class Page(HTMLParser):
    """A page as a browser would take it apart; refuses tags that do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words.append(data)

    def safe(self) -> Page:
        """Itself, if nothing in it is more than we write ourselves."""
        assert self.tags <= TAGS, self.tags - TAGS
        assert self.attributes <= ATTRIBUTES, self.attributes - ATTRIBUTES
        return self


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
    "q3-1b": Given("b = 2 a Δ"),
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
