"""Writing: many fragments at a time, as the tree says and nothing more."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tripos.pandoc import Element, html, mathml, read, transform, unreadable_math
from tripos.pandoc.program import PandocError, run
from tripos.problem import Place, TriposError

ROUND = {
    "a paragraph": (
        "a *b* **c** ~~d~~ H~2~O x^2^",
        "<p>a <em>b</em> <strong>c</strong> <del>d</del> H<sub>2</sub>O x<sup>2</sup></p>",
    ),
    "a heading": ("## A {#q-1}", '<h2 id="q-1">A</h2>'),
    "code": ("`a < b`", "<p><code>a &lt; b</code></p>"),
    "a code block": ("```let\n a\n```", '<pre class="let"><code> a</code></pre>'),
    "a list": ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    "an ordered list": ("3. a\n4. b", '<ol start="3" type="1">\n<li>a</li>\n<li>b</li>\n</ol>'),
    "tasks": ("- [x] a\n- [ ] b", "<ul>\n<li>☒\u00a0a</li>\n<li>☐\u00a0b</li>\n</ul>"),
    "a quote": ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
    "a div": ("::: solution\na\n:::", '<div class="solution">\n<p>a</p>\n</div>'),
    "a link": ('[a](https://b.org "t")', '<p><a href="https://b.org" title="t">a</a></p>'),
    "an address": ("<a@b.org>", '<p><a href="mailto:a@b.org">a@b.org</a></p>'),
    "an image": ("![a *b*](c.png)", '<p><img src="c.png" alt="a b" /></p>'),
    "quotes": ('"a"', "<p>“a”</p>"),
    "a break": ("a\\\nb", "<p>a<br />\nb</p>"),
    "a line": ("***", "<hr />"),
    "a definition": ("A\n:   b", "<dl>\n<dt>A</dt>\n<dd>\nb\n</dd>\n</dl>"),
}


@pytest.mark.parametrize(("source", "expected"), ROUND.values(), ids=ROUND)
def test_what_was_read_is_written(source: str, expected: str) -> None:
    document = read(source, "f")
    assert document.problems == ()
    assert html([document.blocks]) == [expected]


def test_a_table_is_written_with_all_its_cells() -> None:
    (table,) = read("| a | b |\n|:-:|---|\n| c | d |", "f").blocks
    wider = transform(
        [table], lambda one: replace(one, children=(*one.children, one.children[-1])) if one.kind == "Row" else one
    )
    (written,) = html([wider])
    assert re.findall(r"<t[hd][^>]*>(.)</t[hd]>", written) == ["a", "b", "b", "c", "d", "d"]


def test_fragments_stay_apart_and_in_order() -> None:
    word = Element("Str", text="a")
    assert html([[word], [], [Element("Para", children=(word,))], [word, word]]) == ["a", "", "<p>a</p>", "aa"]
    assert html([]) == []


def test_the_border_between_fragments_cannot_be_forged() -> None:
    forged = Element("Para", children=(Element("Str", text="tripos-cut"),))
    longer = Element("Para", children=(Element("Str", text="tripos-cut-"),))
    assert html([[forged], [longer]]) == ["<p>tripos-cut</p>", "<p>tripos-cut-</p>"]


def test_a_marker_of_private_use_comes_through_as_it_is() -> None:
    marker = Element("Str", text="\ue0007\ue001")
    inside = Element("Para", children=(Element("Emph", children=(marker,)), marker))
    assert html([[inside]]) == ["<p><em>\ue0007\ue001</em>\ue0007\ue001</p>"]


def test_every_character_is_escaped_and_raw_text_is_not_written() -> None:
    text = "<script>&\"'</script>"
    hostile = [
        Element("Str", text=text),
        Element("Code", text=text, identifier='"><b>', classes=('"><i>',), pairs=(("data-x", '"><u>'),)),
        Element("RawInline", text="<b>", style="html"),
        Element("RawBlock", text="<b>", style="html"),
        Element("Math", text=rf"\text{{{text}}}"),
        Element("Image", target='a".png', title='"><b>'),
    ]
    (written,) = html([hostile])
    assert set(re.findall(r"<(\w+)", written)) <= {"code", "math", "semantics", "mtext", "annotation", "img", "mrow"}


def test_keys_and_handlers_in_attributes_are_not_written() -> None:
    code = Element("Code", text="x", pairs=(("key", "224"), ("onclick", "a"), ("style", "b"), ("aria-label", "c")))
    assert html([[code]]) == ['<code aria-label="c">x</code>']


def test_no_ids_appear_but_those_given() -> None:
    source = "# A\n\n```python\na = 1\n```\n\nx[^1]\n\n[^1]: note `b`\n"
    (written,) = html([read(source, "f").blocks])
    assert " id=" not in written
    assert '<span class="footnote">note <code>b</code></span>' in written


def test_a_formula_is_written_as_mathml() -> None:
    inline, shown = mathml([("x < 1", False), (r"\frac{a}{b}", True)])
    assert inline.startswith('<math display="inline"')
    assert "<mo>&lt;</mo>" in inline
    assert shown.startswith('<math display="block"')
    assert "<mfrac>" in shown
    assert mathml([]) == []


def test_an_unreadable_formula_is_written_as_its_tex() -> None:
    assert mathml([(r"\foo <b>", False)]) == [r'<code class="tex">\foo &lt;b&gt;</code>']


def test_an_unreadable_formula_is_a_problem_at_its_command() -> None:
    place = Place("f", 3, 5)
    problems = unreadable_math([("x", place), (r"a + \foo", place), ("a\n+ \\show{n}", place), (r"\frac{1", place)])
    assert [str(problem.place) for problem in problems] == ["f:3:9", "f:4", "f:3:5"]
    assert r"\foo is not a command" in problems[0].fact
    assert r"\show is not a command" in problems[1].fact


@pytest.mark.parametrize(
    "tex", ["", "x^2", r"\begin{aligned} a &= b \\ c &= d \end{aligned}", r"\operatorname*{argmax}_j s_j"]
)
def test_a_readable_formula_is_no_problem(tex: str) -> None:
    assert unreadable_math([(tex, Place())]) == ()


HOSTILE = {
    c: c * 10_000 for c in [">", "[", "*", "- ", "`", "(", "$", "![", "{", "|", "<", "~", "^", "> - ", "**a ", "\\"]
}
HOSTILE |= {f"nested {n} {c!r}": c * n + "x" for n in (30, 60, 100, 200) for c in (">", "- ", "*a **b ")}
HOSTILE |= {
    "nested front matter": "---\na: " + "[" * 5000 + "]" * 5000 + "\n---\nx",
    "wide table": "|" + "a|" * 2000 + "\n|" + "-|" * 2000,
    "long table": "| a | b |\n|---|---|\n" + "| `x` | y |\n" * 500,
    "positions of the author": '[x]{data-pos="0:0-99:3"} `a`{data-pos="1:99-3:1"} [x]{wrapper=1 data-pos="'
    + "9" * 6000
    + ':1-2:2"}',
    "a lone surrogate": "a\ud800b",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_read_and_written_or_refused_in_words(source: str) -> None:
    document = read(source, "f")
    assert document.blocks or document.problems
    html([document.blocks])


@pytest.mark.parametrize("source", [">" * 10_000, "- " * 60 + "x", ">" * 100 + "x"])
def test_a_text_nested_too_deeply_says_so(source: str) -> None:
    assert "nested too deeply" in read(source, "f").problems[0].fact


def test_a_tree_too_deep_to_write_is_an_error_in_words() -> None:
    tree = Element("Str", text="a")
    for _ in range(5_000):
        tree = Element("Emph", children=(tree,))
    with pytest.raises(TriposError, match="nested too deeply"):
        html([[tree]])


def test_a_program_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(PandocError, match="did not finish within"):
        run(("-f", "commonmark_x", "-t", "json"), "::: a\n" * 5_000, seconds=0.05)


def test_a_program_that_fails_says_why_and_shows_no_traceback() -> None:
    with pytest.raises(PandocError, match=r"Pandoc stopped: .*nothing"):
        run(("-f", "nothing"), "a")
