"""Attributes: which an author may write where, and what each is worth. Everything else is an error with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flint import fmpq

from tripos.exam.item import Form
from tripos.exam.scoring import Cells, Deduct, Exact, PerOption, Person, Rule, Truth
from tripos.pandoc.element import Element
from tripos.problem import Place, Problem, nearest

Report = Callable[[Problem], None]

HEADING = ("points", "rule", "wrong", "blank", "untouched", "error", "floor", "choose")
SECTION = (*HEADING, "each")
GAP = ("points", "form", "form-points", "digits", "decimals", "piece-points", "words", "key", "also", "because")
CHOICE_OPTION = ("key", "because")
GRAPH = ("ask", "because")
RUBRIC = ("points", "lines")
LATER = ("unit",)  # of the format, not of this version

_NUMBER = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,9}|/[1-9]\d{0,8})?")
_DEFAULT_ERROR = fmpq(1)


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of one element, read on demand; what is wrong is reported at the element's place."""

    element: Element
    allowed: tuple[str, ...]
    report: Report

    def checked(self) -> Attributes:
        """Itself, after reporting every attribute that does not belong here or is written twice."""
        written = [name for name, _ in self.element.pairs]
        for name in dict.fromkeys(written):
            if written.count(name) > 1:
                self.report(Problem(self.place, f"{name}= is written twice.", "Keep one of them."))
        for name, _ in self.element.pairs:
            if name in LATER:
                self.report(Problem(self.place, f"{name}= is not read by this version.", "Leave it out."))
            elif name not in self.allowed:
                known = ", ".join(self.allowed)
                hint = nearest(name, self.allowed) or f"Known here: {known}."
                self.report(Problem(self.place, f"{name}= is not known here.", hint))
        return self

    @property
    def place(self) -> Place:
        """Where the element stands."""
        return self.element.place

    def text(self, name: str) -> str | None:
        """An attribute as written."""
        return self.element.attribute(name) if name in self.allowed else None

    def number(self, name: str) -> fmpq | None:
        """An attribute as an exact rational: 2, -1, 0.5 or 2/7."""
        text = self.text(name)
        if text is None:
            return None
        if not _NUMBER.fullmatch(text):
            self.report(Problem(self.place, f'{name}="{text}" is no number.', "Write 2, -1, 0.5 or 2/7."))
            return None
        return rational(text)

    def points(self, name: str = "points") -> fmpq | None:
        """An attribute as points that can be earned: not below zero."""
        value = self.number(name)
        if value is not None and value < 0:
            self.report(Problem(self.place, f"{name}={value} is below zero.", "Points that can be earned are not."))
            return None
        return value

    def count(self, name: str, default: int) -> int:
        """An attribute as a whole number from 1."""
        value = self.number(name)
        if value is None:
            return default
        if value.q != 1 or value < 1:
            self.report(Problem(self.place, f"{name}={value} is no count.", "Write a whole number from 1."))
            return default
        return int(value.p)

    def one_of(self, name: str, words: tuple[str, ...]) -> str | None:
        """An attribute that is one of a few words."""
        text = self.text(name)
        if text is None or text in words:
            return text
        hint = nearest(text, words) or f"Write one of: {', '.join(words)}."
        self.report(Problem(self.place, f'{name}="{text}" is not known.', hint))
        return None

    def words(self) -> tuple[str, ...]:
        """An attribute that lists words, parted by semicolons; none where it is not written."""
        text = self.text("words")
        if text is None:
            return ()
        found = tuple(dict.fromkeys(" ".join(word.split()) for word in text.split(";") if word.strip()))
        if len(found) < 2:
            self.report(Problem(self.place, f'words="{text}" leaves no choice.', 'Write words="A; B; neither".'))
        return found

    def form(self) -> Form | None:
        """The form that is asked for."""
        word = self.one_of("form", tuple(Form))
        return Form(word) if word else None

    def rule(self, inherited: Rule) -> Rule:
        """The scoring rule: the named one with its numbers, or the inherited one with some numbers changed."""
        word = self.one_of("rule", tuple(RULES))
        numbers = {name: value for name in RULE_NUMBERS if (value := self._rule_number(name)) is not None}
        if word is None and not numbers:
            return inherited
        kind = RULES[word] if word else type(inherited)
        takes = TAKES[kind]
        for name in numbers:
            if name not in takes:
                remedy = f"It takes {', '.join(takes)}." if takes else "It takes no numbers of its own."
                self.report(Problem(self.place, f"the rule {NAMES[kind]} has no {name}.", remedy))
        given = {name: numbers[name] for name in takes if name in numbers}
        if kind is type(inherited):
            given = {name: getattr(inherited, name) for name in takes if name not in given} | given
        elif kind is Deduct:
            given.setdefault("error", _DEFAULT_ERROR)
        return kind(**given)

    def _rule_number(self, name: str) -> fmpq | None:
        value = self.number(name)
        if name == "error" and value is not None and value < 0:
            remedy = f"It is taken off for every wrong or missing mark: write error={-value}."
            self.report(Problem(self.place, f"error={value} is below zero.", remedy))
            return None
        return value


def rational(text: str) -> fmpq:
    """A rational as written: 3, 2/7 or 0.5."""
    whole, _, fraction = text.partition(".")
    if fraction:
        return fmpq(int(whole + fraction), 10 ** len(fraction))
    top, _, bottom = text.partition("/")
    return fmpq(int(top), int(bottom or 1))


RULES: Mapping[str, type[Rule]] = {
    "truth": Truth,
    "per-option": PerOption,
    "exact": Exact,
    "deduct": Deduct,
    "cells": Cells,
    "rubric": Person,
}
NAMES: Mapping[type[Rule], str] = {kind: name for name, kind in RULES.items()}
TAKES: Mapping[type[Rule], tuple[str, ...]] = {
    Truth: ("wrong", "blank"),
    PerOption: ("untouched",),
    Exact: (),
    Deduct: ("error", "floor", "untouched"),
    Cells: (),
    Person: (),
}
RULE_NUMBERS = ("wrong", "blank", "untouched", "error", "floor")
