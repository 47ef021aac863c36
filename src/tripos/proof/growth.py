"""Growth: how fast a formula grows as every name in it grows without bound, each by itself, up to a constant factor.

A sum grows like its largest terms; a term is known by its logarithm, a sum of n^p (ln n)^q (ln ln n)^r for each name n.
So n log n is ln n + ln ln n, and 2^n is n ln 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from flint import fmpq, fmpq_mpoly

from tripos.language import arithmetic, constant, tree
from tripos.language.constant import Number
from tripos.language.names import Free, Names, Sort
from tripos.language.tree import Callee, Node, Op
from tripos.problem import TriposError
from tripos.proof.normal.equality import normals
from tripos.proof.normal.rational import Atom, Field, Quotient, TooLarge

Speed: TypeAlias = tuple[fmpq, fmpq, fmpq, fmpq]  # of n^p (ln n)^q (ln ln n)^r (ln ln ln n)^s


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """A speed of one name. Known by its spelling: hashing rationals is slow."""

    name: str
    speed: Speed
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"{self.name} {self.speed}")

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Basis) and self.key == other.key


Rates: TypeAlias = dict[Basis, Number]  # of the logarithm of a term
ZERO, ONE = fmpq(0), fmpq(1)
LOGARITHM: Speed = (ZERO, ONE, ZERO, ZERO)
MAX_TERMS = 60
MAX_APART = 12  # of the parts that are worked out by themselves
APART = frozenset({"max", "abs", "floor", "ceil"})
BEYOND = frozenset({Op.IF, Op.BIND, Op.COMPARE, Op.GIVEN, Op.ENTRY})
MARK = "¤"  # a name that stands for such a part


class Ungrown(Exception):
    """A formula whose growth is not told here."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its logarithm, and whether it is added."""

    rates: tuple[tuple[Basis, Number], ...] = ()
    negative: bool = False

    def over(self, other: Term) -> Rates:
        """How much faster it grows than another, in logarithms."""
        found = dict(self.rates)
        for basis, rate in other.rates:
            found[basis] = _sum(found.get(basis, ZERO), rate, -ONE)
        return {basis: rate for basis, rate in found.items() if _side(rate)}

    def keeps_up(self, other: Term) -> bool:
        """Whether it grows at least as fast as another, however the names grow."""
        leading: dict[str, tuple[Speed, Number]] = {}
        for basis, rate in self.over(other).items():
            if basis.name not in leading or basis.speed > leading[basis.name][0]:
                leading[basis.name] = (basis.speed, rate)
        return all(_side(rate) > 0 for _, rate in leading.values())

    @property
    def key(self) -> str:
        """Its spelling."""
        return f"{self.negative} " + " ".join(f"{basis.key} {rate}" for basis, rate in self.rates)


def _sum(one: Number, other: Number, times: fmpq) -> Number:
    if isinstance(one, fmpq) and isinstance(other, fmpq):
        return one + other * times
    return arithmetic.add(one, arithmetic.multiply(other, times))


def _side(rate: Number) -> int:
    return constant.sign(rate)


def growth(root: Node, names: Names) -> tuple[Term, ...]:
    """The largest terms of a formula, none of which keeps up with another."""
    if any(node.op in BEYOND for node in tree.walk(root)):
        raise Ungrown
    apart = _Apart(names)
    terms = apart.of(tree.fold(root, apart.rule))
    if any(term.negative for term in terms):
        raise Ungrown
    return terms


def _is_bounded(meaning: object) -> bool:
    return isinstance(meaning, Free) and meaning.sort is Sort.INTERVAL


