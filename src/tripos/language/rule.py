"""Rules and calls: how the engine computes, one step at a time, through the evaluator and never directly.

A rule is a generator. Where it needs another rule it yields that rule's call and gets a worked value back:

    @rule
    def parameters(net: Network, layer: int) -> Working:
        weight = yield weights.of(net, layer)
        bias = yield biases.of(net, layer)
        return weight + bias

So every step can be recorded, replaced (a well-known mistake) or answered by a student (follow-through), and nothing
recurses: a network may have ten thousand layers.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeAlias

from tripos.language.names import Names, Shared
from tripos.language.tree import Node
from tripos.language.worked import Worked

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Convention:
    """A request for the value of a named convention, such as `pooling`."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked: a rule and its arguments. With the evaluator's conventions, this is its identity."""

    rule: Rule[...]
    arguments: tuple[object, ...]

    @property
    def name(self) -> str:
        """The name of the rule."""
        return self.rule.name


@dataclass(frozen=True, slots=True)
class Subtree:
    """A request for the value of a tree, under these names."""

    tree: Node
    names: Names


Request: TypeAlias = Call | Convention | Subtree | Shared
Working: TypeAlias = Generator[Request, Worked, Worked]


class Rule(Generic[P]):
    """A named rule of the engine. It is never called: its call is made by `of`, and an evaluator answers that."""

    def __init__(self, body: Callable[P, Working]) -> None:
        self.__doc__ = body.__doc__
        self.body = body
        self.name = body.__name__

    def of(self, *args: P.args, **kwargs: P.kwargs) -> Call:
        """The call of this rule with these arguments."""
        given = (*args, *kwargs.values())
        while given and given[-1] is None:  # `parameters(net, None)` is the call `parameters(net)`
            given = given[:-1]
        return Call(self, given)

    def __repr__(self) -> str:
        return f"<rule {self.name}>"


def rule(body: Callable[P, Working]) -> Rule[P]:
    """Make a rule of a generator function; its name is the function's."""
    return Rule(body)
