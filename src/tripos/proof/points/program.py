"""Programs: a tree as steps that run at a point. One table from operation to rule, as for every interpretation.

A run may note every switch that decides between pieces (the arguments of a maximum against each other, both sides of a
condition, whatever is divided by): where a switch changes its sign, the formula may change its form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from flint import arb, fmpq

from tripos.language.ball import Ball
from tripos.language.constant import Constant
from tripos.language.derivatives import KINK
from tripos.language.tree import Binder, Callee, Node, Op, Relation, walk
from tripos.language.values import Tensor, Undefined
from tripos.proof.points import scalar
from tripos.proof.points.block import TENSORS, Block, Misfit, Value, entry, entrywise, product
from tripos.proof.points.gathering import ADD, GATHER, TIMES, members, pairs
from tripos.proof.points.run import Run, Unsupported
from tripos.proof.points.scalar import Condition, Nothing, Scalar, is_number

Rule: TypeAlias = Callable[..., Value]  # of the run and the operands' values
Step: TypeAlias = tuple[Rule, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Program:
    """Steps in order; each takes the results of earlier ones."""

    steps: tuple[Step, ...] = field(repr=False)

    def run(self, run: Run) -> Value:
        """The value of the last step."""
        run.meter.spend(len(self.steps))
        results: list[Value] = []
        for rule, operands in self.steps:
            results.append(rule(run, *[results[operand] for operand in operands]))
        return results[-1]


def program(root: Node, positive: frozenset[Node] = frozenset()) -> Program:
    """The steps of a tree; a part that occurs twice is worked out once. What is known positive leaves no switch."""
    steps: list[Step] = []
    known: dict[Node, int] = {}
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, ready = waiting.pop()
        if node in known:
            continue
        parts = () if node.op is Op.BIND else node.args
        if parts and not ready:
            waiting.append((node, True))
            waiting.extend((part, False) for part in reversed(parts))
            continue
        known[node] = len(steps)
        operands = (*parts, *_factors(node.args[1])) if node.op is Op.DIVIDE else parts
        steps.append((_rule(node, positive), tuple(known[part] for part in operands)))
    return Program(tuple(steps))


def constants(trees: Sequence[Node]) -> Iterable[Node]:
    """The parts of these trees that have one value everywhere, but for plain numbers."""
    for tree in trees:
        fixed: set[Node] = set()
        for node in reversed(list(walk(tree))):
            leaf = node.op in (Op.NUMBER, Op.DECIMAL) or (node.op is Op.NAME and node.value in ("e", "pi", "π"))
            if leaf or (node.op in CLOSED and all(part in fixed for part in node.args)):
                fixed.add(node)
                if node.op in (Op.CALL, Op.POWER):
                    yield node


def _rule(node: Node, positive: frozenset[Node]) -> Rule:
    if node.op is Op.BIND:
        return _bind(node, positive)
    make = TABLE.get(node.op)
    if make is None:
        raise Unsupported(node.op)
    rule = make(node)
    decider = node.args[DECIDERS[node.op]] if node.op in DECIDERS else None
    if node.op is Op.CALL and len(node.args) == 1 and cast(Callee, node.value).name not in ROUNDING:
        decider = node.args[0]
    return _quiet(rule) if decider in positive else rule


def _factors(divisor: Node) -> Sequence[Node]:
    """What a divisor is zero with: of (x^2 - 2)^2, which never changes its sign, x^2 - 2, which does."""
    if divisor.op is Op.POWER and isinstance(divisor.args[1].value, fmpq) and divisor.args[1].value > 0:
        return _factors(divisor.args[0])
    if divisor.op in (Op.MULTIPLY, Op.NEGATE):
        return [factor for part in divisor.args for factor in _factors(part)]
    return [divisor]


def _quiet(rule: Rule) -> Rule:
    # A divisor or an argument that is always positive decides nothing.
    def applied(run: Run, *values: Value) -> Value:
        switches, run.switches = run.switches, None
        result = rule(run, *values)
        run.switches = switches
        return result

    return applied


def _pure(rule: Callable[..., Value]) -> Callable[[Node], Rule]:
    def applied(_: Run, *values: Value) -> Value:
        return rule(*values)

    return lambda _: applied


def _constant(node: Node) -> Rule:
    given = node.value
    if isinstance(given, Constant):
        return lambda _: given.ball()  # at the precision of the run
    value = _exact(given)
    return lambda _: value


def _exact(value: object) -> Value:
    match value:
        case bool() | fmpq():
            return value
        case Constant() | Ball():
            return _enclosed(value)
        case Undefined():
            return scalar.KINK if value == KINK.value else scalar.UNDEFINED
        case Tensor(shape=shape, entries=entries):
            rows, columns = shape if len(shape) == 2 else (shape[0], 1)
            return Block(rows, columns, tuple(cast(Scalar, _exact(part)) for part in entries))
        case _:
            raise Unsupported(str(value))


def _enclosed(value: Constant | Ball) -> arb:
    return value.ball() if isinstance(value, Constant) else value.enclosure


def _name(node: Node) -> Rule:
    word = cast(str, node.value)
    if word in ("pi", "π"):
        return lambda run: run.values.get(word) or arb.pi()
    if word == "e":
        return lambda run: run.values.get(word) or arb.const_e()

    def looked_up(run: Run) -> Value:
        if word not in run.values:
            raise Unsupported(word)
        return run.values[word]

    return looked_up


def _multiplied(run: Run, *values: Scalar | Block) -> Value:
    blocks = [len(value.entries) for value in values if isinstance(value, Block)]
    run.meter.spend(sum(blocks))
    return product(*values)


def _divide(_: Node) -> Rule:
    rule = entrywise(scalar.strict(scalar.divide))

    def divided(run: Run, top: Scalar | Block, bottom: Scalar | Block, *factors: Scalar | Block) -> Value:
        for factor in factors:
            run.note(factor, pole=True)
        return rule(top, bottom)

    return divided


def _power(_: Node) -> Rule:
    rule = scalar.strict(scalar.power)
    every = entrywise(rule)

    def raised(run: Run, base: Scalar | Block, exponent: Scalar | Block) -> Value:
        if isinstance(base, Block) and base.rows == base.columns > 1:
            run.meter.spend(len(base.entries) * base.rows)
            return _matrix_power(base, exponent)
        if not (isinstance(exponent, fmpq) and exponent.q == 1 and exponent >= 0):
            run.note(base, pole=isinstance(exponent, fmpq | arb) and bool(exponent < 0))
        return every(base, exponent)

    return raised


def _matrix_power(base: Block, exponent: Scalar | Block) -> Value:
    if not isinstance(exponent, fmpq) or exponent.q != 1 or not 1 <= exponent <= 16:
        raise Unsupported("a power of a matrix")
    result, square, left = cast("Scalar | Block", base), cast("Scalar | Block", base), int(exponent.p) - 1
    while left:
        if left % 2:
            result = product(result, square)
        square, left = product(square, square), left // 2
    return result


def _compare(node: Node) -> Rule:
    relations = cast("tuple[Relation, ...]", node.value)

    def compared(run: Run, *values: Value) -> Value:
        parts: list[Condition] = []
        for left, relation, right in zip(values, relations, values[1:], strict=False):
            if isinstance(left, Block) or isinstance(right, Block):
                parts.append(_same_blocks(left, right))
                continue
            parts.append(scalar.holds(cast(Scalar, left), relation, cast(Scalar, right)))
            if is_number(left) and is_number(right):
                run.note(scalar.subtract(cast(fmpq, left), cast(fmpq, right)))
        return scalar.conjunction(parts)

    return compared


def _same_blocks(left: Value, right: Value) -> Condition:
    if not isinstance(left, Block) or not isinstance(right, Block):
        raise Unsupported("comparing a scalar with a matrix")
    if left.size != right.size:
        raise Misfit(left, right)
    pairs = zip(left.entries, right.entries, strict=True)
    return scalar.conjunction([scalar.holds(one, Relation.EQUAL, other) for one, other in pairs])


def _if(_: Node) -> Rule:
    def chosen(_: Run, condition: Value, then: Value, otherwise: Value) -> Value:
        if isinstance(condition, Nothing):
            return condition
        return then if condition else otherwise

    return chosen


def _call(node: Node) -> Rule:
    callee = cast(Callee, node.value)
    word = callee.name
    if callee.keywords:
        raise Unsupported(word)
    if word == "norm":
        return _norm
    if word in TENSORS:
        tensor = TENSORS[word]
        return lambda _, *values: tensor(*values)
    built_in = scalar.FUNCTIONS.get(word)
    switches = SWITCHES.get(word)

    def called(run: Run, *values: Value) -> Value:
        rule = run.values.get(word, built_in)
        if not callable(rule) or any(isinstance(value, bool) for value in values):
            raise Unsupported(word)
        if len(values) == 1 and isinstance(values[0], Block) and word in EXTREMES:
            values = values[0].entries  # the largest entry of a vector
        if switches is not None and rule is built_in and run.switches is not None:
            for entries in _entries(values):
                for switch in switches(entries):
                    run.note(switch, pole=word in POLES)
        return entrywise(rule)(*values)

    return called


def _entries(values: Sequence[Value]) -> Iterable[Sequence[Value]]:
    """The operands as they are, or those of every entry of a vector or matrix: of some, if it is large."""
    blocks = [len(value.entries) for value in values if isinstance(value, Block)]
    if not blocks:
        return [values]
    places = range(min(*blocks, MAX_NOTED))
    return [[value.entries[place] if isinstance(value, Block) else value for value in values] for place in places]


def _norm(run: Run, *values: Value) -> Value:
    if run.switches is not None and values[1:] == (fmpq(1),):
        for entries in _entries(values[:1]):
            run.note(cast(Scalar, entries[0]))
    return TENSORS["norm"](*values)


def _own(values: Sequence[Value]) -> Iterable[Scalar]:
    return [values[0]] if isinstance(values[0], fmpq | arb) else []


def _around(values: Sequence[Value]) -> Iterable[Scalar]:
    return [*pairs(values[:2]), *pairs([values[0], values[2]])] if len(values) == 3 else []


def _steps(values: Sequence[Value]) -> Iterable[Scalar]:
    # Down to the whole number below, and up to the one above.
    value = values[0]
    if not isinstance(value, fmpq | arb):
        return []
    below = scalar.floor(value)
    return [] if not isinstance(below, fmpq) else [value - below, value - below - 1]


SWITCHES: Mapping[str, Callable[[Sequence[Value]], Iterable[Scalar]]] = {
    "max": pairs,
    "min": pairs,
    "clamp": _around,
    "floor": _steps,
    "ceil": _steps,
    **dict.fromkeys(("relu", "abs", "sign", "log", "ln", "log2", "log10", "sqrt"), _own),
}
DECIDERS: Mapping[Op, int] = {Op.DIVIDE: 1, Op.POWER: 0}  # which operand must not be zero
CLOSED = frozenset({Op.ADD, Op.NEGATE, Op.MULTIPLY, Op.DIVIDE, Op.POWER, Op.CALL})
ROUNDING = frozenset({"floor", "ceil"})
EXTREMES = frozenset({"max", "min"})
MAX_NOTED = 12  # entries of a vector or matrix whose switches are noted
POLES = frozenset({"log", "ln", "log2", "log10"})


def _bind(node: Node, positive: frozenset[Node]) -> Rule:
    binder = cast(Binder, node.value)
    gather = GATHER.get(binder.function)
    if gather is None:
        raise Unsupported(binder.function)
    body = program(node.args[0], positive)
    condition = program(node.args[2], positive) if len(node.args) > 2 else None
    ranging = members(node, lambda part: program(part, positive).run)

    def gathered(run: Run) -> Value:
        over, length = ranging(run)
        outer = run.values.get(binder.variable)
        lengths = run.lengths
        run.lengths = {**lengths, binder.variable: length}
        results: list[Scalar | Block] = []
        for member in over:
            run.values[binder.variable] = member
            counts = condition.run(run) if condition else True
            if isinstance(counts, Nothing):
                results.append(counts)
            elif counts:
                results.append(cast("Scalar | Block", body.run(run)))
        run.lengths = lengths
        if outer is None:
            run.values.pop(binder.variable, None)
        else:
            run.values[binder.variable] = outer
        return gather(run, results)

    return gathered


def _tensor(node: Node) -> Rule:
    shape = cast("tuple[int, ...]", node.value)
    rows, columns = shape if len(shape) == 2 else (shape[0], 1)
    return lambda _, *entries: _stacked(entries) or Block(rows, columns, entries)


def _stacked(rows: Sequence[Value]) -> Block | None:
    """The matrix with these vectors as its rows: [[1, 0], [0, 1]]."""
    blocks = [row for row in rows if isinstance(row, Block)]
    if not blocks or len(blocks) < len(rows) or len({len(block.entries) for block in blocks}) > 1:
        return None
    return Block(len(blocks), len(blocks[0].entries), tuple(entry for block in blocks for entry in block.entries))


TABLE: Mapping[Op, Callable[[Node], Rule]] = {
    **dict.fromkeys((Op.NUMBER, Op.DECIMAL, Op.TRUTH, Op.GIVEN), _constant),
    Op.NAME: _name,
    Op.ADD: _pure(ADD),
    Op.NEGATE: _pure(entrywise(scalar.strict(scalar.negate))),
    Op.MULTIPLY: lambda _: _multiplied,
    Op.DIMS: _pure(product),
    Op.HADAMARD: _pure(TIMES),
    Op.DIVIDE: _divide,
    Op.POWER: _power,
    Op.COMPARE: _compare,
    Op.AND: _pure(lambda *parts: scalar.conjunction(parts)),
    Op.OR: _pure(lambda *parts: scalar.negation(scalar.conjunction([scalar.negation(part) for part in parts]))),
    Op.NOT: _pure(scalar.negation),
    Op.IF: _if,
    Op.CALL: _call,
    Op.ENTRY: _pure(entry),
    Op.TENSOR: _tensor,
}
# Operations without a value at a point, and why.
WITHOUT: Mapping[Op, str] = {
    Op.TEXT: "a word",
    Op.CODE: "a layer",
    Op.CHAIN: "a network",
    Op.ON: "a network",
    Op.TUPLE: "compared dimension by dimension",
    Op.SET: "compared member by member",
    Op.INTERVAL: "compared end by end",
}
