"""Grids: vectors and matrices, whose rows end with semicolons, lines or brackets, and entries with commas or blanks."""

from __future__ import annotations

import re
from dataclasses import replace

from tripos.language.student.differentials import Differentials
from tripos.language.student.lexemes import Sort
from tripos.language.tree import Node, Op, Span

ROWS = frozenset({";", "\\\\"})
CELLS = frozenset({",", "&"})
_ENTRY = r"[-+−–]?\d+(?:\.\d+)?(?:/\d+)?"
_BLANKS = re.compile(rf"\s*{_ENTRY}(?:\s+{_ENTRY})+\s*")


class Grids(Differentials):
    """Reading vectors and matrices."""

    __slots__ = ()

    def grid(self, start: int, stop: int, begin: int, end: int) -> Node:
        """The vector or matrix whose entries these tokens are."""
        rows = [self.row(first, last) for first, last in self.parts(start, stop, ROWS) if first < last or stop == start]
        if not rows or not rows[0]:
            raise self.fault("nothing stands in these brackets.", "", self.tokens[start])
        if len(rows) == 1 and all(_is_row(entry) for entry in rows[0]):
            rows = [list(entry.args) for entry in rows[0]]
        elif all(len(row) == 1 and _is_row(row[0]) for row in rows):
            rows = [list(row[0].args) for row in rows]
        elif len(rows) == len(rows[0]) == 1 and rows[0][0].op is Op.TENSOR:
            # The brackets of a matrix that brings its own.
            return replace(rows[0][0], span=Span(begin, end))
        lengths = [len(row) for row in rows]
        if len(set(lengths)) > 1:
            shown = ", ".join(map(str, lengths))
            raise self.fault(f"the rows of this matrix have {shown} entries.", "Give every row the same number.")
        shape = (lengths[0],) if len(rows) == 1 else (len(rows), lengths[0])
        return Node(Op.TENSOR, tuple(entry for row in rows for entry in row), shape, Span(begin, end))

    def row(self, start: int, stop: int) -> list[Node]:
        """The entries of a row. Numbers may stand apart by blanks alone."""
        written = self.text[self.tokens[start].start : self.tokens[stop - 1].end] if stop > start else ""
        if _BLANKS.fullmatch(written):
            return self.spaced(start, stop)
        entries = []
        for first, last in self.parts(start, stop, CELLS):
            with self.only(first, last):
                entries.append(self.conditional())
        return entries

    def spaced(self, start: int, stop: int) -> list[Node]:
        cuts = [start]
        for place in range(start + 1, stop):
            token = self.tokens[place]
            before = self.tokens[place - 1]
            if token.gap and (token.sort is Sort.NUMBER or token.text in "+-−") and before.sort is Sort.NUMBER:
                cuts.append(place)
        entries = []
        for first, last in zip(cuts, [*cuts[1:], stop], strict=True):
            with self.only(first, last):
                entries.append(self.expression())
        return entries


def _is_row(entry: Node) -> bool:
    return entry.op is Op.TUPLE or (entry.op is Op.TENSOR and isinstance(entry.value, tuple) and len(entry.value) == 1)
