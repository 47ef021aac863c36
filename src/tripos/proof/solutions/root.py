"""Zeros of a formula in one number: where it changes its sign or touches zero on a grid, closed in on."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeAlias

from flint import arb, ctx, fmpq, fmpz

from tripos.proof.points import scalar
from tripos.proof.points.scalar import Scalar
from tripos.proof.solutions.statement import Number, Space

Formula: TypeAlias = Callable[[Number], Scalar]
STEPS = (0, 1, 3, 8, 11, 16, 24, 32, 43, 64, 101, 200, 503, 1_600, 8_000, 80_000, 8_000_001, 10**9)  # eighths
HALVINGS = 12
SECANTS = 14
COARSE = 160  # bits with which changes of sign are looked for
NEAR = fmpq(1, 2**100)  # how near it is bracketed first
WIDTH = fmpq(1, fmpz(2) ** 900)  # of the ball around one


def roots(formula: Formula, space: Space, name: str) -> list[Number]:
    """The zeros found, exact where that is possible, else as balls."""
    grid = sorted({fmpq(sign * step, 8) for step in STEPS for sign in (-1, 1)})
    inside = [value for value in (*grid, fmpq(1, 1_000), fmpq(999, 1_000)) if space.holds(name, value)]
    with ctx.workprec(COARSE):
        values = [(value, formula(value)) for value in sorted(inside)]
        found: list[Number] = [value for value, own in values if not isinstance(own, scalar.Nothing) and own == 0]
        brackets = [
            _bracket(formula, low, high)
            for (low, below), (high, above) in pairwise(values)
            if _sign(below) * _sign(above) < 0
        ]
    for low, high in brackets:
        root = low if low == high else _ball(formula, low, high)
        if root is not None:
            found.append(root)
    return found


def _sign(value: Scalar) -> int:
    return 0 if isinstance(value, scalar.Nothing) else scalar.sign(value) or 0


def _bracket(formula: Formula, low: fmpq, high: fmpq) -> tuple[fmpq, fmpq]:
    # A narrow stretch with a change of sign; both ends the same where that is an exact zero.
    rising = _sign(formula(high))
    for _ in range(HALVINGS):
        guess = _secant(formula, low, high)
        for middle in (guess, (low + high) / 2):
            if middle is None or not low < middle < high:
                continue
            value = formula(middle)
            side = _sign(value)
            if side == 0:
                return (middle, middle) if _is_zero(value) else (middle - NEAR, middle + NEAR)
            if side == rising:
                high = middle
            else:
                low = middle
        if high - low < NEAR:
            break
    return low, high


def _is_zero(value: Scalar) -> bool:
    return not isinstance(value, scalar.Nothing) and bool(value == 0)


def _secant(formula: Formula, low: fmpq, high: fmpq) -> fmpq | None:
    below, above = formula(low), formula(high)
    if isinstance(below, scalar.Nothing) or isinstance(above, scalar.Nothing):
        return None
    change = above - below
    if scalar.sign(change) in (0, None):
        return None
    guess = low - below * (high - low) / change
    return guess if isinstance(guess, fmpq) and guess.q.bit_length() <= ctx.prec else _rounded(guess)


def _rounded(value: Number) -> fmpq | None:
    # The nearest rational of bounded size, unless the number is vast.
    scaled = (arb(value) * fmpz(2) ** (ctx.prec - 20)).floor()
    if not abs(scaled) < arb(2) ** (2 * ctx.prec):
        return None
    whole = arb(scaled.mid()).floor().unique_fmpz()
    return None if whole is None else fmpq(whole, fmpz(2) ** (ctx.prec - 20))


def _ball(formula: Formula, low: fmpq, high: fmpq) -> arb | None:
    # A few steps more by the secant; then the formula must change its sign within a narrow ball.
    low, high = min(low, high), max(low, high)
    one, other = low, high
    for _ in range(SECANTS):
        guess = _secant(formula, one, other)
        if guess is None or guess in (one, other):
            break
        one, other = other, guess
    left, right = other - WIDTH, other + WIDTH
    if low <= left and right <= high and _sign(formula(left)) * _sign(formula(right)) < 0:
        low, high = left, right
    # A wide ball would agree with anything.
    if high - low > 4 * NEAR or _sign(formula(low)) * _sign(formula(high)) >= 0:
        return None
    ball = arb((low + high) / 2, (high - low) / 2)
    value = formula(ball)
    return ball if isinstance(value, arb) and value.contains(0) else None
