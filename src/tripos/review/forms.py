"""Forms: a form of numbers asked for where no number is, or where no number has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from flint import fmpq

from tripos.exam.item import Form, Gap
from tripos.exam.key import GapKey
from tripos.language import plain
from tripos.language.ball import Ball
from tripos.language.kind import Kind
from tripos.language.values import Value
from tripos.problem import Level, Place, Problem
from tripos.review.study import Case, Study
from tripos.review.worlds import World, gathered


def forms(study: Study) -> Iterator[Problem]:
    """`form=` on a gap whose key cannot have it: on what is no number (in a table: no cell), or on another number."""
    kinds: dict[Place, list[Kind]] = defaultdict(list)
    words: dict[Place, str] = {}
    for case in study.cases:
        if isinstance(case.asked, Gap) and case.asked.form and isinstance(case.key, GapKey):
            kinds[case.place].append(case.key.kind)
            words[case.place] = f"form={case.asked.form.value} asks for a form of numbers, and the key"
            yield from gathered(_without(case, case.asked.form), len(case.outcomes))
    for place, found in kinds.items():
        if Kind.NUMBER not in found:
            fact = f"{words[place]} is of kind {found[0].value}."
            yield Problem(place, fact, "Leave form= out.", Level.WARNING)


def is_decimal(value: Value) -> bool:
    """Whether a number is one that a decimal can write in full."""
    # The denominator then divides a power of ten, and no higher a one than it has binary digits.
    return isinstance(value, fmpq) and pow(10, int(value.q).bit_length(), int(value.q)) == 0


def _without(case: Case, form: Form) -> Iterator[tuple[Problem, World]]:
    for outcome in case.outcomes:
        key = outcome.key
        if not isinstance(key, GapKey) or key.kind is not Kind.NUMBER or _can_have(form, key):
            continue
        fact = f"form={form.value} is asked, and no {form.value} equals the key, {spelt(key)}."
        whole = isinstance(key.worked.value, fmpq)
        yield Problem(case.place, fact, "Ask for form=fraction." if whole else "Leave form= out."), outcome.world


def spelt(key: GapKey) -> str:
    """A number as it is written exactly: of one known within bounds only, its working."""
    value = key.worked.value
    return plain.of(key.worked.tree) if isinstance(value, Ball) else plain.of_value(value)


def _can_have(form: Form, key: GapKey) -> bool:
    value, rounds = key.worked.value, bool(key.gap.digits or key.gap.decimals)
    return {Form.PRODUCT: True, Form.FRACTION: isinstance(value, fmpq), Form.DECIMAL: rounds or is_decimal(value)}[form]
