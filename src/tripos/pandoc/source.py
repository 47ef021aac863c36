"""The source text: which of its places an element came from. Pandoc says where an element begins, for code and
formulas mark included; the text itself says where their content begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple
from unicodedata import combining, normalize

from tripos.problem import Place

Runs = tuple[tuple[int, Place], ...]

_TAB = 4
# A hostile cluster can be as long as its line: only its last characters can still compose.
_NEAR = 8
_SEGMENT = re.compile(r"(\d{1,7}):(\d{1,7})-(\d{1,7}):(\d{1,7})")
_FENCE = re.compile(r"`{3,}|~{3,}")


class Segment(NamedTuple):
    """A stretch of the text, lines and columns from 1, up to but not including its end."""

    line: int
    column: int
    last_line: int
    end: int


class Offsets:
    """The places of a text's characters, counted from 0."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))

    def place(self, offset: int) -> Place:
        """The place of one character."""
        row = bisect_right(self._starts, offset) - 1
        return Place(self._file, row + 1, offset - self._starts[row] + 1)


class Source:
    """A text as Pandoc counts it: tabs as blanks, accents composed. Its places are in the text as it was written."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._written = text.split("\n")
        self.lines = [normalize("NFC", line).expandtabs(_TAB) for line in self._written]
        self._columns: dict[int, Sequence[int]] = {}

    @property
    def text(self) -> str:
        """The text for Pandoc."""
        return "\n".join(self.lines)

    def place(self, line: int, column: int) -> Place:
        """The place of a column as Pandoc counts it."""
        if not 0 < line <= len(self.lines) or self._written[line - 1] == self.lines[line - 1]:
            return Place(self.file, line, column)
        if line not in self._columns:
            self._columns[line] = _columns(self._written[line - 1])
        columns = self._columns[line]
        past = column - len(columns)
        return Place(self.file, line, columns[column - 1] if past <= 0 else columns[-1] + past)

    def segments(self, position: str) -> list[Segment]:
        """The stretches that a data-pos names, in order; those outside of the text are left out."""
        # An author can write data-pos themselves, with any numbers.
        found = (Segment(*map(int, match)) for match in _SEGMENT.findall(position))
        return sorted(one for one in found if 0 < one.line <= len(self.lines) and one.column)

    def start(self, positions: Sequence[str]) -> Place | None:
        """Where an element with these data-pos begins."""
        # In a list, indented code has two: its own is the last.
        for position in reversed(positions):
            segments = self.segments(position)
            if segments:
                return self.place(segments[0].line, segments[0].column)
        return None

    def at(self, place: Place) -> str:
        """The character that stands at a place."""
        line = self._written[place.line - 1] if 0 < place.line <= len(self._written) else ""
        return line[place.column - 1 : place.column] if place.column else ""

    def inline_runs(self, positions: Sequence[str], text: str, mark: str) -> Runs:
        """Where the text of a Code (mark `) or a Math (mark $) stands."""
        for position in reversed(positions):
            characters = list(self._characters(self.segments(position)))
            inside = _inside(characters, mark)
            if inside:
                return self._aligned(_trimmed(inside, text) if mark == "`" else inside, text)
        return ()

    def block_runs(self, positions: Sequence[str], text: str, named: bool) -> Runs:
        """Where the text of a code block stands; `named` when it has a class, so a fence."""
        rows = text.split("\n")
        for position in reversed(positions):
            segments = self.segments(position)
            if segments:
                first = self._first_line(segments[0], rows[0], named)
                return self._rows(first, rows) if text else ((0, self.place(first, segments[0].column)),)
        return ()

    def _first_line(self, segment: Segment, row: str, named: bool) -> int:
        opening = self.lines[segment.line - 1][segment.column - 1 :]
        # Indented code may show a fence: then its first line is the text itself.
        fenced = _FENCE.match(opening) and (named or opening != row)
        return segment.line + 1 if fenced else segment.line

    def _rows(self, first: int, rows: Sequence[str]) -> Runs:
        offset = 0
        found = []
        for line, row in enumerate(rows, first):
            written = self.lines[line - 1] if line <= len(self.lines) else ""
            column = len(written) - len(row) if written.endswith(row) else len(written) - len(written.lstrip())
            # The end of a line is a character too.
            found += [(offset + i, self.place(line, column + 1 + i)) for i in range(len(row) + 1)]
            offset += len(row) + 1
        return _runs(found)

    def _characters(self, segments: Iterable[Segment]) -> Iterator[tuple[str, int, int]]:
        before = 0
        for one in segments:
            for line in range(one.line, min(one.last_line, len(self.lines)) + 1):
                if before and line > before:
                    # Several segments leave out the ends of lines between them.
                    yield "\n", before, len(self.lines[before - 1]) + 1
                before = line
                begin = one.column if line == one.line else 1
                end = one.end if line == one.last_line else len(self.lines[line - 1]) + 1
                for column in range(begin, min(end, len(self.lines[line - 1]) + 1)):
                    yield self.lines[line - 1][column - 1], line, column

    def _aligned(self, characters: Sequence[tuple[str, int, int]], text: str) -> Runs:
        found: list[tuple[int, Place]] = []
        index = 0
        for offset, char in enumerate(text):
            while index < len(characters) and not _alike(characters[index][0], char):
                # Pandoc leaves out the indent of a line, and in a table the backslash before a bar.
                if not (characters[index][0].isspace() or characters[index][0] == "\\"):
                    return _runs(found)
                index += 1
            if index == len(characters):
                break
            _, line, column = characters[index]
            found.append((offset, self.place(line, column)))
            index += 1
        return _runs(found)


def _columns(written: str) -> Sequence[int]:
    """For each column as Pandoc counts it, and the end of the line, the column as it was written."""
    columns: list[int] = []
    start = 0
    while start < len(written):
        end = start + 1
        while end < len(written) and _composed(written[max(start, end - _NEAR) : end], written[end]):
            end += 1
        shown = normalize("NFC", written[start:end])
        width = _TAB - len(columns) % _TAB if shown == "\t" else len(shown)
        columns += [start + 1] * width
        start = end
    return [*columns, len(written) + 1]


def _composed(cluster: str, following: str) -> bool:
    return bool(combining(following)) or len(normalize("NFC", cluster + following)) <= len(normalize("NFC", cluster))


def _runs(found: Iterable[tuple[int, Place]]) -> Runs:
    runs: list[tuple[int, Place]] = []
    for offset, place in found:
        if not runs or place != runs[-1][1].shifted(offset - runs[-1][0]):
            runs.append((offset, place))
    return tuple(runs)


def _inside(characters: Sequence[tuple[str, int, int]], mark: str) -> Sequence[tuple[str, int, int]]:
    count = next((i for i, (char, _, _) in enumerate(characters) if char != mark), 0)
    count = min(count, 2) if mark == "$" else count
    return characters[count : len(characters) - count] if count else ()


def _trimmed(characters: Sequence[tuple[str, int, int]], text: str) -> Sequence[tuple[str, int, int]]:
    # CommonMark: one blank goes at both ends, where both have one and there is more than blanks.
    blank = " \n"
    return (
        characters[1:] if text.strip(" ") and characters[0][0] in blank and characters[-1][0] in blank else characters
    )


def _alike(written: str, read: str) -> bool:
    return written == read or (written == "\n" and read == " ")
