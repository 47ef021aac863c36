"""Rounding: whether a decimal is a number that has no finite decimal, rounded. It is never the number itself."""

from __future__ import annotations

from flint import fmpq

from tripos.language import arithmetic
from tripos.language.constant import Number, Undecidable

NEAR = fmpq(1, 20)  # 0 is no rounding of 1/3


def is_rounded(key: Number, given: fmpq) -> bool:
    """Whether `given` is the key rounded in its own last place, certified; in the middle either way counts.

    False for a key that a decimal can spell exactly: there a rounded answer is simply another number.
    """
    places = _places(given)
    if not places or (isinstance(key, fmpq) and _places(key) is not None):
        return False
    try:
        off = arithmetic.absolute(arithmetic.subtract(key, given))
        close = arithmetic.multiply(NEAR, arithmetic.absolute(key))
        half = fmpq(1, 2 * 10**places)
        return arithmetic.compared(off, arithmetic.minimum(half, close)) <= 0
    except Undecidable:
        return False


def _places(value: fmpq) -> int | None:
    """How many decimal places spell a rational exactly; none where they never end."""
    places, rest = 0, int(value.q)
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    return places if rest == 1 else None
