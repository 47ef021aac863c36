"""Amounts: points as they are printed."""

from __future__ import annotations

from flint import fmpq

from tripos.language import plain
from tripos.marking.result import rounded

HUNDRED = 100


def exact(points: fmpq) -> str:
    """Points of one answer: 2, 0.5, 2/7, −1."""
    return rounded_off(points) if HUNDRED % points.q == 0 else plain.of_value(points)


def rounded_off(points: fmpq) -> str:
    """Points of many answers, to a hundredth: 61.5, 5.71."""
    cents = int((rounded(points) * HUNDRED).p)
    whole, rest = divmod(abs(cents), HUNDRED)
    fraction = f".{rest:02}".rstrip("0") if rest else ""
    return f"{'−' if cents < 0 else ''}{whole}{fraction}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 answer, 12 answers."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
