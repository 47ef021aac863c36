"""Points at which equations hold: all names but a few are drawn, and the equations are solved for the few.

A polynomial in one name is solved exactly, its irrational roots as balls; anything else by its changes of sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice, repeat
from random import Random
from typing import TypeAlias

from flint import arb, fmpq, fmpq_mat, fmpq_mpoly, fmpq_poly

from tripos.language import tree
from tripos.language.tree import Node
from tripos.proof.normal.rational import Field
from tripos.proof.points import scalar
from tripos.proof.points.program import Program, program
from tripos.proof.points.run import Meter, Run
from tripos.proof.solutions.line import exact_roots
from tripos.proof.solutions.root import roots
from tripos.proof.solutions.statement import Draw, Number, Space, Where

MAX_CHOICES = 10  # of the names to solve for
MAX_ROOTS = 4
PER_TURN = 4  # points
MAX_DEGREE = 12
# How the other names are drawn; some as these numbers, as far as they may be.
TURNS = ((Draw.SIMPLE, None), (Draw.GENERIC, None), (Draw.SIMPLE, fmpq(0)), (Draw.SIMPLE, fmpq(1)))
FAR = ((Draw.FAR, None), (Draw.FAR, None), (Draw.FARTHER, None), (Draw.FARTHER, None))


@dataclass(frozen=True, slots=True)
class Polynomial:
    """A polynomial in names that must be zero."""

    terms: tuple[tuple[tuple[tuple[str, int], ...], fmpq], ...]
    names: frozenset[str]

    def reduced(self, values: Where, unknown: str) -> list[Number]:
        """Its coefficients in one name, with numbers for the others."""
        found: list[Number] = [fmpq(0)]
        for powers, coefficient in self.terms:
            degree = 0
            total: Number = coefficient
            for name, exponent in powers:
                if name == unknown:
                    degree = exponent
                else:
                    total = total * values[name] ** exponent
            found += [fmpq(0)] * (degree + 1 - len(found))
            found[degree] = found[degree] + total
        return found


@dataclass(frozen=True, slots=True)
class Implicit:
    """Any other formula that must be zero, known by its key."""

    key: str
    names: frozenset[str]
    steps: Program = field(compare=False)
    meter: Meter = field(compare=False)
    whole: bool = field(compare=False)  # whether it is one factor, but for those beside it
    beside: tuple[Polynomial, ...] = field(compare=False)  # other factors of the same formula

    def at(self, values: Where) -> scalar.Scalar:
        """Its value at a point."""
        found = self.steps.run(Run(dict(values), {}, self.meter))
        return found if isinstance(found, fmpq | arb) else scalar.UNKNOWN


Equation: TypeAlias = Polynomial | Implicit


def polynomial(found: fmpq_mpoly, over: Field) -> Polynomial | None:
    """A polynomial of a field as an equation; none where it holds more than names."""
    places = over.used(found)
    if any(not over.atoms[place].name or over.atoms[place].scale != 1 for place in places):
        return None
    if found.total_degree() > MAX_DEGREE:
        return None
    terms = tuple(
        (tuple((over.atoms[place].name, exponents[place]) for place in places if exponents[place]), coefficient)
        for exponents, coefficient in found.terms()
    )
    return Polynomial(terms, frozenset(over.atoms[place].name for place in places))


def implicit(root: Node, key: str, constants: frozenset[str], meter: Meter) -> Implicit:
    """A formula as an equation, of whose factors nothing is known."""
    return Implicit(key, tree.free_names(root) - constants, program(root), meter, whole=False, beside=())


def is_surely_met(equations: Sequence[Equation]) -> bool:
    """Whether all zeros are tried: those of a polynomial in one name."""
    return len(equations) == 1 and isinstance(equations[0], Polynomial) and len(equations[0].names) == 1


def owned(equations: Sequence[Equation], where: Where) -> bool:
    """Whether a point tells of these equations themselves, and not of other factors of their formulas."""
    hidden = [each for each in equations if isinstance(each, Implicit)]
    return all(each.whole and not any(_vanishes(other, where) for other in each.beside) for each in hidden)


def points(equations: Sequence[Equation], space: Space, meter: Meter, far: bool = False) -> Iterator[Where]:
    """Points on all of these, of many kinds, far ones too where a formula may change far away: at most some dozens."""
    used = sorted(frozenset().union(*(equation.names for equation in equations)))
    for count in range(min(len(equations), len(used)), -1, -1):
        # Equations that follow from others leave fewer names to solve for.
        found = False
        for turn, (draw, special) in enumerate((*TURNS, *FAR) if far else TURNS):
            random = space.random(turn)
            for where in islice(_in_turn(equations, used, count, space, meter, (random, draw, special)), PER_TURN):
                found = True
                yield where
        if found:
            return


def _in_turn(
    equations: Sequence[Equation],
    used: Sequence[str],
    count: int,
    space: Space,
    meter: Meter,
    turn: tuple[Random, Draw, fmpq | None],
) -> Iterator[Where]:
    choices = islice(combinations(used, count), MAX_CHOICES) if count else repeat((), PER_TURN)
    for unknowns in choices:
        values = _drawn(space, unknowns, *turn)
        yield from islice(_solved(equations, values, frozenset(unknowns), space, meter), MAX_ROOTS)


def _drawn(
    space: Space, unknowns: Sequence[str], random: Random, draw: Draw, special: fmpq | None
) -> dict[str, Number]:
    values: dict[str, Number] = {}
    for name in space.domains:
        if name not in unknowns:
            usable = special is not None and space.holds(name, special)
            values[name] = special if usable and special is not None else space.drawn(name, random, draw)
    return values


def _solved(
    equations: Sequence[Equation], values: Mapping[str, Number], unknowns: frozenset[str], space: Space, meter: Meter
) -> Iterator[Where]:
    waiting = [(dict(values), tuple(equations), unknowns)]
    while waiting:
        known, left, missing = waiting.pop()
        meter.spend(20 + sum(len(each.terms) for each in left if isinstance(each, Polynomial)))
        ready = next((each for each in left if len(each.names & missing) <= 1), None)
        if ready is None:
            if not left:
                yield {**known, **{name: fmpq(1) for name in missing}}
            elif (solution := _linear(left, known, missing)) is not None:
                waiting += (
                    [({**known, **solution}, left, missing - frozenset(solution))] if _fits(solution, space) else []
                )
            continue
        others = tuple(each for each in left if each is not ready)
        name = next(iter(ready.names & missing), None)
        if name is None:
            if _vanishes(ready, known):
                waiting.append((known, others, missing))
            continue
        for root in _roots(ready, known, name, space)[:MAX_ROOTS]:
            waiting.append(({**known, name: root}, others, missing - {name}))


def _fits(solution: Where, space: Space) -> bool:
    return all(space.holds(name, value) for name, value in solution.items())


def _vanishes(equation: Equation, values: Where) -> bool:
    value = equation.at(values) if isinstance(equation, Implicit) else equation.reduced(values, "")[0]
    if isinstance(value, scalar.Nothing):
        return False
    return value == 0 or (isinstance(value, arb) and value.contains(0))


def _roots(equation: Equation, values: Where, name: str, space: Space) -> list[Number]:
    if isinstance(equation, Implicit):
        found = roots(lambda value: equation.at({**values, name: value}), space, name)
    else:
        found = _polynomial_roots(equation.reduced(values, name))
    return [root for root in found if space.holds(name, root)]


def _polynomial_roots(coefficients: Sequence[Number]) -> list[Number]:
    if all(isinstance(coefficient, fmpq) for coefficient in coefficients):
        exact = fmpq_poly(list(coefficients))  # type: ignore[arg-type]  # all of them rational
        if exact.degree() < 1:
            return [fmpq(1)] if exact.degree() < 0 else []
        found = [root for factor, _ in exact.factor()[1] for root in exact_roots(factor)]
        return sorted(found, key=lambda root: isinstance(root, arb))
    if len(coefficients) == 2 and scalar.sign(coefficients[1]):
        return [-coefficients[0] / coefficients[1]]
    return []


def _linear(equations: Sequence[Equation], values: Where, unknowns: frozenset[str]) -> Where | None:
    # The one solution of as many linear equations as there are unknowns.
    names = sorted(unknowns)
    rows: list[list[fmpq]] = []
    for equation in equations:
        row = [fmpq(0)] * (len(names) + 1)
        if not isinstance(equation, Polynomial):
            return None
        for powers, coefficient in equation.terms:
            own = [(name, exponent) for name, exponent in powers if name in unknowns]
            total: Number = coefficient
            for name, exponent in powers:
                if name not in unknowns:
                    total = total * values[name] ** exponent
            if len(own) > 1 or any(exponent > 1 for _, exponent in own) or not isinstance(total, fmpq):
                return None
            row[names.index(own[0][0]) if own else -1] += total
        rows.append(row)
    if len(rows) < len(names):
        return None
    square = fmpq_mat([row[:-1] for row in rows[: len(names)]])
    if square.det() == 0:
        return None
    solution = square.solve(fmpq_mat([[-row[-1]] for row in rows[: len(names)]]))
    return {name: solution[place, 0] for place, name in enumerate(names)}
