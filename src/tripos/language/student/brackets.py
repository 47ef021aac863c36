"""Brackets: round, curly and square ones, bars and norms, and the indicators of conditions."""

from __future__ import annotations

from dataclasses import replace

from tripos.language import tree
from tripos.language.student.applied import Applied, is_infinite
from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.signs import OPENING
from tripos.language.student.sizes import sizes
from tripos.language.student.tape import CONDITIONS
from tripos.language.tree import Callee, Node, Op, Span

_TRANSPOSED = frozenset({"T", "⊤", "'"})


class Brackets(Applied):
    """Reading what stands in brackets."""

    __slots__ = ()

    def is_tensor(self, node: Node) -> bool:
        """Whether a node stands for a vector or a matrix."""
        return bool(sizes(node, self.lexicon))

    def indicator(self, token: Token) -> Node | None:
        """1[j = y], after its 1; none where no condition stands in the brackets."""
        start = self.at
        if not self.is_indicator(start):
            return None
        opening = start + self.sees("_")
        stop = self.closing(opening)
        # The braces of an index may hold brackets of their own: 1_{[x > 0]}.
        if self.tokens[opening + 1].text in ("[", "\\{") and self.closing(opening + 1) == stop - 1:
            opening, inner = opening + 1, stop - 1
        else:
            inner = stop
        with self.only(opening + 1, inner):
            condition = self.statement()
        self.at = stop + 1
        if condition.op not in CONDITIONS:
            self.at = start
            return None
        return self.chosen(condition, token.start)

    def is_indicator(self, place: int) -> bool:
        """Whether a condition in brackets, or as an index, stands at this place of the tape."""
        token = self.tokens[place]
        place += token.text == "_" and token.sort is Sort.SIGN
        opened = self.tokens[min(place, len(self.tokens) - 1)]
        if opened.text not in OPENING or opened.sort is not Sort.SIGN:
            return False
        stop = self.closing(place)
        if self.tokens[stop].sort is Sort.END:
            return False
        return any(self.is_relation(inside) for inside in range(place + 1, stop))

    def chosen(self, condition: Node, start: int) -> Node:
        """One where the condition holds, else zero."""
        return self.node(Op.IF, (condition, tree.number(1), tree.number(0)), None, start)

    # Brackets.

    def bracket(self, opened: Token) -> Node:
        if self.sees(")"):
            raise self.fault("nothing stands in these brackets.", "", opened)
        bars, self.bars = self.bars, 0
        binding, self.binding = self.binding, False
        parts = self.listed()
        self.bars, self.binding = bars, binding
        if len(parts) == 2 and self.take("]"):
            return self.node(Op.INTERVAL, tuple(parts), (False, not is_infinite(parts[1])), opened.start)
        self.expect(")", opened)
        if len(parts) == 1:
            # The brackets belong to the span, so that what follows ")" directly is known to.
            return replace(parts[0], span=Span(opened.start, self.tokens[self.at - 1].end))
        return self.node(Op.TUPLE, tuple(parts), None, opened.start)

    def listed(self) -> list[Node]:
        parts = [self.conditional(commas=True)]
        while self.take(","):
            parts.append(self.conditional(commas=True))
        return parts

    def braces(self, opened: Token) -> Node:
        """A set, the cases of a function, or braces that only group."""
        closing = OPENING[opened.text]
        if self.take(closing):
            return self.node(Op.SET, (), None, opened.start)
        if opened.text == "\\{" and self.sees("\\begin{matrix}"):
            # \left\{ \begin{array}{ll} ... \right. has no other brace.
            self.next()
            result = self.rows_of_cases("\\end{matrix}")
            self.take(closing)
            return result
        bars, self.bars = self.bars, 0
        binding, self.binding = self.binding, False
        parts = self.listed()
        self.bars, self.binding = bars, binding
        if parts[0].op is Op.IF and len(parts) == 1 and self.ended() and not self.peek().text:
            return replace(parts[0], span=Span(opened.start, self.tokens[self.at - 1].end))
        self.expect(closing, opened)
        if len(parts) == 1 and not self.sets:
            return replace(parts[0], span=Span(opened.start, self.tokens[self.at - 1].end))
        return self.node(Op.SET, tuple(parts), None, opened.start)

    def square(self, opened: Token) -> Node:
        """A vector or matrix, the indicator of a condition, or brackets that only group."""
        self.at -= 1
        stop = self.closing(self.at)
        if self.tokens[stop].sort is Sort.END and not self.tokens[stop].text:
            raise self.fault(f"{opened} is never closed.", "Close every bracket that you open.", opened)
        if self.tokens[stop].text == ")":
            return self.interval()
        if self.tokens[stop].text != "]":
            raise self.fault(f'"[" is closed by {self.tokens[stop]}.', "Close every bracket that you open.", opened)
        result = self.grid(self.at + 1, stop, opened.start, self.tokens[stop].end)
        self.at = stop + 1
        if result.op is Op.TENSOR and len(result.args) == 1 and not self.vectors:
            inner = result.args[0]
            if inner.op in CONDITIONS:
                return self.chosen(inner, opened.start)
            if inner.op is not Op.TENSOR:
                return replace(inner, span=result.span)
        return result

    def matrix(self, opened: Token) -> Node:
        self.at -= 1
        stop = self.closing(self.at)
        if self.tokens[stop].text != "\\end{matrix}":
            raise self.fault("this matrix is never ended.", "Write \\end{bmatrix} after it.", opened)
        result = self.grid(self.at + 1, stop, opened.start, self.tokens[stop].end)
        self.at = stop + 1
        return result

    def cases(self, _: Token) -> Node:
        return self.rows_of_cases("\\end{cases}")

    def between(self, opened: Token, closing: str) -> Node:
        """What stands between signs that open and close: ⌊x⌋, |x|, ‖x‖."""
        if closing != "|" and self.sees(closing):
            raise self.fault(f"nothing stands after {opened}.", "", opened)
        bars, self.bars = self.bars, self.bars + 1
        result = self.conditional()
        self.bars = bars
        if not self.take(closing):
            raise self.fault(f"{opened} is never closed.", "Close every bracket that you open.", opened)
        return result

    def floor(self, opened: Token) -> Node:
        function = "floor" if opened.text == "⌊" else "ceil"
        return self.node(Op.CALL, (self.between(opened, OPENING[opened.text]),), Callee(function), opened.start)

    def bar(self, opened: Token) -> Node:
        if self.sees("|") and not self.peek().gap and self.is_norm():
            self.next()
            inside = self.between(opened, "|")
            self.expect("|", opened)
            return self.normed(inside, opened)
        inside = self.between(opened, "|")
        if self.is_tensor(inside):
            shown = self.spelt(inside)
            end = self.tokens[self.at - 1].end
            raise self.two_readings(f"‖{shown}‖, its length", f"abs({shown}), entry by entry", opened.start, end)
        return self.node(Op.CALL, (inside,), Callee("abs"), opened.start)

    def is_norm(self) -> bool:
        """Whether the two bars here open a norm: they do if two bars close it, and not one after the other."""
        value = False
        inner = False
        level = 0
        for place in range(self.at + 1, len(self.tokens) - 1):
            token = self.tokens[place]
            if token.sort is not Sort.SIGN:
                value = True
                continue
            if token.text == "|" and level == 0:
                if not value or inner:
                    inner, value = not inner, inner
                    continue
                after = self.tokens[place + 1]
                return after.text == "|" and after.sort is Sort.SIGN and not after.gap
            level += (token.text in OPENING) - (token.text in OPENING.values())
            value = token.text in OPENING.values() or token.text in ("'", "%", "⊤")
        return False

    def norm(self, opened: Token) -> Node:
        return self.normed(self.between(opened, "‖"), opened)

    def normed(self, inside: Node, opened: Token) -> Node:
        """A norm, after its bars: of which order, an index says."""
        order: Node | None = None
        if self.sees("_"):
            subscript = self.subscript()
            if subscript.key not in ("2", "F", "Fro", "fro"):
                with self.only(subscript.start, subscript.stop):
                    order = self.expression()
            self.at = subscript.after
        if not self.is_tensor(inside) and order is None:
            return self.node(Op.CALL, (inside,), Callee("abs"), opened.start)
        args = (inside,) if order is None else (inside, order)
        return self.node(Op.CALL, args, Callee("norm"), opened.start)
