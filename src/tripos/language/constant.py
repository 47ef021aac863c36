"""Exact constants beyond the rationals: 40 ln 2, e^3, sqrt(2), and sums and products of these.

A constant is a sum of monomials with rational coefficients; a monomial is a product of atoms with rational
exponents. The atoms are prime numbers (for roots), logarithms of primes, e, pi, and whole constants (for the
reciprocal of a sum, as in a sigmoid). Equal normal forms are equal numbers; where two forms differ, a ball decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from flint import arb, ctx, fmpq, fmpz

from tripos.language.ball import PRECISION, Ball
from tripos.problem import Place, Problem, Refusal

Atom = tuple[str, "int | Constant"]  # ("prime", 2), ("ln", 2), ("e", 1), ("pi", 1), ("sum", constant)
Monomial = tuple[tuple[Atom, fmpq], ...]
PRECISIONS = (64, 192, PRECISION)
MAX_DEPTH = 20  # of reciprocals of sums in one another
MAX_TERMS = 500
FACTOR_BITS = 64  # larger integers under a root or logarithm stay whole


class Undecidable(ArithmeticError):
    """The sign of a constant lies too close to zero for the precisions that we try."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A sum of monomials, sorted, without zero coefficients; never a mere rational."""

    terms: tuple[tuple[Monomial, fmpq], ...]
    depth: int = field(init=False, compare=False, repr=False)
    size: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        inner = [base for monomial, _ in self.terms for (_, base), _ in monomial if isinstance(base, Constant)]
        object.__setattr__(self, "depth", 1 + max((base.depth for base in inner), default=0))
        object.__setattr__(self, "size", len(self.terms) + sum(base.size for base in inner))
        if self.depth > MAX_DEPTH or self.size > MAX_TERMS:
            raise too_many_terms()

    def ball(self) -> arb:
        """The number as a ball, at the working precision."""
        total = arb(0)
        for monomial, coefficient in self.terms:
            product = arb(coefficient)
            for atom, exponent in monomial:
                product *= _atom_ball(atom) ** arb(exponent)
            total += product
        return total


Number: TypeAlias = fmpq | Constant | Ball


def too_many_terms() -> Refusal:
    """What is raised instead of a sum that nobody can read."""
    fact = f"multiplied out, this number has more than {MAX_TERMS} terms, or fractions {MAX_DEPTH} deep."
    return Refusal(Problem(Place(), fact, "Ask for something simpler."))


def constant(terms: Iterable[tuple[Monomial, fmpq]]) -> Number:
    """The sum of these terms in normal form; a rational where nothing else is left."""
    total: dict[Monomial, fmpq] = {}
    for monomial, coefficient in terms:
        key, factor = _normal(monomial)
        total[key] = total.get(key, fmpq(0)) + coefficient * factor
    left = tuple(sorted(((key, value) for key, value in total.items() if value != 0), key=_order))
    if not left:
        return fmpq(0)
    if len(left) == 1 and left[0][0] == ():
        return left[0][1]
    return Constant(left)


def terms_of(value: fmpq | Constant) -> tuple[tuple[Monomial, fmpq], ...]:
    """The terms of a number; a rational has one, without atoms."""
    return value.terms if isinstance(value, Constant) else (((), value),)


def plus(left: Number, right: Number) -> Number:
    """The sum."""
    if isinstance(left, Ball) or isinstance(right, Ball):
        return enclosed(lambda: ball(left) + ball(right))
    return constant((*terms_of(left), *terms_of(right)))


def times(left: Number, right: Number) -> Number:
    """The product, multiplied out."""
    if isinstance(left, Ball) or isinstance(right, Ball):
        return enclosed(lambda: ball(left) * ball(right))
    if len(terms_of(left)) * len(terms_of(right)) > 4 * MAX_TERMS:
        raise too_many_terms()
    return constant((a + b, p * q) for a, p in terms_of(left) for b, q in terms_of(right))


def reciprocal(value: Number) -> Number:
    """One over a number that is not zero; the reciprocal of a sum becomes an atom."""
    if isinstance(value, Ball):
        return enclosed(lambda: 1 / ball(value))
    terms = terms_of(value)
    if len(terms) == 1:
        monomial, coefficient = terms[0]
        return constant([(tuple((atom, -exponent) for atom, exponent in monomial), 1 / coefficient)])
    # Scaled so that equal reciprocals are the same atom: 1/(2 + 2e) is 1/2 times 1/(1 + e).
    lead = terms[0][1]
    scaled = constant((monomial, coefficient / lead) for monomial, coefficient in terms)
    assert isinstance(scaled, Constant)
    return constant([(((("sum", scaled), fmpq(-1)),), 1 / lead)])


