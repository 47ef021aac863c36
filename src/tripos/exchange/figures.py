"""Figures: keys and marks as plain lists and objects, ready for JSON. Numbers are ints, else exact texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from re import Match
from typing import TypeAlias

from flint import fmpq

from tripos.exam.gaps import SHOW_IN_TEX
from tripos.exam.key import ChoiceKey, GapKey, Key, Keys, RubricKey, worth
from tripos.exam.variant import Variant
from tripos.language import latex, plain, source
from tripos.language.display import readable
from tripos.language.kind import Kind
from tripos.language.notation import decimal
from tripos.language.values import Collection, Formula, Shape, Tensor, Value
from tripos.marking.mark import Mark
from tripos.marking.result import Result
from tripos.pandoc.element import Element, plain_text, transform

Figure: TypeAlias = "bool | int | str | list[Figure] | None"
LARGEST = 2**53 - 1  # beyond, most readers of JSON lose digits
NOTHING = "none"


def key_figures(found: Keys) -> list[dict[str, object]]:
    """The keys of a variant, one object for everything asked; raises if a key could not be found."""
    return [_key(key, found.variant) for key in found.whole()]


def mark_figures(found: Iterable[Result]) -> list[dict[str, object]]:
    """The marks of students, one object each. The points are null while a person's decision is missing."""
    return [_result(result) for result in found]


def key_text(key: Key, variant: Variant) -> str:
    """A key as people write it, a number after its working: `8·3·3·3 + 8 = 224`."""
    text = _text(key, variant)
    if not isinstance(key, GapKey) or key.kind is not Kind.NUMBER:
        return text
    value = plain.of_value(key.worked.value)
    return text if text == value else f"{text} = {value}"


def value_figure(value: Value) -> Figure:
    """A value: true and false, an int or an exact text, lists for shapes, vectors, sets and matrices, else its text."""
    match value:
        case Tensor(shape=(_, _)):
            return [[_leaf(entry) for entry in row] for row in value.rows()]
        case Shape(dims=dims):
            return [_leaf(fmpq(dim)) for dim in dims]
        case Tensor(entries=entries):
            return [_leaf(entry) for entry in entries]
        case Collection(members=members):
            return [_leaf(member) for member in members]
        case _:
            return _leaf(value)


def _key(key: Key, variant: Variant) -> dict[str, object]:
    return {
        "id": key.asked.id,
        "kind": str(key.kind),
        **_form(key),
        "points": _leaf(key.asked.points),
        "value": _value(key),
        "text": _text(key, variant),
        "how": str(key.how),
    }


def _form(key: Key) -> dict[str, object]:
    # The cells of a table of layers may all say form=product; of a shape no form is asked.
    if not isinstance(key, GapKey):
        return {}
    gap, is_number = key.gap, key.kind is Kind.NUMBER
    return {
        **({"form": str(gap.form)} if gap.form and is_number else {}),
        **({"digits": gap.digits} if gap.digits and is_number else {}),
        **({"decimals": gap.decimals} if gap.decimals and is_number else {}),
        **({"words": list(gap.words)} if gap.words else {}),
    }


def _value(key: Key) -> Figure:
    match key:
        case GapKey():
            return value_figure(key.shown)
        case ChoiceKey():
            return list(key.letters)
        case RubricKey():
            return None


def _text(key: Key, variant: Variant) -> str:
    match key:
        case ChoiceKey():
            return ", ".join(key.letters) or NOTHING
        case RubricKey():
            return _words(key.rubric.content, key.item.id, variant)
        case GapKey(kind=Kind.NUMBER):
            return plain.of(readable(key.worked.tree))
        case GapKey():
            value = key.shown
            return plain.of(readable(value.tree)) if isinstance(value, Formula) else plain.of_value(value)


def _words(content: Sequence[Element], item: str, variant: Variant) -> str:
    def shown(index: str) -> Value:
        return worth(variant.exam.shown[int(index)].written, variant.names[item], variant).value

    def in_tex(match: Match[str]) -> str:
        return latex.of_value(shown(match[1]))

    def filled(element: Element) -> Element:
        match element.kind:
            case "Show":
                return Element("Str", element.place, text=plain.of_value(shown(element.text)))
            case "Math":
                return replace(element, text=SHOW_IN_TEX.sub(in_tex, element.text))
            case _:
                return element

    return plain_text(transform(content, filled))


def _leaf(value: Value) -> bool | int | str:
    match value:
        case bool() | str():
            return value
        case fmpq() if value.q == 1 and abs(value) <= LARGEST:
            return int(value.p)
        case fmpq():
            return str(value)
        case _:
            return source.of_value(value)


def _result(result: Result) -> dict[str, object]:
    total = result.total
    return {
        "student": result.student,
        "points": None if total is None else _hundredths(total),
        "points_so_far": _hundredths(result.so_far),
        "out_of": _leaf(result.variant.exam.points),
        "answers": [_mark(mark) for mark in result.marks],
    }


def _mark(mark: Mark) -> dict[str, object]:
    return {
        "id": mark.id,
        "points": None if mark.points is None else _leaf(mark.points),
        "out_of": _leaf(mark.out_of),
        "state": str(mark.state),
        "reason": mark.sentence,
    }


def _hundredths(points: fmpq) -> Figure:
    found = decimal(points)  # a total is rounded, so its decimal ends
    return found[0] if found and points.q != 1 else _leaf(points)
