"""The engine of an exam: the vocabulary that its expressions may use, and the conventions they are worked out under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tripos.deep.conventions import DEFAULTS
from tripos.deep.vocabulary import VOCABULARY
from tripos.language import graph
from tripos.language.evaluator import Budget, Evaluator
from tripos.language.rule import Call
from tripos.language.vocabulary import Vocabulary
from tripos.language.worked import Worked


@dataclass(frozen=True, slots=True)
class Engine:
    """What an exam is evaluated with. Where it has a budget, all its evaluators share that one."""

    vocabulary: Vocabulary
    conventions: Mapping[str, str] = field(default_factory=dict)
    budget: Budget | None = None

    def evaluator(self, answers: Mapping[Call, Worked] | None = None, budget: Budget | None = None) -> Evaluator:
        """A fresh evaluator, with these answers in place of calls."""
        return Evaluator(self.vocabulary, self.conventions, answers or {}, budget=budget or self.budget or Budget())


def engine(conventions: Mapping[str, str] | None = None, budget: Budget | None = None) -> Engine:
    """The engine with everything that Tripos knows, and these conventions in place of the defaults."""
    vocabulary = replace(VOCABULARY, functions={**graph.FUNCTIONS, **VOCABULARY.functions})
    return Engine(vocabulary, {**DEFAULTS, **(conventions or {})}, budget)
