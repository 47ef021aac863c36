"""Markup: HTML as a type of its own, so that every text is escaped exactly once and nothing that is markup ever is.

`Html` is made here, by `pandoc.writing` and by `language.mathml`; a plain `str` among the contents of an element is
text, and is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that is whole and safe as it stands."""

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


Content: TypeAlias = Html | str
NOTHING = Html("")

# What no HTML document may hold, and lone surrogates, which no file can hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_VOID = frozenset({"meta", "br", "hr"})


def text(words: str) -> Html:
    """Words as markup that shows them."""
    return Html(escape(_UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", words)))


def element(tag: str, *contents: Content, **attributes: str) -> Html:
    """An element; attributes that are empty are left out, and `class_` is `class`, `aria_label` is `aria-label`."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{text(value).text}"' for name, value in attributes.items() if value
    )
    if tag in _VOID:
        return Html(f"<{tag}{written}>")
    return Html(f"<{tag}{written}>{joined(contents).text}</{tag}>")


def joined(contents: Iterable[Content], between: Content = "") -> Html:
    """Contents one after the other, with something between every two."""
    border = between.text if isinstance(between, Html) else text(between).text
    return Html(border.join(part.text if isinstance(part, Html) else text(part).text for part in contents))


def isolated(words: str, **attributes: str) -> Html:
    """What a stranger wrote: its direction of writing cannot reach beyond it."""
    return element("bdi", words, **attributes)


def for_ears(words: str) -> Html:
    """Words for screen readers alone, where others see a sign."""
    return element("span", words, class_="ears")


def shortened(words: str, most: int) -> str:
    """Words cut to so many characters."""
    return words if len(words) <= most else f"{words[: most - 1]}…"
