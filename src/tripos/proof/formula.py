"""Formulas: whether an answer is the key, in whatever form, at every point of the ground both stand on.

Different is proved, by a point where both have a value and the values are certainly apart, or one has none. Equal is
earned: by a normal form, or by agreement at random points in every cell. What is neither is undecided.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flint import arb, ctx, fmpq

from tripos.language.names import Names
from tripos.language.tree import Node
from tripos.problem import Refusal
from tripos.proof.normal.equality import same
from tripos.proof.points import scalar
from tripos.proof.points.block import Block, Misfit
from tripos.proof.points.cells import Search, Signs
from tripos.proof.points.ground import Ground, ground
from tripos.proof.points.layout import Layout, Size, Unfitting, spelt, words
from tripos.proof.points.pair import Meeting, Pair, Probe, pair
from tripos.proof.points.periods import period, remainders
from tripos.proof.points.program import constants, program
from tripos.proof.points.run import Meter, Run, Unsupported
from tripos.proof.points.scalar import UNKNOWN, Nothing
from tripos.proof.points.witness import apart, described, sentence, simplified
from tripos.proof.reason import Reason, because
from tripos.proof.verdict import Certainty, Outcome, Verdict

STEPS = 120_000
PRECISION = 160  # bits at every point
CONFIRMED = 2_048  # bits at one point of every cell, which tell a number from one very near
SHOWN_BITS = 1_500  # of a constant: one that is larger, or smaller, may hide below the last digit
CONSTANT_STEPS = 2_000
LEAST = 3  # points at which both must have a value and agree


@dataclass(slots=True)
class Tally:
    """What was met so far: in how many points both agree, and in which cells of the key."""

    agreed: int = 0
    untold: int = 0
    apart: Probe | None = None
    cells: dict[tuple[int | None, ...], bool] = field(default_factory=dict)

    def count(self, probe: Probe) -> None:
        """Count a probe."""
        if probe.meeting is Meeting.UNTOLD:
            self.untold += 1
            return
        same = probe.meeting is not Meeting.APART
        if same and scalar.is_number(probe.key):
            self.agreed += 1
        if not same and self.apart is None:
            self.apart = probe
        signs = probe.signs[: probe.own]
        if signs and 0 not in signs and None not in signs:
            self.cells[signs] = self.cells.get(signs, True) and same

    @property
    def share(self) -> fmpq | None:
        """In which part of the key's cells the answer is right; none where the key has a single one."""
        return fmpq(sum(self.cells.values()), len(self.cells)) if len(self.cells) > 1 else None


def compared(key: Node, answer: Node, names: Names) -> Verdict:
    """Whether two formulas are equal wherever their free names may be."""
    try:
        with ctx.workprec(PRECISION):
            return _compared(key, answer, names)
    except Unsupported as fault:
        return Verdict(Outcome.UNDECIDED, reason=because("no-points", part=fault))
    except Refusal:
        return Verdict(Outcome.UNDECIDED, reason=because("long"))


def misfit(tree: Node, names: Names) -> Reason | None:
    """Why the sizes of the vectors and matrices in a formula do not go together; none if they do."""
    try:
        Layout(names).read(tree)
    except Unfitting as fault:
        return because("sizes", part=fault.part, left=spelt(fault.left), right=spelt(fault.right))
    return None


def _compared(key: Node, answer: Node, names: Names) -> Verdict:
    layout = Layout(names)
    try:
        size = layout.read(key)
    except Unfitting as fault:
        return Verdict(Outcome.UNDECIDED, reason=because("key-sizes", part=fault.part))
    try:
        unlike = _unlike(layout, size, layout.read(answer))
        here = ground(names, [key, answer], layout)
    except Unfitting as fault:
        return _different("sizes", part=fault.part, left=spelt(fault.left), right=spelt(fault.right))
    if unlike is not None:
        return Verdict(Outcome.DIFFERENT, Certainty.EXACT, unlike)
    if same(key, answer, names):
        return Verdict(Outcome.EQUAL, Certainty.NORMAL_FORM)
    verdict = _met(pair(key, answer, names, Meter(STEPS)), here, period([key, answer]))
    if verdict.outcome is Outcome.EQUAL and any(map(_is_beyond, constants([key, answer]))):
        return Verdict(Outcome.UNDECIDED, reason=because("beyond"))
    return verdict


