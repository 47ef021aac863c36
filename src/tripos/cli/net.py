"""`tripos net`: a network, layer by layer, with the conventions that its numbers rest on."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from tripos.cli.evaluate import worked
from tripos.cli.status import FINE
from tripos.cli.terminal import console, show_json, table
from tripos.deep.conventions import sentence
from tripos.deep.network import Network
from tripos.deep.table import LayerTable, Line, Totals, layer_table
from tripos.exam.engine import engine
from tripos.exchange.figures import value_figure
from tripos.language import plain
from tripos.language.display import readable
from tripos.language.values import described
from tripos.language.worked import Worked
from tripos.problem import Place, Problem, TriposError

TOTAL = "total"
COUNTS = ("weights", "biases", "parameters", "norm_parameters", "multiplications")
TITLES = ("weights", "biases", "parameters", "batch norm", "multiplications")
# What stands in the working, by the title of its column; weights and biases are the terms of parameters.
SUMS = {"parameters": "parameters", "multiplications": "multiplications"}
WORKED = {"volume": "volume", **SUMS, "receptive_field": "sees"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("network", metavar="NETWORK", help='such as "3x32x32 -> CONV3-8 -> POOL2 -> FC-10"')
    parser.add_argument("--json", action="store_true", help="print JSON: layers, totals, conventions")


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    net = worked(options.network, {}, engine()).value
    if not isinstance(net, Network):
        fact = f"a network is needed here; this is {described(net)}."
        raise TriposError(Problem(Place(), fact, 'Write "3x32x32 -> CONV3-8 -> POOL2".', text=options.network))
    found = layer_table(net)
    if options.json:
        show_json(_figures(net, found))
        return FINE
    columns = ("", "layer", "volume", *TITLES, "sees")
    rows = [*(_row(str(line.number), line.code, line) for line in found.lines), _row("", TOTAL, found.totals)]
    workings = [row for line in found.lines for row in _working(str(line.number), line.code, line, WORKED)]
    workings += _working("", TOTAL, found.totals, SUMS)
    out = console()
    out.print(table(str(net), columns, rows, right=("", *TITLES, "sees")))
    out.print()
    out.print(table("", ("", "layer", "what", "working"), workings, right=("",)))
    out.print()
    conventions = [(name, value, sentence(name, value)) for name, value in found.conventions.items()]
    out.print(table("", ("convention", "value", "what it says"), conventions))
    return FINE


def _row(number: str, code: str, line: Line | Totals) -> list[str]:
    counts = [_number(getattr(line, name)) for name in COUNTS]
    return [number, code, plain.of_value(line.volume.value), *counts, _number(line.receptive_field)]


def _working(number: str, code: str, line: Line | Totals, names: Mapping[str, str]) -> Iterator[list[str]]:
    for name, title in names.items():
        found: Worked = getattr(line, name)
        text = plain.of(readable(found.tree))
        if text != plain.of_value(found.value):  # otherwise the table above says it all
            yield [number, code, title, text]
            number = code = ""


def _number(worked: Worked | None) -> str:
    if worked is None:
        return ""
    text = plain.of_value(worked.value)
    return f"{int(text):,}" if text.isdecimal() else text


def _figures(net: Network, found: LayerTable) -> dict[str, object]:
    layers = [{"number": line.number, "code": line.code, **_counted(line)} for line in found.lines]
    conventions = dict(found.conventions)
    return {"network": str(net), "layers": layers, "totals": _counted(found.totals), "conventions": conventions}


def _counted(line: Line | Totals) -> dict[str, object]:
    return {name: _figure(getattr(line, name)) for name in ("volume", *COUNTS, "receptive_field")}


def _figure(worked: Worked | None) -> object:
    if worked is None:
        return None
    return {"value": value_figure(worked.value), "text": plain.of(readable(worked.tree))}
