"""Sums and largest values over an index in normal form: what does not depend on the index stands outside."""

from __future__ import annotations

from flint import fmpq, fmpq_mpoly

from tripos.proof.normal.certain import POSITIVE, Range
from tripos.proof.normal.rational import Atom, Field, Quotient
from tripos.proof.normal.vanishing import is_positive


def summed(body: Quotient, variable: str, domain: str, nonempty: bool, field: Field) -> Quotient:
    """The sum of a body over a domain: term by term, each times what it does not share with the index."""
    body = field.reduced(body)
    inner, outer = _split(body.bottom, variable, field)
    result = field.nothing
    for exponents, coefficient in body.top.terms():
        free: dict[int, int] = {}
        own: dict[int, int] = {}
        for place, exponent in enumerate(exponents):
            if exponent:
                (own if variable in field.atoms[place].free else free)[place] = exponent
        term = field.multiply(field.monomial(own), Quotient(field.one, inner))
        total = _total(term, variable, domain, nonempty, field)
        scaled = field.multiply(field.monomial(free, coefficient), Quotient(field.one, outer))
        result = field.add(result, field.multiply(scaled, total))
    return result


def largest(body: Quotient, variable: str, domain: str, field: Field) -> Quotient:
    """The largest value of a body over a domain that is not empty; what does not depend on the index is added after."""
    body = field.reduced(body)
    apart = field.nothing
    if body.bottom.is_one():
        fixed = {
            exponents: coefficient
            for exponents, coefficient in body.top.terms()
            if not any(exponent and variable in field.atoms[place].free for place, exponent in enumerate(exponents))
        }
        apart = Quotient(field.context.from_dict(fixed), field.one)
        body = field.subtract(body, apart)
    lead = abs(body.top.leading_coefficient()) if not body.top.is_zero() else fmpq(1)
    scaled = Quotient(body.top / lead, body.bottom)
    key = f"max[{variable}]({field.key(scaled)}|{domain})"
    found = field.atom(Atom(key, Range(), free=field.free(scaled) - {variable}))
    return field.add(apart, field.multiply(field.number(lead), found))


def _split(bottom: fmpq_mpoly, variable: str, field: Field) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    # The factors of a denominator that depend on the index, and those that do not.
    if variable not in field.free(Quotient(bottom, field.one)):
        return field.one, bottom
    field.bounded(bottom)
    outer = field.one
    for factor, count in bottom.factor()[1]:
        if variable not in field.free(Quotient(factor, field.one)):
            outer *= factor ** int(count)
    return bottom / outer, outer


def _total(term: Quotient, variable: str, domain: str, nonempty: bool, field: Field) -> Quotient:
    sure = nonempty and is_positive(term.top, field) and is_positive(term.bottom, field)
    free = field.free(term) - {variable}
    key = f"sum[{variable}]({field.key(term)}|{domain})"
    return field.atom(Atom(key, POSITIVE if sure else Range(), free=free))
