"""Keys that cannot be found: claims that are not decided, values that do not exist, for every draw or for some."""

from __future__ import annotations

from collections.abc import Iterator

from tripos.problem import Problem
from tripos.review.study import Study


def keyless(study: Study) -> Iterator[Problem]:
    """What keeps keys from being found; where only some draws are at fault, the first of them is named."""
    for case in study.cases:
        yield from case.faults()
    yield from study.worlds.problems
