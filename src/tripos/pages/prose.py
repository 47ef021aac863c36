"""Prose: the exam's text as HTML with slots, written once for all students by one run of Pandoc.

What differs from student to student stands in the text as a slot: a gap, a choice, a shown value, a formula with shown
values. While Pandoc writes, a slot is its number between two characters of private use, which no exam may hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

from tripos.exam.gaps import SHOW_IN_TEX
from tripos.exam.item import Exam, Item, Rubric
from tripos.pages.formula import cleaned
from tripos.pages.markup import Html
from tripos.pages.picture import source
from tripos.pandoc.element import Element, transform, walk
from tripos.pandoc.writing import html


class Kind(Enum):
    """What a slot is filled with."""

    GAP = "gap"
    CELL = "cell"  # a gap in a table
    CHOICE = "choice"
    SHOW = "show"  # the name is the number of the shown expression
    FORMULA = "formula"  # the name is its TeX, with \show in it
    DISPLAYED = "displayed formula"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the text that is filled for each student."""

    kind: Kind
    name: str


Template: TypeAlias = tuple[Html | Slot, ...]
Name: TypeAlias = tuple[str, str]  # the part of an exam that a text is, and whose: ("title", "q1-1")

FORMULAS = (Kind.FORMULA, Kind.DISPLAYED)
EMPTY: Template = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """Every text of an exam by its name."""

    texts: Mapping[Name, Template] = field(repr=False)

    def title(self, item: Item) -> Template:
        """An item's title."""
        return self.texts.get(("title", item.id), EMPTY)

    def content(self, item: Item) -> Template:
        """An item's own text, with a slot for everything that it asks but words."""
        return self.texts.get(("content", item.id), EMPTY)

    def solution(self, item: Item) -> Template:
        """An item's worked solution."""
        return self.texts.get(("solution", item.id), EMPTY)

    def rubric(self, rubric: Rubric) -> Template:
        """What a person marks by."""
        return self.texts.get(("rubric", rubric.id), EMPTY)

    def option(self, choice: str, letter: str) -> Template:
        """A statement of a choice."""
        return self.texts.get(("option", f"{choice} {letter}"), EMPTY)

    def slots(self) -> Iterable[Slot]:
        """Every slot of every text."""
        return (part for template in self.texts.values() for part in template if isinstance(part, Slot))


def prose(exam: Exam) -> Prose:
    """The texts of an exam."""
    fragments = {name: elements for name, elements in _fragments(exam) if elements}
    slots: list[Slot] = []
    written = html([_marked(elements, slots, exam.file) for elements in fragments.values()])
    return Prose({name: _template(text, slots) for name, text in zip(fragments, written, strict=True)})


def filled(template: Template, fill: Callable[[Slot], Html]) -> Html:
    """A text with its slots filled."""
    return Html("".join(part.text if isinstance(part, Html) else fill(part).text for part in template))


def _fragments(exam: Exam) -> Iterable[tuple[Name, Sequence[Element]]]:
    for item in exam.items():
        yield ("title", item.id), transform(item.title, _without_links)
        yield ("content", item.id), item.content
        yield ("solution", item.id), item.solution
        for block in item.content:
            if block.kind == "Choice":
                yield from ((("option", f"{block.text} {option.text}"), option.children) for option in block.children)
        for asked in item.asked:
            if isinstance(asked, Rubric):
                yield ("rubric", asked.id), asked.content


def _without_links(element: Element) -> Element | Sequence[Element]:
    # A title is itself a link wherever it stands in a table of contents.
    return element.children if element.kind == "Link" else element


def _marked(elements: Sequence[Element], slots: list[Slot], file: str) -> tuple[Element, ...]:
    cells = {id(inner) for outer in walk(elements) if outer.kind == "Table" for inner in walk(outer)}

    def marked(element: Element) -> Element | Sequence[Element]:
        if element.kind == "Image":
            return _picture(element, file)
        slot = _slot(element, id(element) in cells)
        if slot is None:
            return element
        slots.append(slot)
        mark = Element("Str", element.place, text=f"{_OPEN}{len(slots) - 1}{_CLOSE}")
        # An option's own text is a fragment of its own: here only the place of the choice is kept.
        return Element("Plain", element.place, (mark,)) if slot.kind is Kind.CHOICE else mark

    return transform(elements, marked)


def _slot(element: Element, in_table: bool) -> Slot | None:
    match element.kind:
        case "Gap":
            return Slot(Kind.CELL if in_table else Kind.GAP, element.text)
        case "Choice":
            return Slot(Kind.CHOICE, element.text)
        case "Show":
            return Slot(Kind.SHOW, element.text)
        case "Math" if SHOW_IN_TEX.search(element.text):
            return Slot(Kind.DISPLAYED if element.display else Kind.FORMULA, element.text)
        case _:
            return None


def _picture(image: Element, file: str) -> Sequence[Element]:
    # The words of a picture become an attribute, in which no slot may stand: slots follow the picture.
    slots = [inner for inner in walk(image.children) if inner.kind == "Str" and _OPEN in inner.text]
    words = transform(image.children, lambda inner: () if _OPEN in inner.text else inner)
    found = source(image.target, file)
    shown = replace(image, children=words, target=found, pairs=()) if found else Element("Emph", image.place, words)
    return (shown, *slots)


def _template(written: str, slots: Sequence[Slot]) -> Template:
    parts: list[Html | Slot] = []
    for number, part in enumerate(_MARK.split(cleaned(written).text)):
        if number % 2:
            parts.append(slots[int(part)])
        elif part:
            parts.append(Html(part))
    return tuple(parts)


_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
