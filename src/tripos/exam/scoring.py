"""Scoring rules as data, each with the sentence that is printed for the student. How a rule is applied is marking's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from flint import fmpq

from tripos.language.plain import of_value

ZERO = fmpq(0)


@dataclass(frozen=True, slots=True)
class Truth:
    """Full points if right, `wrong` (usually below zero) if wrong, `blank` if left empty."""

    wrong: fmpq = ZERO
    blank: fmpq = ZERO

    def sentence(self, points: fmpq) -> str:
        """What the rule says, for a question worth so many points."""
        return f"Right {_signed(points)}, wrong {_signed(self.wrong)}, blank {_signed(self.blank)}."


@dataclass(frozen=True, slots=True)
class PerOption:
    """An equal share for every option, marked or rightly left; `untouched` if nothing is marked, else its shares."""

    untouched: fmpq | None = None

    def sentence(self, points: fmpq) -> str:
        """What the rule says, for a question worth so many points."""
        rest = "what its rightly unmarked options earn" if self.untouched is None else _signed(self.untouched)
        return (
            f"{_signed(points)}, in equal shares: one for every option rightly marked or rightly left unmarked. "
            f"An untouched question earns {rest}."
        )


@dataclass(frozen=True, slots=True)
class Exact:
    """All the points if everything is right, otherwise none."""

    def sentence(self, points: fmpq) -> str:
        """What the rule says, for a question worth so many points."""
        return f"{_signed(points)} if everything is right, otherwise 0."


@dataclass(frozen=True, slots=True)
class Deduct:
    """Full points less `error` for every wrong or missing mark, down to `floor`; `untouched` if nothing is marked."""

    error: fmpq
    floor: fmpq = ZERO
    untouched: fmpq = ZERO

    def sentence(self, points: fmpq) -> str:
        """What the rule says, for a question worth so many points."""
        return (
            f"{_signed(points)}, less {of_value(self.error)} for every wrong or missing mark, never below "
            f"{of_value(self.floor)}. An untouched question earns {of_value(self.untouched)}."
        )


@dataclass(frozen=True, slots=True)
class Cells:
    """Every gap earns its own points."""

    def sentence(self, points: fmpq) -> str:
        """What the rule says, for a question worth so many points."""
        return f"{_signed(points)} in all; every gap earns its own."


@dataclass(frozen=True, slots=True)
class Person:
    """A person marks by a rubric."""

    def sentence(self, points: fmpq) -> str:
        """What the rule says, for a question worth so many points."""
        return f"Up to {_signed(points)}, marked by a person."


Rule: TypeAlias = Truth | PerOption | Exact | Deduct | Cells | Person


def _signed(points: fmpq) -> str:
    return f"{of_value(points)} point{'' if abs(points) == 1 else 's'}"
