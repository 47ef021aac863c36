"""Scoring rules that do not fit what they score, and what a paper earns on which nothing is written."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from tripos.exam.item import Choice, Item, Rubric
from tripos.exam.key import ChoiceKey, Key
from tripos.exam.scoring import Cells, Deduct, PerOption, Person, Rule, Truth
from tripos.language.source import of_value
from tripos.marking import choice
from tripos.marking.response import BLANK
from tripos.problem import Level, Problem
from tripos.review.study import Study


def rules(study: Study) -> Iterator[Problem]:
    """Rules that cannot do what they say for what their question asks."""
    for item in study.exam.items():
        gaps = [asked for asked in item.asked if not isinstance(asked, Rubric)]
        if gaps:
            yield from _misfits(item, len(gaps), any(isinstance(asked, Choice) for asked in gaps))
    yield from _untouched(study)


def _misfits(item: Item, gaps: int, choice: bool) -> Iterator[Problem]:
    if isinstance(item.rule, Deduct | PerOption) and not choice:
        word = "deduct" if isinstance(item.rule, Deduct) else "per-option"
        fact = f"the rule {word} scores the options of a choice, and {item.id} has none."
        yield Problem(item.place, fact, "Give the question another rule, such as rule=cells.")
    if isinstance(item.rule, Person):
        fact = f"the rule rubric leaves everything to a person, and {item.id} has gaps, which are marked by their keys."
        yield Problem(item.place, fact, "Ask for words with a ::: rubric, or name another rule.")
    if isinstance(item.rule, Truth) and gaps > 1:
        fact = f"the rule truth scores one statement, and {item.id} has {gaps} gaps, each scored by it."
        yield Problem(item.place, fact, "Is that meant?", Level.HINT)


def _untouched(study: Study) -> Iterator[Problem]:
    keys = [(case, case.key) for case in study.cases if case.key]
    generous = [case for case, key in keys if _free(case.item.rule, key) > 0]
    open_ = [case for case in generous if isinstance(case.item.rule, PerOption) and case.item.rule.untouched is None]
    if open_:
        total = sum((_free(case.item.rule, key) for case, key in keys), fmpq(0))
        fact = f"questions that nobody touches earn points: a paper left empty scores {of_value(total)} points."
        remedy = "Write untouched=0 beside rule=per-option if that is not meant."
        yield Problem(open_[0].item.place, fact, remedy, Level.HINT)


def _free(rule: Rule | None, key: Key) -> fmpq:
    # What an answer left empty earns.
    if isinstance(key, ChoiceKey):
        return choice.mark(key, BLANK, rule or Cells()).points or fmpq(0)
    return rule.blank if isinstance(rule, Truth) and key.item.asked else fmpq(0)
