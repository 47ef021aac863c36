"""Calls: arithmetic functions, functions that are free names, masks, and the rules of an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from tripos.language import arithmetic, tree
from tripos.language.names import Free, Names
from tripos.language.rule import Subtree, Working
from tripos.language.tree import Callee, Node
from tripos.language.values import Formula, Mask, Tensor, Undecided, Undefined, Value, described, is_number
from tripos.language.vocabulary import CONSTRUCTORS, QUANTIFIERS, REDUCTIONS, Vocabulary
from tripos.language.worked import Worked, formula, literal
from tripos.problem import Place, Problem, TriposError, nearest


def called(node: Node, names: Names, vocabulary: Vocabulary) -> Working:
    """What a call comes to."""
    callee = cast(Callee, node.value)
    operands = []
    for arg in node.args:
        operands.append((yield Subtree(arg, names)))
    if callee.name in vocabulary.functions:
        call = vocabulary.functions[callee.name].call(*_arguments(callee, operands))
        return (yield call)
    if isinstance(names.get(callee.name), Free) or any(isinstance(part.value, Formula) for part in operands):
        return formula(node, operands)
    if callee.name in CONSTRUCTORS:
        return _mask(operands)
    if callee.name in arithmetic.FUNCTIONS:
        return _arithmetic(node, callee, operands)
    if callee.name in QUANTIFIERS | REDUCTIONS:
        remedy = f"Write {callee.name}(... for x in ...)."
        raise TriposError(Problem(Place(), f"{callee.name} needs to know what it runs over.", remedy))
    remedy = nearest(callee.name, vocabulary.words)
    raise TriposError(Problem(Place(), f"there is no function {callee.name}.", remedy))


def _arguments(callee: Callee, operands: Sequence[Worked]) -> tuple[list[Value], Mapping[str, Value]]:
    values = [operand.value for operand in operands]
    for value in values:
        if isinstance(value, Formula):
            free = ", ".join(sorted(tree.free_names(value.tree)))
            raise TriposError(Problem(Place(), f"{callee.name} needs a definite value; {free} has none."))
    first = len(values) - len(callee.keywords)
    return values[:first], dict(zip(callee.keywords, values[first:], strict=True))


def _arithmetic(node: Node, callee: Callee, operands: Sequence[Worked]) -> Worked:
    rule, fewest, most = arithmetic.FUNCTIONS[callee.name]
    if callee.keywords or not fewest <= len(operands) <= most:
        wanted = str(fewest) if fewest == most else f"at least {fewest}"
        fact = f"{callee.name} takes {wanted} argument{'s' * (wanted != '1')}; here it has {len(operands)}."
        raise TriposError(Problem(Place(), fact))
    for operand in operands:
        if not (is_number(operand.value) or isinstance(operand.value, Undefined | Undecided)):
            fact = f"{callee.name} takes numbers; this is {described(operand.value)}."
            raise TriposError(Problem(Place(), fact))
    values = [cast("arithmetic.Result", operand.value) for operand in operands]
    result = arithmetic.applied(rule, values)
    return Worked(result, tree.rebuilt(node, [operand.tree for operand in operands]))


def _mask(operands: Sequence[Worked]) -> Worked:
    values = [operand.value for operand in operands]
    match values:
        case [Tensor(shape=shape, entries=entries)] if set(entries) <= {arithmetic.ZERO, arithmetic.ONE}:
            mask = Mask(shape, entries)
            return Worked(mask, literal(mask))
        case [Tensor()]:
            raise TriposError(Problem(Place(), "a mask holds zeros and ones only."))
        case _:
            raise TriposError(Problem(Place(), "a mask is made of one matrix.", "Write mask([0, 1; 1, 0])."))
