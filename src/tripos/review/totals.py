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
        if item.stated is None or any(study.seen(inner.place) for inner in _subtree(item)):
            continue
        own = sum((asked.points for asked in item.asked), fmpq(0))
        unread = item.points - own - sum((inner.points for inner in item.items), fmpq(0))
        # A part that does not keep its own promise is reported there, and counts here as it promises.
        parts = [*(asked.points for asked in item.asked), *(_promised(inner) for inner in item.items)]
        total = sum(parts, fmpq(0)) + unread
        if total != item.stated:
            below, part = _below(item)
            fact = f"{_name(item)} promises {_points(item.stated)}; its {below} have {_sum(parts, total)}."
            yield Problem(item.place, fact, f"Change the {'heading' if item.level else 'front matter'} or {part}.")


def _promised(item: Item) -> fmpq:
    return item.points if item.stated is None else item.stated


def _subtree(item: Item) -> Iterator[Item]:
    waiting = [item]
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting.extend(inner.items)


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


def _sum(parts: list[fmpq], total: fmpq) -> str:
    shown = 1 < len(parts) <= ADDENDS and sum(parts, fmpq(0)) == total
    return f"{' + '.join(map(of_value, parts))} = {of_value(total)}" if shown else of_value(total)
