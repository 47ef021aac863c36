"""Totals: the points that headings and front matter promise, against the sum of what stands below them."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from tripos.exam.item import Item
from tripos.language.source import of_value
from tripos.pandoc.element import plain_text
from tripos.problem import Problem
from tripos.review.study import Study

ADDENDS = 12  # more than these are not read by anybody


def totals(study: Study) -> Iterator[Problem]:
    """Every promise of points that is not kept."""
    for item in study.exam.items():
        parts = [part.points for part in (*item.asked, *item.items)]
        # Where something could not be read, what it is worth is not known in full.
        if item.stated is None or item.stated == item.points or sum(parts, fmpq(0)) != item.points:
            continue
        below, part = _below(item)
        fact = f"{_name(item)} promises {_points(item.stated)}; its {below} have {_sum(parts)}."
        yield Problem(item.place, fact, f"Change the {'heading' if item.level else 'front matter'} or {part}.")


def _below(item: Item) -> tuple[str, str]:
    if item.items and item.asked:
        return "gaps and parts", "one of them"
    if not item.items:
        return "gaps", "a gap"
    return {0: ("sections", "a section"), 1: ("questions", "a question")}.get(item.level, ("parts", "a part"))


def _name(item: Item) -> str:
    title = plain_text(item.title)
    return "the exam" if not item.level else f'"{title}"' if title else item.id


def _points(value: fmpq) -> str:
    return f"{of_value(value)} point{'' if value == 1 else 's'}"


def _sum(parts: list[fmpq]) -> str:
    total = of_value(sum(parts, fmpq(0)))
    return total if len(parts) < 2 or len(parts) > ADDENDS else f"{' + '.join(map(of_value, parts))} = {total}"
