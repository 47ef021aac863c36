"""Digits, decimals, pieces and words that an author asks for: what cannot be meant is told once, with its place."""

from __future__ import annotations

import pytest
from tests.review.samples import question, told

from tripos.problem import Level

FREE = "```let\nx : real\n```\n\n"


@pytest.mark.parametrize(
    ("body", "level", "says"),
    [
        ("`? pi`{digits=3 decimals=2 because=x}", Level.ERROR, "digits=3 and decimals=2 ask for two precisions."),
        (
            "`? 1/3`{digits=3 form=fraction because=x}",
            Level.ERROR,
            "digits=3 asks for a rounded decimal, and form=fraction for another form.",
        ),
        (
            '`? "a"`{digits=3 because=x}',
            Level.WARNING,
            "digits=3 asks for a number to be rounded, and the key is of kind word.",
        ),
        ("`? pi`{digits=0 because=x}", Level.ERROR, "digits=0 is no count."),
        ("`? 2`{piece-points=1/2 because=x}", Level.WARNING,
         "piece-points speaks of the pieces of a formula, and the key is of kind number."),
        (FREE + "`? max(0, x)`{piece-points=1 because=x}", Level.ERROR,
         "q1 is worth 1, but an answer that is right on most pieces alone is worth 1."),
        ('`? "A"`{words="B; C" because=x}', Level.ERROR, "“A” is right, and is not among words=."),
        ('`? "A"`{words="A; B" also="&quot;C&quot;" because=x}', Level.ERROR, "“C” is right, and is not among words=."),
        ('`? "A"`{words="A" because=x}', Level.ERROR, 'words="A" leaves no choice.'),
        ('`? 1`{words="1; 2" because=x}', Level.ERROR,
         "words= lists what may be answered, and the key is of kind number."),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(body: str, level: Level, says: str) -> None:
    assert [line.partition(" ")[2] for line in told(question(body), level)] == [says]


@pytest.mark.parametrize(
    "body",
    [
        "`? pi`{digits=3 because=x}",
        "`? 1/3`{decimals=2 form=decimal because=x}",
        "`? table(3x8x8 -> CONV3-4, volume, parameters)`{digits=3}",
        FREE + "`? max(0, x)`{piece-points=1/2 because=x}",
        '`? "a"`{words="A; B; it doesn\'t matter" because=x}',
    ],
)
def test_what_can_be_meant_is_not_told(body: str) -> None:
    assert told(question(body), Level.ERROR) == []
    assert told(question(body), Level.WARNING) == []


def test_a_number_asked_to_some_digits_is_not_said_to_need_an_exact_answer() -> None:
    hint = "only an exact answer is right here"
    assert any(hint in line for line in told(question("`? 1/3`{because=x}"), Level.HINT))
    assert not any(hint in line for line in told(question("`? 1/3`{digits=3 because=x}"), Level.HINT))
