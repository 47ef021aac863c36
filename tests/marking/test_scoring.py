"""The scoring rules of the two midterms, exactly, with absent, blank and given as different states."""

import pytest
from flint import fmpq
from tests.marking.exams import marked, result

from tripos.marking.decision import Decision
from tripos.marking.mark import State

TRUTH = "# TF {rule=truth each=2 wrong=-1}\n\n## One {#q}\n\nClaim. `? true`\n"
CHOICE = "## One {#q points=4}\n\nWhich?\n\n- [x] a\n- [x] b\n- [ ] c\n- [ ] d\n"
PER_OPTION = f"# MC {{rule=per-option}}\n\n{CHOICE}"
UNTOUCHED = f"# MC {{rule=per-option untouched=0}}\n\n{CHOICE}"
DEDUCT = f"# MC {{rule=deduct error=2 floor=0}}\n\n{CHOICE}"
EXACT = f"# MC {{rule=exact}}\n\n{CHOICE}"
SINGLE = "# MC {rule=deduct error=2}\n\n## One {#q points=4 choose=one}\n\n- [x] a\n- [ ] b\n"


@pytest.mark.parametrize(
    ("body", "answer", "points", "state"),
    [
        (TRUTH, "true", 2, State.RIGHT),
        (TRUTH, "false", -1, State.WRONG),
        (TRUTH, None, 0, State.BLANK),
        (TRUTH, "absent", 0, State.ABSENT),
        (TRUTH, "perhaps", None, State.REVIEW),
        (PER_OPTION, "A, B", 4, State.RIGHT),
        (PER_OPTION, "A C", 2, State.PARTLY),
        (PER_OPTION, "C D", 0, State.WRONG),
        (PER_OPTION, "abcd", 2, State.PARTLY),
        (PER_OPTION, "-", 2, State.PARTLY),
        (PER_OPTION, None, 2, State.BLANK),
        (PER_OPTION, "absent", 0, State.ABSENT),
        (UNTOUCHED, "-", 0, State.WRONG),
        (UNTOUCHED, None, 0, State.BLANK),
        (UNTOUCHED, "A", 3, State.PARTLY),
        (DEDUCT, "A, B", 4, State.RIGHT),
        (DEDUCT, "A", 2, State.PARTLY),
        (DEDUCT, "A, B, C", 2, State.PARTLY),
        (DEDUCT, "A, C", 0, State.WRONG),
        (DEDUCT, "C, D", 0, State.WRONG),
        (DEDUCT, "-", 0, State.WRONG),
        (DEDUCT, None, 0, State.BLANK),
        (DEDUCT, "absent", 0, State.ABSENT),
        (EXACT, "B A", 4, State.RIGHT),
        (EXACT, "A", 0, State.WRONG),
        (EXACT, None, 0, State.BLANK),
        (SINGLE, "A", 4, State.RIGHT),
        (SINGLE, "A, B", 2, State.PARTLY),
        (SINGLE, "B", 0, State.WRONG),
    ],
)
def test_a_rule_gives_what_it_says(body, answer, points, state):
    mark = marked(body, {} if answer == "absent" else {"q": answer})["q"]
    assert (mark.points, mark.state) == (points, state)
    assert mark.sentence.strip()


def test_the_deduction_has_a_floor_that_may_lie_below_zero():
    body = f"# MC {{rule=deduct error=3 floor=-2}}\n\n{CHOICE}"
    assert marked(body, {"q": "C, D"})["q"].points == -2


def test_the_reason_for_a_choice_names_what_is_wrong_and_what_is_missing():
    sentence = marked(DEDUCT, {"q": "A, C"})["q"].sentence
    assert "Marked: A, C." in sentence
    assert "C should not be marked" in sentence
    assert "B should be" in sentence


def test_none_of_these_is_right_where_no_option_holds_and_blank_is_not():
    body = "# A {rule=exact}\n\n## N {#q points=4}\n\n- [ ] a\n- [ ] b\n"
    assert marked(body, {"q": "-"})["q"].state is State.RIGHT
    assert marked(body, {"q": None})["q"].points == 0


def test_gaps_without_points_of_their_own_share_equally_and_exactly():
    body = "## Three {#q points=2}\n\n`? 1`, `? 2` and `? 3`\n"
    marks = marked(body, {"q.1": "1", "q.2": "2", "q.3": "4"})
    assert [mark.points for mark in marks.values()] == [fmpq(2, 3), fmpq(2, 3), 0]


