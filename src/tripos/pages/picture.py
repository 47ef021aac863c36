"""Pictures: an exam's image files, put into the page itself, so that a page is one file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

KINDS: Mapping[str, str] = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
LARGEST = 2_000_000  # bytes; every student's page holds it


def source(target: str, file: str) -> str:
    """An image beside an exam's file as an address that holds it; empty if there is no such picture."""
    folder = Path(file).resolve().parent
    try:
        path = (folder / unquote(target)).resolve()
        if not path.is_relative_to(folder) or not path.is_file() or path.stat().st_size > LARGEST:
            return ""
        held = path.read_bytes()
    except (OSError, ValueError):
        return ""
    kind = KINDS.get(path.suffix.lower(), "")
    return f"data:{kind};base64,{b64encode(held).decode()}" if kind else ""
