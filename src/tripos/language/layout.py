"""Layout: what stands elsewhere on paper than in the tree: cases in one list, under a sum what it runs over.

The trees that come out are for typesetting alone. The author's line keeps the tree as it is, but for given values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import cast

from flint import fmpq

from tripos.language import tree
from tripos.language.notation import decimal, spelt
from tripos.language.tree import Binder, Callee, Node, Op
from tripos.language.values import NO_CASE


class Layout(Enum):
    """The three ways to lay a tree out."""

    SOURCE = "the author's line"
    PAPER = "a line on paper"
    DRAWN = "two dimensions"


class Over(Enum):
    """What the variable of a binder runs over."""

    OTHERS = "all indices but one"
    MEMBERS = "the members of a set"
    ALL = "all indices"
    BETWEEN = "the whole numbers between two ends"


ENDS = {Over.OTHERS: 1, Over.MEMBERS: 1, Over.ALL: 0, Over.BETWEEN: 2}


@dataclass(frozen=True, slots=True)
class Scope:
    """A binder on paper. The operands of its node are the body, what the variable runs over, and a condition."""

    binder: Binder
    over: Over

    @property
    def ends(self) -> int:
        """How many operands tell what the variable runs over."""
        return ENDS[self.over]


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs under a sum, in one style."""

    unequal: str
    member: str
    at_most: str
    equal: str
    comma: str


def limits(node: Node, texts: Sequence[str], variable: str, signs: Signs) -> tuple[str, str]:
    """What stands under the sign of a binder, and what above it."""
    scope = cast(Scope, node.value)
    ends, conditions = texts[1 : 1 + scope.ends], texts[1 + scope.ends :]
    if scope.over is Over.BETWEEN and scope.binder.function in ("sum", "prod") and not conditions:
        return f"{variable}{signs.equal}{ends[0]}", ends[1]
    first, last = (ends[0], ends[-1]) if ends else ("", "")
    below = {
        Over.OTHERS: f"{variable}{signs.unequal}{first}",
        Over.MEMBERS: f"{variable}{signs.member}{first}",
        Over.ALL: variable,
        Over.BETWEEN: f"{first}{signs.at_most}{variable}{signs.at_most}{last}",
    }[scope.over]
    return signs.comma.join([below, *conditions]), ""


def prepared(root: Node, layout: Layout) -> Node:
    """The tree with given values spelt out, long decimals as on paper, and everything else in its place there."""

    def rule(node: Node, args: Sequence[Node]) -> Node:
        match node.op:
            case Op.DECIMAL:
                return _decimal(node, layout)
            case _ if layout is Layout.SOURCE:
                return tree.rebuilt(node, args)
            case Op.IF:
                return _cases(node, args, layout)
            case Op.BIND:
                return _scoped(node, args)
            case Op.CALL if cast(Callee, node.value).name == "labels":
                return Node(Op.CALL, tuple(part for arg in args for part in _labelled(arg)), node.value)
            case _:
                return tree.rebuilt(node, args)

    return tree.fold(spelt(root), rule)


def _cases(node: Node, args: Sequence[Node], layout: Layout) -> Node:
    condition, then, otherwise = args
    if otherwise == NO_CASE:
        return Node(Op.IF, (condition, then))
    # A list of cases has an even number of operands where it has no "otherwise".
    if otherwise.op is Op.IF and (layout is Layout.DRAWN or len(otherwise.args) % 2 == 0):
        return Node(Op.IF, (condition, then, *otherwise.args))
    return tree.rebuilt(node, args)


def _scoped(node: Node, args: Sequence[Node]) -> Node:
    body, domain, *condition = args
    binder = cast(Binder, node.value)
    function = cast(Callee, domain.value).name if domain.op is Op.CALL else ""
    ends: tuple[Node, ...] = (domain,)
    over = Over.OTHERS if binder.excludes else Over.MEMBERS
    if function == "indices" and not binder.excludes:
        over, ends = Over.ALL, ()
    if function == "range" and len(domain.args) == 2 and not binder.excludes:
        over, ends = Over.BETWEEN, domain.args
    return Node(Op.BIND, (body, *ends, *condition), Scope(binder, over))


def _labelled(arg: Node) -> tuple[Node, ...]:
    return arg.args if arg.op is Op.COMPARE and len(arg.args) == 2 else (arg, NO_CASE)


def _decimal(node: Node, layout: Layout) -> Node:
    found = decimal(cast(fmpq, node.value))
    if found is None:
        return Node(Op.NUMBER, (), node.value, node.span)
    exponent = found[1]
    if layout is Layout.SOURCE or not exponent:
        return node
    mantissa = Node(Op.DECIMAL, value=cast(fmpq, node.value) / fmpq(10) ** exponent)
    if decimal(cast(fmpq, mantissa.value)) != (found[0], 0):
        return Node(Op.NUMBER, (), node.value, node.span)  # too many digits for any decimal
    return tree.multiply(mantissa, tree.power(tree.number(10), tree.number(exponent)))
