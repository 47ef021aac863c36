"""Draws: names that are drawn for each student and change nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tripos.exam.key import GapKey
from tripos.language.plain import of_value
from tripos.problem import Level, Problem
from tripos.review.study import Study


def draws(study: Study) -> Iterator[Problem]:
    """Gaps that rest on drawn names and have the same key for all of them."""
    for case in study.cases:
        values = [key.worked.value for key in case.keys() if isinstance(key, GapKey)]
        drawn = any(outcome.world.drawn for outcome in case.outcomes)
        if drawn and len(values) == len(case.outcomes) > 1 and len(set(values)) == 1:
            fact = f"the key of {case.asked.id} is {of_value(values[0])} for every draw."
            yield Problem(case.place, fact, "Is that meant?", Level.HINT)
