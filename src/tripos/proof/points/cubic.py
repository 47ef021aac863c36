"""Functions at a point: a free function is drawn as a cubic, with its slope.

An identity that holds for all functions holds for cubics, and hardly any other does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from flint import arb, fmpq

from tripos.language import plain
from tripos.language.tree import add, name, number, power
from tripos.proof.points.scalar import MAX_EXACT_BITS, Nothing, Scalar

MAX_ARGUMENTS = 8


@dataclass(frozen=True, slots=True)
class Cubic:
    """A polynomial of the third degree at most, in the weighted sum of its arguments."""

    coefficients: tuple[fmpq, ...]
    weights: tuple[fmpq, ...]

    def __call__(self, *arguments: Scalar) -> Scalar:
        numbers = [argument for argument in arguments if not isinstance(argument, Nothing)]
        if len(numbers) < len(arguments):
            return next(argument for argument in arguments if isinstance(argument, Nothing))
        u = numbers[0]
        if len(numbers) > 1:
            u = sum((weight * own for weight, own in zip(self.weights, numbers, strict=False)), fmpq(0))
        if isinstance(u, fmpq) and int(u.p).bit_length() > MAX_EXACT_BITS:
            u = arb(u)  # a cubic of a cubic of a cubic has three times as many digits each time
        a, b, c, d = self.coefficients
        return a + u * (b + u * (c + u * d))

    @property
    def is_simple(self) -> bool:
        """Whether it is the one that people can read."""
        return self.coefficients == SIMPLE.coefficients

    def slope(self) -> Cubic:
        """The derivative in a single argument."""
        _, b, c, d = self.coefficients
        return Cubic((b, 2 * c, 3 * d, fmpq(0)), self.weights)

    def __str__(self) -> str:
        powers = (number(1), name("t"), power(name("t"), number(2)), power(name("t"), number(3)))
        return plain.of(add(*(term for own, term in zip(self.coefficients, powers, strict=True) if own == 1)))


SIMPLE = Cubic((fmpq(1), fmpq(1), fmpq(1), fmpq(0)), tuple(fmpq(place + 1) for place in range(MAX_ARGUMENTS)))


def cubic(random: Random, simple: bool) -> tuple[Callable[..., Scalar], Callable[..., Scalar]]:
    """A cubic, random or the simplest that shows anything, and its derivative."""
    coefficients = tuple(fmpq(random.randint(-99, 99), 32) for _ in range(4))
    weights = tuple(fmpq(random.randint(1, 99), 64) for _ in range(MAX_ARGUMENTS))
    drawn = SIMPLE if simple else Cubic(coefficients, weights)
    return drawn, drawn.slope()
