"""Calls as an author writes them: arguments, binders (`body for k in set`), ends of intervals and labels of edges."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

from tripos.language import tree
from tripos.language.cursor import Cursor
from tripos.language.names import Free, is_free_function, spelt_name
from tripos.language.names import Sort as NameSort
from tripos.language.tokens import Sort, Token
from tripos.language.tree import Binder, Callee, Node, Op, Relation, Span
from tripos.language.vocabulary import DOMAINS, QUANTIFIERS, REDUCTIONS, RESERVED, UNBRACKETED
from tripos.problem import Place, Problem, TriposError

_ENDS = {"open": (False, False), "closed": (True, True)}
_SPELLING = {"Θ": "Theta"}


class Calls(Cursor, ABC):
    """The part of a reader that reads calls."""

    @abstractmethod
    def conditional(self) -> Node:
        """Any expression."""

    @abstractmethod
    def alternatives(self) -> Node:
        """An expression that is not a conditional."""

    @abstractmethod
    def placed(self) -> Node:
        """An expression without comparisons."""

    @abstractmethod
    def atom(self) -> Node:
        """A number, a name or a bracket."""

    def is_function(self, word: str) -> bool:
        """Whether this word is a function here: one of ours, or a name that the author declares to be one."""
        return is_free_function(word, self.names) or (word not in self.names and self.vocabulary.knows(word))

    def call(self, token: Token) -> Node:
        """The call of this function; its opening bracket is the next token."""
        self.enter()
        self.next()
        outer, mark = self.names, self.at
        # A binder names its variable after the body, so we look ahead: in the body, k of s_k is an index.
        self.names = {**outer, **dict.fromkeys(self._binders_ahead(), Free(NameSort.INDEX))}
        args, keywords = self._arguments()
        self.names = outer
        if self.peek().text == "for":
            if len(args) != 1:
                self.at = mark
                raise self.fault('only one expression may stand before "for".', "Put it in brackets.")
            result = self._bindings(token, args[0])
            self.names = outer
        else:
            result = self._applied(token, tuple(args), tuple(keywords))
        self.expect(")")
        self.depth -= 1
        return replace(result, span=Span(token.span.start, self.tokens[self.at - 1].span.end))

    def unbracketed(self, token: Token) -> Node | None:
        """ln 2, log n: a function of one number or name; none where no such thing follows."""
        if token.text not in UNBRACKETED or token.text in self.names:
            return None
        following = self.peek()
        if following.sort is not Sort.NUMBER and (following.sort is not Sort.NAME or following.text in RESERVED):
            return None
        self.enter()
        result = self.node(Op.CALL, (self.atom(),), Callee(token.text), start=token)
        self.depth -= 1
        over = self.text[following.span.start : self.tokens[self.at - 1].span.end]
        sign = self.peek().text
        if sign in ("^", "*", "/", "⊙", "[") or self.starts_factor():
            self.next()
            word, sign = token.text, sign if self.tokens[self.at - 1].sort is Sort.SIGN else f" {sign}"
            raise self.two_readings(token.span.start, f"{word}({over}){sign}…", f"{word}({over}{sign}…)")
        return result

    def _arguments(self) -> tuple[list[Node], list[str]]:
        args: list[Node] = []
        keywords: list[str] = []
        while True:
            if args and self.peek().sort is Sort.NAME and self.peek(1).text == "=":
                keywords.append(self.next().text)
                self.next()
            elif keywords:
                raise self.fault("an argument without a name follows one with a name.", "Put it first.")
            args.append(self.conditional())
            if not self.take(","):
                return args, keywords

    def _applied(self, function: Token, args: tuple[Node, ...], keywords: tuple[str, ...]) -> Node:
        word = function.text
        if word in self.names:
            return self.node(Op.CALL, args, Callee(word, keywords), start=function)
        if word in _ENDS:
            if len(args) != 2:
                raise self.fault(f"{word} takes the two ends of an interval.", f"Write {word}(0, 1).")
            return self.node(Op.INTERVAL, args, _ENDS[word], start=function)
        if word == "labels":
            args = tuple(map(self._label, args))
        return self.node(Op.CALL, args, Callee(_SPELLING.get(word, word), keywords), start=function)

    def _label(self, arg: Node) -> Node:
        # The ends of an edge are spelt, never looked up: s_j is a node here, whatever s may be elsewhere.
        if arg.op is Op.COMPARE and arg.value == (Relation.EQUAL,) and arg.args[0].op is Op.CHAIN:
            edge, value = arg.args
            ends = [spelt_name(self.text[end.span.start : end.span.end]) for end in edge.args]
            if len(ends) == 2 and all(ends):
                names = tuple(tree.name(str(end)) for end in ends)
                return Node(Op.COMPARE, (replace(edge, args=names), value), arg.value, arg.span)
        width = arg.span.end - arg.span.start
        remedy = "Write labels(x -> m = 2, y -> m = -1)."
        fact = "a label is an edge, = and a value."
        raise TriposError(Problem(Place(), fact, remedy, start=arg.span.start, width=width))

    def _binders_ahead(self) -> list[str]:
        level, variables = 0, []
        for index in range(self.at, len(self.tokens) - 1):
            text = self.tokens[index].text
            level += (text in "([{") - (text in ")]}") if self.tokens[index].sort is Sort.SIGN else 0
            if level < 0:
                break
            if level == 0 and text == "for":
                variables.append(self.tokens[index + 1].text)
        return variables

    def _bindings(self, function: Token, body: Node) -> Node:
        if function.text not in QUANTIFIERS | REDUCTIONS:
            raise self.fault(f"{function.text} does not run over anything.", "Use sum, prod, max, min or always.")
        clauses: list[tuple[Binder, tuple[Node, ...]]] = []
        while self.take_word("for"):
            variable = self.next()
            if variable.sort is not Sort.NAME or variable.text in RESERVED:
                self.at -= 1
                raise self.fault('a name belongs after "for".', "Write: for k in {1, 2, 3}.")
            excludes = self.take("!=")
            if not excludes:
                self.expect_word("in")
            domain = self._domain()
            self.names = {**self.names, variable.text: Free(NameSort.INDEX)}
            condition = (self.alternatives(),) if self.take_word("if") else ()
            clauses.append((Binder(function.text, variable.text, excludes), (domain, *condition)))
            self.take(",")
        for binder, ranging in reversed(clauses):
            body = self.node(Op.BIND, (body, *ranging), binder, start=function)
        return body

    def _domain(self) -> Node:
        first, second = self.peek(), self.peek(1)
        if f"{first.text} {second.text}" in DOMAINS:
            self.at += 2
            return Node(Op.NAME, (), f"{first.text} {second.text}", Span(first.span.start, second.span.end))
        return self.placed()
