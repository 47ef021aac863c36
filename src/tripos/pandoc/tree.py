"""From Pandoc's JSON to elements, each at its place. Which elements an exam may hold is not known here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tripos.pandoc.element import Element, Numbering
from tripos.pandoc.source import Runs, Source
from tripos.problem import Place, Problem

# What stands under "c" depends on "t": Pandoc's own schema, which Python's types cannot say.
Node = Mapping[str, Any]

# Far above any exam, and far below what Python's own stack can hold of nested JSON.
DEPTH = 120  # a quote or a div takes two, a list three

BOXES = {"☐": False, "☒": True}


def elements(nodes: Sequence[Node], source: Source) -> tuple[tuple[Element, ...], tuple[Problem, ...]]:
    """The elements of Pandoc's blocks, without the wrappers of sourcepos, Strs still as cut as they came."""
    root = _Frame(Element(""), Place(source.file), (), iter(nodes))
    problems: list[Problem] = []
    stack = [root]
    while True:
        frame = stack[-1]
        node = next(frame.pending, None)
        if node is not None and len(stack) > DEPTH:
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
    return Problem(
        place, "the text is nested too deeply to be read.", "Use fewer levels of lists, quotes, divs and brackets."
    )


@dataclass(slots=True)
class _Frame:
    """An element in the making: what its own JSON says of it, and its children so far."""

    draft: Element
    place: Place
    positions: Sequence[str]
    pending: Iterator[Node]
    wrapped: bool = False
    built: list[Element] = field(default_factory=list)

    def closed(self, source: Source) -> Sequence[Element]:
        draft = self.draft
        pairs = tuple((key, value) for key, value in draft.pairs if key not in ("wrapper", "data-pos"))
        if self.wrapped and not (draft.identifier or draft.classes or pairs):
            return self.built
        runs = self._runs(source)
        place = runs[0][1] if runs else self._start()
        return (replace(draft, place=place, children=tuple(self.built), pairs=pairs, runs=runs),)

    def _start(self) -> Place:
        # Items, rows, cells and their like have no place of their own: they begin where their content does.
        return self.built[0].place if self.built and not self.positions else self.place

    def _runs(self, source: Source) -> Runs:
        draft = self.draft
        if draft.kind == "CodeBlock":
            return source.block_runs(self.positions, draft.text, bool(draft.classes))
        mark = {"Code": "`", "Math": "$"}.get(draft.kind)
        return source.inline_runs(self.positions, draft.text, mark) if mark else ()


def _opened(node: Node, parent: _Frame, source: Source) -> _Frame:
    kind = str(node["t"])
    reader = _READERS.get(kind)
    # A kind that the table does not know is refused later, by its name.
    draft, children = reader(kind, node.get("c")) if reader else (Element(kind), ())
    positions = [value for key, value in draft.pairs if key == "data-pos"]
    wrapped = kind in ("Div", "Span") and ("wrapper", "1") in draft.pairs
    # Str, Math and the like have no attributes: their place is that of the span around them.
    positions = positions or (list(parent.positions) if parent.wrapped else [])
    place = source.start(positions) or parent.place
    return _Frame(draft, place, positions, iter(children), wrapped)


_Parts = tuple[Element, Sequence[Node]]


def _attributed(kind: str, attributes: Sequence[Any]) -> Element:
    identifier, classes, pairs = attributes
    return Element(kind, identifier=identifier, classes=tuple(classes), pairs=tuple((k, v) for k, v in pairs))


def _nodes(kind: str, contents: Sequence[Any]) -> list[Node]:
    return [{"t": kind, "c": content} for content in contents]


def _empty(kind: str, _: None) -> _Parts:
    return Element(kind), ()


def _holder(kind: str, content: Sequence[Node]) -> _Parts:
    return Element(kind), content


def _attributed_holder(kind: str, content: Sequence[Any]) -> _Parts:
    return _attributed(kind, content[0]), content[1]


def _str(kind: str, text: str) -> _Parts:
    return Element(kind, text=text), ()


