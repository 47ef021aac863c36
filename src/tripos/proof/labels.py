"""Labels on the edges of a graph: whether an answer labels the same edges, each with an equal value."""

from __future__ import annotations

from typing import TypeAlias, cast

from tripos.language import arithmetic, plain
from tripos.language.constant import Number, Undecidable
from tripos.language.evaluator import Budget, Evaluator
from tripos.language.names import Names
from tripos.language.notation import value_tree
from tripos.language.tree import Callee, Node, Op, Relation
from tripos.language.values import Labels, Undecided, Undefined, Value, is_number
from tripos.problem import TriposError
from tripos.proof import entries
from tripos.proof.reason import because
from tripos.proof.verdict import Certainty, Outcome, Verdict

STEPS = 5_000
Edge: TypeAlias = tuple[str, str]


def labels(key: Value, response: Node, names: Names) -> Verdict:
    """Whether every edge has the label that the key gives it."""
    wanted = dict(cast(Labels, key).edges)
    found = edges(response)
    if found is None:
        shown = plain.of(response)
        return _different("wrong-kind", wanted="A value on each edge", got=shown, sort="something else")
    given = dict(found)
    if len(given) < len(found):
        edge = next(edge for place, (edge, _) in enumerate(found) if edge in dict(found[:place]))
        return _different("label-twice", edge=_spelt(edge))
    for edge in wanted:
        if edge not in given:
            witness = (("edge", _spelt(edge)),)
            if edge[::-1] in given and edge[::-1] not in wanted:
                return _different("edge-turned", witness, edge=_spelt(edge))
            return _different("edge-missing", witness, edge=_spelt(edge))
    for edge in given:
        if edge not in wanted:
            return _different("edge-extra", (("edge", _spelt(edge)),), edge=_spelt(edge))
    verdicts = [_label(edge, wanted[edge], given[edge], names) for edge in wanted]
    for outcome in (Outcome.DIFFERENT, Outcome.UNREADABLE, Outcome.REFUSED, Outcome.UNDECIDED):
        for verdict in verdicts:
            if verdict.outcome is outcome:
                return verdict
    certainty = min((verdict.certainty for verdict in verdicts), key=entries.WEAKEST.index, default=Certainty.EXACT)
    return Verdict(Outcome.EQUAL, certainty)


def edges(response: Node) -> list[tuple[Edge, Node]] | None:
    """The edges of an answer with the trees of their labels; none where it is no list of labels."""
    parts = response.args if _is_labels(response) else (response,)
    found = []
    for part in parts:
        if part.op is not Op.COMPARE or part.value != (Relation.EQUAL,) or part.args[0].op is not Op.CHAIN:
            return None
        ends = part.args[0].args
        if len(ends) != 2 or any(end.op is not Op.NAME for end in ends):
            return None
        found.append(((str(ends[0].value), str(ends[1].value)), part.args[1]))
    return found


def _is_labels(node: Node) -> bool:
    if node.op is Op.CALL:
        return cast(Callee, node.value).name == "labels"
    return node.op in (Op.TUPLE, Op.SET)


def _label(edge: Edge, wanted: Value, given: Node, names: Names) -> Verdict:
    verdict = _compared(wanted, given, names)
    if verdict.outcome is not Outcome.DIFFERENT:
        return verdict
    both = {"got": plain.of(given), "key": plain.of_value(wanted)}
    witness = (*verdict.witness, ("edge", _spelt(edge)), ("given", both["got"]), ("key", both["key"]))
    return Verdict(Outcome.DIFFERENT, verdict.certainty, because("label", edge=_spelt(edge), **both), witness)


def _compared(wanted: Value, given: Node, names: Names) -> Verdict:
    if not is_number(wanted):
        return entries.entry(value_tree(wanted), given, names)
    try:
        value = Evaluator(budget=Budget(STEPS)).value(given, names).value
        if is_number(value):
            return _numbers(cast(Number, wanted), cast(Number, value))
    except TriposError as error:
        return Verdict(Outcome.UNREADABLE, reason=because("unreadable", fault=error.problems[0].fact))
    except Undecidable:
        return Verdict(Outcome.UNDECIDED, reason=because("close"))
    if isinstance(value, Undefined):
        return Verdict(Outcome.DIFFERENT)
    if isinstance(value, Undecided):
        return Verdict(Outcome.UNDECIDED, reason=because("close"))
    return entries.entry(value_tree(wanted), given, names)


def _numbers(wanted: Number, given: Number) -> Verdict:
    same = arithmetic.compared(wanted, given) == 0
    return Verdict(Outcome.EQUAL if same else Outcome.DIFFERENT)


def _spelt(edge: Edge) -> str:
    return f"{edge[0]} → {edge[1]}"


def _different(code: str, witness: tuple[tuple[str, str], ...] = (), **details: object) -> Verdict:
    return Verdict(Outcome.DIFFERENT, Certainty.EXACT, because(code, **details), witness)
