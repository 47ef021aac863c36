"""Regions: whether two statements hold at the same points, their borders included."""

from __future__ import annotations

from itertools import combinations, islice
from typing import cast

from flint import arb, ctx, fmpq

from tripos.language import plain, tree
from tripos.language.names import Names
from tripos.language.tree import Node, Op, Relation
from tripos.problem import Refusal
from tripos.proof.normal.equality import same
from tripos.proof.points.block import Block, Misfit
from tripos.proof.points.cells import Search
from tripos.proof.points.ground import Point, ground
from tripos.proof.points.layout import Layout, Unfitting
from tripos.proof.points.pair import Meeting, Pair, Probe
from tripos.proof.points.pair import pair as paired
from tripos.proof.points.run import Meter, Unsupported
from tripos.proof.points.scalar import UNDEFINED
from tripos.proof.points.witness import described, sentence, simplified
from tripos.proof.reason import because
from tripos.proof.solutions import line
from tripos.proof.solutions.branches import edges
from tripos.proof.solutions.statement import STATEMENTS, Unstated, Where, apart, flat, statement
from tripos.proof.solutions.surface import is_surely_met, owned, points
from tripos.proof.verdict import Certainty, Outcome, Verdict

STEPS = 40_000
BORDER_STEPS = 30_000
PRECISION = 160
BORDER_PRECISION = 1_024
MAX_CORNERS = 10  # where two borders meet
STRICT = frozenset({Relation.LESS, Relation.GREATER, Relation.UNEQUAL})
LEAST = 4  # points at which both were told


def compared(key: Node, answer: Node, names: Names) -> Verdict:
    """Whether two statements hold at the same points."""
    if answer.op not in STATEMENTS and answer.op is not Op.TRUTH:
        reason = because("wrong-kind", wanted="An inequality", got=plain.of(answer), sort="none")
        return Verdict(Outcome.DIFFERENT, reason=reason)
    if same(key, answer, names):
        return Verdict(Outcome.EQUAL, Certainty.NORMAL_FORM)
    found = on_a_line(key, answer, names)
    if found is not None:
        return found
    try:
        borders = _on_borders(key, answer, names)
        if isinstance(borders, Verdict):
            return borders
        with ctx.workprec(PRECISION):
            found = _met(key, answer, names)
    except (Unsupported, Misfit, Unfitting):
        return Verdict(Outcome.UNDECIDED, reason=because("solutions"))
    except Refusal:
        return Verdict(Outcome.UNDECIDED, reason=because("long"))
    untold = borders is False or (borders is None and not _bordered_alike(key, answer))
    if found.outcome is Outcome.EQUAL and untold:
        return Verdict(Outcome.UNDECIDED, reason=because("solutions"))
    return found


def on_a_line(key: Node, answer: Node, names: Names) -> Verdict | None:
    """The exact verdict on two statements about one real number; none where there is no such."""
    found = line.first_difference(key, answer, names)
    if found is None:
        return None
    if isinstance(found, bool):
        return Verdict(Outcome.EQUAL, Certainty.EXACT)
    (name,) = tree.free_names(key) | tree.free_names(answer)
    return apart({name: found.value}, found.holds[1], Certainty.EXACT)


def _bordered_alike(key: Node, answer: Node) -> bool:
    # Where no borders are known, those of both must at least be all strict, or none.
    relations: set[Relation] = set()
    for node in (*tree.walk(key), *tree.walk(answer)):
        if node.op is Op.NOT:
            return False
        if node.op is Op.COMPARE:
            relations |= set(cast("tuple[Relation, ...]", node.value))
    return relations <= STRICT or not relations & STRICT


def _on_borders(key: Node, answer: Node, names: Names) -> Verdict | bool | None:
    # Where both sides of a comparison are equal, < and ≤ differ. Else whether both were told on every border: none
    # where no borders are known.
    meter = Meter(BORDER_STEPS)
    try:
        trees, space = flat([key, answer], names)
        pair = [statement(root, meter) for root in trees]
        taken = edges(pair, {**names, **space.domains}, meter)
    except Unstated:
        return None
    equations = tuple(dict.fromkeys(equation for own in taken for equation in own.equations))
    found: list[tuple[Where, bool]] = []
    told_on_all = True
    far = any(own.bends for own in taken)
    with ctx.workprec(BORDER_PRECISION):
        for border in (*((equation,) for equation in equations), *islice(combinations(equations, 2), MAX_CORNERS)):
            told = False
            for where in points(border, space, meter, far):
                mine, yours = (one.holds(where, own.zeros(border)) for one, own in zip(pair, taken, strict=True))
                told = told or (mine is not None and yours is not None and owned(border, where))
                if mine is not None and yours is not None and mine is not yours:
                    found.append((where, yours))
            if found:
                break
            told_on_all = told_on_all and (told or len(border) > 1 or is_surely_met(border))
    if not found:
        return told_on_all
    where, holds = min(found, key=lambda each: sum(len(str(value)) for value in each[0].values()))
    exact = all(isinstance(value, fmpq) for value in where.values())
    return apart(where, holds, Certainty.EXACT if exact else Certainty.CERTIFIED)


class _Sets(Pair):
    """Two statements; without a value, a statement does not hold."""

    __slots__ = ()

    def at(self, point: Point, noting: bool = False) -> Probe:
        """Whether each holds at a point."""
        probe = super().at(point, noting)
        key, answer = (False if value is UNDEFINED else value for value in (probe.key, probe.answer))
        if isinstance(key, bool) and isinstance(answer, bool):
            met = Meeting.EXACT if key is answer else Meeting.APART
        else:
            met = Meeting.UNTOLD
        return Probe(probe.point, key, answer, met, probe.switches, probe.own)


def _met(key: Node, answer: Node, names: Names) -> Verdict:
    layout = Layout(names)
    layout.read(key)
    layout.read(answer)
    here = ground(names, [key, answer], layout)
    compiled = paired(key, answer, names, Meter(STEPS))
    both = _Sets(compiled.key, compiled.answer, compiled.meter)

    told, whole = 0, True
    for probe in (both.at(point) for point in here.points()):
        if probe.meeting is Meeting.APART:
            return _apart(simplified(probe, both, here))
        told += probe.meeting is not Meeting.UNTOLD
    for number in here.starts:
        search = Search(both, here)
        for probe in search.probes(both.at(here.point(number), noting=True)):
            if probe.meeting is Meeting.APART:
                return _apart(simplified(probe, both, here))
            told += probe.meeting is not Meeting.UNTOLD
        whole = whole and search.complete
    if told < LEAST or not whole:
        return Verdict(Outcome.UNDECIDED, reason=because("too-few"))
    return Verdict(Outcome.EQUAL, Certainty.SAMPLED)


def _apart(probe: Probe) -> Verdict:
    where = sentence(probe)
    exact = not any(isinstance(value, arb | Block) for value in probe.point.values.values())
    reason = because("holds-too", where=where) if probe.answer is True else because("fails-there", where=where)
    witness = (*described(probe), ("key", str(probe.key).lower()), ("given", str(probe.answer).lower()))
    return Verdict(Outcome.DIFFERENT, Certainty.EXACT if exact else Certainty.CERTIFIED, reason, witness)
