"""Statements: an equation or inequality as a set of points. Where it has no value, it does not hold."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import TypeAlias, cast

from flint import arb, fmpq

from tripos.language import tree
from tripos.language.names import Free, Names, Sort
from tripos.language.notation import letters
from tripos.language.tree import Callee, Node, Op, Relation
from tripos.language.truth import ORDER
from tripos.proof.normal.equality import same
from tripos.proof.points.ground import ends, within
from tripos.proof.points.program import Program, program
from tripos.proof.points.run import Meter, Run, Unsupported
from tripos.proof.points.scalar import UNKNOWN, Condition, Nothing, conjunction, negation, sign
from tripos.proof.points.witness import shown
from tripos.proof.reason import because
from tripos.proof.verdict import Certainty, Outcome, Verdict

Number: TypeAlias = fmpq | arb
Where: TypeAlias = Mapping[str, Number]
CONSTANTS = frozenset({"e", "pi", "π", "∞"})
LOGIC = frozenset({Op.GIVEN, Op.TRUTH, Op.AND, Op.OR, Op.NOT})
STATEMENTS = frozenset({Op.COMPARE, Op.AND, Op.OR, Op.NOT})
REAL = Free(Sort.REAL)
WHOLE = (Sort.INTEGER, Sort.POSITIVE_INTEGER)
COUNT = Free(Sort.POSITIVE_INTEGER)


class Draw(Enum):
    """How large a number is drawn: small whole ones make a readable witness, others meet no identity by chance."""

    SIMPLE = "simple"
    GENERIC = "generic"
    FAR = "far"
    FARTHER = "farther"


SIZES: Mapping[Draw, tuple[int, ...]] = {
    Draw.SIMPLE: (1, 2, 3, -1, -2),
    Draw.GENERIC: (1, 2_990),
    Draw.FAR: (20_000, 500_000),
    Draw.FARTHER: (10**8, 10**10),
}


class Unstated(Exception):
    """A statement about more than numbers, which no list of numbers is a point of."""


@dataclass(frozen=True, slots=True)
class Space:
    """The numbers that two statements speak of, and what each may be."""

    domains: Mapping[str, Free]
    seed: int

    def random(self, number: int) -> Random:
        """The random numbers of this turn; always the same for the same statements."""
        return Random(self.seed * 1_000 + number)

    def drawn(self, name: str, random: Random, size: Draw) -> fmpq:
        """A number that a name may be."""
        domain = self.domains[name]
        if domain.sort is Sort.INTERVAL:
            low, high = ends(domain)
            share = fmpq(random.choice((1, 2, 3)), 4) if size is Draw.SIMPLE else fmpq(random.randint(1, 996), 997)
            if low is not None and high is not None:
                return low + (high - low) * share
            away = share * random.choice(SIZES[size]) if size is Draw.SIMPLE else share * max(SIZES[size])
            return low + abs(away) if low is not None else (high or fmpq(0)) - abs(away)
        value = fmpq(random.choice(SIZES[size]) if size is Draw.SIMPLE else random.randint(*SIZES[size]))
        if size is not Draw.SIMPLE:
            value = value * random.choice((-1, 1)) / (1 if domain.sort in WHOLE else 997)
        return value if within(domain, value) else -value

    def holds(self, name: str, value: Number) -> bool:
        """Whether a name may be this number; for a ball, whether it surely may."""
        domain = self.domains[name]
        if isinstance(value, fmpq):
            return within(domain, value)
        match domain.sort:
            case Sort.REAL:
                return True
            case Sort.POSITIVE:
                return bool(value > 0)
            case Sort.INTERVAL:
                return all(within(domain, end.fmpq()) for end in (value.lower(), value.upper()))
            case _:
                return False


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a statement: the difference of its sides, compiled, and how that compares with zero."""

    difference: Node
    relation: Relation
    steps: Program


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, compiled: how its comparisons are joined, and each of them."""

    logic: Node  # whose leaves are numbers of comparisons
    comparisons: tuple[Comparison, ...]
    meter: Meter

    def holds(self, where: Where, zeros: Set[int] = frozenset()) -> bool | None:
        """Whether it holds at a point, where these differences are known to be zero; none if that cannot be told."""

        def rule(node: Node, parts: Sequence[Condition]) -> Condition:
            match node.op:
                case Op.GIVEN:
                    number = cast(int, node.value)
                    return self._compared(self.comparisons[number], where, number in zeros)
                case Op.TRUTH:
                    return bool(node.value)
                case Op.AND:
                    return conjunction(parts)
                case Op.OR:
                    return negation(conjunction([negation(part) for part in parts]))
                case _:
                    return negation(parts[0])

        value = tree.fold(self.logic, rule)
        if isinstance(value, bool):
            return value
        return None if value is UNKNOWN else False

    def _compared(self, comparison: Comparison, where: Where, is_zero: bool) -> Condition:
        value = comparison.steps.run(Run(dict(where), {}, self.meter))
        if isinstance(value, Nothing):
            return value
        if not isinstance(value, fmpq | arb):
            raise Unsupported("this comparison")
        side = 0 if is_zero else sign(value)
        if side is None and all(isinstance(own, fmpq) for own in where.values()):
            side = _exact_zero(comparison.difference, where)
        return UNKNOWN if side is None else ORDER[comparison.relation](side)


def statement(root: Node, meter: Meter) -> Statement:
    """A statement, ready to be asked."""
    comparisons: list[Comparison] = []

    def rule(node: Node, parts: Sequence[Node]) -> Node:
        match node.op:
            case Op.COMPARE:
                leaves = []
                for left, relation, right in _pairs(node):
                    leaves.append(Node(Op.GIVEN, value=len(comparisons)))
                    difference = tree.subtract(left, right)
                    comparisons.append(Comparison(difference, relation, program(difference)))
                return leaves[0] if len(leaves) == 1 else Node(Op.AND, tuple(leaves))
            case Op.AND | Op.OR | Op.NOT:
                return tree.rebuilt(node, parts)
            case _:
                return node

    logic = tree.fold(root, rule)
    if any(node.op not in LOGIC for node in tree.walk(logic)):
        raise Unstated
    return Statement(logic, tuple(comparisons), meter)


def _pairs(node: Node) -> list[tuple[Node, Relation, Node]]:
    return list(zip(node.args, cast("tuple[Relation, ...]", node.value), node.args[1:], strict=False))


def _exact_zero(difference: Node, where: Where) -> int | None:
    # e^1 - e^1 is zero by its normal form, which no ball can tell.
    def rule(node: Node, parts: Sequence[Node]) -> Node:
        if node.op is Op.NAME and str(node.value) in where:
            return tree.number(cast(fmpq, where[str(node.value)]))
        return tree.rebuilt(node, parts)

    return 0 if same(tree.fold(difference, rule), tree.number(0), {}) else None


def flat(roots: Sequence[Node], names: Names) -> tuple[list[Node], Space]:
    """The statements with every entry as a name of its own, and the space that they speak of."""
    plain = [tree.fold(root, _flat) for root in roots]
    used = sorted(frozenset().union(*map(tree.free_names, plain)) - (CONSTANTS - frozenset(names)))
    domains: dict[str, Free] = {}
    sizes = {size for meaning in names.values() if isinstance(meaning, Free) for size in meaning.sizes}
    for name in used:
        meaning = names.get(name)
        if meaning is None and name not in sizes and not _is_entry(name):
            raise Unstated
        domain = meaning if isinstance(meaning, Free) else COUNT if name in sizes else REAL
        if domain.sort in (Sort.VECTOR, Sort.MATRIX, Sort.FUNCTION):
            raise Unstated
        domains[name] = COUNT if domain.sort is Sort.INDEX else domain
    if any(_is_beyond(node, names) for root in plain for node in tree.walk(root)):
        raise Unstated
    return plain, Space(domains, _seed(roots))


def apart(where: Where, holds: bool, certainty: Certainty) -> Verdict:
    """The verdict of a point at which only one of two statements holds: `holds` is the answer's."""
    shape = tuple((_spelt(name), shown(value)) for name, value in where.items())
    place = ", ".join(f"{name} = {value}" for name, value in shape)
    witness = (*shape, ("key", str(not holds).lower()), ("given", str(holds).lower()))
    if not place:
        reason = because("always-too") if holds else because("never-holds")
    else:
        reason = because("holds-too", where=place) if holds else because("fails-there", where=place)
    return Verdict(Outcome.DIFFERENT, certainty, reason, witness)


def _flat(node: Node, args: Sequence[Node]) -> Node:
    rebuilt = tree.rebuilt(node, args)
    if node.op is not Op.ENTRY or any(arg.op not in (Op.NAME, Op.NUMBER) for arg in args):
        return rebuilt
    return tree.name(f"{args[0].value}[{', '.join(str(arg.value) for arg in args[1:])}]")


def _spelt(name: str) -> str:
    # s[j] as s_j.
    base, _, index = name.rstrip("]").partition("[")
    return "_".join((*letters(base), index.replace(", ", ""))) if index else "_".join(letters(name))


def _is_entry(name: str) -> bool:
    return name.endswith("]")


def _is_beyond(node: Node, names: Names) -> bool:
    if node.op in (Op.BIND, Op.ENTRY, Op.TENSOR, Op.TUPLE, Op.SET):
        return True
    if node.op is Op.CALL:
        function = cast(Callee, node.value).name
        return function.rstrip("'") in names
    return False


def _seed(roots: Sequence[Node]) -> int:
    words = (f"{node.op}{node.value!r}" for root in roots for node in tree.walk(root))
    return int.from_bytes(hashlib.sha256(" ".join(words).encode("utf-8", "replace")).digest()[:6])
