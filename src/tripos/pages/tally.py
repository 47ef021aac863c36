"""Tallies: points summed up for every section, question and part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flint import fmpq

from tripos.exam.item import Exam, Item
from tripos.marking.mark import Mark

ZERO = fmpq(0)


@dataclass(slots=True)
class Tally:
    """What is earned so far, and how many answers wait for a person."""

    points: fmpq = ZERO
    waiting: int = 0


def paths(exam: Exam) -> Mapping[str, tuple[str, ...]]:
    """Each item's id, with the ids of itself and of all items that it stands in."""
    found: dict[str, tuple[str, ...]] = {}
    waiting: list[tuple[Item, tuple[str, ...]]] = [(exam.root, ())]
    while waiting:
        item, above = waiting.pop()
        found[item.id] = (*above, item.id)
        waiting.extend((inner, found[item.id]) for inner in item.items)
    return found


def tallied(marks: Iterable[Mark], paths: Mapping[str, tuple[str, ...]]) -> Mapping[str, Tally]:
    """The tally of every item, by its id; an item that asks nothing has an empty one."""
    found: dict[str, Tally] = defaultdict(Tally)
    for mark in marks:
        for item in paths[mark.key.item.id]:
            tally = found[item]
            if mark.points is None:
                tally.waiting += 1
            else:
                tally.points += mark.points
    return found
