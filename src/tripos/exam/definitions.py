"""Definitions: the lines of a `let` block, as data. A name is assigned, drawn, or declared free; draws may be bound
by requirements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tripos.language.names import Bound, Free, Names, domain
from tripos.language.reader import expression
from tripos.language.tree import Node
from tripos.language.vocabulary import Vocabulary
from tripos.language.worked import exactly
from tripos.problem import Place, Problem, TriposError

KNOWN = exactly(0)  # while reading, it matters only that a name has a value, not which


@dataclass(frozen=True, slots=True)
class Assigned:
    """`name = expression`: a shared value."""

    name: str
    tree: Node
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Drawn:
    """`name ~ {a, b, c}`: drawn for each student."""

    name: str
    tree: Node
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Declared:
    """`a, b : domain`: a free name."""

    name: str
    free: Free
    place: Place


@dataclass(frozen=True, slots=True)
class Required:
    """`require condition`: draws for which it fails are drawn again."""

    tree: Node
    text: str
    place: Place


Definition: TypeAlias = Assigned | Drawn | Declared | Required

_NAME = r"[^\W\d_][^\W_]*(?:_[^\W_]+)*"
_LINE = re.compile(rf"\s*(?P<names>{_NAME}(?:\s*,\s*{_NAME})*)\s*(?P<sign>[=~:])(?P<rest>.*)", re.DOTALL)
_REQUIRE = re.compile(r"\s*require\s+(?P<rest>.*)", re.DOTALL)
_REMEDY = "Write name = expression, name ~ {a, b}, name : domain, or require condition."


def definitions(
    lines: Sequence[tuple[str, Place]], vocabulary: Vocabulary, scope: Names
) -> tuple[tuple[Definition, ...], tuple[Problem, ...]]:
    """The definitions on these lines, and every problem found on the way."""
    found: list[Definition] = []
    names: dict[str, Bound] = dict(scope)
    problems: list[Problem] = []
    for line, place in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            for definition in _line(line, place, vocabulary, names):
                found.append(definition)
                if not isinstance(definition, Required):
                    names[definition.name] = definition.free if isinstance(definition, Declared) else KNOWN
        except TriposError as error:
            problems.extend(problem.of(line, place) for problem in error.problems)
    return tuple(found), tuple(problems)


def _line(line: str, place: Place, vocabulary: Vocabulary, names: Names) -> list[Definition]:
    if required := _REQUIRE.fullmatch(line):
        tree = _read(required["rest"], required.start("rest"), vocabulary, names)
        return [Required(tree, required["rest"].strip(), place)]
    match = _LINE.fullmatch(line)
    if match is None:
        raise TriposError(Problem(Place(), "this line defines nothing.", _REMEDY, width=len(line.rstrip())))
    words = [word.strip() for word in match["names"].split(",")]
    for word in words:
        _refuse(word, line, vocabulary, names)
    rest, start = match["rest"], match.start("rest")
    if match["sign"] == ":":
        free = _domain(rest, start)
        return [Declared(word, free, place) for word in words]
    if len(words) > 1:
        raise TriposError(Problem(Place(), "one name at a time is given a value.", width=match.end("names")))
    tree = _read(rest, start, vocabulary, names)
    kind = Assigned if match["sign"] == "=" else Drawn
    return [kind(words[0], tree, rest.strip(), place)]


def _refuse(word: str, line: str, vocabulary: Vocabulary, names: Names) -> None:
    start = line.index(word)
    if word in names:
        remedy = "A name is defined once on its way down; choose another."
        raise TriposError(Problem(Place(), f"{word} is defined already.", remedy, start=start, width=len(word)))
    if vocabulary.knows(word):
        remedy = "Choose another name."
        raise TriposError(Problem(Place(), f"{word} is a function of Tripos.", remedy, start=start, width=len(word)))


def _read(text: str, start: int, vocabulary: Vocabulary, names: Names) -> Node:
    try:
        return expression(text, vocabulary, names)
    except TriposError as error:
        raise TriposError(_moved(problem, start) for problem in error.problems) from None


def _domain(text: str, start: int) -> Free:
    try:
        return domain(text)
    except TriposError as error:
        raise TriposError(_moved(problem, start) for problem in error.problems) from None


def _moved(problem: Problem, by: int) -> Problem:
    return Problem(
        problem.place, problem.fact, problem.remedy, problem.level, "", problem.start + by, max(problem.width, 1)
    )
