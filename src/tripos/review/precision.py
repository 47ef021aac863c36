"""Precision: digits and decimals asked for where no number is, both at once, or beside a form that is no decimal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tripos.exam.item import Form, Gap
from tripos.exam.key import GapKey
from tripos.language.kind import Kind
from tripos.problem import Level, Place, Problem
from tripos.review.study import Study


def precision(study: Study) -> Iterator[Problem]:
    """`digits=` and `decimals=` that cannot be meant; in a table one number among the cells is enough."""
    kinds: dict[tuple[Place, str], list[Kind]] = defaultdict(list)
    for case in study.cases:
        gap = case.asked
        if not isinstance(gap, Gap) or not (gap.digits or gap.decimals):
            continue
        word = f"digits={gap.digits}" if gap.digits else f"decimals={gap.decimals}"
        if gap.digits and gap.decimals:
            fact = f"digits={gap.digits} and decimals={gap.decimals} ask for two precisions."
            yield Problem(case.place, fact, "Keep one of them.")
        if gap.form and gap.form is not Form.DECIMAL:
            fact = f"{word} asks for a rounded decimal, and form={gap.form.value} for another form."
            yield Problem(case.place, fact, "Keep one of them.")
        if isinstance(case.key, GapKey):
            kinds[case.place, word].append(case.key.kind)
    for (place, word), found in kinds.items():
        if Kind.NUMBER not in found:
            fact = f"{word} asks for a number to be rounded, and the key is of kind {found[0].value}."
            yield Problem(place, fact, "Leave it out.", Level.WARNING)
