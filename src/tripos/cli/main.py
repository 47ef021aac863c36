"""The command line: finds the verb, runs it, and turns every problem into a sentence and an exit status.

0 is success, 1 problems found, 2 wrong use. A verb's module is imported only when it is called, so `--help` is quick.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version

from tripos.cli.status import FINE, FOUND, STOPPED, WRONG_USE
from tripos.problem import Place, Problem, TriposError


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: its module in this room, one sentence, and examples that run."""

    module: str
    sentence: str
    examples: tuple[str, ...]


VERBS: Mapping[str, Verb] = {
    "check": Verb(
        "check",
        "Read an exam as a careful colleague would, and say what is wrong with it.",
        ("tripos check examples/midterm-2019.md", "tripos check --json examples/midterm-2023.md"),
    ),
    "key": Verb(
        "key",
        "Work out the key of every question, for the reference draw or for one student.",
        ("tripos key examples/midterm-2019.md", "tripos key examples/midterm-2019.md --student s07 --json"),
    ),
    "mark": Verb(
        "mark",
        "Mark a class's answers, with a reason for every mark.",
        (
            "tripos mark examples/midterm-2019.md examples/midterm-2019-filled-in.jsonl",
            "tripos mark examples/midterm-2019.md examples/midterm-2019-class.jsonl "
            "--decisions examples/midterm-2019-decisions.jsonl --out out/midterm-2019",
        ),
    ),
    "eval": Verb(
        "evaluate",
        "Work out an expression, and show the working.",
        ('tripos eval "parameters(CONV3-8 on 3x32x32)"', 'tripos eval "2^x + clamp(x, 1, 10)" x=3'),
    ),
    "same": Verb(
        "same",
        "Compare an answer with a key, and say why it differs.",
        (
            'tripos same "2a(s - t)" "2*a*s - 2*a*t"',
            'tripos same "max(0, x)" "x if x >= 0, else 0" --where "x real" --json',
        ),
    ),
    "read": Verb(
        "read",
        "Show how an answer is read.",
        ('tripos read "16 × 32 × 32" --kind shape', 'tripos read "2x(x + 1)" --where "x real" --json'),
    ),
    "net": Verb(
        "net",
        "Print a network layer by layer: volumes, parameters, multiplications, receptive fields.",
        (
            'tripos net "3x32x32 -> CONV3-8 -> POOL2 -> FC-10"',
            'tripos net "3x8x64x64 -> CONV5-16-p2-s1 -> POOL2" --json',
        ),
    ),
    "rehearse": Verb(
        "rehearse",
        "Make a class of answers to try an exam on, from a written table of right and wrong ones.",
        (
            "tripos rehearse examples/midterm-2019.md examples/midterm-2019-table.jsonl --students 40",
            "tripos rehearse examples/midterm-2023.md examples/midterm-2023-table.jsonl --seed 7 --out class.jsonl",
        ),
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb; the exit status."""
    given = _with_signs(sys.argv[1:] if arguments is None else arguments)
    chosen = next((word for word in given if not word.startswith("-")), "")
    parser = _parser(chosen)
    options = parser.parse_args(given)
    if not options.verb:
        parser.print_help()
        return WRONG_USE
    try:
        status = int(options.run(options))
        sys.stdout.flush()
        return status
    except TriposError as error:
        print(error, file=sys.stderr)
        return FOUND
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _close_output()
        return FINE
    except OSError as error:
        print(_unusable(error), file=sys.stderr)
        if error.filename is None:
            _close_output()
        return FOUND
    except KeyboardInterrupt:
        print("Stopped. Nothing was left half-written.", file=sys.stderr)
        return STOPPED


def _close_output() -> None:
    # What waits to be printed goes nowhere, so that Python does not complain when it closes the output.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unusable(error: OSError) -> Problem:
    says = error.strerror or str(error)
    if error.filename is None:
        return Problem(Place(), f"the output cannot be written: {says}.", "Make room for it and run again.")
    fact = f"this file or folder cannot be used: {says}."
    return Problem(Place(os.fsdecode(error.filename)), fact, "Name one that you may read and write, and run again.")


def _with_signs(arguments: Sequence[str]) -> list[str]:
    # An expression may begin with a minus: what has one dash and is no option is an expression.
    verb, *words = [*arguments] or [""]
    if verb not in WITH_SIGNS or "--" in words or not any(map(_is_signed, words)):
        return list(arguments)
    options: list[str] = []
    others: list[str] = []
    for word in words:
        # What follows an option that takes a value is its value.
        is_value = bool(options) and options[-1] in WITH_SIGNS[verb]
        (options if is_value or word.startswith("--") or word == "-h" else others).append(word)
    return [verb, *options, "--", *others]


def _is_signed(word: str) -> bool:
    return word[:1] == "-" and word[:2] != "--" and word != "-h"


# Verbs that take expressions, with their options that take a value.
WITH_SIGNS: Mapping[str, Sequence[str]] = {
    "eval": (),
    "same": ("--kind", "--form", "--where", "--batch"),
    "read": ("--kind", "--where"),
}


def _parser(chosen: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tripos", description="Deep-learning exams that know their own answers.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"tripos {version('tripos')}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs")
    for name, verb in VERBS.items():
        examples = "\n".join(f"  {example}" for example in verb.examples)
        part = verbs.add_parser(
            name,
            help=verb.sentence,
            description=verb.sentence,
            epilog=f"examples:\n{examples}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if name == chosen:
            module = import_module(f"tripos.cli.{verb.module}")
            module.arguments(part)
            part.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
