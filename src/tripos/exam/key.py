"""Keys: what everything asked comes to for one student, how it was found, and which call of the engine it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from tripos.exam.grounds import NONE_HOLDS, evidence, together
from tripos.exam.item import Asked, Choice, Gap, Item, Option, Rubric, Written
from tripos.exam.variant import Variant
from tripos.language.evaluator import Step
from tripos.language.kind import Kind
from tripos.language.names import Names
from tripos.language.plain import of_value
from tripos.language.rule import Call
from tripos.language.values import Formula, Undecided, Undefined, Value, described, kind_of
from tripos.language.worked import Worked, literal
from tripos.problem import Problem, TriposError
from tripos.proof.evidence import Evidence, Sort
from tripos.proof.formula import misfit


class How(StrEnum):
    """Whether a key was worked out by the engine or stands as its author wrote it."""

    COMPUTED = "computed"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class GapKey:
    """The key of a gap: its value with its working, and the call that an answer to it would answer."""

    gap: Gap
    item: Item
    kind: Kind
    worked: Worked
    evidence: Evidence
    answers: Call | None = None
    trace: tuple[Step, ...] = ()
    also: Worked | None = None  # accepted as well; of the key's kind
    stated: Value | None = None  # a formula as its author writes it (`key=`)

    @property
    def shown(self) -> Value:
        """The key as people read it: the author's own form of a formula, else what the engine found."""
        return self.worked.value if self.stated is None else self.stated

    @property
    def how(self) -> How:
        """Whether it was computed or typed."""
        return _how(self.evidence)

    @property
    def asked(self) -> Gap:
        """What is asked."""
        return self.gap


@dataclass(frozen=True, slots=True)
class Claimed:
    """The truth of one option, with its working."""

    option: Option
    value: bool
    worked: Worked
    evidence: Evidence
    trace: tuple[Step, ...] = ()

    @property
    def how(self) -> How:
        """Whether it was computed or typed."""
        return _how(self.evidence)


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """The key of a choice: which options hold."""

    choice: Choice
    item: Item
    claims: tuple[Claimed, ...]
    kind: Kind = Kind.CHOICE

    @property
    def asked(self) -> Choice:
        """What is asked."""
        return self.choice

    @property
    def evidence(self) -> Evidence:
        """What the options rest on together, except for one that is the mere negation of the others."""
        return together(claim.evidence for claim in self.claims if not claim.option.none)

    @property
    def how(self) -> How:
        """Computed if every option is."""
        return _how(self.evidence)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the options that hold."""
        return tuple(claim.option.letter for claim in self.claims if claim.value)


@dataclass(frozen=True, slots=True)
class RubricKey:
    """Words, which have no key but a rubric."""

    rubric: Rubric
    item: Item
    kind: Kind = Kind.TEXT
    how: How = How.TYPED

    @property
    def asked(self) -> Rubric:
        """What is asked."""
        return self.rubric


Key: TypeAlias = GapKey | ChoiceKey | RubricKey


@dataclass(frozen=True, slots=True)
class Keys:
    """Every key of a variant in reading order, and what kept any from being found."""

    variant: Variant
    keys: tuple[Key, ...]
    problems: tuple[Problem, ...] = field(default=())

    def whole(self) -> tuple[Key, ...]:
        """The keys; raises if any could not be found."""
        if self.problems:
            raise TriposError(self.problems)
        return self.keys


def keys(variant: Variant) -> Keys:
    """The keys of everything that is asked."""
    found: list[Key] = []
    problems: list[Problem] = []
    for item, asked in variant.exam.asked():
        try:
            found.append(key(item, asked, variant))
        except TriposError as error:
            problems += error.problems
    return Keys(variant, tuple(found), tuple(problems))


def key(item: Item, asked: Asked, variant: Variant, answers: Mapping[Call, Worked] | None = None) -> Key:
    """The key of one thing asked; with answers in place of calls, what follows from those answers."""
    names = variant.names[item.id]
    match asked:
        case Rubric():
            return RubricKey(asked, item)
        case Choice():
            return ChoiceKey(asked, item, _claims(asked, names, variant))
        case Gap():
            return _gap_key(asked, item, names, variant, answers or {})


def worth(written: Written, names: Names, variant: Variant, answers: Mapping[Call, Worked] | None = None) -> Worked:
    """What an expression comes to in a variant; problems carry the expression's place."""
    return _evaluated(written, names, variant, answers or {})[0]


