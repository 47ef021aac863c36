"""The rules of the house that no linter checks. Each test lists every offender at once."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tripos"
MODULES = sorted(SOURCE.rglob("*.py"))
ROOMS = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))
LINES_OF_A_MODULE = 400
NAMES_OF_A_ROOM = 12
NAMES_THAT_SAY_NOTHING = {
    "base",
    "common",
    "core",
    "data",
    "handler",
    "handlers",
    "helper",
    "helpers",
    "info",
    "manager",
    "misc",
    "process",
    "util",
    "utils",
}

# Written so that this file does not match itself.
HOME_OR_WORK_FOLDER = re.compile(r"(?<![\w.~-])/(?:(?:home|Users)/\w|(?:root|work)/)")
REGISTRY_HOST = re.compile(r"pypi\.org|pythonhosted\.org|download\.pytorch\.org")


def test_the_house_is_found() -> None:
    assert SOURCE / "problem.py" in MODULES
    assert SOURCE / "language" in ROOMS


def test_no_module_is_so_long_that_it_is_two() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > LINES_OF_A_MODULE} == {}


def test_no_module_has_the_name_of_a_standard_one() -> None:
    assert [named(path) for path in MODULES if noun(path) in sys.stdlib_module_names] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [named(path) for path in MODULES if noun(path) in NAMES_THAT_SAY_NOTHING] == []


def test_no_module_repeats_the_name_of_its_room() -> None:
    assert [named(path) for path in MODULES if path.stem.startswith(f"{path.parent.name}_")] == []


def test_every_module_says_first_what_it_is_about() -> None:
    assert [named(path) for path in MODULES if path.stat().st_size and not ast.get_docstring(tree(path))] == []


@pytest.mark.parametrize("room", ["deep", "language"])
def test_every_public_name_of_the_mathematics_has_a_docstring(room: str) -> None:
    silent = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in MODULES
        if path.is_relative_to(SOURCE / room)
        for node in public_definitions(tree(path))
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_an_init_holds_no_code() -> None:
    working = [
        f"{named(path)}:{node.lineno}"
        for path in MODULES
        if path.name == "__init__.py"
        for number, node in enumerate(tree(path).body)
        if not (is_import(node) or is_all(node) or (number == 0 and is_docstring(node)))
    ]
    assert working == []


def test_a_room_shows_at_most_a_dozen_names() -> None:
    names = {named(room): len(shown(tree(room / "__init__.py"))) for room in ROOMS}
    assert {room: count for room, count in names.items() if count > NAMES_OF_A_ROOM} == {}


def test_no_file_names_a_folder_of_somebodys_machine(files: list[Path]) -> None:
    assert list(matches(HOME_OR_WORK_FOLDER, files)) == []


def test_no_file_names_the_host_of_a_registry(files: list[Path]) -> None:
    assert [path.name for path in files if path.name == "uv.lock"] == []
    assert list(matches(REGISTRY_HOST, files)) == []


@pytest.mark.parametrize(
    "text",
    ["/" + "home/ada/x", "see '/" + "Users/ada'", "cd /" + "work/main", "file:///" + "root/x"],
)
def test_the_pattern_finds_a_folder_of_somebodys_machine(text: str) -> None:
    assert HOME_OR_WORK_FOLDER.search(text)


@pytest.mark.parametrize("text", ["example.org/" + "home/ada", "./" + "work/x", "home/work/root", "/" + "homework/1"])
def test_the_pattern_leaves_other_paths_alone(text: str) -> None:
    assert not HOME_OR_WORK_FOLDER.search(text)


def test_every_dependency_stands_in_the_notice_and_has_its_tested_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {requirement_name(text) for text in project["dependencies"]}
    tested = {requirement_name(line) for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()}
    notice = (ROOT / "NOTICE").read_text("utf-8")
    assert {name for name in needed if name not in notice} == set()
    assert needed | {requirement_name(text) for text in project["optional-dependencies"]["test"]} <= tested


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """Every file that is in git, or would be after `git add .`."""
    if not (ROOT / ".git").exists():
        if os.environ.get("CI"):
            pytest.fail("Not a checkout of git, and on CI no test may be skipped.")
        pytest.skip("Not a checkout of git.")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def matches(pattern: re.Pattern[str], files: list[Path]) -> Iterator[str]:
    for path in files:
        lines = path.read_text("utf-8", errors="replace").splitlines()
        yield from (f"{named(path)}:{number}" for number, line in enumerate(lines, 1) if pattern.search(line))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def noun(path: Path) -> str:
    return path.parent.name if path.name == "__init__.py" else path.stem


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=named(path))


def public_definitions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node


def is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def is_all(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]


def shown(module: ast.Module) -> list[str]:
    """The names that a room's `__init__` offers: those of `__all__`, otherwise what it imports."""
    for node in module.body:
        if isinstance(node, ast.Assign) and is_all(node):
            return list(ast.literal_eval(node.value))
    imports = [node for node in module.body if isinstance(node, ast.ImportFrom) and node.module != "__future__"]
    return [alias.asname or alias.name for node in imports for alias in node.names]


def requirement_name(text: str) -> str:
    return re.split(r"[\s<>=!~\[;#]", text, maxsplit=1)[0]
