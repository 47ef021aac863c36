"""Markup: every text is escaped exactly once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.pages.apart import Page

from tripos.pages.markup import Html, element, isolated, joined, shortened, text


@given(st.text(), st.text())
def test_a_text_comes_out_as_it_went_in_and_is_nothing_else(words: str, value: str) -> None:
    page = Page(element("p", words, title=f"x{value}").text)
    assert page.tags == {"p"}
    assert page.attributes == {"title"}
    assert "".join(page.words) == text(words).text.replace("&lt;", "<").replace("&gt;", ">").replace(
        "&quot;", '"'
    ).replace("&#x27;", "'").replace("&amp;", "&")


def test_markup_is_not_escaped_again() -> None:
    assert element("p", Html("<b>1</b>"), " < ", element("i", "&")).text == "<p><b>1</b> &lt; <i>&amp;</i></p>"


def test_what_no_document_may_hold_is_replaced() -> None:
    assert text("a\x00b\ud800c\x1bd\ne").text == "a�b�c�d\ne"


def test_an_empty_attribute_is_left_out_and_a_reserved_word_can_be_one() -> None:
    assert element("a", class_="x", aria_label="", href="#y").text == '<a class="x" href="#y"></a>'


def test_the_direction_of_a_strangers_words_ends_with_them() -> None:
    assert isolated("\u202eabc").text == "<bdi>\u202eabc</bdi>"


def test_contents_are_joined_with_a_text_between_them() -> None:
    assert joined(["a", Html("<br>"), "b"], " & ").text == "a &amp; <br> &amp; b"


def test_a_long_text_is_cut_and_says_so() -> None:
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("abcd", 4) == "abcd"
