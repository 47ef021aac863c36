"""Diagnoses: every mistake that people make most gets its sentence, in a student's words, and nothing else does."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proof.mutating import mutated
from tests.proof.points.at import tree
from tests.proof.rewriting import rewritten
from tests.proof.writing import NAMES, Writer

from tripos.language.tree import add, multiply, name, negate, number, subtract
from tripos.proof.diagnosis import diagnosed
from tripos.proof.formula import compared
from tripos.proof.points.layout import Unfitting
from tripos.proof.reason import SENTENCES
from tripos.proof.verdict import Outcome

POINT = re.compile(r"(At .+ the key is .+; the answer is .+|.+ is not .+)\.$")  # two numbers differ without any point


def told(key, answer):
    """The verdict on an answer, with its diagnosis."""
    key, answer = (tree(part, NAMES) if isinstance(part, str) else part for part in (key, answer))
    return diagnosed(compared(key, answer, NAMES), key, answer, NAMES)


LOSS = "sum(max(0, s_k - s_y + Δ) for k != y)"
SLOPE = "2*a*(s_j - s_y + Δ)"
ENTROPY = "-p*log(p) - (1 - p)*log(1 - p)"
CASES = "(2*a*(s_j - s_y + Δ) if s_j > s_y - Δ else 0)"

DIAGNOSED = [
    (SLOPE, "-2*a*(s_j - s_y + Δ)", "sign", "The sign is the other way round."),
    (SLOPE, "2*a*(s_y - s_j - Δ)", "sign", "The sign is the other way round."),
    ("W*v", "-W*v", "sign", "The sign is the other way round."),
    (ENTROPY, "p*log(p) + (1 - p)*log(1 - p)", "sign", "The sign is the other way round."),
    ("x^2 + z", "x^2", "term-missing", "The term z is missing."),
    ("x^2 - z", "x^2", "term-missing", "The term z is missing."),
    ("x^2 + a*z + 3", "3 + x^2", "term-missing", "The term a·z is missing."),
    ("W*v + u", "W*v", "term-missing", "The term u is missing."),
    (f"{LOSS} + a*norm(v)^2", LOSS, "term-missing", "The term a·‖v‖^2 is missing."),
    ("x^2 + z", "x^2 + z + a", "term-extra", "The term a does not belong here."),
    ("x^2", "x^2 - 1", "term-extra", "The term 1 does not belong here."),
    ("exp(x)", "exp(x) + log(2)", "term-extra", "The term log 2 does not belong here."),
    ("x + 1", "x - 1", "constant", "The answer is the key with −2 added."),
    ("(x + 1)^2", "x*(x + 2)", "constant", "The answer is the key with −1 added."),
    ("n*(n + 1)", "n^2 + n + 1/2", "term-extra", "The term 1/2 does not belong here."),
    (LOSS, LOSS.replace("k != y", "k in indices(s)"), "true-class", "The sum includes the true class, y."),
    ("log(1 + sum(exp(s_k - s_y) for k != y))", "log(1 + sum(exp(s_k - s_y) for k in indices(s)))", "true-class", "The sum includes the true class, y."),
    ("max(s_k for k != y)", "max(s_k for k in indices(s))", "true-class", "The maximum includes the true class, y."),
    ("min(s_k for k != y)", "min(s_k for k in indices(s))", "true-class", "The minimum includes the true class, y."),
    ("prod(s_k for k != y)", "prod(s_k for k in indices(s))", "true-class", "The product includes the true class, y."),
    ("sum(s_k^2 for k in indices(s))", "sum(s_k^2 for k != y)", "no-true-class", "The sum leaves out the class y."),
    ("exp(s_y)/sum(exp(s_k) for k in indices(s))", "exp(s_y)/sum(exp(s_k) for k != y)", "no-true-class", "The sum leaves out the class y."),
    (SLOPE, "4*a*(s_j - s_y + Δ)", "twice", "The answer is twice the key: a factor of two too many."),
    (SLOPE, "a*(s_j - s_y + Δ)", "half", "The answer is half of the key: a factor of two is missing."),
    ("x^2/2", "x^2", "twice", "The answer is twice the key: a factor of two too many."),
    ("2*W*v", "W*v", "half", "The answer is half of the key: a factor of two is missing."),
    (SLOPE, "3*a*(s_j - s_y + Δ)", "factor", "The answer is 3/2 times the key."),
    ("x*exp(z)", "x*exp(z)/3", "factor", "The answer is 1/3 times the key."),
    ("a/b", "b/a", "reciprocal", "The answer is the reciprocal of the key."),
    ("1/(1 + exp(-x))", "1 + exp(-x)", "reciprocal", "The answer is the reciprocal of the key."),
    ("log(a)", "log2(a)", "log-base", "The logarithm is taken to base 2 where the natural one is asked for."),
    (ENTROPY, ENTROPY.replace("log", "log2"), "log-base", "The logarithm is taken to base 2 where the natural one is asked for."),
    ("log(a) + x", "log10(a) + x", "log-base", "The logarithm is taken to base 10 where the natural one is asked for."),
    (ENTROPY.replace("log", "log2"), ENTROPY, "log-natural", "The natural logarithm is taken where another base is asked for."),
    (CASES, SLOPE, "pieces", "The answer is right in 1 of 2 cases; one is missing or wrong."),
    (CASES, "0", "pieces", "The answer is right in 1 of 2 cases; one is missing or wrong."),
    ("max(0, x)", "x", "pieces", "The answer is right in 1 of 2 cases; one is missing or wrong."),
    ("(0 if x < 0 else (x if x < 1 else 1))", "max(0, x)", "pieces", "The answer is right in 2 of 3 cases; one is missing or wrong."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "answer", "code", "words"), DIAGNOSED, ids=[f"{code}: {answer}" for _, answer, code, _ in DIAGNOSED]
)
def test_a_common_mistake_is_named_and_shown_at_a_point(key, answer, code, words):
    verdict = told(key, answer)
    sentence = verdict.reason.sentence()
    assert verdict.outcome is Outcome.DIFFERENT
    assert (verdict.reason.code, sentence[: len(words)]) == (code, words)
    assert POINT.fullmatch(sentence[len(words) + 1 :]), sentence


UNDIAGNOSED = [
    ("x*z", "x + z"),
    ("x*z", "x^3 + z"),
    ("sqrt(x^2 + 1)", "x + 1"),
    ("f(x) + f(z)", "f(x + z)"),
    ("x", "x*(x - 1)/(x - 1)"),
    ("s_y", "s_j"),
    ("0", "x"),
    ("x", "0"),
    ("a", "log(a)"),
    ("x^2", "x^3"),
    ("exp(x)", "exp(x) if x < 5000 else 0"),
    ("x", "x if x != 17 else 0"),
]


@pytest.mark.parametrize(("key", "answer"), UNDIAGNOSED, ids=[answer for _, answer in UNDIAGNOSED])
def test_another_mistake_is_shown_at_a_point_and_given_no_name(key, answer):
    verdict = told(key, answer)
    assert verdict.reason.code == "at"
    assert POINT.fullmatch(verdict.reason.sentence())


@pytest.mark.parametrize("answer", ["x^2 + z", "z + x*x"])
def test_a_right_answer_gets_no_diagnosis(answer):
    verdict = told("x^2 + z", answer)
    assert verdict.outcome is Outcome.EQUAL
    assert verdict.reason.sentence() == ""


@pytest.mark.parametrize(
    ("answer", "code"),
    [("transpose(W)*v", "sizes"), ("transpose(W*v)", "transposed"), ("x", "wrong-size"), ("v", "wrong-size")],
)
def test_sizes_come_before_any_diagnosis(answer, code):
    verdict = told("W*v", answer)
    assert verdict.reason.code == code
    assert verdict.reason.sentence().endswith(".")


def made(random):
    """A formula and one of the mistakes in it, with the codes that are a fair name for it."""
    key = Writer(random).scalar(2)
    mistakes = {
        ("sign",): negate(key),
        ("twice",): multiply(number(2), key),
        ("term-extra", "constant"): add(key, number(5)),
        ("term-missing", "constant"): subtract(key, number(5)),
        ("factor",): multiply(number(3), key),
    }
    codes = random.choice(list(mistakes))
    return key, rewritten(mistakes[codes], random, 1)[0], codes


@settings(max_examples=60, derandomize=True)
@given(st.randoms(use_true_random=False))
def test_a_mistake_in_any_formula_in_any_form_is_found_or_shown(random):
    key, answer, codes = made(random)
    verdict = told(key, answer)
    if verdict.outcome is Outcome.DIFFERENT:
        # A formula may be its own negative or the like, by way of its terms or its constants; a point there always is.
        assert verdict.reason.code in {
            *codes,
            "at",
            "pieces",
            "half",
            "twice",
            "sign",
            "term-extra",
            "term-missing",
            "constant",
            "factor",
            "reciprocal",
        }
        assert POINT.search(verdict.reason.sentence())


@settings(max_examples=80, derandomize=True)
@given(st.randoms(use_true_random=False))
def test_a_diagnosis_never_makes_a_verdict_and_always_ends_with_the_point(random):
    key = Writer(random).formula()
    found = mutated(key, random)
    if found is None:
        return
    try:
        plain = compared(key, found[0], NAMES)
    except Unfitting:
        return
    verdict = diagnosed(plain, key, found[0], NAMES)
    assert (verdict.outcome, verdict.certainty, verdict.witness) == (plain.outcome, plain.certainty, plain.witness)
    if plain.reason.code == "at":
        assert verdict.reason.sentence().endswith(plain.reason.sentence())


@settings(max_examples=60, derandomize=True)
@given(st.randoms(use_true_random=False))
def test_a_named_mistake_says_what_is_so(random):
    key = Writer(random).scalar(1)
    answer = mutated(key, random)
    if answer is None:
        return
    verdict = told(key, answer[0])
    meant = {
        "sign": lambda: (negate(key), answer[0]),
        "twice": lambda: (multiply(number(2), key), answer[0]),
        "half": lambda: (key, multiply(number(2), answer[0])),
    }.get(verdict.reason.code)
    if meant is not None:
        # What is named holds at the points that were looked at; where it does not everywhere, the two differ in pieces.
        assert compared(*meant(), NAMES).outcome in (Outcome.EQUAL, Outcome.UNDECIDED) or verdict.share is not None


def test_every_sentence_of_a_diagnosis_speaks_to_a_student():
    # No jargon of ours: a careless student reads these, the mark in hand.
    ours = re.compile(r"\b(node|tree|witness|undecid|fmpq|arb|ball|None|True|False|Op\.)\b")
    for code, sentence in SENTENCES.items():
        assert not ours.search(sentence), code
        assert sentence == "" or sentence.endswith((".", "}"))
    assert told(name("x"), name("z")).reason.sentence()[0].isupper()
