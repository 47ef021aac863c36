"""What is known while an item is read: its names, where problems are reported, what it shows and what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from flint import fmpq

from tripos.exam.definitions import rests_on_lost
from tripos.exam.engine import Engine
from tripos.exam.item import Asked, Show, Written
from tripos.language.names import Names
from tripos.language.reader import expression
from tripos.language.vocabulary import Vocabulary
from tripos.pandoc.element import Element
from tripos.pandoc.refusal import REPLACEMENT
from tripos.problem import Problem, TriposError


@dataclass(frozen=True, slots=True)
class Draft:
    """Something asked whose id and points are not settled yet. `word` is what its id may end in, besides a number."""

    asked: Asked | None  # none if it could not be read: it still has its place and its points
    points: fmpq | None = None
    word: str = ""


@dataclass(slots=True)
class Context:
    """The state of reading one item."""

    item: str
    engine: Engine
    names: Names
    report: Callable[[Problem], None]
    shown: list[Show]
    drafts: list[Draft] = field(default_factory=list)

    def written(self, element: Element, start: int, text: str, vocabulary: Vocabulary | None = None) -> Written | None:
        """The expression that stands in an element's text from a character on; none, and reported, if it cannot be."""
        start, text = start + len(text) - len(text.lstrip()), text.strip()
        if REPLACEMENT in text:
            return None  # a hidden character, which has been reported
        try:
            tree = expression(text, vocabulary or self.engine.vocabulary, self.names)
        except TriposError as error:
            for problem in error.problems:
                self.report(replace(problem, place=element.place_at(start + problem.start)))
            return None
        runs = tuple((offset - start, place) for offset, place in element.runs if offset > start)
        return None if rests_on_lost(tree, self.names) else Written(tree, text, element.place_at(start), runs)

    def attribute(self, element: Element, name: str) -> Written | None:
        """The expression that an attribute holds, placed at the element."""
        text = element.attribute(name)
        if text is None:
            return None
        try:
            tree = expression(text, self.engine.vocabulary, self.names)
        except TriposError as error:
            for problem in error.problems:
                fact = f"in {name}=: {problem.fact}"
                self.report(replace(problem, place=element.place, fact=fact))
            return None
        return None if rests_on_lost(tree, self.names) else Written(tree, text, element.place)

    def ask(self, draft: Draft) -> str:
        """Take note of something asked; its provisional mark in the content."""
        self.drafts.append(draft)
        return str(len(self.drafts) - 1)

    def show(self, written: Written) -> str:
        """Take note of something shown; its number in the exam."""
        self.shown.append(Show(self.item, written))
        return str(len(self.shown) - 1)
