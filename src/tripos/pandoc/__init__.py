"""The only door to Pandoc: Markdown in as typed elements, elements out as HTML, TeX as MathML."""

from tripos.pandoc.element import Element, fold, plain_text, transform, walk
from tripos.pandoc.reading import Document, read, read_file
from tripos.pandoc.writing import html, mathml, unreadable_math

__all__ = [
    "Document",
    "Element",
    "fold",
    "html",
    "mathml",
    "plain_text",
    "read",
    "read_file",
    "transform",
    "unreadable_math",
    "walk",
]
