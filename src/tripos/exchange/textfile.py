"""A text file whole: bounded, UTF-8, without NUL bytes, not empty. What is in it is read elsewhere."""

from __future__ import annotations

from pathlib import Path

from tripos.problem import Place, Problem, TriposError

LARGEST = 200_000_000  # bytes


def text_of(path: Path) -> str:
    """The text of a file; raises with the place of what makes it no text."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        fact = f"the file cannot be opened: {getattr(error, 'strerror', None) or error}."
        raise TriposError(Problem(Place(file), fact, "Check its name and that you may read it.")) from error
    if len(raw) > LARGEST:
        fact = f"the file is larger than {LARGEST // 1_000_000} MB."
        raise TriposError(Problem(Place(file), fact, "Divide it, or name the file that you meant."))
    if (at := raw.find(b"\0")) >= 0:
        fact = "the file holds a NUL byte, so it is no UTF-8 text."
        raise TriposError(Problem(_place(file, raw, at), fact, "Save it as UTF-8 text and run again."))
    text = _decoded(raw, file)
    if not text.strip():
        raise TriposError(Problem(Place(file), "the file is empty.", "Name the file that you meant."))
    return text


def _decoded(raw: bytes, file: str) -> str:
    try:
        return raw.decode("utf-8-sig")  # a byte-order mark, as spreadsheets write it, is no part of the text
    except UnicodeDecodeError as error:
        fact = f"the file is not UTF-8: the byte {error.object[error.start]:02X} cannot stand here."
        # The decoder has dropped the mark, so the byte is sought in what it was given.
        place = _place(file, error.object, error.start)
        raise TriposError(Problem(place, fact, "Save it as UTF-8 and run again.")) from error


def _place(file: str, raw: bytes, offset: int) -> Place:
    begin = raw.rfind(b"\n", 0, offset) + 1
    column = len(raw[begin:offset].decode("utf-8", errors="replace")) + 1
    return Place(file, raw.count(b"\n", 0, offset) + 1, column)
