"""Drawn: what the slots that show values hold, for each draw of an exam. All formulas of all draws are one run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tripos.exam.gaps import SHOW_IN_TEX
from tripos.exam.item import Exam
from tripos.exam.key import worth
from tripos.exam.variant import Variant
from tripos.language import latex
from tripos.language.values import Value
from tripos.pages.formula import cleaned
from tripos.pages.markup import Html
from tripos.pages.prose import FORMULAS, Kind, Prose, Slot
from tripos.pages.working import typeset_value
from tripos.pandoc.writing import mathml

Draw: TypeAlias = tuple[tuple[str, str], ...]
Formula: TypeAlias = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is shown, by draw and slot."""

    fills: Mapping[Draw, Mapping[Slot, Html]] = field(repr=False)

    def of(self, variant: Variant) -> Mapping[Slot, Html]:
        """What is shown to one student."""
        return self.fills[draw(variant)]


def draw(variant: Variant) -> Draw:
    """What tells two variants apart."""
    return tuple(variant.drawn().items())


def drawn(exam: Exam, prose: Prose, variants: Mapping[Draw, Variant]) -> Drawn:
    """What is shown in each variant."""
    slots = sorted({slot for slot in prose.slots() if slot.kind in (Kind.SHOW, *FORMULAS)}, key=str)
    values = {draw: _values(exam, variant) for draw, variant in variants.items()}
    written = _written({_formula(slot, values[draw]) for slot in slots for draw in variants if slot.kind in FORMULAS})

    def fill(slot: Slot, shown: tuple[Value, ...]) -> Html:
        return typeset_value(shown[int(slot.name)]) if slot.kind is Kind.SHOW else written[_formula(slot, shown)]

    return Drawn({draw: {slot: fill(slot, values[draw]) for slot in slots} for draw in variants})


def _values(exam: Exam, variant: Variant) -> tuple[Value, ...]:
    return tuple(worth(show.written, variant.names[show.item], variant).value for show in exam.shown)


def _formula(slot: Slot, shown: tuple[Value, ...]) -> Formula:
    def value(match: re.Match[str]) -> str:
        return f"{{{latex.of_value(shown[int(match[1])])}}}"

    return SHOW_IN_TEX.sub(value, slot.name), slot.kind is Kind.DISPLAYED


def _written(formulas: set[Formula]) -> Mapping[Formula, Html]:
    ordered = sorted(formulas)
    return {formula: cleaned(text) for formula, text in zip(ordered, mathml(ordered), strict=True)}
