"""A page taken apart, as a browser would, to see what is in it."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img"}
# Everything that we or Pandoc ever write; a word of a student's must not become either.
TAGS = """
html head meta title style body main nav header section h1 h2 h3 h4 p a span small strong em bdi div table thead tbody
tr th td ul ol li code pre details summary blockquote svg g rect line text math mi mn mo mtext mspace mrow msup msub
msubsup munder mover munderover mfrac msqrt mtable mtr mtd mpadded mstyle
"""
ATTRIBUTES = """
lang charset http-equiv content name class id href aria-hidden aria-label role scope tabindex viewbox x y x1 x2 y1 y2
width height display form stretchy fence accent movablelimits lspace rspace mathvariant columnspacing columnalign
separator minsize maxsize start type
"""


class Page(HTMLParser):
    """A page as a browser would take it apart; refuses tags that do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words.append(data)

    def safe(self) -> Page:
        """Itself, if nothing in it is more than we write ourselves."""
        assert self.tags <= set(TAGS.split())
        assert self.attributes <= set(ATTRIBUTES.split())
        return self
