"""Draws: what the names of an item stand for, for one student.

A drawn name depends on the exam's seed, the student, the item that defines it and the name, and on nothing else; so
adding a name changes no other. Names joined by a requirement are drawn again together until it holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tripos.exam.definitions import LOST, Assigned, Declared, Definition, Drawn, Faulty, Required, rests_on_lost
from tripos.exam.engine import Engine
from tripos.language.evaluator import Budget
from tripos.language.names import Bound, Names, Shared
from tripos.language.tree import free_names
from tripos.language.values import Collection, Value, described
from tripos.language.worked import Worked, literal
from tripos.problem import Problem, TriposError

REFERENCE = "reference"  # the draw that is shown where no student is named
MAX_TRIES = 1_000


@dataclass(frozen=True, slots=True)
class Lot:
    """Whose draw it is: the exam's seed and the student."""

    seed: str = ""
    student: str = REFERENCE

    def index(self, item: str, name: str, size: int, tries: int) -> int:
        """Which of so many members is drawn."""
        text = "\x1f".join((self.seed, self.student, item, name, *([str(tries)] if tries else [])))
        return int.from_bytes(hashlib.sha256(text.encode(errors="surrogatepass")).digest(), "big") % size


def bound(
    definitions: Sequence[Definition],
    item: str,
    outer: Names,
    lot: Lot,
    engine: Engine,
    budget: Budget | None = None,
) -> Names:
    """What the names stand for in an item: the outer ones and its own. All tries together have one budget."""
    budget = budget or Budget()
    groups = _joined(definitions)
    tries = dict.fromkeys(groups.values(), 0)
    failing: list[Required] = []
    while True:
        try:
            own = {name: tries[group] for name, group in groups.items()}
            names = _bound_once(definitions, item, outer, _Draw(lot, engine, budget, own))
            failing = [required for required in _required(definitions) if not holds(required, names, engine, budget)]
        except TriposError:
            if failing and budget.spent > budget.limit:
                raise _not_found(failing[0], f"within {budget.limit:,} steps of working out") from None
            raise
        if not failing:
            return names
        again = {groups[name] for required in failing for name in reached(required, definitions) if name in groups}
        for group in again:
            tries[group] += 1
        if not again:
            fact = "this does not hold, and no name drawn here can change that."
            raise TriposError(Problem(failing[0].place, fact, "Put it where its names are drawn."))
        if max(tries.values()) >= MAX_TRIES:
            raise _not_found(failing[0], f"in {MAX_TRIES:,} tries")


def _not_found(required: Required, when: str) -> TriposError:
    fact = f"no draw was found {when} for which this holds."
    return TriposError(Problem(required.place, fact, "Loosen the requirement or draw from larger sets."))


@dataclass(frozen=True, slots=True)
class _Draw:
    """One try: for whom, with what, and how often each name was drawn before."""

    lot: Lot
    engine: Engine
    budget: Budget
    tries: Mapping[str, int]


def _bound_once(definitions: Sequence[Definition], item: str, outer: Names, draw: _Draw) -> Names:
    names: dict[str, Bound] = dict(outer)
    for definition in definitions:
        match definition:
            case Declared(name=name, free=free):
                names[name] = free
            case Assigned(name=name, tree=tree):
                names[name] = Shared(tree, dict(names))
            case Faulty(name=name):
                names[name] = LOST
            case Drawn(name=name, tree=tree) if rests_on_lost(tree, names):
                names[name] = LOST
            case Drawn(name=name):
                found = members(definition, names, draw.engine, draw.budget)
                member = found[draw.lot.index(item, name, len(found), draw.tries.get(name, 0))]
                names[name] = Worked(member, literal(member))
    return names


def members(drawn: Drawn, names: Names, engine: Engine, budget: Budget | None = None) -> tuple[Value, ...]:
    """What a name is drawn from, in the order of its writing."""
    value = _located(drawn, names, engine, budget).value
    if isinstance(value, Collection) and value.members:
        return value.members
    remedy = "Write the set in braces: n ~ {8, 16, 32}."
    raise TriposError(
        Problem(drawn.place, f"{drawn.name} is drawn from a finite set; this is {described(value)}.", remedy)
    )


def holds(required: Required, names: Names, engine: Engine, budget: Budget | None = None) -> bool:
    """Whether what was drawn meets a requirement."""
    if rests_on_lost(required.tree, names):
        return True
    value = _located(required, names, engine, budget).value
    if isinstance(value, bool):
        return value
    remedy = "Require a comparison of drawn names."
    raise TriposError(Problem(required.place, f"a requirement is true or false; this is {described(value)}.", remedy))


def _located(definition: Drawn | Required, names: Names, engine: Engine, budget: Budget | None) -> Worked:
    try:
        return engine.evaluator(budget=budget).value(definition.tree, names)
    except TriposError as error:
        raise TriposError(problem.of(definition.text, definition.place) for problem in error.problems) from None


def _required(definitions: Iterable[Definition]) -> list[Required]:
    return [definition for definition in definitions if isinstance(definition, Required)]


def reached(required: Required, definitions: Sequence[Definition]) -> set[str]:
    """The names that a requirement speaks of, and those that they are defined by."""
    found = set(free_names(required.tree))
    for definition in reversed(definitions):
        if isinstance(definition, Assigned) and definition.name in found:
            found |= free_names(definition.tree)
    return found


def _joined(definitions: Sequence[Definition]) -> dict[str, str]:
    # Drawn names that a requirement joins share the name of their group; the others have none.
    drawn = {definition.name for definition in definitions if isinstance(definition, Drawn)}
    groups: dict[str, str] = {}
    for required in _required(definitions):
        together = sorted(reached(required, definitions) & drawn)
        merged = {groups.get(name, name) for name in together}
        for name in [*together, *(name for name, group in groups.items() if group in merged)]:
            groups[name] = min(merged)
    return groups
