"""Words that may be answered: the key is among them, and it is a word."""

from __future__ import annotations

from collections.abc import Iterator

from tripos.exam.item import Gap
from tripos.exam.key import GapKey, Key
from tripos.language.kind import Kind
from tripos.problem import Problem
from tripos.proof.comparison import spelt
from tripos.review.study import Study
from tripos.review.worlds import gathered


def words(study: Study) -> Iterator[Problem]:
    """`words=` on a gap whose key, or what is accepted as well, is none of them."""
    for case in study.cases:
        gap = case.asked
        if isinstance(gap, Gap) and gap.words:
            found = ((Problem(case.place, *say), one.world) for one in case.outcomes for say in _amiss(gap, one.key))
            yield from gathered(found, len(case.outcomes))


def _amiss(gap: Gap, key: Key | None) -> Iterator[tuple[str, str]]:
    if not isinstance(key, GapKey):
        return
    if key.kind is not Kind.WORD:
        yield f"words= lists what may be answered, and the key is of kind {key.kind.value}.", "Leave words= out."
        return
    listed = {spelt(word) for word in gap.words}
    for worked in (key.worked, key.also):
        if worked is not None and spelt(str(worked.value)) not in listed:
            yield f"“{worked.value}” is right, and is not among words=.", "Add it to the words."
