"""A histogram of totals as inline SVG, with its numbers as a sentence for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from tripos.pages.amount import counted, rounded_off
from tripos.pages.markup import NOTHING, Html, element

BINS = 10
WIDTH, HEIGHT, LEFT, RIGHT, BELOW, ABOVE = 480, 120, 34, 12, 36, 18


@dataclass(frozen=True, slots=True)
class Bin:
    """Totals from `low` on, up to `high`; the last bin holds its upper end too."""

    low: fmpq
    high: fmpq
    count: int


def bins(totals: Sequence[fmpq], points: fmpq) -> tuple[Bin, ...]:
    """The totals in bins of a tenth of the points; negative totals bring bins of their own."""
    if points <= 0:
        return ()
    step = points / BINS
    places = [min(int((total / step).floor()), BINS - 1) for total in totals]
    counts = dict.fromkeys(range(min([0, *places]), BINS), 0)
    for place in places:
        counts[place] += 1
    return tuple(Bin(step * place, step * (place + 1), count) for place, count in counts.items())


def histogram(totals: Sequence[fmpq], points: fmpq) -> Html:
    """The picture; nothing for a class of none."""
    found = bins(totals, points)
    if not totals or not found:
        return NOTHING
    most = max(each.count for each in found)
    wide = (WIDTH - LEFT - RIGHT) // len(found)
    drawn = [_bar(each, at, wide, most) for at, each in enumerate(found)]
    ticks = [_label(LEFT + wide * at, HEIGHT + ABOVE + 14, rounded_off(each.low)) for at, each in enumerate(found)]
    ticks.append(_label(LEFT + wide * len(found), HEIGHT + ABOVE + 14, rounded_off(found[-1].high)))
    middle = LEFT + wide * len(found) // 2
    axis = element(
        "line", x1=str(LEFT), y1=str(HEIGHT + ABOVE), x2=str(LEFT + wide * len(found)), y2=str(HEIGHT + ABOVE)
    )
    names = (
        _label(middle, HEIGHT + ABOVE + BELOW - 3, "points"),
        element("text", "students", x="0", y="10", class_="axis start"),
    )
    return element(
        "svg",
        element("title", _words(found)),
        *drawn,
        axis,
        *ticks,
        *names,
        viewBox=f"0 0 {WIDTH} {HEIGHT + ABOVE + BELOW}",
        role="img",
        class_="histogram",
    )


def _bar(each: Bin, at: int, wide: int, most: int) -> Html:
    tall = HEIGHT * each.count // most
    left, top = LEFT + wide * at, HEIGHT + ABOVE - tall
    bar = element("rect", x=str(left + 1), y=str(top), width=str(wide - 2), height=str(tall))
    number = _label(left + wide // 2, top - 4, str(each.count)) if each.count else NOTHING
    return element("g", bar, number)


def _label(x: int, y: int, words: str) -> Html:
    return element("text", words, x=str(x), y=str(y), class_="axis")


def _words(found: Sequence[Bin]) -> str:
    told = (
        f"{rounded_off(each.low)} to {rounded_off(each.high)} points: {counted(each.count, 'student')}"
        for each in found
        if each.count
    )
    return "; ".join(told)
