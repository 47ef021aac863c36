"""The normal form of a tree: a quotient of polynomials over atoms. Two trees with one normal form are equal.

What is not arithmetic between numbers (a product of matrices, a call of a free function) stays whole, with its
arguments in normal form. Not every equality is seen here; what is not seen is decided at points.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, cast

from flint import fmpq

from tripos.language import tree
from tripos.language.constant import Constant
from tripos.language.names import Free, Names
from tripos.language.tree import Binder, Callee, Node, Op, Relation
from tripos.language.values import Undefined
from tripos.language.worked import Worked
from tripos.proof.normal import bound, conditions, indexed, powers, vanishing
from tripos.proof.normal.certain import COUNTS, INDEX_MARK, POSITIVE, REALS, is_tensor, ranges
from tripos.proof.normal.rational import NONE, WIDTHS, Atom, Field, Finer, Quotient, TooLarge, Wider

MAX_SIZE = 2_000
RESTARTS = 8
MAX_KEY = 300  # characters: a longer key is known by its digest, for keys hold keys
TENSOR = "tensor "
PI = Atom("pi", POSITIVE)


@dataclass(frozen=True, slots=True)
class Opaque:
    """What is no number: a vector, a set, a function of matrices; known by its spelling alone."""

    key: str
    free: frozenset[str] = NONE
    hazards: frozenset[str] = NONE


Part: TypeAlias = Quotient | Opaque


def same(left: Node, right: Node, names: Names) -> bool | None:
    """Whether two formulas are equal wherever either has a value: none where their normal forms cannot tell.

    True is a proof. False is one too: the two are different quotients of polynomials in names that vary freely.
    """
    found = normals((left, right), names)
    if found is None:
        return None
    field, (one, other) = found
    if isinstance(one, Opaque) or isinstance(other, Opaque):
        return True if one == other else None
    try:
        difference = field.reduced(field.subtract(one, other))
        if not difference.top.is_zero():
            return False if all(atom.varies for atom in field.atoms) else None
        return True if hazards(one, field) == hazards(other, field) else None
    except (TooLarge, Wider, Finer):
        return None


def normals(roots: Sequence[Node], names: Names) -> tuple[Field, list[Part]] | None:
    """The normal forms of several trees over one field; none where one of them would be too large."""
    if sum(root.size for root in roots) > MAX_SIZE:
        return None
    plain = [found for root in roots if (found := bound.canonical(root, names)) is not None]
    if len(plain) < len(roots):
        return None
    known = ranges(names)
    widths = iter(WIDTHS)
    width, scales = next(widths), dict[str, int]()
    for _ in range(RESTARTS):
        field = Field(known, width, scales)
        try:
            return field, [_Reader(field, names).part(root) for root in plain]
        except Wider:
            width = next(widths, 0)
            if not width:
                return None
        except Finer as finer:
            scales[finer.key] = finer.scale
        except TooLarge:
            return None
    return None


def hazards(value: Quotient, field: Field) -> frozenset[str]:
    """What must not vanish, or must be positive, for a value to exist: only what may indeed fail on the domain."""
    found: set[str] = set()
    for hazard in value.hazards:
        divisor = field.divisors.get(hazard)
        if divisor is None:
            found.add(hazard)
            continue
        field.bounded(divisor)
        for factor, _ in divisor.factor()[1]:
            if not vanishing.is_nonzero(factor, field):
                found.add(field.divided(factor))
    return frozenset(found)


class _Reader:
    """Reads trees into one field."""

    def __init__(self, field: Field, names: Names) -> None:
        self.field, self.names = field, names

    def part(self, root: Node) -> Part:
        return tree.fold(root, self.rule)

    def rule(self, node: Node, parts: Sequence[Part]) -> Part:
        match node.op:
            case Op.NUMBER | Op.DECIMAL:
                return self.field.number(cast(fmpq, node.value))
            case Op.TRUTH:
                return self.field.unit if node.value else self.field.nothing
            case Op.NAME:
                return self.named(str(node.value))
            case Op.GIVEN:
                return self.given(node.value)
            case Op.CALL:
                return self.called(cast(Callee, node.value), parts)
            case Op.BIND:
                return self.gathered(cast(Binder, node.value), parts)
            case Op.ENTRY:
                return self.entry(parts, any(arg.op not in (Op.NAME, Op.NUMBER) for arg in node.args[1:]))
        rule = OPERATIONS.get(node.op)
        scalars = [part for part in parts if isinstance(part, Quotient)]
        if rule is None or len(scalars) < len(parts):
            return self.opaque(f"{node.op}{_relations(node)}", parts)
        if node.op is Op.COMPARE:
            return self.compared(cast("tuple[Relation, ...]", node.value), scalars)
        return rule(self, scalars)

    def named(self, name: str) -> Part:
        meaning = self.names.get(name)
        if isinstance(meaning, Worked):
            return self.given(meaning.value)
        if is_tensor(name, self.names):
            return Opaque(f"{TENSOR}{name}")
        if meaning is None and name in CONSTANTS:
            return CONSTANTS[name](self.field)
        if name[0] in (INDEX_MARK, bound.PLAIN_MARK):
            reach = COUNTS if name[0] == INDEX_MARK else REALS
            return self.field.atom(Atom(f"bound {name}", reach, free=frozenset((name,))))
        return self.field.atom(Atom(f"name {name}", self.field.known.get(name, REALS), varies=True, name=name))

    def given(self, value: object) -> Part:
        match value:
            case fmpq():
                return self.field.number(value)
            case bool():
                return self.field.unit if value else self.field.nothing
            case Constant():
                return self.constant(value)
            case Undefined():
                return Opaque("undefined")
            case _:
                return Opaque(f"{type(value).__name__} {value!r}")

    def constant(self, value: Constant) -> Part:
        field, total = self.field, self.field.nothing
        for monomial, coefficient in value.terms:
            product = field.number(coefficient)
            for (kind, base), exponent in monomial:
                if isinstance(base, Constant):
                    return Opaque(f"constant {value!r}")
                product = field.multiply(product, self.constant_atom(kind, base, exponent))
            total = field.add(total, product)
        return total

    def constant_atom(self, kind: str, base: int, exponent: fmpq) -> Quotient:
        field = self.field
        whole = field.number(fmpq(base))
        match kind:
            case "e":
                return powers.exponential(field.number(exponent), field)
            case "ln":
                return powers.power(powers.logarithm(whole, field), exponent, field)
            case "pi":
                return powers.power(field.atom(PI), exponent, field)
            case _:
                return powers.power(whole, exponent, field)

    def called(self, callee: Callee, parts: Sequence[Part]) -> Part:
        scalars = [part for part in parts if isinstance(part, Quotient)]
        rule = FUNCTIONS.get(callee.name)
        hidden = isinstance(self.names.get(callee.name.rstrip("'")), Free)
        if rule is None or hidden or callee.keywords or len(scalars) < len(parts) or not parts:
            made = self.opaque(f"call {callee.name}{callee.keywords}", parts)
            if callee.name in SCALAR_VALUED or (len(scalars) == len(parts) and callee.name not in ("indices", "range")):
                # Only a free function may have no value: where, nobody knows.
                risk = frozenset((made.key,)) if hidden else NONE
                return self.field.atom(Atom(made.key, free=made.free)).within(made.hazards | risk)
            return made
        return rule(self, scalars)

    def gathered(self, binder: Binder, parts: Sequence[Part]) -> Part:
        body, domain, *condition = parts
        field, name = self.field, binder.variable
        fixed = isinstance(domain, Opaque) and name not in domain.free
        scalar = isinstance(body, Quotient) and all(isinstance(part, Quotient) for part in condition)
        risky = any(part.hazards for part in parts)
        if not scalar or not fixed or risky or binder.function not in ("sum", "max", "min"):
            made = self.opaque(f"{binder.function}[{name}]", parts)
            made = Opaque(made.key, made.free - {name}, made.hazards)
            if not isinstance(body, Quotient):
                return made
            return field.atom(Atom(made.key, free=made.free)).within(frozenset((made.key,)) if risky else NONE)
        inside, over = cast(Quotient, body), cast(Opaque, domain)
        if binder.function == "sum":
            for part in condition:
                inside = field.multiply(inside, cast(Quotient, part))
            return indexed.summed(inside, name, over.key, name[0] == INDEX_MARK, field)
        where = "|".join([over.key, *(field.key(cast(Quotient, part)) for part in condition)])
        if binder.function == "max":
            return indexed.largest(inside, name, where, field)
        return field.negate(indexed.largest(field.negate(inside), name, where, field))

    def entry(self, parts: Sequence[Part], computed: bool) -> Part:
        made = self.opaque("entry", parts)
        own = isinstance(parts[0], Opaque) and parts[0].key.startswith(TENSOR)
        risk = frozenset((made.key,)) if computed else NONE  # there may be no entry at k + 1
        return self.field.atom(Atom(made.key, free=made.free, varies=own)).within(made.hazards | risk)

    def compared(self, relations: Sequence[Relation], parts: Sequence[Quotient]) -> Quotient:
        pairs = zip(parts, relations, parts[1:], strict=False)
        return self.conjunction([conditions.holds(*pair, self.field) for pair in pairs])

    def conjunction(self, parts: Sequence[Quotient]) -> Quotient:
        return self.product(parts) if self.share_hazards(parts) else self.joined("and", parts)

    def share_hazards(self, parts: Sequence[Quotient]) -> bool:
        return len(parts) == 1 or len({hazards(part, self.field) for part in parts}) == 1

    def joined(self, word: str, parts: Sequence[Quotient]) -> Quotient:
        # What fails makes an "and" fail, even where another part of it has no value.
        return self.unlooked(word, sorted(parts, key=self.marked))

    def unlooked(self, word: str, parts: Sequence[Quotient]) -> Quotient:
        made = self.opaque(word, parts)
        return self.field.atom(Atom(made.key, free=made.free)).within(frozenset((made.key,)))

    def opaque(self, word: str, parts: Sequence[Part]) -> Opaque:
        # Where a part has no value belongs to what it is: a pole may hide in a case that is not always taken.
        keys = [part.key if isinstance(part, Opaque) else self.marked(part) for part in parts]
        free = [part.free if isinstance(part, Opaque) else self.field.free(part) for part in parts]
        return Opaque(_short(word, "; ".join(keys)), NONE.union(*free), NONE.union(*(part.hazards for part in parts)))

    def marked(self, part: Quotient) -> str:
        risks = hazards(part, self.field)
        return self.field.key(part) + (f" unless {', '.join(sorted(risks))}" if risks else "")

    def total(self, parts: Sequence[Quotient]) -> Quotient:
        result = parts[0]
        for part in parts[1:]:
            result = self.field.add(result, part)
        return result

    def product(self, parts: Sequence[Quotient]) -> Quotient:
        result = parts[0]
        for part in parts[1:]:
            result = self.field.multiply(result, part)
        return result

    def power(self, parts: Sequence[Quotient]) -> Quotient:
        base, exponent = parts
        field, reduced = self.field, self.field.reduced(exponent)
        if reduced.top.is_constant() and reduced.bottom.is_one():
            return powers.power(base, _value(reduced), field).within(exponent.hazards)
        logarithm = powers.logarithm(base, field)
        if logarithm.hazards <= base.hazards:
            return powers.exponential(field.multiply(exponent, logarithm), field).within(base.hazards)
        # A negative base has whole powers, which are no exponentials: only a number comes out of the exponent.
        whole = _constant_term(reduced)
        rest = self.opaque("power", (base, field.subtract(reduced, field.number(whole))))
        risk = NONE if self.counts(reduced) else frozenset((self.opaque("power", (base, reduced)).key,))
        atom = field.atom(Atom(rest.key, free=rest.free)).within(rest.hazards | risk)
        return field.multiply(field.power(base, int(whole.p)), atom)

    def counts(self, exponent: Quotient) -> bool:
        # Whether an exponent is surely a whole number that is not negative.
        used = [self.field.atoms[place].range.whole for place in self.field.used(exponent.top)]
        whole = all(used) and exponent.bottom.is_one() and all(value.q == 1 for value in exponent.top.coeffs())
        return whole and vanishing.is_nonnegative(exponent.top, self.field)

    def conditional(self, parts: Sequence[Quotient]) -> Quotient:
        condition, then, otherwise = parts
        if then.hazards or otherwise.hazards:
            return self.unlooked("if", parts)
        change = self.field.subtract(then, otherwise)
        return self.field.add(otherwise, self.field.multiply(condition, change))

    def alternative(self, parts: Sequence[Quotient]) -> Quotient:
        if not self.share_hazards(parts):
            return self.joined("or", parts)
        failing = self.product([conditions.opposite(part, self.field) for part in parts])
        return conditions.opposite(failing, self.field)

    def maximum(self, parts: Sequence[Quotient]) -> Quotient:
        field = self.field
        distinct = {field.key(part): part for part in parts}
        hazards_ = NONE.union(*(part.hazards for part in parts))
        ordered = [distinct[key] for key in sorted(distinct)]
        if len(ordered) == 1:
            return ordered[0].within(hazards_)
        if len(ordered) == 2:
            return conditions.larger(ordered[0], ordered[1], field).within(hazards_)
        made = self.opaque("max", ordered)
        return field.atom(Atom(made.key, free=made.free)).within(hazards_)

    def minimum(self, parts: Sequence[Quotient]) -> Quotient:
        return self.field.negate(self.maximum([self.field.negate(part) for part in parts]))

    def logarithm(self, parts: Sequence[Quotient], base: int = 0) -> Quotient:
        found = powers.logarithm(parts[0], self.field)
        if not base:
            return found
        return self.field.divide(found, powers.logarithm(self.field.number(fmpq(base)), self.field))

    def sigmoid(self, parts: Sequence[Quotient]) -> Quotient:
        raised = powers.exponential(parts[0], self.field)
        return self.field.divide(raised, self.field.add(raised, self.field.unit))

    def tanh(self, parts: Sequence[Quotient]) -> Quotient:
        field = self.field
        raised = powers.exponential(field.multiply(field.number(fmpq(2)), parts[0]), field)
        return field.divide(field.subtract(raised, field.unit), field.add(raised, field.unit))

    def sign(self, parts: Sequence[Quotient]) -> Quotient:
        above = conditions.positive(parts[0], self.field)
        return self.field.subtract(above, conditions.positive(self.field.negate(parts[0]), self.field))


def _short(word: str, inside: str) -> str:
    digest = hashlib.sha256(inside.encode("utf-8", "replace")).hexdigest() if len(inside) > MAX_KEY else ""
    return f"{word}({f'sha256 {digest}' if digest else inside})"


def _constant_term(exponent: Quotient) -> fmpq:
    # The whole number in a sum.
    if not exponent.bottom.is_one():
        return fmpq(0)
    found = fmpq(exponent.top.to_dict().get((0,) * len(exponent.top.degrees()), 0))
    return found if found.q == 1 else fmpq(0)


def _value(constant: Quotient) -> fmpq:
    return constant.top.leading_coefficient() if not constant.top.is_zero() else fmpq(0)


def _relations(node: Node) -> str:
    return ",".join(map(str, node.value)) if isinstance(node.value, tuple) else ""


CONSTANTS: Mapping[str, Callable[[Field], Quotient]] = {
    "e": lambda field: powers.exponential(field.unit, field),
    "pi": lambda field: field.atom(PI),
    "π": lambda field: field.atom(PI),
}

Rule: TypeAlias = Callable[[_Reader, Sequence[Quotient]], Quotient]

OPERATIONS: Mapping[Op, Rule] = {
    Op.ADD: _Reader.total,
    Op.NEGATE: lambda reader, parts: reader.field.negate(parts[0]),
    Op.MULTIPLY: _Reader.product,
    Op.HADAMARD: _Reader.product,
    Op.DIVIDE: lambda reader, parts: reader.field.divide(parts[0], parts[1]),
    Op.POWER: _Reader.power,
    Op.COMPARE: _Reader.conjunction,
    Op.AND: _Reader.conjunction,
    Op.OR: _Reader.alternative,
    Op.NOT: lambda reader, parts: conditions.opposite(parts[0], reader.field),
    Op.IF: _Reader.conditional,
}

FUNCTIONS: Mapping[str, Rule] = {
    "exp": lambda reader, parts: powers.exponential(parts[0], reader.field),
    "log": _Reader.logarithm,
    "ln": _Reader.logarithm,
    "log2": partial(_Reader.logarithm, base=2),
    "log10": partial(_Reader.logarithm, base=10),
    "sqrt": lambda reader, parts: powers.power(parts[0], fmpq(1, 2), reader.field),
    "sign": _Reader.sign,
    "abs": lambda reader, parts: conditions.absolute(parts[0], reader.field),
    "max": _Reader.maximum,
    "min": _Reader.minimum,
    "clamp": lambda reader, parts: reader.minimum([reader.maximum(parts[:2]), parts[2]]),
    "relu": lambda reader, parts: conditions.larger(reader.field.nothing, parts[0], reader.field),
    "sigmoid": _Reader.sigmoid,
    "tanh": _Reader.tanh,
}

# Functions of vectors and matrices that are numbers.
SCALAR_VALUED = frozenset({"norm", "dot", "trace"})
