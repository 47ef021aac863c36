"""Display: a working made readable, and told in steps. Typesetting itself is elsewhere.

What is made readable has the same value; the trees that are marked never pass through here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from flint import fmpq

from tripos.language import arithmetic, constant, functions, plain, tree
from tripos.language.arithmetic import ZERO
from tripos.language.constant import Undecidable
from tripos.language.notation import value_tree
from tripos.language.operations import TABLE
from tripos.language.tree import Callee, Node, Op
from tripos.language.values import Formula, Shape, Undecided, Undefined, Value
from tripos.language.vocabulary import Vocabulary
from tripos.language.worked import Worked
from tripos.problem import TriposError

MERGED = (Op.ADD, Op.MULTIPLY)
NUMBERS = (Op.NUMBER, Op.DECIMAL)
# How far below the root everything is worked out at once, step by step; other operations go straight to the value.
LEVELS: Mapping[Op, Sequence[int]] = {
    **dict.fromkeys(arithmetic.OPERATIONS, (2, 1)),
    **dict.fromkeys((Op.COMPARE, Op.AND, Op.OR, Op.NOT, Op.CALL), (1,)),
}


def readable(root: Node) -> Node:
    """The tree without what only a machine writes: zeros, `a - a`, double negatives, sums in sums. Ones stay."""
    return tree.fold(_merged(root), _cleaned)


def steps(worked: Worked) -> tuple[Node, ...]:
    """The working from its expression to its value, at most four steps; steps that read alike are told once."""
    if isinstance(worked.value, Formula):
        return (readable(worked.value.tree),)
    whole = readable(worked.tree)
    if isinstance(worked.value, Shape) and len(whole.args) > 1:
        whole = Node(Op.DIMS, whole.args)  # a tuple that is a shape reads as one
    told = [whole, *_partly(whole, LEVELS.get(whole.op, ())), value_tree(worked.value)]
    texts = [plain.of(step) for step in told]
    return tuple(step for at, step in enumerate(told) if at == 0 or texts[at] != texts[at - 1])


def _merged(root: Node) -> Node:
    # Top down, so that a sum nested ten thousand deep is taken apart once, not once a level.
    results: list[Node] = []
    todo: list[tuple[Node, int]] = [(root, -1)]
    while todo:
        node, count = todo.pop()
        if count >= 0:
            first = len(results) - count
            args = tuple(results[first:])
            del results[first:]
            results.append(Node(node.op, args, node.value, node.span))
        elif node.args:
            parts = _flat(node) if node.op in MERGED else node.args
            todo.append((node, len(parts)))
            todo.extend((part, -1) for part in reversed(parts))
        else:
            results.append(node)
    return results[0]


def _flat(node: Node) -> Sequence[Node]:
    """The terms of a sum, with those of sums inside it, added or subtracted; or the factors of a product."""
    flat: list[Node] = []
    waiting = [(arg, False) for arg in reversed(node.args)]
    while waiting:
        arg, negative = waiting.pop()
        while arg.op is Op.NEGATE and (node.op is Op.ADD or arg.args[0].op is Op.NEGATE):
            if node.op is Op.ADD:
                arg, negative = arg.args[0], not negative
            else:
                arg = arg.args[0].args[0]
        if arg.op is node.op:
            waiting.extend((inner, negative) for inner in reversed(arg.args))
        else:
            flat.append(Node(Op.NEGATE, (arg,)) if negative else arg)
    return flat


def _cleaned(node: Node, args: Sequence[Node]) -> Node:
    match node.op:
        case Op.NEGATE:
            return _negative(args[0])
        case Op.ADD:
            return _sum(args)
        case Op.MULTIPLY:
            return tree.number(0) if any(map(_is_zero, args)) else tree.multiply(*args)
        case Op.DIVIDE if _sign(args[0]) < 0:
            return tree.negate(tree.divide(_negative(args[0]), args[1]))
        case _:
            return tree.rebuilt(node, args)


def _negative(node: Node) -> Node:
    if node.op in NUMBERS:
        value = cast(fmpq, node.value)
        return Node(node.op, (), -value, node.span) if value <= 0 else Node(Op.NEGATE, (node,))
    return tree.negate(node)


def _sum(args: Sequence[Node]) -> Node:
    terms = [term for term in tree.add(*args, tree.number(0)).args if not _is_zero(term)]
    keys = [_unsigned(term) for term in terms]
    totals: Counter[object] = Counter()
    for sign, body in keys:
        totals[body] += sign
    # What is left over of one sign stays where it first stood.
    left = []
    for term, (sign, body) in zip(terms, keys, strict=True):
        if totals[body] * sign > 0:
            totals[body] -= sign
            left.append(term)
    return tree.add(*left) if left else tree.number(0)


def _unsigned(node: Node) -> tuple[int, object]:
    """The sign of a term, and what it is but for the sign; products are alike in any order."""
    sign, node = (-1, node.args[0]) if node.op is Op.NEGATE else (1, node)
    if node.op is Op.MULTIPLY:
        factors = [(_sign(factor), _negative(factor) if _sign(factor) < 0 else factor) for factor in node.args]
        for factor_sign, _ in factors:
            sign *= factor_sign
        return sign, frozenset(Counter(factor for _, factor in factors).items())
    return sign * _sign(node), _negative(node) if _sign(node) < 0 else node


def _sign(node: Node) -> int:
    negative = node.op is Op.NEGATE or (node.op in NUMBERS and cast(fmpq, node.value) < 0)
    return -1 if negative else 1


def _is_zero(node: Node) -> bool:
    return node.op in NUMBERS and node.value == ZERO


def _partly(root: Node, levels: Sequence[int]) -> Iterator[Node]:
    """The tree with everything so many levels below its root worked out."""
    values: dict[int, Node] = {}

    def remember(node: Node, operands: Sequence[Value | None]) -> Value | None:
        value = _value(node, operands)
        if node.args and value is not None:
            # A pair that was written as a pair stays one: (8, 1), not 8×1.
            pair = node.op is Op.TUPLE and isinstance(value, Shape)
            values[id(node)] = tree.rebuilt(node, list(map(value_tree, _lengths(value)))) if pair else value_tree(value)
        return value

    tree.fold(root, remember)
    for level in levels:
        yield _cut(root, level, values)


def _lengths(value: Value) -> list[Value]:
    return [fmpq(dim) for dim in value.dims] if isinstance(value, Shape) else []


def _cut(node: Node, level: int, values: Mapping[int, Node]) -> Node:
    # At most two levels deep, each with one sign, so this may call itself.
    if level == 0:
        return values.get(id(node), node)
    below = level if node.op is Op.NEGATE else level - 1
    return tree.rebuilt(node, [_cut(arg, below, values) for arg in node.args])


def _value(node: Node, operands: Sequence[Value | None]) -> Value | None:
    """What a closed part comes to; none where that is not defined, not decided, or not for us to say."""
    known = [operand for operand in operands if operand is not None]
    if len(known) < len(operands) or (node.op not in TABLE and node.op not in (Op.NAME, Op.CALL)):
        return None
    try:
        value = _applied(node, known)
    except (TriposError, Undecidable):
        return None
    return None if isinstance(value, Undefined | Undecided) else value


def _applied(node: Node, operands: Sequence[Value]) -> Value | None:
    if node.op is Op.NAME:
        return {"pi": constant.pi(), "π": constant.pi(), "e": constant.exponential(fmpq(1))}.get(cast(str, node.value))
    if node.op is Op.CALL:
        callee = cast(Callee, node.value)
        return functions.applied(callee, operands) if callee.name in functions.TABLE else None
    leaf = tree.number(0)
    return TABLE[node.op](node, [Worked(operand, leaf) for operand in operands], Vocabulary())
