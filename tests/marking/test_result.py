"""Results: a pure function of exam, responses and decisions."""

import random

from flint import fmpq
from tests.marking.exams import exam, given

from tripos.marking.decision import Decision
from tripos.marking.mark import State
from tripos.marking.response import Script
from tripos.marking.result import results, rounded

BODY = """
# A {rule=truth each=2 wrong=-1}

## One {#q1}

`? true`

# B {#b}

```let
n ~ {2, 3, 5, 7}
```

## Two {#q2 points=3}

`? n^2`{points=1} and why?

::: {.rubric points=2}
- +2 says it
:::
"""


def marks(result):
    return {mark.id: (mark.points, mark.state, mark.sentence) for mark in result.marks}


def scripts(count):
    answers = ({"q1": "true", "q2": str(index), "q2.rubric": "because"} for index in range(count))
    return [Script(f"s{index:02}", given(part)) for index, part in enumerate(answers)]


def test_a_rubric_waits_for_a_person_and_a_decision_settles_it():
    trial, script = exam(BODY), Script("s01", given({"q1": "true", "q2.rubric": "because"}))
    waiting = next(results(trial, [script]))
    assert (waiting.total, waiting.so_far, waiting.waiting) == (None, 2, 1)
    decision = Decision("s01", "q2.rubric", fmpq(3, 2), "Half a reason.", "assistant")
    decided = next(results(trial, [script], [decision]))
    assert decided.total == fmpq(7, 2)
    mark = marks(decided)["q2.rubric"]
    assert mark[:2] == (fmpq(3, 2), State.PARTLY)
    assert "Half a reason. (assistant)" in mark[2]


def test_of_two_decisions_the_last_stands_and_other_students_are_untouched():
    trial = exam(BODY)
    decisions = [Decision("s01", "q1", fmpq(points), "Looked again.", "tutor") for points in (1, 2)]
    first, second = results(
        trial, [Script("s01", given({"q1": "false"})), Script("s02", given({"q1": "false"}))], decisions
    )
    assert marks(first)["q1"][0] == 2
    assert marks(second)["q1"][0] == -1


def test_marks_do_not_depend_on_the_order_or_the_company_of_the_scripts():
    trial, everyone = exam(BODY), scripts(12)
    together = {result.student: marks(result) for result in results(trial, everyone)}
    random.Random(1).shuffle(everyone)
    assert {result.student: marks(result) for result in results(trial, everyone)} == together
    assert all(marks(next(results(trial, [script]))) == together[script.student] for script in everyone)


def test_everybody_is_marked_by_the_key_of_their_own_draw():
    trial = exam(BODY)
    seen = set()
    for script in scripts(12):
        result = next(results(trial, [script]))
        n = int(result.variant.drawn()["b.n"])
        seen.add(n)
        own = Script(script.student, given({"q2": str(n * n)}))
        assert marks(next(results(trial, [own])))["q2"][1] is State.RIGHT
    assert len(seen) > 1


def test_a_blank_rubric_needs_no_person():
    result = next(results(exam(BODY), [Script("s01", given({"q1": "true", "q2": "4", "q2.rubric": None}))]))
    assert result.total is not None


def test_rounding_is_half_up_to_a_hundredth():
    assert rounded(fmpq(1, 8)) == fmpq(13, 100)
    assert rounded(fmpq(-1, 8)) == fmpq(-12, 100)
    assert rounded(fmpq(2, 3)) == fmpq(67, 100)
