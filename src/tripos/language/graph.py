"""Scalar computational graphs: nodes in order, exact values forward, exact gradients backward.

A line of a graph is an input, `x = 3`, or one operation on earlier names, `q = p + y`. The last line is the output.
The gradient of a name is the derivative of the output with respect to it, summed over all its uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tripos.language.differentiation import differentiated
from tripos.language.reader import expression
from tripos.language.rule import Subtree, Working, rule
from tripos.language.tree import Node, Op, free_names
from tripos.language.values import Subject, Value
from tripos.language.vocabulary import Function, Parameter, Vocabulary, refused
from tripos.language.worked import Worked, bare, exactly, total
from tripos.problem import Place, Problem, TriposError, nearest


@dataclass(frozen=True)
class Graph(Subject):
    """A computational graph: each name with its expression over earlier names."""

    lines: tuple[tuple[str, Node], ...]

    def __hash__(self) -> int:
        return self._digest

    @cached_property
    def _digest(self) -> int:
        return hash(self.lines)  # kept: every call on the graph is looked up by it

    @cached_property
    def _trees(self) -> Mapping[str, Node]:
        return dict(self.lines)

    @cached_property
    def _uses(self) -> Mapping[str, tuple[str, ...]]:
        uses: dict[str, list[str]] = {name: [] for name, _ in self.lines}
        for user, tree in self.lines:
            for name in sorted(free_names(tree)):
                uses[name].append(user)
        return {name: tuple(users) for name, users in uses.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, in the order of the lines."""
        return tuple(self._trees)

    @property
    def output(self) -> str:
        """The last name."""
        return self.lines[-1][0]

    def tree(self, name: str) -> Node:
        """The expression of a name."""
        return self._trees[name]

    def uses(self, name: str) -> tuple[str, ...]:
        """The names whose lines use this one, in order."""
        return self._uses[name]

    def __str__(self) -> str:
        return f"the graph of {self.output}"


@rule
def value(graph: Graph, name: str) -> Working:
    """The exact value of a name, forward. Values of earlier names are asked for, not recomputed."""
    operands: dict[str, Worked] = {}
    for operand in sorted(free_names(graph.tree(name))):
        operands[operand] = bare((yield value.of(graph, operand)))
    return (yield Subtree(graph.tree(name), operands))


@rule
def gradient(graph: Graph, name: str) -> Working:
    """The derivative of the output with respect to a name: upstream times local, summed over all its uses.

    Reverse mode (Rumelhart, Hinton and Williams 1986). Undefined at a kink: convention kink=undefined.
    """
    if name == graph.output:
        return exactly(1)
    terms = []
    for user in graph.uses(name):
        upstream = yield gradient.of(graph, user)
        operands: dict[str, Worked] = {}
        for operand in sorted(free_names(graph.tree(user))):
            operands[operand] = bare((yield value.of(graph, operand)))
        local = yield Subtree(differentiated(graph.tree(user), name), operands)
        terms.append(bare(upstream) * local)
    return total(terms)


def read(lines: Sequence[str], vocabulary: Vocabulary, begin: Place) -> Graph:
    """The graph that these lines write; `begin` is the place of the first. Raises every problem at once."""
    found: dict[str, Node] = {}
    problems: list[Problem] = []
    for offset, line in enumerate(lines):
        place = Place(begin.file, begin.line + offset if begin.line else 0, begin.column)
        try:
            if line.strip():
                name, tree = _line(line, vocabulary, found)
                found[name] = tree
        except TriposError as error:
            problems.extend(problem.of(line, place) for problem in error.problems)
    if not problems and len(found) < 2:
        fact = "a graph has at least one input and one operation."
        problems.append(Problem(begin, fact, "Write x = 3, then y = x^2."))
    if problems:
        raise TriposError(problems)
    return Graph(tuple(found.items()))


def _line(line: str, vocabulary: Vocabulary, earlier: Mapping[str, Node]) -> tuple[str, Node]:
    name, equals, text = line.partition("=")
    word = name.strip()
    if not equals or not _NAME.fullmatch(word):
        raise _fault("a line of a graph is a name, =, and a value or one operation.", line, "Write q = p + y.")
    if word in earlier:
        raise _fault(f"{word} has a line already.", line, "Give every node its own name.", len(word))
    shift = len(name) + 1
    try:
        tree = expression(text, vocabulary, {})
    except TriposError as error:
        raise TriposError(replace(fault, text="", start=fault.start + shift) for fault in error.problems) from None
    unknown = sorted(free_names(tree) - set(earlier))
    if unknown:
        fact = f"{unknown[0]} has no line above this one."
        raise _fault(fact, line, nearest(unknown[0], earlier), len(line.strip()))
    inner = tree.args[0] if tree.op is Op.NEGATE else tree  # -log(p) is one operation, too
    if free_names(inner) and not all(_is_operand(part) for part in inner.args):
        raise _fault("this line has more than one operation.", line, "Give each a line and a name of its own.")
    return word, tree


def _is_operand(part: Node) -> bool:
    inner = part.args[0] if part.op is Op.NEGATE else part  # a difference is one operation
    return inner.op is Op.NAME or not free_names(inner)


def _fault(fact: str, line: str, remedy: str, width: int = 0) -> TriposError:
    start = len(line) - len(line.lstrip())
    return TriposError(Problem(Place(), fact, remedy, start=start, width=width or max(1, len(line.strip()))))


def _graph(given: Value) -> Graph:
    if isinstance(given, Graph):
        return given
    raise refused(given, "a graph")


def _name(given: Value) -> str:
    if isinstance(given, str):
        return given
    raise refused(given, "the name of a node, in quotation marks,")


_NAME = re.compile(r"[^\W\d]\w*")
_PARAMETERS = (Parameter("graph", _graph), Parameter("name", _name))

FUNCTIONS: Mapping[str, Function] = {
    "value": Function(value, _PARAMETERS),
    "gradient": Function(gradient, _PARAMETERS),
}
