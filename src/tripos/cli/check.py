"""`tripos check`: what a careful colleague finds in an exam, and how every key was found."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby

from tripos.cli.status import FINE, FOUND
from tripos.cli.terminal import file, show_json, show_problems
from tripos.problem import Level, Problem
from tripos.review import Listed, Report, check


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("exam", type=file, metavar="EXAM", help="the exam, a Markdown file")
    parser.add_argument("--json", action="store_true", help="print JSON: digest, problems, keys")


def run(options: argparse.Namespace) -> int:
    """Print the report; hints and warnings alone are no failure."""
    report = check(options.exam)
    if options.json:
        problems = [_problem(problem) for problem in report.problems]
        keys = [_key(key) for key in report.keys]
        show_json({"digest": report.digest or None, "problems": problems, "keys": keys})
        return FOUND if report.errors else FINE
    show_problems(report.problems)
    for line in _lines(report.keys):
        print(line)
    print(_verdict(report), file=sys.stderr if report.errors else sys.stdout)
    return FOUND if report.errors else FINE


def _lines(keys: Iterable[Listed]) -> Iterator[str]:
    # The cells of a table are found alike: they share a line.
    for (question, _, _), group in groupby(keys, key=lambda key: (key.id.partition(".")[0], key.how, key.because)):
        cells = list(group)
        if len(cells) == 1:
            yield str(cells[0])
            continue
        rules = dict.fromkeys(rule for cell in cells for rule in cell.rules)
        kinds = dict.fromkeys(cell.kind.value for cell in cells if cell.kind)
        how = f"computed by {', '.join(rules)}" if rules else "typed"
        yield f"{question}  {len(cells)} gaps: {', '.join(kinds)}, {how}"


def _verdict(report: Report) -> str:
    counts = {level: sum(problem.level is level for problem in report.problems) for level in Level}
    found = [f"{count} {level.value}{'s' * (count != 1)}" for level, count in counts.items() if count]
    return f"{report.summary} {', '.join(found) or 'No problems'} found."


def _problem(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "level": problem.level.value,
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "fact": problem.fact,
        "remedy": problem.remedy,
    }


def _key(key: Listed) -> dict[str, object]:
    kind = key.kind.value if key.kind else None
    return {"id": key.id, "kind": kind, "how": key.how.value, "rules": list(key.rules), "because": key.because}
