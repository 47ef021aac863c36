"""Excess: numbers of a scoring rule by which an answer could earn more than what is asked is worth."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from tripos.exam.attributes import NAMES
from tripos.exam.item import Asked, Choice, Item, Rubric
from tripos.exam.scoring import Deduct, PerOption, Rule, Truth
from tripos.language.source import of_value
from tripos.problem import Problem
from tripos.review.study import Study

EARNED: dict[str, str] = {
    "wrong": "a wrong answer earns",
    "blank": "an answer left blank earns",
    "untouched": "an untouched question earns",
    "floor": "nobody earns less than",
}


def excess(study: Study) -> Iterator[Problem]:
    """Rules that pay more for a fault, or for nothing, than the question is worth."""
    for item in study.exam.items():
        if item.rule is not None and not study.seen(item.place):
            yield from _paid(item, item.rule)


def _paid(item: Item, rule: Rule) -> Iterator[Problem]:
    for name, value in _numbers(rule).items():
        least = min((one for one in item.asked if _scores(rule, one)), key=lambda one: one.points, default=None)
        if value is not None and least is not None and value > least.points:
            own, paid = of_value(least.points), of_value(value)
            fact = f"by the rule {NAMES[type(rule)]} {EARNED[name]} {paid}, and {least.id} is worth {own}."
            yield Problem(item.place, fact, f"Lower {name}= to {own} or less.")


def _numbers(rule: Rule) -> dict[str, fmpq | None]:
    match rule:
        case Truth(wrong=wrong, blank=blank):
            return {"wrong": wrong, "blank": blank}
        case Deduct(floor=floor, untouched=untouched):
            return {"floor": floor, "untouched": untouched}
        case PerOption(untouched=untouched):
            return {"untouched": untouched}
        case _:
            return {}


def _scores(rule: Rule, asked: Asked) -> bool:
    return not isinstance(asked, Rubric) and (isinstance(rule, Truth) or isinstance(asked, Choice))
