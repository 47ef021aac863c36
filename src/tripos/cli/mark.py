"""`tripos mark`: a class's marks, on the terminal and as pages."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from flint import fmpq

from tripos.cli.status import FINE
from tripos.cli.terminal import Bar, console, decimal, file, show_json, table
from tripos.exam.item import Exam
from tripos.exam.reading import read_file
from tripos.exchange.decisions import read_decisions
from tripos.exchange.figures import mark_figures
from tripos.exchange.responses import read_responses
from tripos.marking.mark import State
from tripos.marking.result import Result, results
from tripos.pages import write
from tripos.pandoc.element import plain_text
from tripos.proof.worker import Worker


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("exam", type=file, metavar="EXAM", help="the exam, a Markdown file")
    parser.add_argument("responses", type=file, metavar="RESPONSES", help="answers, JSON Lines or CSV")
    parser.add_argument("--decisions", type=file, metavar="FILE", help="what people decided, JSON Lines")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write a page for the class and one per student")
    parser.add_argument("--json", action="store_true", help="print JSON: every student with every answer")


def run(options: argparse.Namespace) -> int:
    """Mark, print, and write the pages."""
    exam = read_file(options.exam).whole()
    scripts = read_responses(options.responses, exam)
    decisions = read_decisions(options.decisions, exam, scripts) if options.decisions else ()
    steps = len(scripts) * (2 if options.out else 1)
    with Bar("Marking", steps) as bar, Worker() as worker:
        found = []
        for result in results(exam, scripts, decisions, worker.judged):
            found.append(result)
            bar.advance()
        index = write(exam, found, options.out, bar.advance) if options.out else None
    if options.json:
        show_json(mark_figures(found))
    else:
        _print(exam, found)
    if index:
        print(f"Pages: {index}", file=sys.stderr if options.json else sys.stdout)
    return FINE


def _print(exam: Exam, found: list[Result]) -> None:
    sections = [item for item in exam.root.items if item.points > 0]
    numbers = [str(number) for number, _ in enumerate(sections, start=1)]
    columns = ("student", *numbers, "total", "of", "waiting")
    rows = [
        (
            result.student,
            *(decimal(result.within(section)) for section in sections),
            decimal(result.so_far) + (" so far" if result.waiting else ""),
            decimal(exam.points),
            str(result.waiting or ""),
        )
        for result in found
    ]
    out = console()
    out.print(table(exam.title, columns, rows, right=columns[1:]))
    for number, section in zip(numbers, sections, strict=True):
        out.print(f"  {number}: {plain_text(section.title)} ({decimal(section.points)} points)", markup=False)
    done = [result.total for result in found if result.total is not None]
    states = Counter(mark.state for result in found for mark in result.marks)
    students = "1 student" if len(found) == 1 else f"{len(found)} students"
    out.print(f"{students}, {len(found) - len(done)} with answers that wait for a person", end="")
    out.print(f"; mean {decimal(sum(done, fmpq(0)) / len(done))} of the others." if done else ".")
    out.print("Answers: " + ", ".join(f"{states[state]} {state}" for state in State if states[state]) + ".")
