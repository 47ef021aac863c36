"""`tripos key`: the key of every question."""

from __future__ import annotations

import argparse

from tripos.cli.status import FINE
from tripos.cli.terminal import console, decimal, file, show_json, table
from tripos.exam.draws import REFERENCE
from tripos.exam.key import keys
from tripos.exam.reading import read_file
from tripos.exam.variant import variant
from tripos.exchange.figures import key_figures, key_text


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("exam", type=file, metavar="EXAM", help="the exam, a Markdown file")
    parser.add_argument(
        "--student", type=_student, default=REFERENCE, metavar="ID", help="whose draw (the draw named reference)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON: one object per gap and rubric")


def run(options: argparse.Namespace) -> int:
    """Print the keys."""
    exam = read_file(options.exam).whole()
    own = variant(exam, options.student)
    found = keys(own)
    if options.json:
        show_json(key_figures(found))
        return FINE
    drawn = ", ".join(f"{name} = {value}" for name, value in own.drawn().items())
    columns = ("id", "kind", "points", "key", "how")
    rows = [
        (key.asked.id, str(key.kind), str(key.asked.points), key_text(key, own), str(key.how)) for key in found.whole()
    ]
    out = console()
    out.print(table(exam.title, columns, rows, right=("points",)))
    out.print(f"{decimal(exam.points)} points, for {options.student}" + (f": {drawn}" if drawn else ""))
    return FINE


def _student(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("a student has a name; leave the option out for the draw named reference")
    return text.strip()
