"""The report of an exam: it is read, everything it asks is worked out, and every check has its say, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from tripos.exam.reading import Reading, read, read_file
from tripos.problem import Level, Problem, TriposError
from tripos.review.channels import channels
from tripos.review.draws import draws
from tripos.review.exact import exact
from tripos.review.excess import excess
from tripos.review.expectations import expectations
from tripos.review.fit import fit
from tripos.review.forms import forms
from tripos.review.ids import ids
from tripos.review.images import images
from tripos.review.keyless import keyless
from tripos.review.listing import Listed, listing, summary
from tripos.review.options import options
from tripos.review.points import points
from tripos.review.precision import precision
from tripos.review.prose import prose
from tripos.review.reasons import reasons
from tripos.review.rubrics import rubrics
from tripos.review.rules import rules
from tripos.review.shown import shown
from tripos.review.study import Study, studied
from tripos.review.titles import titles
from tripos.review.totals import totals
from tripos.review.words import words

Check: TypeAlias = Callable[[Study], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    keyless,
    shown,
    fit,
    totals,
    points,
    excess,
    ids,
    options,
    expectations,
    draws,
    reasons,
    rules,
    forms,
    precision,
    words,
    exact,
    rubrics,
    channels,
    prose,
    images,
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a careful colleague found: problems by their place, and every key with how it was found."""

    problems: tuple[Problem, ...]
    keys: tuple[Listed, ...] = ()
    digest: str = ""  # of the exam; empty if it could not be read

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be solved before anybody is marked by this exam."""
        return tuple(problem for problem in self.problems if problem.level is Level.ERROR)

    @property
    def summary(self) -> str:
        """How many keys are computed, in a sentence."""
        return summary(self.keys)


def check(path: Path) -> Report:
    """The report of an exam in a file."""
    try:
        return _report(read_file(path))
    except TriposError as error:  # the file holds no text
        return Report(error.problems)


def check_text(source: str, file: str = "exam.md") -> Report:
    """The report of an exam in a text; images are looked for beside `file`."""
    return _report(read(source, file))


def _report(reading: Reading) -> Report:
    study = studied(reading.exam, reading.problems)
    found = [*reading.problems, *(problem for one in CHECKS for problem in one(study))]
    said = titles(reading.exam)
    keys = tuple(replace(key, id=said.spoken(key.id)) for key in listing(study))
    return Report(_sorted(map(said.told, found)), keys, reading.exam.digest)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    once = {(str(problem.place), problem.fact): problem for problem in reversed(list(problems))}
    levels = list(Level)
    return tuple(
        sorted(once.values(), key=lambda one: (one.place.line, one.place.column, levels.index(one.level), one.fact))
    )
