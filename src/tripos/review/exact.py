"""Exact answers: numbers that no decimal equals, in questions that do not say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tripos.exam.item import Item
from tripos.exam.key import GapKey
from tripos.language.kind import Kind
from tripos.pandoc.element import plain_text
from tripos.problem import Level, Problem
from tripos.review.forms import is_decimal, spelt
from tripos.review.study import Case, Study

_SAID = re.compile(r"\bexact|\bfraction", re.IGNORECASE)


def exact(study: Study) -> Iterator[Problem]:
    """Questions in which only an exact answer is right, once each, unless their text speaks of it."""
    seen: set[int] = set()
    for case in study.cases:
        key = next((key for key in case.found if isinstance(key, GapKey) and _is_exact(key)), None)
        question = _question(case)
        if key is None or id(question) in seen or any(map(_says, case.path)):
            continue
        seen.add(id(question))
        fact = f"only an exact answer is right here, such as {spelt(key)}."
        yield Problem(case.place, fact, "Say so in the question.", Level.HINT)


def _is_exact(key: GapKey) -> bool:
    asked = key.gap.form or key.gap.digits or key.gap.decimals
    return not asked and key.kind is Kind.NUMBER and not is_decimal(key.worked.value)


def _question(case: Case) -> Item:
    return next((item for item in case.path if item.level == 2), case.item)


def _says(item: Item) -> bool:
    return any(_SAID.search(plain_text(words)) for words in (item.title, item.content))
