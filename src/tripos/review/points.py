"""Points of single gaps: none at all, more for a form than for the value, a reward for a wrong answer."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from tripos.exam.item import Gap, Item, Rubric
from tripos.exam.key import GapKey
from tripos.exam.scoring import Truth
from tripos.language.kind import Kind
from tripos.language.source import of_value
from tripos.problem import Level, Problem
from tripos.review.study import Case, Study


def points(study: Study) -> Iterator[Problem]:
    """Gaps whose points cannot be meant."""
    for case in study.cases:
        asked = case.asked
        if asked.points == 0 and not study.seen(case.place) and not study.seen(case.item.place):
            yield Problem(case.place, f"{asked.id} is worth nothing.", "Give it points=.", Level.WARNING)
        if isinstance(asked, Gap) and asked.form_points > asked.points:
            own, form = of_value(asked.points), of_value(asked.form_points)
            fact = f"{asked.id} is worth {own}, but its value in another form is worth {form}."
            yield Problem(case.place, fact, "Lower form-points.")
        if isinstance(asked, Gap) and asked.form_points > 0 and asked.form is None:
            fact = f"{asked.id} has form-points and asks for no form."
            yield Problem(case.place, fact, "Add form=, or leave form-points out.", Level.WARNING)
        if isinstance(asked, Gap) and asked.piece_points > 0:
            yield from _pieces(case, asked)
    for item in study.exam.items():
        if item.asked and isinstance(item.rule, Truth) and 0 < item.rule.wrong <= _least(item):
            fact = f"a wrong answer earns {of_value(item.rule.wrong)}."
            yield Problem(item.place, fact, "Write wrong=-1 if it is to cost points.", Level.WARNING)


def _pieces(case: Case, asked: Gap) -> Iterator[Problem]:
    if asked.piece_points >= asked.points > 0:
        own, pieces = of_value(asked.points), of_value(asked.piece_points)
        fact = f"{asked.id} is worth {own}, but an answer that is right on most pieces alone is worth {pieces}."
        yield Problem(case.place, fact, "Lower piece-points.")
    if isinstance(case.key, GapKey) and case.key.kind is not Kind.FORMULA:
        fact = f"piece-points speaks of the pieces of a formula, and the key is of kind {case.key.kind.value}."
        yield Problem(case.place, fact, "Leave piece-points out.", Level.WARNING)


def _least(item: Item) -> fmpq:
    # A reward above what is asked is worth is an error of its own (see excess).
    return min((asked.points for asked in item.asked if not isinstance(asked, Rubric)), default=fmpq(0))
