"""The listing: every key with how it was found, which rules of the engine did it, or why its author typed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripos.exam.item import Choice, Gap
from tripos.exam.key import ChoiceKey, GapKey, How
from tripos.language.evaluator import Step
from tripos.language.kind import Kind
from tripos.language.tree import Binder, Node, walk
from tripos.language.vocabulary import QUANTIFIERS
from tripos.review.study import Case, Study


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing asked: the kind of its key and how that was found. A kind of none: its key could not be found."""

    id: str
    kind: Kind | None
    how: How
    rules: tuple[str, ...] = ()
    because: str = ""

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
    because = asked.because if isinstance(asked, Gap) else ""
    if isinstance(asked, Choice):
        because = " ".join(option.because for option in asked.options if option.because)
    return Listed(asked.id, key.kind, key.how, _rules(key) if key.how is How.COMPUTED else (), because)


def _rules(key: object) -> tuple[str, ...]:
    match key:
        case GapKey(trace=trace, gap=gap):
            return _named(trace, [gap.asked.tree])
        case ChoiceKey(claims=claims):
            own = [claim for claim in claims if not claim.option.none]
            steps = [step for claim in own for step in claim.trace]
            return _named(steps, [claim.option.claim.tree for claim in own])
        case _:
            return ()


def _named(trace: Sequence[Step], trees: Sequence[Node]) -> tuple[str, ...]:
    # The outermost call is recorded last, and says most.
    rules = dict.fromkeys(step.call.name for step in reversed(trace))
    binders = [node.value.function for tree in trees for node in walk(tree) if isinstance(node.value, Binder)]
    return (*rules, *(name for name in dict.fromkeys(binders) if name in QUANTIFIERS))
