"""A table: a CSV file with a header, its cells separated by commas or semicolons. What they mean is not known here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from tripos.exchange.report import Report

DELIMITERS = ",;"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line in which it begins."""

    line: int
    cells: tuple[str, ...]


def rows(text: str, report: Report) -> Iterator[Row]:
    """The rows, the header first and its words without blanks around them; every other row is as long as the header.

    Rows without a word are skipped. Problems are reported.
    """
    width = 0
    for row in _rows(text, report):
        if not any(cell.strip() for cell in row.cells):
            continue
        if not width:
            width = len(row.cells)
            yield Row(row.line, tuple(cell.strip() for cell in row.cells))
        elif len(row.cells) == width:
            yield row
        else:
            remedy = "Quote a cell that holds the sign between cells."
            report.add(row.line, f"the row has {_cells(len(row.cells))}; the header has {_cells(width)}.", remedy)


def _rows(text: str, report: Report) -> Iterator[Row]:
    begin = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for cells in reader:
            yield Row(begin, tuple(cells))
            begin = reader.line_num + 1
    except csv.Error as error:
        # Where a quote goes wrong, no later row can be told from an earlier one.
        report.add(begin, f"the row that begins here cannot be read: {_fault(error)}.")


def _delimiter(text: str) -> str:
    # Spreadsheets of countries with a decimal comma write semicolons.
    first = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _fault(error: csv.Error) -> str:
    said = str(error)
    if "field limit" in said:
        return f"a cell has more than {csv.field_size_limit():,} characters"
    if "end of data" in said:
        return "a quote is opened and never closed"
    return "a quote is closed and its cell goes on" if "expected after" in said else said


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count:,} cells"