class _Apart:
    """The parts that are no arithmetic, such as a maximum, each worked out by itself and then known by a mark."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.marks: dict[Node, Node] = {}
        self.known: dict[str, tuple[Term, ...]] = {}

    def of(self, root: Node) -> tuple[Term, ...]:
        """The largest terms of a formula in which such parts are marked."""
        used = tree.free_names(root) - {"e", "pi", "π"}
        growing = {name for name in used if name not in self.known and not _is_bounded(self.names.get(name))}
        meanings = {name: Free(Sort.POSITIVE_INTEGER) for name in growing}
        marked = {name: Free(Sort.POSITIVE) for name in used if name in self.known}
        found = normals([root], {**self.names, **meanings, **marked})
        if found is None or not isinstance(found[1][0], Quotient):
            raise Ungrown
        field, value = found[0], found[1][0]
        try:
            return _Growth(field, frozenset(growing), self.known).of(field.reduced(value))
        except (TooLarge, TriposError, constant.Undecidable) as error:
            raise Ungrown from error

    def rule(self, node: Node, args: Sequence[Node]) -> Node:
        rebuilt = tree.rebuilt(node, args)
        name = cast(Callee, node.value).name if node.op is Op.CALL else ""
        if name not in APART or not args or name in self.names:
            return rebuilt
        if rebuilt not in self.marks:
            if len(self.marks) == MAX_APART:
                raise Ungrown
            mark = f"{MARK}{len(self.marks)}"
            self.known[mark] = self.parted(name, args)
            self.marks[rebuilt] = tree.name(mark)
        return self.marks[rebuilt]

    def parted(self, name: str, args: Sequence[Node]) -> tuple[Term, ...]:
        terms = [term for arg in args for term in self.of(arg)]
        if name == "abs":
            return tuple(Term(term.rates) for term in terms)
        if name == "floor" and not any(_surely_grows(term) for term in terms):
            raise Ungrown  # it may be zero
        if any(term.negative for term in terms):
            raise Ungrown
        return maximal([*terms, Term()] if name == "ceil" else terms)


def _surely_grows(term: Term) -> bool:
    return bool(term.rates) and term.keeps_up(Term())


class _Growth:
    """The growth of the atoms of one field, worked out in the order in which they came: each rests on earlier ones."""

    def __init__(self, field: Field, names: frozenset[str], marked: Mapping[str, tuple[Term, ...]]) -> None:
        self.field, self.names, self.marked = field, names, marked
        self.known: dict[int, tuple[Term, ...]] = {}

    def of(self, value: Quotient) -> tuple[Term, ...]:
        for place in range(len(self.field.atoms)):
            self.known[place] = self._generator(place)
        return self._quotient(value)

    def _quotient(self, value: Quotient) -> tuple[Term, ...]:
        bottom = self._polynomial(value.bottom)
        if len(bottom) != 1:
            raise Ungrown
        return tuple(_scaled([(term, ONE), (bottom[0], -ONE)]) for term in self._polynomial(value.top))

    def _polynomial(self, polynomial: fmpq_mpoly) -> tuple[Term, ...]:
        terms: list[Term] = []
        for exponents, coefficient in polynomial.terms():
            products = [Term(negative=bool(coefficient < 0))]
            for place, exponent in enumerate(exponents):
                if exponent:
                    products = [
                        _scaled([(product, ONE), (factor, fmpq(exponent))], odd=exponent % 2 == 1)
                        for product in products
                        for factor in self.known[place]
                    ]
                if len(products) > MAX_TERMS:
                    raise Ungrown
            terms += products
        if not terms:
            raise Ungrown
        return maximal(terms)

    def _generator(self, place: int) -> tuple[Term, ...]:
        atom = self.field.atoms[place]
        word = atom.key.split("(")[0].split(" ")[0]
        terms = KINDS.get(word, _Growth._none)(self, atom)
        if atom.scale > 1 and any(term.negative for term in terms):
            raise Ungrown
        return tuple(_scaled([(term, fmpq(1, atom.scale))]) for term in terms)

    def _none(self, _: Atom) -> tuple[Term, ...]:
        raise Ungrown

    def _name(self, atom: Atom) -> tuple[Term, ...]:
        if atom.name in self.marked:
            return self.marked[atom.name]
        if atom.name not in self.names:
            if not atom.range.positive:
                raise Ungrown
            return (Term(),)
        return (Term(((Basis(atom.name, LOGARITHM), ONE),)),)

    def _constant(self, _: Atom) -> tuple[Term, ...]:
        return (Term(),)

    def _exponential(self, atom: Atom) -> tuple[Term, ...]:
        exponent = self.field.exponents[atom.key]
        rate, value = self._number(exponent)
        terms = self._quotient(value)
        if len(terms) != 1:
            raise Ungrown
        term = terms[0]
        speeds: dict[str, list[fmpq]] = {}
        for basis, own in term.rates:
            kind = _logarithms(basis.speed)
            if kind is None or not isinstance(own, fmpq):
                raise Ungrown
            speeds.setdefault(basis.name, [ZERO] * 4)[kind] = own
        if not speeds:
            return (Term(),)
        if len(speeds) > 1:
            raise Ungrown  # 2^(nd) grows in both at once
        ((name, powers),) = speeds.items()
        speed = (powers[0], powers[1], powers[2], powers[3])
        if speed <= (ZERO,) * 4:
            return (Term(),)  # e^(1/n) is near 1
        return (Term(((Basis(name, speed), rate),)),)

    def _number(self, exponent: Quotient) -> tuple[Number, Quotient]:
        # The constants in an exponent, such as ln 2 in 2^n, and what is left of it.
        rate: Number = ONE
        left: dict[int, int] = {}
        for polynomial, direction in ((exponent.top, 1), (exponent.bottom, -1)):
            if len(polynomial) != 1:
                raise Ungrown
            for place, count in enumerate(polynomial.monoms()[0]):
                atom = self.field.atoms[place] if count else None
                if atom is None:
                    continue
                if atom.key.startswith("ln "):
                    own = arithmetic.power(constant.logarithm(fmpq(int(atom.key[3:]))), fmpq(direction * count))
                    rate = arithmetic.multiply(rate, cast(Number, own))
                elif not self._is_exact(atom):
                    raise Ungrown  # e to the power of it is not known up to a constant factor
                else:
                    left[place] = direction * count
        return rate, self.field.monomial(left)

    def _is_exact(self, atom: Atom) -> bool:
        # Whether an atom is n, ln n, ln ln n, ... itself, and does not merely grow like it.
        while atom.argument is not None:
            used = self.field.used(atom.argument.top, atom.argument.bottom)
            if len(used) != 1 or not atom.argument.bottom.is_one():
                return False
            place = used[0]
            if atom.argument.top != self.field.generators[place] ** self.field.atoms[place].scale:
                return False
            atom = self.field.atoms[place]
        return atom.name in self.names

    def _logarithm(self, atom: Atom) -> tuple[Term, ...]:
        assert atom.argument is not None
        found: list[Term] = []
        for term in self._quotient(self.field.reduced(atom.argument)):
            if term.negative:
                raise Ungrown
            found += [_term_of_speed(basis, _side(rate) < 0) for basis, rate in term.rates]
        if not found:
            raise Ungrown  # a constant, perhaps a negative one
        return maximal(found)

    def _root(self, atom: Atom) -> tuple[Term, ...]:
        place = self.field.places[atom.key]
        base = self.field.relations.get(place)
        if base is None:
            raise Ungrown
        return self._polynomial(base[1])


KINDS: Mapping[str, Callable[[_Growth, Atom], tuple[Term, ...]]] = {
    "name": _Growth._name,
    "ln": _Growth._constant,
    "pi": _Growth._constant,
    "root": _Growth._constant,
    "exp": _Growth._exponential,
    "log": _Growth._logarithm,
    "base": _Growth._root,
}


def maximal(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms with which no other keeps up; of equals, one. Equals of opposite signs may cancel: that is not told."""
    kept: list[Term] = []
    seen: set[str] = set()
    for term in terms:
        if term.key in seen:
            continue
        seen.add(term.key)
        if len(seen) > MAX_TERMS:
            raise Ungrown
        equals = [other for other in kept if not other.over(term)]
        if any(other.negative is not term.negative for other in equals):
            raise Ungrown
        if equals or any(other.keeps_up(term) for other in kept):
            continue
        kept = [other for other in kept if not term.keeps_up(other)] + [term]
    if len({term.negative for term in kept}) > 1:
        raise Ungrown
    return tuple(kept)


