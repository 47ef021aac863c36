"""Membership: intervals, and what it is to lie in one: x ∈ (0, 1] says 0 < x and x <= 1."""

from __future__ import annotations

from tripos.language import tree
from tripos.language.student.applied import is_infinite
from tripos.language.student.lexemes import Sort
from tripos.language.student.terms import Terms
from tripos.language.tree import Node, Op, Relation, Span

_INFINITE = tree.name("∞")


class Membership(Terms):
    """Reading intervals."""

    __slots__ = ()

    def member(self, left: Node) -> Node:
        """What stands after ∈, as comparisons of what stands before it."""
        self.next()
        parts = [self.one_member(left)]
        while self.take("∪"):
            parts.append(self.one_member(left))
        return parts[0] if len(parts) == 1 else self.node(Op.OR, tuple(parts), None, left.span.start)

    def one_member(self, left: Node) -> Node:
        token = self.peek()
        if token.text in ("{", "\\{") and token.sort is Sort.SIGN:
            self.next()
            options = [self.expression()]
            while self.take(","):
                options.append(self.expression())
            self.expect("}" if token.text == "{" else "\\}", token)
            equal = tuple(self.node(Op.COMPARE, (left, option), (Relation.EQUAL,)) for option in options)
            return equal[0] if len(equal) == 1 else self.node(Op.OR, equal, None, left.span.start)
        if not (token.sort is Sort.SIGN and token.text in ("[", "(", "]")):
            raise self.fault(f"an interval or a set is missing before {token}.", "Write x ∈ [0, 1).")
        interval = self.interval()
        low, high = interval.args
        closed = interval.value
        assert isinstance(closed, tuple)
        parts: list[Node] = []
        relations: list[Relation] = []
        if not is_infinite(low):
            parts.append(low)
            relations.append(Relation.AT_MOST if closed[0] else Relation.LESS)
        parts.append(left)
        if not is_infinite(high):
            parts.append(high)
            relations.append(Relation.AT_MOST if closed[1] else Relation.LESS)
        if not relations:
            raise self.fault("every number lies in this interval.", "", token)
        span = Span(left.span.start, interval.span.end)
        return Node(Op.COMPARE, tuple(parts), tuple(relations), span)

    def interval(self) -> Node:
        """An interval, of which a bracket turned outwards leaves out the end."""
        opened = self.next()
        if opened.text == "ℝ":
            ends = (Node(Op.NEGATE, (_INFINITE,)), _INFINITE)
            return self.node(Op.INTERVAL, ends, (False, False), opened.start)
        middle = self.separator_of_ends(self.at, len(self.tokens) - 1)
        if not middle:
            raise self.fault("an interval has two ends.", "Write [0, 1).", opened)
        with self.only(self.at, middle):
            low = self.expression()
        self.at = middle + 1
        stop = self.end_of_interval(self.at)
        if stop is None:
            raise self.fault(f"{opened} is never closed.", "Close every bracket that you open.", opened)
        with self.only(middle + 1, stop):
            high = self.expression()
        closing = self.tokens[stop]
        self.at = stop + 1
        closed = (opened.text == "[" and not is_infinite(low), closing.text == "]" and not is_infinite(high))
        return self.node(Op.INTERVAL, (low, high), closed, opened.start)

    def separator_of_ends(self, start: int, stop: int) -> int:
        """Where the comma or semicolon between the two ends stands; 0 if there is none."""
        level = 0
        for place in range(start, stop):
            token = self.tokens[place]
            if token.sort is Sort.SIGN:
                if level == 0 and token.text in (",", ";"):
                    return place
                level += (token.text in ("(", "{")) - (token.text in (")", "}"))
            if level < 0:
                return 0
        return 0

    def end_of_interval(self, start: int) -> int | None:
        level = 0
        for place in range(start, len(self.tokens) - 1):
            token = self.tokens[place]
            if token.sort is not Sort.SIGN:
                continue
            if level == 0 and token.text in (")", "]", "["):
                return place
            level += (token.text in ("(", "{")) - (token.text in (")", "}"))
        return None