def _gap_key(gap: Gap, item: Item, names: Names, variant: Variant, answers: Mapping[Call, Worked]) -> GapKey:
    worked, trace = _evaluated(gap.asked, names, variant, answers)
    kind = kind_of(worked.value)
    if isinstance(worked.value, Undecided):
        fact = f"this claim is not decided: {worked.value.why}."
        raise _problem(gap.asked, fact, 'Type its key: `? true`{because="..."}.')
    if isinstance(worked.value, Undefined):
        raise _problem(gap.asked, f"the key has no value: {worked.value.why}.", "Ask for something that has one.")
    if kind is None:
        raise _problem(gap.asked, f"{described(worked.value)} cannot be asked for.", "Ask for a value.")
    fault = misfit(worked.value.tree, names) if isinstance(worked.value, Formula) else None
    if fault is not None:
        raise _problem(gap.asked, fault.sentence(), "Give the names sizes that fit: m by n matrix, vector of n.")
    # The outermost call is recorded last; if its result is the key itself, the gap asks exactly that call.
    answered = trace[-1].call if trace and trace[-1].result is worked else None
    support = evidence(gap.asked.tree, names, trace, worked.value, gap.because)
    also = None if gap.also is None or answers else _also(gap.also, kind, names, variant)
    stated = worth(gap.expected, names, variant).value if gap.expected and kind is Kind.FORMULA else None
    return GapKey(gap, item, kind, worked, support, answered, trace, also, stated)


def _also(written: Written, kind: Kind, names: Names, variant: Variant) -> Worked:
    worked = worth(written, names, variant)
    value = worked.value
    remedy = f"Accept {_a(kind)}, as the key is one, or leave also= out."
    if isinstance(value, Undefined | Undecided):
        raise _problem(written, f"what is accepted as well has no value: {value.why}.", remedy)
    if kind_of(value) is not kind:
        fact = f"what is accepted as well comes to {of_value(value)}, {described(value)}, and the key is {_a(kind)}."
        raise _problem(written, fact, remedy)
    return worked


def _a(kind: Kind) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _claims(choice: Choice, names: Names, variant: Variant) -> tuple[Claimed, ...]:
    decided: dict[str, Claimed] = {}
    problems: list[Problem] = []
    for option in choice.options:
        if option.none:
            continue
        try:
            worked, trace = _evaluated(option.claim, names, variant, {})
            value = _truth(option, worked.value)
            support = evidence(option.claim.tree, names, trace, value, option.because)
            decided[option.letter] = Claimed(option, value, worked, support, trace)
        except TriposError as error:
            problems += error.problems
    if problems:
        raise TriposError(problems)
    nothing = not any(claim.value for claim in decided.values())
    none = Worked(nothing, literal(nothing))
    rest = {option.letter: Claimed(option, nothing, none, NONE_HOLDS) for option in choice.options if option.none}
    return tuple((decided | rest)[option.letter] for option in choice.options)


def _truth(option: Option, value: Value) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, Undecided):
        raise _problem(option.claim, f"this claim is not decided: {value.why}.", "Type its key: `? true` or `? false`.")
    fact = f"the key of an option is true or false; this is {described(value)}."
    raise _problem(option.claim, fact, "Compare it with something, or put the gap at the end of its line.")


def _evaluated(
    written: Written, names: Names, variant: Variant, answers: Mapping[Call, Worked]
) -> tuple[Worked, tuple[Step, ...]]:
    evaluator = variant.engine.evaluator(answers)
    try:
        return evaluator.value(written.tree, names), tuple(evaluator.trace)
    except TriposError as error:
        raise TriposError(written.located(problem) for problem in error.problems) from None


def _how(support: Evidence) -> How:
    return How.TYPED if support.sort is Sort.STATEMENT else How.COMPUTED


def _problem(written: Written, fact: str, remedy: str) -> TriposError:
    return TriposError(Problem(written.place, fact, remedy, text=written.text, width=len(written.text)))
