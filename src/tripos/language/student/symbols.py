"""Symbols: names with their indices, superscripts and accents, resolved to what the question declares."""

from __future__ import annotations

from itertools import pairwise

from tripos.language.names import Sort as NameSort
from tripos.language.student.lexemes import Sort, Token, exact, normal
from tripos.language.student.lexicon import TENSORS, greek, key_of, splits
from tripos.language.student.scripts import Scripts, Subscript
from tripos.language.student.signs import ACCENT_WORDS, REDUCTIONS, UNARY, UNREAD
from tripos.language.tree import Node, Op, Span
from tripos.problem import TriposError, nearest


class Symbols(Scripts):
    """Reading names."""

    __slots__ = ()

    def symbol(self) -> Node:
        """The name that begins at this word."""
        start = self.at
        token = self.next()
        found = self.named(token)
        if found is not None:
            return found
        self.at = start
        return self.cut(token)

    def named(self, token: Token) -> Node | None:
        """The name of this word with the index and superscript after it; none if nobody declared it."""
        plain = self.key(token.text)
        after = self.tokens[self.at]
        if after.text == "'" and (primed := self.primed(plain or greek(token.text), token)):
            return primed
        if after.sort is Sort.SIGN and (after.text == "_" or (after.text == "^" and self.raises_brackets())):
            return self.indexed(plain or greek(token.text), token)
        if plain is not None:
            return self.leaf(plain, token.start, token.end)
        constant = self.constant(token.text)
        return Node(Op.NAME, (), constant, Span(token.start, token.end)) if constant else self.digits(token)

    def primed(self, key: str, token: Token) -> Node | None:
        """x', where that is a name of its own."""
        count = 0
        while self.is_sign(self.at + count, "'"):
            count += 1
        name = key + "'" * count
        if name not in self.lexicon.spellings:
            return None
        self.at += count
        return self.leaf(name, token.start, self.tokens[self.at - 1].end)

    def leaf(self, key: str, start: int, end: int) -> Node:
        """A declared name, or the variable of a sum."""
        spelling = self.bound[key] if key in self.bound else self.lexicon.spellings[key]
        return Node(Op.NAME, (), spelling, Span(start, end))

    def digits(self, token: Token) -> Node | None:
        # x1 for x_1, where x is a vector.
        base = token.text.rstrip("0123456789")
        key = self.key(base) if base and base != token.text else None
        meaning = self.meaning(key) if key is not None else None
        if key is None or meaning is None or meaning.sort is not NameSort.VECTOR:
            return None
        middle = token.start + len(base)
        number = Token(Sort.NUMBER, token.text[len(base) :], middle, token.end)
        index = Node(Op.NUMBER, (), exact(number, self.text), Span(middle, token.end))
        return Node(Op.ENTRY, (self.leaf(key, token.start, middle), index), None, Span(token.start, token.end))

    def indexed(self, base: str, token: Token) -> Node | None:
        """A name with an index, a superscript in brackets, or both, in either order."""
        begin = self.at
        raised, subscript = self.superscript(), None
        if self.sees("_"):
            subscript = self.subscript()
            self.at = subscript.after
            base, subscript = self.accented(base, subscript)
        if not raised:
            raised = self.superscript()
        after = self.at
        found = self.resolved(base, subscript, raised, token, after)
        if found is None and raised and raised[1] and self.constant(token.text):
            self.at = begin
            return Node(Op.NAME, (), self.constant(token.text), Span(token.start, token.end))
        if found is None and raised and not raised[1]:
            # x^(n + 1) is a power, unless that very name is declared.
            self.at = raised[2]
            found = self.resolved(base, subscript, None, token, self.at)
            if found is None and subscript is None and self.constant(token.text):
                found = Node(Op.NAME, (), self.constant(token.text), Span(token.start, token.end))
        elif found is None and raised:
            name = self.quoted(token.start, self.tokens[after - 1].end)
            remedy = f"{self.declared()} A power is written x^2 or x^(2)."
            raise TriposError(
                self.problem(f'"{name}" is no name of this question.', remedy, token.start, self.tokens[after - 1].end)
            )
        return found

    def accented(self, base: str, subscript: Subscript) -> tuple[str, Subscript | None]:
        """y_hat is ŷ, with what may follow as its index."""
        mark = _ACCENTS.get(self.tokens[subscript.start].text)
        if mark is None or not self.has(normal(base + mark)):
            return base, subscript
        if subscript.stop == subscript.start + 1:
            return normal(base + mark), None
        key = subscript.key.partition("_")[2]
        return normal(base + mark), Subscript(key, subscript.start + 2, subscript.stop, subscript.after)

    def resolved(
        self,
        base: str,
        subscript: Subscript | None,
        raised: tuple[str, bool, int] | None,
        token: Token,
        after: int,
    ) -> Node | None:
        """The declared thing of this base, index and superscript."""
        top = raised[0] if raised else ""
        end = self.tokens[after - 1].end
        if subscript is None:
            return self.leaf(base + top, token.start, end) if self.has(base + top) else None
        whole = base + top
        meaning = self.meaning(whole)
        full = f"{base}_{subscript.key}{top}"
        entries = meaning is not None and meaning.sort in TENSORS
        # An entry goes before a name of its own, W_2 before the second something of W.
        stepped = self.has(full) and not full.isidentifier() and not raised  # h_{t-1}
        if meaning is not None and entries and not stepped and not (self.has(full) and not self.has(subscript.key)):
            found = self.entry(whole, subscript, token, meaning.sort is NameSort.MATRIX, after)
            if found is not None:
                return found
        if self.has(full):
            self.at = after
            return self.leaf(full, token.start, end)
        # y_i where only y is declared: the i counts the data, and nobody has named it.
        if meaning is not None and meaning.sort is NameSort.INDEX and self.is_undeclared(subscript):
            self.at = after
            return self.leaf(whole, token.start, end)
        if entries:
            raise self.no_index(subscript)
        return None

    def has(self, key: str) -> bool:
        return key in self.lexicon.spellings or key in self.bound

    def entry(self, key: str, subscript: Subscript, token: Token, matrix: bool, after: int) -> Node | None:
        """The entry of a vector or a matrix at this index; none where the index names nothing."""
        inside = self.tokens[subscript.start : subscript.stop]
        if not all(part.sort is not Sort.WORD or self.is_index(part.text, matrix) for part in inside):
            return None
        self.enter()
        outer, depth = self.tokens, self.depth - 1
        closing = outer[subscript.stop] if subscript.stop < len(outer) else outer[-1]
        self.tokens = [*self.spread(inside, matrix), Token(Sort.END, closing.text, closing.start, closing.end, 1)]
        self.at = 0
        indices = [self.expression()]
        while self.take(","):
            indices.append(self.expression())
        if not self.ended():
            raise self.left_over()
        self.tokens, self.at, self.depth = outer, after, depth
        for index in indices:
            meaning = self.lexicon.meanings.get(key_of(str(index.value))) if index.op is Op.NAME else None
            if meaning is not None and meaning.sort in TENSORS:
                raise self.no_index(subscript)
        if len(indices) != (2 if matrix else 1):
            raise self.no_index(subscript, f"{self.lexicon.spellings[key]} has {1 + matrix} of them")
        leaf = self.leaf(key, token.start, token.end)
        return Node(Op.ENTRY, (leaf, *indices), None, Span(token.start, outer[after - 1].end))

    def is_index(self, word: str, matrix: bool) -> bool:
        """Whether a word of an index names something, or, in a matrix, is made of letters that each do."""
        if self.knows(word) or self.constant(word):
            return True
        if matrix and all(self.knows(letter) or letter.isdecimal() for letter in word):
            return True
        # The data index under an index: s_{y_i}.
        return len(word) == 1 and any(meaning.sort is NameSort.INDEX for meaning in self.lexicon.meanings.values())

    def spread(self, inside: list[Token], matrix: bool) -> list[Token]:
        """The indices of a matrix, `ij` or `12`, each by itself."""
        if not matrix or len(inside) != 1 or len(inside[0].text) != 2 or self.knows(inside[0].text):
            return inside
        both = inside[0]
        sorts = [Sort.NUMBER if char.isdecimal() else Sort.WORD for char in both.text]
        middle = min(both.start + 1, both.end)
        return [
            Token(sorts[0], both.text[0], both.start, middle),
            Token(Sort.SIGN, ",", middle, middle),
            Token(sorts[1], both.text[1], middle, both.end),
        ]

    def is_undeclared(self, subscript: Subscript) -> bool:
        words = self.tokens[subscript.start : subscript.stop]
        return len(words) == 1 and words[0].sort is Sort.WORD and not self.knows(words[0].text)

    def no_index(self, subscript: Subscript, why: str = "") -> TriposError:
        start, end = self.tokens[subscript.start].start, self.tokens[max(subscript.stop - 1, subscript.start)].end
        indices = [self.lexicon.spellings[key] for key, meaning in self.lexicon.meanings.items()
                   if meaning.sort is NameSort.INDEX] + list(self.bound.values())  # fmt: skip
        remedy = f"The indices of this question are {', '.join(indices)}." if indices else ""
        fact = f'"{self.quoted(start, end)}" is no index here{f": {why}" if why else ""}.'
        return TriposError(self.problem(fact, "" if why else remedy, start, end))

    # Several names in one word.

    def cut(self, token: Token) -> Node:
        """The first of the names that this word is made of; the others are put back on the tape."""
        last: list[str] = []
        if self.sees("_", 1):
            self.at += 1
            subscript = self.subscript()
            self.at -= 1
            last = [word for word in (token.text[-size:] for size in (1, 2, 3, 4, 5)) if self._ends(word, subscript)]
        if token.text.casefold() in UNREAD:
            raise self.unknown(token)
        readings = splits(token.text, self.lexicon, self.bound, last)
        if len(readings) > 1:
            one, other = ("·".join(reading) for reading in readings)
            raise self.two_readings(one, other, token.start, token.end)
        if not readings:
            raise self.unknown(token)
        self.refuse_run_together(token, readings[0])
        self.put_back(token, readings[0])
        return self.operand()

    def refuse_run_together(self, token: Token, words: list[str]) -> None:
        """sj may be s_j or a slip: a vector times an index is nothing."""
        for one, other in pairwise(words):
            sorts = [self.sort_of(word) for word in (one, other)]
            if sorts[0] is NameSort.VECTOR and sorts[1] is NameSort.INDEX:
                raise self.two_readings(f"{one}_{other}", f"{one}·{other}", token.start, token.end)

    def sort_of(self, word: str) -> NameSort | None:
        key = self.key(word)
        if key in self.bound:
            return NameSort.INDEX
        meaning = self.meaning(key) if key is not None else None
        return meaning.sort if meaning else None

    def _ends(self, word: str, subscript: Subscript) -> bool:
        key = self.key(word) or greek(word)
        if self.has(f"{key}_{subscript.key}"):
            return True
        return word.casefold() in REDUCTIONS or word in UNARY

    def unknown(self, token: Token) -> TriposError:
        """The fault of a name that nobody declared."""
        end = token.end
        if self.sees("_", 1):
            self.at += 1
            end = self.tokens[self.subscript().after - 1].end
        name = self.quoted(token.start, end)
        if self.key(token.text) is None and self.sees("(", 1):
            fact = f'"{name}" is neither a function nor a name of this question.'
        else:
            fact = f'"{name}" is no name of this question.'
        hint = nearest(token.text, [*self.lexicon.words, *self.lexicon.spellings.values(), *UNARY])
        return TriposError(self.problem(fact, f"{hint} {self.declared()}".strip(), token.start, end))

    def declared(self) -> str:
        shown = self.lexicon.shown
        return f"Its names are {shown}." if shown else "It has no names."


_ACCENTS = {word: mark for mark, word in ACCENT_WORDS.items()}
_NO_BRACES = {ord(char): None for char in "{}\\"}
