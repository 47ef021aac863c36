"""Terms: the grammar of answers by precedence, from conditions down to factors; operands are read elsewhere."""

from __future__ import annotations

from tripos.language.student.factors import Factors
from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.signs import RELATIONS, TIMES
from tripos.language.tree import Node, Op, Relation

_STARTS = frozenset({"(", "[", "{", "\\{", "⌊", "⌈", "|", "‖", "√", "∛", "∜", "∑", "∏", "\\frac", "∂", "∇",
                     "\\begin{matrix}", "\\begin{cases}"})  # fmt: skip
_SIGNS = TIMES | {"/"}
_BARS = frozenset({"|", "‖"})


class Terms(Factors):
    """Reading expressions."""

    __slots__ = ()

    def statement(self) -> Node:
        """Comparisons joined by and, or, not: `or` is the loosest."""
        first = self.conjunction()
        if self.word_ahead() != "or":
            return first
        parts = [first]
        while self.take_word("or"):
            parts.append(self.conjunction())
        return self.node(Op.OR, tuple(parts))

    def conjunction(self) -> Node:
        first = self.negation()
        if self.word_ahead() != "and":
            return first
        parts = [first]
        while self.take_word("and"):
            parts.append(self.negation())
        return self.node(Op.AND, tuple(parts))

    def negation(self) -> Node:
        starts: list[int] = []
        while self.word_ahead() == "not":
            starts.append(self.next().start)
        result = self.comparison()
        for start in reversed(starts):
            result = self.node(Op.NOT, (result,), None, start)
        return result

    def comparison(self) -> Node:
        first = self.expression()
        token = self.peek()
        if token.sort is not Sort.SIGN or (token.text not in RELATIONS and token.text != "∈"):
            return self.member(first) if self.word_ahead() == "in" and not self.otherwise_ahead() else first
        if token.text == "∈":
            return self.member(first)
        parts = [first]
        relations: list[Relation] = []
        while (sign := self.peek()).sort is Sort.SIGN and sign.text in RELATIONS:
            self.next()
            relations.append(RELATIONS[sign.text])
            parts.append(self.expression())
        return self.node(Op.COMPARE, tuple(parts), tuple(relations))

    def expression(self) -> Node:
        """A sum."""
        first = self.product()
        token = self.tokens[self.at]
        if token.sort is not Sort.SIGN or token.text not in ("+", "-"):
            return first
        terms = [first]
        while token.text in ("+", "-") and token.sort is Sort.SIGN:
            self.next()
            term = self.product()
            terms.append(self.node(Op.NEGATE, (term,), None, term.span.start) if token.text == "-" else term)
            token = self.peek()
        self.refuse_conditions(*terms)
        return self.node(Op.ADD, tuple(terms))

    def product(self) -> Node:
        """Factors, with a sign for times or without. The last one is remembered, for a sum whose body this is."""
        first = self.signed()
        token = self.tokens[self.at]
        self.last_factor = None
        sign = token.text if token.sort is Sort.SIGN else ""
        if sign not in _SIGNS and not self.starts_factor(token):
            return first
        left, slashed = self.running(first), False
        while True:
            if sign in TIMES:
                self.next()
                factor = self.signed()
                self.times(left, factor, sign)
            elif sign == "/":
                self.next()
                factor = self.signed()
                self.refuse_swallowed(left, factor)
                left = self.divided(left, factor)
            elif self.starts_factor(token):
                factor = self.power()
                if slashed:
                    raise self.slashed(left.node(), factor)
                self.times(left, factor, "")
            else:
                return left.node()
            slashed = sign == "/"
            self.last_factor = factor
            token = self.tokens[self.at]
            sign = token.text if token.sort is Sort.SIGN else ""

    def starts_factor(self, token: Token) -> bool:
        """Whether this token may be a factor without a sign before it."""
        match token.sort:
            case Sort.WORD:
                return not self.word_ahead()
            case Sort.SIGN:
                if token.text in _BARS:
                    return not self.bars
                return token.text in _STARTS
            case Sort.FRACTION:
                return False
            case Sort.NUMBER:
                return token.piece or self.may_follow(token)
            case _:
                return False

    def signed(self) -> Node:
        starts: list[int] = []
        while (token := self.tokens[self.at]).sort is Sort.SIGN and token.text in ("-", "+"):
            if token.text == "-":
                starts.append(token.start)
                self.enter()
            self.next()
        result = self.power()
        for start in reversed(starts):
            self.refuse_conditions(result)
            result = self.node(Op.NEGATE, (result,), None, start)
        self.depth -= len(starts)
        return result

    def may_follow(self, token: Token) -> bool:
        """Whether a number is a factor after a value: n 2^n. Any other is a slip, and 2 1/4 has two readings."""
        before = self.tokens[self.at - 1] if self.at else token
        if before.sort is Sort.NUMBER and self.sees("/", 1) and self.peek(2).sort is Sort.NUMBER:
            part = self.quoted(token.start, self.peek(2).end)
            one, other = f"{before.text} + {part}", f"{before.text}·{part}"
            raise self.two_readings(one, other, before.start, self.peek(2).end)
        if token.text == "1" and self.is_indicator(self.at + 1):
            return before.sort is not Sort.NUMBER
        return token.gap > 0 and self.sees("^", 1) and before.sort is not Sort.NUMBER
