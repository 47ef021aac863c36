"""Signs: what the state of a mark looks like, and what it is called. Colour only repeats what the sign says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripos.marking.mark import State
from tripos.pages.markup import Html, element, for_ears, joined


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign and its words."""

    symbol: str
    words: str


SIGNS: Mapping[State, Sign] = {
    State.RIGHT: Sign("✓", "right"),
    State.PARTLY: Sign("½", "partly right"),
    State.WRONG: Sign("✗", "wrong"),
    State.BLANK: Sign("–", "left blank"),
    State.ABSENT: Sign("∅", "no answer recorded"),
    State.FOLLOW_THROUGH: Sign("↪", "follows from an earlier answer"),
    State.REVIEW: Sign("?", "waits for a person"),
}


def drawn(state: State) -> Html:
    """The sign of a state, read out in words."""
    sign = SIGNS[state]
    return joined([element("span", sign.symbol, class_=f"sign {state}", aria_hidden="true"), for_ears(sign.words)])
