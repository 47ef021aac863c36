"""Wholes: an answer read to its very end: one value, a list of equations, a set, an interval, a matrix, an order."""

from __future__ import annotations

from dataclasses import replace

from tripos.language.student.grids import CELLS, ROWS
from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.membership import Membership
from tripos.language.tree import Callee, Node, Op, Span
from tripos.problem import TriposError

_GROWTHS = {"O": "O", "Θ": "Theta", "Theta": "Theta", "ϴ": "Theta"}
_JOINTS = frozenset({",", ";", "\\\\"})


class Grammar(Membership):
    """Reading whole answers."""

    __slots__ = ()

    def only_value(self) -> Node:
        """One value, or a chain of equal ones."""
        self.take("=")
        start = self.peek()
        unclosed = self.sees("{") and self.tokens[self.closing(self.at)].sort is Sort.END
        if unclosed and any(
            token.sort is Sort.WORD and token.text in ("if", "for", "otherwise") for token in self.tokens
        ):
            self.at += 1
        result = self.conditional(commas=True)
        if not self.ended():
            raise self.left_over()
        return replace(result, span=Span(start.start, result.span.end)) if unclosed else result

    def joint(self) -> Node:
        """Statements that hold together, parted by commas, lines or "and"."""
        parts = [self.statement()]
        while self.peek().sort is Sort.SIGN and self.peek().text in _JOINTS:
            self.at += 1
            self.take_word("and")
            if self.ended():
                self.at -= 1
                break
            parts.append(self.statement())
        if not self.ended():
            raise self.left_over()
        if len(parts) == 1:
            return parts[0]
        for part in parts:
            if part.op not in (Op.COMPARE, Op.AND, Op.OR, Op.NOT):
                fact = f"{self.spelt(part)} is neither an equation nor a condition."
                raise TriposError(self.problem(fact, "Write a = 1/2, b = 1.", part.span.start, part.span.end))
        flat = tuple(inner for part in parts for inner in (part.args if part.op is Op.AND else (part,)))
        return self.node(Op.AND, flat)

    def whole_set(self) -> Node:
        """A set; its braces may be left out."""
        self.sets = True
        opened = self.peek()
        if opened.text in ("{", "\\{") and self.closing(self.at) == len(self.tokens) - 2:
            result = self.operand()
        elif self.opens_tuple():
            inside = self.operand()
            members = inside.args if inside.op in (Op.TUPLE, Op.TENSOR) else (inside,)
            result = Node(Op.SET, members, None, inside.span)
        else:
            result = self.listed_set()
        if not self.ended():
            raise self.left_over()
        return result

    def opens_tuple(self) -> bool:
        return self.sees("(") and self.closing(self.at) == len(self.tokens) - 2

    def listed_set(self) -> Node:
        members: list[Node] = []
        while True:
            found = self.statement()
            members.extend(found.args if found.op is Op.AND else (found,))
            token = self.peek()
            if token.sort is not Sort.SIGN or token.text not in (",", ";"):
                break
            self.at += 1
            self.take_word("and")
        if len(members) == 1 and members[0].op in (Op.SET, Op.NAME, Op.CALL):
            return members[0]
        return self.node(Op.SET, tuple(members), None, members[0].span.start)

    def whole_grid(self, column: bool) -> Node:
        """A vector or matrix; its brackets may be left out."""
        self.part_rows()
        result = self.bracketed_grid() or self.bare_grid() or self.only_value()
        if not self.ended():
            raise self.left_over()
        if column and result.value == Callee("transpose"):
            result = result.args[0]
        if column and result.op is Op.TENSOR:
            entries = tuple(
                inner for entry in result.args for inner in (entry.args if entry.op is Op.TENSOR else (entry,))
            )
            shape = result.value
            flat = isinstance(shape, tuple) and (len(shape) == 1 or 1 in shape)
            return Node(Op.TENSOR, entries, (len(entries),), result.span) if flat else result
        return result

    def part_rows(self) -> None:
        # [1, 0] [0, 1]: each bracket is a row.
        for place in range(len(self.tokens) - 1, 0, -1):
            token, before = self.tokens[place], self.tokens[place - 1]
            if token.text == "[" and before.text == "]" and token.sort is before.sort is Sort.SIGN:
                self.tokens.insert(place, Token(Sort.SIGN, ";", before.end, before.end))

    def bracketed_grid(self) -> Node | None:
        """A grid in brackets from its first sign to its last, a transposed one included."""
        opened = self.peek()
        if opened.text in ("{", "\\{") and opened.text == self.peek(1).text and opened.sort is Sort.SIGN:
            return self.rows_in_braces()
        if opened.sort is not Sort.SIGN or opened.text not in ("(", "[", "\\begin{matrix}"):
            return None
        stop = self.closing(self.at)
        turned = self.is_sign(stop + 1, "^") or self.is_sign(stop + 1, "'")
        if (stop < len(self.tokens) - 2 and not turned) or self.tokens[stop].sort is Sort.END:
            return None
        if opened.text == "(" and self.tokens[stop].text != ")":
            return None
        if opened.text != "(":
            result = self.operand()
        else:
            result = self.grid(self.at + 1, stop, opened.start, self.tokens[stop].end)
            self.at = stop + 1
        if not turned:
            return result
        sign = self.next()
        if sign.text == "^" and not self.take_transpose(result):
            raise self.left_over()
        return self.transposed(result)

    def rows_in_braces(self) -> Node | None:
        """{{1, 0}, {0, 1}}, as some programs write a matrix."""
        start = self.at
        sets, self.sets = self.sets, True
        found = self.operand()
        self.sets = sets
        rows = found.args if found.op is Op.SET and all(row.op is Op.SET for row in found.args) else ()
        if not rows or not rows[0].args or len({len(row.args) for row in rows}) > 1:
            self.at = start
            return None
        shape = (len(rows), len(rows[0].args))
        return Node(Op.TENSOR, tuple(entry for row in rows for entry in row.args), shape, found.span)

    def bare_grid(self) -> Node | None:
        start, stop = self.at, len(self.tokens) - 1
        rows = list(self.parts(start, stop, ROWS | CELLS))
        written = self.text[self.tokens[start].start : self.tokens[stop - 1].end]
        numbers = all(
            token.sort in (Sort.NUMBER, Sort.FRACTION) or token.text in "+-/" for token in self.tokens[start:stop]
        )
        if len(rows) == 1 and not (numbers and (" " in written or len(self.tokens) == 2 or "-" in written)):
            return None
        result = self.grid(start, stop, self.tokens[start].start, self.tokens[stop - 1].end)
        self.at = stop
        return result

    def whole_order(self) -> Node:
        """O(n), or its inside alone."""
        token = self.peek()
        if (
            token.sort is Sort.WORD
            and token.text in ("Ω", "o", "ω", "Omega")
            and self.sees("(", 1)
            and not self.knows(token.text)
        ):
            raise self.fault(f"{token} is not read here.", "Write O(n).")
        name = _GROWTHS.get(token.text) if token.sort is Sort.WORD and not self.knows(token.text) else None
        if name is None or not self.opens(1):
            inside = self.statement()
            result = Node(Op.CALL, (inside,), Callee("O"), inside.span)
        else:
            self.at += 1
            result = self.call(name, token)
        if not self.ended():
            raise self.left_over()
        return result

    # Intervals.

    def starts_interval(self) -> bool:
        """Whether an interval stands here, or what is left is one: [0, 1), ]0, 1[, ℝ."""
        if self.sees("ℝ"):
            return True
        if not (self.sees("[") or self.sees("(") or self.sees("]")):
            return False
        last = self.tokens[-2]
        return (
            last.sort is Sort.SIGN
            and last.text in (")", "]", "[")
            and self.separator_of_ends(self.at + 1, len(self.tokens) - 2) > 0
        )

    def whole_interval(self) -> Node:
        result = self.interval()
        if not self.ended():
            raise self.left_over()
        return result
