"""Marking a gap: its answer is read for its kind, and compared with the key. Nothing is followed through."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from tripos.exam.key import GapKey
from tripos.exam.scoring import Rule, Truth
from tripos.exam.variant import Variant
from tripos.language import plain
from tripos.language.kind import Kind
from tripos.language.student import other_reading, read
from tripos.language.tree import Node
from tripos.language.values import Value
from tripos.language.vocabulary import Vocabulary
from tripos.marking.follow import has_form
from tripos.marking.mark import Mark, State
from tripos.marking.response import Absent, Answer, Blank, Given
from tripos.problem import TriposError
from tripos.proof.comparison import COMPARE, compare, unreadable
from tripos.proof.reason import Reason, because
from tripos.proof.rounding import is_rounded
from tripos.proof.verdict import Outcome, Verdict

EQUAL = Outcome.EQUAL
ARITHMETIC = Vocabulary()  # a student's answer may calculate, but not ask the engine


@dataclass(frozen=True, slots=True)
class Judged:
    """The mark of an answer by its key alone; its tree and its value where it has them, and whether that differs."""

    mark: Mark
    tree: Node | None = None
    value: Value | None = None
    differs: bool = False


def judged(key: GapKey, answer: Answer, rule: Rule, variant: Variant) -> Judged:
    """The mark of an answer to a gap, before anything is followed through."""
    if isinstance(answer, Absent):
        return Judged(Mark(key, answer, fmpq(0), State.ABSENT, because("absent")))
    if isinstance(answer, Blank):
        points = rule.blank if isinstance(rule, Truth) else fmpq(0)
        return Judged(Mark(key, answer, points, State.BLANK, because("blank")))
    if key.kind not in COMPARE:
        return Judged(Mark(key, answer, None, State.REVIEW, because("by-person", kind=key.kind)))
    try:
        tree = read(answer.text, ARITHMETIC, {}, key.kind)
    except TriposError as error:
        return Judged(_review(key, answer, unreadable(error)))
    verdict = compare(key.worked.value, tree, key.kind, variant.names[key.item.id])
    mark = _marked(key, answer, tree, verdict, rule, variant)
    return Judged(mark, tree, verdict.given, verdict.outcome is Outcome.DIFFERENT)


def _marked(key: GapKey, answer: Given, tree: Node, verdict: Verdict, rule: Rule, variant: Variant) -> Mark:
    if verdict.outcome is Outcome.EQUAL:
        return _right(key, answer, tree, verdict, because("right"))
    if verdict.outcome is not Outcome.DIFFERENT:
        return _review(key, answer, verdict)
    if _accepted_also(key, tree, variant):
        return _right(key, answer, tree, verdict, because("also"))
    doubt = _doubt(key, answer, verdict) if key.kind is Kind.NUMBER else None
    if doubt:
        return Mark(key, answer, None, State.REVIEW, doubt, verdict)
    points = rule.wrong if isinstance(rule, Truth) else fmpq(0)
    return Mark(key, answer, points, State.WRONG, verdict.reason, verdict)


def _doubt(key: GapKey, answer: Given, verdict: Verdict) -> Reason | None:
    """Why a number that is not the key may still be meant as it: a decimal comma, or a rounded decimal."""
    value, got, other = verdict.given, answer.text.strip(), other_reading(answer.text)
    if not isinstance(value, fmpq):
        return None
    if other and compare(key.worked.value, read(other, ARITHMETIC, {}, Kind.NUMBER), Kind.NUMBER, {}).outcome is EQUAL:
        return because("two-readings", got=got, one=plain.of_value(value), other=other)
    if is_rounded(key.worked.number, value):
        return because("rounded", got=got, key=plain.of_value(key.worked.value))
    return None


def _right(key: GapKey, answer: Answer, tree: Node, verdict: Verdict, reason: Reason) -> Mark:
    gap = key.gap
    if has_form(gap, key, tree):
        return Mark(key, answer, gap.points, State.RIGHT, reason, verdict)
    state = State.PARTLY if gap.form_points > 0 else State.WRONG
    return Mark(key, answer, gap.form_points, state, because("form", form=gap.form), verdict)


def _review(key: GapKey, answer: Answer, verdict: Verdict) -> Mark:
    return Mark(key, answer, None, State.REVIEW, verdict.reason, verdict)


def _accepted_also(key: GapKey, tree: Node, variant: Variant) -> bool:
    if key.also is None:
        return False
    return compare(key.also.value, tree, key.kind, variant.names[key.item.id]).outcome is Outcome.EQUAL
