"""A folder of pages: index.html and one page for each student, written in a hidden place and moved in when whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tripos.exam.item import Exam
from tripos.marking.result import Result
from tripos.pages import script
from tripos.pages.drawn import draw, drawn
from tripos.pages.filename import filenames
from tripos.pages.page import GENERATOR
from tripos.pages.prose import prose
from tripos.pages.results import Row, results
from tripos.pages.tally import paths, tallied
from tripos.problem import Place, Problem, TriposError

INDEX, STUDENTS = "index.html", "students"


def write(exam: Exam, results: Iterable[Result], folder: Path, progress: Callable[[str], None] | None = None) -> Path:
    """Write the pages of a class; gives the path of index.html. `progress` is told each student once it is written.

    Other files in the folder stay. Pages that are not ours are never replaced: that is an error.
    """
    place = folder.resolve()
    _refuse(place)
    found = _each_once(results)
    with _hidden(place) as fresh:
        _written(exam, found, fresh, progress)
        _moved(fresh, place)
    return folder / INDEX


def _written(exam: Exam, found: list[Result], folder: Path, progress: Callable[[str], None] | None) -> None:
    names = filenames([result.student for result in found])
    texts = prose(exam)
    variants = {draw(result.variant): result.variant for result in found}
    paper = script.paper(exam, texts, drawn(exam, texts, variants))
    above = paths(exam)
    rows = []
    (folder / STUDENTS).mkdir()
    for result in found:
        tallies = tallied(result.marks, above)
        address = f"{STUDENTS}/{names[result.student]}.html"
        (folder / address).write_text(script.script(paper, result, tallies), "utf-8")
        rows.append(Row(result, tallies, address))
        if progress:
            progress(result.student)
    (folder / INDEX).write_text(results(exam, texts, rows), "utf-8")


def _each_once(results: Iterable[Result]) -> list[Result]:
    found: dict[str, Result] = {}
    for result in results:
        if result.student in found:
            fact = f"there are two results of {result.student}."
            raise TriposError(Problem(Place(), fact, "Give every student one script. No page was written."))
        found[result.student] = result
    return list(found.values())


def _refuse(place: Path) -> None:
    remedy = "Choose another folder. No page was written."
    if place.exists() and not place.is_dir():
        raise TriposError(Problem(Place(str(place)), "this is a file, and a folder is needed.", remedy))
    pages = place / STUDENTS
    kept = [place / INDEX, *(sorted(pages.iterdir()) if pages.is_dir() else [pages])]
    for path in kept:
        if path.exists() and not _is_ours(path):
            raise TriposError(Problem(Place(str(path)), "this was not written by Tripos and would be lost.", remedy))


def _is_ours(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        return f'name="generator" content="{GENERATOR}"' in file.read(2_000)


@contextmanager
def _hidden(place: Path) -> Iterator[Path]:
    # Inside of the folder itself, so that moving never crosses from one disk to another.
    new = not place.exists()
    place.mkdir(parents=True, exist_ok=True)
    fresh = Path(mkdtemp(prefix=".tripos-", dir=place))
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if new and not any(place.iterdir()):
            place.rmdir()


def _moved(fresh: Path, place: Path) -> None:
    # The students first: the index must never lead to a page that is not there.
    if (place / STUDENTS).exists():
        (place / STUDENTS).rename(fresh / "before")
    (fresh / STUDENTS).rename(place / STUDENTS)
    (fresh / INDEX).replace(place / INDEX)
