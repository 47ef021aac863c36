"""Evidence as data: what a key, or any other claim, rests on.

A key that the engine worked out rests on an exact computation by named rules; a claim over finitely many cases on a
proof, a counterexample or an example among them; a typed key on the word of its author. A measurement and a definition
are evidence of other sorts, which nothing here finds by itself. Evidence is counted, printed and compared; it is never
worked out here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What kind of support a claim has."""

    PROOF = "proof"
    COUNTEREXAMPLE = "counterexample"
    EXAMPLE = "example"
    EXACT_COMPUTATION = "exact computation"
    MEASUREMENT = "measurement"
    DEFINITION = "definition"
    STATEMENT = "statement"  # typed by its author


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sort of support, why it is one in words, and the rules of the engine that it took, the outermost first."""

    sort: Sort
    why: str = ""
    rules: tuple[str, ...] = ()
