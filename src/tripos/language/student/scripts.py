"""Scripts: indices and superscripts as they stand, before it is known what they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from tripos.language.student.lexemes import Sort, Token
from tripos.language.student.lexicon import greek
from tripos.language.student.signs import ACCENT_WORDS
from tripos.language.student.tape import Tape
from tripos.problem import Refusal

MAX_CHAINED = 4  # indices of indices


@dataclass(frozen=True, slots=True)
class Subscript:
    """An index as it stands: its key, and which tokens it is made of."""

    key: str
    start: int
    stop: int
    after: int  # where the tape goes on


class Scripts(Tape):
    """Reading indices and superscripts."""

    __slots__ = ()

    def subscript(self) -> Subscript:
        """The index that begins at this `_`."""
        opened = self.at + 1
        token = self.peek(1)
        if token.sort is Sort.SIGN and token.text in ("{", "("):
            stop = self.closing(opened)
            if self.tokens[stop].sort is Sort.END:
                raise self.fault(f"{token} is never closed.", "Close every bracket that you open.", token)
            if stop == opened + 1:
                raise self.fault("nothing stands in this index.", "", token)
            inside = self.tokens[opened + 1 : stop]
            key = "".join(greek(part.text) if part.sort is Sort.WORD else part.text for part in inside)
            return Subscript(key.translate(_NO_BRACES), opened + 1, stop, stop + 1)
        if token.sort not in (Sort.WORD, Sort.NUMBER):
            self.at += 1
            raise self.fault(f"an index is missing before {token}.")
        key, stop = greek(token.text), opened + 1
        # s_y_i is s_{y_i}.
        while self.is_sign(stop, "_") and self.is_leaf(stop + 1):
            if stop > opened + 2 * MAX_CHAINED:
                raise Refusal(self.fault(f"this name has more than {MAX_CHAINED} indices.").problems[0])
            key += "_" + greek(self.tokens[stop + 1].text)
            stop += 2
        return Subscript(key, opened, stop, stop)

    def superscript(self) -> tuple[str, bool, int] | None:
        """A superscript in brackets, which belongs to a name: its key, whether it is certain, and where it began."""
        if not self.raises_brackets():
            return None
        begin = self.at
        braced = self.sees("{", 1)
        opened = self.at + 1 + braced
        stop = self.closing(opened)
        if self.tokens[stop].sort is Sort.END:
            return None
        if braced and self.tokens[stop + 1].text in ("T", "⊤") and self.is_sign(stop + 2, "}"):
            # W^{(1)T} is the transpose of W^{(1)}.
            at = self.tokens[stop + 1].start
            self.tokens[stop + 1 : stop + 1] = [Token(Sort.SIGN, sign, at, at) for sign in "}^{"]
        if braced and not self.is_sign(stop + 1, "}"):
            return None
        key = "".join(greek(part.text) for part in self.tokens[opened : stop + 1])
        self.at = stop + 1 + braced
        return f"^{key}", braced or key[0] == "[", begin

    def raises_brackets(self) -> bool:
        if not self.sees("^"):
            return False
        ahead = 1 + self.sees("{", 1)
        token = self.peek(ahead)
        return token.sort is Sort.SIGN and token.text in ("(", "[")

    def is_sign(self, place: int, sign: str) -> bool:
        return place < len(self.tokens) and self.tokens[place].text == sign and self.tokens[place].sort is Sort.SIGN

    def is_leaf(self, place: int) -> bool:
        return place < len(self.tokens) and self.tokens[place].sort in (Sort.WORD, Sort.NUMBER)

    def put_back(self, token: Token, words: list[str]) -> None:
        """Replace the token here by tokens for these pieces of it."""
        exactly = token.end - token.start == len(token.text)
        place = token.start
        pieces = []
        for word in chain.from_iterable(map(_PARTS.findall, words)):
            end = place + len(word) if exactly else token.end
            sort = Sort.NUMBER if word[0].isdecimal() else Sort.WORD
            pieces.append(Token(sort, word, place if exactly else token.start, end, 0, piece=True))
            place = end
        pieces[0].gap, pieces[0].piece = token.gap, token.piece
        self.tokens[self.at : self.at + 1] = pieces


_ACCENTS = {word: mark for mark, word in ACCENT_WORDS.items()}
_PARTS = re.compile(r"[0-9]+|[^0-9].*")
_NO_BRACES = {ord(char): None for char in "{}\\"}
