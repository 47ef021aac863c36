"""Layouts: the sizes of every vector and matrix in a formula, as far as its operations tie them together.

Sizes are words: a size that the question names (`m`), a number, or one nobody has named, such as the length of a
score vector. Two words are one size where an operation needs them to be. So `W x + b` is checked, and a vector that
was declared without a length gets the one that fits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from tripos.language import plain
from tripos.language.names import Free, Names, Sort
from tripos.language.tree import Binder, Callee, Node, Op, fold
from tripos.language.values import Tensor

Size: TypeAlias = "tuple[str, str] | None"  # rows and columns; none for a scalar
Uses: TypeAlias = Mapping[str, str]  # which size an index runs over
ONE = "1"


class Unfitting(Exception):
    """Two sizes that an operation needs to be one, and are not: where, and both in the question's words."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"{left} and {right}")
        self.left, self.right = left, right
        self.part = ""


@dataclass(slots=True)
class Layout:
    """What is known of the sizes. Made for the names of a question; every tree that is read adds what it knows."""

    names: Names
    parents: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)  # the size that a free index runs over

    def __post_init__(self) -> None:
        for word, free in self.names.items():
            if isinstance(free, Free) and free.sort is Sort.INDEX:
                self.owners[word] = self._length(free.of)

    def size(self, word: str) -> Size:
        """The size of a name; none for a scalar."""
        free = self.names.get(word)
        if not isinstance(free, Free) or free.sort not in (Sort.VECTOR, Sort.MATRIX):
            return None
        if free.sort is Sort.VECTOR:
            return self._length(word), ONE
        return self.root(free.sizes[0]), self.root(free.sizes[1])

    def root(self, word: str) -> str:
        """The word that stands for a size and all that are the same."""
        while word in self.parents:
            word = self.parents[word]
        return word

    def tie(self, left: str, right: str) -> None:
        """Two sizes are one."""
        left, right = self.root(left), self.root(right)
        if left == right:
            return
        if _is_named(left) and _is_named(right):
            raise Unfitting(left, right)
        if _is_named(left):
            left, right = right, left
        self.parents[left] = right

    def read(self, tree: Node) -> Size:
        """The size of a tree; raises `Unfitting` where its parts do not go together."""

        def rule(node: Node, parts: Sequence[tuple[Size, Uses]]) -> tuple[Size, Uses]:
            try:
                uses = self._merged([own for _, own in parts])
                if node.op is Op.BIND:
                    return parts[0][0], self._bound(node, uses)
                if node.op is Op.ENTRY:
                    return None, self._entry(node, parts[0][0], uses)
                return self._size(node, [size for size, _ in parts]), uses
            except Unfitting as fault:
                fault.part = fault.part or plain.of(node)
                raise

        size, uses = fold(tree, rule)
        for index, length in uses.items():
            if index in self.owners:
                self.tie(self.owners[index], length)
        return size

    def _length(self, vector: str) -> str:
        free = self.names.get(vector)
        if isinstance(free, Free) and free.sizes:
            return self.root(free.sizes[0])
        return self.root(f"|{vector}|")

    def _merged(self, all_uses: Sequence[Uses]) -> Uses:
        merged: dict[str, str] = {}
        for uses in all_uses:
            for index, length in uses.items():
                if index in merged:
                    self.tie(merged[index], length)
                merged[index] = length
        return merged

    def _bound(self, node: Node, uses: Uses) -> Uses:
        binder, domain = cast(Binder, node.value), node.args[1]
        length = uses.get(binder.variable)
        callee = domain.value
        if binder.excludes:
            over = self.owners.get(cast(str, domain.value)) or uses.get(cast(str, domain.value))
        elif isinstance(callee, Callee) and callee.name == "indices":
            size = self.size(cast(str, domain.args[0].value))
            over = size and size[len(domain.args) - 1 if len(domain.args) > 1 and domain.args[1].value == 2 else 0]
        elif isinstance(callee, Callee) and callee.name == "range" and domain.args[1].op is Op.NAME:
            over = cast(str, domain.args[1].value)
        else:
            over = None
        if length and over:
            self.tie(over, length)
        left = {index: own for index, own in uses.items() if index != binder.variable}
        if binder.excludes and (length or over):
            left[cast(str, domain.value)] = cast(str, length or over)
        return left

    def _entry(self, node: Node, size: Size, uses: Uses) -> Uses:
        places = node.args[1:]
        lengths = [] if size is None else [size[0] if size[1] == ONE else size[1]] if len(places) == 1 else list(size)
        found = dict(uses)
        for place, length in zip(places, lengths, strict=False):
            if place.op is Op.NAME:
                index = cast(str, place.value)
                if index in found:
                    self.tie(found[index], length)
                found[index] = length
        return found

    def _size(self, node: Node, sizes: Sequence[Size]) -> Size:
        if node.op is Op.NAME:
            return self.size(cast(str, node.value))
        if isinstance(node.value, Tensor):
            shape = node.value.shape
            return str(shape[0]), str(shape[1]) if len(shape) == 2 else ONE
        if node.op is Op.TENSOR:
            shape = cast("tuple[int, ...]", node.value)
            rows = [size for size in sizes if size is not None]  # vectors in a vector are the rows of a matrix
            return str(shape[0]), rows[0][0] if rows else str(shape[1]) if len(shape) == 2 else ONE
        if node.op is Op.MULTIPLY:
            return self._product(sizes)
        if node.op is Op.POWER:
            return sizes[0]
        if node.op is Op.IF:
            return self._alike(sizes[1:])
        if node.op is Op.COMPARE:
            self._alike(sizes)
            return None
        if node.op is Op.CALL:
            rule = CALLS.get(cast(Callee, node.value).name)
            return rule(self, sizes) if rule else self._alike(sizes)
        return self._alike(sizes)

    def _alike(self, sizes: Sequence[Size]) -> Size:
        # A scalar goes with every entry of a matrix, as in 1 - y.
        tensors = [size for size in sizes if size is not None]
        for other in tensors[1:]:
            self.tie(tensors[0][0], other[0])
            self.tie(tensors[0][1], other[1])
        return tensors[0] if tensors else None

    def _product(self, sizes: Sequence[Size]) -> Size:
        left: Size = None
        for size in sizes:
            if left is None or size is None:
                left = left or size
                continue
            self.tie(left[1], size[0])
            left = (left[0], size[1])
            if self.root(left[0]) == self.root(left[1]) == ONE:
                left = None
        return left


