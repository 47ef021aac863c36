"""Truth: comparing exact values, and logic with a third value, undecided, that is never taken for false."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from tripos.language import arithmetic
from tripos.language.constant import Number, Undecidable
from tripos.language.tree import Relation
from tripos.language.values import Collection, Tensor, Undecided, Undefined, Value, described, is_number
from tripos.problem import Place, Problem, TriposError

ORDER: Mapping[Relation, Callable[[int], bool]] = {
    Relation.EQUAL: lambda sign: sign == 0,
    Relation.UNEQUAL: lambda sign: sign != 0,
    Relation.LESS: lambda sign: sign < 0,
    Relation.AT_MOST: lambda sign: sign <= 0,
    Relation.GREATER: lambda sign: sign > 0,
    Relation.AT_LEAST: lambda sign: sign >= 0,
}


def compared(left: Value, relation: Relation, right: Value) -> bool | Undecided:
    """Whether a relation holds. Only numbers have an order; things of two sorts are not compared."""
    if isinstance(left, Undefined | Undecided) or isinstance(right, Undefined | Undecided):
        return Undecided("one side has no value")
    if is_number(left) and is_number(right):
        try:
            sign = arithmetic.compared(cast(Number, left), cast(Number, right))
        except Undecidable:
            return Undecided("the two sides are too close to tell apart")
        return ORDER[relation](sign)
    if relation not in (Relation.EQUAL, Relation.UNEQUAL) or type(left) is not type(right):
        fact = f"{described(left)} and {described(right)} cannot be compared with {relation}."
        raise TriposError(Problem(Place(), fact))
    same = equal(left, right)
    return same if relation is Relation.EQUAL else cast("bool | Undecided", negation(same))


def equal(left: Value, right: Value) -> bool | Undecided:
    """Whether two values of any sort are equal, entry by entry and member by member; of two sorts, they are not."""
    match left, right:
        case Tensor(), Tensor():
            pairs = zip(left.entries, right.entries, strict=False)
            return left.shape == right.shape and _all(equal(one, other) for one, other in pairs)
        case Collection(), Collection():
            return _all([*(_among(one, right) for one in left.members), *(_among(one, left) for one in right.members)])
        case _ if is_number(left) and is_number(right):
            return compared(left, Relation.EQUAL, right)
        case _:
            return type(left) is type(right) and left == right


def _among(member: Value, collection: Collection) -> bool | Undecided:
    missing = _all(negation(equal(member, other)) for other in collection.members)
    return cast("bool | Undecided", negation(missing))


def _all(parts: Iterable[Value]) -> bool | Undecided:
    return cast("bool | Undecided", conjunction(list(parts)))


def conjunction(parts: Sequence[Value]) -> Value:
    """Whether all hold: false as soon as one is, else undecided as soon as one is."""
    if any(part is False for part in parts):
        return False
    return next((part for part in parts if part is not True), True)


def negation(value: Value) -> Value:
    """The opposite truth; what is undecided stays so."""
    return not value if isinstance(value, bool) else value
