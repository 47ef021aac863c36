"""From elements to Pandoc's JSON. What was never to leave an exam is not written, whoever put it there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tripos.pandoc.element import INLINE, Element, fold
from tripos.pandoc.tree import Node

VERSION = (1, 23, 1, 1)

# An attribute of the format may be the key itself (`key=224`): only what these name is ever written.
_SHOWN = frozenset({"lang", "dir", "title", "role", "width", "height", "alt"})
_SHOWN_PREFIXES = ("aria-", "data-")


def document(blocks: Sequence[Node]) -> str:
    """A whole document in JSON."""
    return json.dumps({"pandoc-api-version": VERSION, "meta": {}, "blocks": blocks}, ensure_ascii=False)


def encoded(elements: Sequence[Element]) -> list[Node]:
    """The JSON of these elements as blocks: a run of inline ones becomes a Plain."""
    return _blocks(fold(elements, _node))


def _node(element: Element, children: list[Node]) -> Node:
    writer = _WRITERS.get(element.kind)
    # Raw text, and a kind that nobody here knows, is not written.
    content = writer(element, children) if writer else []
    return {"t": element.kind if writer else "Dropped", "c": content}


def _blocks(nodes: Iterable[Node]) -> list[Node]:
    found: list[Node] = []
    run: list[Node] = []
    for node in nodes:
        if node["t"] in INLINE:
            run.append(node)
        elif node["t"] != "Dropped":
            found += _plain(run)
            run = []
            found.append(node)
    return found + _plain(run)


def _plain(run: list[Node]) -> list[Node]:
    return [{"t": "Plain", "c": run}] if run else []


def _inlines(nodes: Iterable[Node]) -> list[Node]:
    return [inline for node in nodes for inline in _flattened(node)]


def _flattened(node: Node) -> Sequence[Node]:
    if node["t"] in INLINE:
        return (node,)
    # A paragraph inside of a sentence is its words; any other block has none to give.
    return node["c"] if node["t"] in ("Para", "Plain") else ()


def _contents(nodes: Iterable[Node], kind: str) -> list[Any]:
    return [node["c"] for node in nodes if node["t"] == kind]


def _attributes(element: Element) -> list[Any]:
    pairs = [(key, value) for key, value in element.pairs if key in _SHOWN or key.startswith(_SHOWN_PREFIXES)]
    return [element.identifier, list(element.classes), pairs]


def _name(name: str) -> Node:
    return {"t": name}


def _empty(_: Element, __: list[Node]) -> None:
    return None


def _text(element: Element, _: list[Node]) -> str:
    return element.text


def _code(element: Element, _: list[Node]) -> list[Any]:
    return [_attributes(element), element.text]


def _math(element: Element, _: list[Node]) -> list[Any]:
    return [_name("DisplayMath" if element.display else "InlineMath"), element.text]


def _sentence(_: Element, children: list[Node]) -> list[Node]:
    return _inlines(children)


def _flow(_: Element, children: list[Node]) -> list[Node]:
    return _blocks(children)


def _quoted(element: Element, children: list[Node]) -> list[Any]:
    return [_name(element.style or "DoubleQuote"), _inlines(children)]


def _header(element: Element, children: list[Node]) -> list[Any]:
    return [element.level or 1, _attributes(element), _inlines(children)]


def _span(element: Element, children: list[Node]) -> list[Any]:
    return [_attributes(element), _inlines(children)]


def _div(element: Element, children: list[Node]) -> list[Any]:
    return [_attributes(element), _blocks(children)]


def _targeted(element: Element, children: list[Node]) -> list[Any]:
    return [_attributes(element), _inlines(children), [element.target, element.title]]


def _bullets(_: Element, children: list[Node]) -> list[Any]:
    return _contents(children, "Item")


def _ordered(element: Element, children: list[Node]) -> list[Any]:
    how = element.numbering
    return [[how.start, _name(how.style), _name(how.delimiter)], _contents(children, "Item")]


def _item(element: Element, children: list[Node]) -> list[Node]:
    blocks = _blocks(children)
    if element.checked is None:
        return blocks
    # With a common blank behind it Pandoc would make it a control; this one does not break either.
    box: list[Node] = [{"t": "Str", "c": ("☒" if element.checked else "☐") + "\N{NO-BREAK SPACE}"}]
    if not blocks or blocks[0]["t"] not in ("Para", "Plain"):
        return [{"t": "Plain", "c": box}, *blocks]
    return [{"t": blocks[0]["t"], "c": [*box, *blocks[0]["c"]]}, *blocks[1:]]


def _definitions(_: Element, children: list[Node]) -> list[Any]:
    return _contents(children, "Definition")


def _definition(_: Element, children: list[Node]) -> list[Any]:
    return [next(iter(_contents(children, "Term")), []), _contents(children, "Details")]


def _rows(element: Element, children: list[Node]) -> list[Any]:
    return [_attributes(element), _contents(children, "Row")]


def _row(element: Element, children: list[Node]) -> list[Any]:
    return [_attributes(element), _contents(children, "Cell")]


def _cell(element: Element, children: list[Node]) -> list[Any]:
    return [_attributes(element), _name("AlignDefault"), 1, 1, _blocks(children)]


def _table(element: Element, children: list[Node]) -> list[Any]:
    nothing = [["", [], []], []]
    head, foot = ((_contents(children, kind) or [nothing])[0] for kind in ("Head", "Foot"))
    bodies = [[attributes, 0, [], rows] for attributes, rows in _contents(children, "Body")]
    caption: list[Node] = next(iter(_contents(children, "Caption")), [])
    columns = _columns(element, [*head[1], *(row for body in bodies for row in body[3]), *foot[1]])
    return [_attributes(element), [None, caption], columns, head, bodies, foot]


def _columns(element: Element, rows: Sequence[Any]) -> list[Any]:
    # Pandoc cuts rows to the columns: give it as many as the longest row has.
    count = max([len(element.alignments), *(len(cells) for _, cells in rows)])
    names = [*element.alignments, *["AlignDefault"] * (count - len(element.alignments))]
    return [[_name(name), _name("ColWidthDefault")] for name in names]


_SENTENCES = (
    *("Para", "Plain", "Term", "Emph", "Strong", "Underline", "Strikeout"),
    *("Superscript", "Subscript", "SmallCaps"),
)
_WRITERS: Mapping[str, Callable[[Element, list[Node]], object]] = {
    **dict.fromkeys(_SENTENCES, _sentence),
    **dict.fromkeys(("BlockQuote", "Note", "Details", "Caption"), _flow),
    **dict.fromkeys(("Space", "SoftBreak", "LineBreak", "HorizontalRule"), _empty),
    **dict.fromkeys(("Code", "CodeBlock"), _code),
    **dict.fromkeys(("Link", "Image"), _targeted),
    **dict.fromkeys(("Head", "Body", "Foot"), _rows),
    "Str": _text,
    "Math": _math,
    "Quoted": _quoted,
    "Header": _header,
    "Span": _span,
    "Div": _div,
    "BulletList": _bullets,
    "OrderedList": _ordered,
    "DefinitionList": _definitions,
    "Definition": _definition,
    "Item": _item,
    "Table": _table,
    "Row": _row,
    "Cell": _cell,
}
