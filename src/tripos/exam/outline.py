"""The outline of a document: its headings as a tree, each with the blocks that stand directly below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tripos.pandoc.element import Element
from tripos.problem import Place, Problem

DEEPEST = 3
_NAMES = {1: "section (#)", 2: "question (##)", 3: "part (###)"}


@dataclass(slots=True)
class Heading:
    """A heading and what stands below it. The document itself is one of level 0, without an element."""

    level: int
    place: Place
    element: Element | None = None
    blocks: list[Element] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


def outline(blocks: Sequence[Element], file: str, report: Callable[[Problem], None]) -> Heading:
    """The document as a tree of headings; a heading that skips a level is reported and hung where it can."""
    root = Heading(0, Place(file, 1, 1))
    path = [root]
    for block in blocks:
        if block.kind != "Header":
            path[-1].blocks.append(block)
            continue
        level = block.level
        if level > DEEPEST:
            report(
                Problem(
                    block.place,
                    f"this is a heading of level {level}.",
                    "An exam has sections (#), questions (##) and parts (###).",
                )
            )
            level = DEEPEST
        while path[-1].level >= level:
            path.pop()
        # A short exam may do without sections; nothing else may be skipped.
        if level != path[-1].level + 1 and (path[-1].level, level) != (0, 2):
            fact = f"this {_NAMES[level]} stands directly below {_above(path[-1])}."
            report(Problem(block.place, fact, f"Put a {_NAMES[path[-1].level + 1]} in between, or use fewer #."))
        heading = Heading(level, block.place, block)
        path[-1].headings.append(heading)
        path.append(heading)
    return root


def _above(heading: Heading) -> str:
    return f"a {_NAMES[heading.level]}" if heading.level else "the exam's beginning"
