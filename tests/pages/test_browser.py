"""The pages in a real browser, opened from the disk."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tripos.exam.item import Exam
from tripos.marking.result import Result
from tripos.pages import write

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="module")
def browser() -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail("No Chromium, and on CI no test may be skipped.")
    pytest.skip("No Chromium.")


def opened(browser: str, page: Path, profile: Path) -> tuple[str, str]:
    """The document as the browser has it once it is loaded, and what the browser said."""
    quiet = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
    command = [browser, "--headless", "--no-sandbox", *quiet, f"--user-data-dir={profile}", "--enable-logging=stderr"]
    done = subprocess.run([*command, "--dump-dom", page.as_uri()], capture_output=True, timeout=120, check=True)
    return done.stdout.decode(), done.stderr.decode(errors="replace")


def test_a_browser_shows_totals_and_reasons(
    browser: str, midterm: Exam, class_: tuple[Result, ...], tmp_path: Path
) -> None:
    index = write(midterm, class_, tmp_path / "out")
    shown, said = opened(browser, index, tmp_path / "profile")
    assert "Results of 3 students" in shown
    assert f'<td class="figure">{class_[0].so_far}<small> so far</small></td>' in shown
    assert "Content Security Policy" not in said
    shown, said = opened(browser, index.parent / "students" / "ada.html", tmp_path / "profile")
    assert f'<span class="number">{class_[0].so_far}</span> so far of 100' in shown
    assert "Dimension 2 is 30 in 8×30×30; it should be 32." in shown
    assert "Content Security Policy" not in said


def test_a_browser_runs_nothing_that_a_student_wrote(
    browser: str, midterm: Exam, class_: tuple[Result, ...], tmp_path: Path
) -> None:
    index = write(midterm, class_, tmp_path / "out")
    (page,) = (index.parent / "students").glob("script-*.html")
    shown, _ = opened(browser, page, tmp_path / "profile")
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
