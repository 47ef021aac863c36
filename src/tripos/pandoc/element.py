"""Elements: a document as a typed tree. Nothing here knows Pandoc's JSON, HTML or exams."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tripos.problem import Place

T = TypeVar("T")

_WORDS = frozenset({"Str", "Space", "SoftBreak", "LineBreak", "Code", "Math", "RawInline"})
_MARKED = frozenset({"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Quoted"})
INLINE = _WORDS | _MARKED | {"Span", "Link", "Image", "Note"}

_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Numbering:
    """How an ordered list counts: from where, in which style, with which delimiter (Pandoc's names)."""

    start: int = 1
    style: str = "DefaultStyle"
    delimiter: str = "DefaultDelim"


_PLAIN = Numbering()


@dataclass(frozen=True, slots=True)
class Element:
    """A node of a document. `kind` is Pandoc's name for it, or one of ours for structure that Pandoc leaves nameless:
    Item (of a list), Definition, Term and Details, Caption, Head, Body, Foot, Row and Cell.

    `place` is where the element begins, and for Code, CodeBlock and Math where their *text* begins.
    """

    kind: str
    place: Place = _NOWHERE
    children: tuple[Element, ...] = ()
    text: str = ""  # Str, Code, CodeBlock, Math
    identifier: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    level: int = 0  # Header
    display: bool = False  # Math
    style: str = ""  # Quoted: SingleQuote or DoubleQuote; raw: its format
    target: str = ""  # Link, Image: as the author wrote it, still percent-encoded
    title: str = ""  # Link, Image
    checked: bool | None = None  # Item: its box [x], [ ] or none
    numbering: Numbering = _PLAIN  # OrderedList
    alignments: tuple[str, ...] = ()  # Table: AlignLeft, AlignRight, AlignCenter or AlignDefault, one a column
    runs: tuple[
        tuple[int, Place], ...
    ] = ()  # Code, CodeBlock, Math: the text in runs that stand unbroken in the source

    def attribute(self, name: str) -> str | None:
        """The value of an attribute, or None when it was not written; of two of one name, the first."""
        return next((value for key, value in self.pairs if key == name), None)

    def place_at(self, offset: int) -> Place:
        """The place of a character of the text, counted from 0, over all its lines, tabs and escapes."""
        index = bisect_right(self.runs, offset, key=lambda run: run[0]) - 1
        if index < 0:
            return self.place.shifted(offset)
        start, place = self.runs[index]
        return place.shifted(offset - start)


def walk(elements: Element | Iterable[Element]) -> Iterator[Element]:
    """Every element in reading order, a parent before its children."""
    pending = [iter((elements,) if isinstance(elements, Element) else elements)]
    while pending:
        element = next(pending[-1], None)
        if element is None:
            pending.pop()
            continue
        yield element
        pending.append(iter(element.children))


def fold(elements: Iterable[Element], build: Callable[[Element, list[T]], T]) -> list[T]:
    """What `build` makes of each element and of what it made of the element's children."""
    results: list[T] = []
    stack: list[tuple[Element | None, Iterator[Element], list[T]]] = [(None, iter(elements), results)]
    while stack:
        element, pending, built = stack[-1]
        child = next(pending, None)
        if child is not None:
            stack.append((child, iter(child.children), []))
            continue
        stack.pop()
        if element is not None:
            stack[-1][2].append(build(element, built))
    return results


def transform(
    elements: Iterable[Element], function: Callable[[Element], Element | Sequence[Element]]
) -> tuple[Element, ...]:
    """The elements with each replaced by what `function` makes of it, children first; an empty sequence drops it."""

    def replaced(element: Element, parts: list[tuple[Element, ...]]) -> tuple[Element, ...]:
        children = flat(parts)
        changed = element if _same(children, element.children) else replace(element, children=children)
        result = function(changed)
        return (result,) if isinstance(result, Element) else tuple(result)

    parts: list[tuple[Element, ...]] = fold(elements, replaced)
    return flat(parts)


def flat(parts: Iterable[Iterable[Element]]) -> tuple[Element, ...]:
    """Many sequences as one."""
    return tuple(element for part in parts for element in part)


def _same(some: tuple[Element, ...], others: tuple[Element, ...]) -> bool:
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))


_BLANK = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}


def plain_text(elements: Element | Iterable[Element]) -> str:
    """The words alone: blanks for breaks, blocks on their own lines, formulas as TeX, no footnotes."""
    tops = (elements,) if isinstance(elements, Element) else tuple(elements)
    return "".join(fold(tops, _words)).strip()


def _words(element: Element, parts: list[str]) -> str:
    if element.kind == "Note":
        return ""
    words = _BLANK.get(element.kind, element.text) + "".join(parts)
    return words if element.kind in INLINE else words.rstrip("\n") + "\n"


def joined(elements: Iterable[Element]) -> tuple[Element, ...]:
    """The elements with neighbouring Strs made one."""

    def merged(element: Element, children: list[Element]) -> Element:
        whole = _merged(children)
        return element if _same(whole, element.children) else replace(element, children=whole)

    return _merged(fold(elements, merged))


def _merged(elements: Iterable[Element]) -> tuple[Element, ...]:
    runs: list[list[Element]] = []
    for element in elements:
        if element.kind == "Str" and runs and runs[-1][0].kind == "Str":
            runs[-1].append(element)
        else:
            runs.append([element])
    return tuple(run[0] if len(run) == 1 else replace(run[0], text="".join(e.text for e in run)) for run in runs)
