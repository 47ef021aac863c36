"""Formulas as our pages take them: styles as classes, no TeX beside the MathML, brackets that grow without a font.

Few machines have a font with stretchy brackets. Those round a matrix are drawn by the style sheet; they stay in the
text for screen readers.
"""

from __future__ import annotations

import re

from tripos.language import mathml
from tripos.language.tree import Node
from tripos.pages.markup import Html


def formula(node: Node) -> Html:
    """A tree as MathML."""
    return Html(_bracketed(mathml.of(node)))


def cleaned(written: str) -> Html:
    """What Pandoc wrote, text and formulas, without style attributes, which our pages forbid."""
    plain = _FUNCTION.sub(r'<mrow class="function">\1', _TAG.sub(_tag, _ANNOTATION.sub("", written)))
    return Html(_bracketed(plain))


def _bracketed(written: str) -> str:
    # Almost no text holds a matrix, and this pattern is slow to find none.
    if "</mtable>" not in written:
        return written
    # Fonts that can stretch a bracket would draw it beside ours, however small.
    left, right = (f'<mo class="bracket" stretchy="false">{sign}</mo>' for sign in "[]")
    return _MATRIX.sub(rf'{left}<mtable class="matrix">\1</mtable>{right}', written)


def _tag(match: re.Match[str]) -> str:
    tag = _NOISE.sub("", match[0])
    style = _STYLE.search(tag)
    if style is None:
        return tag
    align = _ALIGN.search(style[1])
    tight = " tight" if "padding" in style[1] else ""
    return tag.replace(style[0], f' class="{align[1]}{tight}"' if align else "")


# Pandoc escapes < and > wherever they are no tags, in attributes too.
_TAG = re.compile(r"<[a-z][^<>]*>")
_STYLE = re.compile(r' style="([^"]*)"')
_ALIGN = re.compile(r"text-align: (left|right|center)")
_NOISE = re.compile(r' (?:columnalign|xmlns)="[^"]*"')  # MathML no longer knows columnalign
_ANNOTATION = re.compile(r"</?semantics>|<annotation[^<>]*>[^<>]*</annotation>")
_FUNCTION = re.compile(r'<mrow>(<mi mathvariant="normal">[a-z]+</mi><mo>(?:&#8289;|\u2061)</mo></mrow>)')
_MATRIX = re.compile(r"<mo[^<>]*>\[</mo><mtable>((?:(?!</?mtable).)*)</mtable><mo[^<>]*>\]</mo>", re.DOTALL)