def _code(kind: str, content: Sequence[Any]) -> _Parts:
    return replace(_attributed(kind, content[0]), text=content[1]), ()


def _raw(kind: str, content: Sequence[Any]) -> _Parts:
    return Element(kind, style=content[0], text=content[1]), ()


def _math(kind: str, content: Sequence[Any]) -> _Parts:
    return Element(kind, display=content[0]["t"] == "DisplayMath", text=content[1]), ()


def _quoted(kind: str, content: Sequence[Any]) -> _Parts:
    return Element(kind, style=content[0]["t"]), content[1]


def _header(kind: str, content: Sequence[Any]) -> _Parts:
    return replace(_attributed(kind, content[1]), level=content[0]), content[2]


def _targeted(kind: str, content: Sequence[Any]) -> _Parts:
    attributes, children, (target, title) = content
    return replace(_attributed(kind, attributes), target=target, title=title), children


def _bullets(kind: str, items: Sequence[Any]) -> _Parts:
    return Element(kind), _nodes("Item", items)


def _ordered(kind: str, content: Sequence[Any]) -> _Parts:
    (start, style, delimiter), items = content
    return Element(kind, numbering=Numbering(start, style["t"], delimiter["t"])), _nodes("Item", items)


def _definitions(kind: str, definitions: Sequence[Any]) -> _Parts:
    return Element(kind), _nodes("Definition", definitions)


def _definition(kind: str, content: Sequence[Any]) -> _Parts:
    return Element(kind), [*_nodes("Term", [content[0]]), *_nodes("Details", content[1])]


def _item(kind: str, content: Sequence[Node]) -> _Parts:
    # Pandoc puts the box of a task into a paragraph of its own, the only one without a wrapper.
    first: Node = content[0] if content else {"t": ""}
    if first["t"] == "Plain" and len(first["c"]) == 1 and first["c"][0].get("c") in BOXES:
        return Element(kind, checked=BOXES[first["c"][0]["c"]]), content[1:]
    return Element(kind), content


def _table(kind: str, content: Sequence[Any]) -> _Parts:
    attributes, (_, caption), columns, head, bodies, foot = content
    parts = [*_nodes("Head", [head]), *_nodes("Body", [(body[0], body[3]) for body in bodies])]
    parts += _nodes("Foot", [foot]) if foot[1] else []
    parts += _nodes("Caption", [caption]) if caption else []
    return replace(_attributed(kind, attributes), alignments=tuple(column[0]["t"] for column in columns)), parts


def _rows(kind: str, content: Sequence[Any]) -> _Parts:
    return _attributed(kind, content[0]), _nodes("Row", content[1])


def _row(kind: str, content: Sequence[Any]) -> _Parts:
    return _attributed(kind, content[0]), _nodes("Cell", content[1])


def _cell(kind: str, content: Sequence[Any]) -> _Parts:
    return _attributed(kind, content[0]), content[4]


_HOLDERS = (
    *("Para", "Plain", "BlockQuote", "Note", "Term", "Details", "Caption"),
    *("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"),
)
_READERS: Mapping[str, Callable[[str, Any], _Parts]] = {
    **dict.fromkeys(_HOLDERS, _holder),
    **dict.fromkeys(("Space", "SoftBreak", "LineBreak", "HorizontalRule"), _empty),
    **dict.fromkeys(("Code", "CodeBlock"), _code),
    **dict.fromkeys(("RawInline", "RawBlock"), _raw),
    **dict.fromkeys(("Div", "Span"), _attributed_holder),
    **dict.fromkeys(("Link", "Image"), _targeted),
    **dict.fromkeys(("Head", "Body", "Foot"), _rows),
    "Str": _str,
    "Math": _math,
    "Quoted": _quoted,
    "Header": _header,
    "BulletList": _bullets,
    "OrderedList": _ordered,
    "DefinitionList": _definitions,
    "Definition": _definition,
    "Item": _item,
    "Table": _table,
    "Row": _row,
    "Cell": _cell,
}

KINDS = frozenset(_READERS)
