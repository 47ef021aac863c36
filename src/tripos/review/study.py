"""A study: an exam with the keys of everything it asks in every world, worked out once for all the checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tripos.exam.engine import Engine, engine
from tripos.exam.item import Asked, Choice, Exam, Gap, Item, Show, Written
from tripos.exam.key import Key, key, worth
from tripos.exam.variant import Variant
from tripos.language.tree import Node
from tripos.language.worked import Worked
from tripos.problem import Level, Place, Problem, TriposError
from tripos.review.worlds import World, Worlds, told


@dataclass(frozen=True, slots=True)
class Outcome:
    """The key of something asked in one world, or what kept it from being found."""

    world: World
    key: Key | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One thing asked, in each of its worlds."""

    path: tuple[Item, ...]
    asked: Asked
    outcomes: tuple[Outcome, ...]

    @property
    def item(self) -> Item:
        """The item that asks it."""
        return self.path[-1]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.asked.asked.place if isinstance(self.asked, Gap) else self.asked.place

    @property
    def key(self) -> Key | None:
        """The key in the first world that has one."""
        return next(iter(self.keys()), None)

    def keys(self) -> list[Key]:
        """The keys of all worlds that have one."""
        return [outcome.key for outcome in self.outcomes if outcome.key]

    def faults(self) -> Iterator[Problem]:
        """What kept the key from being found, once for all the worlds it does so in."""
        return gathered((problem, outcome.world) for outcome in self.outcomes for problem in outcome.problems)(
            len(self.outcomes)
        )


@dataclass(frozen=True, slots=True)
class Study:
    """What the checks look at. `faulty` are the lines in which the reading found an error already."""

    exam: Exam
    engine: Engine
    cases: tuple[Case, ...]
    paths: Mapping[int, tuple[Item, ...]] = field(repr=False)
    worlds: Worlds = field(repr=False)
    faulty: frozenset[int] = frozenset()

    def path(self, item: Item) -> tuple[Item, ...]:
        """The items from the exam down to this one."""
        return self.paths[id(item)]

    def seen(self, place: Place) -> bool:
        """Whether an error stands in this line already."""
        return place.line in self.faulty

    def worth(self, written: Written, item: Item, world: World) -> Worked:
        """What an expression comes to in a world."""
        return worth(written, world.names, self.variant(item, world))

    def variant(self, item: Item, world: World) -> Variant:
        """An item of the exam in a world."""
        return _variant(self.exam, self.engine, item, world)


def studied(exam: Exam, problems: Iterable[Problem] = ()) -> Study:
    """The study of an exam, given the problems of its reading."""
    tools = engine(exam.conventions)
    worlds = Worlds(exam, tools)
    paths = _paths(exam)
    cases = tuple(_case(paths[id(item)], asked, worlds) for item, asked in exam.asked())
    faulty = frozenset(problem.place.line for problem in problems if problem.level is Level.ERROR)
    return Study(exam, tools, cases, paths, worlds, faulty)
