"""Front matter: title, minutes, points, conventions, seed and language of an exam."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flint import fmpq

from tripos.deep.conventions import CONVENTIONS
from tripos.exam.attributes import rational
from tripos.pandoc.reading import Document
from tripos.problem import Problem, nearest

KEYS = ("title", "minutes", "points", "conventions", "seed", "language")
_POINTS = re.compile(r"\d{1,6}(?:/[1-9]\d{0,5}|\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Matter:
    """What the front matter says; what it leaves out has its default."""

    title: str = ""
    minutes: int = 0
    points: fmpq | None = None
    seed: str = ""
    language: str = "en"
    conventions: Mapping[str, str] = field(default_factory=dict)


def matter(document: Document, report: Callable[[Problem], None]) -> Matter:
    """The front matter of a document; what is wrong in it is reported at its line."""
    meta = document.meta
    for key in meta:
        if key not in KEYS:
            hint = nearest(key, KEYS) or f"Known are {', '.join(KEYS)}."
            report(Problem(document.meta_place(key), f"{key} is not known in the front matter.", hint))
    words = {key: value for key, value in meta.items() if isinstance(value, str)}
    for key in KEYS:
        if key in meta and key != "conventions" and key not in words:
            report(Problem(document.meta_place(key), f"{key} is one value, not several.", f"Write {key}: value."))
    if not words.get("title") and (meta or not document.problems):  # front matter that cannot be read is one problem
        report(
            Problem(
                document.meta_place("title"),
                "the exam has no title.",
                "Write title: ... at the top, between lines of ---.",
            )
        )
    minutes, total = words.get("minutes", "0"), words.get("points")
    if not minutes.isdecimal() or len(minutes) > 4:
        report(Problem(document.meta_place("minutes"), f'minutes is "{minutes}".', "Write a whole number."))
        minutes = "0"
    if total is not None and not _POINTS.fullmatch(total):
        report(Problem(document.meta_place("points"), f'points is "{total}".', "Write a number, such as 100."))
        total = None
    return Matter(
        words.get("title", ""),
        int(minutes),
        None if total is None else rational(total),
        words.get("seed", ""),
        words.get("language", "en"),
        _conventions(document, report),
    )


def _conventions(document: Document, report: Callable[[Problem], None]) -> dict[str, str]:
    given = document.meta.get("conventions", {})
    if not isinstance(given, dict):
        remedy = "Write conventions: {pooling: floor}."
        report(Problem(document.meta_place("conventions"), "conventions are names with values.", remedy))
        return {}
    found = {}
    for name, word in given.items():
        place = document.meta_place("conventions", name)
        if name not in CONVENTIONS:
            hint = nearest(name, CONVENTIONS) or f"Known are {', '.join(CONVENTIONS)}."
            report(Problem(place, f"{name} is no convention of Tripos.", hint))
        elif word not in CONVENTIONS[name].sentences:
            values = " or ".join(CONVENTIONS[name].sentences)
            report(Problem(place, f"{name}: {word} is not known.", f"It is {values}."))
        else:
            found[name] = str(word)
    return found
