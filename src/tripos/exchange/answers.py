"""Answers: a value of a file as what a student did with a gap, by the gap's kind, and back.

Text does for every kind. Where a file has more than text, the type must fit the kind: true and false a truth, a list
of letters a choice, a number a number, a list a shape or a vector, a list of lists a matrix or a mask. Null and text
without a word are blank; an empty list is "none of these".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from tripos.exchange.jsonl import NOT_NUMBERS, Json, Numeral, described
from tripos.exchange.report import CONTROL, shown
from tripos.language.kind import Kind
from tripos.marking.response import BLANK, Answer, Given
from tripos.problem import Place, Problem, TriposError
from tripos.proof.letters import NONE_OF_THESE

LONGEST = 10_000  # characters
DASHES = (NONE_OF_THESE, "–", "—", "−")  # what a word processor makes of the sign
NUMBERS = (Kind.NUMBER, Kind.SHAPE, Kind.FORMULA)  # 256 is a shape of one length; a formula may be a constant
WANTED: Mapping[Kind, str] = {
    Kind.TRUTH: "true, false or a text",
    Kind.CHOICE: "a list of letters or a text",
    Kind.NUMBER: "a number or a text",
    Kind.FORMULA: "a text or a number",
    Kind.SHAPE: "a list of numbers or a text",
    Kind.VECTOR: "a list of numbers or a text",
    Kind.SET: "a list or a text",
    Kind.MATRIX: "a list of rows or a text",
    Kind.MASK: "a list of rows or a text",
}
TEXT = "a text"
_SEPARATORS = re.compile(r"[\s,;]+")
_BETWEEN_ENTRIES = re.compile(r"[\[\]{},;]")


def answer(value: Json, kind: Kind, options: Sequence[str] = ()) -> Answer:
    """A value as an answer; raises with half a sentence, "with …", if it can be none."""
    found = _answer(value, kind, options)
    if isinstance(found, Given) and len(found.text) > LONGEST:
        raise refused(f"with {len(found.text):,} characters; at most {LONGEST:,} are read")
    if isinstance(found, Given) and (control := CONTROL.search(found.text)):
        raise refused(f"with a control character, U+{ord(control[0]):04X}, after {control.start():,} others")
    return found


def refused(fact: str) -> TriposError:
    """The refusal of a value, in half a sentence; the caller knows whose it is and where it stands."""
    return TriposError(Problem(Place(), fact))


def _answer(value: Json, kind: Kind, options: Sequence[str]) -> Answer:
    match value:
        case None:
            return BLANK
        case str():
            return _text(value, kind, options)
        case bool() if kind is Kind.TRUTH:
            return Given("true" if value else "false")
        case Numeral() if kind in NUMBERS:
            return Given(_number(value))
        case list() if kind is Kind.CHOICE:
            return _marked([_letter(part, options) for part in value], options) if value else Given(NONE_OF_THESE)
        case list() if kind in LISTS:
            return LISTS[kind](value, kind)
        case _:
            raise _unfit(value, kind)


def _text(text: str, kind: Kind, options: Sequence[str]) -> Answer:
    if not text.strip():
        return BLANK
    if kind is not Kind.CHOICE:
        return Given(text)
    if text.strip() in DASHES:
        return Given(NONE_OF_THESE)
    return _marked(list(_SEPARATORS.sub("", text)), options)


def _marked(marks: Sequence[str], options: Sequence[str]) -> Answer:
    found = {mark.upper() for mark in marks}
    for mark in marks:
        if mark.upper() not in options:
            raise refused(f'with "{shown(mark)}"; its options are {options[0]} to {options[-1]}')
    return Given(", ".join(sorted(found)) or NONE_OF_THESE)


def _letter(value: Json, options: Sequence[str]) -> str:
    if isinstance(value, str):
        return value.strip()
    raise refused(f"with a list that holds {described(value)}; its options are {options[0]} to {options[-1]}")


def _flat(values: list[Json], kind: Kind) -> Answer:
    return _bracketed("[", [_row(values, kind)], "]", kind)


def _rows(values: list[Json], kind: Kind) -> Answer:
    rows = [_row(value, kind) for value in values if isinstance(value, list)]
    # A list without lists in it is one row; marking says what is missing.
    return _bracketed("[", rows if len(rows) == len(values) else [_row(values, kind)], "]", kind)


def _set(values: list[Json], kind: Kind) -> Answer:
    return _bracketed("{", [_row(values, kind)], "}", kind) if values else Given("{}")


def _bracketed(opening: str, rows: Sequence[Sequence[str]], closing: str, kind: Kind) -> Answer:
    if not rows or not all(rows):
        raise refused(f"with an empty list, where {WANTED[kind]} is asked for")
    if not any(entry for row in rows for entry in row):
        return BLANK
    return Given(opening + "; ".join(", ".join(row) for row in rows) + closing)


def _row(values: list[Json], kind: Kind) -> list[str]:
    return [_entry(value, kind) for value in values]


def _entry(value: Json, kind: Kind) -> str:
    match value:
        case None:
            return ""  # a cell that was left empty: the rest of the answer is still the student's
        case Numeral():
            return _number(value)
        case str() if _BETWEEN_ENTRIES.search(value) is None:
            return value.strip()
        case str():
            raise refused(f'with the entry "{shown(value)}", which is more than one')
        case _:
            raise refused(f"with a list that holds {described(value)}, where {WANTED[kind]} is asked for")


def _number(numeral: Numeral) -> str:
    if numeral.text in NOT_NUMBERS:
        raise refused(f"with {numeral.text}, which is no number")
    return numeral.text


def _unfit(value: Json, kind: Kind) -> TriposError:
    wanted = WANTED.get(kind, TEXT)
    return refused(f"with {described(value)}, where {wanted} is asked for")


LISTS: Mapping[Kind, Callable[[list[Json], Kind], Answer]] = {
    Kind.SHAPE: _flat,
    Kind.VECTOR: _flat,
    Kind.MATRIX: _rows,
    Kind.MASK: _rows,
    Kind.SET: _set,
}