def ratio(left: Constant, right: Constant) -> fmpq | None:
    """The rational that one constant is times another, ln 1000 / ln 10 = 3; none where their terms do not tell."""
    quotients = {top[1] / below[1] for top, below in zip(left.terms, right.terms, strict=False)}
    alike = [monomial for monomial, _ in left.terms] == [monomial for monomial, _ in right.terms]
    return quotients.pop() if alike and len(quotients) == 1 else None


def exponential(exponent: fmpq) -> Number:
    """e to a rational power."""
    return constant([(((("e", 1), exponent),), fmpq(1))])


def logarithm(value: fmpq) -> Number:
    """The natural logarithm of a positive rational, over the primes in it."""
    return constant((((("ln", prime), fmpq(1)),), fmpq(count)) for prime, count in _primes(value))


def root(value: fmpq, exponent: fmpq) -> Number:
    """A positive rational to a rational power, over the primes in it."""
    return constant([(tuple((("prime", prime), exponent * count) for prime, count in _primes(value)), fmpq(1))])


def monomial_power(value: Constant, exponent: fmpq) -> Number | None:
    """A positive product of primes, e and pi to a rational power, exactly; none for anything else."""
    if len(value.terms) != 1:
        return None
    monomial, coefficient = value.terms[0]
    if coefficient <= 0 or any(kind == "sum" for (kind, _), _ in monomial):
        return None
    raised = constant([(tuple((atom, own * exponent) for atom, own in monomial), fmpq(1))])
    return times(raised, root(coefficient, exponent))


def monomial_logarithm(value: Constant) -> Number | None:
    """The logarithm of a positive product of primes and e, exactly; none for anything else."""
    if len(value.terms) != 1:
        return None
    monomial, coefficient = value.terms[0]
    if coefficient <= 0 or any(kind not in ("prime", "e") for (kind, _), _ in monomial):
        return None
    total = logarithm(coefficient)
    for (kind, base), exponent in monomial:
        own = logarithm(fmpq(base)) if kind == "prime" and isinstance(base, int) else fmpq(1)
        total = plus(total, times(exponent, own))
    return total


def pi() -> Number:
    """The number pi."""
    return constant([(((("pi", 1), fmpq(1)),), fmpq(1))])


def ball(value: Number) -> arb:
    """The number as a ball, at the working precision."""
    match value:
        case Ball(enclosure=enclosure):
            return enclosure
        case Constant():
            return value.ball()
        case _:
            return arb(value)


def enclosed(work: Callable[[], arb]) -> Ball:
    """What this work comes to, as a ball of the usual precision; undecidable if it has no bounds."""
    with ctx.workprec(PRECISION):
        enclosure = work()
    if not enclosure.is_finite():
        raise Undecidable
    return Ball(enclosure)


def sign(value: Number) -> int:
    """-1, 0 or 1. Certified by a ball; zero only by the normal form."""
    if isinstance(value, fmpq):
        return (value > 0) - (value < 0)
    for precision in PRECISIONS:
        with ctx.workprec(precision):
            enclosure = ball(value)
        if enclosure > 0 or enclosure < 0:
            return 1 if enclosure > 0 else -1
    raise Undecidable


def _normal(monomial: Monomial) -> tuple[Monomial, fmpq]:
    exponents: dict[Atom, fmpq] = {}
    for atom, exponent in monomial:
        exponents[atom] = exponents.get(atom, fmpq(0)) + exponent
    factor = fmpq(1)
    left: list[tuple[Atom, fmpq]] = []
    for atom, exponent in exponents.items():
        whole, rest = _split(atom, exponent)
        factor *= whole
        if rest != 0:
            left.append((atom, rest))
    return tuple(sorted(left, key=lambda pair: repr(pair[0]))), factor


def _split(atom: Atom, exponent: fmpq) -> tuple[fmpq, fmpq]:
    # A whole power of a prime is a rational: 2^(3/2) is 2 times 2^(1/2).
    kind, base = atom
    if kind != "prime" or not isinstance(base, int):
        return fmpq(1), exponent
    whole = int(exponent.floor())
    return fmpq(base) ** whole, exponent - whole


def _order(term: tuple[Monomial, fmpq]) -> tuple[int, str]:
    return len(term[0]), repr(term[0])


def _atom_ball(atom: Atom) -> arb:
    kind, base = atom
    if isinstance(base, Constant):
        return base.ball()
    values = {"prime": lambda: arb(base), "ln": lambda: arb(base).log(), "e": arb.const_e, "pi": arb.pi}
    return values[kind]()


def _primes(value: fmpq) -> list[tuple[int, int]]:
    return [
        (int(prime), direction * int(count))
        for part, direction in ((fmpz(value.p), 1), (fmpz(value.q), -1))
        for prime, count in ([(part, 1)] if part.bit_length() > FACTOR_BITS else part.factor())
        if prime != 1
    ]
