"""`tripos rehearse`: a simulated class, to try an exam on before students do."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from tripos.cli.status import FINE
from tripos.cli.terminal import file
from tripos.exam.reading import read_file
from tripos.rehearsal.classroom import classroom
from tripos.rehearsal.table import read_table


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("exam", type=file, metavar="EXAM", help="the exam, a Markdown file")
    parser.add_argument("table", type=file, metavar="TABLE", help="right and wrong answers, JSON Lines")
    parser.add_argument("--students", type=_count, default=40, metavar="N", help="how many (40)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed makes the same class (0)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the responses here, not to the terminal")
    parser.add_argument("--decisions", type=Path, metavar="FILE", help="write what people decide here")


def run(options: argparse.Namespace) -> int:
    """Print or write the class."""
    exam = read_file(options.exam).whole()
    sheets = list(classroom(exam, read_table(options.table, exam), options.students, options.seed))
    _write(({"student": sheet.student, "answers": sheet.answers} for sheet in sheets), options.out)
    if options.decisions:
        _write((decision for sheet in sheets for decision in sheet.decisions), options.decisions)
    return FINE


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError("a class has 1 to 100000 students")
    return int(text)


def _write(lines: Iterable[object], path: Path | None) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if path is None:
        sys.stdout.write(text)
    else:
        path.write_text(text, encoding="utf-8")
