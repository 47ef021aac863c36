"""Options: choices whose options repeat, contradict each other, or leave nothing to choose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tripos.exam.item import Choice, Option
from tripos.exam.key import ChoiceKey
from tripos.pandoc.element import Element, plain_text, walk
from tripos.problem import Level, Problem
from tripos.review.study import Case, Study
from tripos.review.worlds import gathered

_NONE = re.compile(r"(?:none|neither) of (?:the above|the others?|the options|these|them)\b")


def options(study: Study) -> Iterator[Problem]:
    """What is odd about the options of a choice."""
    for case in study.cases:
        if isinstance(case.asked, Choice):
            words = _words(case)
            yield from _repeated(case.asked, words)
            yield from _none(case.asked, words)
            yield from _contradiction(case.asked, words)
            yield from _right(case, case.asked, words)


def _words(case: Case) -> Mapping[str, str]:
    # The text of every option in one spelling, by its letter.
    blocks: list[Element] = [one for one in walk(case.item.content) if one.kind == "Choice"]
    items = [item for one in blocks if one.text == case.asked.id for item in one.children]
    return {item.text: " ".join(plain_text(item.children).casefold().split()).rstrip(".") for item in items}


def _repeated(choice: Choice, words: Mapping[str, str]) -> Iterator[Problem]:
    texts: dict[str, str] = {}
    claims: dict[object, str] = {}
    for option in choice.options:
        text = words.get(option.letter, "")
        first = texts.setdefault(text, option.letter) if text else option.letter
        if first != option.letter:
            fact = f"options {first} and {option.letter} read the same."
            yield Problem(option.claim.place, fact, "Change one of them or take it out.")
            continue
        same = option.letter if option.ticked or option.none else claims.setdefault(option.claim.tree, option.letter)
        if same != option.letter:
            fact = f"options {same} and {option.letter} have the same claim as their key."
            yield Problem(option.claim.place, fact, "Is the key of one of them meant otherwise?", Level.WARNING)


def _none(choice: Choice, words: Mapping[str, str]) -> Iterator[Problem]:
    found = [option for option in choice.options if _says_none(option, words)]
    for option in found[1:]:
        fact = f"option {option.letter} is the second that is right when no other is."
        yield Problem(option.claim.place, fact, "Keep one of them.")
    if len(found) == 1 and found[0] is not choice.options[-1]:
        fact = f'option {found[0].letter} says "none" and is not the last.'
        yield Problem(found[0].claim.place, fact, "Put it last.", Level.WARNING)


def _says_none(option: Option, words: Mapping[str, str]) -> bool:
    return option.none or bool(_NONE.match(words.get(option.letter, "")))


def _contradiction(choice: Choice, words: Mapping[str, str]) -> Iterator[Problem]:
    # Among computed options `none` follows from the others; typed as a box it can contradict them.
    if not all(option.ticked for option in choice.options):
        return
    none = next((option for option in choice.options if _says_none(option, words)), None)
    if none is None:
        return
    right = [option.letter for option in choice.options if option is not none and option.claim.tree.value is True]
    ticked = none.claim.tree.value is True
    if ticked and right:
        fact = f"option {none.letter} says that no other is right, and {', '.join(right)} is ticked as well."
        yield Problem(none.claim.place, fact, "Untick one of them.")
    if not ticked and not right:
        fact = f"option {none.letter} says that no other is right, which is so, and it is not ticked."
        yield Problem(none.claim.place, fact, f"Tick {none.letter}, or one of the others.")


def _right(case: Case, choice: Choice, words: Mapping[str, str]) -> Iterator[Problem]:
    none = any(_says_none(option, words) for option in choice.options)
    found = [(outcome.key, outcome.world) for outcome in case.outcomes if isinstance(outcome.key, ChoiceKey)]
    verdicts = ((_verdict(choice, key.letters, none), world) for key, world in found)
    yield from gathered(((verdict, world) for verdict, world in verdicts if verdict), len(case.outcomes))


def _verdict(choice: Choice, right: Sequence[str], none: bool) -> Problem | None:
    if choice.single and len(right) != 1:
        listed = f"{len(right)} are right: {', '.join(right)}" if right else "none is right"
        return Problem(choice.place, f"one option is to be chosen, and {listed}.", "Make exactly one right.")
    if not right and not none:
        fact = "no option is right, and none says so."
        return Problem(choice.place, fact, "Add the option `? none` None of the above.", Level.WARNING)
    if len(right) == len(choice.options) > 1:
        return Problem(choice.place, "every option is right.", "Is that meant?", Level.HINT)
    return None
