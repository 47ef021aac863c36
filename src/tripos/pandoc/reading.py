"""Reading: Markdown as elements, each at its place in the text, with everything that an exam may not hold refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tripos.pandoc.element import Element, joined
from tripos.pandoc.fences import fenced
from tripos.pandoc.front import FrontMatter, Meta, values
from tripos.pandoc.program import PandocError, run
from tripos.pandoc.refusal import first_problems, legible, permitted, unstacked
from tripos.pandoc.source import Offsets, Source
from tripos.pandoc.tree import Node, elements, too_deep
from tripos.problem import Place, Problem, TriposError

# fancy_lists switches task_lists off, and automatic ids change when a title does.
FORMAT = (
    "commonmark_x-fancy_lists-gfm_auto_identifiers-implicit_header_references-emoji"
    "+sourcepos+yaml_metadata_block+task_lists"
)
LARGEST = 2_000_000
# Characters of JSON, which a text of signs alone fills quickest; ordinary prose of 1 MB stays below.
LARGEST_TREE = 50_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: the front matter, the blocks, and every problem of the text, in its order."""

    file: str
    meta: Mapping[str, Meta]
    blocks: tuple[Element, ...]
    problems: tuple[Problem, ...]
    _front: FrontMatter = field(repr=False, compare=False)

    def meta_place(self, *keys: str) -> Place:
        """Where a key of the front matter stands: `meta_place("conventions", "kink")`."""
        return self._front.place(*keys)


def read_file(path: Path) -> Document:
    """The document in a file; a TriposError when the file holds no text that could be one."""
    place = Place(str(path))
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        fact = f"the file cannot be opened: {error.strerror or error}."
        raise TriposError(Problem(place, fact, "Check its name and that you may read it.")) from error
    return read(_decoded(raw, place), str(path))


def _decoded(raw: bytes, place: Place) -> str:
    if len(raw) > LARGEST:
        raise TriposError(Problem(place, _TOO_LARGE, _DIVIDE))
    if b"\0" in raw:
        at = _line_of(raw, raw.index(b"\0"), place)
        raise TriposError(Problem(at, "the file holds a NUL byte, so it is not a text.", "Save it as UTF-8 text."))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fact = f"the file is not UTF-8: the byte {raw[error.start]:02X} cannot stand here."
        raise TriposError(Problem(_line_of(raw, error.start, place), fact, "Save it as UTF-8.")) from error


_TOO_LARGE = f"the file is larger than {LARGEST // 1_000_000} MB."
_DIVIDE = "Divide it; pictures stand in files of their own."


def _line_of(raw: bytes, offset: int, place: Place) -> Place:
    before = raw[:offset].decode("utf-8", errors="replace")
    return Place(place.file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def read(source: str, file: str) -> Document:
    """The document in a text. Its problems are collected, not raised; `file` is only what places are named after."""
    problems: list[Problem] = []
    text = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    refused = _refused(text, file)
    if refused:
        return Document(file, {}, (), (refused,), FrontMatter(Source("", file)))
    lines = Offsets(text, file)
    text = legible(unstacked(text, lines.place, problems.append), lines.place, problems.append)
    written = Source(text, file)
    front = FrontMatter(written)
    tree, log = _tree(written, front, problems)
    meta = values(tree.get("meta", {}), front, problems.append)
    found, deep = elements(tree.get("blocks", ()), written)
    blocks = fenced(joined(permitted(found, written, problems.append)), written, problems.append)
    problems += [*deep, *front.warnings(log)]
    unread = None if problems and not tree.get("meta") else front.unread(meta)
    return Document(file, meta, blocks, first_problems([*problems, *([unread] if unread else [])]), front)


def _refused(text: str, file: str) -> Problem | None:
    if not text.strip():
        return Problem(Place(file), "the file is empty.", "Write an exam in it, or name another file.")
    if len(text) > LARGEST:
        return Problem(Place(file), _TOO_LARGE, _DIVIDE)
    return None


def _tree(source: Source, front: FrontMatter, problems: list[Problem]) -> tuple[Node, str]:
    arguments = ("-f", FORMAT, "-t", "json")
    try:
        try:
            output, log = run(arguments, source.text)
        except PandocError as error:
            if "YAML" not in error.log or not front.end:
                raise
            problems.append(front.fault(error.log))
            # The rest is read all the same, its lines where they were, so that all problems come at once.
            output, log = run(arguments, "\n" * (front.end + 1) + "\n".join(source.lines[front.end + 1 :]))
        if len(output) > LARGEST_TREE:
            raise PandocError("the text has too many words and signs for one exam.", _DIVIDE)
        tree: Node = json.loads(output)
    except RecursionError:
        problems.append(too_deep(Place(source.file)))
    except PandocError as error:
        if not error.ran:
            raise
        problems += [replace(problem, place=Place(source.file)) for problem in error.problems]
    else:
        return tree, log
    return {}, ""
