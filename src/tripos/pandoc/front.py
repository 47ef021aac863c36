"""Front matter: the keys at the top of the file as plain values, and the lines they stand on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, Union

from tripos.pandoc.element import plain_text, walk
from tripos.pandoc.refusal import Report, legible
from tripos.pandoc.source import Source
from tripos.pandoc.tree import Node, elements
from tripos.problem import Place, Problem

Meta: TypeAlias = Union[str, list["Meta"], dict[str, "Meta"]]  # noqa: UP007 (a name in quotes takes no |)

_DEPTH = 8
_YAML_FAULT = re.compile(r"exception at line (\d{1,7}), column (\d{1,7})\s*[:,]?\s*(.*)", re.DOTALL)
_DUPLICATE = re.compile(r"Duplicate key: \.?(\S+)")
_QUOTING = 'Write one "key: value" a line; put a value with : # { [ ` " or * in it between quotation marks.'


class FrontMatter:
    """The lines of a text between its first line --- and the next --- or ... ; there may be none."""

    def __init__(self, source: Source) -> None:
        self._source = source
        lines = source.lines
        self.opened = lines[0].rstrip() == "---"
        ends = (i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "..."))
        self.end = next(ends, 0) if self.opened else 0

    def place(self, *keys: str) -> Place:
        """Where the key stands, given as the path to it; where its parent does, if it is not found."""
        first, last, column = 1, self.end, 0
        line = 0
        for depth, key in enumerate(keys):
            found = self._found(key, first, last, column, top=not depth)
            if not found:
                break
            line, column = found
            first, last = line - 1, self._extent(line)
        return self._source.place(line or 1, column or 1)

    def _found(self, key: str, first: int, last: int, column: int, *, top: bool) -> tuple[int, int] | None:
        begin = r"\s*" if top else r".*?(?:^|[\s{,])"
        pattern = re.compile(rf"{begin}([\"']?){re.escape(key)}\1\s*:(?:\s|$)")
        for line in range(first, last):
            text = self._source.lines[line]
            # A line is counted from 1, its list from 0; the opening --- is line 1.
            match = pattern.match(text, column if line == first else 0)
            if match and not (top and text[:1].isspace()):
                return line + 1, match.start(1) + 1
        return None

    def _extent(self, line: int) -> int:
        after = range(line, self.end)
        return next((i for i in after if self._source.lines[i][:1].strip()), self.end)

    def unread(self, meta: Mapping[str, Meta]) -> Problem | None:
        """A front matter that Pandoc took for something else."""
        first = self._source.place(1, 1)
        if self.opened and not self.end:
            return Problem(first, "the front matter that begins here has no end.", "Close it with a line ---.")
        lines = self._source.lines[1 : self.end]
        if meta or not any(line.strip() and not line.lstrip().startswith("#") for line in lines):
            return None
        return Problem(first, "the front matter holds no keys.", _QUOTING)

    def fault(self, log: str) -> Problem:
        """What Pandoc said against the YAML, where it stands."""
        match = _YAML_FAULT.search(log)
        if not match:
            return Problem(self._source.place(1, 1), "the front matter cannot be read as YAML.", _QUOTING)
        reason = re.sub(r"\s+", " ", match[3]).strip().rstrip(".,:")
        # The parser counts from 0, and the line --- is its line 0.
        place = self._source.place(int(match[1]) + 1, int(match[2]) + 1)
        return Problem(place, f"the front matter cannot be read as YAML: {reason}.", _QUOTING)

    def warnings(self, log: str) -> list[Problem]:
        """A problem for each key that is given twice."""
        return [
            Problem(self.place(*key.split(".")), f"the front matter gives {key} twice.", "Keep one of them.")
            for key in _DUPLICATE.findall(log)
        ]


def values(nodes: Mapping[str, Node], front: FrontMatter, report: Report) -> dict[str, Meta]:
    """Pandoc's metadata as text, lists and maps; Markdown in it becomes its words."""
    return {key: _value(node, (key,), front, report) for key, node in nodes.items()}


def _value(node: Node, path: tuple[str, ...], front: FrontMatter, report: Report) -> Meta:
    kind, content = node["t"], node["c"]
    if len(path) > _DEPTH:
        report(Problem(front.place(*path), f"{path[0]} is nested too deeply.", f"Nest at most {_DEPTH} levels."))
        return ""
    if kind == "MetaMap":
        return {key: _value(one, (*path, key), front, report) for key, one in content.items()}
    if kind == "MetaList":
        return [_value(one, (*path, str(i)), front, report) for i, one in enumerate(content, 1)]
    if kind == "MetaBool":
        return "true" if content else "false"
    words = content if kind == "MetaString" else _words(content, front.place(*path), report)
    return legible(words, lambda _: front.place(*path), report)


def _words(nodes: Sequence[Node], place: Place, report: Report) -> str:
    found, problems = elements(nodes, Source("", place.file))
    for problem in problems:
        report(replace(problem, place=place))
    if any(element.kind in ("RawInline", "RawBlock") for element in walk(found)):
        fact, remedy = "raw HTML is not part of an exam.", "Write plain words in the front matter."
        report(Problem(place, fact, remedy))
    return plain_text(element for element in found if element.kind not in ("RawInline", "RawBlock"))
