"""Binders: sums, products, largest and smallest values and claims over what a variable ranges over.

A finite set is run through, one counted step at a time. A claim about an infinite set is undecided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from tripos.language import arithmetic, tree
from tripos.language.constant import Number
from tripos.language.names import Free, Names, Sort
from tripos.language.rule import Subtree, Working
from tripos.language.tree import Binder, Node, Op
from tripos.language.truth import conjunction, negation
from tripos.language.values import Domain, Formula, Undecided, Undefined, Value, described, is_number
from tripos.language.vocabulary import QUANTIFIERS, Vocabulary, members
from tripos.language.worked import Worked, exactly, formula, literal, product, total
from tripos.problem import Place, Problem, TriposError


def bound(node: Node, names: Names, _: Vocabulary) -> Working:
    """What a binder comes to."""
    binder = cast(Binder, node.value)
    body, domain, *conditions = node.args
    ranging = yield Subtree(domain, names)
    if binder.excludes or isinstance(ranging.value, Formula):
        return (yield from _kept(node, names, ranging, Sort.INDEX))
    over = members(ranging.value)
    if isinstance(over, Domain):
        return _infinite(binder, over)
    results = []
    for member in over:
        inside = {**names, binder.variable: Worked(member, literal(member))}
        counts = (yield Subtree(conditions[0], inside)) if conditions else TRUE
        if isinstance(counts.value, Undecided | Undefined):
            return counts
        if not isinstance(counts.value, bool | Formula):
            fact = f"a condition is needed after if; this is {described(counts.value)}."
            raise TriposError(Problem(Place(), fact))
        if counts.value is not False:
            results += [counts] * isinstance(counts.value, Formula)
            results.append((yield Subtree(body, inside)))
    if any(isinstance(result.value, Formula) for result in results):
        return (yield from _kept(node, names, ranging, Sort.REAL))
    return GATHER[binder.function](binder, results)


def _kept(node: Node, names: Names, ranging: Worked, sort: Sort) -> Working:
    # A formula: its variable stays one, and free names remain in what it runs over, in the body or in the condition.
    inside = {**names, cast(Binder, node.value).variable: Free(sort)}
    operands = [(yield Subtree(node.args[0], inside)), ranging]
    for condition in node.args[2:]:
        operands.append((yield Subtree(condition, inside)))
    return formula(node, operands)


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


def _product(_: Binder, results: Sequence[Worked]) -> Worked:
    return product(*results) if results else exactly(1)


def _extreme(rule: Callable[..., Number]) -> Callable[[Binder, Sequence[Worked]], Worked]:
    def gathered(binder: Binder, results: Sequence[Worked]) -> Worked:
        values: list[Value] = [result.value for result in results]
        if not values or not all(is_number(value) or isinstance(value, Undefined | Undecided) for value in values):
            raise TriposError(Problem(Place(), f"{binder.function} needs at least one number."))
        value = arithmetic.applied(rule, cast("list[arithmetic.Result]", values))
        return Worked(value, tree.call(binder.function, *(result.tree for result in results)))

    return gathered


TRUE = Worked(True, Node(Op.TRUTH, value=True))
GATHER: Mapping[str, Callable[[Binder, Sequence[Worked]], Worked]] = {
    **dict.fromkeys(QUANTIFIERS, _claim),
    "sum": _sum,
    "prod": _product,
    "max": _extreme(arithmetic.maximum),
    "min": _extreme(arithmetic.minimum),
}
