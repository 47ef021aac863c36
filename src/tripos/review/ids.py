"""Ids: names of gaps that stand for two things, or that differ only in capital letters."""

from __future__ import annotations

from collections.abc import Iterator

from tripos.exam.item import Gap
from tripos.problem import Level, Problem
from tripos.review.study import Study


def ids(study: Study) -> Iterator[Problem]:
    """Names that collide. Headings of one id are found when the exam is read."""
    taken = {case.asked.id: case.asked.id for case in study.cases}
    for case in study.cases:
        for alias in case.asked.aliases if isinstance(case.asked, Gap) else ():
            other = taken.setdefault(alias, case.asked.id)
            if other != case.asked.id:
                fact = f"{alias} would be a second name of {case.asked.id}, and {other} has it already."
                yield Problem(case.place, fact, "Give one of the two another name.")
    spelt: dict[str, str] = {}
    for item in study.exam.items():
        other = spelt.setdefault(item.id.casefold(), item.id)
        if other != item.id:
            fact = f"the ids {other} and {item.id} differ in capital letters only."
            yield Problem(item.place, fact, "Choose names that nobody can confuse.", Level.WARNING)
