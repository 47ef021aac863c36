"""Expectations: what an author says a key is (`key=`), against what the engine finds."""

from __future__ import annotations

from collections.abc import Iterator

from tripos.exam.item import Choice, Gap, Written
from tripos.exam.key import ChoiceKey, GapKey, Key
from tripos.language.kind import Kind
from tripos.language.source import of_value
from tripos.language.values import Value
from tripos.language.worked import literal
from tripos.problem import Level, Problem, TriposError
from tripos.proof.comparison import COMPARE, compare
from tripos.proof.verdict import Outcome as Verdict
from tripos.review.study import Case, Outcome, Study
from tripos.review.worlds import World, gathered


def expectations(study: Study) -> Iterator[Problem]:
    """Every expectation that is not met, in the first draw in which it is not."""
    for case in study.cases:
        found = ((problem, outcome.world) for outcome in case.outcomes for problem in _unmet(case, outcome, study))
        yield from gathered(found, len(case.outcomes))


def _unmet(case: Case, outcome: Outcome, study: Study) -> Iterator[Problem]:
    for written, value, kind in _expected(case, outcome.key):
        yield from _differing(written, value, kind, case, outcome.world, study)


def _expected(case: Case, key: Key | None) -> list[tuple[Written, Value, Kind]]:
    if isinstance(case.asked, Gap) and case.asked.expected and isinstance(key, GapKey):
        return [(case.asked.expected, key.worked.value, key.kind)]
    if isinstance(case.asked, Choice) and isinstance(key, ChoiceKey):
        claims = [(claim.option.expected, claim.value) for claim in key.claims]
        return [(expected, value, Kind.TRUTH) for expected, value in claims if expected]
    return []


def _differing(written: Written, value: Value, kind: Kind, case: Case, world: World, study: Study) -> Iterator[Problem]:
    try:
        expected = study.worth(written, case.item, world).value
    except TriposError as error:
        yield from error.problems
        return
    if kind in COMPARE:
        outcome = compare(value, literal(expected), kind, world.names).outcome
        if outcome is Verdict.EQUAL:
            return
        if outcome is Verdict.DIFFERENT:
            fact = f"key={of_value(expected)} is expected, and the engine finds {of_value(value)}."
            yield Problem(written.place, fact, "One of the two is wrong: correct it.")
            return
    elif expected == value:
        return
    fact = f"this version does not compare {kind.value}s, so key={written.text} is not checked."
    yield Problem(written.place, fact, "Check it yourself.", Level.WARNING)
