"""Marking a choice: one table from scoring rule to what a set of marked options earns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias, cast

from flint import fmpq

from tripos.exam.key import ChoiceKey
from tripos.exam.scoring import Cells, Deduct, Exact, PerOption, Person, Rule, Truth
from tripos.marking.mark import Mark, State, earned
from tripos.marking.response import Absent, Answer, Blank, Given
from tripos.proof.letters import is_clear, letters
from tripos.proof.reason import Reason, because

Earn: TypeAlias = Callable[[Rule, ChoiceKey, frozenset[str], bool], fmpq]


def mark(key: ChoiceKey, answer: Answer, rule: Rule) -> Mark:
    """The mark of an answer to a choice. Marking nothing at all scores like leaving it blank."""
    right = frozenset(key.letters)
    if isinstance(answer, Absent):
        return Mark(key, answer, fmpq(0), State.ABSENT, because("absent"))
    options = [claim.option.letter for claim in key.claims]
    if isinstance(answer, Given) and not (is_clear(answer.text) and set(letters(answer.text)) <= set(options)):
        reason = because("letters", got=answer.text.strip(), options=", ".join(options))
        return Mark(key, answer, None, State.REVIEW, reason)
    marked = frozenset(letters(answer.text)) if isinstance(answer, Given) else frozenset()
    # Where no option holds, "none of these" is an answer like any other.
    untouched = isinstance(answer, Blank) or (not marked and bool(right))
    points = EARN[type(rule)](rule, key, marked, untouched)
    if isinstance(answer, Blank):
        return Mark(key, answer, points, State.BLANK, because("untouched", right=_listed(right)))
    return Mark(key, answer, points, earned(points, key.choice.points), _reason(marked, right))


def _per_option(rule: Rule, key: ChoiceKey, marked: frozenset[str], untouched: bool) -> fmpq:
    stated = cast(PerOption, rule).untouched
    if untouched and stated is not None:
        return stated
    hits = sum(claim.value == (claim.option.letter in marked) for claim in key.claims)
    return key.choice.points * hits / len(key.claims)


def _deduct(rule: Rule, key: ChoiceKey, marked: frozenset[str], untouched: bool) -> fmpq:
    deduct = cast(Deduct, rule)
    if untouched:
        return deduct.untouched
    errors = len(marked ^ frozenset(key.letters))
    return max(deduct.floor, key.choice.points - deduct.error * errors)


def _truth(rule: Rule, key: ChoiceKey, marked: frozenset[str], untouched: bool) -> fmpq:
    truth = cast(Truth, rule)
    if untouched:
        return truth.blank
    return key.choice.points if marked == frozenset(key.letters) else truth.wrong


def _exact(_: Rule, key: ChoiceKey, marked: frozenset[str], untouched: bool) -> fmpq:
    right = marked == frozenset(key.letters) and not untouched
    return key.choice.points if right else fmpq(0)


EARN: Mapping[type[Rule], Earn] = {
    PerOption: _per_option,
    Deduct: _deduct,
    Truth: _truth,
    Exact: _exact,
    Cells: _exact,
    Person: _exact,
}


def _reason(marked: frozenset[str], right: frozenset[str]) -> Reason:
    if marked == right:
        return because("choice-right", right=_listed(right))
    wrongly, missing = sorted(marked - right), sorted(right - marked)
    sides = ((wrongly, "should not be marked"), (missing, "should be marked"))
    errors = [f"{_listed(letters)} {word}" for letters, word in sides if letters]
    said = "; ".join(errors)
    return because("choice", marked=_listed(marked), right=_listed(right), errors=f"{said}.")


def _listed(letters: frozenset[str] | list[str]) -> str:
    return ", ".join(sorted(letters)) or "none"
