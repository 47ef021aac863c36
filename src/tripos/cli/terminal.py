"""The terminal: tables, problems and JSON, printed plainly; colour and width only where a person looks on."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import monotonic

from flint import fmpq
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from tripos.problem import Problem

WIDTH = 120  # where nobody looks on
PATIENCE = 2.0  # seconds before a progress bar appears


def console() -> Console:
    """Where results are printed."""
    return Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> Table:
    """A table of plain texts; nothing in them is taken for markup."""
    made = Table(
        title=Text(title) if title else None, title_justify="left", header_style="bold", box=None, pad_edge=False
    )
    for column in columns:
        made.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return made


def show_json(value: object) -> None:
    """A result as JSON, for programs."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def show_problems(problems: Iterable[Problem]) -> None:
    """Problems, on the channel for errors."""
    for problem in problems:
        print(problem, file=sys.stderr)


def decimal(points: fmpq) -> str:
    """Points as a decimal of at most two places: 7, 61.5, 0.29."""
    cents = int((points * 100 + fmpq(1, 2)).floor())
    sign, cents = ("-" if cents < 0 else ""), abs(cents)
    whole, rest = divmod(cents, 100)
    return f"{sign}{whole}" + (f".{rest:02}".rstrip("0") if rest else "")


def file(text: str) -> Path:
    """An argument that names a file; one that does not exist, or that the system cannot look for, is wrong use."""
    path = Path(text)
    try:
        found = path.is_file()
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{text} names no file: {error.strerror}") from error
    if not found:
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return path


class Bar:
    """A progress bar, only for a person who looks on, and only once the work has taken a while."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total, self.done = what, total, 0
        self.start = monotonic()
        self.shown: Progress | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown:
            self.shown.stop()

    def advance(self, _: object = None) -> None:
        """One step is done."""
        self.done += 1
        if self.shown is None and sys.stderr.isatty() and monotonic() - self.start > PATIENCE:
            self.shown = Progress(console=Console(stderr=True), transient=True)
            self.shown.add_task(self.what, total=self.total)
            self.shown.start()
        if self.shown:
            self.shown.update(self.shown.task_ids[0], completed=self.done)
