"""Diagnosis: why an answer differs from the key, by the mistakes that people make most, in a student's words.

Each row changes the key as a mistake would and looks whether that gives the answer. The first that does is told, with
the point where both can be seen to differ. A diagnosis explains a mark; it never makes one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from flint import arb, ctx, fmpq

from tripos.language import plain
from tripos.language.names import Names
from tripos.language.tree import (
    Binder,
    Callee,
    Node,
    Op,
    add,
    call,
    fold,
    multiply,
    name,
    negate,
    number,
    rebuilt,
    walk,
)
from tripos.problem import Refusal
from tripos.proof.points.block import Misfit
from tripos.proof.points.ground import Ground, Point, ground
from tripos.proof.points.layout import Unfitting
from tripos.proof.points.pair import ENOUGH_BITS, Meeting, meeting
from tripos.proof.points.periods import period
from tripos.proof.points.program import program
from tripos.proof.points.run import Meter, Unsupported
from tripos.proof.points.scalar import is_number
from tripos.proof.reason import Reason, because
from tripos.proof.verdict import Outcome, Verdict

STEPS = 20_000
PRECISION = 160
MAX_TERMS = 8
HALF = fmpq(1, 2)  # an answer that is right in fewer cases is not told that it is right in any
NEUTRAL = {"constant": (0,), "factor": (0, 1)}  # what changes nothing, or leaves nothing
LOGARITHMS = frozenset({"log", "ln"})

Candidate: TypeAlias = "tuple[Node, Node, Reason]"  # two trees that are equal if this is the mistake, and its name


def diagnosed(verdict: Verdict, key: Node, answer: Node, names: Names) -> Verdict:
    """The same verdict with the best reason that is found for it."""
    if verdict.outcome is not Outcome.DIFFERENT or verdict.reason.code not in ("at", "differs"):
        return verdict
    shown = verdict.reason.sentence()
    try:
        with ctx.workprec(PRECISION):
            found = _mistake(key, answer, names)
    except (Unsupported, Unfitting, Misfit, Refusal):
        found = None
    if found is None and verdict.share is not None and HALF <= verdict.share < 1:
        found = because("pieces", share=_share(verdict.share))
    if found is None:
        return verdict
    return replace(verdict, reason=Reason(found.code, (*found.details, ("at", shown))))


def _share(share: fmpq) -> str:
    return f"{share.p} of {share.q}"


def _mistake(key: Node, answer: Node, names: Names) -> Reason | None:
    if period([key, answer]):
        return None  # what rounds looks like a constant apart at most points, and is not
    here = ground(names, [key, answer])
    meter = Meter(STEPS)
    points = [*here.points(), *map(here.point, here.starts)]
    if _agree(key, answer, points, meter):
        return None  # they differ in some places only, where none of these mistakes shows
    for left, right, reason in candidates(key, answer):
        if _agree(left, right, points, meter):
            return reason
    return _constant_apart(key, answer, here, points, meter)


def candidates(key: Node, answer: Node) -> Iterator[Candidate]:
    """Every mistake that is tried, the first ones first."""
    yield negate(key), answer, because("sign")
    yield from _terms(key, answer)
    yield from _classes(key, answer)
    yield multiply(number(2), key), answer, because("twice")
    yield key, multiply(number(2), answer), because("half")
    yield number(1), multiply(key, answer), because("reciprocal")
    yield from _logarithms(key, answer)


def _terms(key: Node, answer: Node) -> Iterator[Candidate]:
    for whole, part, code in ((key, answer, "term-missing"), (answer, key, "term-extra")):
        terms = whole.args if whole.op is Op.ADD else ()
        for place, term in enumerate(terms[:MAX_TERMS]):
            rest = add(*terms[:place], *terms[place + 1 :])
            yield rest, part, because(code, term=plain.of(term.args[0] if term.op is Op.NEGATE else term))


def _classes(key: Node, answer: Node) -> Iterator[Candidate]:
    for binder in _excluding(key):
        wider = _widened(key)
        if wider != key:
            yield wider, answer, because("true-class", index=plain.of(binder.args[1]), sign=_sign(binder))
        break
    for binder in _excluding(answer):
        yield key, _widened(answer), because("no-true-class", index=plain.of(binder.args[1]), sign=_sign(binder))
        break


def _excluding(tree: Node) -> Sequence[Node]:
    return [node for node in walk(tree) if isinstance(node.value, Binder) and node.value.excludes]


def _sign(node: Node) -> str:
    assert isinstance(node.value, Binder)
    return {"sum": "sum", "prod": "product", "max": "maximum", "min": "minimum"}.get(node.value.function, "sum")


def _widened(tree: Node) -> Node:
    """The tree with every sum over the other classes made one over all of them."""
    vectors = {node.args[0].value for node in walk(tree) if node.op is Op.ENTRY and node.args[0].op is Op.NAME}
    if len(vectors) != 1:
        return tree
    vector = name(str(vectors.pop()))

    def rule(node: Node, args: Sequence[Node]) -> Node:
        if isinstance(node.value, Binder) and node.value.excludes:
            return Node(Op.BIND, (args[0], call("indices", vector), *args[2:]), replace(node.value, excludes=False))
        return rebuilt(node, args)

    return fold(tree, rule)


def _logarithms(key: Node, answer: Node) -> Iterator[Candidate]:
    binary, decimal = _relogged(key, "log2"), _relogged(key, "log10")
    if binary != key:
        yield binary, answer, because("log-base", base=2)
        yield decimal, answer, because("log-base", base=10)
    natural = _relogged(key, "ln", frozenset({"log2", "log10"}))
    if natural != key:
        yield natural, answer, because("log-natural")


def _relogged(tree: Node, word: str, old: frozenset[str] = LOGARITHMS) -> Node:
    def rule(node: Node, args: Sequence[Node]) -> Node:
        if isinstance(node.value, Callee) and node.value.name in old:
            return Node(Op.CALL, tuple(args), Callee(word))
        return rebuilt(node, args)

    return fold(tree, rule)


def _agree(left: Node, right: Node, points: Sequence[Point], meter: Meter) -> bool:
    first, second = program(left), program(right)
    met = [meeting(first.run(point.run(meter)), second.run(point.run(meter))) for point in points]
    return Meeting.APART not in met and any(one in (Meeting.EXACT, Meeting.CLOSE) for one in met)


def _constant_apart(key: Node, answer: Node, here: Ground, points: Sequence[Point], meter: Meter) -> Reason | None:
    """A difference or a quotient that is the same number everywhere."""
    if not here.used:
        return None
    first, second = program(key), program(answer)
    pairs = [(first.run(point.run(meter)), second.run(point.run(meter))) for point in points]
    numbers = [(one, other) for one, other in pairs if is_number(one) and is_number(other)]
    if len(numbers) < len(points) or not all(isinstance(part, fmpq | arb) for both in numbers for part in both):
        return None
    rows: tuple[tuple[str, Callable[..., fmpq | arb]], ...] = (
        ("constant", lambda one, other: other - one),
        ("factor", lambda one, other: other / one if one != 0 else arb("nan")),
    )
    for code, rule in rows:
        amounts = [rule(one, other) for one, other in numbers if one != 0 or other != 0]
        exact = amounts[0] if isinstance(amounts[0], fmpq) else _simple(amounts[0])
        if exact is not None and exact not in NEUTRAL[code] and all(_is(amount, exact) for amount in amounts):
            return because(code, amount=plain.of_value(exact))
    return None


def _is(amount: fmpq | arb, exact: fmpq) -> bool:
    return (
        amount == exact
        if isinstance(amount, fmpq)
        else bool(amount.contains(exact) and amount.rel_accuracy_bits() > 20)
    )


def _simple(amount: arb) -> fmpq | None:
    # A simple fraction that a ball contains, or none.
    if not amount.is_finite() or amount.rel_accuracy_bits() < ENOUGH_BITS:
        return None
    for bottom in range(1, 13):
        whole = (amount * bottom).unique_fmpz()
        if whole is not None:
            return fmpq(whole, bottom)
    return None
