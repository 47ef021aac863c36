"""A marked script: everything asked is on it once, with its answer, mark and reason, and nothing else gets in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pages.apart import Page

from tripos.exam.item import Exam
from tripos.exam.key import ChoiceKey, How
from tripos.exam.reading import read
from tripos.marking.response import Given, Script
from tripos.marking.result import Result, results
from tripos.pages.drawn import draw, drawn
from tripos.pages.prose import prose
from tripos.pages.script import paper, script
from tripos.pages.tally import paths, tallied

Scripted = Callable[[Exam, Result], str]
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    "--><!--",
    "</style><script>",
    "]]>",
    "&lt;b&gt;",
    "\ue0000\ue001",
    "\u202e\ud800\x00",
    "<" * 5_000,
]


def working_lines(page: str) -> list[str]:
    """The words of every working of an option."""
    lines = re.findall(r'<p class="working">(.*?)</p>', page)
    return ["".join(Page(found).words).replace("\u00a0", " ").replace("\u2061", "") for found in lines]


@pytest.fixture(params=["midterm", "second"])
def exam(request: pytest.FixtureRequest) -> Exam:
    found: Exam = request.getfixturevalue(request.param)
    return found


def test_everything_asked_is_on_the_page_once_with_its_mark(exam: Exam, scripted: Scripted) -> None:
    (result,) = results(exam, [Script("ada")])
    page = Page(scripted(exam, result)).safe()
    ids = Counter(page.ids)
    for _, asked in exam.asked():
        assert (ids[f"answer-{asked.id}"], ids[f"mark-{asked.id}"]) == (1, 1), asked.id
    assert max(ids.values()) == 1


def test_every_link_leads_to_a_place_that_there_is(exam: Exam, scripted: Scripted) -> None:
    (result,) = results(exam, [Script("ada")])
    page = Page(scripted(exam, result))
    assert {link for link in page.links if link.removeprefix("#") not in page.ids} == {"../index.html"}


def test_formulas_are_mathml_and_no_tex_is_left(exam: Exam, scripted: Scripted) -> None:
    (result,) = results(exam, [Script("ada")])
    text = scripted(exam, result)
    assert text.count("<math") > 50
    assert not re.search(r"\\(?:show|frac|times|le)\b|<annotation|\ue000", text)


def test_no_element_has_a_style_of_its_own_and_nothing_is_loaded(exam: Exam, scripted: Scripted) -> None:
    (result,) = results(exam, [Script("ada")])
    text = scripted(exam, result)
    assert "default-src &#x27;none&#x27;" in text
    assert not re.search(r'<[^>]* style="|<link|<script|<iframe|https?://|url\(', text)


def test_shown_values_are_those_of_the_students_own_draw(midterm: Exam, scripted: Scripted) -> None:
    pages = {}
    for student in ("ada", "grace", "emmy", "sofia"):
        (result,) = results(midterm, [Script(student)])
        words = re.search(r"A layer receives (.*?) channels", scripted(midterm, result))
        assert words
        pages[student] = (re.findall(r"<mn>(\d+)</mn>", words[1]), [result.variant.drawn()["q2-6.c"]])
    assert all(shown == own for shown, own in pages.values())


def test_an_answer_stands_in_its_place_with_its_sign_points_and_reason(
    midterm: Exam, class_: tuple[Result, ...], scripted: Scripted
) -> None:
    text = scripted(midterm, class_[0])
    words = " ".join("".join(Page(text).words).split())
    assert "the volume" in words
    assert "8x30x30✗wrong0 of 0.5key 8×32×32" in words
    assert "Dimension 2 is 30 in 8×30×30; it should be 32." in words
    assert "what follows from your own answer to q3-3a.1: 16×30×30" in words
    assert "8⋅3⋅3⋅3+8 = 216+8 = 224" in words
    assert "Pools, does not say why. decided by N. N." in words
    assert "The answer could not be read:" in words
    assert "A, C" in words
    assert "should not be marked" in words
    assert "7 so far of 100 1 answer waits for a person" in words


def test_the_sentence_of_a_scoring_rule_is_said_where_it_changes(midterm: Exam, scripted: Scripted) -> None:
    (result,) = results(midterm, [Script("ada")])
    text = scripted(midterm, result)
    assert text.count("Right 2 points, wrong") == 1
    assert text.count("in equal shares") == 1


def test_every_computed_option_says_what_was_compared_and_its_truth(
    midterm: Exam, second: Exam, scripted: Scripted
) -> None:
    (one,) = results(midterm, [Script("ada")])
    (two,) = results(second, [Script("ada")])
    found = working_lines(scripted(midterm, one)) + working_lines(scripted(second, two))
    computed = [
        claim
        for mark in (*one.marks, *two.marks)
        if isinstance(mark.key, ChoiceKey)
        for claim in mark.key.claims
        if claim.how is How.COMPUTED and not claim.option.none
    ]
    assert [words.rpartition(": ")[2] for words in found] == [str(claim.value).lower() for claim in computed]
    assert "2⋅1=3−1 ⇔ 2=2: true" in found
    assert "5=5 or 5=6 or 5=5: true" in found
    assert "(8,1)=(64,200): false" in found
    assert any(words.endswith(" ⇔ 441=1089: false") for words in found)
    assert not any("^" in words for words in found)


@pytest.mark.parametrize("answer", HOSTILE)
def test_a_hostile_answer_is_only_text(answer: str, midterm: Exam, scripted: Scripted) -> None:
    answers = {asked.id: Given(answer) for _, asked in midterm.asked()}
    (result,) = results(midterm, [Script(answer.replace("\ud800", ""), answers)])
    Page(scripted(midterm, result)).safe()


def test_an_answer_is_escaped_exactly_once(scripted: Scripted) -> None:
    exam = read("---\ntitle: 'A & b'\n---\n# S\n## Q {#q points=1}\n::: {.rubric}\n- +1 x\n:::\n").whole()

    @settings(max_examples=50)
    @given(st.text(max_size=60))
    def check(answer: str) -> None:
        (result,) = results(exam, [Script("ada", {"q": Given(answer)})])
        page = Page(script(common, result, tallied(result.marks, paths(exam)))).safe()
        kept = re.sub(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", "\N{REPLACEMENT CHARACTER}", answer
        )
        assert kept in "".join(page.words)

    texts = prose(exam)
    (first,) = results(exam, [Script("ada")])
    common = paper(exam, texts, drawn(exam, texts, {draw(first.variant): first.variant}))
    check()


def test_a_title_is_only_text(scripted: Scripted) -> None:
    source = '---\ntitle: T\n---\n# A `<b>` {each=1}\n## $x < 1$ [a](https://b.org) {#q}\n`? 2`{because="<u>"}\n'
    exam = replace(read(source).whole(), title="<script>alert(1)</script>", language='"><b>')
    (result,) = results(exam, [Script("ada")])
    page = Page(scripted(exam, result)).safe()
    assert "<script>alert(1)</script>" in page.words
    assert "https://b.org" not in page.links


def test_a_gap_in_the_words_of_a_picture_stands_beside_it(scripted: Scripted) -> None:
    exam = read("---\ntitle: T\n---\n# S\n## Q {#q points=1}\n![a `? 2` b](none.png)\n").whole()
    (result,) = results(exam, [Script("ada", {"q": Given('"><b>')})])
    page = Page(scripted(exam, result)).safe()
    assert page.ids.count("answer-q") == 1
