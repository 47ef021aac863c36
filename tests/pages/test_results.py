"""The page of a class: totals, facility, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from tests.pages.apart import Page

from tripos.exam.item import Exam
from tripos.marking.response import Given, Script
from tripos.marking.result import Result, results
from tripos.pages import write
from tripos.pages.amount import exact, rounded_off
from tripos.pages.facility import facilities
from tripos.pages.histogram import bins, histogram


def test_students_are_sorted_and_lead_to_their_pages(midterm: Exam, class_: tuple[Result, ...], tmp_path: Path) -> None:
    index = write(midterm, class_, tmp_path / "out")
    page = Page(index.read_text("utf-8")).safe()
    words = " ".join("".join(page.words).split())
    assert "Results of 3 students" in words
    assert words.index('"><script>') < words.index("ada") < words.index("Zoë")
    assert all((index.parent / link.partition("#")[0]).is_file() for link in page.links)


def test_waiting_answers_are_grouped_with_why(midterm: Exam, class_: tuple[Result, ...], tmp_path: Path) -> None:
    words = write(midterm, class_, tmp_path / "out").read_text("utf-8")
    assert "Waiting for a person" in words
    assert "The answer could not be read" in words
    assert "&lt;/bdi&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in words


def test_a_total_that_can_still_change_counts_nowhere(
    midterm: Exam, class_: tuple[Result, ...], tmp_path: Path
) -> None:
    assert [result.total is None for result in class_] == [True, True, False]
    text = write(midterm, class_, tmp_path / "out").read_text("utf-8")
    assert "Mean of 1 finished script: 0 of 100 points; lowest 0, highest 0." in text
    assert "2 scripts are unfinished and are left out" in text
    assert "<title>0 to 10 points: 1 student</title>" in text
    assert (text.count("<strong>0</strong>"), text.count("<strong>")) == (1, 1)
    assert f"{class_[0].so_far}<small> so far</small>" in text


def test_a_class_without_a_finished_script_has_no_mean(
    midterm: Exam, class_: tuple[Result, ...], tmp_path: Path
) -> None:
    text = write(midterm, class_[:1], tmp_path / "out").read_text("utf-8")
    assert "1 script is unfinished and is left out" in text
    assert not any(words in text for words in ("Mean of", "<strong>", 'class="histogram"'))


def test_a_class_of_nobody_has_a_page(midterm: Exam, tmp_path: Path) -> None:
    assert "Nobody has been marked." in write(midterm, [], tmp_path / "out").read_text("utf-8")


def test_facility_is_the_mean_share_of_the_points(midterm: Exam) -> None:
    scripts = [Script("a", {"q1-1": Given("false")}), Script("b", {"q1-1": Given("true")}), Script("c")]
    found = {each.item.id: each for each in facilities(midterm, list(results(midterm, scripts)))}
    assert found["q1-1"].share == fmpq(1, 6)  # 2, -1 and 0 of 2
    assert found["q1-1"].percent == 17
    assert sorted(found["q1-1"].counts.values()) == [1, 1, 1]
    assert found["q3-1"].share is None


@given(st.lists(st.integers(-30, 100), min_size=1, max_size=30))
def test_every_total_is_in_one_bin(totals: Sequence[int]) -> None:
    found = bins([fmpq(total) for total in totals], fmpq(100))
    assert sum(each.count for each in found) == len(totals)
    assert all(one.high == next_.low for one, next_ in pairwise(found))
    assert all(found[0].low <= total <= found[-1].high for total in totals)
    Page(histogram([fmpq(total) for total in totals], fmpq(100)).text).safe()


def test_points_are_printed_as_people_write_them() -> None:
    assert [exact(fmpq(*pair)) for pair in ((2, 1), (1, 2), (2, 7), (-1, 1), (5, 4))] == [
        "2",
        "0.5",
        "2/7",
        "−1",
        "1.25",
    ]
    assert [rounded_off(fmpq(*pair)) for pair in ((123, 2), (40, 7), (-1, 2), (0, 1))] == ["61.5", "5.71", "−0.5", "0"]
