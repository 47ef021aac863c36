"""Marking a gap: its answer is read for its kind, compared with the key, and with what follows from earlier answers."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from tripos.exam.item import Form
from tripos.exam.key import GapKey, worth
from tripos.exam.scoring import Rule, Truth
from tripos.exam.variant import Variant
from tripos.language.evaluator import Evaluator
from tripos.language.kind import Kind
from tripos.language.names import Names
from tripos.language.student import read
from tripos.language.tree import Node
from tripos.language.values import Value, kind_of
from tripos.language.vocabulary import Vocabulary
from tripos.marking.follow import Earlier, followed
from tripos.marking.mark import Mark, State
from tripos.marking.response import Absent, Answer, Blank
from tripos.problem import TriposError
from tripos.proof.comparison import COMPARE, compare, unreadable
from tripos.proof.form import FORMS
from tripos.proof.reason import Reason, because
from tripos.proof.verdict import Outcome, Verdict

ARITHMETIC = Vocabulary()  # a student's answer may calculate, but not ask the engine


@dataclass(frozen=True, slots=True)
class Read:
    """An answer that could be read: its tree, its value, and the verdict on it."""

    tree: Node
    verdict: Verdict


def mark(key: GapKey, answer: Answer, rule: Rule, variant: Variant, earlier: Earlier) -> Mark:
    """The mark of an answer to a gap; a right answer is taken note of in `earlier`, and so is a wrong one."""
    if isinstance(answer, Absent):
        return Mark(key, answer, fmpq(0), State.ABSENT, because("absent"))
    if isinstance(answer, Blank):
        return Mark(key, answer, rule.blank if isinstance(rule, Truth) else fmpq(0), State.BLANK, because("blank"))
    if key.kind not in COMPARE:
        return Mark(key, answer, None, State.REVIEW, because("by-person", kind=key.kind))
    names = variant.names[key.item.id]
    try:
        tree = read(answer.text, ARITHMETIC, {}, key.kind)
    except TriposError as error:
        return _review(key, answer, unreadable(error))
    verdict = compare(key.worked.value, tree, key.kind, names)
    if verdict.outcome is Outcome.EQUAL:
        earlier.note(key, key.worked.value, differs=False)
        return _right(key, answer, tree, verdict, because("right"))
    if verdict.outcome is not Outcome.DIFFERENT:
        return _review(key, answer, verdict)
    if _accepted_also(key, tree, variant, names):
        return _right(key, answer, tree, verdict, because("also"))
    mark = followed(key, answer, tree, variant, earlier) or _wrong(key, answer, rule, verdict)
    given = _value(tree)
    if given is not None and kind_of(given) is key.kind:
        earlier.note(key, given, differs=True)
    return mark


def _right(key: GapKey, answer: Answer, tree: Node, verdict: Verdict, reason: Reason) -> Mark:
    gap = key.gap
    if gap.form is None or key.kind is not Kind.NUMBER or FORMS[gap.form](tree, key.worked.tree):
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


def _value(tree: Node) -> Value | None:
    try:
        return Evaluator().value(tree).value
    except TriposError:
        return None


def _spelt(form: Form) -> str:
    return {Form.PRODUCT: "product", Form.FRACTION: "fraction", Form.DECIMAL: "decimal number"}[form]
