"""Hostile answers, in every gap of both midterms: each gets a mark with a reason, and none a traceback."""

import random
from pathlib import Path

import pytest

from tripos.exam.item import Choice, Rubric
from tripos.exam.reading import read_file
from tripos.marking.mark import State
from tripos.marking.response import Given, Script
from tripos.marking.result import results

ROOT = Path(__file__).parents[2]
HOSTILE = [
    "(" * 10_000, "[" * 500, "-" * 900, "2^" * 300, "not " * 200, "9^9^9^9", "1e999", "1e-999", "10^400 * 10^400",
    "((((((((((2^64)^64)^64)^64)^64)^64)^64)^64)^64)^64)", "1/0", "0/0", "0^0", "0^-1", "sqrt(-1)", "ln(0)", "ln(-1)",
    "exp(exp(exp(exp(9))))", "sum(k for k in {1,2,3})", "sum(i*j*k for i in {1,2,3}, for j in {1,2,3}, for k in {1,2,3})",
    "always(1=1 for x in reals)", "max(k for k in {1})", "parameters(net)", "volume(net, 1)", "__import__('os')",
    "{}" , "()", "[]", "[;]", "[,]", "{1,}", "1,2,3,4,5,6,7,8,9", "0x32x32", "-1x32x32", "1x1x1", "99999999999x9",
    "8x32x32x" * 50, "\\frac{1}{2}", "\\begin{cases}", "½", "2⁵", "٣", "1 000", "1_000", "1,00", "1.2.3", "..", "0.0.0",
    "<script>alert(1)</script>", "{0.__class__}", "%s%n", "\x00", "\u202e224", "\ue0000\ue001", "\ud800", "true false",
    "A, B, C, D, E, F, G", "a" * 900, "Δ" * 900, "x" * 999, "1" * 999, "0." + "1" * 990, "|x|", "a|b", "1;2", "1:2", '"',
    '"unclosed', "mask([0,1;1,0])", "mask([2])", "[0,0,1;1,0,0;1,1,0]" * 30, "ln(2)" + "*ln(2)" * 150, "tanh(1)^40",
    "(1 + ln(2) + ln(3) + ln(5))^60", "1/(1+exp(-1/(1+exp(-1))))", "e^e^e", "pi^pi", "2^(1/2)^(1/2)", "x = 3", "3 = 3", "1<2<3",
    "if", "else", "for", "in", "none", "undefined", "nan", "inf", "-inf", "NaN", "∞", "",  " ", "\n", "\t1",
]  # fmt: skip


@pytest.fixture(scope="module", params=["2019", "2023"])
def exam(request):
    return read_file(ROOT / "examples" / f"midterm-{request.param}.md").whole()


def mark_all(exam, answers):
    """The marks of one sheet on which every gap but the rubrics has some answer."""
    ids = [asked.id for _, asked in exam.asked() if not isinstance(asked, Rubric)]
    return next(results(exam, [Script("s", {id: Given(answers(id)) for id in ids})]))


@pytest.mark.parametrize("answer", HOSTILE, ids=lambda answer: repr(answer[:24]))
def test_a_hostile_answer_in_every_gap_gets_a_mark_and_a_reason(exam, answer):
    for mark in mark_all(exam, lambda _: answer).marks:
        assert mark.sentence
        assert (mark.points is None) == (mark.state is State.REVIEW)
        if not isinstance(mark.key.asked, Choice):
            assert mark.points is None or mark.points <= mark.out_of


GARBAGE = [
    "(" * 900,
    "[;]",
    "1.2.3",
    "8x32x32x",
    "2^",
    "__import__('os')",
    "<script>224</script>",
    "224\x00",
    "½⁵",
    "0x",
    "1__0",
]


@pytest.mark.parametrize("answer", GARBAGE, ids=lambda answer: repr(answer[:24]))
def test_garbage_is_never_right(exam, answer):
    assert not [mark.id for mark in mark_all(exam, lambda _: answer).marks if mark.state is State.RIGHT]


@pytest.mark.slow
def test_any_mixture_of_pieces_gets_a_mark(exam):
    pieces = [
        *'()[]{}+-*/^=<>,;. 0123456789x×·ΔeπabAB_|\\"',
        "ln(",
        "exp(",
        "max(",
        "sum(",
        " for k in {",
        "1/",
        "^2",
        "3x3",
    ]
    chance = random.Random(20)
    for _ in range(2_000):
        text = "".join(chance.choice(pieces) for _ in range(chance.randint(1, 30)))
        assert all(mark.sentence for mark in mark_all(exam, lambda _, text=text: text).marks)
