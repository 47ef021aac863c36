"""Inequalities: `x > 2` is `2 < x`, and for a key about one number an interval will do."""

from __future__ import annotations

from tripos.language.names import Names
from tripos.language.tree import Node, Op
from tripos.language.values import Formula, Interval, Value
from tripos.proof.reason import because
from tripos.proof.solutions import interval, region
from tripos.proof.verdict import Outcome, Verdict


def inequality(key: Value, response: Node, names: Names) -> Verdict:
    """Whether an answer holds where the key does."""
    if isinstance(key, Interval) or response.op is Op.INTERVAL:
        return interval.interval(key, response, names)
    if not isinstance(key, Formula):
        return Verdict(Outcome.UNDECIDED, reason=because("by-person", kind="inequality"))
    return region.compared(key.tree, response, names)
