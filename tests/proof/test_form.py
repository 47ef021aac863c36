"""Forms: which ways of writing a number are a product, a fraction, a decimal."""

import pytest

from tripos.language.reader import expression
from tripos.language.vocabulary import Vocabulary
from tripos.proof.form import FORMS, can_be_asked


def tree(text):
    return expression(text, Vocabulary(), {})


@pytest.mark.parametrize(
    ("form", "written", "kept"),
    [
        ("product", "2*3", True),
        ("product", "8*3*3*3 + 8", True),
        ("product", "2^10", True),
        ("product", "6", False),
        ("product", "1*6", False),
        ("product", "6*1*1", False),
        ("product", "6^1", False),
        ("product", "6/1", False),
        ("fraction", "1/4", True),
        ("fraction", "-1/4", True),
        ("fraction", "3", True),
        ("fraction", "0.25", False),
        ("fraction", "(1/2)/2", False),
        ("decimal", "0.25", True),
        ("decimal", "-0.5", True),
        ("decimal", "3", True),
        ("decimal", "1/4", False),
    ],
)
def test_a_form_tells_how_a_number_is_written(form, written, kept):
    assert FORMS[form](tree(written)) is kept


def test_a_product_is_not_asked_where_the_key_has_nothing_to_multiply():
    assert can_be_asked("product", tree("8*3*3*3"))
    assert not can_be_asked("product", tree("10"))
    assert not can_be_asked("product", tree("8*1*1"))
    assert can_be_asked("fraction", tree("10"))
    assert not can_be_asked("", tree("2*3"))
