"""Factors: the factors of a term as they are read, and which product their signs make between vectors and matrices."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tripos.language import tree
from tripos.language.student.operands import Operands
from tripos.language.student.sizes import SCALAR, Sizes, fit, match, multiplied, sizes
from tripos.language.student.tape import CONDITIONS
from tripos.language.tree import Node, Op, Span
from tripos.problem import Refusal, TriposError


@dataclass(slots=True)
class Running:
    """A product as far as it has been read: one node however long, so that reading it takes time by its length."""

    parts: list[Node]
    extents: list[Sizes]  # of the parts
    extent: Sizes  # of the whole
    start: int
    op: Op | None = None

    @property
    def end(self) -> int:
        return self.parts[-1].span.end

    def node(self) -> Node:
        """The product as a node."""
        if self.op is None:
            return self.parts[0]
        return Node(self.op, tuple(self.parts), None, Span(self.start, self.end))


class Factors(Operands):
    """Multiplying."""

    __slots__ = ()

    def running(self, first: Node) -> Running:
        """A product that begins with this factor."""
        extent = sizes(first, self.lexicon)
        return Running([first], [extent], extent, first.span.start)

    def times(self, left: Running, right: Node, sign: str) -> None:
        """Take in a factor. Between vectors and matrices, its sign says which product it is."""
        self.refuse_conditions(right, *(left.parts if left.op is None else ()))
        extent = sizes(right, self.lexicon)
        if sign == "⊙":
            self.entrywise(left, right, extent)
        elif not left.extent or not extent or not sign:
            self.plainly(left, right, extent)
        elif sign == "·":
            self.dotted(left, right, extent)
        elif self.lexicon.elementwise and (self.pairs(left, extent) or not fit(left.extent, extent)):
            self.entrywise(left, right, extent)
        elif self.lexicon.elementwise:
            self.plainly(left, right, extent)  # W*h, which has no entries to pair
        else:
            self.starred(left, right, extent)

    def pairs(self, left: Running, extent: Sizes) -> bool:
        """Whether the product before a sign, or its last factor, has the sizes of what follows."""
        return match(left.extent, extent) or (left.op is Op.MULTIPLY and match(left.extents[-1], extent))

    def starred(self, left: Running, right: Node, extent: Sizes) -> None:
        """A * between two vectors or matrices: which product it is, the sizes may tell."""
        vectors = len(left.extent) == 1
        by_entries = match(left.extent, extent)
        if by_entries and (vectors or fit(left.extent, extent)):
            one, other = self.quoted(left.start, left.end), self.spelt(right)
            whole = f"{one} · {other} (the dot product)" if vectors else f"{one} {other} (the matrix product)"
            raise self.two_readings(whole, f"{one} ⊙ {other} (entry by entry)", left.start, right.span.end)
        if by_entries:
            self.entrywise(left, right, extent)
        else:
            self.plainly(left, right, extent)

    def dotted(self, left: Running, right: Node, extent: Sizes) -> None:
        if len(left.extent) != 1 or len(extent) != 1:
            self.plainly(left, right, extent)
            return
        span = Span(left.start, right.span.end)
        left.parts = [replace(tree.call("dot", left.node(), right), span=span)]
        left.extents, left.extent, left.op = [SCALAR], SCALAR, None

    def plainly(self, left: Running, right: Node, extent: Sizes) -> None:
        """The product of numbers or matrices; after ⊙ the sizes tell which of the two goes first."""
        if left.op is not Op.HADAMARD or not extent:
            self.join(Op.MULTIPLY, left, right, extent)
            return
        first, last = left.extents[0], left.extents[-1]
        inner = bool(last) and fit(last, extent) and match(first, multiplied(last, extent))
        if inner and match(first, last) and fit(left.extent, extent):
            raise self.which_first(left, right)
        if not inner:
            self.join(Op.MULTIPLY, left, right, extent)
            return
        product = self.running(left.parts[-1])
        self.join(Op.MULTIPLY, product, right, extent)
        left.parts[-1], left.extents[-1] = product.node(), product.extent

    def which_first(self, left: Running, right: Node) -> Refusal:
        before, last = self.quoted(left.start, left.parts[-2].span.end), self.spelt(left.parts[-1])
        one = f"({self.quoted(left.start, left.end)})·{self.spelt(right)}"
        return self.two_readings(one, f"{before} ⊙ ({last}·{self.spelt(right)})", left.start, right.span.end)

    def entrywise(self, left: Running, right: Node, extent: Sizes) -> None:
        """The product entry by entry, of the whole product before it unless only its last factor fits."""
        if left.op is Op.MULTIPLY and not match(left.extent, extent) and match(left.extents[-1], extent):
            product = self.running(left.parts[-1])
            self.join(Op.HADAMARD, product, right, extent)
            left.parts[-1] = product.node()
            return
        self.join(Op.HADAMARD, left, right, extent)

    def join(self, op: Op, left: Running, right: Node, extent: Sizes) -> None:
        if left.op is None and op is Op.MULTIPLY and left.parts[0].op is Op.MULTIPLY:
            # As by the author's door, (a·b)·c is one product.
            left.parts = list(left.parts[0].args)
            left.extents = [sizes(part, self.lexicon) for part in left.parts]
        elif left.op not in (None, op):
            left.parts, left.extents = [left.node()], [left.extent]
        left.op = op
        left.parts.append(right)
        left.extents.append(extent)
        left.extent = multiplied(left.extent, extent) if op is Op.MULTIPLY else left.extent or extent

    def divided(self, left: Running, right: Node) -> Running:
        """The quotient."""
        top = left.node()
        self.refuse_conditions(top, right)
        node = Node(Op.DIVIDE, (top, right), None, Span(left.start, right.span.end))
        return Running([node], [left.extent], left.extent, left.start)

    # What has two readings.

    def slashed(self, left: Node, right: Node) -> Refusal:
        """1/2x."""
        top, bottom = left.args
        factor = self.spelt(right)
        one = f"({self.spelt(top)}/{self.spelt(bottom)})·{factor}"
        other = f"{self.spelt(top)}/({self.spelt(bottom)}·{factor})"
        return self.two_readings(one, other, left.span.start, right.span.end)

    def refuse_swallowed(self, left: Running, right: Node) -> None:
        """1/sum_j s_j * x: nobody can tell whether x belongs to the sum."""
        end, middle = self.swallowed
        if end == right.span.end:
            inner, rest = self.quoted(right.span.start, middle), self.quoted(middle, right.span.end)
            top = self.quoted(left.start, left.end)
            raise self.two_readings(f"({top}/({inner})) {rest}", f"{top}/({inner} {rest})", left.start, right.span.end)

    def refuse_conditions(self, *parts: Node) -> None:
        """Raise if a condition stands where a value belongs."""
        for part in parts:
            if part.op in CONDITIONS:
                fact = f"{self.spelt(part)} is a condition, where a value belongs."
                remedy = "The indicator of a condition is written 1[j = y]."
                raise TriposError(self.problem(fact, remedy, part.span.start, part.span.end))
