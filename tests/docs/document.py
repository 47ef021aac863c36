"""The documents as the tests see them: their fenced blocks, and the rows of their tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FORMAT, EXPRESSIONS, ANSWERS, RESPONSES, EQUALITY = (
    ROOT / "docs" / f"{name}.md" for name in ("format", "expressions", "answers", "responses", "equality")
)
README, CONTRIBUTING = ROOT / "README.md", ROOT / "CONTRIBUTING.md"
PAGES = (FORMAT, EXPRESSIONS, ANSWERS, RESPONSES)


@dataclass(frozen=True)
class Block:
    """A fenced block: its info string, its text, and what follows it."""

    page: str
    line: int
    info: str
    text: str
    after: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(path: Path, info: str) -> list[Block]:
    """The fenced blocks of a page with this info string."""
    text = path.read_text("utf-8")
    fences = list(re.finditer(r"^(`{3,})([^`\n]*)\n(.*?)^\1$\n?", text, re.DOTALL | re.MULTILINE))
    ends = [match.start() for match in fences[1:]] + [len(text)]
    return [
        Block(path.name, text.count("\n", 0, match.start()) + 1, match[2], match[3], text[match.end() : end])
        for match, end in zip(fences, ends, strict=True)
        if match[2] == info
    ]


def tables(text: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The header and the rows of every pipe table."""
    lines = [*text.split("\n"), ""]
    start = None
    for number, line in enumerate(lines):
        if line.startswith("|") and start is None:
            start = number
        elif not line.startswith("|") and start is not None:
            head, _, *rows = map(cells, lines[start:number])
            yield head, rows
            start = None


def cells(line: str) -> list[str]:
    """The cells of a row; a bar inside of a cell is written with a backslash before it."""
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def rows(path: Path, *header: str) -> list[dict[str, str]]:
    """The rows of all tables whose header begins so."""
    found = [
        dict(zip(head, row, strict=True))
        for head, body in tables(path.read_text("utf-8"))
        if head[: len(header)] == list(header)
        for row in body
    ]
    assert found, f"{path.name} has no table {header}"
    return found


def code(cell: str) -> str:
    """What a cell in code says."""
    match = re.fullmatch(r"`(.*)`", cell)
    assert match, f"{cell} is no code"
    return match[1]


def listed(cell: str) -> list[str]:
    """The codes of a cell that has several: `a`, `b`."""
    return re.findall(r"`([^`]+)`", cell)