def _is_beyond(tree: Node) -> bool:
    """Whether a constant is so large, or so near to zero, that no number of digits here shows what it changes."""
    value = program(tree).run(Run({}, {}, Meter(CONSTANT_STEPS)))
    if not isinstance(value, arb | fmpq) or value == 0:
        return isinstance(value, Nothing) and value is UNKNOWN
    return not fmpq(1, 2**SHOWN_BITS) < abs(arb(value)) < fmpq(2**SHOWN_BITS)


def _unlike(layout: Layout, size: Size, other: Size) -> Reason | None:
    """Why an answer cannot be the key by its size alone; else both sizes are tied together."""
    sizes = {"wanted": words(layout, size), "got": words(layout, other)}
    if size is None or other is None:
        return None if size is other else because("wrong-size", **sizes)
    mine, given = (tuple(map(layout.root, one)) for one in (size, other))
    if mine != given and mine == given[::-1]:
        return because("transposed", **sizes)
    try:
        layout.tie(size[0], other[0])
        layout.tie(size[1], other[1])
    except Unfitting:
        return because("wrong-size", **sizes)
    return None


def _met(both: Pair, here: Ground, length: int) -> Verdict:
    tally = Tally()
    try:
        whole = _toured(both, here, tally, length)
    except Misfit as fault:
        return _different("sizes", part="", left=fault.left, right=fault.right)
    if tally.apart is not None:
        return _apart(both, here, tally)
    if tally.agreed < LEAST or tally.untold > tally.agreed:
        return Verdict(Outcome.UNDECIDED, reason=because("too-few"))
    if not whole:
        return Verdict(Outcome.UNDECIDED, reason=because("long"))
    return Verdict(Outcome.EQUAL, Certainty.SAMPLED)


def _toured(both: Pair, here: Ground, tally: Tally, length: int) -> bool:
    """Meet at the points, then in the cells; whether that was enough to tell.

    Stops at the first difference, but for a key that has pieces.
    """
    started = [both.at(point, noting=True) for point in here.points()]
    for probe in started:
        tally.count(_confirmed(both, probe))
        if tally.apart is not None and not _has_pieces(probe):
            return True
    for point in remainders(started[1].point, here.coordinates(started[1].point), length) if length else ():
        tally.count(both.at(point))
        if tally.apart is not None:
            return True
    if not any(probe.switches for probe in started):
        return True
    starts = [both.at(here.point(number), noting=True) for number in here.starts]
    complete = True
    try:
        for start in starts:
            complete = _searched(both, here, start, tally) and complete
    except Refusal:
        complete = False
    return complete or tally.apart is not None


def _has_pieces(probe: Probe) -> bool:
    """Whether the key has cases, of which an answer may have some right: what it is divided by makes none."""
    return any(not switch.pole for switch in probe.switches[: probe.own])


def _searched(both: Pair, here: Ground, start: Probe, tally: Tally) -> bool:
    search = Search(both, here)
    confirmed: set[Signs] = set()
    tally.count(_confirmed(both, start))
    for probe in search.probes(start):
        new = probe.signs not in confirmed
        confirmed.add(probe.signs)
        tally.count(_confirmed(both, probe) if new else probe)
        if tally.apart is not None and not _has_pieces(probe):
            break
    return search.complete


def _confirmed(both: Pair, probe: Probe) -> Probe:
    """The same, where two balls overlap, with far more digits."""
    if probe.meeting is not Meeting.CLOSE:
        return probe
    with ctx.workprec(CONFIRMED):
        return both.at(probe.point, noting=True)


def _apart(both: Pair, here: Ground, tally: Tally) -> Verdict:
    assert tally.apart is not None
    both.meter = Meter(STEPS)  # finding the difference may have taken all that there was
    probe = simplified(tally.apart, both, here)
    exact = all(not isinstance(value, arb | Block) for value in (probe.key, probe.answer))
    (key, got), where = apart(probe), sentence(probe)
    reason = because("at", where=where, key=key, got=got) if where else because("differs", got=got, key=key)
    return Verdict(
        Outcome.DIFFERENT,
        Certainty.EXACT if exact else Certainty.CERTIFIED,
        reason,
        (*described(probe), ("key", key), ("given", got)),
        share=tally.share,
    )


def _different(code: str, **details: object) -> Verdict:
    return Verdict(Outcome.DIFFERENT, Certainty.EXACT, because(code, **details))
