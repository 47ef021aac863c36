"""Statements about one real number, decided exactly: the line is cut at every root, and each root and stretch is asked.

Only for polynomials and their quotients: between two roots of everything in sight no sign can change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import TypeAlias, cast

from flint import arb, arb_poly, ctx, fmpq, fmpq_mpoly, fmpq_poly

from tripos.language import tree
from tripos.language.names import Free, Names, Sort
from tripos.language.tree import Node, Op, Relation
from tripos.language.truth import ORDER
from tripos.proof.normal.equality import normals
from tripos.proof.normal.rational import Field, Quotient, TooLarge
from tripos.proof.normal.vanishing import real_roots, univariate
from tripos.proof.points.ground import ends, within
from tripos.proof.points.run import Unsupported

MAX_DEGREE = 24
PRECISIONS = (64, 256, 1024)
SORTS = (Sort.REAL, Sort.POSITIVE, Sort.INTERVAL)


class Unclear(ArithmeticError):
    """Two roots that are too close to tell apart."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the line: a rational, or the root of an irreducible polynomial inside a ball."""

    value: fmpq | arb
    root_of: int | None = None  # which polynomial has its root here


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sign that decides: of a product of irreducible polynomials, each by its number, and a rational."""

    lead: int
    factors: tuple[tuple[int, int], ...]  # with their exponents
    holes: frozenset[int]  # where one of these vanishes, there is no value
    relation: Relation


Cases: TypeAlias = "dict[tuple[Node, int], Comparison]"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where one statement holds and the other does not."""

    value: fmpq | arb
    holds: tuple[bool, bool]


def first_difference(left: Node, right: Node, names: Names) -> Difference | bool | None:
    """The simplest place where just one of two statements holds; false if there is none, none if this cannot tell."""
    used = tree.free_names(left) | tree.free_names(right)
    if len(used) != 1:
        return None
    (name,) = used
    domain = names.get(name)
    if not isinstance(domain, Free) or domain.sort not in SORTS:
        return None
    for precision in PRECISIONS:
        try:
            with ctx.workprec(precision):
                return _difference(left, right, name, domain, names)
        except Unclear:
            continue
        except (TooLarge, Unsupported):
            return None
    return None


def _difference(left: Node, right: Node, name: str, domain: Free, names: Names) -> Difference | bool | None:
    polynomials: list[fmpq_poly] = []
    cases = _cases((left, right), name, names, polynomials)
    if cases is None:
        return None
    found: list[Difference] = []
    for spot in _spots(polynomials, domain):
        signs = [_sign(polynomial, number, spot) for number, polynomial in enumerate(polynomials)]
        one, other = (_holds(root, cases, signs) for root in (left, right))
        if one is not other:
            found.append(Difference(spot.value, (one, other)))
    return min(found, key=_size) if found else False


def _size(difference: Difference) -> tuple[bool, int]:
    value = difference.value
    return isinstance(value, arb), len(str(value)) if isinstance(value, fmpq) else 0


def _cases(roots: Sequence[Node], name: str, names: Names, polynomials: list[fmpq_poly]) -> Cases | None:
    pairs = [
        (node, place)
        for root in roots
        for node in tree.walk(root)
        if node.op is Op.COMPARE
        for place in range(len(node.args) - 1)
    ]
    found = normals([tree.subtract(node.args[place], node.args[place + 1]) for node, place in pairs], names)
    if found is None:
        return None
    field, parts = found
    if any(atom.name != name or atom.scale != 1 for atom in field.atoms):
        return None
    cases: Cases = {}
    for (node, place), part in zip(pairs, parts, strict=True):
        if not isinstance(part, Quotient) or any(hazard not in field.divisors for hazard in part.hazards):
            return None
        relation = cast("tuple[Relation, ...]", node.value)[place]
        cases[node, place] = _comparison(part, relation, field, polynomials)
    return cases


def _comparison(part: Quotient, relation: Relation, field: Field, polynomials: list[fmpq_poly]) -> Comparison:
    part = field.reduced(part)
    lead, above = _factors(part.top, polynomials)
    below_lead, below = _factors(part.bottom, polynomials)
    holes = frozenset(
        number for hazard in part.hazards for number, _ in _factors(field.divisors[hazard], polynomials)[1]
    )
    return Comparison(lead * below_lead, (*above, *below), holes, relation)


