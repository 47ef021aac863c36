"""Calls: functions of numbers and tensors, functions that are free names, constructors, and the rules of an engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, cast

from flint import fmpq

from tripos.language import arithmetic, tensors, tree
from tripos.language.differentiation import differentiated
from tripos.language.names import Free, Names, Shared, Sort, is_free_function
from tripos.language.rule import Subtree, Working
from tripos.language.tree import Callee, Node, Op
from tripos.language.values import (
    Collection,
    Formula,
    Labels,
    Mask,
    Order,
    Shape,
    Tensor,
    Undecided,
    Undefined,
    Value,
    described,
    integer,
    is_number,
)
from tripos.language.vocabulary import QUANTIFIERS, REDUCTIONS, Vocabulary, refused
from tripos.language.worked import Worked, formula, literal
from tripos.problem import Place, Problem, Refusal, TriposError, nearest

Rule: TypeAlias = Callable[[Sequence[Value]], Value]

MAX_MEMBERS = 10_000  # of a range


def called(node: Node, names: Names, vocabulary: Vocabulary) -> Working:
    """What a call comes to."""
    callee = cast(Callee, node.value)
    if callee.name in UNEVALUATED:
        return (yield from UNEVALUATED[callee.name](node, names))
    operands = []
    for arg in node.args:
        operands.append((yield Subtree(arg, names)))
    if callee.name in vocabulary.functions:
        call = vocabulary.functions[callee.name].call(*_arguments(callee, operands))
        return (yield call)
    if is_free_function(callee.name, names):
        return formula(node, operands)
    if callee.name not in TABLE:
        raise _unknown(callee.name, vocabulary)
    _refuse_number_of_arguments(callee, len(operands))
    if callee.name in ORDERS:
        return _order(node, operands)
    if any(isinstance(part.value, Formula) for part in operands):
        return formula(node, operands)
    value = applied(callee, [operand.value for operand in operands])
    if isinstance(value, Mask):
        return Worked(value, literal(value))
    if isinstance(value, Collection):
        return Worked(value, Node(Op.SET, tuple(map(literal, value.members))))
    return Worked(value, tree.rebuilt(node, [operand.tree for operand in operands]))


def applied(callee: Callee, values: Sequence[Value]) -> Value:
    """What a function of the language comes to for these values."""
    _refuse_number_of_arguments(callee, len(values))
    missing = next((value for value in values if isinstance(value, Undefined | Undecided)), None)
    return TABLE[callee.name][0](values) if missing is None else missing


def _refuse_number_of_arguments(callee: Callee, count: int) -> None:
    _, fewest, most = TABLE[callee.name]
    if callee.keywords or not fewest <= count <= most:
        wanted = str(fewest) if fewest == most else f"{fewest} or {most}" if most == 2 else f"at least {fewest}"
        fact = f"{callee.name} takes {wanted} argument{'s' * (wanted != '1')}; here it has {count}."
        raise TriposError(Problem(Place(), fact))


def _unknown(word: str, vocabulary: Vocabulary) -> TriposError:
    if word in QUANTIFIERS | REDUCTIONS:
        remedy = f"Write {word}(... for x in ...)."
        return TriposError(Problem(Place(), f"{word} needs to know what it runs over.", remedy))
    return TriposError(Problem(Place(), f"there is no function {word}.", nearest(word, vocabulary.words)))


def _arguments(callee: Callee, operands: Sequence[Worked]) -> tuple[list[Value], Mapping[str, Value]]:
    values = [operand.value for operand in operands]
    for value in values:
        if isinstance(value, Formula):
            free = ", ".join(sorted(tree.free_names(value.tree)))
            raise TriposError(Problem(Place(), f"{callee.name} needs a definite value; {free} has none."))
    first = len(values) - len(callee.keywords)
    return values[:first], dict(zip(callee.keywords, values[first:], strict=True))


def _order(node: Node, operands: Sequence[Worked]) -> Worked:
    growth = operands[0]
    if not isinstance(growth.value, Formula) and not is_number(growth.value):
        raise refused(growth.value, "how fast something grows")
    value = Order(growth.tree, exact=cast(Callee, node.value).name != "O")
    return Worked(value, tree.rebuilt(node, [growth.tree]))


def _labels(node: Node, names: Names) -> Working:
    edges: dict[tuple[str, str], Value] = {}
    for arg in node.args:
        if arg.op is not Op.COMPARE or arg.args[0].op is not Op.CHAIN or len(arg.args[0].args) != 2:
            raise TriposError(Problem(Place(), "a label is an edge, = and a value.", "Write labels(x -> m = 2)."))
        start, end = (str(part.value) for part in arg.args[0].args)
        label = yield Subtree(arg.args[1], names)
        if not is_number(label.value):
            raise refused(label.value, "a number on an edge")
        if (start, end) in edges:
            raise TriposError(Problem(Place(), f"the edge from {start} to {end} has two labels."))
        edges[start, end] = label.value
    value = Labels(tuple(edges.items()))
    return Worked(value, node)


def _derivative(node: Node, names: Names) -> Working:
    if len(node.args) != 2 or cast(Callee, node.value).keywords:
        raise TriposError(Problem(Place(), "derivative takes an expression and a name.", "Write derivative(x^2, x)."))
    root, by = node.args
    word = _free_name(by, names)
    meaning = names.get(word)
    inside = names
    if isinstance(meaning, Worked):
        # A drawn name, or one that a binder gives a value: differentiated as a free one, then taken at that value.
        inside = {**names, word: Free(Sort.REAL)}
        if any(isinstance(names.get(other), Shared) for other in tree.free_names(root)):
            fact = f"{word} has a value here, and what is differentiated has parts with names of their own."
            raise TriposError(Problem(Place(), fact, "Write it out, or declare the name free."))
    found = yield Subtree(root, inside)
    if not isinstance(found.value, Formula) and not is_number(found.value):
        raise refused(found.value, "a formula to differentiate")
    at = yield Subtree(by, inside)
    return (yield Subtree(differentiated(found.tree, at.tree, inside), names))


def _free_name(by: Node, names: Names) -> str:
    base = by.args[0] if by.op is Op.ENTRY else by
    meaning = names.get(str(base.value)) if base.op is Op.NAME else None
    sorts = (Sort.VECTOR, Sort.MATRIX) if by.op is Op.ENTRY else (Sort.REAL, Sort.POSITIVE, Sort.INTERVAL)
    of_number = isinstance(meaning, Worked) and is_number(meaning.value) and by.op is Op.NAME
    if not of_number and not (isinstance(meaning, Free) and meaning.sort in sorts):
        fact = "a derivative is taken by a real name, or by an entry of a vector."
        raise TriposError(Problem(Place(), fact, "Declare it free: x : real."))
    return str(base.value)


def _mask(values: Sequence[Value]) -> Value:
    match values:
        case [Tensor(shape=shape, entries=entries)] if set(entries) <= {arithmetic.ZERO, arithmetic.ONE}:
            return Mask(shape, entries)
        case [Tensor()]:
            raise TriposError(Problem(Place(), "a mask holds zeros and ones only."))
        case _:
            raise TriposError(Problem(Place(), "a mask is made of one matrix.", "Write mask([0, 1; 1, 0])."))


def _range(values: Sequence[Value]) -> Value:
    first, last = (integer(value, "an end of a range") for value in values)
    if last - first >= MAX_MEMBERS:
        fact = f"the range from {first} to {last} has more than {MAX_MEMBERS:,} members."
        raise Refusal(Problem(Place(), fact, "Use a smaller one."))
    return Collection(tuple(map(fmpq, range(first, last + 1))))


def _indices(values: Sequence[Value]) -> Value:
    match values:
        case [Tensor(shape=(size,))]:
            return _range([arithmetic.ONE, fmpq(size)])
        case [Shape(dims=dims)]:
            return _range([arithmetic.ONE, fmpq(len(dims))])
        case [Tensor(shape=sizes), axis] if integer(axis, "an axis") in range(1, len(sizes) + 1):
            return _range([arithmetic.ONE, fmpq(sizes[integer(axis, "an axis") - 1])])
        case [Tensor(), *_]:
            remedy = "Write indices(W, 1) for the rows of a matrix, indices(W, 2) for its columns."
            raise TriposError(Problem(Place(), "these indices do not say along which axis.", remedy))
        case _:
            raise TriposError(Problem(Place(), f"a vector has indices; this is {described(values[0])}."))


def _of_numbers(name: str, rule: arithmetic.Apply) -> Rule:
    def value(values: Sequence[Value]) -> Value:
        for each in values:
            if not (is_number(each) or isinstance(each, Tensor)):
                raise TriposError(Problem(Place(), f"{name} takes numbers; this is {described(each)}."))
        if not any(isinstance(each, Tensor) for each in values):
            return arithmetic.applied(rule, cast("Sequence[arithmetic.Result]", values))
        if name in REDUCTIONS and len(values) == 1:
            remedy = f"Write {name}(v[k] for k in indices(v))."
            raise TriposError(Problem(Place(), f"{name} takes the entries of a vector one by one.", remedy))
        return tensors.elementwise(rule, values)

    return value


def _spread(rule: tensors.Rule) -> Rule:
    return lambda values: rule(*values)


UNEVALUATED: Mapping[str, Callable[[Node, Names], Working]] = {"labels": _labels, "derivative": _derivative}
ORDERS = frozenset({"O", "Theta"})
# name: (rule, the fewest and the most arguments)
TABLE: Mapping[str, tuple[Rule, int, int]] = {
    **{name: (_of_numbers(name, rule), low, high) for name, (rule, low, high) in arithmetic.FUNCTIONS.items()},
    **{name: (_spread(rule), low, high) for name, (rule, low, high) in tensors.FUNCTIONS.items()},
    **dict.fromkeys(ORDERS, (lambda values: values[0], 1, 1)),
    "mask": (_mask, 1, 1),
    "range": (_range, 2, 2),
    "indices": (_indices, 1, 2),
}
