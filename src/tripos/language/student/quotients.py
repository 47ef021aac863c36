"""Quotients: fractions of LaTeX, roots, and the derivatives and gradients that are written as fractions."""

from __future__ import annotations

from dataclasses import replace

from tripos.language import tree
from tripos.language.student.brackets import Brackets
from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.signs import OPENING
from tripos.language.tree import Callee, Node, Op, Span

_TRANSPOSED = frozenset({"T", "⊤", "'"})


class Quotients(Brackets):
    """Reading fractions and roots."""

    __slots__ = ()

    # Fractions and roots.

    def fraction(self, opened: Token) -> Node:
        if self.sees("{"):
            given = self.fraction_of_differentials(opened)
            if given is not None:
                return given
        top = self.argument(opened)
        bottom = self.argument(opened)
        self.refuse_conditions(top, bottom)
        return self.node(Op.DIVIDE, (top, bottom), None, opened.start)

    def argument(self, command: Token) -> Node:
        """The argument of a command of LaTeX: a group in braces, or a single sign."""
        token = self.peek()
        if token.sort is Sort.END:
            raise self.fault("this fraction is not finished.", "Write \\frac{a}{b}.", command)
        if self.sees("{"):
            if self.tokens[self.closing(self.at)].text != "}":
                raise self.fault('"{" is never closed.', "Close every bracket that you open.")
            if self.sees("}", 1):
                raise self.fault("nothing stands in these braces.")
            return self.group()
        if token.sort in (Sort.NUMBER, Sort.WORD) and len(token.text) > 1 and self.text[token.start] != "\\":
            self.put_back(token, [token.text[0], token.text[1:]])
        return self.operand()

    def fraction_of_differentials(self, opened: Token) -> Node | None:
        r"""\frac{\partial L}{\partial x}, a name, as is \frac{dL}{dx} where the question has it; else nothing."""
        start = self.at
        stop = self.closing(start)
        if not (self.is_sign(stop, "}") and self.is_sign(stop + 1, "{")):
            return None
        joined = not self.sees("∂", 1)
        if joined and not self.gives(self.after_d(start + 1), self.after_d(stop + 2)):
            return None
        self.at = start + 1
        self.take_d()
        above = self.differential()
        if not (self.take("}") and self.take("{")):
            raise self.left_over()
        if not self.take_d():
            raise self.fault("a derivative is written ∂L/∂x.")
        found = self.given(above, opened.start)
        self.expect("}", opened)
        return replace(found, span=Span(opened.start, self.tokens[self.at - 1].end))

    def root(self, sign: Token) -> Node:
        """√x, \\sqrt{x}, \\sqrt[3]{x}."""
        if sign.text == "√" and self.sees("[") and self.text.startswith("\\", sign.start):
            opened = self.next()
            order = self.expression()
            self.expect("]", opened)
            return self.root_of(order, self.argument(sign), sign)
        if self.ended():
            raise self.fault("this root is not finished.", "Write √x or \\sqrt{x}.", sign)
        inside = self.argument(sign) if self.text.startswith("\\", sign.start) else self.rooted(sign)
        if sign.text != "√":
            return self.root_of(tree.number(3 if sign.text == "∛" else 4), inside, sign)
        self.refuse_conditions(inside)
        return self.node(Op.CALL, (inside,), Callee("sqrt"), sign.start)

    def rooted(self, sign: Token) -> Node:
        inside = self.operand()
        after = self.peek()
        if inside.op is Op.NUMBER and after.sort is Sort.WORD and not after.gap and not self.word_ahead():
            rest = self.power()
            one, other = (f"{sign.text}({self.spelt(inside)})·{self.spelt(rest)}",
                          f"{sign.text}({self.spelt(inside)}·{self.spelt(rest)})")  # fmt: skip
            raise self.two_readings(one, other, sign.start, rest.span.end)
        return inside

    def root_of(self, order: Node, inside: Node, sign: Token) -> Node:
        exponent = Node(Op.DIVIDE, (tree.number(1), order), None, order.span)
        return self.node(Op.POWER, (inside, exponent), None, sign.start)

    def partial(self, sign: Token) -> Node:
        return self.derivative(sign.start)

    def gradient(self, sign: Token) -> Node:
        """∇_W L is ∂L/∂W."""
        if not self.sees("_"):
            raise self.fault("a gradient is not read here.", "Write ∂L/∂x, if the question gives it.", sign)
        subscript = self.subscript()
        self.at = subscript.after
        key = f"∂{self.differential()}/∂{subscript.key}"
        end = self.tokens[self.at - 1].end
        if not self.has(key):
            fact = f"the gradient {self.quoted(sign.start, end)} is no name of this question."
            raise self.fault(fact, self.declared(), sign)
        return self.leaf(key, sign.start, end)

    def group(self) -> Node:
        """What stands in the braces that LaTeX puts around an argument."""
        opened = self.next()
        bars, self.bars = self.bars, 0
        result = self.conditional()
        self.bars = bars
        self.expect(OPENING[opened.text], opened)
        return replace(result, span=Span(opened.start, self.tokens[self.at - 1].end))
