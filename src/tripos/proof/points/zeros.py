"""Switches along a line: told from a few of its values if one is linear or a parabola there, and where it vanishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb, fmpq, fmpz

from tripos.proof.points.scalar import Scalar

STEPS = (1, 3, 7)  # units from the point where the line begins
NEAR = fmpq(1, 2**40)
FINE = 2**60
FAR = fmpq(2**200)


@dataclass(frozen=True, slots=True)
class Curve:
    """A switch along a line: a + b t + c t^2, t being the units from where the line begins."""

    a: fmpq
    b: fmpq
    c: fmpq

    def sign(self, t: fmpq) -> int:
        """On which side of zero the switch is there."""
        value = self.a + t * (self.b + t * self.c)
        return (value > 0) - (value < 0)

    @property
    def is_constant(self) -> bool:
        """Whether the switch is the same all along the line."""
        return self.b == 0 and self.c == 0

    def zeros(self) -> tuple[tuple[fmpq, ...], tuple[tuple[fmpq, fmpq], ...]]:
        """Where it vanishes, with the vertex of a parabola; and brackets round the zeros that are no rationals."""
        if self.is_constant:
            return (), ()
        if self.c == 0:
            return (-self.a / self.b,), ()
        vertex = -self.b / (2 * self.c)
        square = vertex * vertex - self.a / self.c
        if square < 0:
            return (), ()
        root = fmpq(fmpz(square.p * square.q).isqrt(), square.q)
        if root * root == square:
            return (vertex - root, vertex, vertex + root), ()
        below = fmpq(fmpz((square * FINE * FINE).floor()).isqrt(), FINE)
        above = below + NEAR
        return (vertex,), ((vertex - above, vertex - below), (vertex + below, vertex + above))


def far_zero(values: Sequence[Scalar]) -> tuple[fmpq, fmpq] | None:
    """A bracket of the zero of a switch known as balls only, if those may lie on a line; none if they do not."""
    if any(not isinstance(value, fmpq | arb) for value in values):
        return None
    here, one, three, seven = (arb(value) for value in values)  # type: ignore[arg-type]  # numbers, as seen above
    first, second, third = one - here, (three - one) / 2, (seven - three) / 4
    if not (first.overlaps(second) and second.overlaps(third)) or not (first > 0 or first < 0):
        return None
    zero = -here / first
    if not abs(zero) < FAR:
        return None
    middle = zero.mid().fmpq()
    return middle - NEAR, middle + NEAR


def curve(values: Sequence[Scalar]) -> Curve | None:
    """The curve with these values at the beginning and after `STEPS`; none if it is neither linear nor a parabola."""
    exact = [value for value in values if isinstance(value, fmpq)]
    if len(exact) < len(values):
        return None
    # A reciprocal of a curve lies on the same side of zero, and changes it where that does.
    turned = [1 / value for value in exact] if all(value != 0 for value in exact) else []
    return _through(exact) or (_through(turned) if turned else None)


def _through(values: Sequence[fmpq]) -> Curve | None:
    here, one, three, seven = values
    # Divided differences over 0, 1, 3 and 7.
    first, second, third = one - here, (three - one) / 2, (seven - three) / 4
    bend = (second - first) / 3
    return Curve(here, first - bend, bend) if (third - second) / 6 == bend else None
