"""`tripos net`: a network, layer by layer, with the conventions that its numbers rest on."""

from __future__ import annotations

import argparse

from tripos.cli.evaluate import worked
from tripos.cli.status import FINE
from tripos.cli.terminal import console, show_json, table
from tripos.deep.conventions import sentence
from tripos.deep.network import Network
from tripos.deep.table import LayerTable, Line, layer_table
from tripos.exam.engine import engine
from tripos.exchange.figures import value_figure
from tripos.language import plain
from tripos.language.display import readable
from tripos.language.values import described
from tripos.language.worked import Worked
from tripos.problem import Place, Problem, TriposError

COUNTS = ("weights", "biases", "parameters", "norm_parameters", "multiplications")
TITLES = ("weights", "biases", "parameters", "batch norm", "multiplications")


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
    total = ["", "total", "", *(_number(getattr(found.totals, name)) for name in COUNTS), ""]
    out = console()
    out.print(table(str(net), columns, [*map(_row, found.lines), total], right=("", *TITLES, "sees")))
    out.print("\nWorking:")
    for line in found.lines:
        if plain.of(readable(line.parameters.tree)) != "0":
            out.print(f"  {line.number} {line.code}: {plain.of(readable(line.parameters.tree))} parameters")
    out.print("\nConventions:")
    for name, value in found.conventions.items():
        out.print(f"  {name}: {value}. {sentence(name, value)}")
    return FINE


def _row(line: Line) -> list[str]:
    counts = [_number(getattr(line, name)) for name in COUNTS]
    return [str(line.number), line.code, plain.of_value(line.volume.value), *counts, _number(line.receptive_field)]


def _number(worked: Worked | None) -> str:
    if worked is None:
        return ""
    text = plain.of_value(worked.value)
    return f"{int(text):,}" if text.isdecimal() else text


def _figures(net: Network, found: LayerTable) -> dict[str, object]:
    names = ("volume", *COUNTS, "receptive_field")
    layers = [
        {"number": line.number, "code": line.code, **{name: _figure(getattr(line, name)) for name in names}}
        for line in found.lines
    ]
    totals = {name: _figure(getattr(found.totals, name)) for name in COUNTS}
    return {"network": str(net), "layers": layers, "totals": totals, "conventions": dict(found.conventions)}


def _figure(worked: Worked | None) -> object:
    if worked is None:
        return None
    return {"value": value_figure(worked.value), "text": plain.of(readable(worked.tree))}
