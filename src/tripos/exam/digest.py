"""The digest of an exam: it changes with everything that may decide a mark, and not with the file's name or place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from tripos.exam.front import Matter
from tripos.pandoc.element import Element, walk
from tripos.pandoc.reading import Document

LENGTH = 16  # hexadecimal digits


def digest(document: Document, matter: Matter) -> str:
    """The digest of a document with its front matter; title, minutes and language of the exam decide no mark."""
    front = (matter.seed, str(matter.points), sorted(matter.conventions.items()))
    spelt = json.dumps([front, *map(_spelt, walk(document.blocks))], separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).hexdigest()[:LENGTH]


def _spelt(element: Element) -> tuple[object, ...]:
    # With the number of its children, an element before them says also what stands inside of what.
    return tuple(_parts(element))


def _parts(element: Element) -> Iterator[object]:
    yield from (element.kind, element.text, element.identifier, element.classes, element.pairs, element.level)
    yield from (element.checked, element.target, element.style, len(element.children))
