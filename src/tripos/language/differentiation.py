"""Differentiation: the derivative of an expression by a free name or by an entry of a free vector or matrix.

By the chain rule, over the table of derivatives. Where a sum runs over entries, the entry in question is one of its
terms: `d/ds_j` of a sum over k is the term's derivative by `s_k` at k = j, and the sum of the derivatives by whatever
else of it is `s_j`. Where it is not known whether two indices are the same, both cases are told. What no rule covers is
refused; nothing is differentiated halfway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, cast

from tripos.language import tree
from tripos.language.derivatives import FUNCTIONS, KINK, MINUS_ONE, ONE, OPERATIONS, WITHOUT, ZERO, Partials
from tripos.language.names import Free, Names
from tripos.language.renaming import bound_names, renamed, substituted
from tripos.language.tree import Binder, Callee, Node, Op, Relation
from tripos.language.values import NO_CASE, Undefined
from tripos.language.vocabulary import TENSORS
from tripos.problem import Place, Problem, Refusal, TriposError

Slopes: TypeAlias = Mapping[Node, Node]  # from what a part depends on to its derivative by that; zeros are left out

MAX_PARTS = 20_000  # of a derivative
MAX_CASES = 3  # pairs of indices that may be the same or not
WHOLE = tree.name("a whole vector")  # what a part depends on that holds a vector of which one entry is asked for
_STRICT = {
    Relation.LESS: (Relation.LESS, Relation.GREATER),
    Relation.AT_MOST: (Relation.LESS, Relation.GREATER),
    Relation.GREATER: (Relation.GREATER, Relation.LESS),
    Relation.AT_LEAST: (Relation.GREATER, Relation.LESS),
}


def differentiated(root: Node, variable: str | Node, names: Names | None = None) -> Node:
    """The derivative of a tree by a name or an entry; zeros and ones are left out, and cases are told outermost."""
    by = tree.name(variable) if isinstance(variable, str) else variable
    taken = tree.free_names(root) | tree.free_names(by)
    plain = renamed(root, taken)
    apart = frozenset(
        frozenset((tree.name(name), tree.name(meaning.excluding)))
        for name, meaning in (names or {}).items()
        if isinstance(meaning, Free) and meaning.excluding
    )
    return _by_cases(plain, _Derivative(by, apart), MAX_CASES)


def _by_cases(root: Node, wanted: _Derivative, left: int) -> Node:
    pair = next(wanted.undecided(root), None)
    if pair is None:
        return wanted.of(root)
    if not left:
        raise _refused("too many indices may be the same or not.", "Declare which differ: j : index of s, j != y.")
    kept, gone = pair
    same = _by_cases(substituted(root, gone, kept), wanted.where_same(kept, gone), left - 1)
    different = _by_cases(root, wanted.where_apart(kept, gone), left - 1)
    if same == different:
        return same
    return Node(Op.IF, (Node(Op.COMPARE, (gone, kept), (Relation.EQUAL,)), same, different))


@dataclass(frozen=True, slots=True)
class _Derivative:
    """What is differentiated by, and which indices are known to differ."""

    by: Node
    apart: frozenset[frozenset[Node]]

    @property
    def base(self) -> Node | None:
        return self.by.args[0] if self.by.op is Op.ENTRY else None

    def where_same(self, kept: Node, gone: Node) -> _Derivative:
        pairs = (frozenset(kept if index == gone else index for index in pair) for pair in self.apart)
        return replace(self, by=substituted(self.by, gone, kept), apart=frozenset(pairs))

    def where_apart(self, own: Node, other: Node) -> _Derivative:
        return replace(self, apart=self.apart | {frozenset((own, other))})

    def differ(self, left: Node, right: Node) -> bool:
        numbers = left.op is right.op is Op.NUMBER and left != right
        return numbers or frozenset((left, right)) in self.apart

    def undecided(self, root: Node) -> Iterator[tuple[Node, Node]]:
        """An index of the entry in question and another that may be the same; the second of a pair is a name."""
        if self.base is None:
            return
        bound = bound_names(root)
        for node in tree.walk(root):
            pairs: list[tuple[Node, Node]] = []
            if node.op is Op.ENTRY and node.args[0] == self.base:
                pairs = list(zip(self.by.args[1:], node.args[1:], strict=False))
            if isinstance(node.value, Binder) and node.value.excludes:
                pairs = [(index, node.args[1]) for index in self.by.args[1:]]
            for own, other in pairs:
                simple = other.op in (Op.NAME, Op.NUMBER) and other.value not in bound
                if simple and own != other and not self.differ(own, other):
                    yield (own, other) if other.op is Op.NAME else (other, own)

    def of(self, root: Node) -> Node:
        """The derivative, where it is known of all indices which are the same."""
        result = self._slopes(root).get(self.by, ZERO)
        if result.size > MAX_PARTS:
            raise Refusal(Problem(Place(), f"this derivative has more than {MAX_PARTS:,} parts."))
        return result

    def _slopes(self, root: Node) -> Slopes:
        bound = bound_names(root)

        def rule(node: Node, inner: Sequence[Slopes]) -> Slopes:
            match node.op:
                case Op.NAME:
                    return {self.by: ONE} if node == self.by else {WHOLE: ONE} if node == self.base else {}
                case Op.ENTRY:
                    return self._entry(node, inner, bound)
                case Op.CALL if cast(Callee, node.value).name == "indices":
                    return {}
                case Op.BIND:
                    return self._bind(node, inner)
            if not any(inner):
                return {}
            if any(WHOLE in part for part in inner):
                raise _refused("a whole vector stands here beside its entries.", "Write it out, entry by entry.")
            if node.op in (Op.COMPARE, Op.AND, Op.OR, Op.NOT):
                return {each: KINK for part in inner for each in part}
            if node.op is Op.IF:
                return _cases(node, inner)
            return _chained(_partials(node)(node.args), inner)

        return tree.fold(root, rule)

    def _entry(self, node: Node, inner: Sequence[Slopes], bound: frozenset[str]) -> Slopes:
        tensor, *indices = node.args
        if any(inner[1:]):
            raise _refused("an index depends on what is differentiated by.")
        if tensor != self.base:
            if inner[0]:
                raise _refused("an entry of what depends on this has no derivative here.")
            return {}
        if any(index.op not in (Op.NAME, Op.NUMBER) for index in indices):
            raise _refused("an index that is worked out has no derivative here.", "Use a name or a number.")
        if any(index.value in bound for index in indices) or node == self.by:
            return {node: ONE}
        return {}  # another entry

    def _bind(self, node: Node, inner: Sequence[Slopes]) -> Slopes:
        binder = cast(Binder, node.value)
        body, *ranging = inner
        if any(ranging):
            raise _refused("what this runs over depends on what is differentiated by.")
        if not body:
            return {}
        if WHOLE in body:
            raise _refused("a whole vector stands here beside its entries.", "Write it out, entry by entry.")
        if binder.function != "sum":
            raise _refused(f"{binder.function} over a variable has no derivative here.")
        variable = tree.name(binder.variable)
        terms: dict[Node, list[Node]] = {}
        picked = [entry for entry in body if variable in entry.args[1:]]
        for entry in picked:
            for target, term in self._picked(node, entry, body[entry]):
                terms.setdefault(target, []).append(term)
        for entry in (entry for entry in body if entry not in picked):
            met = entry in terms or (picked and entry != self.by)
            if met and any(part == KINK for part in tree.walk(body[entry])):
                # In the term of this very entry, a kink of the two of them need not be a kink of the term.
                fact = "in this sum, cases compare the entry with all others and with itself."
                raise _refused(fact, "Write the term of the entry itself apart: k != j.")
            terms.setdefault(entry, []).append(tree.rebuilt(node, (body[entry], *node.args[1:])))
        return {each: total for each, parts in terms.items() if (total := _sum(parts)) != ZERO}

    def _picked(self, node: Node, entry: Node, slope: Node) -> Iterator[tuple[Node, Node]]:
        """The one term that the variable picks, and by which entry it is the derivative."""
        variable = tree.name(cast(Binder, node.value).variable)
        places = [at for at, index in enumerate(entry.args) if index == variable]
        if len(places) > 1:
            raise _refused("a diagonal entry has no derivative here.")
        index = self.by.args[places[0]]
        target = substituted(entry, variable, index)
        free = [(own, other) for own, other in zip(self.by.args[1:], target.args[1:], strict=True) if own != other]
        if any(self.differ(own, other) for own, other in free):
            return
        conditions = [self._membership(node, index, places[0])]
        conditions += [substituted(condition, variable, index) for condition in node.args[2:]]
        term = substituted(slope, variable, index)
        for condition in map(self._known, conditions):
            if condition is False:
                return
            if condition is not True:
                term = Node(Op.IF, (condition, term, ZERO))
        yield target, term

    def _membership(self, node: Node, index: Node, axis: int) -> Node:
        domain = node.args[1]
        if cast(Binder, node.value).excludes:
            return Node(Op.COMPARE, (index, domain), (Relation.UNEQUAL,))
        match domain:
            case Node(op=Op.CALL, value=Callee(name="indices"), args=(base,)) if base == self.base and axis == 1:
                return _TRUE
            case Node(op=Op.CALL, value=Callee(name="indices"), args=(base, along)) if base == self.base:
                if along == tree.number(axis):
                    return _TRUE
            case Node(op=Op.CALL, value=Callee(name="range"), args=(first, last)):
                return Node(Op.COMPARE, (first, index, last), (Relation.AT_MOST, Relation.AT_MOST))
            case Node(op=Op.SET, args=members) if members:
                equal = tuple(Node(Op.COMPARE, (index, member), (Relation.EQUAL,)) for member in members)
                return equal[0] if len(equal) == 1 else Node(Op.OR, equal)
        raise _refused("it is not known whether this runs over the entry that is differentiated by.")

    def _known(self, condition: Node) -> Node | bool:
        if condition == _TRUE:
            return True
        if condition.op is Op.COMPARE and condition.value in ((Relation.EQUAL,), (Relation.UNEQUAL,)):
            equal = condition.value == (Relation.EQUAL,)
            left, right = condition.args
            if left == right:
                return equal
            if self.differ(left, right):
                return not equal
        return condition


def _cases(node: Node, inner: Sequence[Slopes]) -> Slopes:
    condition, then, otherwise = node.args
    found = {each: None for part in inner for each in part}
    results = {}
    for each in found:
        one, other = (_branch(part, inner[at].get(each, ZERO)) for at, part in ((1, then), (2, otherwise)))
        if each not in inner[0]:
            results[each] = one if one == other else Node(Op.IF, (condition, one, other))
            continue
        relations = cast("tuple[Relation, ...]", condition.value)
        if condition.op is not Op.COMPARE or len(relations) != 1:
            raise _refused("these cases have no derivative here.", "Give every case one comparison: x < 1.")
        if relations[0] in _STRICT:
            inside, outside = (Node(Op.COMPARE, condition.args, (sign,)) for sign in _STRICT[relations[0]])
            results[each] = Node(Op.IF, (inside, one, Node(Op.IF, (outside, other, KINK))))
        else:
            # Equality holds on the boundary alone, where the slopes of the two sides may differ.
            elsewhere = other if relations[0] is Relation.EQUAL else one
            unequal = Node(Op.COMPARE, condition.args, (Relation.UNEQUAL,))
            results[each] = Node(Op.IF, (unequal, elsewhere, KINK))
    return results


def _branch(node: Node, slope: Node) -> Node:
    # Where there is no value there is no slope, either.
    return node if node.op is Op.GIVEN and isinstance(node.value, Undefined) else slope


def _chained(partials: Sequence[Node], inner: Sequence[Slopes]) -> Slopes:
    terms: dict[Node, list[Node]] = {}
    for outer, part in zip(partials, inner, strict=True):
        for each, slope in part.items():
            terms.setdefault(each, []).append(_product(outer, slope))
    return {each: total for each, parts in terms.items() if (total := _sum(parts)) != ZERO}


def _partials(node: Node) -> Partials:
    if node.op is not Op.CALL:
        rule = OPERATIONS.get(node.op)
        if rule is None:
            raise _refused(f"{node.op} has no derivative here.")
        return rule
    word = cast(Callee, node.value).name
    if word in FUNCTIONS:
        return FUNCTIONS[word]
    if word in WITHOUT or word in TENSORS or len(node.args) != 1:
        raise _refused(f"{word} has no derivative here{f': it is {WITHOUT[word]}' if word in WITHOUT else ''}.")
    return lambda args: [tree.call(f"{word}'", *args)]  # a free function


def _product(left: Node, right: Node) -> Node:
    if ZERO in (left, right):
        return ZERO
    if ONE in (left, right):
        return right if left == ONE else left
    for cases, factor in ((left, right), (right, left)):
        if _is_switch(cases):
            return _switched(cases, factor)
    if left == right == MINUS_ONE:
        return ONE
    if MINUS_ONE in (left, right):
        return tree.negate(right if left == MINUS_ONE else left)
    if left.op is Op.DIVIDE and left.args[0] == ONE:
        return tree.divide(right, left.args[1])
    return tree.multiply(left, right)


def _sum(terms: Sequence[Node]) -> Node:
    left = [term for term in terms if term != ZERO]
    return tree.add(*left) if left else ZERO


def _is_switch(node: Node) -> bool:
    """Whether these are cases of one, minus one, zero or nothing: what a kink makes."""
    if node.op is not Op.IF:
        return False
    while node.op is Op.IF:
        if node.args[1] not in _SWITCHES:
            return False
        node = node.args[2]
    return node in _SWITCHES


def _switched(node: Node, factor: Node) -> Node:
    chain = []
    while node.op is Op.IF:
        chain.append(node)
        node = node.args[2]
    result = _scaled(node, factor)
    for case in reversed(chain):
        result = Node(Op.IF, (case.args[0], _scaled(case.args[1], factor), result))
    return result


def _scaled(switch: Node, factor: Node) -> Node:
    opposite = ONE if factor == MINUS_ONE else tree.negate(factor)
    return {ONE: factor, MINUS_ONE: opposite}.get(switch, switch)


def _refused(fact: str, remedy: str = "") -> TriposError:
    return TriposError(Problem(Place(), fact, remedy))


_TRUE = Node(Op.TRUTH, value=True)
_SWITCHES = (ONE, MINUS_ONE, ZERO, KINK, NO_CASE)
