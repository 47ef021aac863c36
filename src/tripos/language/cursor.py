"""A cursor over the tokens of a text: looking ahead, taking, expecting, and saying what is wrong where."""

from __future__ import annotations

from dataclasses import dataclass

from tripos.language.names import Names
from tripos.language.tokens import Sort, Token
from tripos.language.tree import Node, Op, Span
from tripos.language.vocabulary import RESERVED, Vocabulary
from tripos.problem import Place, Problem, Refusal, TriposError

MAX_DEPTH = 60


@dataclass(slots=True)
class Cursor:
    """Where a reader stands in its tokens, and how deep in brackets."""

    text: str
    tokens: list[Token]
    vocabulary: Vocabulary
    names: Names
    at: int = 0
    depth: int = 0

    def peek(self, ahead: int = 0) -> Token:
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def next(self) -> Token:
        token = self.peek()
        self.at += 1
        return token

    def take(self, sign: str) -> bool:
        return self._take(Sort.SIGN, sign)

    def take_word(self, word: str) -> bool:
        return self._take(Sort.NAME, word)

    def _take(self, sort: Sort, text: str) -> bool:
        found = self.peek().sort is sort and self.peek().text == text
        self.at += found
        return found

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            raise self.fault(f'"{sign}" is missing before {self.peek()}.', "Close every bracket that you open.")

    def expect_word(self, word: str) -> None:
        if not self.take_word(word):
            raise self.fault(f'"{word}" is missing before {self.peek()}.')

    def starts_factor(self) -> bool:
        token = self.peek()
        if token.sort is Sort.NAME:
            return token.text not in RESERVED
        return token.text == "("

    def enter(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            fault = self.fault(f"this is nested more than {MAX_DEPTH} deep.", "Give parts of it a name of their own.")
            raise Refusal(fault.problems)

    def node(self, op: Op, args: tuple[Node, ...], value: object = None, start: Token | None = None) -> Node:
        begin = start.span.start if start else min((arg.span.start for arg in args), default=0)
        return Node(op, args, value, Span(begin, self.tokens[self.at - 1].span.end))

    def unfinished(self) -> TriposError:
        token = self.peek()
        return self.fault(f"{token} does not continue what stands before it.", "Write a sign between two values.")

    def fault(self, fact: str, remedy: str = "") -> TriposError:
        span = self.peek().span
        return TriposError(Problem(Place(), fact, remedy, start=span.start, width=max(1, span.end - span.start)))

    def two_readings(self, start: int, first: str, second: str) -> Refusal:
        """What is raised for the text from here to the last token taken, which could mean either."""
        end = self.tokens[self.at - 1].span.end
        fact = f"{self.text[start:end]} has two readings: {first} or {second}."
        remedy = "Write the brackets you mean."
        return Refusal(Problem(Place(), fact, remedy, start=start, width=end - start))
