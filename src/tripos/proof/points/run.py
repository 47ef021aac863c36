"""A run: what the names stand for at one point, counted steps, and the switches between pieces if wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripos.problem import Place, Problem, Refusal
from tripos.proof.points.block import Block, Value
from tripos.proof.points.scalar import Condition, Scalar


class Unsupported(Exception):
    """An operation that has no value at a point, such as a layer of a network."""


@dataclass(slots=True)
class Meter:
    """Counted steps: the same work ends in the same place on every machine."""

    limit: int
    spent: int = 0

    def spend(self, steps: int) -> None:
        """Count steps; raises when there are none left."""
        self.spent += steps
        if self.spent > self.limit:
            raise Refusal(Problem(Place(), f"comparing this takes more than {self.limit:,} steps."))


@dataclass(frozen=True, slots=True)
class Switch:
    """The difference that decides between two pieces; a pole where the formula has no value at zero."""

    value: Scalar
    pole: bool = False


@dataclass(slots=True)
class Run:
    """One evaluation: what the names stand for, how many values each index has, and the switches if wanted."""

    values: dict[str, Value]
    lengths: Mapping[str, int]
    meter: Meter
    switches: list[Switch] | None = None

    def note(self, value: Scalar | Block | Condition, pole: bool = False) -> None:
        """Keep a switch."""
        if self.switches is not None and not isinstance(value, Block | bool):
            self.switches.append(Switch(value, pole))
