"""Reading: the tree of a text, its front matter, and files that hold no text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tripos.pandoc import Document, Element, plain_text, read, read_file, walk
from tripos.problem import Place, TriposError


def of_kind(document: Document, kind: str) -> Iterator[Element]:
    return (element for element in walk(document.blocks) if element.kind == kind)


def facts(document: Document) -> list[str]:
    return [f"{problem.place} {problem.fact}" for problem in document.problems]


def test_no_wrapper_and_no_data_pos_leaves_the_reader() -> None:
    document = read('# A {#a}\n\n- *b* `c` [d]{.e} "f"\n\n> g\n\n::: {.h}\n| i |\n|---|\n| j |\n:::\n', "f")
    assert [e for e in walk(document.blocks) if e.attribute("data-pos") or e.attribute("wrapper")] == []
    assert [element.kind for element in document.blocks] == ["Header", "BulletList", "BlockQuote", "Div"]
    assert [span.classes for span in of_kind(document, "Span")] == [("e",)]


def test_words_that_sourcepos_cut_are_whole_again() -> None:
    assert [one.text for one in of_kind(read("It's 3-4, isn't it?", "f"), "Str")] == ["It’s", "3-4,", "isn’t", "it?"]


def test_attributes_above_a_paragraph_stay_in_a_div() -> None:
    (div,) = read("{#p .c k=v}\nwords", "f").blocks
    assert (div.kind, div.identifier, div.classes, div.pairs) == ("Div", "p", ("c",), (("k", "v"),))


def test_the_box_of_a_task_is_a_fact_of_its_item() -> None:
    document = read("- [ ] a\n- [x] b\n\n***\n\n- c\n", "f")
    found = [(item.checked, plain_text(item)) for item in of_kind(document, "Item")]
    assert found == [(False, "a"), (True, "b"), (None, "c")]


def test_items_with_and_without_a_box_are_lists_of_their_own() -> None:
    # Whoever must refuse mixed lists has to look at neighbours.
    assert [one.kind for one in read("- a\n- [ ] b\n- c\n", "f").blocks] == ["BulletList"] * 3


def test_a_heading_has_its_level_identifier_and_attributes() -> None:
    (heading,) = read("### (a) {#q3-1a points=8 rule=cells}", "f").blocks
    assert (heading.level, heading.identifier, heading.attribute("points")) == (3, "q3-1a", "8")
    assert plain_text(heading) == "(a)"


def test_a_heading_without_an_identifier_gets_none() -> None:
    assert read("# Title", "f").blocks[0].identifier == ""


def test_an_ordered_list_knows_where_it_starts() -> None:
    (ordered,) = read("4. a\n5. b", "f").blocks
    assert ordered.numbering.start == 4
    assert [item.kind for item in ordered.children] == ["Item", "Item"]


def test_a_table_has_a_head_a_body_rows_cells_and_alignments() -> None:
    (table,) = read("| a | b |\n|:-:|--:|\n| c | d |", "f").blocks
    assert table.alignments == ("AlignCenter", "AlignRight")
    assert [part.kind for part in table.children] == ["Head", "Body"]
    assert [[plain_text(cell) for cell in row.children] for part in table.children for row in part.children] == [
        ["a", "b"],
        ["c", "d"],
    ]


def test_formulas_know_whether_they_are_displayed() -> None:
    assert [one.display for one in of_kind(read("$x$ and $$y$$", "f"), "Math")] == [False, True]


FRONT = """---
title: "It's: *one*"
minutes: 75
conventions: {pooling: floor, kink: undefined}
language:
  main: en
list: [a, b]
draft: true
seed: 0x1
---

