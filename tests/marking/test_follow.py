"""Follow-through, derived from the calls in the keys, and its guard."""

from flint import fmpq
from tests.marking.exams import marked

from tripos.marking.mark import State

NET = """
```let
net = 3x8x8 -> CONV3-4 -> POOL2 -> FC-10
```

## Table {#q points=6}

`? table(net, volume, parameters)`

## Total {#r points=1}

`? parameters(net)`

## Same again {#t points=1}

`? volume(net, 1)`

## Elsewhere {#u points=1}

`? parameters(net on 1x8x8)`
"""
# q.1 volume 4x8x8, q.2 112; q.3 volume 4x4x4, q.4 0; q.5 volume 10, q.6 650; r 762; t 4x8x8; u 690
RIGHT = {
    "q.1": "4x8x8", "q.2": "112", "q.3": "4x4x4", "q.4": "0", "q.5": "10", "q.6": "650",
    "r": "762", "t": "4x8x8", "u": "690",
}  # fmt: skip


def states(answers):
    return {id: mark.state for id, mark in marked(NET, {**RIGHT, **answers}).items()}


def test_the_right_answers_are_right():
    assert set(states({}).values()) == {State.RIGHT}


def test_a_wrong_first_part_carried_on_rightly_earns_the_second():
    # Without padding the first volume is 4x6x6; all that follows from it is worked out rightly.
    found = states({"q.1": "4x6x6", "q.3": "4x3x3", "q.6": "370", "r": "482"})
    assert found["q.1"] is State.WRONG
    assert [found[id] for id in ("q.3", "q.6", "r")] == [State.FOLLOW_THROUGH] * 3
    assert found["q.2"] is State.RIGHT


def test_the_true_key_always_earns_everything_whatever_came_before():
    found = states({"q.1": "4x6x6"})
    assert [state for id, state in found.items() if id != "q.1"] == [State.RIGHT] * 8


def test_the_reason_names_the_answer_it_follows_from_and_both_values():
    mark = marked(NET, {**RIGHT, "q.1": "4x6x6", "q.3": "4x3x3"})["q.3"]
    assert mark.points == fmpq(1)
    for words in ("q.1", "4×3×3", "4×4×4"):
        assert words in mark.sentence


def test_a_gap_never_stands_in_for_another_that_asks_the_same_call():
    assert states({"q.1": "4x6x6", "t": "4x6x6"})["t"] is State.WRONG


def test_an_answer_stands_in_for_its_call_only_on_the_same_network():
    # The grey network's first volume is another call, though it has the same value.
    assert states({"q.1": "4x6x6", "u": "410"})["u"] is State.WRONG


def test_the_nearest_own_answer_counts_and_not_what_would_follow_from_an_earlier_one():
    # Wrong at first, then right again: what follows is judged by the second.
    assert states({"q.1": "4x6x6", "q.3": "4x4x4", "q.6": "370"})["q.6"] is State.WRONG


def test_an_early_answer_that_makes_the_rest_trivial_goes_to_a_person():
    found = marked(NET, {**RIGHT, "q.2": "0", "r": "650"})
    assert found["q.2"].state is State.WRONG
    assert found["r"].state is State.REVIEW
    assert "trivial" in found["r"].sentence
    ones = marked(NET, {**RIGHT, "q.3": "1x1x1", "q.6": "20"})
    assert ones["q.6"].state is State.REVIEW


def test_what_cannot_be_worked_out_with_an_early_answer_goes_to_a_person():
    mark = marked(NET, {**RIGHT, "q.1": "4x1x1", "q.3": "4x2x2"})["q.3"]
    assert mark.state is State.REVIEW
    assert "q.1" in mark.sentence


def test_blank_absent_and_unreadable_answers_do_not_stand_in():
    for answer in (None, "2^"):
        assert states({"q.1": answer, "q.3": "4x3x3"})["q.3"] is State.WRONG
    answers = {id: text for id, text in RIGHT.items() if id != "q.1"}
    assert marked(NET, {**answers, "q.3": "4x3x3"})["q.3"].state is State.WRONG


def test_an_answer_of_another_kind_does_not_stand_in():
    assert states({"q.1": "256", "q.3": "4x3x3"})["q.3"] is State.WRONG


GRAPH = """
## Graph {#g points=3}

```graph {ask=gradients}
x = 3
y = 5
p = x * y
f = p * 2
```
"""


def test_a_wrong_gradient_carried_back_consistently_is_followed_through():
    marks = marked(GRAPH, {"g.1": "15", "g.2": "9", "g.3": "3"})
    # g.3 is the gradient of p, 2; the student has 3, and so 15 and 9 upstream of it, though asked before it.
    assert marks["g.3"].state is State.WRONG
    assert marks["g.1"].state is State.FOLLOW_THROUGH
    assert marks["g.2"].state is State.FOLLOW_THROUGH


def test_what_follows_in_another_form_earns_its_form_points():
    body = NET.replace(
        "`? table(net, volume, parameters)`", "`? table(net, volume, parameters)`{form=product form-points=1/3}"
    )
    own = {**RIGHT, "q.1": "4x6x6", "q.3": "4x3x3"}
    assert marked(body, {**own, "q.6": "4*3*3*10 + 10"})["q.6"].points == 1
    plain = marked(body, {**own, "q.6": "370"})["q.6"]
    assert (plain.points, plain.state) == (fmpq(1, 3), State.FOLLOW_THROUGH)
    assert "product" in plain.sentence


def test_an_answer_that_is_accepted_as_well_stands_in_like_any_other():
    body = (
        "```let\nnet = 3x8x8 -> CONV3-4 -> POOL2 -> FC-10\n```\n\n## A {#a points=1}\n\n"
        '`? volume(net, 2)`{also="4x3x3"}\n\n## B {#b points=1}\n\n`? weights(net, 3)`\n'
    )
    marks = marked(body, {"a": "4x3x3", "b": "4*3*3*10"})
    assert [mark.state for mark in marks.values()] == [State.RIGHT, State.FOLLOW_THROUGH]


def test_an_undefined_answer_sends_no_later_answer_to_a_person():
    assert states({"q.2": "1/0", "r": "5"})["r"] is State.WRONG


SHORT = "```let\nnet = 3x32x32 -> CONV3-8 -> POOL2\n```\n\n## A {#a points=2}\n\n`? volume(net, 2)`\n\n## B {#b points=2}\n\n`? volume(net)`\n"


def test_a_gap_does_not_stand_in_for_itself_under_another_spelling():
    marks = marked(SHORT, {"a": "8x15x15", "b": "8x15x15"})
    assert [mark.state for mark in marks.values()] == [State.WRONG, State.WRONG]
