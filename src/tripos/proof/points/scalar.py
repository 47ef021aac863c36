"""Scalars at a point: exact rationals where they stay exact, balls elsewhere, and three ways of having no value.

A ball (`arb`) contains the true number, so two balls apart are two numbers apart; balls that overlap tell nothing.
What has no value is a scalar too: it passes through every operation, and is compared like any other.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Final, TypeAlias, TypeGuard

from flint import arb, fmpq, fmpz

from tripos.language.tree import Relation
from tripos.language.truth import ORDER

MAX_EXACT_BITS = 4_096  # a power beyond this is a ball
MAX_BITS = 8_192  # and so is any other number
MAX_ROUNDED = fmpq(2**MAX_EXACT_BITS)  # a ball beyond this has no whole number told from others


class Nothing:
    """No value at a point, and of what sort. It swallows whatever it meets."""

    __slots__ = ("word",)

    def __init__(self, word: str) -> None:
        self.word = word

    def __repr__(self) -> str:
        return self.word

    def __reduce__(self) -> str:
        return self.word.upper()  # the three below are the only ones


UNDEFINED: Final = Nothing("undefined")  # a quotient by zero: certainly without a value
UNKNOWN: Final = Nothing("unknown")  # balls too wide to tell
KINK: Final = Nothing("kink")  # a derivative where there is none, by convention left out of any comparison

Scalar: TypeAlias = fmpq | arb | Nothing
Condition: TypeAlias = bool | Nothing
ZERO, ONE, TWO, HALF = fmpq(0), fmpq(1), fmpq(2), fmpq(1, 2)


def is_number(value: object) -> TypeGuard[fmpq | arb]:
    """Whether there is a value."""
    return not isinstance(value, Nothing)


def absent(*values: object) -> Nothing | None:
    """The first reason among the operands to have no value: a kink before undefined before unknown."""
    found = [value for value in values if isinstance(value, Nothing)]
    if not found:
        return None
    return next((value for value in (KINK, UNDEFINED) if value in found), UNKNOWN)


def strict(rule: Callable[..., Scalar]) -> Callable[..., Scalar]:
    """The same rule, for operands that may have no value: then it has none either."""

    def lifted(*values: Scalar) -> Scalar:
        for value in values:
            if isinstance(value, Nothing):
                return absent(*values) or UNKNOWN
        result = rule(*values)
        if isinstance(result, arb):
            return result if result.is_finite() else UNKNOWN
        if isinstance(result, fmpq) and result.height_bits() > MAX_BITS:
            return arb(result)  # exact numbers may double their digits at every step
        return result

    return lifted


def sign(value: fmpq | arb) -> int | None:
    """-1, 0 or 1, certified; none where a ball contains zero."""
    if value > 0:
        return 1
    if value < 0:
        return -1
    return 0 if isinstance(value, fmpq) or value == 0 else None


def add(*values: fmpq | arb) -> Scalar:
    """The sum."""
    return reduce(operator.add, values)


def multiply(*values: fmpq | arb) -> Scalar:
    """The product."""
    return reduce(operator.mul, values)


def negate(value: fmpq | arb) -> Scalar:
    """The negative."""
    return -value


def subtract(left: fmpq | arb, right: fmpq | arb) -> fmpq | arb:
    """The difference."""
    return left - right


def divide(top: fmpq | arb, bottom: fmpq | arb) -> Scalar:
    """The quotient; undefined by zero, unknown where zero cannot be excluded."""
    side = sign(bottom)
    if side is None:
        return UNKNOWN
    return UNDEFINED if side == 0 else top / bottom


def power(base: fmpq | arb, exponent: fmpq | arb) -> Scalar:
    """The power, with the engine's conventions: zero to the zero is one, no root of what is negative."""
    if isinstance(exponent, fmpq) and exponent.q == 1:
        return _whole_power(base, int(exponent.p))
    side = sign(base)
    if side is None:
        return UNKNOWN
    if side < 0:
        return UNDEFINED if isinstance(exponent, fmpq) else UNKNOWN
    if side == 0:
        toward = sign(exponent)
        return UNKNOWN if toward is None else ZERO if toward > 0 else UNDEFINED
    if base == 1:
        return ONE
    if exponent == HALF:
        return _root(base)
    return arb(base) ** exponent


def _whole_power(base: fmpq | arb, exponent: int) -> Scalar:
    if exponent == 0:
        return ONE
    side = sign(base)
    if side == 0:
        return ZERO if exponent > 0 else UNDEFINED
    if exponent < 0 and side is None:
        return UNKNOWN
    if isinstance(base, fmpq):
        bits = max(int(base.p).bit_length(), int(base.q).bit_length())
        if bits * abs(exponent) <= MAX_EXACT_BITS:
            return base**exponent
        if abs(base) == 1:
            return base if exponent % 2 else ONE
    return arb(base) ** arb(fmpz(exponent))


