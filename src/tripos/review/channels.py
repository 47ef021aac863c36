"""Channels: images whose channels are written last, as other programs have them."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from tripos.exam.definitions import Assigned, Drawn, Required
from tripos.exam.item import Asked, Choice, Gap, Written
from tripos.language.tree import Node, Op, walk
from tripos.problem import Level, Place, Problem
from tripos.review.study import Study

COLOURS = (1, 3)
SMALLEST = 5  # the side of an image; 3x3x3 and 4x4x1 may be meant


def channels(study: Study) -> Iterator[Problem]:
    """Inputs of networks such as 64x64x3, which would be 64 channels."""
    seen: set[tuple[Place, tuple[fmpq, ...]]] = set()  # the cells of a table stand in one place
    for written in _all(study):
        for node in walk(written.tree):
            shape = _input(node)
            lengths = _lengths(shape) if shape else ()
            if shape and _is_last(lengths) and (written.place, lengths) not in seen:
                seen.add((written.place, lengths))
                yield _problem(written, shape, lengths)


def _all(study: Study) -> Iterator[Written]:
    for item in study.exam.items():
        for line in item.definitions:
            if isinstance(line, Assigned | Drawn | Required):
                yield Written(line.tree, line.text, line.place)
        for asked in item.asked:
            yield from _asked(asked)
    yield from (show.written for show in study.exam.shown)


def _asked(asked: Asked) -> Iterator[Written]:
    match asked:
        case Gap():
            yield asked.asked
        case Choice():
            yield from (option.claim for option in asked.options)


def _input(node: Node) -> Node | None:
    inner = node.args[0] if node.op is Op.CHAIN else node.args[1] if node.op is Op.ON else None
    return inner if inner is not None and inner.op is Op.DIMS else None


def _lengths(shape: Node) -> tuple[fmpq, ...]:
    # Empty if any is not a number that stands there.
    found = tuple(length.value for length in shape.args if isinstance(length.value, fmpq))
    return found if len(found) == len(shape.args) else ()


def _is_last(lengths: tuple[fmpq, ...]) -> bool:
    return len(lengths) == 3 and lengths[0] == lengths[1] >= SMALLEST and lengths[2] in COLOURS


def _problem(written: Written, shape: Node, lengths: tuple[fmpq, ...]) -> Problem:
    side, _, last = lengths
    start, width = shape.span.start, shape.span.end - shape.span.start
    fact = f"{side}x{side}x{last} is an image of {side} channels; channels come first: {last}x{side}x{side}."
    problem = Problem(written.place, fact, "Turn it round if that is meant.", Level.WARNING, start=start, width=width)
    own = written.text[start : start + width].endswith(f"x{last}")
    # A cell of a table has words of its own, in which the shape stands elsewhere.
    return written.located(problem) if own else Problem(written.place, fact, problem.remedy, Level.WARNING)
