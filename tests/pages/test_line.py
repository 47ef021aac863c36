"""A line of mathematics: long ones are taken apart, and say the same."""

from __future__ import annotations

import pytest
from tests.pages.apart import Page

from tripos.language.names import domain
from tripos.language.reader import expression
from tripos.language.tree import Node
from tripos.language.vocabulary import Vocabulary
from tripos.pages.line import line

SUM = "a*1111111 + b*2222222 - c*3333333 - 4444444 + d*5555555 + e"
SIGNS = str.maketrans({"\u2062": "*", "⋅": "*", "−": "-", "\u2061": None, "\u00a0": None, " ": None})


def tree(text: str) -> Node:
    """An expression with free names."""
    return expression(text, Vocabulary(), dict.fromkeys("abcdef", domain("real")))


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("a + b = c", 1),
        (SUM, 6),
        (f"{SUM} > {SUM}", 12),
        (f"{SUM} = f or a = b", 8),
        (f"{SUM} = f and a = b and c = d", 9),
        (f"{SUM}-(a+b)", 1),
        (f"{SUM}+log(a+b)", 1),
        (f"({SUM})*f", 1),
        (f"{SUM} = f or not a = b", 1),
    ],
)
def test_a_long_line_is_taken_apart_only_where_no_brackets_are_needed(text: str, formulas: int) -> None:
    written = line(tree(text)).text
    page = Page(written).safe()
    assert written.count("<math>") == formulas
    assert "".join(page.words).translate(SIGNS) == text.replace(" ", "").replace(")*f", ")f").replace(")f", ")*f")


def test_a_formula_too_wide_scrolls_by_itself() -> None:
    assert 'class="long"' in line(tree(f"({SUM})*f")).text
    assert 'class="long"' not in line(tree("a + b")).text


def test_an_endless_expression_is_plain_text() -> None:
    written = line(tree("*".join(["(a + b)"] * 400))).text
    assert "<math" not in written
