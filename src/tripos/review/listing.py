"""The listing: every key with how it was found, which rules of the engine did it, or why its author typed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripos.exam.item import Asked, Choice, Gap
from tripos.exam.key import How, RubricKey
from tripos.language.kind import Kind
from tripos.proof.evidence import Evidence
from tripos.review.study import Case, Study

SOLUTION = "see its solution"


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing asked: the kind of its key and how that was found. A kind of none: its key could not be found."""

    id: str
    kind: Kind | None
    how: How
    rules: tuple[str, ...] = ()
    because: str = ""
    evidence: Evidence | None = None  # of an answer in words, or of a key that was not found, there is none

    def __str__(self) -> str:
        if self.kind is None:
            return f"{self.id}  no key"
        if self.kind is Kind.TEXT:
            return f"{self.id}  words, marked by a person"
        if self.how is How.COMPUTED:
            return f"{self.id}  {self.kind.value}, computed by {', '.join(self.rules)}"
        return f"{self.id}  {self.kind.value}, typed" + (f": {self.because}" if self.because else "")


def listing(study: Study) -> tuple[Listed, ...]:
    """Every key, in reading order."""
    return tuple(_listed(case) for case in study.cases)


def summary(keys: Sequence[Listed]) -> str:
    """How many keys are computed, in a sentence."""
    found = [one for one in keys if one.kind is not Kind.TEXT]
    words = len(keys) - len(found)
    computed = sum(one.kind is not None and one.how is How.COMPUTED for one in found)
    rest = f" {words} answer{' is' if words == 1 else 's are'} words, marked by a person." if words else ""
    return f"{computed} of {len(found)} keys are computed.{rest}"


def _listed(case: Case) -> Listed:
    asked, key = case.asked, case.key
    if key is None:
        return Listed(asked.id, None, How.TYPED)
    if isinstance(key, RubricKey):
        return Listed(asked.id, key.kind, key.how)
    found = key.evidence
    because = _reasons(asked)
    if key.how is How.TYPED and not because and any(item.solution for item in case.path):
        because = SOLUTION
    return Listed(asked.id, key.kind, key.how, found.rules, because, found)


def _reasons(asked: Asked) -> str:
    match asked:
        case Gap(because=because):
            return because
        case Choice(options=options):
            return " ".join(option.because for option in options if option.because)
        case _:
            return ""