def test_points_are_rounded_once_at_the_total_half_up():
    body = "## Eight {#q points=1}\n\n" + " ".join("`? 1`" for _ in range(8)) + "\n"
    answers = {f"q.{index}": "1" for index in range(1, 4)} | {f"q.{index}": "2" for index in range(4, 9)}
    found = result(body, answers)
    assert found.total == fmpq(38, 100)  # three eighths are 0.375
    sevenths = "## Seven {#q points=1}\n\n" + " ".join("`? 1`" for _ in range(7)) + "\n"
    assert result(sevenths, {f"q.{index}": "1" for index in range(1, 8)}).total == 1


def test_all_or_nothing_over_several_gaps_takes_the_points_of_the_right_ones():
    body = "# A {rule=exact}\n\n## Two {#q points=2}\n\n`? 1` and `? 2`\n"
    assert [mark.points for mark in marked(body, {"q.1": "1", "q.2": "2"}).values()] == [1, 1]
    marks = marked(body, {"q.1": "1", "q.2": "3"})
    assert [mark.points for mark in marks.values()] == [0, 0]
    assert "All or nothing" in marks["q.1"].sentence


def test_all_or_nothing_waits_where_a_person_has_to_decide():
    body = "# A {rule=exact}\n\n## Two {#q points=2}\n\n`? 1` and `? 2`\n"
    marks = marked(body, {"q.1": "1", "q.2": "2^"})
    assert [mark.points for mark in marks.values()] == [None, None]
    assert all(mark.state is State.REVIEW for mark in marks.values())


FORM = "## P {#q points=1}\n\n`? parameters(CONV3-8 on 3x32x32)`{form=product form-points=1/2}\n"


@pytest.mark.parametrize(
    ("answer", "points", "state"),
    [
        ("8*3*3*3 + 8", 1, State.RIGHT),
        ("8·27+8", 1, State.RIGHT),
        ("224", fmpq(1, 2), State.PARTLY),
        ("2^5*7", 1, State.RIGHT),
        ("8*3*3*3", 0, State.WRONG),
        ("8*3*3*3 + 8x", None, State.REVIEW),
    ],
)
def test_a_right_value_in_another_form_earns_its_form_points(answer, points, state):
    mark = marked(FORM, {"q": answer})["q"]
    assert (mark.points, mark.state) == (points, state)


def test_a_product_form_asks_no_product_where_the_key_has_none():
    body = "## B {#q points=1}\n\n`? biases(CONV3-8 on 3x32x32)`{form=product}\n"
    assert marked(body, {"q": "8"})["q"].state is State.RIGHT


def test_what_an_author_accepts_as_well_is_right():
    body = '## B {#q points=1}\n\n`? 3`{also="4"}\n'
    assert marked(body, {"q": "4"})["q"].state is State.RIGHT
    assert marked(body, {"q": "5"})["q"].state is State.WRONG


@pytest.mark.parametrize(
    ("key", "answer", "state", "says"),
    [
        ("3x32x32", "3072", State.WRONG, "number of its entries"),
        ("3x32x32", "3x32", State.WRONG, "3×32 has 2 dimensions; the key has 3 dimensions"),
        ("3x32x32", "3x32x30", State.WRONG, "Dimension 3 is 30"),
        ("7", "7x1", State.RIGHT, ""),
        ("[1, 0; 0, 1]", "[1, 0; 1, 1]", State.WRONG, "row 2, column 1"),
        ("[1, 0; 0, 1]", "[1, 0, 0, 1]", State.WRONG, "entries were given"),
        ("{1, 2}", "{2, 1}", State.RIGHT, ""),
        ("{1, 2}", "{2}", State.WRONG, "1 is missing"),
        ("{1, 2}", "{1, 2, 3}", State.WRONG, "3 does not belong"),
        ('"A"', "a", State.RIGHT, ""),
        ("40*ln(2)", "ln(2^40)", State.RIGHT, ""),
        ("40*ln(2)", "20*ln(4)", State.RIGHT, ""),
        ("1/3", "0.333", State.REVIEW, "rounded"),
        ("1/4", ".25", State.RIGHT, ""),
        ("5", "1/0", State.WRONG, "has no value"),
        ("5", "9^9^9^9", State.REVIEW, "was not taken"),
        ("5", "(" * 500, State.REVIEW, "was not taken"),
        ("5", "5)", State.REVIEW, "could not be read"),
        ("5", "2 + 3 = 5", State.RIGHT, ""),
        ("5", "2 + 3 = 6", State.REVIEW, "do not all equal"),
        ("5", "2 + 4 = 6", State.WRONG, "6 is not 5"),
        ("5", "true", State.WRONG, "A number is asked for"),
    ],
)
def test_an_answer_is_compared_for_its_kind_with_a_reason(key, answer, state, says):
    mark = marked(f"## K {{#q points=1}}\n\n`? {key}`\n", {"q": answer})["q"]
    assert mark.state is state, mark.sentence
    assert says in mark.sentence


