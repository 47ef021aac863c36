"""Where: names declared in one line of words, as `--where` has them: "x real; Δ positive; y index of s; 0 < p < 1"."""

from __future__ import annotations

import re

from tripos.language.names import Free, Sort, domain, spelt_name, with_sizes
from tripos.language.vocabulary import CONSTANTS, RESERVED
from tripos.problem import Place, Problem, TriposError

MAX_CHARACTERS = 2_000

_REMEDY = 'Write "x real; a, b positive; s vector; j index of s, j != y; 0 < p < 1", with ";" between them.'
_BETWEEN = re.compile(r"[^<>=≤;:]+(?:<=?|≤)\s*(?P<name>[^<>=≤\s]+)\s*(?:<=?|≤)[^<>=≤]+")
_DOWNWARDS = re.compile(
    r"(?P<high>[^<>=≥;:]+?)\s*(?P<second>>=?|≥)\s*(?P<name>[^<>=≥\s]+)\s*(?P<first>>=?|≥)(?P<low>[^<>=≥]+)"
)
_ABOVE_ZERO = re.compile(r"(?P<names>[^<>=≤≥:]+?)\s*(?P<sign>>=?|≥)\s*0|0\s*(?P<below><=?|≤)\s*(?P<over>[^<>=≤≥:]+)")
_CLAUSE = re.compile(r"[^;\n]+")


def declared(text: str) -> dict[str, Free]:
    """The free names that these words declare, each with its domain; raises with the place of what declares none.

    A vector that is only known by an index of it, and an index that another one excludes, are declared with that.
    """
    if len(text) > MAX_CHARACTERS:
        fact = f"the names take {len(text):,} characters; at most {MAX_CHARACTERS:,} are read."
        raise TriposError(Problem(Place(), fact, "Declare fewer.", text=text))
    found: dict[str, Free] = {}
    for clause in _CLAUSE.finditer(text):
        written, start = clause[0].strip(), clause.start() + len(clause[0]) - len(clause[0].lstrip())
        if not written:
            continue
        try:
            names, meaning = _clause(written)
            for name in names:
                _refuse(name, found)
                found[name] = meaning
        except TriposError as error:
            problem = error.problems[0]
            fault = Problem(Place(), problem.fact, problem.remedy, start=start, width=len(written))
            raise TriposError(fault.of(text)) from None
    for meaning in list(found.values()):
        if meaning.sort is Sort.INDEX:
            found.setdefault(meaning.of, Free(Sort.VECTOR))
            if meaning.excluding:
                found.setdefault(meaning.excluding, Free(Sort.INDEX, of=meaning.of))
    return with_sizes(found)


def _clause(text: str) -> tuple[list[str], Free]:
    if text.split() == ["*", "elementwise"]:
        return ["*"], Free(Sort.FUNCTION)  # no name, but declared like one: what * means between matrices
    if between := _BETWEEN.fullmatch(text):
        return [_name(between["name"])], domain(text)
    if down := _DOWNWARDS.fullmatch(text):
        first, second = ("<" if down[part] == ">" else "<=" for part in ("first", "second"))
        inner = f"{down['low'].strip()} {first} {down['name']} {second} {down['high']}"
        return [_name(down["name"])], domain(inner)
    if above := _ABOVE_ZERO.fullmatch(text):
        strict = (above["sign"] or above["below"]) in (">", "<")
        return _names(above["names"] or above["over"]), domain("positive" if strict else "nonnegative")
    names, colon, words = text.partition(":")
    if colon:
        return _names(names), domain(words)
    # The names end where the words of a domain begin; "W m by n matrix" has one name.
    parts = list(re.finditer(r"\S+", text))
    fault: TriposError | None = None
    for part in parts[1:]:
        if text[: part.start()].rstrip().endswith(","):
            continue
        try:
            meaning = domain(text[part.start() :])
        except TriposError as error:
            fault = fault or error
        else:
            return _names(text[: part.start()]), meaning
    raise fault or TriposError(Problem(Place(), f'"{text}" has no domain.', _REMEDY))


def _names(text: str) -> list[str]:
    return [_name(word.strip()) for word in text.split(",")]


def _name(text: str) -> str:
    name = spelt_name(text)
    if name is None:
        raise TriposError(Problem(Place(), f'"{text}" is not a name.' if text else "a name is missing here.", _REMEDY))
    return name


def _refuse(name: str, found: dict[str, Free]) -> None:
    if name in found:
        raise TriposError(Problem(Place(), f"{name} is declared twice.", "Keep one of the two."))
    if name in CONSTANTS | RESERVED:
        raise TriposError(Problem(Place(), f"{name} has a meaning of its own in Tripos.", "Choose another name."))
