"""File names: safe, distinct, and the student's own where that is safe."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripos.pages.filename import filenames

STUDENTS = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["", ".", "..", "con", "CON", "../../x", "a/b", "a b", "a-b"]
)


@given(st.lists(STUDENTS, unique=True, max_size=12))
def test_every_student_has_a_safe_name_and_no_two_have_the_same(students: list[str]) -> None:
    names = filenames(students)
    assert set(names) == set(students)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,105}", name) for name in names.values())
    assert len({name.casefold() for name in names.values()}) == len(students)


@pytest.mark.parametrize("student", ["con", "NUL", "com1", "lpt9", "aux"])
def test_a_name_that_windows_keeps_is_not_taken(student: str) -> None:
    assert re.fullmatch(rf"{student}-[0-9a-f]{{8}}", filenames([student])[student])


def test_a_plain_name_is_kept() -> None:
    assert filenames(["s14", "ada_1"]) == {"s14": "s14", "ada_1": "ada_1"}


def test_names_that_differ_in_capitals_alone_are_both_changed() -> None:
    assert all(re.fullmatch(r"[sS]1-[0-9a-f]{8}", name) for name in filenames(["s1", "S1"]).values())


def test_a_name_that_looks_like_anothers_digest_takes_nobodys_place() -> None:
    changed = filenames(["a b"])["a b"]
    assert len(set(filenames(["a b", changed]).values())) == 2


def test_a_name_does_not_depend_on_the_order_of_students() -> None:
    students = ["a b", "a/b", "con", ""]
    assert filenames(students) == filenames(students[::-1])


def test_a_name_of_no_letters_and_a_very_long_one_are_short_names() -> None:
    assert filenames(["///"])["///"].startswith("student-")
    assert len(filenames(["x" * 9_000])["x" * 9_000]) < 60
