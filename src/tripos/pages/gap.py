"""A gap on the page: the student's answer in its place, its sign and its points; in a table the key beneath."""

from __future__ import annotations

from tripos.exam.key import GapKey
from tripos.marking.mark import Mark, State
from tripos.marking.response import Answer, Given
from tripos.pages import sign
from tripos.pages.amount import exact
from tripos.pages.markup import NOTHING, Html, element, isolated, shortened
from tripos.pages.working import Workings

IN_PLACE = 80  # characters of an answer shown in its place; a longer one is told in full among the reasons


def in_sentence(mark: Mark) -> Html:
    """The answer in a sentence or below a paragraph."""
    return element("span", *_filled(mark), class_=f"gap {mark.state}", id=f"answer-{mark.id}")


def in_table(mark: Mark, workings: Workings) -> Html:
    """The answer in a cell, and what belongs there unless it is right."""
    right = mark.state is State.RIGHT or not isinstance(mark.key, GapKey)
    key = NOTHING if right else element("span", "key ", _key(mark, workings), class_="beneath")
    return element("span", *_filled(mark), key, class_=f"gap cell {mark.state}", id=f"answer-{mark.id}")


def answer(given: Answer, most: int = IN_PLACE) -> Html:
    """An answer as it was typed."""
    if isinstance(given, Given):
        return isolated(shortened(given.text, most), class_="answer")
    return element("span", class_="answer empty")


def points(mark: Mark) -> str:
    """What a mark earned, of what it could."""
    return f"{'…' if mark.points is None else exact(mark.points)} of {exact(mark.out_of)}"


def _filled(mark: Mark) -> tuple[Html, ...]:
    number = mark.id.rpartition(".")[2] if "." in mark.id else ""
    return (
        element("span", number, class_="number", aria_hidden="true") if number else NOTHING,
        answer(mark.answer),
        element("a", sign.drawn(mark.state), href=f"#mark-{mark.id}", class_="to"),
        element("span", points(mark), class_="points"),
    )


def _key(mark: Mark, workings: Workings) -> Html:
    assert isinstance(mark.key, GapKey)
    return workings.value(mark.key)
