"""Writing: elements as HTML, TeX as MathML, many at a time, because starting Pandoc costs more than writing does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from tripos.pandoc.element import INLINE, Element, flat, transform
from tripos.pandoc.encoding import document, encoded
from tripos.pandoc.program import run
from tripos.pandoc.tree import Node, too_deep
from tripos.problem import Place, Problem, TriposError

# Highlighting would bring an id for every line of code.
_HTML = ("-f", "json", "-t", "html5", "--mathml", "--wrap=none", "--syntax-highlighting=none")
_UNREADABLE = "Could not convert TeX math "


def html(fragments: Sequence[Sequence[Element]]) -> list[str]:
    """Each fragment as HTML5 with MathML; inline elements alone come without a paragraph around them.

    Characters of private use stand in the HTML as they stood in the Strs. No ids appear but those given.
    """
    return _written([encoded(transform(fragment, _without_footnotes)) for fragment in fragments])[0]


def mathml(formulas: Sequence[tuple[str, bool]]) -> list[str]:
    """TeX formulas, each with whether it is displayed, as `math` elements; an unreadable one as its TeX in `code`."""
    found, _ = _written([_formula(tex, display) for tex, display in formulas])
    return [
        written if written.startswith("<math") else f'<code class="tex">{escape(tex)}</code>'
        for (tex, _), written in zip(formulas, found, strict=True)
    ]


def unreadable_math(formulas: Sequence[tuple[str, Place]]) -> tuple[Problem, ...]:
    """A problem for each TeX formula that cannot be written as MathML, at its place."""
    found, log = _written([_formula(tex, False) for tex, _ in formulas])
    return tuple(
        _unreadable(tex, place, log)
        for (tex, place), written in zip(formulas, found, strict=True)
        if not written.startswith("<math")
    )


def _formula(tex: str, display: bool) -> list[Node]:
    return encoded([Element("Math", text=tex, display=display)])


def _written(fragments: Sequence[list[Node]]) -> tuple[list[str], str]:
    if not fragments:
        return [], ""
    try:
        cut = _cut(document([block for fragment in fragments for block in fragment]))
        marker: Node = {"t": "Para", "c": [{"t": "Str", "c": cut}]}
        blocks = [block for fragment in fragments for block in (*fragment, marker)]
        output, log = run(_HTML, document(blocks))
    except RecursionError as deep:
        raise TriposError(too_deep(Place())) from deep
    return [part.strip("\n") for part in output.split(f"<p>{cut}</p>")[:-1]], log


def _cut(text: str) -> str:
    # A word that the text does not hold, so that nobody can forge the border between two fragments.
    cut = "tripos-cut"
    while cut in text:
        cut += "-"
    return cut


def _without_footnotes(element: Element) -> Element | Sequence[Element]:
    # Pandoc would collect footnotes below the last fragment and number them anew on every page.
    if element.kind != "Note":
        return element
    blank = Element("Space", element.place)
    words = flat((*_inline(child), blank) for child in element.children)[:-1]
    return replace(element, kind="Span", classes=("footnote",), children=words)


def _inline(block: Element) -> tuple[Element, ...]:
    return (block,) if block.kind in INLINE else block.children if block.kind in ("Para", "Plain") else ()


def _unreadable(tex: str, place: Place, log: str) -> Problem:
    reason = _reason(tex, log)
    unknown = re.search(r"unexpected control sequence (\\(?:[A-Za-z]+|.))", reason)
    start = tex.find(unknown[1]) if unknown else -1
    if not unknown or start < 0:
        remedy = "Look for a missing bracket or argument, or write it in plainer TeX."
        return Problem(place, "this formula cannot be read as TeX.", remedy, text=tex, width=len(tex))
    line = tex.count("\n", 0, start)
    found = place.shifted(start) if not line else Place(place.file, place.line and place.line + line)
    fact = f"this formula cannot be read: {unknown[1]} is not a command known here, or lacks its arguments."
    remedy = "Correct it, or write it in plainer TeX."
    return Problem(found, fact, remedy, text=tex, start=start, width=len(unknown[1]))


def _reason(tex: str, log: str) -> str:
    # Pandoc breaks and indents the lines of a formula in its warning.
    words = " ".join(tex.split())
    _, found, after = " ".join(log.split()).partition(f"{_UNREADABLE}{words}, rendering as TeX:")
    return after.partition("[WARNING]")[0] if found else ""
