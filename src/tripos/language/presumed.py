"""Presumed names: what the names of a text that nobody declared are taken for, where a text stands by itself.

In an exam nothing is presumed. Here a letter is a real number; where it has an index of one letter, `s_j`, it is a
vector and the letter its index; `W_{ij}` is an entry of a matrix; `f(x)` calls a function. Beside a name with a step in
its index, `h_{t-1}`, the indices are parts of names: `W_h`, `x_t`. What is transposed is a matrix, or a vector.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tripos.language.names import Free, Names, Sort, spelt_name
from tripos.language.notation import STEPS
from tripos.language.presumed_tensors import TRANSPOSED, fitted, matrix
from tripos.language.student import MAX_CHARACTERS
from tripos.language.student.lexemes import PLAIN, Token, lexed
from tripos.language.student.lexemes import Sort as Lexeme
from tripos.language.student.lexicon import CONSTANTS, Lexicon, greek, lexicon
from tripos.language.student.signs import BRACKETED, KEYWORDS, QUANTIFIERS, REDUCTIONS, UNARY
from tripos.language.vocabulary import BUILT_IN
from tripos.problem import TriposError

OTHERS = ("O", "Theta", "Θ", "true", "false", "indices", "range", "labels", "reals", "integers", "undefined")
FUNCTIONS = frozenset("fghφψ")  # letters that call a function where a bracket follows
KNOWN = frozenset({*UNARY, *BRACKETED, *REDUCTIONS, *QUANTIFIERS, *KEYWORDS, *CONSTANTS, *BUILT_IN, *OTHERS})
INDICES = frozenset("ijklmpqr")  # x_{ij} is an entry of a matrix, s_in a name
LETTERS = 3  # a word of so many letters is a product of names; a longer one is a name


def presumed(text: str, names: Names, plain: Sort = Sort.REAL) -> dict[str, Free]:
    """What the names of a text are taken for that are not among these; `plain` is what a letter by itself is."""
    if len(text) > MAX_CHARACTERS:
        return {}
    try:
        tokens = lexed(text, PLAIN)
    except TriposError:
        return {}  # whoever reads the text will say why it cannot be read
    reading = _Reading(tokens, names, lexicon(names), plain)
    for place, token in enumerate(tokens):
        if token.text.casefold() in REDUCTIONS or (token.sort is Lexeme.WORD and token.text in _BINDING):
            reading.bind(place)
    reading.note_steps()
    while reading.at < len(tokens) - 1:
        reading.step()
    found = reading.whole_names()
    return found if plain is not Sort.REAL else fitted(tokens, found, names)


_BINDING = ("for", "over")
_APPLIED = re.compile(r"\(|\^(?:\d+|\{\d+\})\(")


@dataclass(slots=True)
class _Reading:
    tokens: list[Token]
    names: Names
    declared: Lexicon
    plain: Sort
    at: int = 0
    found: dict[str, Free] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)  # variables of sums
    steps: set[str] = field(default_factory=set)  # letters that are part of a name as indices: the t of h_{t-1}

    def step(self) -> None:
        """Take in what stands here."""
        token = self.tokens[self.at]
        self.at += 1
        if self.is_sign("∂", self.at - 1):
            self.derivative()
        elif token.sort is Lexeme.WORD and not self.is_cross():
            self.word(token)

    def bind(self, place: int) -> None:
        """A sum and its like: the word below it is a variable of its own."""
        ahead = place + 1
        if self.tokens[place].text not in _BINDING:
            ahead += self.is_sign("over", ahead)
            if not self.is_sign("_", ahead) and ahead == place + 1:
                return
            ahead += self.is_sign("_", ahead)
            ahead += self.is_sign("{", ahead) or self.is_sign("(", ahead)
        if ahead < len(self.tokens) and self.tokens[ahead].sort is Lexeme.WORD:
            self.bound.add(greek(self.tokens[ahead].text))

    def note_steps(self) -> None:
        """Take note of the letters of indices with a step, and of the names that have such an index."""
        texts = [greek(token.text) for token in self.tokens]
        for place in range(1, len(texts) - 5):
            sign, opened, letter, step, _, closed = texts[place : place + 6]
            base, declared = texts[place - 1], self.names.get(texts[place - 1])
            is_entry = isinstance(declared, Free) and declared.sort is Sort.VECTOR
            is_index = letter in self.bound or letter in self.names or not letter.isalpha()
            is_step = (sign, opened, closed) == ("_", "{", "}") and step in STEPS
            if is_step and not is_index and not is_entry:
                self.steps |= {base, letter}
        for place, text in enumerate(texts[: -2 if self.steps else 0]):
            index = texts[place + 2] if texts[place + 1] == "_" else ""
            index = texts[place + 3] if index == "{" and place + 3 < len(texts) else index
            if index in self.steps and text.isalpha():
                self.steps.add(text)

    def whole_names(self) -> dict[str, Free]:
        """The names that were found; an index of nothing in particular is one of the first vector."""
        vector = next((name for name, meaning in self.found.items() if meaning.sort is Sort.VECTOR), "")
        for name, meaning in self.found.items():
            if meaning.sort is Sort.INDEX and not meaning.of:
                self.found[name] = Free(Sort.INDEX, of=vector) if vector else Free(self.plain)
        self.compared()
        return self.found

    def compared(self) -> None:
        """What is compared with an index in brackets is one: the y of 1[j = y]."""
        level = 0
        for place, token in enumerate(self.tokens[:-1]):
            level += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
            if level < 1 or token.text not in ("=", "!=") or not place:
                continue
            sides = [greek(self.tokens[place + by].text) for by in (-1, 1)]
            for one, other in (sides, sides[::-1]):
                meaning = self.found.get(one) or self.names.get(one)
                if not isinstance(meaning, Free) or meaning.sort is not Sort.INDEX:
                    continue
                if self.found.get(other) == Free(self.plain):
                    self.found[other] = meaning

    def is_cross(self) -> bool:
        """Whether the word before this place is an x between numbers."""
        before, after = self.at - 2, self.tokens[self.at]
        is_after = before >= 0 and self.tokens[before].sort is Lexeme.NUMBER
        word = self.tokens[self.at - 1].text
        is_before = after.sort is Lexeme.NUMBER if len(word) == 1 else word[1:].isdecimal()
        return word[0] in "xX" and is_after and is_before

    def word(self, token: Token) -> None:
        """A name with its index and superscript, or names that run together."""
        base = greek(token.text)
        if base[0] == "T" and self.is_raised():
            base = base[1:]  # W^T is a transpose, and X^TX one of X
            if not base:
                return
        if self.belongs(base):
            return
        known = self.is_known(token.text) or self.is_known(token.text.rstrip("0123456789"))  # ln2 is ln 2
        if known or base in self.bound or self.is_applied(base):
            return
        excluded = self.is_sign("!=", self.at - 2)
        raised = self.superscript()
        inside = list(self.subscript())
        raised = raised or self.superscript()
        if excluded and self.bound:
            self.declare(base, Free(Sort.INDEX))  # the y of j ≠ y, or of j ≠ y_i
        elif inside:
            self.indexed(base, inside, raised)
        elif raised:
            self.declare(base + raised, Free(self.plain))
        elif base in FUNCTIONS and (self.is_sign("(", self.at) or self.is_sign("'", self.at)):
            self.declare(base, Free(Sort.FUNCTION))
        elif 1 < len(base) <= LETTERS and base.isalpha() and base == token.text and len(_letters(base)) == len(base):
            for letter in base:
                if not self.is_known(letter) and letter not in self.bound:
                    self.declare(letter, Free(self.plain))
        else:
            self.declare(base, Free(self.plain))

    def is_raised(self) -> bool:
        """Whether the word before this place stands above a name or a bracket, as T does where it transposes."""
        place = self.at - 2 - self.is_sign("{", self.at - 2)
        before = self.tokens[place - 1] if place > 0 else self.tokens[-1]
        raised = (before.sort is Lexeme.WORD and before.text not in CONSTANTS) or self.is_sign("_", place - 2)
        return self.is_sign("^", place) and (raised or before.text in (")", "]", "}"))

    def is_applied(self, base: str) -> bool:
        """Whether this is σ(x), σ²(x), or the indicator I(j = y)."""
        following = "".join(token.text for token in self.tokens[self.at : self.at + 5])
        if base == "I" and following[:1] == "(":
            return any(f"{sign}" in following for sign in ("=", "<", ">"))
        return base == "σ" and _APPLIED.match(following) is not None

    def belongs(self, base: str) -> bool:
        """Whether an index here is part of a declared name: y_i as it is declared, or the i of y_i where only y is."""
        if not self.is_sign("_", self.at):
            return False
        start, inside = self.at, "".join(greek(part.text) for part in self.subscript())
        meaning = self.names.get(base)
        if f"{base}_{inside}" in self.names or (isinstance(meaning, Free) and meaning.sort is Sort.INDEX):
            return True
        self.at = start
        return False

    def indexed(self, base: str, inside: list[Token], raised: str) -> None:
        words = [greek(part.text) for part in inside if part.sort is Lexeme.WORD]
        first = words[0] if words else ""
        whole = "".join(greek(part.text) for part in inside)
        stepped = bool(self.steps) and all(letter in self.steps or not letter.isalpha() for letter in whole)
        if stepped and STEPS & set(whole):
            self.declare(f"{base}_{{{whole}}}{raised}", Free(self.plain))
            return
        by_letters = len(first) == 2 and not base.isupper() and not set(first) <= INDICES
        above = "".join(part.text for part in self.tokens[self.at : self.at + 4])
        transposed = len(first) == 1 and above.startswith(TRANSPOSED)  # W_h^T: no entry is transposed
        if not words or stepped or transposed or len(first) > 2 or by_letters:
            self.declare(f"{base}_{whole}{raised}", Free(self.plain))
            return
        by_two = (len(first) == 2 and first.isalpha()) or any(part.text == "," for part in inside)
        letters = [word for word in (_letters(first) if by_two and len(first) == 2 else words[: 1 + by_two]) if word]
        self.declare(base + raised, matrix(base + raised) if by_two else Free(Sort.VECTOR))
        for letter in letters:
            if letter not in self.bound:
                self.declare(letter, Free(Sort.INDEX, of=base + raised))

    def derivative(self) -> None:
        """A derivative that is given: ∂L/∂x."""
        above = self.whole()
        between = [token.text for token in self.tokens[self.at : self.at + 3]]
        if above and (between[:2] == ["/", "∂"] or between == ["}", "{", "∂"]):
            self.at += between.index("∂") + 1
            below = self.whole()
            if below:
                self.declare(f"∂{above}/∂{below}", Free(self.plain))

    def whole(self) -> str:
        """A name with all that belongs to it, as one name."""
        token = self.tokens[self.at]
        if token.sort is not Lexeme.WORD:
            return ""
        self.at += 1
        raised = self.superscript()
        index = "".join(greek(part.text) for part in self.subscript())
        index = f"{{{index}}}" if STEPS & set(index) else index
        raised = raised or self.superscript()
        return greek(token.text) + (f"_{index}" if index else "") + raised

    def subscript(self) -> Iterator[Token]:
        """The tokens of the index that begins here, if one does."""
        if not self.is_sign("_", self.at):
            return
        self.at += 1
        if not self.is_sign("{", self.at):
            yield self.tokens[self.at]
            self.at += self.at < len(self.tokens) - 1
            return
        level = 0
        while self.at < len(self.tokens) - 1:
            token = self.tokens[self.at]
            level += (token.text == "{") - (token.text == "}")
            self.at += 1
            if level == 0:
                return
            if token.text not in ("{", "}"):
                yield token

    def superscript(self) -> str:
        """The superscript in brackets that begins here, if one does and is part of a name: ^{(1)}, ^[2]."""
        if not self.is_sign("^", self.at):
            return ""
        braced = self.is_sign("{", self.at + 1)
        texts = [token.text for token in self.tokens[self.at + 1 + braced : self.at + 5 + braced]]
        is_name = len(texts) > 2 and (texts[0], texts[2]) in (("(", ")"), ("[", "]")) and (braced or texts[0] == "[")
        if not is_name:
            return ""
        self.at += 4 + 2 * braced
        return "^" + "".join(texts[:3])

    def is_sign(self, sign: str, place: int) -> bool:
        return place < len(self.tokens) and self.tokens[place].text == sign

    def is_known(self, word: str) -> bool:
        declared, base = self.declared, greek(word)
        return bool({word, word.casefold(), base} & KNOWN) or base in declared.spellings or word in declared.words

    def declare(self, name: str, meaning: Free) -> None:
        """Take note of a name; that it is a vector, or an index, says more than that it is a number."""
        spelt = spelt_name(name)
        if spelt is None or spelt in self.names:
            return
        before = self.found.get(spelt)
        if before is None or (before.sort is self.plain and meaning.sort is not self.plain):
            self.found[spelt] = meaning


def _letters(word: str) -> list[str]:
    """The letters of a word, an accent with the letter that it stands on."""
    return list(word)
