"""A choice on the page: its options with what was marked and what should be."""

from __future__ import annotations

from collections.abc import Callable

from tripos.exam.key import ChoiceKey, Claimed
from tripos.marking.mark import Mark
from tripos.marking.response import Given
from tripos.pages import gap, sign
from tripos.pages.markup import NOTHING, Html, element, for_ears, joined
from tripos.pages.working import Workings
from tripos.proof.letters import letters


def choice(mark: Mark, statement: Callable[[str], Html], workings: Workings) -> Html:
    """The options of a choice; `statement` gives the text of a letter's option."""
    assert isinstance(mark.key, ChoiceKey)
    marked = letters(mark.answer.text) if isinstance(mark.answer, Given) else ()
    options = (_option(claim, claim.option.letter in marked, mark, statement, workings) for claim in mark.key.claims)
    verdict = element("p", "Your answer: ", _marked(mark, marked), *_verdict(mark), class_=f"verdict {mark.state}")
    kind = "options single" if mark.key.choice.single else "options"
    return element("div", element("ul", *options, class_=kind), verdict, class_="choice", id=f"answer-{mark.id}")


def _option(claim: Claimed, marked: bool, mark: Mark, statement: Callable[[str], Html], workings: Workings) -> Html:
    box = joined([element("span", "×" if marked else "", class_="box", aria_hidden="true"), claim.option.letter])
    state = for_ears(" marked: " if marked else " not marked: ")
    working = workings.claim(claim)
    return element(
        "li",
        element("span", box, state, class_="letter"),
        element(
            "div",
            statement(claim.option.letter),
            element("p", working, class_="working") if working else NOTHING,
            element("p", claim.option.because, class_="because") if claim.option.because else NOTHING,
            class_="statement",
        ),
        _judged(claim, marked, isinstance(mark.answer, Given)),
        class_="right" if claim.value == marked else "wrong",
    )


def _judged(claim: Claimed, marked: bool, given: bool) -> Html:
    if claim.value == marked:
        words = "rightly marked" if marked else "rightly left"
        return element("span", element("span", "✓", aria_hidden="true"), for_ears(words), class_="judged")
    words = "should be marked" if claim.value else "should not be marked"
    return element("span", "✗ " if given else "", element("span", words), class_="judged")


def _marked(mark: Mark, marked: tuple[str, ...]) -> Html:
    # What a choice could not take for letters is shown as it was written.
    if not isinstance(mark.answer, Given):
        return element("em", "nothing")
    listed = ", ".join(marked)
    plain = mark.answer.text.upper().replace(" ", "").replace(",", "") == "".join(marked)
    return element("span", listed, class_="answer") if plain and listed else gap.answer(mark.answer)


def _verdict(mark: Mark) -> tuple[Html, ...]:
    return (
        Html(" "),
        element("a", sign.drawn(mark.state), href=f"#mark-{mark.id}", class_="to"),
        Html(" "),
        element("span", gap.points(mark), class_="points"),
    )