def _scaled(parts: Sequence[tuple[Term, fmpq]], odd: bool = True) -> Term:
    # The product of these powers.
    rates: Rates = {}
    negative = False
    for term, power in parts:
        negative = negative is not (term.negative and (odd or power == ONE))
        for basis, rate in term.rates:
            rates[basis] = _sum(rates.get(basis, ZERO), rate, power)
    left = [(basis, rate) for basis, rate in rates.items() if _side(rate)]
    return Term(tuple(sorted(left, key=_order)), negative)


def _order(item: tuple[Basis, Number]) -> tuple[str, tuple[fmpq, ...]]:
    return item[0].name, tuple(-power for power in item[0].speed)


def _logarithms(speed: Speed) -> int | None:
    # Which of ln n, ln ln n, ... this speed is, when it stands in the logarithm of a term.
    return next((kind for kind in range(3) if speed == tuple(ONE if at == kind + 1 else ZERO for at in range(4))), None)


def _term_of_speed(basis: Basis, negative: bool) -> Term:
    if basis.speed[3] != 0:
        raise Ungrown
    rates: list[tuple[Basis, Number]] = []
    for kind, power in enumerate(basis.speed[:3]):
        if power != 0:
            one = cast(Speed, tuple(ONE if at == kind + 1 else ZERO for at in range(4)))
            rates.append((Basis(basis.name, one), power))
    return Term(tuple(sorted(rates, key=_order)), negative)
