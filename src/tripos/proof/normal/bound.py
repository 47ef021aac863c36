"""Bound names in one spelling: what is said of k and of j in turn reads alike, and `k != y` is all indices but one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flint import fmpq

from tripos.language import tree
from tripos.language.names import Free, Names, Sort
from tripos.language.tree import Binder, Callee, Node, Op, Relation
from tripos.proof.normal.certain import INDEX_MARK

PLAIN_MARK = "%"  # a bound name that runs over something else than indices
TOTAL = frozenset({"exp", "abs", "sign", "max", "min", "clamp", "relu", "sigmoid", "tanh", "floor", "ceil"})
MAX_BINDERS = 24
MAX_SIZE = 4_000


class Overgrown(ArithmeticError):
    """A tree that grew too large while its bound names were renamed."""


def canonical(root: Node, names: Names) -> Node | None:
    """The tree with its bound names named by how deeply others depend on them; none if there are too many."""
    binders = sum(1 for node in tree.walk(root) if node.op is Op.BIND)
    if binders == 0:
        return root
    if binders > MAX_BINDERS or binders * root.size > MAX_SIZE:
        return None

    def rule(node: Node, args: Sequence[Node]) -> Node:
        rebuilt = tree.rebuilt(node, args)
        return _binding(rebuilt, names) if node.op is Op.BIND else rebuilt

    try:
        found = tree.fold(root, rule)
    except Overgrown:
        return None
    return found if found.size <= MAX_SIZE else None


def substituted(root: Node, name: str, instead: Node) -> Node:
    """The tree with a free name replaced. What is put in holds no name that the tree binds."""

    def rule(node: Node, args: Sequence[Node]) -> Node:
        if node.op is Op.NAME and node.value == name:
            return instead
        if node.op is Op.BIND and cast(Binder, node.value).variable == name:
            return tree.rebuilt(node, (node.args[0], args[1], *node.args[2:]))
        return tree.rebuilt(node, args)

    return tree.fold(root, rule)


def _binding(node: Node, names: Names) -> Node:
    if node.size > MAX_SIZE:
        raise Overgrown
    binder = cast(Binder, node.value)
    body, domain, *conditions = node.args
    conditions = [part for each in conditions for part in (each.args if each.op is Op.AND else (each,))]
    if binder.excludes:
        conditions.append(_unequal(tree.name(binder.variable), domain))
        domain = tree.call("indices", _owner(domain, names))
    left_out = [index for index in conditions if _left_out(index, binder.variable, domain, names) is not None]
    if binder.function == "sum" and left_out and _is_total(body, binder.variable, names):
        # A sum over all but one is the sum over all, less one term.
        index = cast(Node, _left_out(left_out[0], binder.variable, domain, names))
        others = [part for part in conditions if part != left_out[0]]
        term = substituted(body, binder.variable, index)
        for part in others:
            term = Node(Op.IF, (substituted(part, binder.variable, index), term, tree.number(0)))
        whole = Node(Op.BIND, (body, domain, *_conjunction(others)), Binder("sum", binder.variable))
        return tree.subtract(_binding(whole, names), term)
    mark = INDEX_MARK if is_call(domain, "indices") else PLAIN_MARK
    new = f"{mark}{_height(binder.variable, (body, *conditions))}"
    body, *conditions = [substituted(part, binder.variable, tree.name(new)) for part in (body, *conditions)]
    return Node(Op.BIND, (body, domain, *_conjunction(conditions)), Binder(binder.function, new))


def is_call(node: Node, function: str) -> bool:
    """Whether a node is a call of this function."""
    return node.op is Op.CALL and cast(Callee, node.value).name == function


def _unequal(left: Node, right: Node) -> Node:
    return Node(Op.COMPARE, (left, right), (Relation.UNEQUAL,))


def _conjunction(conditions: Sequence[Node]) -> tuple[Node, ...]:
    return tuple(conditions) if len(conditions) < 2 else (Node(Op.AND, tuple(conditions)),)


def _left_out(condition: Node, variable: str, domain: Node, names: Names) -> Node | None:
    # The y of `k != y`, where y is one of the indices that k runs over.
    if condition.op is not Op.COMPARE or condition.value != (Relation.UNEQUAL,):
        return None
    for own, other in (condition.args, condition.args[::-1]):
        if own == tree.name(variable) and other.op is Op.NAME and domain == tree.call("indices", _owner(other, names)):
            return other
    return None


def _is_total(body: Node, variable: str, names: Names) -> bool:
    # Whether a body surely has a value at every index: nothing is divided by, or a logarithm of, what depends on it.
    for node in tree.walk(body):
        match node.op:
            case Op.DIVIDE:
                risky = node.args[1:]
            case Op.POWER if node.args[1].op is not Op.NUMBER or cast(fmpq, node.args[1].value).q != 1:
                risky = node.args
            case Op.CALL if not _is_total_function(cast(Callee, node.value).name, names):
                risky = node.args
            case Op.IF | Op.BIND:
                risky = node.args
            case _:
                risky = ()
        if any(variable in tree.free_names(part) for part in risky):
            return False
    return True


def _is_total_function(function: str, names: Names) -> bool:
    return function in TOTAL and function not in names


def _owner(index: Node, names: Names) -> Node:
    # The vector whose index this is.
    meaning = names.get(str(index.value)) if index.op is Op.NAME else None
    if isinstance(meaning, Free) and meaning.sort is Sort.INDEX:
        return tree.name(meaning.of)
    return tree.call("owner", index)


def _height(variable: str, parts: Sequence[Node]) -> int:
    heights = [
        int(cast(Binder, node.value).variable[1:]) + 1
        for part in parts
        for node in tree.walk(part)
        if node.op is Op.BIND and variable in tree.free_names(node)
    ]
    return max(heights, default=0)