@pytest.mark.parametrize(
    ("key", "answer", "state"),
    [
        ("1/8", "0,125", State.RIGHT),
        ("3125", "3,125", State.RIGHT),
        ("25/8", "3,125", State.REVIEW),
        ("7", "3,125", State.WRONG),
        ("81930", "81,920", State.WRONG),
        ("1769472", "1,769,472", State.RIGHT),
        ("7", "1,769,472", State.WRONG),
        ("200", "max(1,200)", State.RIGHT),
        ("1", "min(1,100)", State.RIGHT),
    ],
)
def test_a_comma_that_may_be_a_decimal_point_is_not_guessed(key, answer, state):
    assert marked(f"## K {{#q points=1}}\n\n`? {key}`\n", {"q": answer})["q"].state is state


@pytest.mark.parametrize(
    ("key", "answer", "state"),
    [
        ("1/(1 + exp(-1))", "0.731", State.REVIEW),
        ("1/(1 + exp(-1))", "0.732", State.WRONG),
        ("2*ln(2)", "1.386", State.REVIEW),
        ("-1/3", "-0.33", State.REVIEW),
        ("1/3", "0.3", State.WRONG),
        ("1/3", "0", State.WRONG),
        ("3/4", "0.8", State.WRONG),
        ("2^sqrt(2)", "2.665", State.REVIEW),
    ],
)
def test_a_rounded_decimal_of_a_number_without_end_goes_to_a_person(key, answer, state):
    assert marked(f"## K {{#q points=1}}\n\n`? {key}`\n", {"q": answer})["q"].state is state


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("[1, -1]", "1 -1"),
        ("[1, -1]", "[1 -1]"),
        ("[1, 2, 3]", "[1; 2; 3]"),
        ("[1/2, -1; 3/2, -2]", "[0.5 -1; 1.5 -2]"),
    ],
)
def test_entries_parted_by_blanks_are_not_a_subtraction(key, answer):
    assert marked(f"## K {{#q points=1}}\n\n`? {key}`\n", {"q": answer})["q"].state is State.RIGHT


@pytest.mark.parametrize("answer", ["B or C", "not B", "A–C", "none", "AE", "Answer B", "A?"])
def test_a_choice_that_is_not_said_clearly_goes_to_a_person(answer):
    mark = marked(PER_OPTION, {"q": answer})["q"]
    assert (mark.points, mark.state) == (None, State.REVIEW)


EXACT_TWO = "# A {rule=exact}\n\n## Two {#q points=2}\n\n`? 1` and `? 2`\n"


def decided(id, points):
    return Decision("s01", id, fmpq(points), "Looked at.", "assistant")


def points(answers, *decisions):
    return [mark.points for mark in marked(EXACT_TWO, answers, decisions).values()]


def test_all_or_nothing_is_judged_after_people_have_decided():
    assert points({"q.1": "1", "q.2": "2^"}, decided("q.2", 1)) == [1, 1]
    assert points({"q.1": "5", "q.2": "2"}, decided("q.1", 1)) == [1, 1]
    assert points({"q.1": "1", "q.2": "2"}, decided("q.1", 0)) == [0, 0]
    assert points({"q.1": "5", "q.2": "2^"}) == [0, 0]


def test_a_vector_may_be_written_as_a_volume_of_one_pixel():
    body = "## V {#q points=1}\n\n`? volume(3x8x8 -> FC-256)`\n"
    for answer in ("256", "256x1x1", "(256, 1, 1)", "256x1"):
        assert marked(body, {"q": answer})["q"].state is State.RIGHT, answer
    for answer in ("1x256", "256x1x2", "255"):
        assert marked(body, {"q": answer})["q"].state is State.WRONG, answer
