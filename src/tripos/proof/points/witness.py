"""Witnesses: a point where an answer differs from the key, made as simple as it can be, and put in words."""

from __future__ import annotations

from collections.abc import Iterator

from flint import arb, fmpq

from tripos.language import plain
from tripos.language.tree import name
from tripos.proof.points.block import Block, Value
from tripos.proof.points.cubic import Cubic
from tripos.proof.points.ground import Coordinate, Ground, within
from tripos.proof.points.pair import Meeting, Pair, Probe
from tripos.proof.points.scalar import Nothing

MAX_SHOWN = 12  # entries of a vector or matrix
DIGITS = 4  # of what is rounded
NOTHING_LEFT = fmpq(1, 10**15)  # what is below is shown as zero
MORE_DIGITS = (DIGITS, 10, 40)
SIMPLE = tuple(fmpq(value) for value in (1, 2, -1, 3, -2, 5, -5, 10, -10, 20, -20, 50, -50, 100, -100, 1000, -1000))


def simplified(probe: Probe, pair: Pair, ground: Ground) -> Probe:
    """A probe that shows the same with simpler numbers, as far as one coordinate at a time gets."""
    for where in ground.coordinates(probe.point):
        for value in _simpler(probe, where):
            moved = pair.at(probe.point.moved(where, value))
            if moved.meeting is Meeting.APART and _alike(moved, probe):
                probe = moved
                break
    return probe


def _simpler(probe: Probe, where: Coordinate) -> Iterator[fmpq]:
    own = probe.point.at(where)
    if not isinstance(own, fmpq):
        return
    first = (where.entry or 0) % 3  # entries of a vector should not all become the same
    simple = (*SIMPLE[first:], *SIMPLE[:first])
    for value in (*simple, fmpq((own + fmpq(1, 2)).floor()), fmpq((own * 2).floor(), 2)):
        if value == own:
            return
        if within(where.domain, value):
            yield value


def _alike(one: Probe, other: Probe) -> bool:
    # A difference of two numbers should not turn into one of having a value at all.
    pairs = ((one.key, other.key), (one.answer, other.answer))
    return all(isinstance(left, Nothing) is isinstance(right, Nothing) for left, right in pairs)


def described(probe: Probe) -> tuple[tuple[str, str], ...]:
    """The point, name by name, in words."""
    found = []
    for word, value in probe.point.values.items():
        if isinstance(value, Cubic):
            if not value.is_simple or word.endswith("'"):
                continue
            found.append((f"{plain.of(name(word))}(t)", str(value)))
        elif not (isinstance(value, Block) and len(value.entries) > MAX_SHOWN):
            found.append((plain.of(name(word)), shown(value)))
    return tuple(found)


def sentence(probe: Probe) -> str:
    """The point in one line: `s = (1, 0, 2), y = 3, Δ = 1`."""
    return ", ".join(f"{word} = {value}" for word, value in described(probe))


def apart(probe: Probe) -> tuple[str, str]:
    """The key's value and the answer's, with as many digits as it takes to see that they differ."""
    for digits in MORE_DIGITS:
        key, answer = shown(probe.key, digits), shown(probe.answer, digits)
        if key != answer:
            return key, answer
    return f"{shown(probe.key)} (rounded)", f"{shown(probe.answer)} (rounded)"


def shown(value: Value, digits: int = DIGITS) -> str:
    """A value as a reader wants it: exact where that is short, else rounded."""
    match value:
        case fmpq():
            short = max(len(str(abs(value.p))), len(str(value.q))) <= digits
            return plain.of_value(value) if short else _rounded(arb(value), digits)
        case arb():
            return _rounded(value, digits)
        case Block():
            return _block(value, digits)
        case Nothing():
            return "undefined"
        case _:
            return str(value).lower()


def _rounded(value: arb, digits: int) -> str:
    if abs(value) < NOTHING_LEFT:
        return "0"
    text = str(value.str(digits, radius=False))
    return text.replace("-", plain.MINUS)


def _block(block: Block, digits: int) -> str:
    rows = [block.entries[start : start + block.columns] for start in range(0, len(block.entries), block.columns)]
    if block.columns == 1:
        return f"({', '.join(shown(entry, digits) for entry in block.entries)})"
    return f"[{'; '.join(', '.join(shown(entry, digits) for entry in row) for row in rows)}]"
