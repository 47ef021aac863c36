"""Marking a gap: its answer is judged by the key, and the verdict becomes points. Nothing is followed through."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from tripos.exam.key import GapKey
from tripos.exam.scoring import Rule, Truth
from tripos.exam.variant import Variant
from tripos.language import plain
from tripos.language.kind import Kind
from tripos.language.student import other_reading
from tripos.language.values import Formula, Value
from tripos.marking.mark import Mark, State
from tripos.marking.question import question
from tripos.marking.response import Absent, Answer, Blank, Given
from tripos.proof.answer import Judge
from tripos.proof.reason import Reason, because
from tripos.proof.rounding import is_rounded
from tripos.proof.verdict import Outcome, Verdict

MOST = fmpq(1, 2)  # of the pieces of a piecewise key: an answer that is right on more is partly right


@dataclass(frozen=True, slots=True)
class Judged:
    """The mark of an answer by its key alone; its value where it has one, and whether that is another than the key."""

    mark: Mark
    value: Value | None = None
    differs: bool = False


def judged(key: GapKey, answer: Answer, rule: Rule, variant: Variant, judge: Judge) -> Judged:
    """The mark of an answer to a gap, before anything is followed through."""
    if isinstance(answer, Absent):
        return Judged(Mark(key, answer, fmpq(0), State.ABSENT, because("absent")))
    if isinstance(answer, Blank):
        points = rule.blank if isinstance(rule, Truth) else fmpq(0)
        return Judged(Mark(key, answer, points, State.BLANK, because("blank")))
    verdict = judge(question(key, variant), answer.text).verdict
    mark = _marked(key, answer, verdict, rule, variant, judge)
    return Judged(mark, verdict.given, verdict.outcome is Outcome.DIFFERENT and not lacks_form(verdict))


def lacks_form(verdict: Verdict) -> bool:
    """Whether a number is right, and only not written as it is asked for."""
    return verdict.outcome is Outcome.DIFFERENT and verdict.reason.code == "form"


def _marked(key: GapKey, answer: Given, verdict: Verdict, rule: Rule, variant: Variant, judge: Judge) -> Mark:
    right = _right(key, answer, verdict, because("right"))
    if right:
        return right
    if verdict.outcome is not Outcome.DIFFERENT:
        return Mark(key, answer, None, State.REVIEW, verdict.reason, verdict)
    if key.also is not None:
        other = judge(question(key, variant, key.also.value), answer.text).verdict
        accepted = _right(key, answer, other, because("also"))
        if accepted:
            return accepted
    doubt = _doubt(key, answer, verdict, variant, judge) if key.kind is Kind.NUMBER else None
    if doubt:
        return Mark(key, answer, None, State.REVIEW, doubt, verdict)
    constant = not isinstance(verdict.given, Formula)  # 0 is right wherever a key is 0, and says nothing
    if key.gap.piece_points > 0 and not constant and verdict.share is not None and verdict.share > MOST:
        return Mark(key, answer, key.gap.piece_points, State.PARTLY, verdict.reason, verdict)
    points = rule.wrong if isinstance(rule, Truth) else fmpq(0)
    return Mark(key, answer, points, State.WRONG, verdict.reason, verdict)


def _right(key: GapKey, answer: Given, verdict: Verdict, reason: Reason) -> Mark | None:
    """The mark of an answer that is right, if only in another form; none for any other."""
    gap = key.gap
    if verdict.outcome is Outcome.EQUAL:
        return Mark(key, answer, gap.points, State.RIGHT, reason, verdict)
    if not lacks_form(verdict):
        return None
    state = State.PARTLY if gap.form_points > 0 else State.WRONG
    return Mark(key, answer, gap.form_points, state, verdict.reason, verdict)


def _doubt(key: GapKey, answer: Given, verdict: Verdict, variant: Variant, judge: Judge) -> Reason | None:
    """Why a number that is not the key may still be meant as it: a decimal comma, or a rounded decimal."""
    value, got, other = verdict.given, answer.text.strip(), other_reading(answer.text)
    if not isinstance(value, fmpq):
        return None
    asked = question(key, variant)
    if other:
        found = judge(asked, other).verdict
        if found.outcome is Outcome.EQUAL or lacks_form(found):
            return because("two-readings", got=got, one=plain.of_value(value), other=other)
    if not asked.precision and is_rounded(key.worked.number, value):
        return because("rounded", got=got, key=plain.of_value(key.worked.value))
    return None
