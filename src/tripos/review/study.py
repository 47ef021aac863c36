"""A study: an exam with the keys of everything it asks in every world, worked out once for all the checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tripos.exam.draws import REFERENCE
from tripos.exam.engine import Engine, engine
from tripos.exam.item import Asked, Choice, Exam, Gap, Item, Written
from tripos.exam.key import Key, key, worth
from tripos.exam.variant import Variant
from tripos.language.evaluator import Budget
from tripos.language.tree import Node
from tripos.language.worked import Worked
from tripos.problem import Level, Place, Problem, TriposError
from tripos.review.worlds import World, Worlds, gathered

STEPS = 1_500_000  # for all of a study: every key in every world, and every check


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
        return next(iter(self.found), None)

    @property
    def found(self) -> list[Key]:
        """The keys of all worlds that have one."""
        return [outcome.key for outcome in self.outcomes if outcome.key]

    def faults(self) -> Iterator[Problem]:
        """What kept the key from being found, once for all the worlds it does so in."""
        found = ((problem, outcome.world) for outcome in self.outcomes for problem in outcome.problems)
        return gathered(found, len(self.outcomes))


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
    tools = engine(exam.conventions, Budget(STEPS))
    worlds = Worlds(exam, tools)
    paths = _paths(exam)
    cases = tuple(_case(paths[id(item)], asked, worlds) for item, asked in exam.asked())
    faulty = frozenset(problem.place.line for problem in problems if problem.level is Level.ERROR)
    return Study(exam, tools, cases, paths, worlds, faulty)


def _paths(exam: Exam) -> dict[int, tuple[Item, ...]]:
    paths: dict[int, tuple[Item, ...]] = {}
    waiting: list[tuple[Item, ...]] = [(exam.root,)]
    while waiting:
        path = waiting.pop()
        paths[id(path[-1])] = path  # by identity: two items may have one id, which is a problem of its own
        waiting.extend((*path, inner) for inner in path[-1].items)
    return paths


def _case(path: tuple[Item, ...], asked: Asked, worlds: Worlds) -> Case:
    outcomes = []
    try:
        found_worlds = worlds.of(path, _trees(asked))
    except TriposError as error:  # the steps of the study are spent
        return Case(path, asked, (Outcome(World({}), problems=error.problems),))
    for world in found_worlds:
        try:
            found = key(path[-1], asked, _variant(worlds.exam, worlds.engine, path[-1], world))
            outcomes.append(Outcome(world, found))
        except TriposError as error:
            outcomes.append(Outcome(world, problems=error.problems))
    return Case(path, asked, tuple(outcomes))


def _trees(asked: Asked) -> list[Node]:
    match asked:
        case Gap():
            return [written.tree for written in (asked.asked, asked.expected, asked.also) if written]
        case Choice():
            claims = [written for option in asked.options for written in (option.claim, option.expected)]
            return [written.tree for written in claims if written]
        case _:
            return []


def _variant(exam: Exam, tools: Engine, item: Item, world: World) -> Variant:
    return Variant(exam, REFERENCE, tools, {item.id: world.names})
