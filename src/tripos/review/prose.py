"""Prose: words that make a statement neither true nor false, formulas that are none, misspelt blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tripos.exam.item import Gap, Item
from tripos.language.kind import Kind
from tripos.pandoc.element import Element, walk
from tripos.problem import Level, Problem, nearest
from tripos.review.study import Study

_VAGUE = re.compile(r"\W*(could|might|may)\W*")
_LONE_DOLLAR = re.compile(r"\$\\")
BLOCKS = ("let", "graph")


def prose(study: Study) -> Iterator[Problem]:
    """What a careful reader would stumble over in the text."""
    stating = {id(case.item) for case in study.cases if isinstance(case.asked, Gap) and _is_truth(case.key)}
    for item in study.exam.items():
        if id(item) in stating:
            yield from _vague(item)
        yield from _odd((*item.title, *item.content, *item.solution))


def _is_truth(key: object) -> bool:
    return getattr(key, "kind", None) is Kind.TRUTH


def _vague(item: Item) -> Iterator[Problem]:
    for element in walk(item.content):
        if element.kind == "Str" and (match := _VAGUE.fullmatch(element.text)):
            fact = f'"{match[1]}" leaves open when this statement is true.'
            remedy = "Say always, for some, or in this case."
            yield Problem(element.place, fact, remedy, Level.WARNING)


def _odd(elements: Sequence[Element]) -> Iterator[Problem]:
    for element in walk(elements):
        if element.kind == "Str" and _LONE_DOLLAR.search(element.text):
            fact = "a dollar sign stands here, and no formula begins with it."
            yield Problem(element.place, fact, "Close its braces and the formula, or write \\$.", Level.WARNING)
        if element.kind == "CodeBlock":
            for word in element.classes:
                close = nearest(word, BLOCKS)
                # "latex" is near enough to "let" for a suggestion, and means something else.
                if close and word not in BLOCKS and word[:1] + word[-1:] in ("lt", "gh", "tl"):
                    yield Problem(element.place, f"{word} is shown as code.", close, Level.WARNING)
