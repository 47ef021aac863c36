"""The exam as data: items (sections, questions, parts) and what they ask. Immutable; it knows nothing of responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from flint import fmpq

from tripos.exam.definitions import Definition
from tripos.exam.scoring import Rule
from tripos.language.tree import Node
from tripos.pandoc.element import Element
from tripos.problem import Place, Problem
from tripos.proof.rounding import Precision

ZERO = fmpq(0)


class Form(StrEnum):
    """A form in which a number is asked for."""

    PRODUCT = "product"
    FRACTION = "fraction"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Written:
    """An expression as the author wrote it: its tree, its text, and where it stands."""

    tree: Node
    text: str
    place: Place
    runs: tuple[tuple[int, Place], ...] = ()  # where its text goes on after a line break, if it has any

    def located(self, problem: Problem) -> Problem:
        """A problem of this expression at its place in the file."""
        start, place = next((run for run in reversed(self.runs) if run[0] <= problem.start), (0, self.place))
        return replace(problem, place=place.shifted(problem.start - start), text=self.text)


@dataclass(frozen=True, slots=True)
class Gap:
    """A place to fill. `asked` is its key as an expression; the value's type decides the kind of answer."""

    id: str
    asked: Written
    points: fmpq
    aliases: tuple[str, ...] = ()
    form: Form | None = None
    form_points: fmpq = ZERO
    digits: int = 0  # significant ones, that a number is asked to; 0 for an exact one
    decimals: int = 0
    piece_points: fmpq = ZERO  # for a formula that is right on most pieces of its key
    words: tuple[str, ...] = ()  # all that may be answered
    expected: Written | None = None
    also: Written | None = None
    because: str = ""

    @property
    def precision(self) -> Precision:
        """How exactly a number is asked for."""
        return Precision(self.digits, self.decimals)


@dataclass(frozen=True, slots=True)
class Option:
    """One statement of a choice. `none` marks "none of the above", which is right when no other option is."""

    letter: str
    claim: Written
    because: str = ""
    expected: Written | None = None
    none: bool = False
    ticked: bool = False  # its key was typed as a box: [x] or [ ]


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice among lettered statements, any number of which may hold unless it is `single`."""

    id: str
    options: tuple[Option, ...]
    points: fmpq
    place: Place
    single: bool = False


@dataclass(frozen=True, slots=True)
class Rubric:
    """Words asked for, marked by a person; the list is for markers."""

    id: str
    points: fmpq
    place: Place
    lines: int = 4
    content: tuple[Element, ...] = ()


Asked: TypeAlias = Gap | Choice | Rubric


@dataclass(frozen=True, slots=True)
class Item:
    """A section, a question or a part (level 1, 2, 3), or the exam as a whole (level 0).

    In `content`, what is asked and shown stands as elements of kind Gap and Choice (their text is the id) and Show
    (its text is a number in the exam's `shown`), as does `\\show{number}` in formulas.
    """

    id: str
    level: int
    place: Place
    title: tuple[Element, ...] = ()
    content: tuple[Element, ...] = ()
    solution: tuple[Element, ...] = ()
    definitions: tuple[Definition, ...] = ()
    asked: tuple[Asked, ...] = ()
    items: tuple[Item, ...] = ()
    rule: Rule | None = None
    points: fmpq = ZERO
    stated: fmpq | None = None

    def items_within(self) -> Iterator[Item]:
        """Itself and every item below it, in reading order."""
        waiting = [self]
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.items))

    def ids(self) -> frozenset[str]:
        """The ids of all that it asks, itself or below."""
        return frozenset(asked.id for item in self.items_within() for asked in item.asked)


@dataclass(frozen=True, slots=True)
class Show:
    """An expression whose value is shown in the text of an item."""

    item: str
    written: Written


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam, read and found whole."""

    file: str
    title: str
    root: Item
    minutes: int = 0
    seed: str = ""
    language: str = "en"
    conventions: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[Show, ...] = ()
    digest: str = ""

    @property
    def points(self) -> fmpq:
        """The points of the whole exam."""
        return self.root.points

    def items(self) -> Iterator[Item]:
        """Every item in reading order, the exam itself first."""
        return self.root.items_within()

    def asked(self) -> Iterator[tuple[Item, Asked]]:
        """Everything that is asked, in reading order, with the item that asks it."""
        return ((item, asked) for item in self.items() for asked in item.asked)
