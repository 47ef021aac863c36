"""Orders: whether two formulas grow equally fast, and which grows faster. O(2n + 5) is O(n), n log n is its own O."""

from __future__ import annotations

from typing import cast

from flint import fmpq

from tripos.language import arithmetic, constant, plain, tree
from tripos.language.constant import Number
from tripos.language.names import Names
from tripos.language.tree import Callee, Node, Op
from tripos.language.values import Formula, Order, Value, is_number
from tripos.language.worked import literal
from tripos.proof.growth import ONE, Speed, Term, Ungrown, growth
from tripos.proof.normal.equality import same
from tripos.proof.reason import because
from tripos.proof.verdict import Certainty, Outcome, Verdict

SIGNS = frozenset({"O", "Theta", "Θ"})


def order(key: Value, response: Node, names: Names) -> Verdict:
    """Whether an answer, with or without its O( ), has the key's order."""
    match key:
        case Order(growth=wanted):
            pass
        case Formula(tree=found):
            wanted = inside(found)
        case _ if is_number(key):
            wanted = literal(key)
        case _:
            return Verdict(Outcome.UNDECIDED, reason=because("growth"))
    return compared(inside(wanted), inside(response), names)


def inside(node: Node) -> Node:
    """What stands in O( ); an answer without it is taken as it is."""
    is_sign = node.op is Op.CALL and cast(Callee, node.value).name in SIGNS and len(node.args) == 1
    return node.args[0] if is_sign else node


def compared(key: Node, answer: Node, names: Names) -> Verdict:
    """Whether two formulas grow equally fast as every name grows."""
    try:
        wanted, given = growth(key, names), growth(answer, names)
        faster = _unmatched(given, wanted)
        slower = _unmatched(wanted, given)
    except (Ungrown, constant.Undecidable):
        if same(key, answer, names):
            return Verdict(Outcome.EQUAL, Certainty.NORMAL_FORM)
        return Verdict(Outcome.UNDECIDED, reason=because("growth"))
    if faster is None and slower is None:
        return Verdict(Outcome.EQUAL, Certainty.NORMAL_FORM)
    both = (f"O({plain.of(answer)})", f"O({plain.of(key)})")
    if faster is None:
        return _different("slower", cast(Term, slower), *both)
    if slower is None:
        return _different("faster", faster, *both)
    return _different("other-growth", faster, *both)


def _unmatched(terms: tuple[Term, ...], others: tuple[Term, ...]) -> Term | None:
    # A term with which nothing on the other side keeps up.
    return next((term for term in terms if not any(other.keeps_up(term) for other in others)), None)


def _different(code: str, term: Term, got: str, key: str) -> Verdict:
    witness = (("term", spelt(term)), ("given", got), ("key", key))
    return Verdict(Outcome.DIFFERENT, Certainty.EXACT, because(code, got=got, key=key, term=spelt(term)), witness)


def spelt(term: Term) -> str:
    """A term as a formula, without its constant factor."""
    factors = [_factor(basis.name, basis.speed, rate) for basis, rate in term.rates]
    above = [factor for factor, negative in factors if not negative]
    below = [factor for factor, negative in factors if negative]
    top = tree.multiply(*above) if above else tree.number(1)
    return plain.of(tree.divide(top, tree.multiply(*below)) if below else top)


def _factor(name: str, speed: Speed, rate: Number) -> tuple[Node, bool]:
    negative = constant.sign(rate) < 0
    size = constant.times(fmpq(-1), rate) if negative else rate
    if speed[0] == 0 and sorted(speed) == [0, 0, 0, ONE]:
        base = tree.name(name)
        for _ in range(speed.index(ONE) - 1):
            base = tree.call("log", base)
        return (base if size == ONE else tree.power(base, literal(size))), negative
    whole = _base(size)
    exponent = [tree.power(part, tree.number(power)) if power != 1 else part for part, power in _parts(name, speed)]
    if whole is not None:
        return tree.power(tree.number(whole), tree.multiply(*exponent)), negative
    scaled = exponent if size == ONE else [literal(size), *exponent]
    return tree.call("exp", tree.multiply(*scaled)), negative


def _base(rate: Number) -> fmpq | None:
    # The 2 of 2^n, whose logarithm grows at the rate ln 2.
    found = arithmetic.exp(rate)
    return found if isinstance(found, fmpq) else None


def _parts(name: str, speed: Speed) -> list[tuple[Node, fmpq]]:
    parts = []
    base = tree.name(name)
    for power in speed:
        if power != 0:
            parts.append((base, power))
        base = tree.call("log", base)
    return parts
