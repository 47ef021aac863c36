"""`tripos read`: how an answer is read."""

from __future__ import annotations

import argparse

from tripos.cli.same import kind_named
from tripos.cli.status import FINE, FOUND, WRONG_USE
from tripos.cli.terminal import show_json, show_problems
from tripos.exam.loose import Loose, reading
from tripos.language import latex, mathml, plain
from tripos.language.display import readable
from tripos.language.kind import Kind
from tripos.language.tree import Op
from tripos.language.where import declared
from tripos.problem import Refusal, TriposError
from tripos.proof.letters import letters


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("answer", metavar="ANSWER", help="an answer as it was typed")
    parser.add_argument("--kind", default="", metavar="KIND", help="for which it is read: " + ", ".join(Kind))
    parser.add_argument("--where", default="", metavar="NAMES", help='such as "x real; s vector; y index of s"')
    parser.add_argument("--json", action="store_true", help="print JSON: read, kind, mathml, latex")


def run(options: argparse.Namespace) -> int:
    """Print how the answer was read, or the place that could not be."""
    try:
        kind = kind_named(options.kind)
        declared(options.where)
    except TriposError as error:
        show_problems(error.problems)
        return WRONG_USE
    try:
        found = reading(options.answer, kind, options.where)
    except TriposError as error:
        if options.json:
            show_json(_fault(error))
        else:
            show_problems(error.problems)
        return FOUND
    text, tex, ml = _shown(found)
    if options.json:
        show_json({"read": text, "kind": found.kind.value, "mathml": ml, "latex": tex})
    else:
        print(f"{text}\n{tex}" if tex and tex != text else text)
    return FINE


def _shown(found: Loose) -> tuple[str, str, str]:
    tree = readable(found.tree)
    if found.kind is Kind.CHOICE:
        return ", ".join(letters(str(tree.value))) or "none", "", ""
    if tree.op is Op.TEXT:
        return plain.of(tree), "", ""
    return plain.of(tree), latex.of(tree), mathml.of(tree)


def _fault(error: TriposError) -> dict[str, object]:
    problem = error.problems[0]
    return {
        "read": None,
        "verdict": "refused" if isinstance(error, Refusal) else "unreadable",
        "reason": f"{problem.fact} {problem.remedy}".strip(),
        "column": problem.start + 1 if problem.text and problem.width else None,
    }
