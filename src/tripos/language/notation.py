"""Notation: every value as the tree that spells it, and the letters of names. Not how a tree is set on a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import gcd, lcm
from typing import cast

from flint import fmpq

from tripos.language import tree
from tripos.language.constant import Constant, Monomial
from tripos.language.tree import Node, Op, Relation
from tripos.language.values import (
    Collection,
    Domain,
    Formula,
    Interval,
    Labels,
    Mask,
    Order,
    Shape,
    Tensor,
    Value,
)

# The letters that LaTeX has a command for; a capital that looks Latin has none.
GREEK: Mapping[str, str] = dict(
    zip(
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Upsilon",
            "Phi",
            "Psi",
            "Omega",
        ],
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ",
        strict=True,
    )
)
LONGEST_DECIMAL = 24  # digits; beyond, a power of ten reads better
INFINITY = tree.name("∞")
LARGEST_LOGARITHM = 20  # bits of what ln 2 + ln 5 is merged into


ACCENTS: Mapping[str, str] = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0307": "dot", "\u0308": "ddot"}


STEPS = frozenset("+-")  # in an index: h_{t-1}
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Lettering:
    """The parts of a name: its letter or word, subscripts, a superscript in brackets, and primes."""

    word: str
    subscripts: tuple[str, ...] = ()
    raised: str = ""
    primes: str = ""

    @property
    def accented(self) -> tuple[str, str]:
        """The word without the mark over its last letter, and the mark; a word has none if there is no command."""
        base, mark = unicodedata.normalize("NFD", self.word)[:-1], unicodedata.normalize("NFD", self.word)[-1:]
        return (base, mark) if len(base) == 1 and mark in ACCENTS else (self.word, "")


def lettering(name: str) -> Lettering:
    """The parts of a name: s and j for `s_j`, Δ for `Delta`, W and (1) for `W^(1)`, h and t-1 for `h_{t-1}`."""
    bare = name.rstrip("'")
    base, caret, raised = bare.partition("^")
    word, *subscripts = (_WORDS.sub(lambda found: GREEK.get(found[0], found[0]), part) for part in base.split("_"))
    subscripts = [part.strip("{}") for part in subscripts]
    return Lettering(word, tuple(subscripts), raised if caret else "", "'" * (len(name) - len(bare)))


def letters(name: str) -> tuple[str, ...]:
    """A name's letter or word, then its subscripts: s and j for `s_j`, Δ for `Delta`."""
    parts = lettering(name)
    return (parts.word, *parts.subscripts)


def pieces(name: str) -> Sequence[str]:
    """The two names of a derivative, L and ŷ for `∂L/∂ŷ`; of any other name, itself."""
    top, slash, below = name.partition("/")
    return (top[1:], below[1:]) if slash and top[:1] == below[:1] == "∂" else (name,)


def is_letter(node: Node) -> bool:
    """Whether a name is a single letter, with or without subscripts."""
    if node.op is not Op.NAME or len(pieces(cast(str, node.value))) > 1:
        return False
    return len(lettering(cast(str, node.value)).accented[0]) == 1


def value_tree(value: Value) -> Node:
    """A value as a tree that spells it; what has no spelling (undefined, a network) stays one leaf."""
    match value:
        case bool():
            return Node(Op.TRUTH, value=value)
        case fmpq():
            return tree.number(value)
        case Constant():
            return constant_tree(value)
        case Shape(dims=dims):
            return _shape(dims)
        case Mask(shape=shape, entries=entries):
            return tree.call("mask", Node(Op.TENSOR, tuple(map(value_leaf, entries)), shape))
        case Tensor(shape=shape, entries=entries):
            return Node(Op.TENSOR, tuple(map(value_leaf, entries)), shape)
        case Collection(members=members):
            return Node(Op.SET, tuple(map(value_leaf, members)))
        case Domain():
            return tree.name(value.value)
        case Formula(tree=inside):
            return inside
        case Interval() | Order() | Labels():
            return _composed(value)
        case str():
            return Node(Op.TEXT, value=value)
        case _:
            return Node(Op.GIVEN, value=value)


def value_leaf(value: Value) -> Node:
    """A value inside another: a number as itself, anything else still to be spelt."""
    return tree.number(value) if isinstance(value, fmpq) else Node(Op.GIVEN, value=value)


def spelt(root: Node) -> Node:
    """The tree with every given value spelt out, and values inside values too."""

    def expanded(node: Node, args: Sequence[Node]) -> Node:
        return value_tree(cast(Value, node.value)) if node.op is Op.GIVEN else tree.rebuilt(node, args)

    while any(node.op is Op.GIVEN and value_tree(cast(Value, node.value)) != node for node in tree.walk(root)):
        root = tree.fold(root, expanded)
    return root


