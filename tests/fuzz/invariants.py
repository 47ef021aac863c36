"""What must hold of the student's reader whatever is typed, and where the fuzzer begins: the committed pairs."""

from __future__ import annotations

import json
import re
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from tripos.language import latex, mathml, plain
from tripos.language.kind import Kind
from tripos.language.names import Names
from tripos.language.student import READ, read
from tripos.language.tree import Node, walk
from tripos.language.vocabulary import Vocabulary
from tripos.language.where import declared
from tripos.problem import TriposError

PAIRS = Path(__file__).parent.parent / "proof" / "pairs"
KINDS = tuple(kind for kind in Kind if kind in READ)
NAMES: Names = declared(
    "x, z real; a, b, Δ, η positive; n, m positive integer; 0 < p < 1; s vector; y index of s; j index of s, j != y;"
    "W m by n matrix; v n vector; u m vector; f function"
)
VOCABULARY = Vocabulary()
HANGS = 1.0  # seconds of processor time: a guard against hanging, no measure of speed
_COMMAND = re.compile(r"\\[a-zA-Z]+\*?|\\.|[a-zA-Z]{2,}")


def check(text: str, kind: Kind, names: Names = NAMES) -> Node | None:
    """Read a text, and hold what comes of it against everything that must be so; the tree, if there is one."""
    began = time.process_time()
    found = outcome(text, kind, names)
    assert time.process_time() - began < HANGS, "it hangs"
    again = outcome(text, kind, names)
    if isinstance(found, TriposError):
        assert isinstance(again, TriposError)
        assert str(found) == str(again), "the same text is refused in two ways"
        _refusal(found)
        return None
    assert isinstance(found, Node), "neither a tree nor a refusal"
    assert found == again, "the same text is read in two ways"
    for part, twin in zip(walk(found), walk(again), strict=True):
        assert part.span == twin.span
        assert 0 <= part.span.start <= part.span.end <= len(text), "a span outside the text"
    plain.of(found)
    latex.of(found)
    ET.fromstring(mathml.of(found))  # our own text, which must be well formed
    return found


def outcome(text: str, kind: Kind, names: Names) -> Node | TriposError:
    """The tree of a text, or what is said against it; anything else that is raised is a fault."""
    try:
        return read(text, VOCABULARY, names, kind)
    except TriposError as error:
        return error


def _refusal(error: TriposError) -> None:
    assert error.problems
    for problem in error.problems:
        assert problem.fact.strip(), "nothing is said against it"
        assert 0 <= problem.start <= len(problem.text) or not problem.text, "a place outside the text"
        assert len(str(problem)) < 4_000, "a page of reasons"


def of(line: bytes) -> tuple[str, Kind]:
    """A text and a kind from the bytes of a fuzzer: the first byte picks the kind."""
    return line[1:].decode("utf-8", "replace"), KINDS[(line[0] if line else 0) % len(KINDS)]


def seeds() -> Iterator[tuple[str, Kind]]:
    """Every answer and key of the committed pairs with its kind."""
    for path in sorted(PAIRS.glob("*.jsonl")):
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            pair = json.loads(line)
            kind = Kind(pair.get("kind") or "formula")
            if kind in KINDS:
                yield pair["response"], kind
                yield pair["key"], kind


def words() -> list[str]:
    """The words and commands of the seeds, and a few more: what a fuzzer would not find letter by letter."""
    found = {word for text, _ in seeds() for word in _COMMAND.findall(text)}
    return sorted(found | {"\\begin{cases}", "\\end{cases}", "_{", "^{", "\\left", "\\right", "1e6", "!=", "||"})


def calls(text: str, kind: Kind) -> int:
    """How many functions are called to read a text: the same on every machine."""
    counted = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        outcome(text, kind, NAMES)
    finally:
        sys.setprofile(None)
    return counted
