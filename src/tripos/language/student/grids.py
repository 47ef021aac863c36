"""Grids: vectors and matrices, whose rows end with semicolons, lines or brackets, and entries with commas or blanks."""

from __future__ import annotations

import re
from dataclasses import replace

from tripos.language.student.differentials import Differentials
from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.signs import CLOSING, FRACTIONS, OPENING
from tripos.language.student.tape import depth_change
from tripos.language.tree import Node, Op, Span

ROWS = frozenset({";", "\\\\"})
CELLS = frozenset({",", "&"})
_ENTRY = rf"[-+−–]?(?:\d+(?:\.\d+)?(?:/\d+)?|[{''.join(FRACTIONS)}])"
_NUMBERS = frozenset({Sort.NUMBER, Sort.FRACTION})
_BLANKS = re.compile(rf"\s*{_ENTRY}(?:\s+{_ENTRY})+\s*")


class Grids(Differentials):
    """Reading vectors and matrices."""

    __slots__ = ()

    def grid(self, start: int, stop: int, begin: int, end: int) -> Node:
        """The vector or matrix whose entries these tokens are."""
        stretches = [part for part in self.parts(start, stop, ROWS) if part[0] < part[1] or stop == start]
        rows = [self.row(first, last, len(stretches) > 1) for first, last in stretches]
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

    def row(self, start: int, stop: int, many: bool) -> list[Node]:
        """The entries of a row. Numbers may stand apart by blanks alone."""
        written = self.text[self.tokens[start].start : self.tokens[stop - 1].end] if stop > start else ""
        if _BLANKS.fullmatch(written):
            return self.spaced(start, stop)
        cells = list(self.parts(start, stop, CELLS))
        if len(cells) == 1 and (self.vectors or many):
            self.refuse_blanks(start, stop)
        entries = []
        for first, last in cells:
            with self.only(first, last):
                entries.append(self.conditional())
        return entries

    def refuse_blanks(self, start: int, stop: int) -> None:
        """[a b; c d]: two entries a row, or a product in each."""
        level = 0
        for place in range(start + 1, stop):
            token, before = self.tokens[place], self.tokens[place - 1]
            level += depth_change(before)
            ends = before.sort is not Sort.SIGN or before.text in CLOSING
            begins = token.sort is not Sort.SIGN or token.text in OPENING or token.text == "\\frac"
            if level == 0 and token.gap and ends and begins and not (self.is_word(before) or self.is_word(token)):
                begin, end = self.tokens[start].start, self.tokens[stop - 1].end
                left, right = self.quoted(begin, before.end), self.quoted(token.start, end)
                raise self.two_readings(f"the entries {left}, {right}", f"the product {left}·{right}", begin, end)

    def is_word(self, token: Token) -> bool:
        # log x is one entry however it is read.
        return token.sort is Sort.WORD and not self.knows(token.text)

    def spaced(self, start: int, stop: int) -> list[Node]:
        cuts = [start]
        for place in range(start + 1, stop):
            token = self.tokens[place]
            before = self.tokens[place - 1]
            if token.gap and (token.sort in _NUMBERS or token.text in "+-") and before.sort in _NUMBERS:
                cuts.append(place)
        entries = []
        for first, last in zip(cuts, [*cuts[1:], stop], strict=True):
            with self.only(first, last):
                entries.append(self.expression())
        return entries


def _is_row(entry: Node) -> bool:
    return entry.op is Op.TUPLE or (entry.op is Op.TENSOR and isinstance(entry.value, tuple) and len(entry.value) == 1)
