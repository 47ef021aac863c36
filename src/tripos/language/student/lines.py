"""Lines: a new line where rows or cases stand one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from tripos.language.student.lexemes import Sort, Token

_GOES_ON = frozenset("+-*×·⊙/^=<>") | {
    "<=",
    ">=",
    "!=",
    ",",
    ";",
    "&",
    "(",
    "[",
    "{",
    "\\{",
    "\\\\",
    "|",
    "∈",
    "->",
    ":",
}
_CONTINUES = _GOES_ON | {")", "]", "}", "\\}"}


def parted(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens with a semicolon where a line ends outside all brackets and the next begins something new."""
    out: list[Token] = []
    level = 0
    for token in tokens:
        if out and token.sort is not Sort.END and level == 0:
            before = out[-1]
            if "\n" in text[before.end : token.start] and not (_is(before, _GOES_ON) or _is(token, _CONTINUES - {"-"})):
                out.append(Token(Sort.SIGN, ";", before.end, before.end + 1, 0))
        if token.sort is Sort.SIGN:
            level += (token.text in "([") or token.text.startswith("\\begin") or token.text == "\\{"
            level -= (token.text in ")]") or token.text.startswith("\\end") or token.text == "\\}"
        out.append(token)
    return out


def _is(token: Token, signs: frozenset[str]) -> bool:
    return token.sort is Sort.SIGN and token.text in signs
