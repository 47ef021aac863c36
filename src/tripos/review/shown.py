"""Shown values: what the text shows has a value in every draw."""

from __future__ import annotations

from collections.abc import Iterator

from tripos.exam.item import Item, Written
from tripos.language.values import Undecided, Undefined
from tripos.problem import Problem, TriposError
from tripos.review.study import Study
from tripos.review.worlds import World, gathered


def shown(study: Study) -> Iterator[Problem]:
    """What cannot be shown."""
    items = {item.id: item for item in study.exam.items()}
    for show in study.exam.shown:
        item = items[show.item]
        worlds = study.worlds.of(study.path(item), [show.written.tree])
        found = [(fault, world) for world in worlds for fault in _faults(show.written, item, world, study)]
        yield from gathered(found, len(worlds))


def _faults(written: Written, item: Item, world: World, study: Study) -> tuple[Problem, ...]:
    try:
        value = study.worth(written, item, world).value
    except TriposError as error:
        return error.problems
    if isinstance(value, Undefined | Undecided):
        fault = Problem(written.place, f"this has no value: {value.why}.", "Show something that has one.")
        return (fault.of(written.text, written.place),)
    return ()
