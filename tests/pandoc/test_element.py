"""The tree: walking, replacing, the words alone, and places inside of a text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tripos.pandoc import Element, plain_text, transform, walk
from tripos.pandoc.element import joined
from tripos.problem import Place


def word(text: str) -> Element:
    return Element("Str", text=text)


def para(*children: Element) -> Element:
    return Element("Para", children=children)


def test_walking_gives_a_parent_before_its_children_in_reading_order() -> None:
    tree = para(word("a"), Element("Emph", children=(word("b"),)), word("c"))
    assert [element.text or element.kind for element in walk(tree)] == ["Para", "a", "Emph", "b", "c"]


def test_an_attribute_is_its_value_and_none_when_it_was_not_written() -> None:
    element = Element("Code", pairs=(("key", "224"), ("key", "5"), ("unit", "")))
    assert (element.attribute("key"), element.attribute("unit"), element.attribute("points")) == ("224", "", None)


def test_one_element_is_replaced_by_one_several_or_none() -> None:
    def change(element: Element) -> Element | tuple[Element, ...]:
        return {"a": (word("x"), word("y")), "b": (), "c": word("z")}.get(element.text, element)

    changed = transform([para(word("a"), word("b"), word("c"))], change)
    assert [element.text for element in changed[0].children] == ["x", "y", "z"]


def test_children_are_replaced_before_their_parent() -> None:
    seen: list[str] = []

    def note(element: Element) -> Element:
        seen.append(plain_text(element))
        return replace(element, text="b") if element.text == "a" else element

    transform([para(word("a"))], note)
    assert seen == ["a", "b"]


def test_what_nothing_replaces_is_the_same_element() -> None:
    tree = para(word("a"))
    assert transform([tree], lambda element: element)[0] is tree


def test_a_tree_of_any_depth_is_walked_and_replaced() -> None:
    tree = word("a")
    for _ in range(20_000):
        tree = Element("Emph", children=(tree,))
    assert sum(1 for _ in walk(tree)) == 20_001
    changed = transform([tree], lambda element: word("b") if element.text == "a" else element)
    assert plain_text(changed) == "b"


def test_the_words_have_blanks_for_breaks_and_lines_for_blocks_and_no_footnotes() -> None:
    note = Element("Note", children=(para(word("aside")),))
    blocks = [para(word("a"), Element("SoftBreak"), word("b"), note), para(Element("Math", text="x^2"))]
    assert plain_text(blocks) == "a b\nx^2"


def test_neighbouring_strs_are_joined_at_the_place_of_the_first() -> None:
    first = Element("Str", Place("f", 1, 1), text="a")
    (joined_para,) = joined([para(first, word("b"), Element("Space"), word("c"))])
    assert [(one.text, one.place.column) for one in joined_para.children] == [("ab", 1), ("", 0), ("c", 0)]


@pytest.mark.parametrize(("offset", "line", "column"), [(0, 3, 7), (1, 3, 8), (2, 4, 2), (4, 4, 4)])
def test_a_character_of_a_text_is_found_on_its_own_line(offset: int, line: int, column: int) -> None:
    element = Element("Code", Place("f", 3, 7), text="a b+c", runs=((0, Place("f", 3, 7)), (2, Place("f", 4, 2))))
    assert element.place_at(offset) == Place("f", line, column)


def test_a_text_without_runs_counts_from_where_it_begins() -> None:
    assert Element("Code", Place("f", 3, 7), text="abc").place_at(2) == Place("f", 3, 9)
