"""Differentials: derivatives that the question treats as given, such as ∂L/∂ŷ, which are names."""

from __future__ import annotations

from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.lexicon import greek
from tripos.language.student.symbols import Symbols
from tripos.language.tree import Node
from tripos.problem import TriposError


class Differentials(Symbols):
    """Reading given derivatives."""

    __slots__ = ()

    # Derivatives that the question treats as given.

    def derivative(self, start: int) -> Node:
        """The name ∂L/∂x, after its first ∂ has been taken."""
        above = self.differential()
        if not self.take("/") or not self.take_d():
            raise self.fault("a derivative is written ∂L/∂x.")
        return self.given(above, start)

    def take_d(self) -> bool:
        """Whether a ∂ or d comes next, which is taken, also off the word that it begins."""
        token = self.peek()
        if self.take("∂"):
            return True
        if not self.after_d(self.at):
            return False
        if len(token.text) > 1:
            self.put_back(token, ["d", token.text[1:]])
        self.at += 1
        return True

    def after_d(self, place: int) -> str:
        """The name whose differential stands at this place of the tape: dL or d L. Else nothing."""
        token = self.tokens[min(place, len(self.tokens) - 1)]
        if token.sort is not Sort.WORD or token.text[0] != "d" or self.knows(token.text):
            return ""
        if len(token.text) > 1:
            return token.text[1:]
        following = self.tokens[place + 1]
        return following.text if following.sort is Sort.WORD else ""

    def gives(self, above: str, below: str) -> bool:
        """Whether the question has a derivative of the one by the other, or by a part of it."""
        if not above or not below:
            return False
        base = f"∂{self.key(above) or greek(above)}/∂{self.key(below) or greek(below)}"
        return any(key == base or key.startswith((f"{base}_", f"{base}^")) for key in self.lexicon.spellings)

    def differential(self) -> str:
        """The key of what is differentiated: a name, with its index and superscript, declared or not."""
        token = self.next()
        if token.sort is not Sort.WORD:
            self.at -= 1
            raise self.fault(f"a name is missing before {token}.", "A derivative is written ∂L/∂x.")
        raised, index = self.superscript(), ""
        if self.sees("_"):
            subscript = self.subscript()
            self.at, index = subscript.after, f"_{subscript.key}"
        raised = raised or self.superscript()
        return f"{self.key(token.text) or greek(token.text)}{index}{raised[0] if raised else ''}"

    def given(self, above: str, start: int) -> Node:
        """The declared derivative of this by the name that comes next."""
        token = self.next()
        if token.sort is not Sort.WORD:
            self.at -= 1
            raise self.fault(f"a name is missing before {token}.", "A derivative is written ∂L/∂x.")
        base = f"∂{above}/∂{self.key(token.text) or greek(token.text)}"
        whole = Token(Sort.WORD, base, start, token.end)
        found = self.indexed(base, whole) if self.sees("_") or self.raises_brackets() else None
        if found is None and self.has(base):
            return self.leaf(base, start, token.end)
        if found is None:
            end = self.subscript().after if self.sees("_") else self.at
            end = self.tokens[end - 1].end
            fact = f"the derivative {self.quoted(start, end)} is no name of this question."
            raise TriposError(self.problem(fact, self.declared(), start, end))
        return found
