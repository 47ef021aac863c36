"""Draws: who gets which numbers, and that nothing else has a say in it."""

import hashlib
from collections import Counter

import pytest

from tripos.exam.reading import read
from tripos.exam.variant import variant
from tripos.problem import TriposError

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
