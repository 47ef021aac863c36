"""Cells: every `max`, `abs`, condition and divisor splits the ground into cells; here each is found and tried.

From a point, every coordinate is moved along its line. Switches that are linear or a parabola along it have their zeros
solved for, however far away; others are bracketed. Each zero, the stretches between and those beyond are tried where
they lie in a cell, or on a border, that is new; a new cell is the start of a further search. So `max(0, x, 2x - 25)` is
told from `max(0, x)`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

from flint import arb, fmpq

from tripos.language.names import Sort
from tripos.proof.points.block import Value
from tripos.proof.points.ground import Coordinate, Ground, Point, within
from tripos.proof.points.pair import Meeting, Pair, Probe, side
from tripos.proof.points.run import Switch
from tripos.proof.points.scalar import UNDEFINED, UNKNOWN
from tripos.proof.points.zeros import STEPS, Curve, curve, far_zero

MAX_CELLS = 48  # that are searched from
MAX_COORDINATES = 14
FAR = (3, 9, 22, 71, 705, 70_011, 70_000_001)
GRID = tuple(fmpq(step * way, 7) for step in FAR for way in (-1, 1))
FINE = fmpq(1, 2**24)
HALVINGS = 28
BETWEEN = fmpq(29, 70)  # no half: a point between two zeros should be like no other
WHOLE = (Sort.INTEGER, Sort.POSITIVE_INTEGER)

Signs: TypeAlias = "tuple[int | None, ...]"


@dataclass(slots=True)
class Search:
    """A search for cells from a first probe. It is complete if no cell was left for want of room."""

    pair: Pair
    ground: Ground
    complete: bool = True
    _seen: set[Signs] = field(default_factory=set)

    def probes(self, first: Probe) -> Iterator[Probe]:
        """Probes in every cell that is reached, and on the borders between them."""
        self._seen = {first.signs}
        waiting = deque([first])
        searched = 0
        while waiting:
            start = waiting.popleft()
            searched += 1
            if searched > MAX_CELLS:
                self.complete = False
                return
            for where in _spread(self.ground.coordinates(start.point), start.point):
                for probe in self._along(start, where):
                    yield probe
                    if probe.signs not in self._seen:
                        self._seen.add(probe.signs)
                        if _is_open(probe, start):
                            waiting.append(probe)

    def _along(self, start: Probe, where: Coordinate) -> Iterator[Probe]:
        own = start.point.at(where)
        if isinstance(own, arb):
            return
        unit = _unit(own, where)
        lines = [start.switches, *(self._switches(start.point, where, own + unit * step) for step in STEPS)]
        switches = [[line[number].value for line in lines] for number in range(min(map(len, lines)))]
        curves = [curve(values) for values in switches]
        known = [found for found in curves if found is not None]
        straight = len(known) == len(start.switches)
        zeros, poles = _zeros(own, unit, curves, start.switches)
        for value in _around(own, sorted(zeros), where):
            if not straight or tuple(found.sign((value - own) / unit) for found in known) not in self._seen:
                yield self.pair.at(start.point.moved(where, value), noting=True)
        bent = [number for number, found in enumerate(curves) if found is None and _is_told(start.switches[number])]
        for number in bent:
            ends = [own + unit * end for end in far_zero(switches[number]) or ()]
            poles += [end for end in ends if within(where.domain, end)]
        if bent:
            poles += self._bracketed(start, where, own, bent)
        for stop in poles:
            probe = self.pair.at(start.point.moved(where, stop), noting=True)
            yield _at_pole(probe) if isinstance(stop, arb) else probe

    def _switches(self, point: Point, where: Coordinate, value: Value) -> tuple[Switch, ...]:
        return self.pair.at(point.moved(where, value), noting=True).switches

    def _bracketed(self, start: Probe, where: Coordinate, own: fmpq, bent: Sequence[int]) -> list[Value]:
        """Both sides of where a bent switch changes its sign, and the bracket itself where that is a pole."""
        places = {place for place in (*(own + step for step in GRID), own) if within(where.domain, place)}
        if where.domain.sort in WHOLE:
            places = {fmpq(int(place.floor())) for place in places if place >= 1 or place < 0}
        found: list[Value] = []
        lines = [(place, self._switches(start.point, where, place)) for place in sorted(places)]
        for number in bent:
            for (low, left), (high, right) in pairwise(lines):
                if number < min(len(left), len(right)) and _opposite(left[number], right[number]):
                    found += self._narrowed(start.point, where, (low, high), number)
        return found

    def _narrowed(self, point: Point, where: Coordinate, ends: tuple[fmpq, fmpq], number: int) -> list[Value]:
        low, high = ends
        below = side(self._switches(point, where, low)[number].value)
        pole = False
        for _ in range(HALVINGS):
            middle = _midway(low, high, where)
            if middle == low:
                return [low, high]
            switches = self._switches(point, where, middle)
            if number >= len(switches):
                break
            pole = switches[number].pole
            here = side(switches[number].value)
            if here == 0:
                return [middle, low, high]
            low, high = (middle, high) if here == below else (low, middle)
        return [low, high, _ball(low, high)] if pole else [low, high]


def _spread(found: Sequence[Coordinate], point: Point) -> Sequence[Coordinate]:
    """All of them, or of a large vector or matrix some: the first, the last, and those at which an index stands."""
    if len(found) <= MAX_COORDINATES:
        return found
    last = {where.name: where.entry for where in found}
    marked = {place - 1 for place in point.scene.indices.values()} | {0, 1, None}
    return [where for where in found if where.entry in marked or where.entry == last[where.name]]


def _is_open(probe: Probe, start: Probe) -> bool:
    # A switch that was zero before, such as the difference of two equal indices, is no border.
    pairs = zip(probe.signs, start.signs, strict=False)
    return all(here is not None and (here != 0 or before == 0) for here, before in pairs)


def _is_told(switch: Switch) -> bool:
    return side(switch.value) is not None


def _unit(own: fmpq, where: Coordinate) -> fmpq:
    # Small, so that no piece is likely to end between; toward the inside of the domain.
    unit = fmpq(1) if where.domain.sort in WHOLE else FINE
    return unit if within(where.domain, own + unit * STEPS[-1]) else -unit


def _zeros(
    own: fmpq, unit: fmpq, curves: Sequence[Curve | None], switches: Sequence[Switch]
) -> tuple[set[fmpq], list[Value]]:
    """The zeros of all switches along a line, and balls around those of divisors that are no rationals."""
    zeros: set[fmpq] = set()
    poles: list[Value] = []
    for found, switch in zip(curves, switches, strict=False):
        if found is not None:
            places, brackets = found.zeros()
            zeros |= {own + unit * place for place in (*places, *(end for bracket in brackets for end in bracket))}
            poles += [_ball(own + unit * low, own + unit * high) for low, high in brackets if switch.pole]
    return zeros, poles


def _around(own: fmpq, zeros: list[fmpq], where: Coordinate) -> list[fmpq]:
    if not zeros:
        return []
    if where.domain.sort in WHOLE:
        near = [fmpq(int(zero.floor()) + step) for zero in zeros for step in (-1, 0, 1, 2)]
        candidates = sorted({*near, own})
    else:
        between = [low + (high - low) * BETWEEN for low, high in pairwise(zeros)]
        toward = [fmpq(0), fmpq(1)]  # the ends of most domains
        inside = [zero + (end - zero) * BETWEEN for zero in (zeros[0], zeros[-1]) for end in toward]
        candidates = [*between, zeros[0] - 1 - BETWEEN, zeros[-1] + 1 + BETWEEN, *inside, *zeros]
    return [value for value in dict.fromkeys(candidates) if within(where.domain, value)]


def _at_pole(probe: Probe) -> Probe:
    """A probe at a ball in which a divisor is zero somewhere: one side has no value there. The other may have."""
    sides = (probe.key, probe.answer)
    blurred = probe.switches[: probe.own] if probe.key is UNKNOWN else probe.switches[probe.own :]
    if any(not switch.pole and side(switch.value) is None for switch in blurred):
        return probe  # a condition that cannot be told there may keep it clear of the pole
    if UNKNOWN in sides and any(isinstance(value, fmpq | arb) for value in sides):
        key, answer = (UNDEFINED if value is UNKNOWN else value for value in sides)
        return replace(probe, key=key, answer=answer, meeting=Meeting.APART)
    return probe


def _opposite(left: Switch, right: Switch) -> bool:
    one, other = side(left.value), side(right.value)
    return one is not None and other is not None and one * other < 0


def _midway(low: fmpq, high: fmpq, where: Coordinate) -> fmpq:
    middle = (low + high) / 2
    return fmpq(int(middle.floor())) if where.domain.sort in WHOLE else middle


def _ball(low: fmpq, high: fmpq) -> arb:
    return arb((low + high) / 2, abs(high - low) / 2)
