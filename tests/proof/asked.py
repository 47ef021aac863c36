"""The committed pairs, and the question that each of them asks: what `tripos same` makes of a line of its batch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tripos.exam import loose
from tripos.exam.loose import with_names
from tripos.language.kind import Kind
from tripos.proof.answer import Judgement, Question, judged

PAIRS = Path(__file__).parent / "pairs"
FILES = sorted(path.stem for path in PAIRS.glob("*.jsonl") if path.stem != "hostile")
KINDS = tuple(Kind)[: tuple(Kind).index(Kind.NETWORK)]


@dataclass(frozen=True, slots=True)
class Pair:
    """A line: key and response, what is asked, the verdicts that are right, and how it is named in a failure."""

    line: Mapping[str, object]
    name: str

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The verdicts that are right: mostly one."""
        verdict = self.line["verdict"]
        return (verdict,) if isinstance(verdict, str) else tuple(verdict)

    def __getattr__(self, field: str) -> str:
        return self.line.get(field, "")


def pairs(name: str) -> list[Pair]:
    """The pairs of one file."""
    lines = (PAIRS / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [Pair(json.loads(line), f"{name}:{number}") for number, line in enumerate(lines, 1) if line]


def every_pair() -> Iterator[Pair]:
    """All of them but the hostile ones."""
    for name in FILES:
        yield from pairs(name)


def question(pair: Pair, key: str, response: str) -> Question:
    """What is asked, with this text for the key; names that neither text declares are presumed from the response."""
    return with_names(loose.question(key, Kind(pair.kind), pair.form, pair.where)[0], response, pair.where)


def verdict(pair: Pair, *, swapped: bool = False) -> Judgement:
    """How the pair is judged, or the same pair the other way round."""
    key, response = (pair.response, pair.key) if swapped else (pair.key, pair.response)
    return judged(question(pair, key, response), response)
