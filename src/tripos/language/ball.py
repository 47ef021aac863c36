"""Balls: numbers of which only an enclosure is known, with a certified radius. For what has no exact form here.

A ball never equals anything, itself excepted: two balls that overlap are undecided, not equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb

PRECISION = 192  # bits of the arithmetic on balls
DIGITS = 12  # that are shown


@dataclass(frozen=True, slots=True, eq=False)
class Ball:
    """A real number that lies in this enclosure."""

    enclosure: arb

    def __str__(self) -> str:
        return f"≈ {self.enclosure.str(DIGITS, radius=False)}"
