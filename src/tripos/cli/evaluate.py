"""`tripos eval`: an expression, worked out step by step."""

from __future__ import annotations

import argparse

from tripos.cli.status import FINE
from tripos.cli.terminal import show_json
from tripos.exam.engine import Engine, engine
from tripos.exchange.figures import value_figure
from tripos.language import plain
from tripos.language.display import steps
from tripos.language.names import Bound
from tripos.language.reader import expression
from tripos.language.tree import Op
from tripos.language.values import Undecided, Undefined
from tripos.language.worked import Worked
from tripos.problem import Place, Problem, TriposError


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("expression", metavar="EXPRESSION", help="in the author's notation")
    parser.add_argument("names", nargs="*", metavar="NAME=VALUE", help="values of names, themselves expressions")
    parser.add_argument("--json", action="store_true", help="print JSON: value, text, working")


def run(options: argparse.Namespace) -> int:
    """Print the value and its working."""
    tools = engine()
    names: dict[str, Bound] = {}
    for given in options.names:
        name, text = _assigned(given, tools)
        if name in names:
            raise TriposError(Problem(Place(), f"{name} is given a value twice.", "Keep one of the two."))
        names[name] = worked(text, names, tools)
    result = worked(options.expression, names, tools)
    if isinstance(result.value, Undefined | Undecided):
        word = "has no value" if isinstance(result.value, Undefined) else "is not decided"
        fact = f"this {word}: {result.value.why}."
        raise TriposError(Problem(Place(), fact, text=options.expression, width=len(options.expression)))
    working = [plain.of(step) for step in steps(result)]
    if options.json:
        show_json({"value": value_figure(result.value), "text": plain.of_value(result.value), "working": working})
    else:
        print((" ⇔ " if isinstance(result.value, bool) else " = ").join(working))
    return FINE


def _assigned(given: str, tools: Engine) -> tuple[str, str]:
    written, equals, text = given.partition("=")
    # The reader decides what is a name, and how it is spelt: β_{12} is β_12.
    tree = expression(written, tools.vocabulary, {}) if equals and written.strip() else None
    if tree is None or tree.op is not Op.NAME:
        raise TriposError(Problem(Place(), f'"{given}" gives no name a value.', "Write n=8."))
    name = str(tree.value)
    if tools.vocabulary.keeps(name):
        raise TriposError(Problem(Place(), f"{name} has a meaning of its own in Tripos.", "Choose another name."))
    return name, text


def worked(text: str, names: dict[str, Bound], tools: Engine) -> Worked:
    """What an expression comes to; problems show the text with carets."""
    tree = expression(text, tools.vocabulary, names)
    try:
        return tools.evaluator().value(tree, names)
    except TriposError as error:
        raise TriposError(problem.of(text) if problem.width else problem for problem in error.problems) from None
