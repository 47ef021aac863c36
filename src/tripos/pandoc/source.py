"""The source text: which of its places an element came from. Pandoc says where an element begins, for code and
formulas mark included; the text itself says where their content begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tripos.problem import Place

Lines = tuple[tuple[int, Place], ...]

_TAB = 4
_SEGMENT = re.compile(r"(\d{1,7}):(\d{1,7})-(\d{1,7}):(\d{1,7})")
_FENCE = re.compile(r"`{3,}|~{3,}")


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A stretch of the text, lines and columns from 1, up to but not including its end."""

    line: int
    column: int
    last_line: int
    end: int


class Source:
    """A text with its tabs as blanks, as Pandoc counts columns; places are in the text as it was."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._written = text.split("\n")
        self.lines = [line.expandtabs(_TAB) for line in self._written]

    @property
    def text(self) -> str:
        """The text with blanks for tabs."""
        return "\n".join(self.lines)

    def place(self, line: int, column: int) -> Place:
        """The place of a column that was counted with tabs as blanks."""
        written = self._written[line - 1] if 0 < line <= len(self._written) else ""
        if "\t" not in written:
            return Place(self.file, line, column)
        before = next((i for i in range(len(written)) if len(written[: i + 1].expandtabs(_TAB)) >= column), None)
        past = column - len(self.lines[line - 1]) - 1
        return Place(self.file, line, len(written) + 1 + past if before is None else before + 1)

    def segments(self, position: str) -> list[Segment]:
        """The stretches that a data-pos names, in order; those outside of the text are left out."""
        # An author can write data-pos themselves, with any numbers.
        found = (Segment(*map(int, match)) for match in _SEGMENT.findall(position))
        return sorted(one for one in found if 0 < one.line <= one.last_line <= len(self.lines) + 1 and one.column)

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

    def inline_lines(self, positions: Sequence[str], text: str, mark: str) -> Lines:
        """Where the text of a Code (mark `) or a Math (mark $) begins, and each further line of it."""
        for position in reversed(positions):
            characters = list(self._characters(self.segments(position)))
            inside = _inside(characters, mark)
            if inside:
                return self._aligned(_trimmed(inside, text) if mark == "`" else inside, text)
        return ()

    def block_lines(self, positions: Sequence[str], text: str, named: bool) -> Lines:
        """Where each line of a code block's text begins; `named` when it has a class, so a fence."""
        rows = text.split("\n")
        for position in reversed(positions):
            segments = self.segments(position)
            if segments and segments[0].line <= len(self.lines):
                first = self._first_line(segments[0], rows[0], named)
                return self._rows(first, rows)
        return ()

    def _first_line(self, segment: Segment, row: str, named: bool) -> int:
        opening = self.lines[segment.line - 1][segment.column - 1 :]
        # Indented code may show a fence: then its first line is the text itself.
        fenced = _FENCE.match(opening) and (named or opening != row)
        return segment.line + 1 if fenced else segment.line

    def _rows(self, first: int, rows: Sequence[str]) -> Lines:
        found, offset = [], 0
        for line, row in enumerate(rows, first):
            written = self.lines[line - 1] if line <= len(self.lines) else ""
            blanks = len(written) - len(written.lstrip())
            column = len(written) - len(row) if written.endswith(row) else blanks
            found.append((offset, self.place(line, column + 1)))
            offset += len(row) + 1
        return tuple(found)

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

    def _aligned(self, characters: Sequence[tuple[str, int, int]], text: str) -> Lines:
        found: list[tuple[int, Place]] = []
        index = last = 0
        for offset, char in enumerate(text):
            while index < len(characters) and not _alike(characters[index][0], char):
                # Pandoc leaves out the indent of a line, and in a table the backslash before a bar.
                if not (characters[index][0].isspace() or characters[index][0] == "\\"):
                    return tuple(found)
                index += 1
            if index == len(characters):
                break
            written, line, column = characters[index]
            if line != last and (written != "\n" or not found):
                found.append((offset, self.place(line, column)))
                last = line
            index += 1
        return tuple(found)


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
