"""Functions at a point: a free function is drawn as a cubic, with its slope.

An identity that holds for all functions holds for cubics, and hardly any other does.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from flint import fmpq

from tripos.proof.points.scalar import Scalar, strict

MAX_ARGUMENTS = 8


def cubic(random: Random) -> tuple[Callable[..., Scalar], Callable[..., Scalar]]:
    """A random cubic of its arguments, weighted and summed, and its derivative in a single argument."""
    a, b, c, d = (fmpq(random.randint(-99, 99), 32) for _ in range(4))
    weights = [fmpq(random.randint(1, 99), 64) for _ in range(MAX_ARGUMENTS)]

    def value(*arguments: fmpq) -> Scalar:
        u = arguments[0]
        if len(arguments) > 1:
            u = sum((weight * own for weight, own in zip(weights, arguments, strict=False)), fmpq(0))
        return a + u * (b + u * (c + u * d))

    def slope(u: fmpq) -> Scalar:
        return b + u * (2 * c + u * 3 * d)

    return strict(value), strict(slope)
