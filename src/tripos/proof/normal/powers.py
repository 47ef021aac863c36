"""Exponentials, logarithms and roots in normal form: e^a e^b is e^(a+b), ln(ab) is ln a + ln b for positive a, b."""

from __future__ import annotations

from flint import fmpq, fmpq_mpoly, fmpz

from tripos.proof.normal.certain import POSITIVE, Range
from tripos.proof.normal.conditions import absolute
from tripos.proof.normal.rational import MAX_EXPONENT, Atom, Field, Finer, Quotient, TooLarge
from tripos.proof.normal.vanishing import is_nonnegative, is_positive

LARGEST_FACTORED = 64  # bits of an integer under a root or logarithm
_ONE = fmpq(1)


def exponential(value: Quotient, field: Field) -> Quotient:
    """e to a power: a product, one factor for each term of the exponent."""
    value = field.reduced(value)
    result = field.unit.within(value.hazards)
    for exponents, coefficient in value.top.terms():
        result = field.multiply(result, _exponential_of_term(exponents, coefficient, value.bottom, field))
    return result


def _exponential_of_term(exponents: tuple[int, ...], coefficient: fmpq, bottom: fmpq_mpoly, field: Field) -> Quotient:
    places = [place for place, exponent in enumerate(exponents) if exponent]
    if len(places) == 1 and exponents[places[0]] == 1 and bottom.is_one():
        inside = field.atoms[places[0]].argument
        if inside is not None:
            return power(inside, coefficient, field)
    monomial = field.context.from_dict({exponents: _ONE})
    free = field.free(Quotient(monomial, bottom))
    atom = Atom(f"exp({monomial}/{bottom})", POSITIVE, free=free)
    place = field.place(atom, int(coefficient.q))
    field.exponents[atom.key] = Quotient(monomial, bottom)
    return field.monomial({place: int(coefficient.p) * (field.atoms[place].scale // int(coefficient.q))})


def power(base: Quotient, exponent: fmpq, field: Field) -> Quotient:
    """A rational power; of a base that is negative there is none unless the exponent is whole."""
    if exponent.q == 1:
        return field.power(base, int(exponent.p))
    if exponent < 0:
        return field.reciprocal(power(base, -exponent, field))
    base = field.reduced(base)
    if base.top.is_zero():
        return base
    hazards = base.hazards
    if not (is_nonnegative(base.top, field) and is_positive(base.bottom, field)):
        hazards |= {f"root({field.key(base)})"}
    result = field.unit
    for prime, count in _primes(abs(base.top.leading_coefficient())):
        result = field.multiply(result, _prime_root(prime, exponent * count, field))
    top, above = _parted(base.top, field)
    bottom, below = _parted(base.bottom, field)
    for place, count in (*above.items(), *((place, -count) for place, count in below.items())):
        result = field.multiply(result, _generator_root(place, exponent * count, field))
    return field.multiply(result, _rest_root(top, bottom, exponent, field)).within(hazards)


def logarithm(value: Quotient, field: Field) -> Quotient:
    """The natural logarithm, of a product as a sum where the factors are surely positive."""
    value = field.reduced(value)
    if value.top.is_zero():
        raise TooLarge
    hazards = value.hazards
    if not (is_positive(value.top, field) and is_positive(value.bottom, field)):
        hazards |= {f"log({field.key(value)})"}
    result = field.nothing
    for prime, count in _primes(abs(value.top.leading_coefficient())):
        own = field.atom(Atom(f"ln {prime}", POSITIVE, argument=field.number(fmpq(prime))))
        result = field.add(result, field.multiply(field.number(fmpq(count)), own))
    top, above = _parted(value.top, field)
    bottom, below = _parted(value.bottom, field)
    for place, count in (*above.items(), *((place, -count) for place, count in below.items())):
        result = field.add(result, field.multiply(field.number(fmpq(count)), _generator_logarithm(place, field)))
    sure, rest = _factored(top, bottom, field)
    for factor, count in sure:
        own = _logarithm_atom(Quotient(factor, field.one), field)
        result = field.add(result, field.multiply(field.number(fmpq(count)), own))
    if not (rest.top.is_one() and rest.bottom.is_one()):
        if rest.top.is_constant() and rest.bottom.is_one():
            raise TooLarge  # the logarithm of a negative number
        result = field.add(result, _logarithm_atom(rest, field))
    return result.within(hazards)


def _primes(value: fmpq) -> list[tuple[int, int]]:
    return [
        (int(prime), direction * int(count))
        for part, direction in ((fmpz(value.p), 1), (fmpz(value.q), -1))
        for prime, count in ([(part, 1)] if part.bit_length() > LARGEST_FACTORED else part.factor())
        if prime != 1
    ]


def _parted(polynomial: fmpq_mpoly, field: Field) -> tuple[fmpq_mpoly, dict[int, int]]:
    # Without the size of its leading coefficient and the positive atoms that divide it.
    polynomial /= abs(polynomial.leading_coefficient())
    least = [min(column) for column in zip(*polynomial.monoms(), strict=True)]
    taken = {place: count for place, count in enumerate(least) if count and field.atoms[place].range.positive}
    return polynomial / field.monomial(taken).top, taken


def _prime_root(prime: int, exponent: fmpq, field: Field) -> Quotient:
    place = field.place(Atom(f"root {prime}", POSITIVE), int(exponent.q))
    scale = field.atoms[place].scale
    field.relations[place] = (scale, field.context.constant(prime))
    whole = int(exponent.floor())
    raised = field.monomial({place: int(((exponent - whole) * scale).p)})
    if abs(whole) * prime.bit_length() > 2 * LARGEST_FACTORED**2:
        raise TooLarge
    return field.multiply(raised, field.number(fmpq(prime) ** whole))


def _generator_root(place: int, exponent: fmpq, field: Field) -> Quotient:
    if exponent.q == 1:
        return field.monomial({place: int(exponent.p)})
    # The generator is itself a root of its atom; what is asked for is a root of that, in a finer field.
    atom = field.atoms[place]
    raise Finer(atom.key, atom.scale * int(exponent.q))


def _generator_logarithm(place: int, field: Field) -> Quotient:
    atom = field.atoms[place]
    share = fmpq(1, atom.scale)
    if atom.key in field.exponents:
        return field.multiply(field.number(share), field.exponents[atom.key])
    whole = Quotient(field.generators[place] ** atom.scale, field.one)
    return field.multiply(field.number(share), _logarithm_atom(whole, field))


def _logarithm_atom(argument: Quotient, field: Field) -> Quotient:
    argument = field.reduced(argument)
    atom = Atom(f"log({field.key(argument)})", Range(), free=field.free(argument), argument=argument)
    return field.atom(atom)


def _factored(top: fmpq_mpoly, bottom: fmpq_mpoly, field: Field) -> tuple[list[tuple[fmpq_mpoly, int]], Quotient]:
    # Irreducible factors that are surely positive, and the quotient of the others.
    sure: list[tuple[fmpq_mpoly, int]] = []
    rests: list[fmpq_mpoly] = []
    for polynomial, direction in ((top, 1), (bottom, -1)):
        rest = polynomial
        if len(polynomial) > 1:
            field.bounded(polynomial)
            for factor, count in polynomial.factor()[1]:
                if is_positive(factor, field):
                    monic = factor / factor.leading_coefficient()
                    sure.append((monic, direction * int(count)))
                    rest /= monic ** int(count)
        rests.append(rest)
    return sure, Quotient(rests[0], rests[1])


def _rest_root(top: fmpq_mpoly, bottom: fmpq_mpoly, exponent: fmpq, field: Field) -> Quotient:
    sure, rest = _factored(top, bottom, field)
    result = field.unit
    for factor, count in sure:
        result = field.multiply(result, _base_root(factor, exponent * count, field))
    if rest.top.is_one() and rest.bottom.is_one():
        return result
    if rest.top.is_constant() and rest.bottom.is_one():
        raise TooLarge  # a root of a negative number
    even = _square_root(rest.top, field), _square_root(rest.bottom, field)
    if exponent.q == 2 and even[0] is not None and even[1] is not None:
        size = absolute(Quotient(even[0], even[1]), field)
        return field.multiply(result, field.power(size, int(exponent.p)))
    if rest.bottom.is_one():
        return field.multiply(result, _base_root(rest.top, exponent, field))
    key = f"base({field.key(rest)})"
    place = field.place(Atom(key, Range(), free=field.free(rest)), int(exponent.q))
    return field.multiply(result, field.monomial({place: int((exponent * field.atoms[place].scale).p)}))


def _square_root(polynomial: fmpq_mpoly, field: Field) -> fmpq_mpoly | None:
    field.bounded(polynomial)
    content, factors = polynomial.factor_squarefree()
    if content != 1 or any(int(count) % 2 for _, count in factors):
        return None
    root = field.one
    for factor, count in factors:
        root *= factor ** (int(count) // 2)
    return root


def _base_root(base: fmpq_mpoly, exponent: fmpq, field: Field) -> Quotient:
    if exponent.q == 1:
        return field.power(Quotient(base, field.one), int(exponent.p))
    sign = POSITIVE if is_positive(base, field) else Range()
    place = field.place(Atom(f"base({base})", sign, free=field.free(Quotient(base, field.one))), int(exponent.q))
    scale = field.atoms[place].scale
    field.relations[place] = (scale, base)
    count = exponent * scale
    if abs(count) > MAX_EXPONENT:
        raise TooLarge
    return field.monomial({place: int(count.p)})
