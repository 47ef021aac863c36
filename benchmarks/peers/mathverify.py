"""Math-Verify, as its documentation says to use it: parse both sides as LaTeX between dollars, then verify."""

from __future__ import annotations

from math_verify import LatexExtractionConfig, parse, verify

from peers.pair import Pair
from peers.trial import DIFFERENT, EQUAL, UNREADABLE


def said(pair: Pair) -> str:
    """What Math-Verify says. A side that it keeps as text only was not read."""
    sides = [parse(f"${text.strip(' $')}$", extraction_config=[LatexExtractionConfig()]) for text in pair.latex]
    if not all(sides):
        return UNREADABLE
    if verify(*sides, allow_set_relation_comp=pair.kind == "interval"):
        return EQUAL
    return DIFFERENT if all(any(not isinstance(part, str) for part in side) for side in sides) else UNREADABLE