def _root(value: fmpq | arb) -> Scalar:
    if isinstance(value, fmpq):
        top, bottom = fmpz(value.p).isqrt(), fmpz(value.q).isqrt()
        if top * top == value.p and bottom * bottom == value.q:
            return fmpq(top, bottom)
    return arb(value).sqrt()


def exp(value: fmpq | arb) -> Scalar:
    """e to this power."""
    return ONE if value == 0 else arb(value).exp()


def log(value: fmpq | arb) -> Scalar:
    """The natural logarithm, of positive numbers only."""
    side = sign(value)
    if side is None:
        return UNKNOWN
    if side <= 0:
        return UNDEFINED
    return ZERO if value == 1 else arb(value).log()


def logarithm_to(base: int) -> Callable[[fmpq | arb], Scalar]:
    """The rule of the logarithm to this base."""

    def rule(value: fmpq | arb) -> Scalar:
        natural = log(value)
        return natural if isinstance(natural, Nothing) or natural == 0 else natural / arb(base).log()

    return rule


def sqrt(value: fmpq | arb) -> Scalar:
    """The square root."""
    return power(value, HALF)


def absolute(value: fmpq | arb) -> Scalar:
    """The absolute value."""
    return fmpq(abs(value)) if isinstance(value, fmpq) else arb(abs(value))


def signum(value: fmpq | arb) -> Scalar:
    """1, 0 or -1."""
    side = sign(value)
    return UNKNOWN if side is None else fmpq(side)


def maximum(*values: fmpq | arb) -> Scalar:
    """The largest."""
    best = values[0]
    for value in values[1:]:
        best = max(best, value) if isinstance(best, fmpq) and isinstance(value, fmpq) else arb(best).max(arb(value))
    return best


def minimum(*values: fmpq | arb) -> Scalar:
    """The smallest."""
    largest = maximum(*(-value for value in values))
    return -largest  # type: ignore[operator]  # of numbers, a number


def clamp(value: fmpq | arb, low: fmpq | arb, high: fmpq | arb) -> Scalar:
    """The value, but no smaller than low and no larger than high."""
    return minimum(maximum(value, low), high)  # type: ignore[arg-type]  # of numbers, numbers


def relu(value: fmpq | arb) -> Scalar:
    """The larger of the value and zero."""
    return maximum(value, ZERO)


def sigmoid(value: fmpq | arb) -> Scalar:
    """1 / (1 + e^-x)."""
    return HALF if value == 0 else 1 / (1 + arb(-value).exp())


def tanh(value: fmpq | arb) -> Scalar:
    """The hyperbolic tangent."""
    return ZERO if value == 0 else arb(value).tanh()


def floor(value: fmpq | arb) -> Scalar:
    """The largest integer that is not above."""
    if isinstance(value, fmpq):
        return fmpq(value.floor())
    if not abs(value) < MAX_ROUNDED:
        return UNKNOWN
    whole = value.floor().unique_fmpz()
    return UNKNOWN if whole is None else fmpq(whole)


def ceil(value: fmpq | arb) -> Scalar:
    """The smallest integer that is not below."""
    below = floor(-value)
    return below if isinstance(below, Nothing) else -below


FUNCTIONS: dict[str, Callable[..., Scalar]] = {
    "exp": strict(exp),
    "log": strict(log),
    "ln": strict(log),
    "log2": strict(logarithm_to(2)),
    "log10": strict(logarithm_to(10)),
    "sqrt": strict(sqrt),
    "sign": strict(signum),
    "abs": strict(absolute),
    "max": strict(maximum),
    "min": strict(minimum),
    "clamp": strict(clamp),
    "relu": strict(relu),
    "sigmoid": strict(sigmoid),
    "tanh": strict(tanh),
    "floor": strict(floor),
    "ceil": strict(ceil),
}


def holds(left: Scalar, relation: Relation, right: Scalar) -> Condition:
    """Whether a relation holds between two scalars; without a value it is neither true nor false."""
    missing = absent(left, right)
    if missing is not None:
        return missing
    side = sign(subtract(left, right))  # type: ignore[arg-type]  # both are numbers
    if side is None:
        return UNKNOWN
    return ORDER[relation](side)


def conjunction(parts: Sequence[Condition]) -> Condition:
    """Whether all hold: false as soon as one is false, else without a value as soon as one has none."""
    if any(part is False for part in parts):
        return False
    return absent(*parts) or True


def negation(part: Condition) -> Condition:
    """The opposite."""
    return part if isinstance(part, Nothing) else not part
