"""Periods: formulas that round whole numbers differ by remainders, so every remainder is tried.

`ceil(n/32)` and `floor(n/32) + 1` agree but where 32 divides n. What is divided by is read off the formulas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from math import lcm
from typing import cast

from flint import fmpq

from tripos.language.names import Sort
from tripos.language.tree import Callee, Node, Op, walk
from tripos.proof.points.ground import Coordinate, Point, within

WHOLE = (Sort.INTEGER, Sort.POSITIVE_INTEGER)
ROUNDING = frozenset({"floor", "ceil"})
LONGEST = 1_100  # remainders that are tried
MOST = 3  # names that are moved through a period


def period(trees: Sequence[Node]) -> int:
    """The number of remainders that matter to what is rounded in these formulas; 0 where nothing is rounded."""
    found, rounds = 1, False
    for tree in trees:
        for node in walk(tree):
            if isinstance(node.value, Callee) and node.value.name in ROUNDING:
                rounds = True
                found = lcm(found, *_divisors(node))
    return min(found, LONGEST) if rounds else 0


def remainders(point: Point, coordinates: Sequence[Coordinate], length: int) -> Iterator[Point]:
    """The point with each of its whole numbers moved through a period and somewhat beyond."""
    for where in islice((where for where in coordinates if where.domain.sort in WHOLE), MOST):
        for step in range(-2, length + 3):
            if within(where.domain, fmpq(step)):
                yield point.moved(where, fmpq(step))


def _divisors(node: Node) -> Iterator[int]:
    for part in walk(node):
        if part.op in (Op.NUMBER, Op.DECIMAL):
            value = cast(fmpq, part.value)
            if 1 < abs(value.p) <= LONGEST:
                yield abs(int(value.p))
            if 1 < value.q <= LONGEST:
                yield int(value.q)
