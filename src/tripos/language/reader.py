"""Reading an expression: the author's strict grammar, by precedence, in one pass. Nothing is half-read.

The grammar stands in the exam format's chapter on expressions. Nesting is bounded before it can cost anything.
"""

from __future__ import annotations

from collections.abc import Callable

from tripos.language.atoms import Atoms
from tripos.language.names import Free, Names
from tripos.language.names import Sort as NameSort
from tripos.language.tokens import Sort, tokens
from tripos.language.tree import Callee, Node, Op, Relation, Span
from tripos.language.values import NO_CASE
from tripos.language.vocabulary import Vocabulary
from tripos.problem import TriposError

_RELATIONS = {relation.value: relation for relation in Relation}
_TENSORS = (NameSort.VECTOR, NameSort.MATRIX)


def expression(text: str, vocabulary: Vocabulary, names: Names) -> Node:
    """The tree of an author's expression; raises with the place in the text of what cannot be read."""
    try:
        return _Reader(text, tokens(text, names), vocabulary, names).whole()
    except TriposError as error:
        raise type(error)(problem if problem.text else problem.of(text) for problem in error.problems) from None


class _Reader(Atoms):
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
            otherwise = self.no_case() or self.conditional()
            result = self.node(Op.IF, (condition, result, otherwise))
        self.depth -= 1
        return result

    def no_case(self) -> Node | None:
        # "else undefined" says that there is no other case.
        return NO_CASE if "undefined" not in self.names and self.take_word("undefined") else None

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
        start = result.span.start
        last = ""  # the sign before the last factor, where what follows it may have two readings
        while True:
            before, middle = result, self.tokens[self.at - 1].span.end
            if self.take("⊙"):
                factors = result.args if last == "⊙" else (_times(result),)
                result, last = self.node(Op.HADAMARD, (*factors, _times(self.signed()))), "⊙"
                continue
            if self.take("*"):
                result, sign = self.times(result, self.signed()), "*"
            elif self.take("/"):
                result, sign = self.node(Op.DIVIDE, (_times(result), _times(self.signed()))), "/"
            elif self.starts_factor():
                result, sign = self.times(result, self.raised()), ""
            else:
                return result
            if last == "⊙" or (last == "/" and not sign):
                factor = self.text[result.args[-1].span.start : self.tokens[self.at - 1].span.end]
                written = self.text[start:middle]
                cut = before.args[-1].span.start - start
                second = f"{written[:cut]}({written[cut:]}{sign or '·'}{factor})"
                raise self.two_readings(start, f"({written}){sign or '·'}{factor}", second)
            last = sign

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
        if self.take("⊤") or (self.may_be_tensor(base) and "T" not in self.names and self.take_word("T")):
            return self.node(Op.CALL, (base,), Callee("transpose"))
        self.enter()
        result = self.node(Op.POWER, (_times(base), _times(self.signed())))
        self.depth -= 1
        return result

    def may_be_tensor(self, base: Node) -> bool:
        # W^T is a transpose unless T is declared or W is a number.
        meaning = self.names.get(str(base.value)) if base.op is Op.NAME else None
        is_scalar = isinstance(meaning, Free) and meaning.sort not in _TENSORS
        return not is_scalar and base.op not in (Op.NUMBER, Op.DECIMAL, Op.ENTRY)

    def entry(self) -> Node:
        result = self.atom()
        # An index follows without a blank: x [1] is x next to a vector.
        while self.peek().text == "[" and self.peek().span.start == result.span.end:
            self.next()
            result = self.node(Op.ENTRY, (result, *self.several("]")))
        return result


def _times(node: Node) -> Node:
    # In arithmetic 8×3×3 is a product, whoever wrote it without blanks.
    return Node(Op.MULTIPLY, node.args, None, node.span) if node.op is Op.DIMS else node
