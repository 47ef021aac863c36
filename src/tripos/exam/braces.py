"""Braces: attributes that were meant as such and stand as words in the text, behind a mark or in a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tripos.exam.attributes import SECTION
from tripos.exam.gaps import ASK, SHOW, marked
from tripos.pandoc.element import Element, walk
from tripos.problem import Problem

_ATTRIBUTES = re.compile(rf"\{{\s*(?:#|(?:{'|'.join(SECTION)})\b)")
_CAUSE = "the braces behind this {} are not closed, or hold a blank around =."
_REMEDY = "Write {}, without blanks around =, and &quot; for a quotation mark inside of others."


def open_braces(blocks: Sequence[Element]) -> Iterator[Problem]:
    """Every mark with braces behind it that were not read as attributes."""
    for element in walk(blocks):
        for mark, after in pairwise(element.children):
            meant = any(marked(mark, sign) for sign in (ASK, SHOW))
            if meant and after.kind == "Str" and after.text.startswith("{"):
                yield Problem(mark.place, _CAUSE.format("mark"), _REMEDY.format('`? 1`{points=2 because="..."}'))


def open_title(heading: Element) -> Problem | None:
    """The problem of a heading whose attributes stand in its title."""
    words = "".join(part.text if part.kind == "Str" else " " for part in walk(heading.children))
    if not _ATTRIBUTES.search(words):
        return None
    return Problem(heading.place, _CAUSE.format("heading"), _REMEDY.format("## Title {#q1 points=2}"))
