"""Entries: shapes, vectors, matrices and sets in which names are free, compared entry by entry as formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from flint import fmpq

from tripos.language import plain, tree
from tripos.language.names import Names
from tripos.language.notation import value_tree
from tripos.language.tree import Node, Op
from tripos.language.values import Formula, Shape, Value
from tripos.proof import formula
from tripos.proof.normal.equality import same
from tripos.proof.reason import because
from tripos.proof.verdict import Certainty, Outcome, Verdict

MAX_ENTRIES = 400
MAX_MEMBERS = 12  # of a set: each is compared with each
LARGEST_SWAP = 4  # members of a set that are equal only together, such as the larger and the smaller of two
WEAKEST = (Certainty.SAMPLED, Certainty.NORMAL_FORM, Certainty.CERTIFIED, Certainty.EXACT)


@dataclass(frozen=True, slots=True)
class Grid:
    """Entries in row-major order, and how many along each axis."""

    sizes: tuple[int, ...]
    entries: tuple[Node, ...]


def shape(key: Value, response: Node, names: Names) -> Verdict:
    """Whether every dimension of a shape is the key's."""
    wanted = _tree(key).args
    shown = plain.of(_tree(key))
    if response.op not in (Op.TUPLE, Op.DIMS, Op.TENSOR):
        if len(wanted) > 1 and formula.compared(tree.multiply(*wanted), response, names).outcome is Outcome.EQUAL:
            return _different("product-for-shape", got=plain.of(response), key=shown)
        if len(wanted) != 1:
            return _different("wrong-kind", wanted="A shape", got=plain.of(response), sort="a formula")
        response = Node(Op.TUPLE, (response,))
    given = response.args
    while len(wanted) == 1 and len(given) > 1 and given[-1] == tree.number(1):
        given = given[:-1]  # a vector of n seen as a volume is n×1×1
    if len(given) != len(wanted):
        return _different("axes", got=plain.of(response), axes=_counted(len(given)), wanted=_counted(len(wanted)))

    def differs(place: int, own: Verdict) -> Verdict:
        got, should = plain.of(given[place]), plain.of(wanted[place])
        witness = (("dimension", str(place + 1)), ("given", got), ("key", should))
        reason = because("dimension", place=place + 1, got=got, answer=plain.of(response), key=should)
        return Verdict(Outcome.DIFFERENT, own.certainty, reason, (*own.witness, *witness))

    return _every(wanted, given, names, differs)


def tensor(key: Value, response: Node, names: Names) -> Verdict:
    """Whether every entry of a vector or matrix is the key's."""
    wanted, given = grid(_tree(key)), grid(response)
    if wanted is None or len(wanted.entries) > MAX_ENTRIES:
        return Verdict(Outcome.UNDECIDED, reason=because("long"))
    if given is None:
        if isinstance(key, Formula):
            return formula.compared(key.tree, response, names)  # such as 2·x, where x is a vector
        return Verdict(Outcome.UNDECIDED, reason=because("no-points", part=plain.of(response)))
    if given.sizes != wanted.sizes:
        return _different("size", got="×".join(map(str, given.sizes)), key="×".join(map(str, wanted.sizes)))

    def differs(place: int, own: Verdict) -> Verdict:
        row, column = divmod(place, wanted.sizes[-1])
        both = {"got": plain.of(given.entries[place]), "key": plain.of(wanted.entries[place])}
        witness = (("row", str(row + 1)), ("column", str(column + 1)), *both.items())
        reason = because("entry", row=row + 1, column=column + 1, **both)
        return Verdict(Outcome.DIFFERENT, own.certainty, reason, (*own.witness, *witness))

    return _every(wanted.entries, given.entries, names, differs)


