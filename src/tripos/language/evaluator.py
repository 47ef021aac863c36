"""Evaluation: one dispatcher for trees and for rules of the engine, with a trace and a budget of counted steps.

An evaluator holds what may differ between two evaluations of the same expression: the conventions, the answers that
stand in for calls (follow-through), the rules that are replaced (well-known mistakes) and the budget. It runs every
rule as a generator on a stack of its own, so nothing recurses.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

from tripos.language import operations
from tripos.language.names import Names, Shared
from tripos.language.rule import Call, Convention, Request, Rule, Subtree
from tripos.language.tree import Node
from tripos.language.vocabulary import Vocabulary
from tripos.language.worked import Worked, bare, exactly
from tripos.problem import Place, Problem, Refusal, TriposError

Frame: TypeAlias = Generator[Request, Worked, Worked]
STEPS = 200_000
MAX_WORKING = 2_000  # parts of the working of a definition that is kept


class Source(Enum):
    """Where the value of a call came from."""

    ENGINE = "engine"
    ANSWER = "answer"  # somebody's earlier answer stood in
    MISTAKE = "mistake"  # the rule was replaced


@dataclass(frozen=True, slots=True)
class Step:
    """One record of the trace: a call, what it gave, and on whose word. A call is recorded once, when it is done."""

    call: Call
    result: Worked
    source: Source


@dataclass(slots=True)
class Budget:
    """A number of steps, counted, so that the same work ends in the same place on every machine."""

    limit: int = STEPS
    spent: int = 0

    def spend(self) -> None:
        """Count one step; raises when there is none left."""
        self.spent += 1
        if self.spent > self.limit:
            fact = f"this takes more than {self.limit:,} steps to work out."
            raise Refusal(Problem(Place(), fact, "Ask for something smaller."))


@dataclass(slots=True)
class Evaluator:
    """Evaluates trees and calls. Make a new one for every evaluation whose trace you want to read."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    conventions: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[Call, Worked] = field(default_factory=dict)
    replaced: Mapping[str, Rule[...]] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    trace: list[Step] = field(default_factory=list)
    _known: dict[Call, Worked] = field(default_factory=dict)
    _worked: dict[Shared, Worked] = field(default_factory=dict)

    def value(self, tree: Node, names: Names | None = None) -> Worked:
        """What a tree comes to, with these names."""
        return self._run(self._tree(tree, names or {}))

    def answer(self, call: Call) -> Worked:
        """What a call comes to."""
        return self._run(self._call(call))

    def _run(self, first: Frame) -> Worked:
        frames = [first]
        result: Worked | None = None
        fault: TriposError | None = None
        while frames:
            try:
                # A fault goes to the frame that asked, so that a tree can say where in the text it went wrong.
                request = frames[-1].throw(fault) if fault else frames[-1].send(result)  # type: ignore[arg-type]
            except StopIteration as finished:
                frames.pop()
                result, fault = finished.value, None
            except TriposError as error:
                frames.pop()
                fault = error
            else:
                frames.append(self._frame(request))
                result, fault = None, None
        if fault:
            raise fault
        assert result is not None
        return result

    def _frame(self, request: Request) -> Frame:
        match request:
            case Call():
                return self._call(request)
            case Convention():
                return self._convention(request)
            case Subtree(tree=tree, names=names):
                return self._tree(tree, names)
            case Shared():
                return self._shared(request)

    def _tree(self, tree: Node, names: Names) -> Frame:
        self.budget.spend()
        try:
            return (yield from operations.evaluated(tree, names, self.vocabulary))
        except TriposError as error:
            raise type(error)(_spanned(problem, tree) for problem in error.problems) from None

    def _shared(self, shared: Shared) -> Frame:
        if shared not in self._worked:
            try:
                result = yield from self._tree(shared.tree, shared.names)
                # A chain of definitions doubles its working at every line; nobody reads one that long.
                # What a call gave stays as it is: a key asked by its name answers that call.
                own = bool(self.trace) and self.trace[-1].result is result
                self._worked[shared] = bare(result) if result.tree.size > MAX_WORKING and not own else result
            except TriposError as error:
                # Its spans point into the text of the definition, not into the text that uses the name.
                raise type(error)(replace(problem, start=0, width=0) for problem in error.problems) from None
        return self._worked[shared]

    def _call(self, call: Call) -> Frame:
        if call in self._known:
            return self._known[call]
        self.budget.spend()
        if call in self.answers:
            result, source = self.answers[call], Source.ANSWER
        else:
            instead = self.replaced.get(call.name)
            result = yield from (instead or call.rule).body(*call.arguments)
            source = Source.MISTAKE if instead else Source.ENGINE
        self._known[call] = result
        self.trace.append(Step(call, result, source))
        return result

    def _convention(self, convention: Convention) -> Frame:
        yield from ()
        word = self.conventions.get(convention.name)
        if word is None:
            fact = f"this rests on a convention that is not stated: {convention.name}."
            raise TriposError(Problem(Place(), fact, "State it."))
        return Worked(word, exactly(0).tree)


def _spanned(problem: Problem, tree: Node) -> Problem:
    # The innermost tree marks the place; those around it leave it alone.
    if problem.width or not tree.span.end:
        return problem
    return replace(problem, start=tree.span.start, width=tree.span.end - tree.span.start)
