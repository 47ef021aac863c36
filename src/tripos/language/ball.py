"""Balls: numbers of which only an enclosure is known, with a certified radius. For what has no exact form here.

A ball never equals anything, itself excepted: two balls that overlap are undecided, not equal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flint import arb

PRECISION = 2_048  # bits of the arithmetic on balls: two that overlap so far are hardly two
DIGITS = 12  # that are shown


@dataclass(frozen=True, slots=True, eq=False)
class Ball:
    """A real number that lies in this enclosure."""

    enclosure: arb

    def __str__(self) -> str:
        return f"≈ {self.enclosure.str(DIGITS, radius=False)}"

    def __reduce__(self) -> tuple[Callable[..., Ball], tuple[int, int, int, int]]:
        # A ball that goes to another process arrives as wide as it was: flint itself has no such form.
        middle, radius = (part.man_exp() for part in (self.enclosure.mid(), self.enclosure.rad()))
        return _restored, (int(middle[0]), int(middle[1]), int(radius[0]), int(radius[1]))


def _restored(middle: int, exponent: int, radius: int, scale: int) -> Ball:
    return Ball(arb((middle, exponent), (radius, scale)))
