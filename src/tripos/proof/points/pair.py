"""Pairs: a key and an answer as programs, run together at a point, and what comes of it there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flint import arb, fmpq

from tripos.language.names import Names
from tripos.language.tree import Node
from tripos.proof.points import scalar
from tripos.proof.points.block import Block, Value, one
from tripos.proof.points.ground import Point
from tripos.proof.points.program import Program, program
from tripos.proof.points.run import Meter, Switch
from tripos.proof.points.scalar import UNDEFINED, Nothing, Scalar
from tripos.proof.points.signs import positives

ENOUGH_BITS = 24  # of agreement between two balls
TINY = fmpq(1, 2**60)  # where both are zero as far as can be told


class Meeting(Enum):
    """How a key and an answer meet at a point."""

    EXACT = "the same exactly"
    CLOSE = "balls that overlap"
    APART = "certainly different"
    UNTOLD = "not to be told here"


@dataclass(frozen=True, slots=True)
class Probe:
    """Both values at a point, how they meet, and the switches of each where they were noted."""

    point: Point
    key: Value
    answer: Value
    meeting: Meeting
    switches: tuple[Switch, ...] = ()
    own: int = 0  # how many of the switches, the first ones, are the key's

    @property
    def signs(self) -> tuple[int | None, ...]:
        """On which side of every switch the point lies; none where that cannot be told."""
        return tuple(side(switch.value) for switch in self.switches)


@dataclass(slots=True)
class Pair:
    """A key and an answer, compiled."""

    key: Program
    answer: Program
    meter: Meter

    def at(self, point: Point, noting: bool = False) -> Probe:
        """What both come to at a point."""
        first, second = point.run(self.meter, noting), point.run(self.meter, noting)
        key, answer = _alone(self.key.run(first)), _alone(self.answer.run(second))
        switches = (*(first.switches or ()), *(second.switches or ()))
        met = meeting(key, answer)
        if met is Meeting.APART and point.scene.alone and UNDEFINED in (key, answer):
            met = Meeting.UNTOLD  # of no other class there is no maximum, and no logarithm of their sum
        return Probe(point, key, answer, met, switches, len(first.switches or ()))


def pair(key: Node, answer: Node, names: Names, meter: Meter) -> Pair:
    """The pair of these trees."""
    return Pair(program(key, positives(key, names)), program(answer, positives(answer, names)), meter)


def _alone(value: Value) -> Value:
    return one(value) if isinstance(value, Block) else value


def side(value: Scalar) -> int | None:
    """The sign of a switch."""
    return None if isinstance(value, Nothing) else scalar.sign(value)


def meeting(key: Value, answer: Value) -> Meeting:
    """How two values meet. An undefined one equals another; it differs from every number."""
    if isinstance(key, Block) or isinstance(answer, Block):
        return _blocks(key, answer)
    if scalar.KINK in (key, answer) or scalar.UNKNOWN in (key, answer):
        return Meeting.UNTOLD
    if isinstance(key, Nothing) or isinstance(answer, Nothing):
        return Meeting.EXACT if key is answer else Meeting.APART
    if isinstance(key, fmpq) and isinstance(answer, fmpq | bool):
        return Meeting.EXACT if key == answer else Meeting.APART
    if isinstance(key, bool):
        return Meeting.EXACT if key is answer else Meeting.APART
    return _balls(arb(key), arb(answer))  # type: ignore[arg-type]  # numbers are left


def _blocks(key: Value, answer: Value) -> Meeting:
    if not isinstance(key, Block) or not isinstance(answer, Block) or key.size != answer.size:
        return Meeting.APART
    found = {meeting(mine, other) for mine, other in zip(key.entries, answer.entries, strict=True)}
    for worst in (Meeting.APART, Meeting.UNTOLD, Meeting.CLOSE):
        if worst in found:
            return worst
    return Meeting.EXACT


def _balls(key: arb, answer: arb) -> Meeting:
    if not key.overlaps(answer):
        return Meeting.APART
    if key == answer:
        return Meeting.EXACT
    tight = min(key.rel_accuracy_bits(), answer.rel_accuracy_bits()) >= ENOUGH_BITS
    return Meeting.CLOSE if tight or abs(key - answer) < TINY else Meeting.UNTOLD
