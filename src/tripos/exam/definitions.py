"""Definitions: the lines of a `let` block, as data. A name is assigned, drawn, or declared free; draws may be bound
by requirements. What a line is wrong about is reported once; what rests on its name is then left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tripos.language.names import PLAIN_NAME, SPECIAL_NAMES, Bound, Free, Names, Shared, domain, spelt_name
from tripos.language.reader import expression
from tripos.language.tree import Node, Op, free_names, number, walk
from tripos.language.values import Undefined
from tripos.language.vocabulary import Vocabulary
from tripos.language.worked import Worked, exactly
from tripos.problem import Place, Problem, TriposError

KNOWN = exactly(0)  # while reading, it matters only that a name has a value, not which
LOST = Worked(Undefined("its definition cannot be read"), number(0))  # what a name stands for whose line is wrong


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


@dataclass(frozen=True, slots=True)
class Faulty:
    """A name whose line is wrong, which has been reported."""

    name: str
    place: Place


Definition: TypeAlias = Assigned | Drawn | Declared | Required | Faulty

_NAME = f"(?:{'|'.join(pattern.pattern for pattern in (*SPECIAL_NAMES, PLAIN_NAME))})"
_LINE = re.compile(rf"\s*(?P<names>{_NAME}(?:\s*,\s*{_NAME})*)\s*(?P<sign>[=~:])\s*(?P<rest>.*)", re.DOTALL)
_REQUIRE = re.compile(r"\s*require\s+(?P<rest>.*)", re.DOTALL)
_REMEDY = "Write name = expression, name ~ {a, b}, name : domain, or require condition."


def definitions(
    lines: Sequence[tuple[str, Place]], vocabulary: Vocabulary, scope: Names
) -> tuple[tuple[Definition, ...], tuple[Problem, ...]]:
    """The definitions on these lines, and every problem found on the way."""
    found: list[Definition] = []
    names: dict[str, Bound] = dict(scope)
    problems: list[Problem] = []
    defined = [word for line, _ in lines for word in _words(line)]
    for line, place in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            for definition in _line(line, place, vocabulary, names):
                _refuse_later(definition, defined, names)
                found.append(definition)
                if not isinstance(definition, Required):
                    names[definition.name] = definition.free if isinstance(definition, Declared) else KNOWN
        except TriposError as error:
            problems.extend(problem if problem.text else problem.of(line, place) for problem in error.problems)
            lost = [word for word in _words(line) if word not in names and not vocabulary.keeps(word)]
            found += [Faulty(word, place) for word in lost]
            names |= dict.fromkeys(lost, KNOWN)
    return tuple(found), tuple(problems)


def rests_on_lost(tree: Node, names: Names) -> bool:
    """Whether an expression speaks of a name whose definition is wrong, by itself or through other names."""
    return any(meaning is LOST for _, meaning in expanded(tree, names))


def expanded(tree: Node, names: Names) -> Iterator[tuple[Node, Bound | None]]:
    """Every node of an expression and of the definitions that it rests on, with what it stands for if it is a name.

    A definition is walked once, however often its name is used: a chain of names that each use the one before twice
    is as long as its lines, not as its walk written out.
    """
    waiting: list[tuple[Node, Names]] = [(tree, names)]
    seen: set[Shared] = set()
    while waiting:
        root, scope = waiting.pop()
        for node in walk(root):
            meaning = scope.get(str(node.value)) if node.op is Op.NAME else None
            yield node, meaning
            if isinstance(meaning, Shared) and meaning not in seen:
                seen.add(meaning)
                waiting.append((meaning.tree, meaning.names))


def _words(line: str) -> list[str]:
    match = None if _REQUIRE.fullmatch(line) else _LINE.fullmatch(line)
    return [name for _, name in _named(match["names"])] if match else []


def _named(text: str) -> list[tuple[str, str]]:
    """Every name in a list of names as it is written, and in its one spelling: `W^{(1)}` and `W^(1)`."""
    words = [word.strip() for word in text.split(",")]
    return [(word, spelt_name(word) or word) for word in words]


def _refuse_later(definition: Definition, defined: Sequence[str], names: Names) -> None:
    if not isinstance(definition, Assigned | Drawn | Required):
        return
    own = getattr(definition, "name", "")
    for word in sorted(free_names(definition.tree) & (set(defined) - set(names))):
        span = next(node.span for node in walk(definition.tree) if node.op is Op.NAME and node.value == word)
        fact, remedy = f"{word} is defined only below this line.", "Move its line up."
        if word == own:
            fact, remedy = f"{word} is defined by itself.", "Give one of the two another name."
        fault = Problem(Place(), fact, remedy, start=span.start, width=span.end - span.start)
        raise TriposError(fault.of(definition.text, definition.place))


def _line(line: str, place: Place, vocabulary: Vocabulary, names: Names) -> list[Definition]:
    if required := _REQUIRE.fullmatch(line):
        text, start = required["rest"].rstrip(), required.start("rest")
        return [Required(_read(text, start, vocabulary, names), text, place.shifted(start))]
    match = _LINE.fullmatch(line)
    if match is None:
        raise TriposError(Problem(Place(), "this line defines nothing.", _REMEDY, width=len(line.rstrip())))
    named = _named(match["names"])
    for written, name in named:
        _refuse(name, written, line, vocabulary, names)
    words = [name for _, name in named]
    rest, start = match["rest"].rstrip(), match.start("rest")
    if match["sign"] == ":":
        free = _domain(rest, start)
        return [Declared(word, free, place) for word in words]
    if len(words) > 1:
        raise TriposError(
            Problem(
                Place(),
                "one name at a time is given a value.",
                "Give each a line of its own.",
                width=match.end("names"),
            )
        )
    tree = _read(rest, start, vocabulary, names)
    kind = Assigned if match["sign"] == "=" else Drawn
    return [kind(words[0], tree, rest, place.shifted(start))]


def _refuse(word: str, written: str, line: str, vocabulary: Vocabulary, names: Names) -> None:
    start = next(re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", line)).start()
    if word in names:
        remedy = "A name is defined once on its way down; choose another."
        raise TriposError(Problem(Place(), f"{word} is defined already.", remedy, start=start, width=len(word)))
    if vocabulary.keeps(word):
        what = "a function of Tripos" if vocabulary.knows(word) else "a word of Tripos with a meaning of its own"
        remedy = "Choose another name."
        raise TriposError(Problem(Place(), f"{word} is {what}.", remedy, start=start, width=len(word)))


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
