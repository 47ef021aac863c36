"""A folder of pages: whole or not at all, and nothing of anybody else's is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tripos.exam.item import Exam
from tripos.exam.reading import read_file
from tripos.marking.response import Script
from tripos.marking.result import Result, results
from tripos.pages import picture, write
from tripos.problem import TriposError


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_hostile_students_get_pages_inside_of_the_folder(midterm: Exam, tmp_path: Path) -> None:
    names = ["../../x", "con", "", "x" * 5_000, "a/b", "a b", "A b", "<script>", "\u202e"]
    told: list[str] = []
    index = write(midterm, results(midterm, [Script(name) for name in names]), tmp_path / "deep" / "out", told.append)
    assert index == tmp_path / "deep" / "out" / "index.html"
    assert told == names
    assert len(list((tmp_path / "deep" / "out" / "students").iterdir())) == len(names)
    assert len(everything(tmp_path)) == len(names) + 4


def test_writing_again_replaces_the_pages_and_leaves_other_files(
    midterm: Exam, class_: tuple[Result, ...], tmp_path: Path
) -> None:
    write(midterm, class_, tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    write(midterm, class_[:1], tmp_path)
    assert everything(tmp_path) == {"index.html", "notes.txt", "students", "students/ada.html"}


def test_an_error_half_way_leaves_what_was_there(midterm: Exam, class_: tuple[Result, ...], tmp_path: Path) -> None:
    def failing() -> Iterator[Result]:
        yield class_[0]
        raise RuntimeError

    def stop(student: str) -> None:
        raise RuntimeError

    write(midterm, class_[:1], tmp_path / "out")
    before = (tmp_path / "out" / "index.html").read_bytes()
    for given, told in ((failing(), None), (class_, stop)):
        with pytest.raises(RuntimeError):
            write(midterm, given, tmp_path / "out", told)
        with pytest.raises(RuntimeError):
            write(midterm, failing(), tmp_path / "new", told)
    assert (tmp_path / "out" / "index.html").read_bytes() == before
    assert everything(tmp_path) == {"out", "out/index.html", "out/students", "out/students/ada.html"}


@pytest.mark.parametrize("name", ["index.html", "students/thesis.html", "students/deep/x.html", "students"])
def test_a_file_that_is_not_ours_is_not_replaced(
    name: str, midterm: Exam, class_: tuple[Result, ...], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    with pytest.raises(TriposError, match="not written by Tripos"):
        write(midterm, class_, tmp_path)
    assert path.read_text() == "mine"


def test_a_file_in_place_of_the_folder_is_refused(midterm: Exam, class_: tuple[Result, ...], tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(TriposError, match="a folder is needed"):
        write(midterm, class_, tmp_path / "out")


def test_two_results_of_one_student_are_refused(midterm: Exam, class_: tuple[Result, ...], tmp_path: Path) -> None:
    with pytest.raises(TriposError, match="two results of ada"):
        write(midterm, [class_[0], class_[0]], tmp_path / "out")
    assert everything(tmp_path) == set()


def test_a_picture_is_in_the_page_and_one_outside_of_the_folder_is_not(tmp_path: Path) -> None:
    (tmp_path / "exam").mkdir()
    (tmp_path / "exam" / "a b.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.png").write_bytes(b"\x89PNG")
    source = "---\ntitle: T\n---\n# S\n## Q {#q points=1}\n![words](a%20b.png)\n`? 1`\n"
    (tmp_path / "exam" / "exam.md").write_text(source)
    exam = read_file(tmp_path / "exam" / "exam.md").whole()
    write(exam, results(exam, [Script("ada")]), tmp_path / "out")
    assert 'src="data:image/png;base64,' in (tmp_path / "out" / "students" / "ada.html").read_text()

    assert picture.source("../secret.png", exam.file) == ""
    assert picture.source("none.png", exam.file) == ""
