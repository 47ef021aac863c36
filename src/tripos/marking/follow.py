"""Follow-through: an earlier answer stands in for the call that it answered, wherever a later key makes that call.

Nobody writes this down in the exam: which call an answer answers is known from the key. Earlier means in an earlier
question, or anywhere in the same one: in a backward pass the last line comes first. The guard: an early answer that
makes the rest trivial earns nothing by itself, and what cannot be worked out with it goes to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tripos.exam import key as keys
from tripos.exam.key import GapKey
from tripos.exam.variant import Variant
from tripos.language import plain
from tripos.language.arithmetic import ZERO
from tripos.language.evaluator import Source
from tripos.language.rule import Call
from tripos.language.values import Shape, Tensor, Undecided, Undefined, Value, kind_of
from tripos.language.worked import Worked, literal
from tripos.marking.gap import lacks_form
from tripos.marking.mark import Mark, State
from tripos.marking.question import question
from tripos.marking.response import Given
from tripos.problem import TriposError
from tripos.proof.answer import Judge
from tripos.proof.reason import because
from tripos.proof.verdict import Outcome


@dataclass(slots=True)
class Earlier:
    """A student's earlier answers, by the call that each answered. The first gap to ask a call has the word."""

    answers: dict[Call, Worked] = field(default_factory=dict)
    ids: dict[Call, str] = field(default_factory=dict)
    differing: set[Call] = field(default_factory=set)

    def note(self, key: GapKey, value: Value, differs: bool) -> None:
        """Take note of an answer that could be worked out, if it is of the kind that was asked for."""
        call = key.answers
        if call is None or call in self.answers or not _comparable(value, key.worked.value):
            return
        self.answers[call] = Worked(value, literal(value))
        self.ids[call] = key.gap.id
        if differs:
            self.differing.add(call)


def followed(key: GapKey, answer: Given, variant: Variant, earlier: Earlier, judge: Judge) -> Mark | None:
    """The mark of an answer that is not the key, if it follows from earlier answers or if a person must say so."""
    # A gap never stands in for another that asks the same call.
    answers = {call: worked for call, worked in earlier.answers.items() if call != key.answers}
    if not earlier.differing & set(answers):
        return None
    try:
        carried = keys.key(key.item, key.gap, variant, answers)
    except TriposError as error:
        ids = _ids(sorted(earlier.ids[call] for call in earlier.differing & set(answers)))
        reason = because("impossible", from_=ids, fault=error.problems[0].fact)
        return Mark(key, answer, None, State.REVIEW, reason)
    assert isinstance(carried, GapKey)
    used = [step.call for step in carried.trace if step.source is Source.ANSWER and step.call in earlier.differing]
    if not used or carried.kind is not key.kind:
        return None
    verdict = judge(question(carried, variant), answer.text).verdict
    if verdict.outcome is not Outcome.EQUAL and not lacks_form(verdict):
        return None
    ids = _ids([earlier.ids[call] for call in used])
    if any(trivial(earlier.answers[call].value) for call in used) or trivial(carried.worked.value):
        return Mark(key, answer, None, State.REVIEW, because("trivial", from_=ids), verdict)
    shown = {"key": plain.of_value(key.worked.value), "value": plain.of_value(carried.worked.value)}
    gap = key.gap
    if lacks_form(verdict):
        reason = because("follow-through-form", from_=ids, form=gap.form, **shown)
        return Mark(key, answer, gap.form_points, State.FOLLOW_THROUGH, reason, verdict)
    reason = because("follow-through", from_=ids, **shown)
    return Mark(key, answer, gap.points, State.FOLLOW_THROUGH, reason, verdict)


def trivial(value: Value) -> bool:
    """Whether an answer leaves nothing to work out: zero, a shape of ones, a tensor of zeros."""
    match value:
        case bool():
            return False
        case Shape(dims=dims):
            return all(dim == 1 for dim in dims) or 0 in dims
        case Tensor(entries=entries):
            return all(entry == ZERO for entry in entries)
        case _:
            return value == ZERO


def _comparable(value: Value, wanted: Value) -> bool:
    if isinstance(value, Undefined | Undecided):
        return False
    if isinstance(value, Shape) and isinstance(wanted, Shape):
        return len(value.dims) == len(wanted.dims)
    if isinstance(value, Tensor) and isinstance(wanted, Tensor):
        return value.shape == wanted.shape
    return kind_of(value) is kind_of(wanted)


def _ids(ids: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(ids))
