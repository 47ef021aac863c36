"""Draws: names that are drawn for each student and change nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tripos.exam.key import GapKey
from tripos.language.plain import of_value
from tripos.problem import Level, Place, Problem
from tripos.review.study import Case, Study


def draws(study: Study) -> Iterator[Problem]:
    """Gaps that rest on drawn names and have the same key for all of them; in a table, where all its cells do."""
    standing: dict[Place, list[Case]] = defaultdict(list)
    for case in study.cases:
        standing[case.place].append(case)
    for place, cases in standing.items():
        if all(_is_constant(case) for case in cases):
            key = cases[0].key
            value = of_value(key.worked.value) if isinstance(key, GapKey) else ""
            same = (
                f"the key of {cases[0].asked.id} is {value}"
                if len(cases) == 1
                else "every key of this table is the same"
            )
            yield Problem(place, f"{same} whatever is drawn.", "Is that meant?", Level.HINT)


def _is_constant(case: Case) -> bool:
    values = [key.worked.value for key in case.found if isinstance(key, GapKey)]
    drawn = any(outcome.world.drawn for outcome in case.outcomes)
    return drawn and len(values) == len(case.outcomes) > 1 and len(set(values)) == 1