def decimal(value: fmpq) -> tuple[str, int] | None:
    """An exact decimal, `-0.25`, and the power of ten it is to be multiplied by; none if it never ends."""
    places, rest = 0, value.q
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        places = max(places, count)
    if rest != 1:
        return None
    sign = "-" if value < 0 else ""
    digits = str(abs(value.p) * (10**places // value.q)).rjust(places + 1, "0")
    if len(digits) <= LONGEST_DECIMAL:
        return f"{sign}{digits[: len(digits) - places]}.{digits[len(digits) - places :] or '0'}", 0
    digits = digits.lstrip("0")
    fraction = digits[1:].rstrip("0") or "0"
    return f"{sign}{digits[0]}.{fraction}", len(digits) - places - 1


def shown_decimal(value: fmpq) -> str:
    """The digits of a decimal for a person: 0.25, and 1000000 for 1e6."""
    found = decimal(value)
    assert found is not None  # the others were prepared as fractions
    return found[0].removesuffix(".0")


def constant_tree(value: Constant) -> Node:
    """A constant as a tree: what is positive first, logarithms merged where that is short, roots over numerators."""
    found = [value]
    for outer in found:  # grows while it is run through: a constant may stand in the denominator of another
        found.extend(_inside(outer))
    trees: dict[int, Node] = {}
    for each in reversed(found):
        trees[id(each)] = _sum(each, trees)
    return trees[id(value)]


def _composed(value: Interval | Order | Labels) -> Node:
    match value:
        case Interval(low=low, high=high, closed=closed):
            below = tree.negate(INFINITY) if low is None else value_leaf(low)
            return Node(Op.INTERVAL, (below, INFINITY if high is None else value_leaf(high)), closed)
        case Order(growth=growth, exact=exact):
            return tree.call("Theta" if exact else "O", growth)
        case Labels(edges=edges):
            return tree.call("labels", *(_label(edge, inner) for edge, inner in edges))


def _label(edge: tuple[str, str], value: Value) -> Node:
    arrow = Node(Op.CHAIN, tuple(map(tree.name, edge)))
    return Node(Op.COMPARE, (arrow, value_leaf(value)), (Relation.EQUAL,))


def _shape(dims: tuple[int, ...]) -> Node:
    # The language has no way to write a shape of one length but the length itself.
    parts = tuple(tree.number(dim) for dim in dims)
    if len(parts) == 1:
        return parts[0]
    return Node(Op.DIMS if parts else Op.TUPLE, parts)


def _inside(value: Constant) -> Iterator[Constant]:
    for monomial, _ in value.terms:
        for (_, base), _ in monomial:
            if isinstance(base, Constant):
                yield base


def _sum(value: Constant, trees: Mapping[int, Node]) -> Node:
    logarithms: dict[int, fmpq] = {}
    terms: list[tuple[bool, Node]] = []
    for monomial, coefficient in value.terms:
        match monomial:
            case ((("ln", int(prime)), exponent),) if exponent == 1:
                logarithms[prime] = coefficient
            case _:
                terms.append((coefficient < 0, _product(monomial, abs(coefficient), trees)))
    terms.extend(_logarithms(logarithms))
    terms.sort(key=lambda term: term[0])  # stable: `e - 1` rather than `-1 + e`
    return tree.add(*(tree.negate(term) if negative else term for negative, term in terms))


def _logarithms(coefficients: Mapping[int, fmpq]) -> Iterator[tuple[bool, Node]]:
    # ln 2 + ln 5 is ln 10; 40 ln 2 stays, and so does what would get long.
    if not coefficients:
        return
    content = fmpq(gcd(*(int(c.p) for c in coefficients.values())), lcm(*(int(c.q) for c in coefficients.values())))
    powers = {prime: int((coefficient / content).p) for prime, coefficient in coefficients.items()}
    if sum(prime.bit_length() * abs(power) for prime, power in powers.items()) > LARGEST_LOGARITHM and len(powers) > 1:
        for prime, coefficient in sorted(coefficients.items()):
            yield coefficient < 0, _scaled(abs(coefficient), [tree.call("ln", tree.number(prime))], [])
        return
    argument = fmpq(1)
    for prime, power in powers.items():
        argument *= fmpq(prime) ** power
    negative = argument < 1
    yield negative, _scaled(content, [tree.call("ln", tree.number(1 / argument if negative else argument))], [])


def _product(monomial: Monomial, coefficient: fmpq, trees: Mapping[int, Node]) -> Node:
    above: list[Node] = []
    below: list[Node] = []
    roots: dict[fmpq, int] = {}
    for (kind, base), exponent in monomial:
        if kind == "prime" and isinstance(base, int):
            roots[exponent] = roots.get(exponent, 1) * base
        elif kind == "e":
            above.append(tree.name("e") if exponent == 1 else tree.call("exp", tree.number(exponent)))
        else:
            atom = trees[id(base)] if isinstance(base, Constant) else _atom(kind, base)
            size = abs(exponent)
            powered = atom if size == 1 else tree.power(atom, tree.number(size))
            (above if exponent > 0 else below).append(powered)
    return _scaled(coefficient, [*(_root(base, exponent) for exponent, base in roots.items()), *above], below)


def _atom(kind: str, base: int) -> Node:
    return tree.call("ln", tree.number(base)) if kind == "ln" else tree.name("pi")


def _root(base: int, exponent: fmpq) -> Node:
    if exponent == fmpq(1, 2):
        return tree.call("sqrt", tree.number(base))
    return tree.power(tree.number(base), tree.number(exponent))


def _scaled(coefficient: fmpq, above: Sequence[Node], below: Sequence[Node]) -> Node:
    over = [tree.number(int(coefficient.p))] if coefficient.p != 1 or not above else []
    under = [tree.number(int(coefficient.q))] if coefficient.q != 1 else []
    if not above and not below:
        return tree.number(coefficient)
    top = tree.multiply(*over, *above)
    return tree.divide(top, tree.multiply(*under, *below)) if under or below else top
