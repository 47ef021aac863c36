"""Options of choices."""

from __future__ import annotations

import pytest
from tests.review.samples import SOLUTION, question, told

from tripos.problem import Level

DRAWN = "```let\nn ~ {1, 2, 3}\n```\n"


@pytest.mark.parametrize(
    ("options", "fact"),
    [
        ("- [x] Same   *words*.\n- [ ] same words", "10:7 options A and B read the same."),
        (
            "- [x] A\n- [ ] B\n- [x] None of the above",
            "11:7 option C says that no other is right, and A is ticked as well.",
        ),
        (
            "- [ ] A\n- [ ] None of these",
            "10:7 option B says that no other is right, which is so, and it is not ticked.",
        ),
        ("- `? 1 < 2` A\n- `? none` B\n- `? none` C", "11:6 option C is the second that is right when no other is."),
    ],
)
def test_options_that_contradict_each_other_are_errors(options: str, fact: str) -> None:
    assert told(question(options + SOLUTION)) == [fact]


@pytest.mark.parametrize(
    ("options", "level", "fact"),
    [
        ("- [ ] A\n- [ ] B", Level.WARNING, "9:1 no option is right, and none says so."),
        ("- [x] A\n- [x] B", Level.HINT, "9:1 every option is right."),
        ("- `? none` A\n- `? 1 < 2` B", Level.WARNING, '9:6 option A says "none" and is not the last.'),
        (
            "- `? 1 < 2` A\n- `? 1 < 2` B\n- `? 2 < 1` C",
            Level.WARNING,
            "10:6 options A and B have the same claim as their key.",
        ),
    ],
)
def test_options_that_leave_little_to_choose_are_mentioned(options: str, level: Level, fact: str) -> None:
    assert told(question(options + SOLUTION), level) == [fact]


def test_a_single_choice_has_exactly_one_right_option() -> None:
    text = question("- [x] A\n- [x] B\n- [ ] C" + SOLUTION, "choose=one")
    assert told(text) == ["9:1 one option is to be chosen, and 2 are right: A, B."]


def test_a_draw_that_makes_every_option_right_is_named() -> None:
    text = question(DRAWN + "- `? n > 2` A\n- `? n > 1` B\n- `? n > 0` C" + SOLUTION)
    assert told(text, Level.HINT) == ["12:1 for n = 3: every option is right."]


def test_none_of_the_above_beside_a_ticked_option_is_in_order() -> None:
    assert told(question("- [x] A\n- [ ] None of the above" + SOLUTION)) == []
