"""What each operation comes to: one table from operation to rule, for evaluation.

A rule gets the node, its operands' worked values and the vocabulary. The operations that decide themselves which
operands they need (a conditional, a binder, a call, an interval) are generators that ask for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, cast

from flint import fmpq

from tripos.language import arithmetic, binders, constant, functions, tensors, tree
from tripos.language.names import Free, Names, Shared
from tripos.language.notation import INFINITY
from tripos.language.rule import Subtree, Working
from tripos.language.tree import Node, Op, Relation
from tripos.language.truth import compared, conjunction, negation
from tripos.language.values import (
    Collection,
    Formula,
    Interval,
    Shape,
    Tensor,
    Undecided,
    Undefined,
    Value,
    described,
    integer,
    is_number,
)
from tripos.language.vocabulary import DOMAINS, Vocabulary
from tripos.language.worked import Worked, formula, literal
from tripos.problem import Place, Problem, TriposError, nearest

Eager: TypeAlias = Callable[[Node, Sequence[Worked], Vocabulary], Value]


def evaluated(node: Node, names: Names, vocabulary: Vocabulary) -> Working:
    """What a node comes to. Where a free name remains in it, that is a formula."""
    match node.op:
        case Op.NAME:
            meaning = names.get(cast(str, node.value))
            if isinstance(meaning, Shared):
                return (yield meaning)
            return _name(node, meaning, names, vocabulary)
        case Op.IF:
            return (yield from _conditional(node, names))
        case Op.BIND:
            return (yield from binders.bound(node, names, vocabulary))
        case Op.CALL:
            return (yield from functions.called(node, names, vocabulary))
        case Op.INTERVAL:
            return (yield from _interval(node, names))
    operands = []
    for arg in node.args:
        operands.append((yield Subtree(arg, names)))
    if any(isinstance(operand.value, Formula) for operand in operands):
        return formula(node, operands)
    value = TABLE[node.op](node, operands, vocabulary)
    shown = tree.rebuilt(node, [operand.tree for operand in operands])
    return Worked(value, shown if node.op in ARITHMETIC or node.op in SHOWN else literal(value))


def _name(node: Node, meaning: Worked | Free | None, names: Names, vocabulary: Vocabulary) -> Worked:
    word = cast(str, node.value)
    if isinstance(meaning, Worked):
        return meaning
    if isinstance(meaning, Free):
        return Worked(Formula(node), node)
    if word in DOMAINS:
        return Worked(DOMAINS[word], node)
    if word in ("pi", "π"):
        return Worked(constant.pi(), node)
    if word == "e":
        return Worked(constant.exponential(fmpq(1)), node)
    if vocabulary.code is not None and len(word) > 1 and word.isupper():
        vocabulary.code(word)  # raises, and knows which codes there are
    if word.upper() != word and any(word.upper().startswith(code) for code in vocabulary.codes):
        raise TriposError(Problem(Place(), f"{word} has no meaning here.", f"Layers are in capitals: {word.upper()}."))
    if word == INFINITY.value:
        raise TriposError(Problem(Place(), "∞ is not a number.", "It stands at the end of an interval: open(0, ∞)."))
    known = [*names, *vocabulary.words]
    raise TriposError(
        Problem(Place(), f"{word} has no meaning here.", nearest(word, known) or "Define it in a let block.")
    )


def _conditional(node: Node, names: Names) -> Working:
    condition, then, otherwise = node.args
    decided = yield Subtree(condition, names)
    if isinstance(decided.value, Formula):
        operands = [decided, (yield Subtree(then, names)), (yield Subtree(otherwise, names))]
        return formula(node, operands)
    if isinstance(decided.value, bool):
        return (yield Subtree(then if decided.value else otherwise, names))
    if isinstance(decided.value, Undecided):
        return decided
    raise TriposError(Problem(Place(), f"a condition is needed after if; this is {described(decided.value)}."))


def _interval(node: Node, names: Names) -> Working:
    ends = []
    for arg, infinite in zip(node.args, (tree.negate(INFINITY), INFINITY), strict=True):
        ends.append(Worked(INFINITE, arg) if arg == infinite else (yield Subtree(arg, names)))
    first, last = (
        closed and end.value is not INFINITE
        for closed, end in zip(cast("tuple[bool, bool]", node.value), ends, strict=True)
    )
    bounded = Node(Op.INTERVAL, node.args, (first, last), node.span)  # no infinite end belongs to it
    if any(isinstance(end.value, Formula) for end in ends):
        return formula(bounded, ends)
    low, high = (None if end.value is INFINITE else end.number for end in ends)
    return Worked(Interval(low, high, (first, last)), tree.rebuilt(bounded, [end.tree for end in ends]))


def _arithmetic(node: Node, operands: Sequence[Worked], _: Vocabulary) -> Value:
    if node.op is Op.HADAMARD or any(isinstance(operand.value, Tensor) for operand in operands):
        return tensors.applied(node.op, [operand.value for operand in operands])
    values = [_numeric(operand.value) for operand in operands]
    return arithmetic.applied(arithmetic.OPERATIONS[node.op], values)


def _numeric(value: Value) -> arithmetic.Result:
    if is_number(value) or isinstance(value, Undefined | Undecided):
        return cast("arithmetic.Result", value)
    raise TriposError(Problem(Place(), f"numbers are needed here; this is {described(value)}."))


def _compare(node: Node, operands: Sequence[Worked], _: Vocabulary) -> Value:
    relations = cast("tuple[Relation, ...]", node.value)
    steps = [
        compared(left.value, relation, right.value)
        for left, relation, right in zip(operands, relations, operands[1:], strict=False)
    ]
    return conjunction(steps)


def _logical(node: Node, operands: Sequence[Worked], _: Vocabulary) -> Value:
    for operand in operands:
        if not isinstance(operand.value, bool | Undecided):
            raise TriposError(Problem(Place(), f"{node.op} joins statements; this is {described(operand.value)}."))
    values = [operand.value for operand in operands]
    if node.op is Op.NOT:
        return negation(values[0])
    if node.op is Op.AND:
        return conjunction(values)
    return negation(conjunction([negation(value) for value in values]))


def _dims(_: Node, operands: Sequence[Worked], __: Vocabulary) -> Value:
    return Shape(tuple(integer(operand.value, "a length") for operand in operands))


def _code(node: Node, operands: Sequence[Worked], vocabulary: Vocabulary) -> Value:
    pieces = cast("tuple[str, ...]", node.value)
    holes = [str(integer(operand.value, "what stands in braces")) for operand in operands]
    text = "".join(piece + hole for piece, hole in zip(pieces, [*holes, ""], strict=True))
    if vocabulary.code is None:
        raise TriposError(Problem(Place(), f"{text} has no meaning here."))
    return vocabulary.code(text)


def _chain(_: Node, operands: Sequence[Worked], vocabulary: Vocabulary) -> Value:
    if vocabulary.chain is None:
        raise TriposError(Problem(Place(), "an arrow has no meaning here."))
    return vocabulary.chain([operand.value for operand in operands])


def _on(_: Node, operands: Sequence[Worked], vocabulary: Vocabulary) -> Value:
    if vocabulary.on is None:
        raise TriposError(Problem(Place(), '"on" has no meaning here.'))
    return vocabulary.on(operands[0].value, operands[1].value)


def _entry(_: Node, operands: Sequence[Worked], __: Vocabulary) -> Value:
    base, *indices = (operand.value for operand in operands)
    if not isinstance(base, Tensor | Shape):
        raise TriposError(
            Problem(Place(), f"only a vector, a matrix or a shape has entries; this is {described(base)}.")
        )
    places = [integer(index, "an index") for index in indices]
    shape = base.shape if isinstance(base, Tensor) else (len(base.dims),)
    if len(shape) != len(places) or not all(1 <= place <= size for place, size in zip(places, shape, strict=True)):
        fact = f"there is no entry {', '.join(map(str, places))} in {described(base)} of {'×'.join(map(str, shape))}."
        raise TriposError(Problem(Place(), fact, "Indices count from 1."))
    offset = 0
    for place, size in zip(places, shape, strict=True):
        offset = offset * size + place - 1
    return base.entries[offset] if isinstance(base, Tensor) else fmpq(base.dims[offset])


def _set(_: Node, operands: Sequence[Worked], __: Vocabulary) -> Value:
    return Collection(tuple(dict.fromkeys(operand.value for operand in operands)))


def _tensor(node: Node, operands: Sequence[Worked], _: Vocabulary) -> Value:
    return Tensor(cast("tuple[int, ...]", node.value), tuple(operand.number for operand in operands))


def _leaf(node: Node, _: Sequence[Worked], __: Vocabulary) -> Value:
    return cast(Value, node.value)


INFINITE = Undefined("without bound")  # where an interval has no end
ARITHMETIC = frozenset({*arithmetic.OPERATIONS, Op.HADAMARD})
SHOWN = frozenset({Op.COMPARE, Op.AND, Op.OR, Op.NOT, Op.TUPLE, Op.SET, Op.TENSOR, Op.DIMS, Op.DECIMAL})

TABLE: Mapping[Op, Eager] = {
    **dict.fromkeys((Op.NUMBER, Op.DECIMAL, Op.TEXT, Op.TRUTH, Op.GIVEN), _leaf),
    **dict.fromkeys(ARITHMETIC, _arithmetic),
    **dict.fromkeys((Op.AND, Op.OR, Op.NOT), _logical),
    **dict.fromkeys((Op.DIMS, Op.TUPLE), _dims),
    Op.COMPARE: _compare,
    Op.CODE: _code,
    Op.CHAIN: _chain,
    Op.ON: _on,
    Op.ENTRY: _entry,
    Op.SET: _set,
    Op.TENSOR: _tensor,
}
