"""Answers judged: read, compared and held to form, precision and words; what cannot be is said, never taken for wrong."""

import pytest
from flint import fmpq

from tripos.language.kind import Kind
from tripos.language.names import Free, Shared, Sort
from tripos.language.tree import number
from tripos.language.values import Collection, Shape
from tripos.language.worked import exactly
from tripos.proof.answer import Question, judged
from tripos.proof.verdict import Outcome

NUMBER = Question(fmpq(224), Kind.NUMBER)


def verdict(question, text):
    return judged(question, text).verdict


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("224", Outcome.EQUAL),
        ("8·3·3·3 + 8", Outcome.EQUAL),
        ("223", Outcome.DIFFERENT),
        ("224 = 8*28", Outcome.EQUAL),
        ("8*28 = 2*112 = 224", Outcome.EQUAL),
        ("8*28 = 225", Outcome.UNDECIDED),
        ("7 = 8", Outcome.DIFFERENT),
        ("", Outcome.UNREADABLE),
        ("  \n", Outcome.UNREADABLE),
        ("8*", Outcome.UNREADABLE),
        ("two hundred", Outcome.UNREADABLE),
        ("1/2(4)", Outcome.REFUSED),
        ("(" * 500, Outcome.REFUSED),
        ("9" * 5_000, Outcome.REFUSED),
        ("9^9^9^9", Outcome.REFUSED),
    ],
)
def test_an_answer_is_right_wrong_unread_or_not_taken(text, outcome):
    assert verdict(NUMBER, text).outcome is outcome


def test_where_an_answer_cannot_be_read_is_the_witness():
    found = verdict(NUMBER, "8 * * 3")
    assert found.outcome is Outcome.UNREADABLE
    assert dict(found.witness) == {"column": "5"}
    assert verdict(NUMBER, "").witness == ()


def test_an_equation_with_one_wrong_side_says_that_its_sides_differ():
    assert "do not all equal the key" in verdict(NUMBER, "224 = 223").reason.sentence()


def test_the_right_value_in_the_wrong_form_is_different_for_its_form_alone():
    product = Question(fmpq(224), Kind.NUMBER, form="product")
    assert verdict(product, "8*28").outcome is Outcome.EQUAL
    assert verdict(product, "8*28 = 224").outcome is Outcome.EQUAL
    found = verdict(product, "224")
    assert (found.outcome, found.reason.code, found.given) == (Outcome.DIFFERENT, "form", fmpq(224))
    assert verdict(product, "223").reason.code != "form"


def test_only_free_names_are_known_to_an_answer():
    names = {"x": Free(Sort.REAL), "n": exactly(8), "net": Shared(number(3), {})}
    question = Question(fmpq(8), Kind.NUMBER, names)
    assert set(question.names) == {"x"}
    assert verdict(question, "n").outcome is Outcome.UNREADABLE


def test_a_choice_is_a_set_of_letters():
    question = Question(Collection(("A", "C")), Kind.CHOICE)
    assert verdict(question, "C, a").outcome is Outcome.EQUAL
    assert verdict(question, "A").reason.sentence() == "C is missing."
    assert verdict(question, "ABC").reason.sentence() == "B does not belong here."
    assert verdict(question, "A?").outcome is Outcome.UNREADABLE
    assert verdict(Question(Collection(()), Kind.CHOICE), "-").outcome is Outcome.EQUAL
    assert verdict(question, "-").reason.sentence() == "A, C is missing."


def test_a_word_that_is_none_of_those_listed_goes_to_a_person():
    question = Question("it doesn't matter", Kind.WORD, words=("A", "B", "it doesn't matter"))
    assert verdict(question, "It doesn’t matter").outcome is Outcome.EQUAL
    assert verdict(question, "A").outcome is Outcome.DIFFERENT
    found = verdict(question, "C")
    assert found.outcome is Outcome.UNREADABLE
    assert "“C” is none of “A”, “B”, “it doesn't matter”" in found.reason.sentence()


def test_an_answer_in_words_is_for_a_person():
    assert verdict(Question("why", Kind.TEXT), "because").outcome is Outcome.UNDECIDED


def test_the_same_text_is_a_shape_in_a_shape_gap_and_a_product_in_a_number_gap():
    assert verdict(Question(Shape((16, 32, 32)), Kind.SHAPE), "16 × 32 × 32").outcome is Outcome.EQUAL
    assert verdict(Question(fmpq(16384), Kind.NUMBER), "16 × 32 × 32").outcome is Outcome.EQUAL
