"""Branches: the comparisons of a statement as equations, each irreducible, and the systems of them that it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias, cast

from flint import fmpq, fmpq_mpoly

from tripos.language import tree
from tripos.language.names import Names
from tripos.language.tree import Node, Op, Relation
from tripos.proof.normal.conditions import factored
from tripos.proof.normal.equality import normals
from tripos.proof.normal.rational import Field, Quotient, TooLarge
from tripos.proof.normal.vanishing import is_nonzero
from tripos.proof.points.run import Meter
from tripos.proof.solutions.statement import CONSTANTS, Statement, Unstated
from tripos.proof.solutions.surface import Equation, Implicit, Polynomial, implicit, polynomial

MAX_BRANCHES = 16
MAX_INDICATORS = 3
INDICATORS = ("pos(", "nil(")
Branch: TypeAlias = tuple[Equation, ...]
Zeros: TypeAlias = "tuple[tuple[Branch, ...], tuple[Branch, ...]]"  # everywhere, and in parts of space


@dataclass(frozen=True, slots=True)
class Edges:
    """For every comparison, the equations of which one holds where its sides are equal; and what is divided by."""

    choices: tuple[tuple[Branch, ...], ...]
    pieces: tuple[tuple[Branch, ...], ...]  # of which one holds in a part of space alone
    divisors: tuple[Equation, ...]

    @property
    def equations(self) -> tuple[Equation, ...]:
        """All of them, each once."""
        found = [each for choice in (*self.choices, *self.pieces) for branch in choice for each in branch]
        return tuple(dict.fromkeys((*found, *self.divisors)))

    @property
    def bends(self) -> bool:
        """Whether something in it is no polynomial, and may change far away."""
        return any(self.pieces) or any(isinstance(equation, Implicit) for equation in self.equations)

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
        taken: list[Zeros] = [
            (((_implicit(node, str(number), names, meter),),), ()) for number, node in enumerate(differences)
        ]
        return [_edges(taken[start:end], ()) for start, end in _slices(statements)]
    field, quotients = found
    try:
        taken = [_zeros(*pair, field, names, meter) for pair in zip(quotients, differences, strict=True)]
        divisors = [_divisors(quotient, field) for quotient in quotients]
    except TooLarge as error:
        raise Unstated from error
    return [
        _edges(taken[start:end], dict.fromkeys(each for own in divisors[start:end] for each in own))
        for start, end in _slices(statements)
    ]


def _edges(taken: Sequence[Zeros], divisors: Iterable[Equation]) -> Edges:
    return Edges(tuple(whole for whole, _ in taken), tuple(parts for _, parts in taken), tuple(divisors))


def systems(statement: Statement, own: Edges) -> list[Branch]:
    """The systems of equations of which a statement asks for one. What else it asks for is left to asking it."""

    def rule(node: Node, found: Sequence[Iterable[Branch]]) -> Iterable[Branch]:
        match node.op:
            case Op.GIVEN:
                number = cast(int, node.value)
                is_equation = statement.comparisons[number].relation is Relation.EQUAL
                return [*own.choices[number], *own.pieces[number]] if is_equation else [()]
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


def _zeros(part: object, node: Node, field: Field, names: Names, meter: Meter) -> Zeros:
    if not isinstance(part, Quotient):
        raise Unstated
    quotient = field.reduced(part)
    if quotient.top.is_zero():
        return ((),), ()
    try:
        factors = _vanishing(quotient.top, field)
    except TooLarge:
        return ((_implicit(node, str(quotient.top), names, meter),),), ()
    branches: list[Branch] = []
    pieces: list[Branch] = []
    hidden: list[fmpq_mpoly] = []
    for factor in factors:
        equation, parts = polynomial(factor, field), _pieces(factor, field)
        if equation is not None:
            branches.append((equation,))
        elif parts is not None:
            pieces += parts
        else:
            hidden.append(factor)
    if hidden:
        beside = tuple(each for own in (*branches, *pieces) for each in own if isinstance(each, Polynomial))
        found = _implicit(node, "".join(f"({factor})" for factor in hidden), names, meter)
        branches.append((replace(found, whole=len(hidden) == 1 and () not in pieces, beside=beside),))
    return tuple(branches), tuple(pieces)


def _vanishing(found: fmpq_mpoly, field: Field) -> list[fmpq_mpoly]:
    return [factor for factor, _ in factored(found, field)[1] if not is_nonzero(factor, field)]


def _pieces(factor: fmpq_mpoly, field: Field) -> list[Branch] | None:
    # With every indicator as one or as zero, a polynomial in names is left: one for every cell.
    indicators = [place for place in field.used(factor) if field.atoms[place].key.startswith(INDICATORS)]
    if not indicators or len(indicators) > MAX_INDICATORS:
        return None
    found: list[Branch] = []
    for values in product((0, 1), repeat=len(indicators)):
        left = _at(factor, dict(zip(indicators, values, strict=True)), field)
        if left.is_zero():
            found.append(())
            continue
        for own in _vanishing(left, field):
            equation = polynomial(own, field)
            if equation is None:
                return None
            found.append((equation,))
    return list(dict.fromkeys(found))


def _at(found: fmpq_mpoly, values: dict[int, int], field: Field) -> fmpq_mpoly:
    total: dict[tuple[int, ...], fmpq] = {}
    for exponents, coefficient in found.terms():
        if any(exponents[place] and not value for place, value in values.items()):
            continue
        rest = tuple(0 if place in values else exponent for place, exponent in enumerate(exponents))
        total[rest] = total.get(rest, fmpq(0)) + coefficient
    return field.context.from_dict(total)


def _divisors(part: object, field: Field) -> list[Equation]:
    found: list[Equation] = []
    for hazard in sorted(part.hazards) if isinstance(part, Quotient) else ():
        divisor = field.divisors.get(hazard)
        for factor, _ in factored(divisor, field)[1] if divisor is not None else ():
            equation = None if is_nonzero(factor, field) else polynomial(factor, field)
            if equation is not None:
                found.append(equation)
    return found


def _implicit(node: Node, key: str, names: Names, meter: Meter) -> Implicit:
    return implicit(node, key, CONSTANTS - frozenset(names), meter)
