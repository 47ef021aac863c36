"""Operands: numbers and names, what is raised or written to their lower right, and whatever else a sign begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flint import fmpq

from tripos.language import tree
from tripos.language.student.lexemes import Sort, Token, exact
from tripos.language.student.lexicon import TENSORS
from tripos.language.student.quotients import Quotients
from tripos.language.student.signs import FRACTIONS
from tripos.language.tree import Node, Op, Span

_TRANSPOSED = frozenset({"T", "⊤", "'"})


class Operands(Quotients):
    """Reading operands."""

    __slots__ = ()

    def power(self) -> Node:
        """An operand, with what is raised to its upper right."""
        base = self.operand()
        token = self.tokens[self.at]
        while token.sort is Sort.SIGN and token.text in ("^", "'", "%", "_", "["):
            following = self.raised(base) if token.text == "^" else self.suffixed(base, token)
            if following is None:
                break
            base = following
            token = self.tokens[self.at]
        return base

    def suffixed(self, base: Node, token: Token) -> Node | None:
        """A transpose, a percentage or an entry; none where this sign belongs to something else."""
        match token.text:
            case "'" if self.is_tensor(base):
                self.next()
                return self.transposed(base)
            case "%" if base.op in (Op.NUMBER, Op.DECIMAL):
                self.next()
                return self.node(Op.DIVIDE, (base, tree.number(100)))
            case "_" if self.is_tensor(base):
                return self.entry_of(base)
            case "[" if token.gap and self.is_tensor(base) and self.holds_index():
                end = self.tokens[self.closing(self.at)].end
                shown, other = self.quoted(base.span.start, end), self.quoted(token.start, end)
                one = "".join(shown.split())
                raise self.two_readings(f"{one}, an entry,", f"{self.spelt(base)}·{other}", base.span.start, end)
            case "[" if self.is_tensor(base) and self.holds_index():
                opened = self.next()
                indices = [self.expression()]
                while self.take(","):
                    indices.append(self.expression())
                self.expect("]", opened)
                return self.node(Op.ENTRY, (base, *indices))
        return None

    def holds_index(self) -> bool:
        """Whether the bracket here holds indices; X[y - ŷ]^T is a product."""
        inside = self.tokens[self.at + 1 : self.closing(self.at)]
        return all(token.sort is not Sort.WORD or self.sort_of(token.text) not in TENSORS for token in inside)

    def entry_of(self, base: Node) -> Node:
        """(W x)_j, softmax(s)_y."""
        opened = self.peek()
        subscript = self.subscript()
        with self.only(subscript.start, subscript.stop):
            indices = [self.expression()]
            while self.take(","):
                indices.append(self.expression())
        self.at = subscript.after
        return self.node(Op.ENTRY, (base, *indices), None, min(base.span.start, opened.start))

    def transposed(self, base: Node) -> Node:
        return replace(tree.call("transpose", base), span=Span(base.span.start, self.tokens[self.at - 1].end))

    # Powers.

    def raised(self, base: Node) -> Node:
        """The power at this `^`, or the transpose of a vector or a matrix."""
        self.next()
        if self.take_transpose(base):
            return self.transposed(base)
        self.enter()
        token = self.peek()
        exponent = self.group() if token.text in ("{", "\\{") and token.sort is Sort.SIGN else self.exponent(base)
        self.depth -= 1
        self.refuse_conditions(base, exponent)
        return self.node(Op.POWER, (base, exponent))

    def exponent(self, base: Node) -> Node:
        first = self.peek()
        sign = first
        if first.sort is Sort.SIGN and first.text in ("-", "+"):
            self.next()
            sign = self.peek()
        result = self.power()
        if first.text == "-":
            result = self.node(Op.NEGATE, (result,), None, first.start)
        self.refuse_run_on(base, result, sign)
        return result

    def refuse_run_on(self, base: Node, exponent: Node, token: Token) -> None:
        """Nobody can tell how much of e^2x stands in the exponent."""
        after = self.peek()
        if after.gap or after.sort is Sort.END:
            return
        run_on = after.sort is Sort.WORD and after.piece
        if base.op in (Op.NUMBER, Op.DECIMAL) or (base.op is Op.NAME and base.value == "e"):
            number = token.sort is Sort.NUMBER and exponent.span.end == token.end
            follows = (after.sort is Sort.WORD and not self.word_ahead()) or (
                after.sort is Sort.SIGN and after.text in ("(", "[", "\\frac", "√")
            )
            run_on = run_on or (number and follows)
        if not run_on:
            return
        factor = self.power()
        start, end = base.span.start, factor.span.end
        bottom, top, rest = self.spelt(base), self.spelt(exponent), self.spelt(factor)
        raise self.two_readings(f"({bottom}^{top})·{rest}", f"{bottom}^({top}·{rest})", start, end)

    def take_transpose(self, base: Node) -> bool:
        """Whether the superscript that comes next transposes a vector or a matrix; it is taken."""
        braced = self.sees("{")
        token = self.peek(braced)
        word = token.sort is Sort.WORD and token.text[:1] == "T" and not self.knows("T")
        if not (word or (token.sort is Sort.SIGN and token.text in _TRANSPOSED)) or not self.is_tensor(base):
            return False
        if word and len(token.text) > 1:
            if self.knows(token.text):
                return False
            # W^Tx: the T goes up, the rest stays on the line.
            self.at += braced
            self.put_back(token, ["T", token.text[1:]])
            self.at -= braced
        if braced and not self.sees("}", 2):
            return False
        self.at += 3 if braced else 1
        return True

    # Operands.

    def operand(self) -> Node:
        token = self.tokens[self.at]
        match token.sort:
            case Sort.NUMBER:
                return self.number(token)
            case Sort.WORD:
                return self.word(token)
            case Sort.FRACTION:
                self.at += 1
                return self.vulgar(token, Span(token.start, token.end))
            case Sort.TEXT:
                self.at += 1
                return Node(Op.TEXT, (), token.text, Span(token.start, token.end))
            case Sort.SIGN if token.text in _TABLE:
                self.enter()
                self.at += 1
                result = _TABLE[token.text](self, token)
                self.depth -= 1
                return result
            case Sort.SIGN if token.text == "±":
                raise self.fault("± stands for two values.", 'Write each of them: "x = 1 or x = -1".')
        raise self.missing()

    def number(self, token: Token) -> Node:
        self.at += 1
        after = self.tokens[self.at]
        span = Span(token.start, token.end)
        if after.sort is Sort.FRACTION and not after.gap and token.text.isdecimal():
            # 2½ is two and a half.
            self.at += 1
            part = self.vulgar(after, Span(after.start, after.end))
            return self.node(Op.ADD, (Node(Op.NUMBER, (), exact(token, self.text), span), part))
        if token.text == "1" and after.sort is Sort.SIGN and after.text in ("[", "{", "\\{", "_", "("):
            indicator = self.indicator(token)
            if indicator is not None:
                return indicator
        op = Op.NUMBER if token.text.isdecimal() else Op.DECIMAL
        return Node(op, (), exact(token, self.text), span)

    def vulgar(self, token: Token, span: Span) -> Node:
        top, bottom = FRACTIONS[token.text]
        return Node(
            Op.DIVIDE, (Node(Op.NUMBER, (), fmpq(top), span), Node(Op.NUMBER, (), fmpq(bottom), span)), None, span
        )

    def summed(self, sign: Token) -> Node:
        return self.reduction("sum" if sign.text == "∑" else "prod", sign)


_TABLE: Mapping[str, Callable[[Operands, Token], Node]] = {
    "(": Operands.bracket,
    "{": Operands.braces,
    "\\{": Operands.braces,
    "[": Operands.square,
    "\\begin{matrix}": Operands.matrix,
    "\\begin{cases}": Operands.cases,
    "⌊": Operands.floor,
    "⌈": Operands.floor,
    "|": Operands.bar,
    "‖": Operands.norm,
    "\\frac": Operands.fraction,
    **dict.fromkeys("√∛∜", Operands.root),
    "∂": Operands.partial,
    "∇": Operands.gradient,
    **dict.fromkeys("∑∏", Operands.summed),
}
