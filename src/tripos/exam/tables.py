"""Blocks that ask several things at once: the table of a network's layers, and a computational graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tripos.deep.network import Network
from tripos.exam.attributes import GRAPH, Attributes
from tripos.exam.context import Context, Draft
from tripos.exam.gaps import ASK, drafted, marked
from tripos.exam.item import ZERO, Gap, Written
from tripos.language import graph
from tripos.language.source import of
from tripos.language.tree import Callee, Node, Op, call, free_names, number
from tripos.language.values import described
from tripos.language.vocabulary import Vocabulary
from tripos.pandoc.element import Element
from tripos.problem import Place, Problem, TriposError, nearest

TABLE = "table"
COLUMNS = {
    "volume": "Volume",
    "parameters": "Parameters",
    "weights": "Weights",
    "biases": "Biases",
    "norm_parameters": "Batch-norm parameters",
    "multiplications": "Multiplications",
    "receptive_field": "Receptive field",
}
GIVEN = "volume"
COUNTED = ("parameters", "weights", "biases", "multiplications")  # of which the input has none, and says so


def is_layer_table(block: Element) -> bool:
    """Whether a paragraph is only the table of a network's layers."""
    return (
        block.kind in ("Para", "Plain")
        and len(block.children) == 1
        and (found := marked(block.children[0], ASK)) is not None
        and found[1].lstrip().startswith(f"{TABLE}(")
    )


def layer_table(block: Element, context: Context) -> Element:
    """The table with a gap in every cell: a row for each layer, the input given."""
    mark = block.children[0]
    found = marked(mark, ASK)
    assert found is not None
    written = context.written(mark, *found, vocabulary=_with_table(context.engine.vocabulary))
    if written is None:
        context.ask(Draft(None))
        return block
    try:
        network, columns = _asked(written.tree, context)
    except TriposError as error:
        for problem in error.problems:
            context.report(written.located(problem))
        context.ask(Draft(None))
        return block
    net = written.tree.args[0]
    head = _row([_words(text) for text in ("Layer", *(COLUMNS[column] for column in columns))], mark)
    rows = [_given(net, columns, mark, context)]
    for layer in network.numbers:
        cells = [_shown(call("layer", net, number(layer)), mark, context)]
        cells += [_cell(column, net, layer, mark, context) for column in columns]
        rows.append(_row(cells, mark))
    return _table(head, rows, len(columns) + 1, mark)


def graph_table(block: Element, context: Context) -> Element:
    """The lines of a graph with its values and gradients, those that are asked as gaps; the last gradient is given."""
    attributes = Attributes(block, GRAPH, context.report).checked()
    asks = attributes.one_of("ask", ASKS) or "gradients"
    try:
        found = graph.read(block.text.split("\n"), context.engine.vocabulary, block.place)
    except TriposError as error:
        for problem in error.problems:
            context.report(problem)
        context.ask(Draft(None))
        return block
    whole = Node(Op.GIVEN, value=found)
    rows = []
    for word in found.names:
        line = Element("Code", block.place, text=f"{word} = {of(found.tree(word))}")
        cells = [
            _graph_cell(rule, whole, word, rule in ASKED[asks] and not given, block, context)
            for rule, given in (("value", _is_input(found, word)), ("gradient", word == found.output))
        ]
        rows.append(_row([line, *cells], block))
    head = _row([_words(text) for text in ("Node", "Value", "Gradient")], block)
    return _table(head, rows, 3, block)


ASKS = ("gradients", "values", "both")
ASKED = {"gradients": ("gradient",), "values": ("value",), "both": ("value", "gradient")}


def _is_input(whole: graph.Graph, word: str) -> bool:
    # Its line states its value.
    return not free_names(whole.tree(word))


def _graph_cell(rule: str, whole: Node, word: str, asked: bool, block: Element, context: Context) -> Element:
    tree = call(rule, whole, Node(Op.TEXT, value=word))
    written = Written(tree, f"{rule} of {word}", block.place)
    if not asked:
        return Element("Show", block.place, text=context.show(written))
    gap = Gap("", written, ZERO, because=block.attribute("because") or "")
    alias = f"{word}.{rule}" if block.attribute("ask") == "both" else word
    return Element("Gap", block.place, text=context.ask(Draft(gap, word=alias)))


def _with_table(vocabulary: Vocabulary) -> Vocabulary:
    # The reader must take `table(` for a call; what it means is decided here, so any rule stands in.
    return replace(vocabulary, functions={**vocabulary.functions, TABLE: vocabulary.functions[GIVEN]})


def _asked(tree: Node, context: Context) -> tuple[Network, list[str]]:
    callee = tree.value
    if tree.op is not Op.CALL or not isinstance(callee, Callee) or callee.name != TABLE or len(tree.args) < 2:
        raise TriposError(Problem(Place(), "a table of layers names a network and at least one column.", USAGE))
    columns = []
    for arg in tree.args[1:]:
        if arg.op is not Op.NAME or arg.value not in COLUMNS:
            fact = f"{of(arg)} is no column of a table of layers."
            hint = nearest(of(arg), COLUMNS) or f"Known: {', '.join(COLUMNS)}."
            span = arg.span
            raise TriposError(Problem(Place(), fact, hint, start=span.start, width=span.end - span.start))
        columns.append(str(arg.value))
    network = context.engine.evaluator().value(tree.args[0], context.names).value
    if not isinstance(network, Network) or network.input is None:
        found = "this network has none" if isinstance(network, Network) else f"this is {described(network)}"
        fact = f"a table of layers needs a network with an input; {found}."
        raise TriposError(Problem(Place(), fact, "Write 3x32x32 -> CONV3-8 -> ... or net on 3x32x32."))
    return network, columns


USAGE = "Write table(net, volume, parameters)."


def _given(net: Node, columns: Sequence[str], mark: Element, context: Context) -> Element:
    cells = [
        _shown(call(column, net, number(0)), mark, context) if column in (GIVEN, *COUNTED) else _words("–")
        for column in columns
    ]
    return _row([_words("INPUT"), *cells], mark)


def _cell(column: str, net: Node, layer: int, mark: Element, context: Context) -> Element:
    tree = call(column, net, number(layer))
    return Element("Gap", mark.place, text=context.ask(drafted(Written(tree, of(tree), mark.place), mark, context)))


def _shown(tree: Node, mark: Element, context: Context) -> Element:
    return Element("Show", mark.place, text=context.show(Written(tree, of(tree), mark.place)))


def _words(text: str) -> Element:
    return Element("Str", text=text)


def _row(cells: Sequence[Element], near: Element) -> Element:
    filled = tuple(Element("Cell", near.place, (Element("Plain", near.place, (cell,)),)) for cell in cells)
    return Element("Row", near.place, filled)


def _table(head: Element, rows: Sequence[Element], width: int, near: Element) -> Element:
    parts = (Element("Head", near.place, (head,)), Element("Body", near.place, tuple(rows)))
    return Element("Table", near.place, parts, alignments=("AlignLeft",) * width)
