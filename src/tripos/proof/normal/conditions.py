"""Conditions in normal form: each is a polynomial in indicators that are one where something is positive, or zero.

So `x if x > 0, otherwise 0` and max(0, x) are one polynomial: x times the indicator of x > 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq, fmpq_mpoly

from tripos.language.tree import Relation
from tripos.proof.normal.certain import Range
from tripos.proof.normal.rational import Atom, Field, Quotient
from tripos.proof.normal.vanishing import is_nonnegative, is_nonzero, is_positive

INDICATOR = Range()


def holds(left: Quotient, relation: Relation, right: Quotient, field: Field) -> Quotient:
    """One where the relation holds, else zero."""
    difference = field.subtract(left, right)
    match relation:
        case Relation.GREATER:
            return positive(difference, field)
        case Relation.LESS:
            return positive(field.negate(difference), field)
        case Relation.AT_MOST:
            return opposite(positive(difference, field), field)
        case Relation.AT_LEAST:
            return opposite(positive(field.negate(difference), field), field)
        case Relation.EQUAL:
            return zero(difference, field)
        case Relation.UNEQUAL:
            return opposite(zero(difference, field), field)


def opposite(condition: Quotient, field: Field) -> Quotient:
    """One where a condition fails."""
    return field.subtract(field.unit, condition)


def positive(value: Quotient, field: Field) -> Quotient:
    """One where a value is positive, else zero."""
    upright, odd, even = _signed(value, field)
    result = field.unit.within(value.hazards)
    for factor in even:
        result = field.multiply(result, opposite(_nil(factor, field), field))
    if not upright and not odd:
        return field.nothing.within(value.hazards)
    if odd:
        sign = field.one
        for factor in odd:
            sign = field.product(sign, factor)
        above = field.atom(_indicator("pos", sign, field))
        _idempotent(above, field)
        if not upright:
            above = field.subtract(opposite(above, field), _zero(odd, field))
        result = field.multiply(result, above)
    return result


def zero(value: Quotient, field: Field) -> Quotient:
    """One where a value is zero, else zero."""
    _, odd, even = _signed(value, field)
    return _zero([*odd, *even], field).within(value.hazards)


def absolute(value: Quotient, field: Field) -> Quotient:
    """The value or its negative, whichever is positive."""
    value = field.reduced(value)
    if is_nonnegative(value.top, field) and is_nonnegative(value.bottom, field):
        return value
    twice = field.multiply(field.number(fmpq(2)), positive(value, field))
    return field.multiply(value, field.subtract(twice, field.unit))


def larger(left: Quotient, right: Quotient, field: Field) -> Quotient:
    """The larger of two values."""
    difference = field.subtract(left, right)
    return field.add(right, field.multiply(difference, positive(difference, field)))


def _signed(value: Quotient, field: Field) -> tuple[bool, list[fmpq_mpoly], list[fmpq_mpoly]]:
    # Whether a product has the value's sign or the opposite one, and its factors: those that count once, and those
    # that only matter where they vanish. What is surely positive or negative is left out.
    value = field.reduced(value)
    polynomial = value.top if is_positive(value.bottom, field) else field.product(value.top, value.bottom)
    if polynomial.is_zero():
        return True, [], [polynomial]
    lead, factors = factored(polynomial, field)
    upright = bool(lead > 0)
    odd: list[fmpq_mpoly] = []
    even: list[fmpq_mpoly] = []
    for factor, count in factors:
        if is_positive(factor, field):
            continue
        if is_positive(-factor, field):
            upright = upright is (count % 2 == 0)
        elif count % 2:
            odd.append(factor)
        elif not is_nonzero(factor, field):
            even.append(factor)
    return upright, odd, even


def factored(polynomial: fmpq_mpoly, field: Field) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
    """A rational and the irreducible factors, each with leading coefficient one and how often it occurs."""
    lead = polynomial.leading_coefficient()
    monic = polynomial / lead
    if monic.is_constant():
        return lead, []
    if monic.total_degree() == 1:
        return lead, [(monic, 1)]
    field.bounded(monic)
    found = [(factor / factor.leading_coefficient(), int(count)) for factor, count in monic.factor()[1]]
    return lead, sorted(found, key=lambda pair: str(pair[0]))


def _zero(factors: Sequence[fmpq_mpoly], field: Field) -> Quotient:
    apart = field.unit
    for factor in factors:
        apart = field.multiply(apart, opposite(_nil(factor, field), field))
    return opposite(apart, field)


def _nil(sign: fmpq_mpoly, field: Field) -> Quotient:
    if sign.is_zero():
        return field.unit
    if is_nonzero(sign, field):
        return field.nothing
    nil = field.atom(_indicator("nil", sign, field))
    _idempotent(nil, field)
    field.exclusive[field.places[f"nil({sign})"]] = sign
    return nil


def _indicator(word: str, sign: fmpq_mpoly, field: Field) -> Atom:
    return Atom(f"{word}({sign})", INDICATOR, free=field.free(Quotient(sign, field.one)))


def _idempotent(indicator: Quotient, field: Field) -> None:
    # Its square is itself.
    place = field.used(indicator.top)[0]
    field.relations[place] = (2, indicator.top)
