"""Quotients of polynomials over atoms: the arithmetic of normal forms, in counted steps. Not how a tree becomes one.

An atom is anything that arithmetic does not look into: a name, an entry, e to a power, a sum over an index. What a
quotient was divided by is kept as its hazards: x/x is 1, but not everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb, lcm

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from tripos.proof.normal.certain import REALS, Range

WIDTHS = (8, 16, 32, 64)  # how many atoms a field may have: few first, which is faster
MAX_TERMS = 300
MAX_STEPS = 60_000  # of terms multiplied
MAX_DEGREE = 60  # of what is factored or has its common divisor taken
MAX_EXPONENT = 100_000
MAX_BITS = 20_000
NONE: frozenset[str] = frozenset()
ONE = fmpq(1)


class TooLarge(ArithmeticError):
    """The normal form would take more terms, digits or steps than allowed, or has no value anywhere."""


class Wider(ArithmeticError):
    """More atoms are needed than the field has room for."""


class Finer(ArithmeticError):
    """An atom occurs with a smaller root than the field was made for."""

    def __init__(self, key: str, scale: int) -> None:
        super().__init__(key)
        self.key, self.scale = key, scale


@dataclass(frozen=True, slots=True, eq=False)
class Quotient:
    """One polynomial over another, what must not vanish (or must be positive) for it to have a value, and its size."""

    top: fmpq_mpoly
    bottom: fmpq_mpoly
    hazards: frozenset[str] = NONE
    bits: int = 1

    def within(self, hazards: frozenset[str]) -> Quotient:
        """The same where these hazards are to be met as well."""
        return self if hazards <= self.hazards else replace(self, hazards=self.hazards | hazards)


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """What one generator stands for: the atom named by its key, to the power 1/scale."""

    key: str
    range: Range = REALS
    scale: int = 1
    free: frozenset[str] = NONE  # the bound names in it
    argument: Quotient | None = None  # of a logarithm
    varies: bool = False  # freely of every other
    name: str = ""  # where it is a name


class Field:
    """The atoms in sight, and arithmetic over them. Everything that is compared must come from one field."""

    def __init__(self, known: Mapping[str, Range], width: int, scales: Mapping[str, int]) -> None:
        self.known, self.width, self.scales = known, width, scales
        self.context = fmpq_mpoly_ctx.get(("g", width), Ordering.lex)
        self.generators = self.context.gens()
        self.atoms: list[Atom] = []
        self.places: dict[str, int] = {}
        self.relations: dict[int, tuple[int, fmpq_mpoly]] = {}  # this generator to this power is that
        self.exclusive: dict[int, fmpq_mpoly] = {}  # this generator is zero wherever that is not
        self.exponents: dict[str, Quotient] = {}  # of the atoms that are powers of e
        self.divisors: dict[str, fmpq_mpoly] = {}
        self.steps = 0
        self.one = self.context.constant(1)
        self.unit = Quotient(self.one, self.one)
        self.nothing = Quotient(self.context.constant(0), self.one)

    def number(self, value: fmpq) -> Quotient:
        """A rational."""
        bits = max(int(value.p).bit_length(), int(value.q).bit_length())
        return self.made(self.context.constant(value), self.one, NONE, bits)

    def atom(self, atom: Atom) -> Quotient:
        """An atom as itself, in whatever roots the field keeps it."""
        place = self.place(atom)
        return Quotient(self.generators[place] ** self.atoms[place].scale, self.one)

    def place(self, atom: Atom, root: int = 1) -> int:
        """The generator of an atom, in a scale that has this root of it."""
        place = self.places.get(atom.key)
        if place is None:
            place = len(self.atoms)
            if place == self.width:
                raise Wider
            self.places[atom.key] = place
            self.atoms.append(replace(atom, scale=self.scales.get(atom.key, 1)))
        scale = self.atoms[place].scale
        if scale % root:
            raise Finer(atom.key, lcm(scale, root))
        return place

    def monomial(self, exponents: Mapping[int, int], factor: fmpq = ONE) -> Quotient:
        """A product of generators; a negative exponent puts one below."""
        if any(abs(exponent) > MAX_EXPONENT for exponent in exponents.values()):
            raise TooLarge
        top, bottom = [0] * self.width, [0] * self.width
        for place, exponent in exponents.items():
            (top if exponent > 0 else bottom)[place] = abs(exponent)
        return Quotient(self.context.from_dict({tuple(top): factor}), self.context.from_dict({tuple(bottom): fmpq(1)}))

    def made(self, top: fmpq_mpoly, bottom: fmpq_mpoly, hazards: frozenset[str], bits: int) -> Quotient:
        """A quotient as it is, once it is small enough."""
        if len(top) + len(bottom) > MAX_TERMS or bits > MAX_BITS:
            raise TooLarge
        return Quotient(top, bottom, hazards, bits)

    def add(self, left: Quotient, right: Quotient) -> Quotient:
        """The sum, over the least common denominator."""
        hazards, bits = left.hazards | right.hazards, max(left.bits, right.bits) + 1
        if left.bottom == right.bottom:
            return self.made(left.top + right.top, left.bottom, hazards, bits)
        bits += left.bits + right.bits
        shared = self.divisor(left.bottom, right.bottom)
        mine, yours = right.bottom / shared, left.bottom / shared
        top = self.product(left.top, mine) + self.product(right.top, yours)
        return self.made(top, self.product(left.bottom, mine), hazards, bits)

    def subtract(self, left: Quotient, right: Quotient) -> Quotient:
        """The difference."""
        return self.add(left, self.negate(right))

    def negate(self, value: Quotient) -> Quotient:
        """The negative."""
        return Quotient(-value.top, value.bottom, value.hazards, value.bits)

    def multiply(self, left: Quotient, right: Quotient) -> Quotient:
        """The product, in lowest terms."""
        top, bottom = self.product(left.top, right.top), self.product(left.bottom, right.bottom)
        raised = self.made(top, bottom, left.hazards | right.hazards, left.bits + right.bits + 4)
        return raised if bottom.is_one() else self.reduced(raised)

    def divide(self, left: Quotient, right: Quotient) -> Quotient:
        """The quotient; what it was divided by becomes a hazard."""
        return self.multiply(left, self.reciprocal(right))

    def reciprocal(self, value: Quotient) -> Quotient:
        """One over a value, which must not vanish."""
        value = self.reduced(value)
        if value.top.is_zero():
            raise TooLarge
        hazards = value.hazards
        if not value.top.is_constant():
            hazards |= {self.divided(value.top)}
        return self.reduced(Quotient(value.bottom, value.top, hazards, value.bits))

    def divided(self, by: fmpq_mpoly) -> str:
        """The hazard of dividing by a polynomial."""
        monic = by / by.leading_coefficient()
        key = f"/{monic}"
        self.divisors[key] = monic
        return key

    def power(self, base: Quotient, exponent: int) -> Quotient:
        """A whole power."""
        if exponent < 0:
            return self.power(self.reciprocal(base), -exponent)
        base = self.reduced(base)
        terms = max(len(base.top), len(base.bottom), 1)
        if exponent > MAX_EXPONENT or (
            terms > 1 and (exponent > MAX_DEGREE or comb(exponent + terms - 1, exponent) > MAX_TERMS)
        ):
            raise TooLarge
        if base.bits * exponent > MAX_BITS and not (base.bits <= 1 and terms == 1):
            raise TooLarge
        bits = (base.bits + terms.bit_length()) * max(exponent, 1) if terms > 1 or base.bits > 1 else 1
        raised = self.made(base.top**exponent, base.bottom**exponent, base.hazards, bits)
        return self.settled(raised) if self.relations else raised

    def product(self, left: fmpq_mpoly, right: fmpq_mpoly) -> fmpq_mpoly:
        """The product of two polynomials, in counted steps."""
        self.steps += len(left) * len(right)
        if self.steps > MAX_STEPS:
            raise TooLarge
        return left * right

    def divisor(self, left: fmpq_mpoly, right: fmpq_mpoly) -> fmpq_mpoly:
        """The greatest common divisor, with leading coefficient one."""
        if left.is_constant() or right.is_constant():
            return self.one
        if len(left) > 1 or len(right) > 1:
            self.bounded(left, right)
        return left.gcd(right)

    def bounded(self, *polynomials: fmpq_mpoly) -> None:
        """Refuse polynomials that are too large to be taken apart, and count the work on others."""
        for polynomial in polynomials:
            if polynomial.total_degree() > MAX_DEGREE:
                raise TooLarge
            self.steps += len(polynomial) ** 2
        if self.steps > MAX_STEPS:
            raise TooLarge

    def reduced(self, value: Quotient) -> Quotient:
        """In lowest terms, with a denominator whose leading coefficient is one."""
        if self.relations or self.exclusive:
            value = self.settled(value)
        top, bottom = value.top, value.bottom
        if bottom.is_one():
            return value
        if not bottom.is_constant():
            shared = self.divisor(top, bottom) if not top.is_zero() else bottom
            top, bottom = top / shared, bottom / shared
        lead = bottom.leading_coefficient()
        return self.made(top / lead, bottom / lead, value.hazards, value.bits)

    def settled(self, value: Quotient) -> Quotient:
        """With every relation between atoms used: the square of a square root is what stands under it."""
        return replace(value, top=self._related(value.top), bottom=self._related(value.bottom))

    def key(self, value: Quotient) -> str:
        """The spelling of a value in lowest terms: equal values of one field have one key."""
        value = self.reduced(value)
        return str(value.top) if value.bottom.is_one() else f"({value.top})/({value.bottom})"

    def free(self, value: Quotient) -> frozenset[str]:
        """The bound names in a value."""
        return frozenset().union(*(self.atoms[place].free for place in self.used(value.top, value.bottom)))

    def used(self, *polynomials: fmpq_mpoly) -> Sequence[int]:
        """The generators that occur."""
        count = len(self.atoms)
        found = {place for each in polynomials for place, degree in enumerate(each.degrees()[:count]) if degree > 0}
        return sorted(found)

    def _related(self, polynomial: fmpq_mpoly) -> fmpq_mpoly:
        # What a relation puts in its place was there before it: so the last comes first.
        for place, (order, instead) in reversed(self.relations.items()):
            while polynomial.degrees()[place] >= order:
                polynomial = self._lowered(polynomial, place, order, instead)
        for place, factor in self.exclusive.items():
            if polynomial.degrees()[place] > 0:
                polynomial = self._excluded(polynomial, place, factor)
        return polynomial

    def _lowered(self, polynomial: fmpq_mpoly, place: int, order: int, instead: fmpq_mpoly) -> fmpq_mpoly:
        low: dict[tuple[int, ...], fmpq] = {}
        high: dict[tuple[int, ...], fmpq] = {}
        for exponents, coefficient in polynomial.terms():
            if exponents[place] < order:
                low[exponents] = coefficient
            else:
                left = (*exponents[:place], exponents[place] - order, *exponents[place + 1 :])
                high[left] = coefficient
        rest = self.product(self.context.from_dict(high), instead)
        total = self.context.from_dict(low) + rest
        if len(total) > MAX_TERMS or self.steps > MAX_STEPS:
            raise TooLarge
        return total

    def _excluded(self, polynomial: fmpq_mpoly, place: int, factor: fmpq_mpoly) -> fmpq_mpoly:
        without: dict[tuple[int, ...], fmpq] = {}
        inside: dict[tuple[int, ...], fmpq] = {}
        for exponents, coefficient in polynomial.terms():
            (inside if exponents[place] else without)[exponents] = coefficient
        polynomial = self.context.from_dict(inside)
        self.bounded(polynomial)
        return self.context.from_dict(without) + divmod(polynomial, factor)[1]
