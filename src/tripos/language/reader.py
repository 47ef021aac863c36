"""Reading an expression: the author's strict grammar, by precedence, in one pass. Nothing is half-read.

The grammar stands in the exam format's chapter on expressions. Nesting is bounded before it can cost anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tripos.language import tree
from tripos.language.cursor import Cursor
from tripos.language.names import Free, Names
from tripos.language.names import Sort as NameSort
from tripos.language.tokens import Sort, Token, exact, tokens
from tripos.language.tree import Binder, Callee, Node, Op, Relation, Span
from tripos.language.vocabulary import DOMAINS, QUANTIFIERS, REDUCTIONS, RESERVED, Vocabulary
from tripos.problem import Place, Problem, TriposError, nearest

_RELATIONS = {relation.value: relation for relation in Relation}
_HOLE = re.compile(r"\{([^{}]*)\}")


def expression(text: str, vocabulary: Vocabulary, names: Names) -> Node:
    """The tree of an author's expression; raises with the place in the text of what cannot be read."""
    try:
        reader = _Reader(text, tokens(text), vocabulary, names)
        result = reader.whole()
    except TriposError as error:
        raise TriposError(problem if problem.text else problem.of(text) for problem in error.problems) from None
    return result


class _Reader(Cursor):
    def whole(self) -> Node:
        if self.peek().sort is Sort.END:
            raise self.fault("nothing is written here.", "Write an expression.")
        result = self.conditional()
        if self.peek().sort is not Sort.END:
            raise self.unfinished()
        return result

    # From the loosest operation to the tightest.

    def conditional(self) -> Node:
        self.enter()
        result = self.alternatives()
        if self.take_word("if"):
            condition = self.alternatives()
            self.expect_word("else")
            result = self.node(Op.IF, (condition, result, self.conditional()))
        self.depth -= 1
        return result

    def alternatives(self) -> Node:
        return self.joined(Op.OR, "or", lambda: self.joined(Op.AND, "and", self.negation))

    def joined(self, op: Op, word: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self.take_word(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else self.node(op, tuple(parts))

    def negation(self) -> Node:
        if not self.take_word("not"):
            return self.comparison()
        self.enter()
        result = self.node(Op.NOT, (self.negation(),))
        self.depth -= 1
        return result

    def comparison(self) -> Node:
        parts = [self.placed()]
        relations: list[Relation] = []
        while self.peek().sort is Sort.SIGN and self.peek().text in _RELATIONS:
            relations.append(_RELATIONS[self.next().text])
            parts.append(self.placed())
        return parts[0] if not relations else self.node(Op.COMPARE, tuple(parts), tuple(relations))

    def placed(self) -> Node:
        result = self.chain()
        while self.take_word("on"):
            result = self.node(Op.ON, (result, self.chain()))
        return result

    def chain(self) -> Node:
        parts = [self.sum()]
        while self.take("->"):
            parts.append(self.sum())
        return parts[0] if len(parts) == 1 else self.node(Op.CHAIN, tuple(parts))

    def sum(self) -> Node:
        terms = [self.product()]
        while self.peek().sort is Sort.SIGN and self.peek().text in "+-":
            minus = self.next().text == "-"
            term = self.product()
            terms.append(self.node(Op.NEGATE, (_times(term),)) if minus else term)
        return terms[0] if len(terms) == 1 else self.node(Op.ADD, tuple(map(_times, terms)))

    def product(self) -> Node:
        result = self.signed()
        divided = False
        while True:
            if self.take("*"):
                result, divided = self.times(result, self.signed()), False
            elif self.take("/"):
                result, divided = self.node(Op.DIVIDE, (_times(result), _times(self.signed()))), True
            elif self.starts_factor():
                result = self.juxtaposed(result, divided)
            else:
                return result

    def juxtaposed(self, left: Node, divided: bool) -> Node:
        start = left.span.start
        right = self.raised()
        if divided:
            spelt = self.text[start : right.span.end]
            over, factor = (
                self.text[left.args[1].span.start : left.span.end],
                self.text[right.span.start : right.span.end],
            )
            top = self.text[left.args[0].span.start : left.args[0].span.end]
            raise TriposError(
                Problem(
                    Place(),
                    f"{spelt} has two readings: ({top}/{over})·{factor} or {top}/({over}·{factor}).",
                    "Write the brackets you mean.",
                    start=start,
                    width=right.span.end - start,
                )
            )
        return self.times(left, right)

    def times(self, left: Node, right: Node) -> Node:
        # A product is one node however long; a bracketed product keeps its brackets' grouping, which is the same.
        factors = left.args if left.op is Op.MULTIPLY else (_times(left),)
        return Node(Op.MULTIPLY, (*factors, _times(right)), None, Span(left.span.start, right.span.end))

    def signed(self) -> Node:
        if not self.take("-"):
            return self.raised()
        self.enter()
        result = self.node(Op.NEGATE, (_times(self.signed()),))
        self.depth -= 1
        return result

    def raised(self) -> Node:
        base = self.entry()
        if not self.take("^"):
            return base
        if base.op is Op.DIMS and self.tokens[self.at - 2].sort is Sort.DIMS:
            written = self.text[base.span.start : base.span.end]
            self.at -= 2
            raise self.fault(f"a power of {written} has two readings.", "Write signs for times, and brackets.")
        self.enter()
        result = self.node(Op.POWER, (_times(base), _times(self.signed())))
        self.depth -= 1
        return result

    def entry(self) -> Node:
        result = self.atom()
        # An index follows without a blank: x [1] is x next to a vector.
        while self.peek().text == "[" and self.peek().span.start == result.span.end:
            self.next()
            result = self.node(Op.ENTRY, (result, *self.several("]")))
        return result

    def atom(self) -> Node:
        token = self.next()
        match token.sort:
            case Sort.NUMBER:
                op = Op.DECIMAL if {".", "e", "E"} & set(token.text) else Op.NUMBER
                return Node(op, (), exact(token, self.text), token.span)
            case Sort.DIMS:
                return self.dims(token)
            case Sort.CODE:
                return self.code(token)
            case Sort.TEXT:
                return Node(Op.TEXT, (), token.text[1:-1], token.span)
            case Sort.NAME:
                return self.word(token)
        brackets = {"(": self.bracket, "{": self.set, "[": self.tensor}
        if token.text not in brackets:
            self.at -= 1
            raise self.fault(f"a value is missing before {token}.", "Write a number, a name or a bracket here.")
        self.enter()
        result = brackets[token.text](token)
        self.depth -= 1
        return result

    def bracket(self, start: Token) -> Node:
        parts = self.several(")")
        if len(parts) == 1:
            # The brackets belong to the span, so that what follows ")" directly is known to.
            return replace(parts[0], span=Span(start.span.start, self.tokens[self.at - 1].span.end))
        return self.node(Op.TUPLE, tuple(parts), start=start)

    def set(self, start: Token) -> Node:
        return self.node(Op.SET, tuple(self.several("}")), start=start)

    def tensor(self, start: Token) -> Node:
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(self.conditional())
            if self.take(";"):
                rows.append([])
            elif not self.take(","):
                break
        self.expect("]")
        if len({len(row) for row in rows}) > 1:
            lengths = ", ".join(str(len(row)) for row in rows)
            self.at -= 1
            raise self.fault(f"the rows of this matrix have {lengths} entries.", "Give every row the same number.")
        shape = (len(rows[0]),) if len(rows) == 1 else (len(rows), len(rows[0]))
        return self.node(Op.TENSOR, tuple(entry for row in rows for entry in row), shape, start=start)

    def dims(self, token: Token) -> Node:
        parts = []
        for part in re.finditer(r"\{([^{}]*)\}|[0-9]+", token.text):
            start = token.span.start + part.start()
            if part[1] is None:
                number = Token(Sort.NUMBER, part[0], Span(start, start + len(part[0])))
                parts.append(Node(Op.NUMBER, (), exact(number, self.text), number.span))
            else:
                parts.append(self.hole(part[1], start + 1))
        return Node(Op.DIMS, tuple(parts), None, token.span)

    def code(self, token: Token) -> Node:
        prefix = re.match("[A-Z]+", token.text)
        if prefix and prefix[0] == token.text and token.text not in self.vocabulary.codes:
            return self.word(token)
        pieces = tuple(_HOLE.sub("\0", token.text).split("\0"))
        holes = tuple(self.hole(hole[1], token.span.start + hole.start() + 1) for hole in _HOLE.finditer(token.text))
        return Node(Op.CODE, holes, pieces, token.span)

    def hole(self, text: str, start: int) -> Node:
        self.enter()
        inner = _Reader(self.text, _shifted(tokens(text), start), self.vocabulary, self.names, depth=self.depth)
        result = inner.whole()
        self.depth -= 1
        return result

    def word(self, token: Token) -> Node:
        word = token.text
        if word in ("true", "false"):
            return Node(Op.TRUTH, (), word == "true", token.span)
        if word in RESERVED:
            self.at -= 1
            raise self.fault(f"a value is missing before {token}.", f'"{word}" is a word of the language, not a name.')
        bracketed = self.peek().text == "(" and self.peek().span.start == token.span.end
        if bracketed and self.is_function(word):
            return self.call(token)
        if bracketed and word not in self.names:
            self.at -= 1
            raise self.fault(f"there is no function {word}.", nearest(word, self.vocabulary.words))
        return self.subscripted(token)

    def is_function(self, word: str) -> bool:
        meaning = self.names.get(word)
        return self.vocabulary.knows(word) or (isinstance(meaning, Free) and meaning.sort is NameSort.FUNCTION)

    def subscripted(self, token: Token) -> Node:
        # s_j is the entry j of s where s is a vector and j an index; otherwise a name like any other.
        base, _, index = token.text.rpartition("_")
        vector, place = self.names.get(base), self.names.get(index)
        if isinstance(vector, Free) and vector.sort is NameSort.VECTOR and isinstance(place, Free):
            return Node(Op.ENTRY, (tree.name(base), tree.name(index)), None, token.span)
        return Node(Op.NAME, (), token.text, token.span)

    def call(self, token: Token) -> Node:
        self.enter()
        self.next()
        mark = self.at
        args: list[Node] = []
        keywords: list[str] = []
        # A binder names its variable after the body, so the body is read twice: the second time knowing the name.
        variables = self.binders_ahead()
        outer = self.names
        if variables:
            self.names = {**outer, **dict.fromkeys(variables, Free(NameSort.INDEX))}
        while True:
            if args and self.peek().sort is Sort.NAME and self.peek(1).text == "=":
                keywords.append(self.next().text)
                self.next()
            elif keywords:
                raise self.fault("an argument without a name follows one with a name.", "Put it first.")
            args.append(self.conditional())
            if not self.take(","):
                break
        self.names = outer
        if self.peek().text == "for":
            if len(args) != 1:
                self.at = mark
                raise self.fault('only one expression may stand before "for".', "Put it in brackets.")
            result = self.bindings(token, args[0])
        else:
            result = self.node(Op.CALL, tuple(args), Callee(token.text, tuple(keywords)), start=token)
        self.expect(")")
        self.depth -= 1
        return replace(result, span=Span(token.span.start, self.tokens[self.at - 1].span.end))

    def binders_ahead(self) -> list[str]:
        level, variables = 0, []
        for index in range(self.at, len(self.tokens) - 1):
            text = self.tokens[index].text
            level += (text in "([{") - (text in ")]}") if self.tokens[index].sort is Sort.SIGN else 0
            if level < 0:
                break
            if level == 0 and text == "for":
                variables.append(self.tokens[index + 1].text)
        return variables

    def bindings(self, function: Token, body: Node) -> Node:
        if function.text not in QUANTIFIERS | REDUCTIONS:
            raise self.fault(f"{function.text} does not run over anything.", "Use sum, max, min or always.")
        clauses: list[tuple[Binder, Node]] = []
        while self.take_word("for"):
            variable = self.next()
            if variable.sort is not Sort.NAME or variable.text in RESERVED:
                self.at -= 1
                raise self.fault('a name belongs after "for".', "Write: for k in {1, 2, 3}.")
            excludes = self.take("!=")
            if not excludes:
                self.expect_word("in")
            clauses.append((Binder(function.text, variable.text, excludes), self.domain()))
            self.take(",")
        for binder, domain in reversed(clauses):
            body = self.node(Op.BIND, (body, domain), binder, start=function)
        return body

    def domain(self) -> Node:
        first, second = self.peek(), self.peek(1)
        if f"{first.text} {second.text}" in DOMAINS:
            self.at += 2
            return Node(Op.NAME, (), f"{first.text} {second.text}", Span(first.span.start, second.span.end))
        return self.placed()

    def several(self, closing: str) -> list[Node]:
        parts = [self.conditional()]
        while self.take(","):
            parts.append(self.conditional())
        self.expect(closing)
        return parts


def _times(node: Node) -> Node:
    # In arithmetic 8×3×3 is a product, whoever wrote it without blanks.
    return Node(Op.MULTIPLY, node.args, None, node.span) if node.op is Op.DIMS else node


def _shifted(found: list[Token], start: int) -> list[Token]:
    return [replace(token, span=Span(token.span.start + start, token.span.end + start)) for token in found]