def _factors(polynomial: fmpq_mpoly, polynomials: list[fmpq_poly]) -> tuple[int, tuple[tuple[int, int], ...]]:
    if polynomial.is_zero():
        return 0, ()
    if polynomial.is_constant():
        return (1 if polynomial.leading_coefficient() > 0 else -1), ()
    plain = univariate(polynomial, 0)
    if plain.degree() > MAX_DEGREE:
        raise TooLarge
    content, factors = plain.factor()
    lead = 1 if content > 0 else -1
    found = []
    for factor, count in factors:
        if factor.leading_coefficient() < 0:
            lead = -lead if count % 2 else lead
        monic = factor / factor.leading_coefficient()
        if monic not in polynomials:
            polynomials.append(monic)
        found.append((polynomials.index(monic), int(count)))
    return lead, tuple(found)


def _spots(polynomials: Sequence[fmpq_poly], domain: Free) -> list[Spot]:
    roots = [Spot(root, number) for number, polynomial in enumerate(polynomials) for root in exact_roots(polynomial)]
    if domain.sort is Sort.POSITIVE:
        roots.append(Spot(fmpq(0)))
    elif domain.sort is Sort.INTERVAL:
        roots += [Spot(end) for end in ends(domain) if end is not None]
    ordered = sorted(roots, key=cmp_to_key(_order))
    spots: list[Spot] = []
    for place, spot in enumerate(ordered):
        before = ordered[place - 1] if place else None
        if before is None:
            spots.append(Spot(fmpq(_end(spot.value, low=True).floor()) - 1))
        elif _order(before, spot):
            spots.append(Spot(between(_end(before.value, low=False), _end(spot.value, low=True))))
        spots.append(spot)
    spots.append(Spot(fmpq(_end(ordered[-1].value, low=False).ceil()) + 1 if ordered else fmpq(1)))
    return [spot for spot in spots if _is_inside(spot.value, domain)]


def _is_inside(value: fmpq | arb, domain: Free) -> bool:
    if domain.sort is Sort.REAL:
        return True
    return within(domain, value if isinstance(value, fmpq) else fmpq(value.mid().fmpq()))


def exact_roots(polynomial: fmpq_poly) -> list[fmpq | arb]:
    """The real roots of an irreducible polynomial: the rational one of a linear one, else balls."""
    if polynomial.degree() == 1:
        return [-polynomial[0] / polynomial[1]]
    return list(real_roots(polynomial))


def _order(one: Spot, other: Spot) -> int:
    if one.value is other.value or (isinstance(one.value, fmpq) and one.value == other.value):
        return 0
    if one.value < other.value:
        return -1
    if one.value > other.value:
        return 1
    raise Unclear


def _end(value: fmpq | arb, low: bool) -> fmpq:
    if isinstance(value, fmpq):
        return value
    return fmpq((value.lower() if low else value.upper()).fmpq())


def between(low: fmpq, high: fmpq) -> fmpq:
    """A simple rational strictly between two."""
    scale = 1
    while True:
        candidate = fmpq((low * scale).floor() + 1, scale)
        if candidate < high:
            return candidate
        scale *= 2


def _sign(polynomial: fmpq_poly, number: int, spot: Spot) -> int:
    if spot.root_of == number:
        return 0
    value = polynomial(spot.value) if isinstance(spot.value, fmpq) else arb_poly(polynomial)(spot.value)
    if value > 0:
        return 1
    if value < 0:
        return -1
    if value == 0:
        return 0
    raise Unclear


def _holds(root: Node, cases: Cases, signs: Sequence[int]) -> bool:
    def rule(node: Node, parts: Sequence[bool | None]) -> bool | None:
        match node.op:
            case Op.COMPARE:
                return _all([_told(cases[node, place], signs) for place in range(len(node.args) - 1)])
            case Op.AND:
                return _all(parts)
            case Op.OR:
                return _not(_all([_not(part) for part in parts]))
            case Op.NOT:
                return _not(parts[0])
            case Op.TRUTH:
                return bool(node.value)
            case _:
                return None

    return tree.fold(root, rule) is True


def _told(comparison: Comparison, signs: Sequence[int]) -> bool | None:
    if any(signs[number] == 0 for number in comparison.holes):
        return None
    sign = comparison.lead
    for number, count in comparison.factors:
        sign *= signs[number] ** count
    return ORDER[comparison.relation](sign)


def _all(parts: Sequence[bool | None]) -> bool | None:
    if any(part is False for part in parts):
        return False
    return None if None in parts else True


def _not(part: bool | None) -> bool | None:
    return None if part is None else not part
