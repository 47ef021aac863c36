"""Renaming: new names for the variables of binders, and one thing put in the place of another. Nothing is captured."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import cast

from tripos.language import tree
from tripos.language.tree import Binder, Node


def bound_names(root: Node) -> frozenset[str]:
    """The names of all the variables that the binders of a tree bind."""
    return frozenset(node.value.variable for node in tree.walk(root) if isinstance(node.value, Binder))


def substituted(root: Node, old: Node, new: Node) -> Node:
    """The tree with one thing put in the place of another. No binder may bind a name of either."""

    def rule(node: Node, args: Sequence[Node]) -> Node:
        return new if node == old else tree.rebuilt(node, args)

    return tree.fold(root, rule)


def renamed(root: Node, taken: Collection[str]) -> Node:
    """The same tree, every binder of which has a variable of its own, none of which is among the names taken."""
    used = set(taken)
    results: list[Node] = []
    # From the root down with the new names in force, and up again: as deep as the tree is, without recursion.
    waiting: list[tuple[Node, Mapping[str, str], bool]] = [(root, {}, False)]
    while waiting:
        node, names, ready = waiting.pop()
        if node.op is tree.Op.NAME:
            word = cast(str, node.value)
            results.append(tree.name(names[word]) if word in names else node)
        elif not node.args:
            results.append(node)
        elif ready:
            first = len(results) - len(node.args)
            args = results[first:]
            del results[first:]
            binder = node.value
            if isinstance(binder, Binder):
                binder = replace(binder, variable=names[binder.variable])
            results.append(Node(node.op, tuple(args), binder, node.span))
        else:
            inside = names
            if isinstance(node.value, Binder):
                word = _fresh(node.value.variable, used)
                used.add(word)
                inside = {**names, node.value.variable: word}
            waiting.append((node, inside, True))
            # What a variable runs over does not know the variable.
            scopes = [names if isinstance(node.value, Binder) and at == 1 else inside for at in range(len(node.args))]
            waiting.extend((arg, scope, False) for arg, scope in reversed(list(zip(node.args, scopes, strict=True))))
    return results[0]


def _fresh(word: str, used: Collection[str]) -> str:
    if word not in used:
        return word
    return next(name for at in count(1) if (name := f"{word}{at}") not in used)
