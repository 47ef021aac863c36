"""Pandoc's JSON and our elements, from one to the other and back. Which elements an exam may hold is not known here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tripos.pandoc.element import Element, Numbering, fold
from tripos.pandoc.source import Source
from tripos.problem import Place, Problem

# What stands under "c" depends on "t": Pandoc's own schema, which Python's types cannot say.
Node = Mapping[str, Any]

# Far above any exam, and far below what Python's own stack can hold of nested JSON.
DEPTH = 60

_HOLDERS = frozenset(
    "Para Plain BlockQuote Note Emph Strong Underline Strikeout Superscript Subscript SmallCaps Item Term Details "
    "Caption".split()
)
_EMPTY = frozenset("Space SoftBreak LineBreak HorizontalRule".split())
_BOXES = {"☐": False, "☒": True}


def elements(nodes: Sequence[Node], source: Source) -> tuple[tuple[Element, ...], tuple[Problem, ...]]:
    """The elements of Pandoc's blocks, without the wrappers of sourcepos, Strs still as cut as they came."""
    root = _Frame("", _Shape(), Place(source.file), (), iter(nodes))
    problems: list[Problem] = []
    stack = [root]
    while True:
        frame = stack[-1]
        node = next(frame.pending, None)
        if node is not None and len(stack) > 2 * DEPTH:
            problems.append(too_deep(frame.place))
            frame.pending = iter(())
        elif node is not None:
            stack.append(_opened(node, frame, source))
        elif frame is root:
            return tuple(root.built), tuple(problems)
        else:
            stack.pop()
            stack[-1].built.extend(frame.closed(source))


def too_deep(place: Place) -> Problem:
    """The problem of lists, quotes, divs or brackets inside of one another without end."""
    return Problem(place, "the text is nested too deeply to be read.", f"Nest at most {DEPTH} levels.")


@dataclass(slots=True)
class _Shape:
    """What a node's JSON holds: its attributes, its own fields, its child nodes."""

    attributes: Sequence[Any] = ("", (), ())
    fields: dict[str, Any] = field(default_factory=dict)
    children: Sequence[Node] = ()


@dataclass(slots=True)
class _Frame:
    """An element in the making."""

    kind: str
    shape: _Shape
    place: Place
    positions: Sequence[str]
    pending: Iterator[Node]
    wrapped: bool = False
    built: list[Element] = field(default_factory=list)

    def closed(self, source: Source) -> Sequence[Element]:
        identifier, classes, pairs = self.shape.attributes
        kept = tuple((key, value) for key, value in pairs if key not in ("wrapper", "data-pos"))
        if self.wrapped and not (identifier or classes or kept):
            return self.built
        element = Element(
            self.kind,
            self._start(source),
            tuple(self.built),
            identifier=identifier,
            classes=tuple(classes),
            pairs=kept,
            **self.shape.fields,
        )
        return (self._located(element, source),)

    def _start(self, source: Source) -> Place:
        # Items, rows and cells have no place of their own: they begin where their content does.
        if not self.positions and self.built and self.kind in ("Item", "Row", "Cell", "Head", "Body", "Term"):
            return self.built[0].place
        return self.place

    def _located(self, element: Element, source: Source) -> Element:
        if element.kind == "CodeBlock":
            lines = source.block_lines(self.positions, element.text, bool(element.classes))
        elif element.kind in ("Code", "Math"):
            lines = source.inline_lines(self.positions, element.text, "`" if element.kind == "Code" else "$")
        else:
            return element
        return _placed(element, lines)


def _placed(element: Element, lines: tuple[tuple[int, Place], ...]) -> Element:
    if not lines:
        return element
    fields = {name: getattr(element, name) for name in ("identifier", "classes", "pairs", "display")}
    return Element(element.kind, lines[0][1], text=element.text, lines=lines, **fields)


