"""Forms: a form of numbers asked for where no number is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tripos.exam.item import Gap
from tripos.exam.key import GapKey
from tripos.language.kind import Kind
from tripos.problem import Level, Place, Problem
from tripos.review.study import Study


def forms(study: Study) -> Iterator[Problem]:
    """`form=` on a gap that is no number; in a table, where none of its cells is."""
    kinds: dict[Place, list[Kind]] = defaultdict(list)
    words: dict[Place, str] = {}
    for case in study.cases:
        if isinstance(case.asked, Gap) and case.asked.form and isinstance(case.key, GapKey):
            kinds[case.place].append(case.key.kind)
            words[case.place] = f"form={case.asked.form.value} asks for a form of numbers, and the key"
    for place, found in kinds.items():
        if Kind.NUMBER not in found:
            fact = f"{words[place]} is of kind {found[0].value}."
            yield Problem(place, fact, "Leave form= out.", Level.WARNING)
