"""The question that a gap puts: its key and all that an answer to it is held to, as it is judged."""

from __future__ import annotations

from tripos.exam.key import GapKey
from tripos.exam.variant import Variant
from tripos.language.values import Value
from tripos.proof.answer import Question
from tripos.proof.form import can_be_asked


def question(key: GapKey, variant: Variant, value: Value | None = None) -> Question:
    """What is judged when a gap is answered; with a value, that one in place of the key."""
    gap = key.gap
    form = gap.form.value if gap.form and can_be_asked(gap.form.value, key.worked.tree) else ""
    return Question(
        key.worked.value if value is None else value,
        key.kind,
        variant.names[key.item.id],
        form,
        gap.digits,
        gap.decimals,
        gap.words,
    )
