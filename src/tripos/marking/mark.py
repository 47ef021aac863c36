"""A mark: the points of one answer, the state it is in, and the reason in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flint import fmpq

from tripos.exam.key import Key
from tripos.marking.decision import Decision
from tripos.marking.response import Answer
from tripos.proof.reason import SENTENCES as COMPARED
from tripos.proof.reason import Reason
from tripos.proof.verdict import Verdict


class State(StrEnum):
    """What became of an answer."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    BLANK = "blank"
    ABSENT = "absent"
    FOLLOW_THROUGH = "follow-through"
    REVIEW = "review"  # a person decides


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer earned. Points are None as long as a person has to decide."""

    key: Key
    answer: Answer
    points: fmpq | None
    state: State
    reason: Reason
    verdict: Verdict | None = None
    decision: Decision | None = None

    @property
    def id(self) -> str:
        """The id of what was asked."""
        return self.key.asked.id

    @property
    def out_of(self) -> fmpq:
        """The most that could be earned."""
        return self.key.asked.points

    @property
    def sentence(self) -> str:
        """The reason in words."""
        return self.reason.sentence(SENTENCES)


def earned(points: fmpq, out_of: fmpq) -> State:
    """The state of a given answer that earned so many points."""
    if points == out_of:
        return State.RIGHT
    return State.PARTLY if points > 0 else State.WRONG


SENTENCES: Mapping[str, str] = {
    **COMPARED,
    "right": "Right.",
    "also": "Right: the exam accepts this as well.",
    "blank": "Left blank.",
    "absent": "No answer is recorded.",
    "follow-through": "Not the key, {key}, but what follows from your own answer to {from_}: {value}.",
    "follow-through-form": "It follows from your own answer to {from_}, {value} where the key is {key}; it was to be "
    "written as a {form}.",
    "two-readings": "{got} can be read as {one} or as {other}, and one of them may be meant; a person decides.",
    "rounded": "{got} is the key, {key}, rounded. An exact answer is asked for; a person decides.",
    "letters": "“{got}” does not say clearly which of {options} are marked; a person decides.",
    "trivial": "It follows from your own answer to {from_}, which makes this part trivial; a person decides.",
    "impossible": "With your own answer to {from_} this cannot be worked out ({fault}) A person decides.",
    "rubric": "A person marks this by the rubric.",
    "choice-right": "Exactly the right options: {right}.",
    "choice": "Marked: {marked}. Right: {right}. {errors}",
    "untouched": "Nothing is marked. Right: {right}.",
    "all-or-nothing": "All or nothing: another part of this question is not right.",
    "waits": "All or nothing: another part of this question waits for a person.",
    "decided": "{reason} ({by})",
}
