"""A verdict: whether an answer equals the key, how certain that is, why not, and where one can see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flint import fmpq

from tripos.language.values import Value
from tripos.proof.reason import NONE, Reason


class Outcome(Enum):
    """What was found. All but equal and different go to a person: they are never taken for wrong."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDECIDED = "undecided"
    UNREADABLE = "unreadable"
    REFUSED = "refused"  # it has two readings, or is longer or larger than allowed


class Certainty(Enum):
    """How an outcome was reached."""

    EXACT = "exact"
    CERTIFIED = "certified"
    NORMAL_FORM = "normal form"
    SAMPLED = "sampled"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome, how certain it is, its reason and, where two things differ, a witness: where, and both values.

    `given` is what the answer came to, where it could be worked out; `share` is the part of the pieces of a piecewise
    key in which the answer agrees with it.
    """

    outcome: Outcome
    certainty: Certainty = Certainty.EXACT
    reason: Reason = NONE
    witness: tuple[tuple[str, str], ...] = ()
    given: Value | None = None
    share: fmpq | None = None
