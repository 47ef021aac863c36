"""Refusal: what Markdown may hold and an exam may not. Attributes of the format are judged by those who use them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from unicodedata import combining, name
from urllib.parse import unquote

from tripos.pandoc.element import Element, transform, walk
from tripos.pandoc.source import Source
from tripos.pandoc.tree import KINDS
from tripos.problem import Place, Problem

Report = Callable[[Problem], None]

REPLACEMENT = "\ufffd"

_ACCENTS = 8

# Private use is for our own markers; the others hide, reverse or break text. Tab and newline are text.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff"
    "\ue000-\uf8ff\ud800-\udfff\U000f0000-\U0010ffff]"
)
_LINK = re.compile(r"(?:https?://|mailto:|#)[^\s\\]+", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def legible(text: str, place: Callable[[int], Place], report: Report) -> str:
    """The text with its hidden characters replaced, each line's first reported; `place` gives an offset's place."""
    last = 0
    for match in _HIDDEN.finditer(text):
        found = place(match.start())
        if found.line != last or not last:
            report(_hidden(match[0], found))
        last = found.line
    return _HIDDEN.sub(REPLACEMENT, text)


def unstacked(text: str, place: Callable[[int], Place], report: Report) -> str:
    """The text with towers of accents cut: to compose one takes time that grows with the square of its height."""
    characters = list(text)
    height = 0
    for offset, character in enumerate(characters):
        height = height + 1 if character > "\u02ff" and combining(character) else 0
        if height > _ACCENTS:
            characters[offset] = REPLACEMENT
        if height == _ACCENTS + 1:
            fact = f"more than {_ACCENTS} accents stand on one letter."
            report(Problem(place(offset), fact, "Delete those that are not meant."))
    return "".join(characters)


def _hidden(character: str, place: Place) -> Problem:
    code = f"U+{ord(character):04X}"
    known = name(character, "").lower()
    private = "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"
    what = known or ("private use" if private else "a control character")
    remedy = "Delete it or write the character you mean; such ones often come along when text is copied from a PDF."
    return Problem(place, f"the character {code} ({what}) cannot be part of an exam.", remedy)


def permitted(elements: Sequence[Element], source: Source, report: Report) -> tuple[Element, ...]:
    """The elements without what is refused; each refusal is reported."""
    _lone_backticks(elements, source, report)

    def judged(element: Element) -> Element | Sequence[Element]:
        if element.kind in ("RawBlock", "RawInline"):
            report(_raw(element))
            return ()
        if element.kind not in KINDS:
            report(Problem(element.place, f"{element.kind} is not part of an exam.", "Write it as a paragraph."))
            return ()
        return _addressed(_clean(element, report), report)

    return transform(elements, judged)


def _raw(element: Element) -> Problem:
    words = " ".join(element.text.split())
    if element.style == "html" and words.startswith("<!--"):
        remedy = "Write a comment that is never shown as a div: ::: note ... :::"
    elif element.style == "html":
        remedy = "Write Markdown: **bold**, *italic*, H~2~O, x^2^, a pipe table, or \\< for the sign itself."
    else:
        remedy = "Write Markdown, and formulas between dollar signs."
    fact = f"raw {'HTML' if element.style == 'html' else element.style} is not part of an exam: {words[:40]}"
    return Problem(element.place, fact, remedy)


def _lone_backticks(elements: Sequence[Element], source: Source, report: Report) -> None:
    reported = 0
    for element in walk(elements):
        lone = element.kind == "Str" and element.text and not element.text.strip("`")
        # One that was written \` or &#96; is meant; of two on a line, a table has cut one code.
        if lone and source.at(element.place) == "`" and element.place.line != reported:
            reported = element.place.line
            report(Problem(element.place, "a backtick stands alone: nothing closes the code it opens.", _BACKTICK))


_BACKTICK = "Close it; in a table write \\| for a bar inside of code; write \\` for a backtick itself."


def _clean(element: Element, report: Report) -> Element:
    if not (element.pairs or _HIDDEN.search(element.text) or _named(element)):
        return element
    dropped = [key for key, _ in element.pairs if _acts(key)]
    for key in dropped:
        fact = f"the attribute {key} is not part of an exam."
        report(Problem(element.place, fact, "Take it out; how an exam looks is not said in its file."))
    pairs = tuple((key, value) for key, value in element.pairs if not _acts(key))

    def read(text: str) -> str:
        # The source was legible; an entity such as &#xE000; is decoded only here.
        return legible(text, lambda _: element.place, report)

    return replace(
        element,
        text=read(element.text),
        identifier=read(element.identifier),
        classes=tuple(read(one) for one in element.classes),
        pairs=tuple((read(key), read(value)) for key, value in pairs),
        target=read(element.target),
        title=read(element.title),
    )


def _named(element: Element) -> bool:
    return bool(element.identifier or element.classes or element.target or element.title)


def _acts(key: str) -> bool:
    lower = key.lower().strip()
    return lower == "style" or lower.startswith("on")


def _addressed(element: Element, report: Report) -> Element:
    if element.kind == "Link" and not _LINK.fullmatch(element.target):
        fact = f"a link to {_quoted(element.target)} is not part of an exam."
        report(Problem(element.place, fact, "Link to http://, https://, mailto: or an #id of the exam."))
    elif element.kind == "Image" and not _inside(element.target):
        fact = f"the image {_quoted(element.target)} does not lie in the exam's folder."
        report(Problem(element.place, fact, "Put it there and give its path from the exam file, like figures/net.png."))
    else:
        return element
    return replace(element, kind="Span", target="", title="")


def _quoted(target: str) -> str:
    return f'"{target[:80]}"'


def _inside(target: str) -> bool:
    path = _decoded(target)
    if not path or path.startswith("/") or "\\" in path or _SCHEME.match(path) or _HIDDEN.search(path):
        return False
    depth = 0
    for part in path.split("/"):
        depth += _step(part)
        if depth < 0:
            return False
    return depth > 0


def _step(part: str) -> int:
    # Some systems drop blanks and dots at the end of a name, which makes ".. " of "..".
    bare = part.strip()
    return -1 if bare.startswith("..") and not bare.strip(". ") else 0 if bare in ("", ".") else 1


def _decoded(target: str) -> str:
    # Encoded twice, "%252e" is "." to whoever decodes twice.
    for _ in range(8):
        decoded = unquote(target)
        if decoded == target:
            return target
        target = decoded
    return ""


def first_problems(problems: Iterable[Problem], most: int = 200) -> tuple[Problem, ...]:
    """The problems in the order of the text; where there are too many to read, the first and how many more."""
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: (problem.place.line, problem.place.column))
    if len(ordered) <= most:
        return tuple(ordered)
    last = ordered[most].place
    more = Problem(last, f"{len(ordered) - most} more problems follow.", "Correct the first ones and check again.")
    return (*ordered[:most], more)
