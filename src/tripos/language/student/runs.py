"""Runs: what the index of a sum runs over, as it stands under the sign, beside it, or in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tripos.language.student.cases import Cases
from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.lexicon import greek
from tripos.language.student.signs import CLOSING, OPENING, RELATIONS
from tripos.language.student.tape import depth_change
from tripos.language.tree import Callee, Node, Op
from tripos.language.vocabulary import DOMAINS

_PARTS = frozenset({",", ":", ";", "|", "\\\\"})


@dataclass(slots=True)
class Run:
    """What an index runs over, as far as its own words tell; the body may have to tell the rest."""

    variables: list[str]
    first: Node | None = None
    last: Node | None = None
    domain: Node | None = None
    excludes: bool = False
    conditions: list[Node] = field(default_factory=list)
    start: int = 0
    end: int = 0


class Runs(Cases):
    """Reading what an index runs over."""

    __slots__ = ()

    @contextmanager
    def knowing(self, run: Run) -> Iterator[None]:
        """Within, the variables of a sum have a meaning."""
        outer = self.bound
        self.bound = {**outer, **{variable: self.spelling(variable) for variable in run.variables}}
        yield
        self.bound = outer

    def spelling(self, variable: str) -> str:
        return self.lexicon.spellings.get(variable, variable)

    # What the index runs over.

    def run(self, token: Token) -> Run:
        """The index of a sum: under its sign, beside it, or in words."""
        upper: tuple[int, int] | None = None
        if self.sees("^"):
            upper = self.limit()
        if self.sees("_"):
            opened = self.at + 1
            subscript = self.subscript()
            self.at = subscript.after
            if upper is None and self.sees("^"):
                upper = self.limit()
            after = self.at
            start = self.tokens[opened].start
            first, last = subscript.start, subscript.stop
            while self.is_sign(first, "{") and self.closing(first) == last - 1:
                first, last = first + 1, last - 1
            with self.only(first, last):
                run = self.index(upper is not None)
            self.at = after
            run.start, run.end = start, self.tokens[after - 1].end
        elif self.take_word("over", "for", "from"):
            run = self.in_words(token)
        else:
            fact = f"what does this {token.text} run over?"
            raise self.fault(fact, "Write sum_{j != y} s_j, or sum(s_j for j != y).", token)
        if upper is not None:
            self.bounded(run, *upper)
        return run

    def limit(self) -> tuple[int, int]:
        """The tokens of an upper limit, which is passed over."""
        self.next()
        if self.sees("{") or self.sees("("):
            opened = self.peek()
            stop = self.closing(self.at)
            if self.tokens[stop].sort is Sort.END:
                raise self.fault(f"{opened} is never closed.", "Close every bracket that you open.", opened)
            found = (self.at + 1, stop)
            self.at = stop + 1
            return found
        if self.peek().sort not in (Sort.WORD, Sort.NUMBER):
            raise self.missing()
        self.at += 1
        return self.at - 1, self.at

    def bounded(self, run: Run, start: int, stop: int) -> None:
        after = self.at
        if run.first is None:
            raise self.fault("this sum ends somewhere, and begins nowhere.", "Write sum_{j=1}^{C}.", self.tokens[start])
        if not self.has_no_name(start, stop):  # up to a size that has no name is up to the last
            with self.only(start, stop):
                run.last = self.expression()
            self.at = after

    def has_no_name(self, start: int, stop: int) -> bool:
        token = self.tokens[start]
        return (
            stop == start + 1
            and token.sort is Sort.WORD
            and not self.knows(token.text)
            and not self.constant(token.text)
        )

    def in_words(self, token: Token) -> Run:
        """sum over j != y of ..., sum from j = 1 to C of ..."""
        start = self.at
        level = 0
        for stop in range(start, len(self.tokens)):
            found = self.tokens[stop]
            level += depth_change(found)
            if level == 0 and (found.text.casefold() == "of" or found.text == ":") and found.sort is not Sort.TEXT:
                break
        else:
            raise self.fault('"of" is missing.', "Write: sum over j != y of exp(s_j).", token)
        with self.only(start, stop):
            self.take_quantity()
            run = self.index(False)
        self.at = stop + 1
        run.start, run.end = self.tokens[start].start, self.tokens[stop].start
        return run

    def take_quantity(self) -> None:
        while self.peek().sort is Sort.WORD and self.peek().text.casefold() in (
            "all",
            "each",
            "every",
            "the",
            "classes",
            "indices",
        ):
            self.at += 1

    def index(self, limited: bool) -> Run:
        """The words or signs that say what an index runs over: `j`, `j != y`, `j = 1`, `j in {1, 2}`, `j: s_j > 0`."""
        start = self.peek()
        run = Run([], start=start.start, end=start.end)
        self.chain_of_bounds(run) if start.sort is Sort.NUMBER else self.variables(run)
        with self.knowing(run):
            self.main_clause(run, limited)
            while not self.ended() and self.take_part():
                run.conditions.extend(self.conditions())
        if not self.ended():
            raise self.left_over()
        return run

    def take_part(self) -> bool:
        token = self.peek()
        if token.sort is Sort.SIGN and token.text in _PARTS:
            self.at += 1
            return True
        return self.take_word("and", "where", "if") or self.take_any("with", "such")

    def take_any(self, *words: str) -> bool:
        token = self.peek()
        found = token.sort is Sort.WORD and token.text.casefold() in words
        self.at += found
        return found

    def variables(self, run: Run) -> None:
        while True:
            token = self.peek()
            if token.sort is not Sort.WORD or self.word_ahead():
                raise self.fault(f"the name of an index is missing before {token}.", "Write sum_{j != y}.")
            self.at += 1
            run.variables.append(self.variable(token))
            several = self.sees(",") and self.peek(1).sort is Sort.WORD
            if not several or not (self.peek(2).sort is Sort.END or self.sees(",", 2)):
                return
            self.at += 1

    def variable(self, token: Token) -> str:
        return self.key(token.text) or greek(token.text)

    def chain_of_bounds(self, run: Run) -> None:
        """1 <= j <= C."""
        middle = self.peek(2)
        if not (self.sees("<=", 1) and middle.sort is Sort.WORD and self.sees("<=", 3)):
            raise self.fault("the name of an index is missing here.", "Write sum_{j=1}^{C}.")
        run.variables.append(self.variable(middle))
        run.first = self.expression()
        self.at += 3
        self.upper_end(run)

    def upper_end(self, run: Run) -> None:
        if self.has_no_name(self.at, self.at + 1) and (
            self.peek(1).sort is Sort.END or self.peek(1).text in _PARTS | CLOSING
        ):
            self.at += 1
        else:
            run.last = self.expression()

    def main_clause(self, run: Run, limited: bool) -> None:
        """What follows the name of the index directly."""
        token = self.peek()
        variable = run.variables[0]
        if token.sort is Sort.SIGN and token.text == "=" and run.first is None:
            self.at += 1
            run.first = self.expression()
            if self.take(",") and self.sees("…"):
                self.at += 1
                self.take(",")
                self.upper_end(run)
            elif self.take("…") or self.take_word("to"):
                self.upper_end(run)
            elif not limited:
                # j = 1 alone: where the body has an index j, that one entry; nobody writes it on purpose.
                raise self.fault(f"where does {variable} end?", "Write sum_{j=1}^{C}, or sum_{j != y}.", token)
            elif not self.ended():
                self.at -= self.tokens[self.at - 1].text == ","
        elif (token.text == "∈" and token.sort is Sort.SIGN) or self.word_ahead() == "in":
            self.at += 1
            self.domain(run)
        elif token.sort is Sort.SIGN and token.text in RELATIONS:
            self.at -= 1
            run.conditions.extend(self.conditions())

    def domain(self, run: Run) -> None:
        two = f"{self.peek().text} {self.peek(1).text}"
        if two in DOMAINS or self.peek().text in DOMAINS:
            start = self.peek().start
            count = 2 if two in DOMAINS else 1
            name = two if count == 2 else self.peek().text
            self.at += count
            run.domain = self.node(Op.NAME, (), name, start)
            return
        word = self.peek()
        if word.sort is Sort.WORD and word.text in ("range", "indices") and self.sees("(", 1):
            self.at += 2
            args = [self.expression()]
            while self.take(","):
                args.append(self.expression())
            self.expect(")", word)
            run.domain = self.node(Op.CALL, tuple(args), Callee(word.text), word.start)
            return
        if self.sees("\\{") or self.sees("{"):
            run.domain = self.listed_domain(run)
            return
        run.domain = self.expression()
        if self.take("…"):
            run.first, run.domain = run.domain, None
            self.upper_end(run)

    def listed_domain(self, run: Run) -> Node | None:
        """{1, 2, 5}, or {1, ..., C}, which is a range."""
        opened = self.next()
        members: list[Node] = []
        while True:
            if self.take("…"):
                self.take(",")
                run.first = members[0] if members else None
                self.upper_end(run)
                self.expect(OPENING[opened.text], opened)
                return None
            members.append(self.expression())
            if not self.take(","):
                break
        self.expect(OPENING[opened.text], opened)
        return self.node(Op.SET, tuple(members), None, opened.start)

    def conditions(self) -> list[Node]:
        found = self.statement()
        if found.op not in (Op.COMPARE, Op.AND, Op.OR, Op.NOT, Op.IF):
            raise self.fault(f"{self.spelt(found)} is no condition.", "Write j != y.")
        return list(found.args) if found.op is Op.AND else [found]
