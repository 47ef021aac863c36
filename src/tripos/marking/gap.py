"""Marking a gap: its answer is read for its kind, and compared with the key. Nothing is followed through."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from tripos.exam.item import Form
from tripos.exam.key import GapKey, worth
from tripos.exam.scoring import Rule, Truth
from tripos.exam.variant import Variant
from tripos.language.evaluator import Budget, Evaluator
from tripos.language.names import Names
from tripos.language.student import read
from tripos.language.tree import Node
from tripos.language.values import Value, kind_of
from tripos.language.vocabulary import Vocabulary
from tripos.marking.follow import has_form
from tripos.marking.mark import Mark, State
from tripos.marking.response import Absent, Answer, Blank
from tripos.problem import TriposError
from tripos.proof.comparison import COMPARE, STEPS, compare, unreadable
from tripos.proof.reason import Reason, because
from tripos.proof.verdict import Outcome, Verdict

ARITHMETIC = Vocabulary()  # a student's answer may calculate, but not ask the engine


@dataclass(frozen=True, slots=True)
class Judged:
    """The mark of an answer by its key alone, and what the answer came to where it could be worked out."""

    mark: Mark
    tree: Node | None = None
    value: Value | None = None


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
        value = Evaluator(budget=Budget(STEPS)).value(tree).value
    except TriposError as error:
        return Judged(_review(key, answer, unreadable(error)))
    return Judged(_compared(key, answer, tree, rule, variant), tree, value)


def _compared(key: GapKey, answer: Answer, tree: Node, rule: Rule, variant: Variant) -> Mark:
    names = variant.names[key.item.id]
    verdict = compare(key.worked.value, tree, key.kind, names)
    if verdict.outcome is Outcome.EQUAL:
        return _right(key, answer, tree, verdict, because("right"))
    if verdict.outcome is not Outcome.DIFFERENT:
        return _review(key, answer, verdict)
    if _accepted_also(key, tree, variant, names):
        return _right(key, answer, tree, verdict, because("also"))
    return _wrong(key, answer, rule, verdict)


def _right(key: GapKey, answer: Answer, tree: Node, verdict: Verdict, reason: Reason) -> Mark:
    gap = key.gap
    if gap.form is None or has_form(gap, key, tree):
        return Mark(key, answer, gap.points, State.RIGHT, reason, verdict)
    state = State.PARTLY if gap.form_points > 0 else State.WRONG
    return Mark(key, answer, gap.form_points, state, because("form", form=_spelt(gap.form)), verdict)


def _wrong(key: GapKey, answer: Answer, rule: Rule, verdict: Verdict) -> Mark:
    points = rule.wrong if isinstance(rule, Truth) else fmpq(0)
    return Mark(key, answer, points, State.WRONG, verdict.reason, verdict)


def _review(key: GapKey, answer: Answer, verdict: Verdict) -> Mark:
    return Mark(key, answer, None, State.REVIEW, verdict.reason, verdict)


def _accepted_also(key: GapKey, tree: Node, variant: Variant, names: Names) -> bool:
    if key.gap.also is None:
        return False
    also = worth(key.gap.also, names, variant).value
    kind = kind_of(also)
    return kind is not None and compare(also, tree, kind, names).outcome is Outcome.EQUAL


def _spelt(form: Form) -> str:
    return {Form.PRODUCT: "product", Form.FRACTION: "fraction", Form.DECIMAL: "decimal number"}[form]
