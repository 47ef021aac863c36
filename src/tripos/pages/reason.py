"""Reasons on the page: for every mark what it earned, why, what the key is, and who decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tripos.exam.item import Rubric
from tripos.exam.key import ChoiceKey, GapKey, Key, RubricKey
from tripos.language.values import Formula
from tripos.marking.mark import Mark, State
from tripos.marking.response import Given
from tripos.pages import gap, sign
from tripos.pages.line import line
from tripos.pages.markup import NOTHING, Html, element, isolated, joined
from tripos.pages.working import Workings, letters

# States that the sentence names by itself.
SAID = (State.RIGHT, State.BLANK, State.ABSENT, State.FOLLOW_THROUGH)
Rubrics = Callable[[Rubric], Html]


def reasons(marks: Iterable[Mark], workings: Workings, rubrics: Rubrics) -> Html:
    """The marks of a question, one below the other; of an only one, its heading has the name and the points."""
    listed = [reason(mark, workings, rubrics) for mark in marks]
    kind = "marks only" if len(listed) == 1 else "marks"
    return element("ul", *listed, class_=kind, aria_label="Marks") if listed else NOTHING


def reason(mark: Mark, workings: Workings, rubrics: Rubrics) -> Html:
    """One mark."""
    return element(
        "li",
        element("a", sign.drawn(mark.state), href=f"#answer-{mark.id}", class_="to"),
        element("span", *_name(mark), class_="id"),
        element("div", _sentence(mark), _in_full(mark), _read(mark), *_key(mark.key, workings, rubrics), class_="why"),
        element("span", gap.points(mark), class_="points"),
        class_=f"mark {mark.state}",
        id=f"mark-{mark.id}",
    )


def _name(mark: Mark) -> tuple[Html | str, ...]:
    # Where a gap has a name of its own, such as a node's, that is what people look for.
    alias = next(iter(mark.key.gap.aliases), "") if isinstance(mark.key, GapKey) else ""
    own = alias.rpartition(".")[2] if alias else ""
    return (mark.id, element("span", own, class_="alias") if own else NOTHING)


def _sentence(mark: Mark) -> Html:
    if mark.decision is not None:
        by = joined(["decided by ", isolated(mark.decision.by)])
        return element("p", isolated(mark.decision.reason), " ", element("span", by, class_="state"))
    state = NOTHING if mark.state in SAID else element("span", sign.SIGNS[mark.state].words, class_="state")
    return element("p", isolated(mark.sentence), " ", state)


def _in_full(mark: Mark) -> Html:
    if isinstance(mark.answer, Given) and not isinstance(mark.key, RubricKey) and len(mark.answer.text) > gap.IN_PLACE:
        return element("p", "Answer in full: ", gap.answer(mark.answer, len(mark.answer.text)), class_="full")
    return NOTHING


def _read(mark: Mark) -> Html:
    """How an answer with names in it was read, which a student could not see before."""
    given = mark.verdict.given if mark.verdict else None
    return element("p", _label("Read as"), line(given.tree), class_="read") if isinstance(given, Formula) else NOTHING


def _key(key: Key, workings: Workings, rubrics: Rubrics) -> tuple[Html, ...]:
    match key:
        case GapKey(gap=asked):
            because = element("p", asked.because, class_="because") if asked.because else NOTHING
            return (element("p", _label("Key"), workings.steps(key), class_="key"), because)
        case ChoiceKey():
            return (element("p", _label("Key"), letters(key), class_="key"),)
        case RubricKey(rubric=rubric):
            return (element("div", _label("Rubric"), rubrics(rubric), class_="rubric"),)


def _label(words: str) -> Html:
    return element("span", words, class_="label")
