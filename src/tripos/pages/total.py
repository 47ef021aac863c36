"""Totals: final or so far, and what those of a class come to. A total that a person can still change counts nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq

from tripos.marking.result import Result
from tripos.pages.amount import counted, rounded_off
from tripos.pages.histogram import histogram
from tripos.pages.markup import Html, element, joined


def total(result: Result) -> Html:
    """A total in a table: bold once it is final."""
    if result.total is not None:
        return element("strong", rounded_off(result.total))
    return joined([rounded_off(result.so_far), element("small", " so far")])


def totals(results: Sequence[Result], points: fmpq) -> Html:
    """The histogram of the final totals, their mean and range, and how many scripts are left out."""
    final = [result.total for result in results if result.total is not None]
    words = [_range(final, points), _left_out(len(results) - len(final))] if results else ["Nobody has been marked."]
    return joined([histogram(final, points), element("p", " ".join(filter(None, words)), class_="note")])


def _range(final: Sequence[fmpq], points: fmpq) -> str:
    if not final:
        return ""
    mean = sum(final, fmpq(0)) / len(final)
    of = f"of {counted(len(final), 'finished script')}: {rounded_off(mean)} of {rounded_off(points)} points"
    return f"Mean {of}; lowest {rounded_off(min(final))}, highest {rounded_off(max(final))}."


def _left_out(count: int) -> str:
    if not count:
        return ""
    told = counted(count, "script is unfinished and is", "scripts are unfinished and are")
    return f"{told} left out: answers wait for a person."
