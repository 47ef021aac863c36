"""Atoms as an author writes them: numbers, names and their entries, brackets of every sort, dims and codes."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import replace

from tripos.language import tree
from tripos.language.calls import Calls
from tripos.language.names import Bound, Free
from tripos.language.names import Sort as NameSort
from tripos.language.tokens import Sort, Token, exact, tokens
from tripos.language.tree import Node, Op, Span
from tripos.language.values import Tensor
from tripos.language.vocabulary import RESERVED
from tripos.language.worked import Worked
from tripos.problem import nearest

_HOLE = re.compile(r"\{([^{}]*)\}")
_INFINITE = ("∞", "infinity")
UNKNOWN = (1, 2)  # how many indices something has that is worked out later, if any


class Atoms(Calls):
    """The part of a reader that reads what holds together most tightly."""

    @abstractmethod
    def whole(self) -> Node:
        """The whole text as one expression."""

    def atom(self) -> Node:
        """A number, a name or a bracket."""
        token = self.next()
        match token.sort:
            case Sort.NUMBER:
                op = Op.DECIMAL if {".", "e", "E"} & set(token.text) else Op.NUMBER
                return Node(op, (), exact(token, self.text), token.span)
            case Sort.DIMS:
                return self._dims(token)
            case Sort.CODE:
                return self._code(token)
            case Sort.TEXT:
                return Node(Op.TEXT, (), token.text[1:-1], token.span)
            case Sort.NAME:
                return self._word(token)
        brackets = {"(": self._bracket, "{": self._set, "[": self._tensor}
        if token.text not in brackets:
            self.at -= 1
            raise self.fault(f"a value is missing before {token}.", "Write a number, a name or a bracket here.")
        self.enter()
        result = brackets[token.text](token)
        self.depth -= 1
        return result

    def several(self, closing: str) -> list[Node]:
        """Expressions up to this bracket, parted by commas."""
        parts = self._parts()
        self.expect(closing)
        return parts

    def _parts(self) -> list[Node]:
        parts = [self.conditional()]
        while self.take(","):
            parts.append(self.conditional())
        return parts

    def _bracket(self, start: Token) -> Node:
        parts = self._parts()
        if len(parts) == 2 and self.take("]"):
            return self.node(Op.INTERVAL, tuple(parts), (False, True), start=start)
        self.expect(")")
        if len(parts) == 1:
            # The brackets belong to the span, so that what follows ")" directly is known to.
            return replace(parts[0], span=Span(start.span.start, self.tokens[self.at - 1].span.end))
        return self.node(Op.TUPLE, tuple(parts), start=start)

    def _set(self, start: Token) -> Node:
        return self.node(Op.SET, tuple(self.several("}")), start=start)

    def _tensor(self, start: Token) -> Node:
        rows = [self._parts()]
        if len(rows[0]) == 2 and self.take(")"):
            return self.node(Op.INTERVAL, tuple(rows[0]), (True, False), start=start)
        while self.take(";"):
            rows.append(self._parts())
        self.expect("]")
        if len({len(row) for row in rows}) > 1:
            lengths = ", ".join(str(len(row)) for row in rows)
            self.at -= 1
            raise self.fault(f"the rows of this matrix have {lengths} entries.", "Give every row the same number.")
        shape = (len(rows[0]),) if len(rows) == 1 else (len(rows), len(rows[0]))
        return self.node(Op.TENSOR, tuple(entry for row in rows for entry in row), shape, start=start)

    def _dims(self, token: Token) -> Node:
        parts = []
        for part in re.finditer(r"\{([^{}]*)\}|[0-9]+", token.text):
            start = token.span.start + part.start()
            if part[1] is None:
                number = Token(Sort.NUMBER, part[0], Span(start, start + len(part[0])))
                parts.append(Node(Op.NUMBER, (), exact(number, self.text), number.span))
            else:
                parts.append(self._hole(part[1], start + 1))
        return Node(Op.DIMS, tuple(parts), None, token.span)

    def _code(self, token: Token) -> Node:
        prefix = re.match("[A-Z]+", token.text)
        if prefix and prefix[0] == token.text and token.text not in self.vocabulary.codes:
            return self._word(token)
        pieces = tuple(_HOLE.sub("\0", token.text).split("\0"))
        holes = tuple(self._hole(hole[1], token.span.start + hole.start() + 1) for hole in _HOLE.finditer(token.text))
        return Node(Op.CODE, holes, pieces, token.span)

    def _hole(self, text: str, start: int) -> Node:
        self.enter()
        shifted = [replace(token, span=_moved(token.span, start)) for token in tokens(text, self.names)]
        inner = type(self)(self.text, shifted, self.vocabulary, self.names, depth=self.depth)
        result = inner.whole()
        self.depth -= 1
        return result

    def _word(self, token: Token) -> Node:
        word = token.text
        if word in ("true", "false"):
            return Node(Op.TRUTH, (), word == "true", token.span)
        if word in RESERVED:
            self.at -= 1
            raise self.fault(f"a value is missing before {token}.", f'"{word}" is a word of the language, not a name.')
        if word in _INFINITE:
            return Node(Op.NAME, (), "∞", token.span)
        bracketed = self.peek().text == "(" and self.peek().span.start == token.span.end
        if bracketed and self.is_function(word):
            return self.call(token)
        if bracketed and word not in self.names:
            self.at -= 1
            raise self.fault(f"there is no function {word}.", nearest(word, self.vocabulary.words))
        return self.unbracketed(token) or self._named(token)

    def _named(self, token: Token) -> Node:
        # s_j is the entry j of s where s is a vector and j an index; otherwise a name like any other.
        word = token.text
        readings = [] if word in self.names else list(self._entries(word))
        if len(readings) > 1:
            base, *indices = (str(part.value) for part in readings[0].args)
            other = ", ".join(str(part.value) for part in readings[1].args[1:])
            raise self.two_readings(token.span.start, f"{base}[{', '.join(indices)}]", f"{base}[{other}]")
        if readings:
            return replace(readings[0], span=token.span)
        if "," in word:
            fault = self.fault(f"{word.split('_')[0]} has no entries by row and column.", "Declare it a matrix.")
            width = token.span.end - token.span.start
            raise type(fault)(replace(fault.problems[0], start=token.span.start, width=width))
        return Node(Op.NAME, (), word, token.span)

    def _entries(self, word: str) -> Iterator[Node]:
        for at, char in enumerate(word):
            base, rest = word[:at], word[at + 1 :]
            meaning = self.names.get(base) if char == "_" else None
            axes = _axes(meaning) if meaning else ()
            splits = [rest.split(",")]
            if 2 in axes and "," not in rest:
                splits += [[rest[:cut], rest[cut:]] for cut in range(1, len(rest))]
            for indices in splits:
                unclear = len(indices) == 2 and "".join(indices).isdecimal() and len(rest) > 2 and "," not in rest
                if len(indices) in axes and not unclear and all(self._is_index(index, axes) for index in indices):
                    yield Node(Op.ENTRY, (tree.name(base), *map(_index, indices)))

    def _is_index(self, word: str, axes: tuple[int, ...]) -> bool:
        # Where it is not known that something has entries at all, x_1 is rather a name that is missing.
        return (word.isdecimal() and axes != UNKNOWN) or isinstance(self.names.get(word), Free)


def _axes(meaning: Bound) -> tuple[int, ...]:
    """How many indices an entry of this takes: one for a vector, two for a matrix; not known for a definition."""
    if isinstance(meaning, Free):
        return {NameSort.VECTOR: (1,), NameSort.MATRIX: (2,)}.get(meaning.sort, ())
    if isinstance(meaning, Worked) and isinstance(meaning.value, Tensor):
        return (len(meaning.value.shape),)
    return UNKNOWN


def _index(word: str) -> Node:
    return tree.number(int(word)) if word.isdecimal() else tree.name(word)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
