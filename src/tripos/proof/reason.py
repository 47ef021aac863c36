"""Reasons as data, and the one place where a comparison's reasons become sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as data: a code and the details that its sentence mentions. So reasons can be counted and translated."""

    code: str
    details: tuple[tuple[str, str], ...] = ()

    def sentence(self, sentences: Mapping[str, str] | None = None) -> str:
        """The reason in words."""
        return (sentences or SENTENCES)[self.code].format(**dict(self.details))


NONE = Reason("")


def because(code: str, **details: object) -> Reason:
    """A reason with its details."""
    return Reason(code, tuple((name, str(value)) for name, value in details.items()))


SENTENCES: Mapping[str, str] = {
    "": "",
    "differs": "{got} is not {key}.",
    "truth": "The statement is {key}.",
    "wrong-kind": "{wanted} is asked for; {got} is {sort}.",
    "product-for-shape": "A shape such as {key} is asked for; {got} is the number of its entries.",
    "axes": "{got} has {axes}; the key has {wanted}.",
    "dimension": "Dimension {place} is {got} in {answer}; it should be {key}.",
    "entry": "The entry in row {row}, column {column} is {got}; it should be {key}.",
    "size": "{got} entries were given where {key} are asked for.",
    "missing": "{member} is missing.",
    "extra": "{member} does not belong here.",
    "undefined": "{got} has no value: {why}.",
    "close": "The answer and the key are too close for this version to tell apart.",
    "by-person": "Comparing {kind} answers is not built yet, so a person decides.",
    "unreadable": "The answer could not be read: {fault}",
}
