"""Rubrics: whose items together earn less than the rubric is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flint import fmpq

from tripos.exam.attributes import rational
from tripos.exam.item import Rubric
from tripos.language.source import of_value
from tripos.pandoc.element import Element, plain_text, walk
from tripos.problem import Level, Problem
from tripos.review.study import Study

_EARNED = re.compile(r"\+\s*(\d{1,9}(?:\.\d{1,9}|/[1-9]\d{0,8})?)(?![\w/])")
_OFTEN = re.compile(r"\b(?:each|every|per)\b", re.IGNORECASE)


def rubrics(study: Study) -> Iterator[Problem]:
    """Rubrics by which nobody can earn all the points; alternatives may add up to more."""
    for case in study.cases:
        if isinstance(case.asked, Rubric) and (total := _total(case.asked)) is not None and total < case.asked.points:
            worth = of_value(case.asked.points)
            fact = f"the items of this rubric earn {of_value(total)} at most; it is worth {worth}."
            yield Problem(case.place, fact, "Change an item or points=.", Level.WARNING)


def _total(rubric: Rubric) -> fmpq | None:
    # None where no item earns a number, or some item earns one nobody can tell how often.
    total, found = fmpq(0), False
    for item in walk(rubric.content):
        words = _words(item) if item.kind == "Item" else ""
        if not words.startswith("+"):
            continue
        earned = _EARNED.match(words)
        if earned is None or _OFTEN.search(words):
            return None
        total, found = total + rational(earned[1]), True
    return total if found else None


def _words(item: Element) -> str:
    return plain_text(item.children[:1])
