"""Reasons: keys that an author typed and does not account for."""

from __future__ import annotations

from collections.abc import Iterator

from tripos.exam.item import Choice, Gap
from tripos.exam.key import How
from tripos.problem import Level, Problem
from tripos.review.study import Case, Study


def reasons(study: Study) -> Iterator[Problem]:
    """Typed keys without a reason: neither `because=` nor a solution."""
    for case in study.cases:
        if case.key and case.key.how is How.TYPED and not _accounted(case) and not study.seen(case.place):
            fact = f"the key of {case.asked.id} is typed, and nothing says why it is right."
            remedy = 'Add because="..." to it, or a ::: solution to the question.'
            yield Problem(case.place, fact, remedy, Level.WARNING)


def _accounted(case: Case) -> bool:
    if any(item.solution for item in case.path):
        return True
    match case.asked:
        case Gap(because=because):
            return bool(because)
        case Choice(options=options):
            return any(option.because for option in options)
        case _:
            return True  # a rubric is its own reason
