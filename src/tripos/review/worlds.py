"""Worlds: every way in which the names that an expression rests on can be drawn, or as many as can be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tripos.exam.definitions import Assigned, Declared, Definition, Drawn, Required, rests_on_lost
from tripos.exam.draws import REFERENCE, Lot, bound, holds, members
from tripos.exam.engine import Engine
from tripos.exam.item import Exam, Item
from tripos.exam.variant import Variant, variant
from tripos.language.names import Bound, Names
from tripos.language.source import of_value
from tripos.language.tree import Node, free_names
from tripos.language.worked import Worked, literal
from tripos.problem import Level, Problem, TriposError

MOST = 200  # worlds that are looked at one by one
STUDENTS = 50  # whose draws are looked at where there are more


@dataclass(frozen=True, slots=True)
class World:
    """One way to draw: what every name stands for, and the names that were drawn, in words."""

    names: Names
    drawn: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(self.drawn)


@dataclass(slots=True)
class Worlds:
    """The worlds of an exam's items. What cannot be drawn for some student is a problem."""

    exam: Exam
    engine: Engine
    problems: list[Problem] = field(default_factory=list)
    _students: list[Variant] = field(default_factory=list)

    def of(self, path: Sequence[Item], trees: Iterable[Node]) -> tuple[World, ...]:
        """The worlds of the last item of a path down from the exam, as far as these expressions differ in them."""
        wanted = _wanted([one for item in path for one in item.definitions], trees)
        listed = self._listed(path, wanted)
        return listed or tuple(self._sampled(path, wanted))

    def _listed(self, path: Sequence[Item], wanted: frozenset[str]) -> tuple[World, ...]:
        found = [World({})]
        for definition in (one for item in path for one in item.definitions):
            if isinstance(definition, Required):
                if free_names(definition.tree) <= wanted:
                    found = [world for world in found if holds(definition, world.names, self.engine)]
            else:
                found = [inner for world in found for inner in self._drawn(world, definition, wanted)]
            if len(found) > MOST:
                return ()
        return tuple(found)

    def _drawn(self, world: World, definition: Definition, wanted: frozenset[str]) -> list[World]:
        if not isinstance(definition, Drawn) or rests_on_lost(definition.tree, world.names):
            names = bound((definition,), "", world.names, Lot(), self.engine)
            return [replace(world, names=names)]
        values = members(definition, world.names, self.engine)
        if definition.name not in wanted:
            return [replace(world, names=_with(world.names, definition.name, Worked(values[0], literal(values[0]))))]
        return [
            World(
                _with(world.names, definition.name, Worked(value, literal(value))),
                (*world.drawn, f"{definition.name} = {of_value(value)}"),
            )
            for value in values
        ]

    def _sampled(self, path: Sequence[Item], wanted: frozenset[str]) -> list[World]:
        own = [one.name for item in path for one in item.definitions if isinstance(one, Drawn) and one.name in wanted]
        found: dict[tuple[str, ...], World] = {}
        for student in self._variants():
            names = student.names[path[-1].id]
            values = {name: names[name] for name in own}
            words = tuple(f"{name} = {of_value(one.value)}" for name, one in values.items() if isinstance(one, Worked))
            found.setdefault(words, World(names, words))
        return list(found.values())

    def _variants(self) -> list[Variant]:
        for number in range(0 if self._students or self.problems else STUDENTS + 1):
            try:
                self._students.append(variant(self.exam, f"student {number}" if number else REFERENCE))
            except TriposError as error:
                self.problems += error.problems
        return self._students


def gathered(found: Iterable[tuple[Problem, World]], of: int) -> Iterator[Problem]:
    """Every problem once a place, for all the worlds out of so many that have one there."""
    where: dict[tuple[str, Level], list[tuple[Problem, World]]] = {}
    for problem, world in found:
        where.setdefault((str(problem.place), problem.level), []).append((problem, world))
    return (_told(pairs, of) for pairs in where.values())


def _told(pairs: Sequence[tuple[Problem, World]], of: int) -> Problem:
    # The first problem, with its draw in words unless it is the same in every world.
    problem, world = pairs[0]
    failing = len({str(one) for _, one in pairs})
    same = failing == of and len({one.fact for one, _ in pairs}) == 1
    if same or not world.drawn:
        return problem
    more = f" (and {failing - 1} more of {of} draws)" if failing > 1 else ""
    return replace(problem, fact=f"for {world}{more}: {problem.fact}")


def _with(names: Names, name: str, meaning: Bound) -> Names:
    return {**names, name: meaning}


def _wanted(definitions: Sequence[Definition], trees: Iterable[Node]) -> frozenset[str]:
    # The names that these expressions rest on, also through other names and through requirements that join names.
    wanted = frozenset().union(*(free_names(tree) for tree in trees))
    while True:
        before = wanted
        for definition in definitions:
            if isinstance(definition, Assigned | Drawn) and definition.name in wanted:
                wanted |= free_names(definition.tree)
            if isinstance(definition, Required) and (speaks := _expanded(definition, definitions)) & wanted:
                wanted |= speaks
        if wanted == before:
            return wanted


def _expanded(required: Required, definitions: Sequence[Definition]) -> frozenset[str]:
    names = free_names(required.tree)
    for definition in reversed(definitions):
        if isinstance(definition, Assigned) and definition.name in names:
            names |= free_names(definition.tree)
    declared = {definition.name for definition in definitions if isinstance(definition, Declared)}
    return names - declared
