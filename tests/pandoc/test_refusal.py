"""Refusals: each with its line, all of a text at once, and nothing of it in the tree."""

from __future__ import annotations

import pytest

from tripos.pandoc import html, plain_text, read, walk

RAW = {
    "a block": ("a\n\n<div>\nx\n</div>", "3:1"),
    "inline": ("a b <b>c", "1:5"),
    "a script": ("<script>alert(1)</script>", "1:1"),
    "a comment": ("a\n\n<!-- c -->", "3:1"),
    "in a list": ("- a\n- b <i>", "2:5"),
    "in a table": ("| a |\n|---|\n| <br> |", "3:3"),
    "an attribute": ("`x`{=html}", "1:1"),
    "a block by its attribute": ("a\n\n```{=latex}\nx\n```", "3:1"),
}


@pytest.mark.parametrize(("source", "place"), RAW.values(), ids=RAW)
def test_raw_html_and_tex_are_refused_with_their_line(source: str, place: str) -> None:
    document = read(source, "f")
    assert str(document.problems[0].place) == f"f:{place}"
    assert "is not part of an exam" in document.problems[0].fact
    assert document.problems[0].remedy
    assert [one for one in walk(document.blocks) if one.kind.startswith("Raw")] == []


LINKS = ["https://a.org/b?c#d", "http://a.org", "HTTPS://a.org", "mailto:a@b.org", "#q3-1"]
NO_LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:x",
    "&#106;avascript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "//evil.org",
    "other.md",
    "/root",
    "vbscript:x",
    "https:evil",
    "https://",
    "#",
    "",
]


@pytest.mark.parametrize("target", LINKS)
def test_a_link_out_or_to_an_id_is_kept(target: str) -> None:
    document = read(f"[a]({target})", "f")
    assert document.problems == ()
    assert [one.target for one in walk(document.blocks) if one.kind == "Link"] == [target]


@pytest.mark.parametrize("target", NO_LINKS)
def test_any_other_link_is_refused_and_its_words_stay(target: str) -> None:
    document = read(f"x\n[a]({target})", "f")
    assert [str(problem.place) for problem in document.problems] == ["f:2:1"]
    assert [one for one in walk(document.blocks) if one.target] == []
    assert plain_text(document.blocks) == "x a"


def test_a_link_by_reference_and_an_automatic_one_are_judged_too() -> None:
    document = read("[a][b] <javascript:x>\n\n[b]: javascript:y", "f")
    assert [problem.place.column for problem in document.problems] == [1, 8]


IMAGES = ["a.png", "figures/a.png", "./a.png", "figures/../a.png", "my%20net.png", "a..b.png", "..a/b.png"]
NO_IMAGES = [
    "https://a.org/a.png",
    "//a.org/a.png",
    "/a.png",
    "../a.png",
    "a/../../b.png",
    "%2e%2e/a.png",
    "%252e%252e/a.png",
    "..%2fa.png",
    "a/..\\\\..\\\\b.png",
    "..%5ca.png",
    "%5C%5Cserver/a.png",
    "C:/a.png",
    "c%3A/a.png",
    "data:image/png;base64,AAAA",
    "file:a.png",
    "%2Fa.png",
    "%00a.png",
    "..%20/a.png",
    ".../a.png",
    ".",
    "",
]


@pytest.mark.parametrize("target", IMAGES)
def test_an_image_inside_of_the_folder_is_kept(target: str) -> None:
    document = read(f"![a]({target})", "f")
    assert document.problems == ()
    assert [one.target for one in walk(document.blocks) if one.kind == "Image"] == [target]


@pytest.mark.parametrize("target", NO_IMAGES)
def test_an_image_outside_of_the_folder_is_refused_and_its_words_stay(target: str) -> None:
    document = read(f"x\n\n![a]({target})", "f")
    assert [str(problem.place) for problem in document.problems] == ["f:3:1"]
    assert [one for one in walk(document.blocks) if one.kind == "Image"] == []
    assert plain_text(document.blocks) == "x\na"


@pytest.mark.parametrize("key", ["onclick", "ONLOAD", "style", "Style", "onanything"])
@pytest.mark.parametrize("source", ["[a]{%s=x}", "# a {%s=x}", "`a`{%s=x}", "```let {%s=x}\n```", "![a](b.png){%s=x}"])
def test_what_acts_or_styles_is_dropped_and_reported(source: str, key: str) -> None:
    document = read(source % key, "f")
    assert [(problem.place.line > 0, problem.fact) for problem in document.problems] == [
        (True, f"the attribute {key} is not part of an exam.")
    ]
    assert [one for one in walk(document.blocks) if one.pairs] == []


def test_attributes_of_the_format_are_passed_on() -> None:
    document = read('`? a`{#x points=2 key="1/2" because="so it is"}', "f")
    (code,) = [one for one in walk(document.blocks) if one.kind == "Code"]
    assert (code.identifier, code.pairs) == ("x", (("points", "2"), ("key", "1/2"), ("because", "so it is")))


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a\nb \ue000", "2:3"),
        ("a \uf8ff", "1:3"),
        ("`x\x07`", "1:3"),
        ("a\0", "1:2"),
        ("\u202ea", "1:1"),
        ("a\u2028b", "1:2"),
        ("a \U0010fffd", "1:3"),
        ("x &#xE000;", "1:3"),
        ('`a`{key="&#xE000;"}', "1:2"),
        ("```let\na\n\x85\n```", "3:1"),
    ],
)
def test_private_and_control_characters_are_refused_and_replaced(source: str, place: str) -> None:
    document = read(source, "f")
    assert [str(problem.place) for problem in document.problems] == [f"f:{place}"]
    (written,) = html([document.blocks])
    assert not set(written) & set("\ue000\uf8ff\x07\0\u202e\u2028\x85\U0010fffd")


def test_a_tower_of_accents_is_cut_and_reported() -> None:
    document = read("x\na" + "\u0301\u0323" * 5_000 + " `b`", "f")
    assert str(document.problems[0]).startswith("f:2:10  more than 8 accents stand")
    assert read("e\u0301\u0323", "f").problems == ()


def test_tabs_and_ends_of_lines_are_no_control_characters() -> None:
    assert read("a\tb\r\nc\r\n", "f").problems == ()


@pytest.mark.parametrize("source", ["a `b", "| a | b |\n|---|---|\n| `x | y` |", "# A `", "*a `*", "``` x `` y"])
def test_a_lone_backtick_is_a_problem_on_its_line(source: str) -> None:
    (problem,) = read(source, "f").problems
    assert problem.place.line == source.count("\n") + 1
    assert "backtick" in problem.fact


@pytest.mark.parametrize("source", [r"a \`b", "a &#96; b", "`` ` ``", "    a ` b"])
def test_a_backtick_that_is_meant_is_none(source: str) -> None:
    assert read(source, "f").problems == ()


def test_all_problems_of_a_text_come_at_once_in_its_order() -> None:
    document = read("---\na: `\n---\n<b>\n\n[x](ftp://a)\n\n`c\n\n\ue000\n", "f")
    assert [problem.place.line for problem in document.problems] == [2, 4, 6, 8, 10]


def test_of_very_many_problems_the_first_are_told() -> None:
    document = read("x <b>\n\n" * 500, "f")
    assert len(document.problems) == 201
    assert document.problems[-1].fact == "300 more problems follow."
