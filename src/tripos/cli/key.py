"""`tripos key`: the key of every question."""

from __future__ import annotations

import argparse

from tripos.cli.status import FINE
from tripos.cli.terminal import console, decimal, file, show_json, table
from tripos.exam.draws import REFERENCE
from tripos.exam.key import keys
from tripos.exam.reading import read_file
from tripos.exam.variant import variant
from tripos.exchange.figures import key_figures


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("exam", type=file, metavar="EXAM", help="the exam, a Markdown file")
    parser.add_argument("--student", default=REFERENCE, metavar="ID", help="whose draw (the draw named reference)")
    parser.add_argument("--json", action="store_true", help="print JSON: one object per gap and rubric")


def run(options: argparse.Namespace) -> int:
    """Print the keys."""
    exam = read_file(options.exam).whole()
    own = variant(exam, options.student)
    figures = key_figures(keys(own))
    if options.json:
        show_json(figures)
        return FINE
    drawn = ", ".join(f"{name} = {value}" for name, value in own.drawn().items())
    columns = ("id", "kind", "points", "key", "how")
    rows = [
        (str(figure["id"]), str(figure["kind"]), str(figure["points"]), _shown(figure), str(figure["how"]))
        for figure in figures
    ]
    out = console()
    out.print(table(exam.title, columns, rows, right=("points",)))
    out.print(f"{decimal(exam.points)} points, for {options.student}" + (f": {drawn}" if drawn else ""))
    return FINE


def _shown(figure: dict[str, object]) -> str:
    text, value = str(figure["text"]), str(figure["value"])
    return f"{text} = {value}" if figure["kind"] == "number" and text != value else text
