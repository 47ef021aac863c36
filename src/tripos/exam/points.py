"""Points: what is asked shares what its item is worth, and every item's total follows from what stands below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from flint import fmpq

from tripos.exam.context import Draft
from tripos.exam.item import Asked, Gap, Rubric
from tripos.problem import Place, Problem

ZERO = fmpq(0)


def settled(
    drafts: Sequence[Draft], item: str, points: fmpq | None, place: Place, report: Callable[[Problem], None]
) -> tuple[Asked, ...]:
    """What an item asks, with ids and points: those without points of their own share the rest equally."""
    shares = _shares(drafts, points, place, report)
    gaps = [draft for draft in drafts if not isinstance(draft.asked, Rubric)]
    count = 0
    settled: list[Asked] = []
    for draft, share in zip(drafts, shares, strict=True):
        if isinstance(draft.asked, Rubric):
            settled.append(replace(draft.asked, id=f"{item}.rubric" if gaps else item, points=share))
            continue
        count += 1
        name = item if len(gaps) == 1 else f"{item}.{count}"
        asked = replace(draft.asked, id=name, points=share)
        if isinstance(asked, Gap) and draft.word:
            asked = replace(asked, aliases=(f"{item}.{draft.word}",))
        settled.append(asked)
    return tuple(settled)


def _shares(
    drafts: Sequence[Draft], points: fmpq | None, place: Place, report: Callable[[Problem], None]
) -> list[fmpq]:
    stated = sum((draft.points for draft in drafts if draft.points is not None), ZERO)
    open_ = sum(draft.points is None for draft in drafts)
    if not open_:
        return [draft.points or ZERO for draft in drafts]
    if points is None:
        report(Problem(place, "this question says nowhere what it is worth.", "Give it points=, or its section each=."))
        return [draft.points or ZERO for draft in drafts]
    rest = points - stated
    if rest <= 0:
        fact = f"this question has {points} points; those stated inside it take {stated}, so {open_} left get none."
        report(Problem(place, fact, "State more points for the question, or for every gap."))
        rest = ZERO
    return [rest / open_ if draft.points is None else draft.points for draft in drafts]
