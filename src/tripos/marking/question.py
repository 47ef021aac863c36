"""The question that a gap puts: its key and all that an answer to it is held to, as it is judged."""

from __future__ import annotations

from tripos.deep.conventions import ASTERISK
from tripos.exam.key import GapKey
from tripos.exam.variant import Variant
from tripos.language.names import Free, Sort
from tripos.language.values import Value
from tripos.proof.answer import Question
from tripos.proof.form import can_be_asked

ELEMENTWISE, STAR = "elementwise", "*"  # what the reader of answers knows a multiplication entry by entry by


def question(key: GapKey, variant: Variant, value: Value | None = None) -> Question:
    """What is judged when a gap is answered; with a value, that one in place of the key."""
    gap, names = key.gap, variant.names[key.item.id]
    if variant.exam.conventions.get(ASTERISK.name) == ELEMENTWISE:
        names = {**names, STAR: Free(Sort.FUNCTION)}
    form = gap.form.value if gap.form and can_be_asked(gap.form.value, key.worked.tree) else ""
    return Question(
        key.worked.value if value is None else value,
        key.kind,
        names,
        form,
        gap.digits,
        gap.decimals,
        gap.words,
    )