def collection(key: Value, response: Node, names: Names) -> Verdict:
    """Whether a set has the key's members, in whatever order."""
    if response.op is not Op.SET:
        return _different("wrong-kind", wanted="A set", got=plain.of(response), sort="something else")
    wanted, given = _tree(key).args, response.args
    if max(len(wanted), len(given)) > MAX_MEMBERS:
        return Verdict(Outcome.UNDECIDED, reason=because("long"))
    verdicts = [[entry(one, other, names) for other in given] for one in wanted]
    missing = [row for row, found in enumerate(verdicts) if not _any(found, Outcome.EQUAL)]
    extra = [at for at in range(len(given)) if not _any([found[at] for found in verdicts], Outcome.EQUAL)]
    if not missing and not extra:
        equal = [verdict for found in verdicts for verdict in found if verdict.outcome is Outcome.EQUAL]
        return _weakest(equal)
    if len(missing) == len(extra) and 1 < len(missing) <= LARGEST_SWAP:
        left, right = [wanted[at] for at in missing], [given[at] for at in extra]
        if _equal_together(left, right, names):
            return Verdict(Outcome.EQUAL, Certainty.SAMPLED)
    for place in missing:
        if _all_different(verdicts[place]):
            return _different("missing", member=plain.of(wanted[place]))
    for place in extra:
        if _all_different([found[place] for found in verdicts]):
            return _different("extra", member=plain.of(given[place]))
    return Verdict(Outcome.UNDECIDED, reason=because("close"))


def entry(key: Node, answer: Node, names: Names) -> Verdict:
    """Whether one entry is the other."""
    if key.op is Op.NUMBER and answer.op in (Op.NUMBER, Op.DECIMAL):
        found = cast(fmpq, key.value) == cast(fmpq, answer.value)
        return Verdict(Outcome.EQUAL if found else Outcome.DIFFERENT)
    if same(key, answer, names):
        return Verdict(Outcome.EQUAL, Certainty.NORMAL_FORM)
    return formula.compared(key, answer, names)


def grid(node: Node) -> Grid | None:
    """The entries that a tree spells out; none for a vector or matrix that it only names."""
    match node.op:
        case Op.TENSOR:
            return Grid(cast("tuple[int, ...]", node.value), node.args)
        case Op.TUPLE | Op.DIMS:
            return Grid((len(node.args),), node.args)
        case Op.CALL if tree_of_mask(node) is not None:
            return grid(cast(Node, tree_of_mask(node)))
        case Op.GIVEN:
            spelt = value_tree(cast(Value, node.value))
            return grid(spelt) if spelt.op in (Op.TENSOR, Op.CALL, Op.DIMS) else None
        case _:
            return None


def tree_of_mask(node: Node) -> Node | None:
    """The matrix inside `mask( )`."""
    callee = cast(tree.Callee, node.value)
    return node.args[0] if callee.name == "mask" and len(node.args) == 1 else None


def _tree(key: Value) -> Node:
    if isinstance(key, Shape):
        return Node(Op.DIMS, tuple(map(tree.number, key.dims)))
    return value_tree(key)


def _every(
    wanted: Sequence[Node], given: Sequence[Node], names: Names, differs: Callable[[int, Verdict], Verdict]
) -> Verdict:
    verdicts: list[Verdict] = []
    for place, (one, other) in enumerate(zip(wanted, given, strict=True)):
        verdict = entry(one, other, names)
        if verdict.outcome is Outcome.DIFFERENT:
            return differs(place, verdict)
        verdicts.append(verdict)
    return next((verdict for verdict in verdicts if verdict.outcome is not Outcome.EQUAL), _weakest(verdicts))


def _weakest(verdicts: Sequence[Verdict]) -> Verdict:
    certainty = min((verdict.certainty for verdict in verdicts), key=WEAKEST.index, default=Certainty.EXACT)
    return Verdict(Outcome.EQUAL, certainty)


def _any(verdicts: Sequence[Verdict], outcome: Outcome) -> bool:
    return any(verdict.outcome is outcome for verdict in verdicts)


def _all_different(verdicts: Sequence[Verdict]) -> bool:
    return all(verdict.outcome is Outcome.DIFFERENT for verdict in verdicts)


def _equal_together(left: Sequence[Node], right: Sequence[Node], names: Names) -> bool:
    # Sums of equal powers: as many as there are members fix the members.
    for power in range(1, len(left) + 1):
        one, other = (
            tree.add(*(tree.power(member, tree.number(power)) for member in members)) for members in (left, right)
        )
        if entry(one, other, names).outcome is not Outcome.EQUAL:
            return False
    return True


def _counted(axes: int) -> str:
    return "1 dimension" if axes == 1 else f"{axes} dimensions"


def _different(code: str, **details: object) -> Verdict:
    return Verdict(Outcome.DIFFERENT, Certainty.EXACT, because(code, **details))
