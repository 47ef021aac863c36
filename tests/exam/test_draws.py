"""Draws: who gets which numbers, and that nothing else has a say in it."""

import hashlib
import time
from collections import Counter

import pytest

from tripos.exam.definitions import definitions
from tripos.exam.draws import Lot, bound
from tripos.exam.engine import engine
from tripos.exam.let import Let
from tripos.exam.reading import read
from tripos.exam.variant import variant
from tripos.language.evaluator import Budget
from tripos.problem import Place, TriposError

FRONT = "---\ntitle: Trial\nseed: autumn\n---\n\n"
TAIL = "\n## A {#a points=1}\n\n`? n`\n"
STUDENTS = [f"s{index:03}" for index in range(300)]


def drawn(let, student, seed="autumn", tail=TAIL):
    text = FRONT.replace("autumn", seed) + f"```let\n{let}\n```\n" + tail
    return variant(read(text).whole(), student).drawn()


def test_a_draw_is_a_hash_of_seed_student_item_and_name_alone():
    digest = hashlib.sha256("\x1f".join(("autumn", "s001", "", "n")).encode()).digest()
    expected = [8, 16, 32][int.from_bytes(digest, "big") % 3]
    assert drawn("n ~ {8, 16, 32}", "s001") == {"n": str(expected)}


def test_adding_a_name_changes_no_other():
    for student in STUDENTS[:50]:
        alone = drawn("n ~ {1, 2, 3, 4, 5}", student)["n"]
        assert drawn("k ~ {1, 2, 3}\nn ~ {1, 2, 3, 4, 5}\nm = n + k", student)["n"] == alone


def test_draws_are_spread_evenly_and_differ_by_seed():
    counts = Counter(drawn("n ~ {1, 2, 3}", student)["n"] for student in STUDENTS)
    assert set(counts) == {"1", "2", "3"} and min(counts.values()) > 70
    other = [drawn("n ~ {1, 2, 3}", student, seed="spring")["n"] for student in STUDENTS]
    assert other != [drawn("n ~ {1, 2, 3}", student)["n"] for student in STUDENTS]


def test_a_requirement_holds_for_everyone_and_leaves_the_names_it_does_not_join_alone():
    free = "n ~ {1, 2, 3}\nk ~ {1, 2, 3}\nlone ~ {1, 2, 3, 4}"
    changed = 0
    for student in STUDENTS[:80]:
        before = drawn(free, student)
        after = drawn(f"{free}\nrequire n < k", student)
        assert int(after["n"]) < int(after["k"])
        assert after["lone"] == before["lone"]
        if int(before["n"]) < int(before["k"]):
            assert after == before
        changed += after != before
    assert changed


def test_a_requirement_reaches_through_what_is_defined_by_drawn_names():
    for student in STUDENTS[:30]:
        found = drawn("n ~ {1, 2, 3, 4}\nm = n * n\nrequire m > 4", student)
        assert found["n"] in ("3", "4")


def test_a_requirement_that_no_draw_meets_is_an_error_at_its_line():
    with pytest.raises(TriposError) as caught:
        drawn("n ~ {1, 2}\nrequire n > 5", "s001")
    problem = caught.value.problems[0]
    assert problem.place.line == 8
    assert "no draw was found" in problem.fact


def test_a_question_draws_for_itself():
    tail = "\n## A {#a points=1}\n\n```let\nk ~ {1, 2, 3, 4, 5, 6, 7}\n```\n\n`? k + n`\n\n## B {#b points=1}\n\n```let\nk ~ {1, 2, 3, 4, 5, 6, 7}\n```\n\n`? k`\n"
    found = [drawn("n ~ {1, 2}", student, tail=tail) for student in STUDENTS[:30]]
    assert all(set(one) == {"n", "a.k", "b.k"} for one in found)
    assert any(one["a.k"] != one["b.k"] for one in found)


def test_names_drawn_under_a_heading_without_an_id_are_refused():
    text = FRONT + "# Section\n\n```let\nn ~ {1, 2}\n```\n" + TAIL
    with pytest.raises(TriposError, match="a heading that has no id"):
        read(text).whole()


LONG = "sum(i*i for i in {" + ", ".join(map(str, range(300))) + "})"


def problems(let, tail=TAIL):
    return [f"{one.place.line} {one.fact} {one.remedy}" for one in read(f"{FRONT}```let\n{let}\n```\n{tail}").problems]


def test_a_thousand_tries_of_a_long_requirement_share_one_budget_and_end_at_its_line():
    begin = time.perf_counter()
    assert problems(f"n ~ {{1, 2}}\nm = n + {LONG}\nrequire m < 0") == [
        "9 no draw was found within 200,000 steps of working out for which this holds. "
        "Loosen the requirement or draw from larger sets."
    ]
    assert time.perf_counter() - begin < 20


def test_the_budget_of_a_draw_is_counted_over_its_tries():
    exam = read(f"{FRONT}```let\nn ~ {{1, 2, 3, 4, 5, 6, 7, 8}}\nrequire n = 8\n```\n{TAIL}").whole()
    spent = set()
    for student in STUDENTS[:20]:
        budget = Budget()
        bound(exam.root.definitions, "", {}, Lot(exam.seed, student), engine(), budget)
        spent.add(budget.spent)
    assert len(spent) > 3


def test_what_stands_below_the_last_step_of_a_reading_is_not_reported_too():
    tools, found = engine(), []
    lines = [(f"m{index} = {LONG}", Place("exam.md", index + 1, 1)) for index in range(10)]
    lets, _ = definitions(lines, tools.vocabulary, {})
    let = Let("", {}, Lot(), tools, Budget(1_000), found.append)
    kept, names = let.sound((), lets, {})
    assert [str(problem) for problem in found] == [
        "exam.md:1:6  with this line, the definitions of the exam take more than 1,000 steps to work out. "
        "Define something smaller."
    ]
    assert len(kept) == len(names) == 10


def test_a_requirement_on_outer_names_alone_is_refused_before_it_fails_for_some_students():
    tail = "\n## A {#a points=1}\n\n```let\nk ~ {1, 2}\nrequire m > 1\n```\n\n`? k + m`\n"
    assert problems("n ~ {1, 2, 3}\nm = n * n", tail) == [
        "15 this requirement joins no name drawn here. Put it where n is drawn."
    ]


def test_a_requirement_that_joins_an_inner_name_with_an_outer_one_stands():
    tail = "\n## A {#a points=1}\n\n```let\nk ~ {1, 2, 3, 4}\nrequire k > n\n```\n\n`? k + n`\n"
    assert problems("n ~ {1, 2, 3}", tail) == []


def test_a_requirement_on_a_name_whose_line_is_wrong_is_not_a_second_fault():
    assert len(problems("n ~ 3\nrequire n > 1")) == 1
