"""Cases: values by conditions, in all the ways that people write them. What no condition covers is undefined."""

from __future__ import annotations

from tripos.language.student.grids import Grids
from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.signs import ELSE_PHRASES, ELSE_WORDS, IF_WORDS
from tripos.language.student.tape import CONDITIONS
from tripos.language.tree import Node, Op, Span
from tripos.language.values import Undefined
from tripos.problem import TriposError

NO_CASE = Node(Op.GIVEN, value=Undefined("no case applies"))

_SEPARATORS = frozenset({",", ";", "\\\\"})


class Cases(Grids):
    """Reading values by cases."""

    __slots__ = ()

    def conditional(self, commas: bool = False) -> Node:
        """A value, or values by cases; `commas` may part the cases where nothing else has a use for them."""
        if self.word_ahead() == "if":
            return self.if_first()
        first = self.statement()
        token = self.tokens[self.at]
        if token.sort is Sort.WORD:
            if self.starts_condition():
                return self.by_cases(first, commas)
        elif commas and token.text == "," and token.sort is Sort.SIGN:
            self.at += 1
            if self.starts_condition():
                return self.by_cases(first, commas)
            self.at -= 1
        return first

    def condition(self) -> Node:
        found = self.statement()
        if found.op not in CONDITIONS and found.op is not Op.TRUTH:
            fact = f"{self.spelt(found)} is no condition."
            raise TriposError(self.problem(fact, "Write x > 0.", found.span.start, found.span.end))
        return found

    def starts_condition(self) -> bool:
        word = self.word_ahead()
        return word in IF_WORDS and not (self.binding and word == "for") and not self.otherwise_ahead()

    def by_cases(self, value: Node, commas: bool) -> Node:
        """The cases whose first value has been read."""
        pieces: list[tuple[Node, Node]] = []
        while True:
            self.next()
            pieces.append((self.condition(), value))
            parted = commas and self.take_separators()
            if self.take_otherwise():
                self.take_pause(commas)
                value = self.statement()
            elif not parted or self.ended() or self.peek().text in (")", "}", "\\}"):
                return self.nested(pieces, NO_CASE)
            else:
                value = self.statement()
                if commas:
                    self.take(",")
                if self.take_otherwise():
                    return self.nested(pieces, value)
                if not self.starts_condition():
                    raise self.fault(f'"if" or "otherwise" is missing before {self.peek()}.')
            if not self.starts_condition():
                return self.nested(pieces, value)

    def if_first(self) -> Node:
        """if c then A else B."""
        pieces: list[tuple[Node, Node]] = []
        self.enter()
        while self.take_word("if", "elif"):
            condition = self.condition()
            if not self.take_word("then"):
                self.take_pause(True)
            pieces.append((condition, self.statement()))
            self.take_separators()
            if self.word_ahead() in ("if", "elif"):
                continue
            if not self.take_otherwise():
                self.depth -= 1
                return self.nested(pieces, NO_CASE)
            self.take_pause(True)
        self.depth -= 1
        return self.nested(pieces, self.statement())

    def rows_of_cases(self, ending: str) -> Node:
        r"""The rows of \begin{cases}, after it: a value, & and its condition."""
        pieces: list[tuple[Node, Node]] = []
        otherwise = NO_CASE
        while not self.take(ending):
            if otherwise is not NO_CASE:
                raise self.fault("a case follows the one for all others.", 'Write "otherwise" last.')
            value = self.statement()
            self.take(",")
            self.take("&")
            self.take(",")
            if self.take_otherwise():
                otherwise = value
            elif self.peek().text in ("\\\\", ending):
                if value.op is Op.COMPARE and not pieces:
                    return self.system(value, ending)
                raise self.fault("this case has no condition.", 'Write "if" and a condition, or "otherwise".')
            else:
                if self.word_ahead() in IF_WORDS:
                    self.next()
                pieces.append((self.condition(), value))
            self.take_separators()
            self.take("&")
            if self.ended():
                raise self.fault("these cases are never ended.", "Write \\end{cases} after them.")
        if not pieces:
            if otherwise is NO_CASE:
                raise self.fault("nothing stands in these cases.", "", self.tokens[self.at - 1])
            return otherwise
        return self.nested(pieces, otherwise)

    def system(self, first: Node, ending: str) -> Node:
        """Equations one below the other, all of which hold."""
        parts = [first]
        while self.take_separators() and not self.sees(ending):
            parts.append(self.condition())
        self.expect(ending, self.tokens[self.at - 1])
        return parts[0] if len(parts) == 1 else self.node(Op.AND, tuple(parts))

    def nested(self, pieces: list[tuple[Node, Node]], otherwise: Node) -> Node:
        end = self.tokens[self.at - 1].end
        for condition, value in reversed(pieces):
            start = min(condition.span.start, value.span.start)
            otherwise = Node(Op.IF, (condition, value, otherwise), None, Span(start, end))
        return otherwise

    def take_separators(self) -> bool:
        found = False
        while self._is_separator(self.tokens[self.at]):
            self.at += 1
            found = True
        return found

    def take_pause(self, commas: bool) -> None:
        if commas and not self.take(","):
            self.take(":")

    def otherwise_ahead(self) -> int:
        """How many words that say "otherwise" come next."""
        if self.word_ahead() in ELSE_WORDS:
            return 1
        for phrase in ELSE_PHRASES:
            if all(self._says(place, word) for place, word in enumerate(phrase)):
                return len(phrase)
        return 0

    def take_otherwise(self) -> bool:
        """Whether "otherwise" comes next; it is taken, with a comma or "and" before it."""
        start = self.at
        if self.word_ahead() == "and":
            self.at += 1
        count = self.otherwise_ahead()
        self.at = self.at + count if count else start
        return count > 0

    def _says(self, ahead: int, word: str) -> bool:
        token = self.peek(ahead)
        return token.sort is Sort.WORD and token.text.casefold() == word

    @staticmethod
    def _is_separator(token: Token) -> bool:
        return token.sort is Sort.SIGN and token.text in _SEPARATORS
