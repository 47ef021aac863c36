"""The frame of a page: no script, nothing loaded from elsewhere, one style sheet that the page holds itself."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from tripos.pages.markup import Html, element, joined, text

GENERATOR = "Tripos"


def page(title: str, *contents: Html, language: str = "en") -> str:
    """A whole document."""
    head = (
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content=GENERATOR),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        Html(f"<style>{_style()}</style>"),
    )
    body = element("main", *contents)
    lines = joined([element("head", joined(head, "\n")), element("body", body)], "\n")
    return f'<!DOCTYPE html>\n<html lang="{text(language).text}">\n{lines.text}\n</html>\n'


def _policy() -> str:
    # In a file opened from a disk 'self' means nothing: the style sheet is named by its digest, images are in the page.
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    return (files("tripos.pages") / "style.css").read_text("utf-8")