def _opened(node: Node, parent: _Frame, source: Source) -> _Frame:
    kind = str(node["t"])
    shape = _shape(kind, node.get("c"))
    pairs = shape.attributes[2]
    positions = [value for key, value in pairs if key == "data-pos"]
    wrapped = kind in ("Div", "Span") and any(tuple(pair) == ("wrapper", "1") for pair in pairs)
    # Str, Math and the like have no attributes: their place is that of the span around them.
    positions = positions or (list(parent.positions) if parent.wrapped else [])
    place = source.start(positions) or parent.place
    return _Frame(kind, shape, place, positions, iter(shape.children), wrapped)


def _shape(kind: str, content: Any) -> _Shape:
    if kind in _HOLDERS:
        return _item(content) if kind == "Item" else _Shape(children=content)
    if kind in _EMPTY:
        return _Shape()
    reader = _SHAPES.get(kind)
    # A kind that this table does not know is refused later, by its name.
    return reader(content) if reader else _Shape()


def _item(content: Sequence[Node]) -> _Shape:
    # Pandoc puts the box of a task into a paragraph of its own, the only one without a wrapper.
    first = content[0] if content else {}
    if first.get("t") == "Plain" and len(first["c"]) == 1 and first["c"][0].get("c") in _BOXES:
        return _Shape(fields={"checked": _BOXES[first["c"][0]["c"]]}, children=content[1:])
    return _Shape(children=content)


def _nodes(kind: str, contents: Sequence[Any]) -> list[Node]:
    return [{"t": kind, "c": content} for content in contents]


def _table(content: Sequence[Any]) -> _Shape:
    attributes, (_, caption), columns, head, bodies, foot = content
    parts = [*_nodes("Head", [head]), *_nodes("Body", [(body[0], body[3]) for body in bodies])]
    parts += _nodes("Foot", [foot]) if foot[1] else []
    parts += _nodes("Caption", [caption]) if caption else []
    return _Shape(attributes, {"alignments": tuple(column[0]["t"] for column in columns)}, parts)


_SHAPES = {
    "Str": lambda c: _Shape(fields={"text": c}),
    "Code": lambda c: _Shape(c[0], {"text": c[1]}),
    "CodeBlock": lambda c: _Shape(c[0], {"text": c[1]}),
    "Math": lambda c: _Shape(fields={"display": c[0]["t"] == "DisplayMath", "text": c[1]}),
    "RawInline": lambda c: _Shape(fields={"style": c[0], "text": c[1]}),
    "RawBlock": lambda c: _Shape(fields={"style": c[0], "text": c[1]}),
    "Quoted": lambda c: _Shape(fields={"style": c[0]["t"]}, children=c[1]),
    "Header": lambda c: _Shape(c[1], {"level": c[0]}, c[2]),
    "Div": lambda c: _Shape(c[0], children=c[1]),
    "Span": lambda c: _Shape(c[0], children=c[1]),
    "Link": lambda c: _Shape(c[0], {"target": c[2][0], "title": c[2][1]}, c[1]),
    "Image": lambda c: _Shape(c[0], {"target": c[2][0], "title": c[2][1]}, c[1]),
    "BulletList": lambda c: _Shape(children=_nodes("Item", c)),
    "OrderedList": lambda c: _Shape(
        fields={"numbering": Numbering(c[0][0], c[0][1]["t"], c[0][2]["t"])}, children=_nodes("Item", c[1])
    ),
    "DefinitionList": lambda c: _Shape(children=_nodes("Definition", c)),
    "Definition": lambda c: _Shape(children=_nodes("Term", [c[0]]) + _nodes("Details", c[1])),
    "Table": _table,
    "Head": lambda c: _Shape(c[0], children=_nodes("Row", c[1])),
    "Body": lambda c: _Shape(c[0], children=_nodes("Row", c[1])),
    "Foot": lambda c: _Shape(c[0], children=_nodes("Row", c[1])),
    "Row": lambda c: _Shape(c[0], children=_nodes("Cell", c[1])),
    "Cell": lambda c: _Shape(c[0], children=c[4]),
}

KINDS = _HOLDERS | _EMPTY | frozenset(_SHAPES)
