"""The commands of the documents, run: each ends as it should, and prints what stands below it."""

from __future__ import annotations

import re
import runpy
import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from tests.docs.document import ANSWERS, PAGES, README, ROOT, Block, blocks

from tripos.cli.main import VERBS, main
from tripos.cli.status import FINE

PROMPT = "$ tripos "
STATUS = "$ echo $?"
WRITES: Mapping[str, Sequence[str]] = {"mark": ("--out",), "rehearse": ("--out", "--decisions")}


def shell_lines(path: Path) -> list[str]:
    """The commands that a page says can be run, without what they print."""
    lines = [line for block in blocks(path, "sh") for line in block.text.splitlines()]
    return [line for line in lines if line.startswith("tripos ")]


def sessions() -> list[Block]:
    """The blocks that show commands with what they print."""
    return [block for path in (*PAGES, README) for block in blocks(path, "") if block.text.startswith(PROMPT)]


def exchanges(session: str) -> Iterator[tuple[str, str, int]]:
    """Every command of a session, what it prints, and the status that it ends with."""
    for part in re.split(r"^(?=\$ tripos )", session, flags=re.MULTILINE)[1:]:
        output, _, status = part.partition(f"{STATUS}\n")
        command, _, printed = output.partition("\n")
        yield command.removeprefix("$ tripos "), printed, int(status or FINE)


COMMANDS = sorted(
    {line for path in (*PAGES, README) for line in shell_lines(path)}
    | {example for verb in VERBS.values() for example in verb.examples}
)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_a_document_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    _, verb, *words = shlex.split(command, comments=True)
    for index, (option, path) in enumerate(pairwise(words), start=1):
        if option in WRITES.get(verb, ()):
            words[index] = str(tmp_path / Path(path).name)
    assert main([verb, *words]) == FINE, capsys.readouterr().err


@pytest.mark.parametrize("session", sessions(), ids=str)
def test_a_command_prints_what_stands_below_it(
    session: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (batch,) = blocks(ANSWERS, "jsonl")
    Path("answers.jsonl").write_text(batch.text, encoding="utf-8")
    for command, output, status in exchanges(session.text):
        found = main(shlex.split(command))
        printed = capsys.readouterr()
        lines = [line.rstrip() for line in (printed.out + printed.err).splitlines()]
        assert (command, lines, found) == (command, output.splitlines(), status)


def test_every_verb_stands_in_a_document() -> None:
    text = "\n".join(line for path in (*PAGES, README) for line in shell_lines(path))
    shown = "\n".join(block.text for block in sessions())
    assert [verb for verb in VERBS if f"tripos {verb} " not in f"{text}\n{shown}"] == []


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    programs = blocks(README, "python")
    assert programs
    for number, block in enumerate(programs):
        path = tmp_path / f"example{number}.py"
        path.write_text(block.text, encoding="utf-8")
        runpy.run_path(str(path))
