"""Letters: which options of a choice an answer marks. Whether they are the right ones is not asked here."""

from __future__ import annotations

import re

NONE_OF_THESE = "-"
_LETTERS = re.compile(r"[\s,;]*[A-Za-z](?:[\s,;]*[A-Za-z])*[\s,;.]*")


def letters(text: str) -> tuple[str, ...]:
    """The letters in an answer, as capitals, in order and without repeats."""
    return tuple(sorted({char.upper() for char in text if char.isalpha()}))


def is_clear(text: str) -> bool:
    """Whether an answer is nothing but letters, or `-` for none of these."""
    return text.strip() == NONE_OF_THESE or _LETTERS.fullmatch(text) is not None
