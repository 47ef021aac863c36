"""Grounds: what a key rests on, told from its expression, its value and the trace of its working. Never the key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tripos.exam.definitions import expanded
from tripos.language.evaluator import Step
from tripos.language.names import Names, Shared
from tripos.language.tree import Binder, Callee, Node, Op
from tripos.language.values import Value
from tripos.language.vocabulary import QUANTIFIERS
from tripos.proof.evidence import Evidence, Sort

ENUMERATED = "every case was looked at"
FOUND = "a case was found"
DERIVATIVE = "derivative"

# What a claim over finitely many cases rests on, by its quantifier and its truth.
FINITE = {
    ("always", True): Sort.PROOF,
    ("always", False): Sort.COUNTEREXAMPLE,
    ("never", True): Sort.PROOF,
    ("never", False): Sort.COUNTEREXAMPLE,
    ("sometimes", True): Sort.EXAMPLE,
    ("sometimes", False): Sort.PROOF,
}
NONE_HOLDS = Evidence(Sort.EXACT_COMPUTATION, "it is right when no other option is")


def evidence(tree: Node, names: Names, trace: Sequence[Step], value: Value, because: str) -> Evidence:
    """What the value of an expression rests on; the author's word where nothing was computed."""
    own = [_own_rule(node) for node, _ in expanded(tree, names) if _own_rule(node)]
    # The outermost call is recorded last, and says most.
    rules = tuple(dict.fromkeys([*(step.call.name for step in reversed(trace)), *own]))
    if not rules:
        return Evidence(Sort.STATEMENT, because)
    sort = FINITE.get((_quantifier(_behind(tree, names)), value is True)) if isinstance(value, bool) else None
    if sort is None:
        return Evidence(Sort.EXACT_COMPUTATION, because, rules)
    return Evidence(sort, because or (ENUMERATED if sort is Sort.PROOF else FOUND), rules)


def together(parts: Iterable[Evidence]) -> Evidence:
    """What several claims rest on as one: a statement if any of them is, otherwise what was computed."""
    found = tuple(parts)
    why = " ".join(dict.fromkeys(part.why for part in found if part.why))
    if any(part.sort is Sort.STATEMENT for part in found):
        return Evidence(Sort.STATEMENT, why)
    sorts = {part.sort for part in found}
    rules = tuple(dict.fromkeys(name for part in reversed(found) for name in part.rules))
    return Evidence(sorts.pop() if len(sorts) == 1 else Sort.EXACT_COMPUTATION, why, rules)


def _own_rule(node: Node) -> str:
    # What the language itself works out, without a rule of the engine.
    if isinstance(node.value, Callee) and node.value.name == DERIVATIVE:
        return DERIVATIVE
    return _quantifier(node)


def _quantifier(node: Node) -> str:
    return node.value.function if isinstance(node.value, Binder) and node.value.function in QUANTIFIERS else ""


def _behind(tree: Node, names: Names) -> Node:
    # A claim asked by its name is the claim.
    while tree.op is Op.NAME and isinstance(meaning := names.get(str(tree.value)), Shared):
        tree, names = meaning.tree, meaning.names
    return tree
