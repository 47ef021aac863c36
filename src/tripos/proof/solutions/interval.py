"""Intervals: whether both ends are the key's, and belong to it alike. `0 <= x < 1` is [0, 1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from tripos.language import arithmetic, plain, tree
from tripos.language.constant import Number, Undecidable
from tripos.language.evaluator import Budget, Evaluator
from tripos.language.names import Free, Names, Sort
from tripos.language.notation import value_tree
from tripos.language.tree import Callee, Node, Op, Relation
from tripos.language.values import Formula, Interval, Value, is_number
from tripos.problem import TriposError
from tripos.proof import entries
from tripos.proof.reason import Reason, because
from tripos.proof.solutions import region
from tripos.proof.solutions.statement import CONSTANTS, STATEMENTS
from tripos.proof.verdict import Certainty, Outcome, Verdict

STEPS = 5_000
INFINITY = "∞"


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of an interval, none where it has no end there, and whether each belongs to it."""

    low: Node | None
    high: Node | None
    closed: tuple[bool, bool]


def interval(key: Value, response: Node, names: Names) -> Verdict:
    """Whether an answer, as an interval or as an inequality about one number, is the key."""
    wanted, given = ends(_tree(key)), ends(response)
    if wanted is not None and given is not None:
        return _compared(wanted, given, names)
    if wanted is not None and response.op in STATEMENTS:
        return _as_statements(wanted, response, names, answered=False)
    if given is not None and isinstance(key, Formula) and key.tree.op in STATEMENTS:
        return _as_statements(given, key.tree, names, answered=True)
    reason = because("wrong-kind", wanted="An interval", got=plain.of(response), sort="none")
    return Verdict(Outcome.DIFFERENT, reason=reason)


def ends(node: Node) -> Ends | None:
    """The ends of an interval that a tree spells out."""
    closed = _closed(node)
    if closed is None or len(node.args) != 2:
        return None
    low, high = node.args
    # An infinite end belongs to no interval, however it was written; on the wrong side it is an end like others.
    left = None if _infinite(low) == -1 else low
    right = None if _infinite(high) == 1 else high
    return Ends(left, right, (closed[0] and left is not None, closed[1] and right is not None))


def _closed(node: Node) -> tuple[bool, bool] | None:
    if node.op is Op.INTERVAL:
        return cast("tuple[bool, bool]", node.value)
    name = cast(Callee, node.value).name if node.op is Op.CALL else ""
    return {"open": (False, False), "closed": (True, True)}.get(name)


def between(where: Ends, name: str) -> Node:
    """What an interval says of a number."""
    number = tree.name(name)
    parts = []
    if where.low is not None:
        relation = Relation.AT_MOST if where.closed[0] else Relation.LESS
        parts.append(Node(Op.COMPARE, (where.low, number), (relation,)))
    if where.high is not None:
        relation = Relation.AT_MOST if where.closed[1] else Relation.LESS
        parts.append(Node(Op.COMPARE, (number, where.high), (relation,)))
    if not parts:
        return Node(Op.TRUTH, value=True)
    return parts[0] if len(parts) == 1 else Node(Op.AND, tuple(parts))


def _infinite(node: Node) -> int:
    negative = node.op is Op.NEGATE
    inner = node.args[0] if negative else node
    if inner.op is not Op.NAME or inner.value != INFINITY:
        return 0
    return -1 if negative else 1


def _tree(key: Value) -> Node:
    if isinstance(key, Interval):
        infinity = tree.name(INFINITY)
        low = tree.negate(infinity) if key.low is None else value_tree(key.low)
        high = infinity if key.high is None else value_tree(key.high)
        return Node(Op.INTERVAL, (low, high), key.closed)
    return value_tree(key)


def _compared(wanted: Ends, given: Ends, names: Names) -> Verdict:
    verdicts = [_end(wanted.low, given.low, names), _end(wanted.high, given.high, names)]
    for place, (verdict, should, got) in enumerate(
        zip(verdicts, (wanted.low, wanted.high), (given.low, given.high), strict=True)
    ):
        if verdict.outcome is Outcome.DIFFERENT:
            details = {"end": _SIDES[place], "got": _spelt(got, place), "key": _spelt(should, place)}
            return _different(Certainty.EXACT, because("end", **details), tuple(details.items()))
    for verdict in verdicts:
        if verdict.outcome is not Outcome.EQUAL:
            return verdict
    for place, (should_close, closes) in enumerate(zip(wanted.closed, given.closed, strict=True)):
        end = _spelt((wanted.low, wanted.high)[place], place)
        if should_close and not closes:
            return _different(Certainty.EXACT, because("end-missing", end=end), (("end", end),))
        if closes and not should_close:
            return _different(Certainty.EXACT, because("end-extra", end=end), (("end", end),))
    return Verdict(Outcome.EQUAL, min((each.certainty for each in verdicts), key=entries.WEAKEST.index))


_SIDES = ("left", "right")


def _end(wanted: Node | None, given: Node | None, names: Names) -> Verdict:
    if wanted is None or given is None or _infinite(wanted) or _infinite(given):
        return Verdict(Outcome.EQUAL if wanted == given else Outcome.DIFFERENT)
    one, other = _number(wanted), _number(given)
    if one is None or other is None:
        return entries.entry(wanted, given, names)
    try:
        same = arithmetic.compared(one, other) == 0
    except Undecidable:
        return Verdict(Outcome.UNDECIDED, reason=because("close"))
    return Verdict(Outcome.EQUAL if same else Outcome.DIFFERENT)


def _number(node: Node) -> Number | None:
    try:
        value = Evaluator(budget=Budget(STEPS)).value(node, {}).value
    except TriposError:
        return None
    return cast(Number, value) if is_number(value) else None


def _as_statements(where: Ends, statement: Node, names: Names, answered: bool) -> Verdict:
    own = frozenset().union(*(tree.free_names(end) for end in (where.low, where.high) if end is not None))
    about = sorted(tree.free_names(statement) - own - (CONSTANTS - frozenset(names)))
    if len(about) != 1:
        reason = because("wrong-kind", wanted="An interval", got=plain.of(statement), sort="none")
        return Verdict(Outcome.UNDECIDED if answered else Outcome.DIFFERENT, reason=reason)
    (name,) = about
    meaning = {name: Free(Sort.REAL), **names}
    trees = (statement, between(where, name)) if answered else (between(where, name), statement)
    return region.compared(*trees, meaning)


def _spelt(end: Node | None, place: int) -> str:
    return plain.of(end) if end is not None else ("−∞", "∞")[place]


def _different(certainty: Certainty, reason: Reason, witness: tuple[tuple[str, str], ...]) -> Verdict:
    return Verdict(Outcome.DIFFERENT, certainty, reason, witness)