# A
"""


def test_front_matter_is_text_lists_and_maps() -> None:
    meta = read(FRONT, "f").meta
    assert (meta["title"], meta["minutes"], meta["draft"], meta["list"]) == ("It’s: one", "75", "true", ["a", "b"])
    assert meta["conventions"] == {"pooling": "floor", "kink": "undefined"}


@pytest.mark.parametrize(
    ("keys", "line", "column"),
    [
        (("title",), 2, 1),
        (("conventions",), 4, 1),
        (("conventions", "pooling"), 4, 15),
        (("conventions", "kink"), 4, 31),
        (("language", "main"), 6, 3),
        (("conventions", "main"), 4, 1),
        (("nothing",), 1, 1),
    ],
)
def test_the_keys_of_front_matter_have_places(keys: tuple[str, ...], line: int, column: int) -> None:
    assert read(FRONT, "f").meta_place(*keys) == Place("f", line, column)


def test_a_fault_of_yaml_is_a_problem_with_its_line_and_the_rest_is_read() -> None:
    document = read("---\ntitle: a\nminutes: `x\n---\n\n<b>\n", "f")
    assert [str(problem.place) for problem in document.problems] == ["f:3:10", "f:6:1"]
    assert "cannot be read as YAML" in document.problems[0].fact


def test_a_map_inside_of_a_line_is_a_fault_with_its_line() -> None:
    document = read("---\ntitle: a\n b: c: d\n---\nx", "f")
    assert [problem.place.line for problem in document.problems] == [3]
    assert plain_text(document.blocks) == "x"


def test_a_key_that_is_given_twice_is_a_problem() -> None:
    assert facts(read("---\ntitle: a\npoints: 1\ntitle: b\n---\nx", "f")) == [
        "f:2:1 the front matter gives title twice."
    ]


def test_front_matter_without_an_end_is_a_problem() -> None:
    assert facts(read("---\ntitle: a\n\nx", "f")) == ["f:1:1 the front matter that begins here has no end."]


def test_front_matter_that_is_a_list_is_a_problem() -> None:
    assert facts(read("---\n- a\n- b\n---\nx", "f")) == ["f:1:1 the front matter holds no keys."]


@pytest.mark.parametrize("source", ["---\n---\nx", "---\n# comment\n---\nx", "x"])
def test_front_matter_may_be_empty_or_missing(source: str) -> None:
    assert read(source, "f").problems == ()


def test_raw_html_and_hidden_characters_in_front_matter_are_refused_at_their_key() -> None:
    document = read('---\nminutes: 5\ntitle: "<b>x</b>"\nnote: "\\uE000"\n---\nx', "f")
    assert [problem.place.line for problem in document.problems] == [3, 4]
    assert document.meta["title"] == "x"
    assert document.meta["note"] == "\ufffd"


def test_an_exam_in_a_file_is_read_and_its_places_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "exam: 1.md"
    path.write_bytes("\ufeff# Größe {#a}\r\n\r\n`x`\r\n".encode())
    document = read_file(path)
    assert document.problems == ()
    assert document.blocks[0].place == Place(str(path), 1, 1)
    assert next(of_kind(document, "Code")).place == Place(str(path), 3, 2)


@pytest.mark.parametrize(
    ("raw", "place", "fact"),
    [
        (b"a\nb\xffc", ":2:2", "the file is not UTF-8: the byte FF cannot stand here."),
        (b"a\n\n\0b", ":3:1", "the file holds a NUL byte, so it is not a text."),
        ("a".encode("utf-16"), ":1:", "NUL"),
        (b"a" * 2_000_001, "", "the file is larger than 2 MB."),
    ],
)
def test_a_file_that_is_no_text_is_an_error_that_says_where(tmp_path: Path, raw: bytes, place: str, fact: str) -> None:
    path = tmp_path / "exam.md"
    path.write_bytes(raw)
    with pytest.raises(TriposError) as error:
        read_file(path)
    (problem,) = error.value.problems
    assert fact in problem.fact
    assert place in str(problem.place)
    assert problem.remedy


def test_a_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TriposError, match="cannot be opened: No such file"):
        read_file(tmp_path / "nothing.md")


@pytest.mark.slow
def test_a_text_of_too_many_signs_is_a_problem_and_not_a_long_wait() -> None:
    assert facts(read("!" * 800_000, "f")) == ["f the text has too many words and signs for one exam."]


@pytest.mark.parametrize("source", ["", " \n\n", "\ufeff"])
def test_an_empty_file_is_a_problem(source: str) -> None:
    assert facts(read(source, "f")) == ["f the file is empty."]
