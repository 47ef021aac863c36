"""Decisions: what people decided about single answers. Marks are a function of exam, responses and these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flint import fmpq


@dataclass(frozen=True, slots=True)
class Decision:
    """So many points for one answer of one student, why, and by whom."""

    student: str
    id: str
    points: fmpq
    reason: str
    by: str


def standing(decisions: Iterable[Decision]) -> Mapping[tuple[str, str], Decision]:
    """The decision that stands for each answer: the last one made."""
    return {(decision.student, decision.id): decision for decision in decisions}
