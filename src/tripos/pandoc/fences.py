"""Fences: blocks that are opened and never closed, and lines of colons that open or close nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tripos.pandoc.element import Element, transform, walk
from tripos.pandoc.refusal import Report
from tripos.pandoc.source import Source
from tripos.problem import Place, Problem

_CODE = re.compile(r"(?:[\s>]|[-*+]\s|\d{1,9}[.)]\s)*(`{3,}|~{3,})")
_END_OF_CODE = re.compile(r"[\s>]*(`{3,}|~{3,})\s*")
_COLONS = re.compile(r":{3,}")
_END_OF_DIV = re.compile(r"[\s>]*(:{3,})\s*")


def fenced(elements: Sequence[Element], source: Source, report: Report) -> tuple[Element, ...]:
    """The elements, after reporting every fence at fault; code that has no end is cut at its first blank line."""
    code, open_ = _codes(elements, source)
    for line, block in open_.items():
        fact = f"the {_named(block, 'code')} that begins here has no end."
        fence = source.lines[line - 1].lstrip(" >")[:3]
        report(Problem(source.place(line, 1), fact, f"Close it with a line {fence}."))
    for div in _open_divs(elements, source, code):
        fact = f"the {_named(div, 'div')} that begins here has no end."
        report(Problem(div.place, fact, "Close it with a line :::, of as many colons as it begins with."))
    for place in _stray(elements):
        fact = "this line of colons neither opens nor closes a block."
        remedy = "Write ::: solution or ::: {.rubric points=2}, and a line ::: at its end."
        report(Problem(place, fact, remedy))
    return transform(elements, lambda one: _cut(one) if one in open_.values() else one) if open_ else tuple(elements)


def _named(block: Element, otherwise: str) -> str:
    return next(iter(block.classes), otherwise)


def _cut(block: Element) -> Element:
    # What follows a blank line is most likely the text that the code has swallowed.
    return replace(block, text=block.text.partition("\n\n")[0])


def _codes(elements: Sequence[Element], source: Source) -> tuple[set[int], dict[int, Element]]:
    # The lines of code blocks, fences included, and the blocks without an end by the line that opens them.
    lines: set[int] = set()
    open_: dict[int, Element] = {}
    for block in walk(elements):
        if block.kind != "CodeBlock" or not block.place.line:
            continue
        first, last = block.place.line, block.place.line + block.text.count("\n")
        fence = _CODE.match(source.lines[first - 2]) if first > 1 and first - 1 not in lines else None
        lines |= set(range(first, last + 1))
        if fence is None:  # indented code has no fences
            continue
        # Of code that is empty or one blank line, the text is empty.
        ends = source.lines[last if block.text else first - 1 : last + 1]
        end = next(filter(None, map(_END_OF_CODE.fullmatch, ends)), None)
        lines |= {first - 1, last + 1} if end else {first - 1}
        if end is None or not end[1].startswith(fence[1]):
            open_[first - 1] = block
    return lines, open_


def _open_divs(elements: Sequence[Element], source: Source, code: set[int]) -> list[Element]:
    divs = {div.place.line: div for div in walk(elements) if div.kind == "Div"}
    waiting: list[tuple[int, Element]] = []
    left: list[Element] = []
    for number, line in enumerate(source.lines, 1):
        if number in code:
            continue
        if number in divs:
            if opening := _COLONS.search(line):  # attributes above a block make a div as well
                waiting.append((len(opening[0]), divs[number]))
        elif end := _END_OF_DIV.fullmatch(line):
            # It closes the innermost div that begins with no more colons, and all within that.
            closed = next((i for i in reversed(range(len(waiting))) if waiting[i][0] <= len(end[1])), len(waiting))
            left += [div for _, div in waiting[closed + 1 :]]
            del waiting[closed:]
    return left + [div for _, div in waiting]


def _stray(elements: Sequence[Element]) -> Iterator[Place]:
    owed = 0  # ends of blocks whose beginning is at fault
    for element in walk(elements):
        if element.kind not in ("Para", "Plain"):
            continue
        parts = (None, *element.children, None)
        for before, part, after in zip(parts, parts[1:], parts[2:], strict=False):
            if part is None or part.kind != "Str" or not part.text.startswith(":::"):
                continue
            if before is not None and before.kind != "SoftBreak":
                continue
            ends = not part.text.strip(":") and (after is None or after.kind == "SoftBreak")
            if not ends or not owed:
                yield part.place
            owed = max(owed - 1, 0) if ends else owed + 1
