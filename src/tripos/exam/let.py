"""Let: the definitions of an item, worked out while the exam is read; what cannot be is reported, once and there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tripos.deep.network import Network
from tripos.exam.definitions import LOST, Assigned, Definition, Drawn, Faulty, Required, expanded, rests_on_lost
from tripos.exam.draws import Lot, bound, reached
from tripos.exam.engine import Engine
from tripos.language.evaluator import Budget, Evaluator
from tripos.language.names import Names
from tripos.language.tree import Callee, Node, Op
from tripos.language.worked import Worked
from tripos.problem import Problem, TriposError

Definitions: TypeAlias = tuple[Definition, ...]

STEPS = 500_000  # of all the definitions of an exam together


@dataclass(frozen=True, slots=True)
class Let:
    """Where definitions stand, and what they are worked out with; the budget is that of the whole reading."""

    item: str
    outer: Names
    lot: Lot
    engine: Engine
    budget: Budget
    report: Callable[[Problem], None]

    def sound(self, kept: Definitions, found: Sequence[Definition], names: Names) -> tuple[Definitions, Names]:
        """The definitions with those found added, and what their names stand for; a wrong one becomes faulty."""
        evaluator = self.engine.evaluator(budget=self.budget)
        for definition in found:
            out = _is_spent(self.budget)
            try:
                after = self._after(kept, definition, names)
                if isinstance(definition, Assigned):
                    _work_out(definition, after, evaluator)
            except TriposError as error:
                if not out:  # what comes after the last step is not looked at, and not wrong
                    self._tell(definition, error)
                if not isinstance(definition, Required):
                    kept = (*kept, Faulty(definition.name, definition.place))
                    names = {**names, definition.name: LOST}
            else:
                kept, names = (*kept, definition), after
        return kept, names

    def _after(self, kept: Definitions, definition: Definition, names: Names) -> Names:
        if not isinstance(definition, Required):
            return bound((definition,), self.item, names, self.lot, self.engine, self.budget)
        _refuse_elsewhere(definition, kept, names)
        # No more than a student's own draw may take, and all of it counted.
        own = Budget(min(Budget().limit, self.budget.limit - self.budget.spent))
        try:
            return bound((*kept, definition), self.item, self.outer, self.lot, self.engine, own)
        finally:
            self.budget.spent += own.spent

    def _tell(self, definition: Definition, error: TriposError) -> None:
        if not _is_spent(self.budget) or isinstance(definition, Required):
            for problem in error.problems:
                self.report(problem)
            return
        fact = f"with this line, the definitions of the exam take more than {self.budget.limit:,} steps to work out."
        self.report(Problem(definition.place, fact, "Define something smaller."))


def _refuse_elsewhere(required: Required, kept: Definitions, names: Names) -> None:
    # Drawing again changes only what is drawn in the same item: any other requirement fails for some students alone.
    own = {definition.name for definition in kept if isinstance(definition, Drawn)}
    if reached(required, kept) & own or rests_on_lost(required.tree, names):
        return
    drawn = [str(node.value) for node, meaning in expanded(required.tree, names) if isinstance(meaning, Worked)]
    remedy = f"Put it where {' and '.join(dict.fromkeys(drawn))} is drawn." if drawn else "Leave it out."
    problem = Problem(required.place, "this requirement joins no name drawn here.", remedy, width=len(required.text))
    raise TriposError(problem.of(required.text, required.place))


def _work_out(definition: Assigned, names: Names, evaluator: Evaluator) -> None:
    # Raises if a definition cannot be worked out, or if it is a network that does not fit its input.
    tree = definition.tree
    if rests_on_lost(tree, names):
        return
    try:
        value = evaluator.value(tree, names).value
        if isinstance(value, Network) and value.input is not None:
            evaluator.value(Node(Op.CALL, (tree,), Callee("volume"), tree.span), names)
    except TriposError as error:
        raise TriposError(problem.of(definition.text, definition.place) for problem in error.problems) from None


def _is_spent(budget: Budget) -> bool:
    return budget.spent > budget.limit
