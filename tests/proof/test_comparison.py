"""Verdicts: what a comparison says, with which certainty and witness, and that every kind and reason is provided for."""

import re
from pathlib import Path

import pytest

from tripos.language.evaluator import Evaluator
from tripos.language.kind import Kind
from tripos.language.reader import expression
from tripos.language.student import read
from tripos.language.values import Undefined, kind_of
from tripos.language.vocabulary import Vocabulary
from tripos.marking.mark import SENTENCES
from tripos.proof.comparison import COMPARE, compare
from tripos.proof.verdict import Certainty, Outcome

ARITHMETIC = Vocabulary()
BY_PERSON = {Kind.NETWORK, Kind.TEXT}


def verdict(key, answer):
    value = Evaluator().value(expression(key, ARITHMETIC, {})).value
    kind = kind_of(value)
    assert kind is not None
    return compare(value, read(answer, ARITHMETIC, {}, kind), kind, {})


def test_every_kind_is_compared_or_left_to_a_person_and_none_is_forgotten():
    # A choice has no tree to compare: its letters are scored as they are.
    assert set(COMPARE) | BY_PERSON | {Kind.CHOICE} == set(Kind)
    assert not set(COMPARE) & BY_PERSON


def test_a_verdict_of_difference_has_a_reason_and_a_witness():
    found = verdict("3x32x32", "3x30x32")
    assert (found.outcome, found.certainty) == (Outcome.DIFFERENT, Certainty.EXACT)
    assert dict(found.witness) == {"dimension": "2", "given": "30", "key": "32"}
    entry = verdict("[1, 0; 0, 1]", "[1, 0; 0, 2]")
    assert dict(entry.witness) == {"row": "2", "column": "2", "got": "2", "key": "1"}


@pytest.mark.parametrize(
    ("key", "answer", "outcome"),
    [
        ("40*ln(2)", "ln(1099511627776)", Outcome.EQUAL),
        ("sqrt(2)", "2/sqrt(2)", Outcome.EQUAL),
        ("sqrt(2)", "1.41421356237", Outcome.DIFFERENT),
        ("e", "exp(1)", Outcome.EQUAL),
        ("1/(1 + exp(-1))", "e/(e + 1)", Outcome.EQUAL),
        ("1/(1 + exp(-1))", "sigmoid(1)", Outcome.EQUAL),
        ("exp(1/2)", "e^0.5", Outcome.EQUAL),
        ("exp(1/2)", "sqrt(e)", Outcome.EQUAL),
        ("2^sqrt(2)", "2^sqrt(2)", Outcome.EQUAL),
        ("2^sqrt(2)", "2.665", Outcome.DIFFERENT),
        ("sqrt(2) - 1", "max(1/(1 + sqrt(2)), sqrt(2) - 1)", Outcome.UNDECIDED),
        ("{sqrt(2) - 1, 2}", "{1/(1 + sqrt(2)), 2}", Outcome.UNDECIDED),
        ("{sqrt(2) - 1, 2}", "{2, sqrt(2) - 1}", Outcome.EQUAL),
        ('"two  dogs"', "Two dogs", Outcome.EQUAL),
        ('"don\'t"', "don’t", Outcome.EQUAL),
        ('"cat"', '"cat"', Outcome.EQUAL),
        ("3", "ln(0)", Outcome.DIFFERENT),
    ],
)
def test_constants_are_decided_or_said_to_be_undecided(key, answer, outcome):
    assert verdict(key, answer).outcome is outcome


def test_an_undefined_answer_is_different_and_says_why():
    found = verdict("3", "1/0")
    assert "division by zero" in found.reason.sentence()
    assert isinstance(Evaluator().value(expression("1/0", ARITHMETIC, {})).value, Undefined)


def test_every_reason_that_the_code_gives_has_a_sentence_and_every_sentence_is_given():
    source = Path(__file__).parents[2] / "src" / "tripos"
    texts = [path.read_text() for room in ("proof", "marking") for path in (source / room).rglob("*.py")]
    given = {code for text in texts for code in re.findall(r'(?:because|different)\(\s*"([a-z-]+)"', text)}
    assert given <= set(SENTENCES)
    # Where a code is chosen first and given later, it stands by itself.
    code = "".join(re.sub(r'^    "[a-z-]*":', "", text, flags=re.MULTILINE) for text in texts)
    assert [one for one in SENTENCES if one and f'"{one}"' not in code] == []


def test_a_sentence_mentions_only_what_its_reason_carries():
    assert verdict("3x32x32", "3072").reason.sentence().startswith("A shape such as 3×32×32")
