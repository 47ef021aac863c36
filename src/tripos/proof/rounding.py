"""Rounding: whether a number is another one, rounded; to the precision that is asked for, or in its own last place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from flint import arb, ctx, fmpq

from tripos.language import arithmetic
from tripos.language.constant import PRECISIONS, Number, Undecidable, ball
from tripos.language.tree import Node, Op

NEAR = fmpq(1, 20)  # 0 is no rounding of 1/3
HALF = fmpq(1, 2)
MAX_PLACE = 2_000  # a number with more digits before or behind its point has no last place that anyone asks for

_DECIMAL = re.compile(r"[-+−–]?\s*[0-9][0-9\s,'’]*(?:\.(?P<behind>[0-9]*))?(?:\s*[eE](?P<exponent>[-+−]?[0-9]{1,4}))?")


@dataclass(frozen=True, slots=True)
class Precision:
    """How exactly a number is asked for: so many significant digits, or so many decimals; 0 asks for neither."""

    digits: int = 0
    decimals: int = 0

    def __bool__(self) -> bool:
        return bool(self.digits or self.decimals)

    def __str__(self) -> str:
        return f"{self.count} {'significant digit' if self.digits else 'decimal'}{'' if self.count == 1 else 's'}"

    @property
    def count(self) -> int:
        """How many are asked for."""
        return self.digits or self.decimals

    def place(self, key: Number) -> fmpq:
        """What a unit in the last place asked for is worth; undecidable where nobody can say."""
        if not self.digits:
            return _power(-self.decimals)
        return _power(magnitude(key) - self.digits + 1)


def keeps(precision: Precision, key: Number, given: Number) -> bool:
    """Whether a number is the key to this precision: at most half a unit from it, and rounded with the same result.

    In the middle either way counts. 3.144 is π to three digits, 3.1351 is 3.1449 to none: it is off by a unit.
    """
    if arithmetic.compared(key, given) == 0:
        return True
    unit = precision.place(key)
    return _is_near(key, given, unit) and any(_is_near(key, near, unit) for near in _roundings(given, unit))


def lacks(precision: Precision, key: Number, response: Node, text: str) -> bool:
    """Whether an answer is the key rounded rightly, but with fewer digits written than are asked for."""
    own = written_place(response, text)
    if own is None:
        return False
    value = cast(fmpq, response.value if response.op is not Op.NEGATE else -cast(fmpq, response.args[0].value))
    unit = precision.place(key)
    if precision.digits and arithmetic.compared(arithmetic.absolute(value), _power(magnitude(key) + 1)) >= 0:
        unit *= 10  # 9.996 to three digits is 10.0
    return own > unit and _is_near(key, value, own)


def written_place(response: Node, text: str) -> fmpq | None:
    """What the last place of a decimal or an integer is worth, as it is written: 3.10 has two decimals. Else none."""
    top = response.args[0] if response.op is Op.NEGATE else response
    if top.op not in (Op.NUMBER, Op.DECIMAL):
        return None
    found = _DECIMAL.fullmatch(text[response.span.start : response.span.end].strip())
    if found is None:
        places = _places(cast(fmpq, top.value))
        return None if places is None else _power(-places)
    return _power(int((found["exponent"] or "0").replace("−", "-")) - len(found["behind"] or ""))


def magnitude(value: Number) -> int:
    """The power of ten of a number's first digit: 2 for 224, -1 for 0.25. Undecidable for zero."""
    size = arithmetic.absolute(value)
    exponent = _estimated(size)
    while arithmetic.compared(size, _power(exponent + 1)) >= 0:
        exponent += 1
    while arithmetic.compared(size, _power(exponent)) < 0:
        exponent -= 1
    return exponent


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


def _is_near(key: Number, given: Number, unit: fmpq) -> bool:
    off = arithmetic.absolute(arithmetic.subtract(key, given))
    return arithmetic.compared(off, unit * HALF) <= 0


def _roundings(given: Number, unit: fmpq) -> list[fmpq]:
    """The multiples of a unit that a number may be rounded to: one, or two for what lies in the middle."""
    below = _floor(arithmetic.multiply(given, 1 / unit)) * unit
    return [near for near in (below, below + unit) if _is_near(given, near, unit)]


def _floor(value: Number) -> fmpq:
    if isinstance(value, fmpq):
        return fmpq(value.floor())
    for precision in PRECISIONS:
        with ctx.workprec(precision):
            whole = ball(value).floor().unique_fmpz()
        if whole is not None:
            return fmpq(whole)
    raise Undecidable


def _estimated(size: Number) -> int:
    with ctx.workprec(PRECISIONS[0]):
        power = ball(size).log() / arb(10).log()
    if not power.is_finite() or not abs(power) < MAX_PLACE:
        raise Undecidable
    return int(float(power.mid()))


def _power(exponent: int) -> fmpq:
    if abs(exponent) > 2 * MAX_PLACE:
        raise Undecidable
    return fmpq(10) ** exponent


def _places(value: fmpq) -> int | None:
    """How many decimal places spell a rational exactly; none where they never end."""
    places, rest = 0, int(value.q)
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    return places if rest == 1 else None
