"""Branches: the comparisons of a statement as equations, each irreducible, and the systems of them that it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from tripos.language import tree
from tripos.language.names import Names
from tripos.language.tree import Node, Op, Relation
from tripos.proof.conditions import factored
from tripos.proof.normal import normals
from tripos.proof.points.run import Meter
from tripos.proof.rational import Field, Quotient, TooLarge
from tripos.proof.statement import CONSTANTS, Statement, Unstated
from tripos.proof.surface import Equation, implicit, polynomial
from tripos.proof.vanishing import is_nonzero

MAX_BRANCHES = 16
Branch: TypeAlias = tuple[Equation, ...]


@dataclass(frozen=True, slots=True)
class Edges:
    """For every comparison, the equations of which one holds where its sides are equal; and what is divided by."""

    choices: tuple[tuple[Branch, ...], ...]
    divisors: tuple[Equation, ...]

    @property
    def equations(self) -> tuple[Equation, ...]:
        """All of them, each once."""
        found = [equation for choice in self.choices for branch in choice for equation in branch]
        return tuple(dict.fromkeys((*found, *self.divisors)))

    def zeros(self, equations: Sequence[Equation]) -> frozenset[int]:
        """The comparisons whose sides are equal where these equations hold."""
        return frozenset(
            number
            for number, choice in enumerate(self.choices)
            if any(all(equation in equations for equation in branch) for branch in choice)
        )


def edges(statements: Sequence[Statement], names: Names, meter: Meter) -> list[Edges]:
    """The comparisons of some statements taken apart, over one field, so that equal equations are equal."""
    differences = [comparison.difference for each in statements for comparison in each.comparisons]
    found = normals(differences, names)
    if found is None:
        single = [((_implicit(node, str(number), names, meter),),) for number, node in enumerate(differences)]
        return [Edges(tuple(single[start:end]), ()) for start, end in _slices(statements)]
    field, quotients = found
    try:
        taken = [_zeros(*pair, field, names, meter) for pair in zip(quotients, differences, strict=True)]
        divisors = [_divisors(quotient, field) for quotient in quotients]
    except TooLarge as error:
        raise Unstated from error
    return [
        Edges(tuple(taken[start:end]), tuple(dict.fromkeys(each for own in divisors[start:end] for each in own)))
        for start, end in _slices(statements)
    ]


def systems(statement: Statement, own: Edges) -> list[Branch]:
    """The systems of equations of which a statement asks for one. What else it asks for is left to asking it."""

    def rule(node: Node, found: Sequence[Iterable[Branch]]) -> Iterable[Branch]:
        match node.op:
            case Op.GIVEN:
                number = cast(int, node.value)
                is_equation = statement.comparisons[number].relation is Relation.EQUAL
                return list(own.choices[number]) if is_equation else [()]
            case Op.AND:
                return _together(found)
            case Op.OR:
                return [branch for each in found for branch in each]
            case Op.TRUTH:
                return [()] if node.value else []
            case _:
                raise Unstated

    return list(tree.fold(statement.logic, rule))


def _slices(statements: Sequence[Statement]) -> list[tuple[int, int]]:
    found, start = [], 0
    for each in statements:
        found.append((start, start + len(each.comparisons)))
        start += len(each.comparisons)
    return found


def _together(found: Sequence[Iterable[Branch]]) -> list[Branch]:
    joined: list[Branch] = [()]
    for own in map(tuple, found):
        joined = [(*one, *(each for each in other if each not in one)) for one in joined for other in own]
        if len(joined) > MAX_BRANCHES:
            raise Unstated
    return joined


def _zeros(part: object, node: Node, field: Field, names: Names, meter: Meter) -> tuple[Branch, ...]:
    if not isinstance(part, Quotient):
        raise Unstated
    quotient = field.reduced(part)
    if quotient.top.is_zero():
        return ((),)
    branches: list[Branch] = []
    hidden = ""
    try:
        factors = factored(quotient.top, field)[1]
    except TooLarge:
        return ((_implicit(node, str(quotient.top), names, meter),),)
    for factor, _ in factors:
        if is_nonzero(factor, field):
            continue
        equation = polynomial(factor, field)
        if equation is None:
            hidden += f"({factor})"
        else:
            branches.append((equation,))
    if hidden:
        branches.append((_implicit(node, hidden, names, meter),))
    return tuple(branches)


def _divisors(part: object, field: Field) -> list[Equation]:
    found: list[Equation] = []
    for hazard in sorted(part.hazards) if isinstance(part, Quotient) else ():
        divisor = field.divisors.get(hazard)
        for factor, _ in factored(divisor, field)[1] if divisor is not None else ():
            equation = None if is_nonzero(factor, field) else polynomial(factor, field)
            if equation is not None:
                found.append(equation)
    return found


def _implicit(node: Node, key: str, names: Names, meter: Meter) -> Equation:
    return implicit(node, key, CONSTANTS - frozenset(names), meter)
