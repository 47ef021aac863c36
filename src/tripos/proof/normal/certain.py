"""What is certain of names by their domains alone: which are positive or whole, and between which numbers they lie."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flint import fmpq

from tripos.language.names import Free, Names, Sort
from tripos.language.values import is_number
from tripos.language.worked import Worked

INDEX_MARK = "#"  # a bound name that runs over indices, which count from 1
_NUMBER = re.compile(r"([+-]?)([0-9]{1,40})(?:\.([0-9]{1,40})|/([1-9][0-9]{0,39}))?")


@dataclass(frozen=True, slots=True)
class Range:
    """The open range of a name, none where it has no end, and whether only whole numbers lie in it."""

    low: fmpq | None = None
    high: fmpq | None = None
    whole: bool = False
    closed: bool = False  # an end may belong to it

    @property
    def positive(self) -> bool:
        """Whether nothing in it is zero or negative."""
        if self.low is None:
            return False
        return self.low > 0 or (self.low == 0 and not self.closed)


REALS = Range()
POSITIVE = Range(low=fmpq(0))
COUNTS = Range(low=fmpq(0), whole=True)
_RANGES = {
    Sort.POSITIVE: POSITIVE,
    Sort.POSITIVE_INTEGER: COUNTS,
    Sort.INTEGER: Range(whole=True),
    Sort.INDEX: COUNTS,
}


def ranges(names: Names) -> dict[str, Range]:
    """The range of every free name that is a number, and of the lengths that vectors and matrices mention."""
    found: dict[str, Range] = {}
    for name, meaning in names.items():
        if not isinstance(meaning, Free):
            continue
        found.update({size: COUNTS for size in meaning.sizes if not size.isdecimal() and size not in names})
        if meaning.sort is Sort.INTERVAL:
            found[name] = _between(meaning, names)
        elif meaning.sort not in (Sort.VECTOR, Sort.MATRIX, Sort.FUNCTION):
            found[name] = _RANGES.get(meaning.sort, REALS)
    return found


def is_tensor(name: str, names: Names) -> bool:
    """Whether a name stands for a vector or a matrix."""
    meaning = names.get(name)
    return isinstance(meaning, Free) and meaning.sort in (Sort.VECTOR, Sort.MATRIX)


def _between(free: Free, names: Names) -> Range:
    low, high = (_end(bound, names) for bound in free.bounds)
    return Range(low, high, closed=not all(free.strict))


def _end(text: str, names: Names) -> fmpq | None:
    # An end that is no plain number bounds nothing here.
    meaning = names.get(text.strip())
    if isinstance(meaning, Worked) and is_number(meaning.value) and isinstance(meaning.value, fmpq):
        return meaning.value
    found = _NUMBER.fullmatch(text.replace("−", "-").replace(" ", ""))
    if found is None:
        return None
    sign, whole, decimals, below = found.groups()
    value = fmpq(int(whole + (decimals or "")), 10 ** len(decimals or "")) / int(below or 1)
    return -value if sign == "-" else value
