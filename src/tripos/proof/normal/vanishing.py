"""Which polynomials cannot vanish, or are positive, wherever their atoms lie. Never a guess: sure, or not known."""

from __future__ import annotations

from collections.abc import Set
from typing import cast

from flint import acb, arb, fmpq, fmpq_mpoly, fmpq_poly

from tripos.proof.normal.certain import Range
from tripos.proof.normal.rational import MAX_DEGREE, MAX_TERMS, Field

LARGEST = 12  # of the degree in a name that lies between two ends


def is_positive(polynomial: fmpq_mpoly, field: Field) -> bool:
    """Whether a polynomial is surely positive: by its coefficients, once every name is measured from its end."""
    if polynomial.is_constant():
        return bool(polynomial.leading_coefficient() > 0)
    positive = {place for place, atom in enumerate(field.atoms) if atom.range.positive}
    if _is_sum_of_positives(polynomial, positive):
        return True
    shifted, moved = _shifted(polynomial, field)
    if moved and _is_sum_of_positives(shifted, positive | moved):
        return True
    return polynomial.leading_coefficient() > 0 and _has_no_real_zero(polynomial, field)


def is_nonnegative(polynomial: fmpq_mpoly, field: Field) -> bool:
    """Whether a polynomial is surely not negative: no term of it is."""
    positive = {place for place, atom in enumerate(field.atoms) if atom.range.positive}
    if all(value > 0 and _is_even_or_positive(exponents, positive) for exponents, value in polynomial.terms()):
        return True
    return is_positive(polynomial, field)


def is_nonzero(polynomial: fmpq_mpoly, field: Field) -> bool:
    """Whether a polynomial surely has no zero."""
    if polynomial.is_zero():
        return False
    if is_positive(polynomial, field) or is_positive(-polynomial, field):
        return True
    return _has_no_whole_zero(polynomial, field)


def rational_roots(polynomial: fmpq_mpoly, place: int) -> list[fmpq]:
    """The rational zeros of a polynomial in one atom."""
    factors = univariate(polynomial, place).factor()[1]
    return [-factor[0] / factor[1] for factor, _ in factors if factor.degree() == 1]


def real_roots(polynomial: fmpq_poly) -> list[arb]:
    """The real zeros of a polynomial, each in a ball of its own."""
    found = cast("list[tuple[acb, int]]", polynomial.complex_roots())  # whose stubs lack the multiplicities
    return [root.real for root, _ in found if root.imag.is_zero()]


def univariate(polynomial: fmpq_mpoly, place: int) -> fmpq_poly:
    """A polynomial in one atom as such."""
    coefficients = [fmpq(0)] * (polynomial.degrees()[place] + 1)
    for exponents, coefficient in polynomial.terms():
        coefficients[exponents[place]] = coefficient
    return fmpq_poly(coefficients)


def _is_sum_of_positives(polynomial: fmpq_mpoly, positive: Set[int]) -> bool:
    strictly = False
    for exponents, coefficient in polynomial.terms():
        if coefficient < 0 or not _is_even_or_positive(exponents, positive):
            return False
        strictly = strictly or all(place in positive for place, exponent in enumerate(exponents) if exponent)
    return strictly


def _is_even_or_positive(exponents: tuple[int, ...], positive: Set[int]) -> bool:
    return all(exponent % 2 == 0 or place in positive for place, exponent in enumerate(exponents) if exponent)


def _shifted(polynomial: fmpq_mpoly, field: Field) -> tuple[fmpq_mpoly, set[int]]:
    # A name between a and b is (a + bt)/(1 + t) for a positive t; beyond a, it is a + t.
    moved: set[int] = set()
    for place in field.used(polynomial):
        atom = field.atoms[place]
        if atom.scale == 1 and _has_far_end(atom.range) and polynomial.degrees()[place] <= LARGEST:
            polynomial = _measured(polynomial, place, atom.range, field)
            moved.add(place)
        if len(polynomial) > MAX_TERMS or polynomial.total_degree() > MAX_DEGREE:
            return polynomial, set()
    return polynomial, moved


def _has_far_end(range_: Range) -> bool:
    if range_.closed:
        return False
    return range_.high is not None or (range_.low is not None and range_.low != 0)


def _measured(polynomial: fmpq_mpoly, place: int, range_: Range, field: Field) -> fmpq_mpoly:
    t, one = field.generators[place], field.one
    low, high = range_.low, range_.high
    if low is not None and high is not None:
        top, bottom = low * one + high * t, one + t
    elif low is not None:
        top, bottom = low * one + t, one
    else:
        top, bottom = (high or fmpq(0)) * one - t, one
    degree = polynomial.degrees()[place]
    total = 0 * one
    for exponents, coefficient in polynomial.terms():
        rest = field.context.from_dict({(*exponents[:place], 0, *exponents[place + 1 :]): coefficient})
        exponent = exponents[place]
        total += rest * top**exponent * bottom ** (degree - exponent)
    return total


def _has_no_real_zero(polynomial: fmpq_mpoly, field: Field) -> bool:
    places = field.used(polynomial)
    if len(places) != 1 or polynomial.degrees()[places[0]] % 2 or polynomial.total_degree() > LARGEST:
        return False
    return not real_roots(univariate(polynomial, places[0]))


def _has_no_whole_zero(polynomial: fmpq_mpoly, field: Field) -> bool:
    places = field.used(polynomial)
    if len(places) != 1:
        return False
    atom = field.atoms[places[0]]
    if not atom.range.whole or atom.scale != 1:
        return False
    return not any(_is_inside(root, atom.range) for root in rational_roots(polynomial, places[0]))


def _is_inside(value: fmpq, range_: Range) -> bool:
    if range_.whole and value.q != 1:
        return False
    return (range_.low is None or value > range_.low) and (range_.high is None or value < range_.high)
