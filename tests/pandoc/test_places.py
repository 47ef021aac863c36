"""Places: what stands in the source where an element says that it begins."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripos.pandoc import Element, read, walk
from tripos.problem import Place


def element(source: str, kind: str) -> Element:
    document = read(source, "exam.md")
    assert document.problems == ()
    return next(one for one in walk(document.blocks) if one.kind == kind)


def standing(source: str, place: Place, length: int) -> str:
    line = re.split(r"\r\n|\r|\n", source)[place.line - 1]
    return line[place.column - 1 : place.column - 1 + length]


CODE = {
    "plain": ("a `code`", "code"),
    "two backticks": ("`` x`y ``", "x`y"),
    "blanks kept at one end": ("`  a`", "  a"),
    "one blank trimmed of two": ("``  `a  ``", " `a "),
    "only blanks": ("`   `", "   "),
    "after an escape": (r"\* \` `a`", "a"),
    "after an entity": ("&copy;&#65; `a`", "a"),
    "after wide characters": ("Δ𝔸 é `a`", "a"),
    "after a combining accent": ("e\u0301 `a`", "a"),
    "with attributes": ('`a`{#i .c key="1"}', "a"),
    "in emphasis": ("*a **b `c`***", "c"),
    "in a link": ("[see `c`](https://example.org)", "c"),
    "in quotes": ('"say `c`"', "c"),
    "in a heading": ("## A `c` {#q points=3}", "c"),
    "in an underlined heading": ("A `c`\n=====", "c"),
    "in a list": ("- a\n\n  10. b\n      `c`", "c"),
    "in a task": ("- [x] `c`", "c"),
    "in a quote": ("> a\n> > `c`", "c"),
    "in a lazy quote": ("> a\n`c`", "c"),
    "in a div": ("::: solution\n  `c`\n:::", "c"),
    "in a table": ("| a | b |\n|---|:-:|\n| x \\| y | `c`{points=1} |", "c"),
    "in the head of a table": ("| a | `c` |\n|---|:-:|\n| x | y |", "c"),
    "in a table in a list": ("- | a | b |\n  |---|---|\n  | x | `c` |", "c"),
    "in a definition": ("Term\n:   `c`", "c"),
    "in a footnote": ("a[^1]\n\n[^1]: b `c`", "c"),
    "after a tab": ("a\t`c`", "c"),
    "indented by a tab": ("-\t`c`", "c"),
    "after front matter": ("---\ntitle: a\n---\n\n`c`", "c"),
    "after windows lines": ("a\r\n\r\n`c`\r\n", "c"),
    "after old mac lines": ("a\r\r`c`", "c"),
    "with a data-pos of the author": ('`c`{data-pos="9:9-9:12"}', "c"),
    "in a span with a data-pos of the author": ('[`c`]{wrapper=1 data-pos="9:9-9:12"}', "c"),
}


@pytest.mark.parametrize(("source", "text"), CODE.values(), ids=CODE)
def test_the_place_of_a_code_is_where_its_text_begins(source: str, text: str) -> None:
    code = element(source, "Code")
    assert code.text == text
    assert standing(source, code.place, len(text)) == text


BLOCKS = {
    "fenced": ("```let\nn = 1\n\n  m\n```", "n = 1\n\n  m"),
    "with attributes": ("```graph {ask=gradients}\nx = 3\n```", "x = 3"),
    "with attributes above": ("{.c}\n```let\na\n```", "a"),
    "indented fence": ("   ```let\n   a\n     b\n   ```", "a\n  b"),
    "longer fence": ("~~~~ {.let}\n~~~\n~~~~", "~~~"),
    "bare fence": ("```\na\n```", "a"),
    "indented": ("a\n\n    b\n     c", "b\n c"),
    "indented, showing a fence": ("    ```foo\n    a", "```foo\na"),
    "indented in a list": ("- a\n\n      b\n\n      c", "b\n\nc"),
    "fenced in a list": ("- a\n\n  ```let\n  b\n    c\n  ```", "b\n  c"),
    "in a quote": ("> ```let\n> a\n>  b\n> ```", "a\n b"),
    "in a div": ("::: solution\n```let\na\n```\n:::", "a"),
    "first in a list": ("1. ```let\n   a\n   ```", "a"),
    "indented by a tab": ("a\n\n\tb\n\tc", "b\nc"),
}


@pytest.mark.parametrize(("source", "text"), BLOCKS.values(), ids=BLOCKS)
def test_the_place_of_a_code_block_is_where_its_text_begins_and_so_for_every_line(source: str, text: str) -> None:
    block = element(source, "CodeBlock")
    assert block.text == text
    offset = 0
    for row in text.split("\n"):
        assert standing(source, block.place_at(offset), len(row)) == row
        offset += len(row) + 1


def test_an_empty_code_block_lies_below_its_fence() -> None:
    assert element("a\n\n```let\n```", "CodeBlock").place == Place("exam.md", 4, 1)


MATH = {
    "inline": ("let $x^2$ be", "x^2"),
    "displayed": ("is\n$$L_j = 1.$$", "L_j = 1."),
    "displayed with blanks": ("$$ L $$", " L "),
    "in a list": ("- $3 \\times 3$", "3 \\times 3"),
    "in a table": ("| a |\n|---|\n| $y$ |", "y"),
}


@pytest.mark.parametrize(("source", "text"), MATH.values(), ids=MATH)
def test_the_place_of_a_formula_is_where_its_tex_begins(source: str, text: str) -> None:
    math = element(source, "Math")
    assert math.text == text
    assert standing(source, math.place, len(text)) == text


def test_a_formula_that_begins_on_the_next_line_is_found_there() -> None:
    math = element("$$\n  x\n$$", "Math")
    at = math.place_at(math.text.index("x"))
    assert (at.line, at.column) == (2, 3)


@pytest.mark.parametrize("source", ["`a +\n   b`", "> `a +\n> b`", "> `a +\nb`", "- `a +\n  b`", "`` a +\nb ``"])
def test_a_code_over_two_lines_knows_the_place_of_the_second(source: str) -> None:
    code = element(source, "Code")
    assert code.text == "a + b"
    assert standing(source, code.place_at(0), 3) == "a +"
    assert standing(source, code.place_at(4), 1) == "b"
    assert code.place_at(4).line == 2


def test_a_bar_that_was_escaped_in_a_table_does_not_shift_what_follows() -> None:
    source = "| a |\n|---|\n| `x \\| y` |"
    code = element(source, "Code")
    assert code.text == "x | y"
    assert standing(source, code.place_at(4), 1) == "y"


def test_a_tab_inside_of_code_does_not_shift_what_follows() -> None:
    source = "`a\tb`"
    code = element(source, "Code")
    assert standing(source, code.place_at(code.text.index("b")), 1) == "b"


def test_an_item_begins_at_its_words_and_a_cell_at_its_own() -> None:
    source = "- one\n- [x] two\n\n| a | b |\n|---|---|\n| c | d |"
    found = [one for one in walk(read(source, "f").blocks) if one.kind in ("Item", "Cell")]
    assert [standing(source, one.place, 3).rstrip(" |") for one in found] == ["one", "two", "a", "b", "c", "d"]


def test_a_div_and_a_heading_begin_at_their_marks() -> None:
    source = "a\n\n::: {.rubric points=3}\nb\n:::\n\n## T {#q}\n"
    assert element(source, "Div").place == Place("exam.md", 3, 1)
    assert element(source, "Header").place == Place("exam.md", 7, 1)


words = st.text(alphabet="abxΔé𝔸 *_|\\&;#-+()[]{}<=?!~^.,\"'", min_size=1, max_size=12)
codes = st.text(alphabet="abΔ𝔸 =?*_+-()[]{}<>&;\\^~$", min_size=1, max_size=12).filter(str.strip)
frames = st.sampled_from(
    ["{}", "- {}", "> {}", "1. x\n\n   {}", "> - {}", "::: note\n{}\n:::", "## {}", "a\\\n{}", "*x* {}"]
)


@given(frame=frames, before=words, text=codes, count=st.integers(1, 3))
def test_wherever_a_code_is_read_its_text_stands_at_its_place(frame: str, before: str, text: str, count: int) -> None:
    mark = "`" * count
    source = frame.replace("{}", f"{before}{mark}{text}{mark} end")
    for one in walk(read(source, "f").blocks):
        if one.kind in ("Code", "CodeBlock", "Math") and "\n" not in one.text:
            assert standing(source, one.place, len(one.text)) == one.text


@given(st.lists(st.text(alphabet="ab =~{}`\t'", max_size=8), min_size=1, max_size=4), st.sampled_from(["", "> ", "  "]))
def test_every_line_of_a_code_block_is_found(rows: list[str], indent: str) -> None:
    fence = "~~~~~~~~~~"
    bullet = "- x\n\n" if indent == "  " else ""
    source = bullet + "\n".join(indent + row for row in [f"{fence} let", *rows, fence])
    document = read(source, "f")
    block = next(one for one in walk(document.blocks) if one.kind == "CodeBlock")
    expanded = [(indent + row).expandtabs(4) for row in rows]
    assert block.place.line == (4 if bullet else 2)
    offset = 0
    for row, line in zip(block.text.split("\n"), expanded, strict=True):
        assert line.endswith(row)
        offset += len(row) + 1
