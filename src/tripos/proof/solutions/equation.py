"""Equations: whether two have the same solutions, wherever their names may be.

Different is proved by a solution of one that is none of the other. Equal is earned by one normal form, by an exact
decision on a line, or by solutions of every branch of either that all solve the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import cast

from flint import ctx, fmpq

from tripos.language import plain, tree
from tripos.language.names import Free, Names, Sort
from tripos.language.tree import Node, Op, Relation
from tripos.language.values import Formula, Value
from tripos.problem import Refusal
from tripos.proof import formula
from tripos.proof.normal.equality import same
from tripos.proof.points.block import Misfit
from tripos.proof.points.run import Meter, Unsupported
from tripos.proof.reason import because
from tripos.proof.solutions import region
from tripos.proof.solutions.branches import Branch, Edges, edges, systems
from tripos.proof.solutions.statement import STATEMENTS, Space, Statement, Unstated, Where, apart, flat, statement
from tripos.proof.solutions.surface import is_surely_met, owned, points
from tripos.proof.verdict import Certainty, Outcome, Verdict

STEPS = 40_000
PRECISION = 1_024  # bits: two roots that agree so far are taken for one
ANYTHING = (Sort.REAL, Sort.VECTOR, Sort.MATRIX)
MAX_EXCHANGED = 5  # names that may have changed places


def equation(key: Value, response: Node, names: Names) -> Verdict:
    """Whether an answer has the solutions of the key."""
    if not isinstance(key, Formula):
        return Verdict(Outcome.UNDECIDED, reason=because("by-person", kind="equation"))
    return compared(key.tree, response, names)


def compared(key: Node, answer: Node, names: Names) -> Verdict:
    """Whether two equations, or systems of them, have the same solutions."""
    if answer.op not in STATEMENTS and answer.op is not Op.TRUTH:
        reason = because("wrong-kind", wanted="An equation", got=plain.of(answer), sort="none")
        return Verdict(Outcome.DIFFERENT, reason=reason)
    if same(key, answer, names):
        return Verdict(Outcome.EQUAL, Certainty.NORMAL_FORM)
    if not _are_equations(key, answer):
        return region.compared(key, answer, names)
    found = _solved_for_a_name(key, answer, names) or region.on_a_line(key, answer, names)
    if found is None:
        found = _by_points(key, answer, names)
    return _explained(found, key, answer, names) if found.outcome is Outcome.DIFFERENT else found


def _by_points(key: Node, answer: Node, names: Names) -> Verdict:
    try:
        trees, space = flat([key, answer], names)
    except Unstated:
        return _of_formulas(key, answer, names)
    try:
        with ctx.workprec(PRECISION):
            return _met(trees, space, names)
    except (Unstated, Unsupported, Misfit):
        return Verdict(Outcome.UNDECIDED, reason=because("solutions"))
    except Refusal:
        return Verdict(Outcome.UNDECIDED, reason=because("long"))


@dataclass(slots=True)
class _Tally:
    far: bool
    met: int = 0
    untold: bool = False


def _met(trees: Sequence[Node], space: Space, names: Names) -> Verdict:
    meter = Meter(STEPS)
    statements = [statement(root, meter) for root in trees]
    taken = edges(statements, {**names, **space.domains}, meter)
    branches = [systems(each, own) for each, own in zip(statements, taken, strict=True)]
    tally = _Tally(far=any(own.bends for own in taken))
    differences: list[tuple[Where, bool]] = []
    for own, other in ((0, 1), (1, 0)):
        for branch in branches[own]:
            for where in _solutions(branch, taken[other], statements[own], space, meter, tally):
                tally.met += 1
                if statements[other].holds(where, taken[other].zeros(branch)) is False:
                    differences.append((where, other == 0))
        if differences:
            break
    if differences:
        where, holds = min(differences, key=lambda pair: _size(pair[0]))
        exact = all(isinstance(value, fmpq) for value in where.values())
        return apart(where, holds, Certainty.EXACT if exact else Certainty.CERTIFIED)
    if tally.untold or (not tally.met and any(branches)):
        return Verdict(Outcome.UNDECIDED, reason=because("solutions"))
    return Verdict(Outcome.EQUAL, Certainty.SAMPLED)


def _solutions(
    branch: Branch, other: Edges, own: Statement, space: Space, meter: Meter, tally: _Tally
) -> Iterator[Where]:
    # Points on a branch; then those on which the other statement may have no value.
    found = False
    for where in points(branch, space, meter, tally.far):
        if own.holds(where) is not False:
            found = found or owned(branch, where)
            yield where
    if not found and not is_surely_met(branch):
        tally.untold = True
    for divisor in other.divisors:
        for where in points((*branch, divisor), space, meter):
            if own.holds(where) is not False:
                yield where


def _size(where: Where) -> tuple[int, int]:
    balls = sum(not isinstance(value, fmpq) for value in where.values())
    return balls, sum(len(str(value)) for value in where.values())


def _solved_for_a_name(key: Node, answer: Node, names: Names) -> Verdict | None:
    # y = f and y = g are one if f and g are; and only if, where y may be anything.
    if not (_is_plain(key) and _is_plain(answer)):
        return None
    for lone, wanted in (key.args, key.args[::-1]):
        for own, given in (answer.args, answer.args[::-1]):
            if lone == own and lone.op is Op.NAME and not _occurs(lone, wanted, given):
                found = formula.compared(wanted, given, names)
                meaning = names.get(cast(str, lone.value))
                anything = isinstance(meaning, Free) and meaning.sort in ANYTHING
                return found if anything or found.outcome is Outcome.EQUAL else None
    return None


def _of_formulas(key: Node, answer: Node, names: Names) -> Verdict:
    # Equations between vectors and matrices: as formulas, with everything on one side.
    undecided = Verdict(Outcome.UNDECIDED, reason=because("solutions"))
    if not (_is_plain(key) and _is_plain(answer)):
        return undecided
    left, right = answer.args
    for given in (tree.subtract(left, right), tree.subtract(right, left)):
        found = formula.compared(tree.subtract(*key.args), given, names)
        if found.outcome is Outcome.EQUAL:
            return found
    return undecided


def _are_equations(*roots: Node) -> bool:
    # Whether nothing else is asked for, such as an inequality besides.
    for node in (node for root in roots for node in tree.walk(root)):
        relations = set(cast("tuple[Relation, ...]", node.value)) if node.op is Op.COMPARE else {Relation.EQUAL}
        if node.op is Op.NOT or relations != {Relation.EQUAL}:
            return False
    return True


def _occurs(lone: Node, *others: Node) -> bool:
    return any(cast(str, lone.value) in tree.free_names(other) for other in others)


def _is_plain(node: Node) -> bool:
    return node.op is Op.COMPARE and node.value == (Relation.EQUAL,)


def _explained(verdict: Verdict, key: Node, answer: Node, names: Names) -> Verdict:
    # What went wrong, where a well-known slip turns the key into the answer.
    if not (_is_plain(key) and _is_plain(answer)):
        return verdict
    at = verdict.reason.sentence()
    left, right = key.args if key.args[0].op is Op.NAME else key.args[::-1]
    if same(_equal(left, tree.negate(right)), answer, names):
        return replace(verdict, reason=because("sign", at=at))
    for number in (fmpq(2), fmpq(1, 2)):
        if same(_equal(left, tree.multiply(tree.number(number), right)), answer, names):
            return replace(verdict, reason=because("equation-factor", at=at))
    if same(_equal(left, tree.divide(tree.number(1), right)), answer, names):
        return replace(verdict, reason=because("equation-inverse", at=at))
    used = sorted(tree.free_names(key) & tree.free_names(answer))[:MAX_EXCHANGED]
    for one, other in combinations(used, 2):
        if same(_exchanged(key, one, other), answer, names):
            return replace(verdict, reason=because("exchanged", one=one, other=other, at=at))
    return verdict


def _equal(left: Node, right: Node) -> Node:
    return Node(Op.COMPARE, (left, right), (Relation.EQUAL,))


def _exchanged(root: Node, one: str, other: str) -> Node:
    places = {one: other, other: one}
    return tree.fold(
        root,
        lambda node, args: (
            tree.name(places.get(str(node.value), str(node.value))) if node.op is Op.NAME else tree.rebuilt(node, args)
        ),
    )
