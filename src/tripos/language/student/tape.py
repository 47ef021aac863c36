"""A tape of tokens: where a reading stands in an answer, what it knows, and how it says what is wrong where."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tripos.language.names import Free
from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.lexicon import CONSTANTS, Lexicon, greek
from tripos.language.student.signs import CLOSING, KEYWORDS, OPENING
from tripos.language.tree import Node, Op, Span
from tripos.problem import Place, Problem, Refusal, TriposError

MAX_DEPTH = 60
CONDITIONS = frozenset({Op.COMPARE, Op.AND, Op.OR, Op.NOT})
_SHOWN = 60  # characters of a reading that a message quotes


@dataclass(slots=True)
class Tape(ABC):
    """The state of a reading. `bound` are the variables of sums around this place, by their keys."""

    text: str
    tokens: list[Token]
    lexicon: Lexicon
    at: int = 0
    depth: int = 0
    bars: int = 0  # open absolute values and norms, in which a bar closes
    binding: bool = False  # whether `for` introduces a variable here, not a case
    sets: bool = False  # whether braces around a single value are a set
    vectors: bool = False  # whether brackets around a single value are a vector
    growth: bool = False  # whether constant factors do not matter
    bound: dict[str, str] = field(default_factory=dict)
    last_factor: Node | None = None  # of the product read last
    # Where a sum without brackets ended that took in a factor free of its variable, and where that factor begins.
    swallowed: tuple[int, int] = (-1, -1)

    # The grammar, which the parts of it that read names, sums and cases refer to: each is written in one of them.

    @abstractmethod
    def conditional(self, commas: bool = False) -> Node:
        """A value by cases, or any other."""

    @abstractmethod
    def statement(self) -> Node:
        """Comparisons joined by and, or, not; or a value."""

    @abstractmethod
    def expression(self) -> Node:
        """A sum of terms."""

    @abstractmethod
    def product(self) -> Node:
        """A term."""

    @abstractmethod
    def power(self) -> Node:
        """A factor."""

    @abstractmethod
    def operand(self) -> Node:
        """A factor without what is raised to its upper right."""

    @abstractmethod
    def member(self, left: Node) -> Node:
        """What follows ∈, said of what stands before it."""

    @abstractmethod
    def interval(self) -> Node:
        """An interval, from its first bracket."""

    @abstractmethod
    def chosen(self, condition: Node, start: int) -> Node:
        """One where a condition holds, else zero."""

    @abstractmethod
    def refuse_conditions(self, *parts: Node) -> None:
        """Raise if a condition stands where a value belongs."""

    @abstractmethod
    def starts_factor(self, token: Token) -> bool:
        """Whether this token may be a factor without a sign before it."""

    # Looking and taking.

    def peek(self, ahead: int = 0) -> Token:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else self.tokens[-1]

    def next(self) -> Token:
        token = self.tokens[self.at]
        if token.sort is not Sort.END:
            self.at += 1
        return token

    def ended(self) -> bool:
        return self.tokens[self.at].sort is Sort.END

    def sees(self, sign: str, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token.text == sign and token.sort is Sort.SIGN

    def take(self, sign: str) -> bool:
        token = self.tokens[self.at]
        if token.text != sign or token.sort is not Sort.SIGN:
            return False
        self.at += 1
        return True

    def expect(self, sign: str, opened: Token) -> None:
        if not self.take(sign):
            token = self.peek()
            if token.sort is Sort.END and not token.text:
                raise self.fault(f"{opened} is never closed.", "Close every bracket that you open.", opened)
            raise self.fault(
                f'"{sign.lstrip(chr(92))}" is missing before {token}.', "Close every bracket that you open."
            )

    def word_ahead(self, ahead: int = 0) -> str:
        """The word of the grammar that stands here, in small letters, or nothing."""
        token = self.peek(ahead)
        if token.sort is not Sort.WORD:
            return ""
        word = token.text.casefold()
        return word if word in KEYWORDS and not self.knows(token.text) else ""

    def take_word(self, *words: str) -> bool:
        found = self.word_ahead() in words
        self.at += found
        return found

    # What is known.

    def knows(self, word: str) -> bool:
        """Whether a word by itself is a declared name, or the variable of a sum around this place."""
        return self.key(word) is not None

    def key(self, word: str) -> str | None:
        """The key of a name that stands by itself."""
        letter = greek(word)
        if letter in self.bound or letter in self.lexicon.spellings:
            return letter
        return self.lexicon.words.get(word)

    def meaning(self, key: str) -> Free | None:
        """What a declared name ranges over; the variable of a sum hides it."""
        return None if key in self.bound else self.lexicon.meanings.get(key)

    def constant(self, word: str) -> str | None:
        """The constant that a word is, where nothing of that name is declared."""
        return CONSTANTS.get(greek(word))

    # Parts of the tape.

    def closing(self, opened: int, stop: int | None = None) -> int:
        """Where the bracket at `opened` closes; the end of the tape where it never does."""
        level = 0
        for place in range(opened, len(self.tokens) - 1 if stop is None else stop):
            level += depth_change(self.tokens[place])
            if level == 0:
                return place
        return len(self.tokens) - 1

    def parts(self, start: int, stop: int, separators: frozenset[str]) -> Iterator[tuple[int, int]]:
        """The pieces of a stretch of tokens between separators that stand in no bracket."""
        level = 0
        begin = start
        for place in range(start, stop):
            token = self.tokens[place]
            level += depth_change(token)
            if level == 0 and token.text in separators and token.sort is Sort.SIGN:
                yield begin, place
                begin = place + 1
        yield begin, stop

    @contextmanager
    def only(self, start: int, stop: int) -> Iterator[None]:
        """A reading of a stretch of tokens by itself: all of it, and nothing else; then it goes on after it."""
        outer, bars, depth = self.tokens, self.bars, self.depth
        after = outer[stop]
        end = Token(Sort.END, after.text or "", after.start, after.end, after.gap)
        self.tokens, self.at, self.bars = [*outer[start:stop], end], 0, 0
        yield
        if not self.ended():
            raise self.left_over()
        self.tokens, self.at, self.bars, self.depth = outer, stop, bars, depth

    # Making and refusing.

    def enter(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            token = self.peek()
            fact = f"this is nested more than {MAX_DEPTH} deep."
            raise Refusal(self.problem(fact, "Write it with fewer brackets.", token.start, token.end))

    def node(self, op: Op, args: tuple[Node, ...], value: object = None, start: int | None = None) -> Node:
        begin = args[0].span.start if start is None else start
        return Node(op, args, value, Span(begin, self.tokens[self.at - 1].end if self.at else begin))

    def problem(self, fact: str, remedy: str, start: int, end: int) -> Problem:
        return Problem(Place(), fact, remedy, text=self.text, start=start, width=max(1, end - start))

    def fault(self, fact: str, remedy: str = "", token: Token | None = None) -> TriposError:
        """What is wrong at a token, or at the one that comes next."""
        token = token or self.peek()
        return TriposError(self.problem(fact, remedy, token.start, token.end))

    def left_over(self) -> TriposError:
        token = self.peek()
        if token.text in CLOSING or token.text == "|":
            return self.fault(f"{token} closes a bracket that was never opened.", "Close every bracket that you open.")
        if token.text == ";" and self.text[token.start : token.end].isspace():
            return self.fault("a second line begins here.", "Write one answer.")
        if token.text == "±":
            raise self.fault("± stands for two values.", 'Write each of them: "x = 1 or x = -1".')
        return self.fault(f"{token} does not continue what stands before it.", "Write a sign between two values.")

    def missing(self) -> TriposError:
        return self.fault(f"a value is missing before {self.peek()}.", "Write a number, a name or a bracket here.")

    def two_readings(self, one: str, other: str, start: int, end: int) -> Refusal:
        """The refusal of what can be read in two ways, with both of them."""
        fact = f"{self.quoted(start, end)} has two readings: {one} or {other}."
        return Refusal(self.problem(fact, "Write the brackets you mean.", start, end))

    def quoted(self, start: int, end: int) -> str:
        """What was typed between two places, on one line; what is long is cut."""
        shown = " ".join(self.text[start:end].split())
        return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"

    def spelt(self, node: Node) -> str:
        """A node as it was typed."""
        return self.quoted(node.span.start, node.span.end)


def depth_change(token: Token) -> int:
    """By how much a token opens or closes brackets."""
    if token.sort is not Sort.SIGN:
        return 0
    text = token.text
    if text in OPENING or text.startswith("\\begin"):
        return 1
    return -1 if text in CLOSING or text.startswith("\\end") else 0
