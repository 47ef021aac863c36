"""JSON Lines: one object a line, its numbers as they were written, its keys in their order and no key twice.

A number is kept as text: a decimal stays what the student wrote, and an integer may have any number of digits.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tripos.exchange.report import Report, shown
from tripos.problem import Place, Problem, nearest

LONGEST_LINE = 8_000_000  # characters: several times the longest answers to a hundred gaps
NOT_NUMBERS = ("NaN", "Infinity", "-Infinity")  # Python reads them; JSON does not have them


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class Object:
    """An object's keys and values as they were written, a key perhaps twice."""

    pairs: tuple[tuple[str, Json], ...]


Json: TypeAlias = "bool | str | Numeral | list[Json] | Object | None"


@dataclass(frozen=True, slots=True)
class Line:
    """The object in one line of a file."""

    number: int
    values: Mapping[str, Json]


def lines(text: str, known: tuple[str, ...], report: Report, like: str = '{"student": ...}') -> Iterator[Line]:
    """The object of every line that is not blank; what is wrong with the others, and unknown keys, are reported."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            value = _value(line, number, report, like)
            if value is not None:
                yield Line(number, _values(value, number, known, report))


def described(value: Json) -> str:
    """What sort of value this is, in words."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return "a text"
        case Numeral(text=text):
            return f"the number {shown(text, 20)}"
        case Object():
            return "an object"
        case _:
            return "a list"


_DECODER = json.JSONDecoder(
    object_pairs_hook=lambda pairs: Object(tuple(pairs)),
    parse_float=Numeral,
    parse_int=Numeral,  # Python refuses integers of more than 4,300 digits
    parse_constant=Numeral,
)


def _value(line: str, number: int, report: Report, like: str) -> Object | None:
    if len(line) > LONGEST_LINE:
        report.add(number, f"the line has {len(line):,} characters; at most {LONGEST_LINE:,} are read.")
        return None
    try:
        value: Json = _DECODER.decode(line)
    except RecursionError:
        report.add(number, "lists and objects stand inside one another too deeply to be read.")
        return None
    except json.JSONDecodeError as error:
        place = Place(report.file, number, error.colno)
        report.note(Problem(place, _fault(error), text=line.rstrip(), start=error.pos, width=1))
        return None
    if isinstance(value, Object):
        return value
    report.add(number, f"the line is {described(value)}, not an object.", f"Write one {like} a line.")
    return None


_FAULTS = {
    "Expecting ',' delimiter": "a comma or a closing bracket is missing here",
    "Expecting ':' delimiter": "a colon is missing here",
    "Expecting property name": "a name in double quotes is missing here",
    "Expecting value": "a value is missing here",
    "Unterminated string": "this text has no closing quote",
    "Extra data": "the line goes on after its value",
    "Invalid control character": "a control character stands in a text",
    "Invalid \\": "a backslash stands before what it does not go with",
    "Illegal trailing comma": "a comma stands before a closing bracket",
}


def _fault(error: json.JSONDecodeError) -> str:
    known = (sentence for begin, sentence in _FAULTS.items() if error.msg.startswith(begin))
    return f"this line is no JSON: {next(known, 'it cannot be read from here on')}."


def _values(value: Object, number: int, known: tuple[str, ...], report: Report) -> Mapping[str, Json]:
    values: dict[str, Json] = {}
    for key, part in value.pairs:
        if key in values:
            report.add(number, f'the key "{shown(key)}" stands twice in this line.', "Keep one of the two.")
        elif key not in known:
            remedy = nearest(key, known) or f"A line has {', '.join(known)}."
            report.add(number, f'the key "{shown(key)}" has no meaning here.', remedy)
        values[key] = part
    return values
