"""Facility: how well a class did on each question, and what became of the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from tripos.exam.item import Exam, Item
from tripos.marking.mark import State
from tripos.marking.result import Result


@dataclass(frozen=True, slots=True)
class Facility:
    """A question's mean share of its points, over all marks that are made, and its answers counted by state."""

    item: Item
    share: fmpq | None
    counts: Counter[State]

    @property
    def percent(self) -> int | None:
        """The share in percent, rounded half up."""
        return None if self.share is None else int((self.share * 100 + fmpq(1, 2)).floor())


def facilities(exam: Exam, results: Sequence[Result]) -> tuple[Facility, ...]:
    """The facility of every section, question and part, in reading order; one that asks nothing itself has no share."""
    counts: dict[str, Counter[State]] = {}
    earned: dict[str, fmpq] = {}
    possible: dict[str, fmpq] = {}
    for result in results:
        for mark in result.marks:
            name = mark.key.item.id
            counts.setdefault(name, Counter())[mark.state] += 1
            if mark.points is not None:
                earned[name] = earned.get(name, fmpq(0)) + mark.points
                possible[name] = possible.get(name, fmpq(0)) + mark.out_of
    return tuple(
        Facility(item, _share(earned.get(item.id), possible.get(item.id)), counts.get(item.id, Counter()))
        for item in exam.items()
        if item.level
    )


def _share(earned: fmpq | None, possible: fmpq | None) -> fmpq | None:
    return earned / possible if earned is not None and possible else None
