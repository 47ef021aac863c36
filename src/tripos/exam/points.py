"""Points: what is asked shares what its item is worth, and every item's total follows from what stands below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flint import fmpq

from tripos.exam.context import Draft
from tripos.exam.item import Asked, Gap, Rubric
from tripos.problem import Place, Problem

ZERO = fmpq(0)


@dataclass(frozen=True, slots=True)
class Settled:
    """The id and points of something asked; without the thing itself, if that could not be read."""

    id: str
    points: fmpq
    asked: Asked | None


def settled(
    drafts: Sequence[Draft], item: str, points: fmpq | None, place: Place, report: Callable[[Problem], None]
) -> tuple[Settled, ...]:
    """What an item asks, with ids and points: those without points of their own share the rest equally."""
    shares = _shares(drafts, points, place, report)
    gaps = [draft for draft in drafts if not isinstance(draft.asked, Rubric)]
    count = 0
    settled: list[Settled] = []
    for draft, share in zip(drafts, shares, strict=True):
        if isinstance(draft.asked, Rubric):
            name = f"{item}.rubric" if gaps else item
            settled.append(Settled(name, share, replace(draft.asked, id=name, points=share)))
            continue
        count += 1
        name = item if len(gaps) == 1 else f"{item}.{count}"
        asked = replace(draft.asked, id=name, points=share) if draft.asked else None
        if isinstance(asked, Gap) and draft.word:
            asked = replace(asked, aliases=(f"{item}.{draft.word}",))
        settled.append(Settled(name, share, asked))
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
        rest_of = "the other gap" if open_ == 1 else f"the other {open_} gaps"
        fact = (
            f"this question is worth {points}; what states its own points takes {stated}, which leaves {rest_of} none."
        )
        report(Problem(place, fact, "State more points for the question, or points for every gap."))
        rest = ZERO
    return [rest / open_ if draft.points is None else draft.points for draft in drafts]
