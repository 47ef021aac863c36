"""Hostile answers: none is accepted, none raises, none runs away, and what is refused says why."""

import json
import subprocess
import sys

import pytest
from tests.proof.asked import Pair, pairs, verdict

from tripos.language.kind import Kind
from tripos.proof.verdict import Outcome

HOSTILE = pairs("hostile")
READABLE = 1_000  # characters of a reason: a page of it tells nobody anything


@pytest.mark.parametrize("pair", HOSTILE, ids=lambda pair: f"{pair.name} {pair.why}")
def test_a_hostile_answer_gets_a_verdict_and_is_never_accepted(pair):
    found = verdict(pair).verdict
    assert found.outcome is not Outcome.EQUAL
    assert found.outcome.value in pair.verdicts
    assert found.reason.code
    assert len(str(found.reason.details)) < READABLE


def test_a_hostile_answer_gets_the_same_verdict_twice():
    for pair in HOSTILE:
        first, second = verdict(pair).verdict, verdict(pair).verdict
        assert (first.outcome, first.reason) == (second.outcome, second.reason), pair.why


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.NETWORK, Kind.TEXT)])
def test_no_hostile_answer_raises_whatever_is_asked(kind):
    keys = {
        Kind.TRUTH: "true", Kind.CHOICE: "A, C", Kind.NUMBER: "224", Kind.SHAPE: "16x32x32", Kind.VECTOR: "[1, 2]",
        Kind.MATRIX: "[1, 0; 0, 1]", Kind.MASK: "[1, 0; 0, 1]", Kind.SET: "{8, 16}", Kind.WORD: "B",
        Kind.FORMULA: "x + 1", Kind.EQUATION: "x = 2", Kind.INEQUALITY: "x > 2", Kind.INTERVAL: "[0, 1)",
        Kind.ORDER: "O(n)", Kind.LABELS: "labels(x -> m = 2)",
    }  # fmt: skip
    where = "x real; n positive integer" if kind in (Kind.FORMULA, Kind.EQUATION, Kind.INEQUALITY, Kind.ORDER) else ""
    for pair in HOSTILE:
        asked = Pair({"key": keys[kind], "response": pair.response, "kind": kind.value, "where": where}, pair.name)
        assert verdict(asked).verdict.outcome in Outcome, pair.why


def test_the_command_survives_them_all_in_one_batch(tmp_path):
    batch = tmp_path / "hostile.jsonl"
    fields = ("key", "response", "kind", "where")
    lines = [{field: pair.line[field] for field in fields if field in pair.line} for pair in HOSTILE]
    batch.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="ascii")
    ran = subprocess.run(
        [sys.executable, "-m", "tripos.cli.main", "same", "--batch", str(batch)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    said = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(said) == len(HOSTILE), ran.stderr
    assert "Traceback" not in ran.stderr
    wrong = [(pair.why, line) for pair, line in zip(HOSTILE, said, strict=True) if line["verdict"] not in pair.verdicts]
    assert not wrong


def test_there_are_enough_hostile_answers_and_none_may_be_accepted():
    assert len(HOSTILE) >= 60
    assert all("equal" not in pair.verdicts for pair in HOSTILE)
