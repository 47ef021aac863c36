"""Binders: sums, largest and smallest values and claims over what a variable ranges over.

A finite set is run through, one counted step at a time. A claim about an infinite set is undecided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from tripos.language import arithmetic, tree
from tripos.language.constant import Number
from tripos.language.names import Free, Names, Sort
from tripos.language.rule import Subtree, Working
from tripos.language.tree import Binder, Node
from tripos.language.truth import conjunction, negation
from tripos.language.values import Domain, Formula, Undecided, Undefined, Value, described, is_number
from tripos.language.vocabulary import QUANTIFIERS, Vocabulary, members
from tripos.language.worked import Worked, formula, literal, total
from tripos.problem import Place, Problem, TriposError


def bound(node: Node, names: Names, _: Vocabulary) -> Working:
    """What a binder comes to."""
    binder = cast(Binder, node.value)
    body, domain = node.args
    ranging = yield Subtree(domain, names)
    if binder.excludes or isinstance(ranging.value, Formula):
        inside = {**names, binder.variable: Free(Sort.INDEX)}
        return formula(node, [(yield Subtree(body, inside)), ranging])
    over = members(ranging.value)
    if isinstance(over, Domain):
        return _infinite(binder, over)
    results = []
    for member in over:
        results.append((yield Subtree(body, {**names, binder.variable: Worked(member, literal(member))})))
    if any(isinstance(result.value, Formula) for result in results):
        inside = {**names, binder.variable: Free(Sort.REAL)}
        return formula(node, [(yield Subtree(body, inside)), ranging])
    return GATHER[binder.function](binder, results)


def _infinite(binder: Binder, domain: Domain) -> Worked:
    if binder.function not in QUANTIFIERS:
        fact = f"{binder.function} cannot run through all {domain.value}."
        raise TriposError(Problem(Place(), fact, "Give a finite set, such as {1, 2, 3}."))
    why = f'"{binder.function} ... for {binder.variable} in {domain.value}" is not decided by this version'
    return Worked(Undecided(why), literal(Undecided(why)))


def _claim(binder: Binder, results: Sequence[Worked]) -> Worked:
    for result in results:
        if not isinstance(result.value, bool | Undecided):
            raise TriposError(
                Problem(Place(), f"{binder.function} needs a statement; this is {described(result.value)}.")
            )
    values = [result.value for result in results]
    negated = [negation(value) for value in values]
    value = {
        "always": lambda: conjunction(values),
        "never": lambda: conjunction(negated),
        "sometimes": lambda: negation(conjunction(negated)),
    }[binder.function]()
    return Worked(value, literal(value))


def _sum(_: Binder, results: Sequence[Worked]) -> Worked:
    return total(results)


def _extreme(rule: Callable[..., Number]) -> Callable[[Binder, Sequence[Worked]], Worked]:
    def gathered(binder: Binder, results: Sequence[Worked]) -> Worked:
        values: list[Value] = [result.value for result in results]
        if not values or not all(is_number(value) or isinstance(value, Undefined | Undecided) for value in values):
            raise TriposError(Problem(Place(), f"{binder.function} needs at least one number."))
        value = arithmetic.applied(rule, cast("list[arithmetic.Result]", values))
        return Worked(value, tree.call(binder.function, *(result.tree for result in results)))

    return gathered


GATHER: Mapping[str, Callable[[Binder, Sequence[Worked]], Worked]] = {
    **dict.fromkeys(QUANTIFIERS, _claim),
    "sum": _sum,
    "max": _extreme(arithmetic.maximum),
    "min": _extreme(arithmetic.minimum),
}