def _is_named(word: str) -> bool:
    return not word.startswith("|")


def _transposed(_: Layout, sizes: Sequence[Size]) -> Size:
    return None if sizes[0] is None else (sizes[0][1], sizes[0][0])


def _scalar(layout: Layout, sizes: Sequence[Size]) -> Size:
    layout._alike(sizes)
    return None


def _traced(layout: Layout, sizes: Sequence[Size]) -> Size:
    if sizes[0] is not None:
        layout.tie(*sizes[0])
    return None


def _diagonal(_: Layout, sizes: Sequence[Size]) -> Size:
    size = sizes[0]
    if size is None:
        return None
    return (size[0], size[0]) if size[1] == ONE else (size[0], ONE)


CALLS: Mapping[str, Callable[[Layout, Sequence[Size]], Size]] = {
    "transpose": _transposed,
    "dot": _scalar,
    "norm": lambda layout, sizes: _scalar(layout, sizes[:1]),
    "trace": _traced,
    "diag": _diagonal,
    "indices": lambda _, __: None,
    "max": lambda layout, sizes: None if len(sizes) == 1 else layout._alike(sizes),
    "min": lambda layout, sizes: None if len(sizes) == 1 else layout._alike(sizes),
}


def words(layout: Layout, size: Size) -> str:
    """A size in words: m×n."""
    if size is None:
        return "a number"
    return "×".join(spelt(layout.root(word)) for word in size)


def spelt(word: str) -> str:
    """One length in words; one that nobody has named is told by its vector."""
    return f"(length of {word.strip('|')})" if word.startswith("|") else word
