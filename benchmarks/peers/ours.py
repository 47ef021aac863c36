"""Tripos, in this process: what `tripos same` does with a line of its batch."""

from __future__ import annotations

from peers.pair import Pair
from tripos.exam.loose import question, with_names
from tripos.language.kind import Kind
from tripos.problem import TriposError
from tripos.proof.answer import judged


def said(pair: Pair) -> str:
    """What Tripos says; key, names and answer are read from their texts every time."""
    try:
        asked, _ = question(pair.key, Kind(pair.kind), pair.form, pair.where)
        return judged(with_names(asked, pair.response, pair.where), pair.response).verdict.outcome.value
    except TriposError:
        return "unreadable"
