"""The worker: what it judges in a process of its own, and that nothing which happens to that process hurts anyone."""

import os
import pickle
import signal
import sys
import time

import pytest
from flint import arb, ctx, fmpq

from tripos.deep.vocabulary import answer as engine
from tripos.language.ball import Ball
from tripos.language.kind import Kind
from tripos.language.names import Free, Sort
from tripos.language.tree import Node, Op, add, multiply, name, negate, number
from tripos.language.values import Formula, Shape
from tripos.problem import TriposError
from tripos.proof.answer import Question, judged
from tripos.proof.verdict import Outcome
from tripos.proof.worker import Worker

NUMBER = Question(fmpq(224), Kind.NUMBER)
FORMULA = Question(Formula(multiply(number(2), name("x"))), Kind.FORMULA, {"x": Free(Sort.REAL)})


@pytest.fixture
def worker():
    with Worker() as made:
        yield made


def test_the_worker_judges_as_this_process_does(worker):
    answers = [(NUMBER, "2·112"), (NUMBER, "3"), (NUMBER, "8*"), (NUMBER, ""), (FORMULA, "x + x"), (FORMULA, "3x"),
               (Question(Shape((8, 32, 32)), Kind.SHAPE), "8x32x30")]  # fmt: skip
    for question, text in answers:
        assert worker.judged(question, text) == judged(question, text)


def test_the_process_is_started_only_when_it_is_needed_and_ends_with_the_worker():
    with Worker() as worker:
        assert worker.child is None
        worker.judged(NUMBER, "224")
        process = worker.child.process
        worker.judged(NUMBER, "225")
        assert worker.child.process is process
    assert process.returncode is not None
    assert worker.child is None


def test_what_is_stopped_is_undecided_and_the_next_answer_is_judged(worker):
    assert worker.judged(NUMBER, "224").verdict.outcome is Outcome.EQUAL
    os.kill(worker.child.process.pid, signal.SIGKILL)
    found = worker.judged(NUMBER, "224").verdict
    assert (found.outcome, found.reason.code) == (Outcome.UNDECIDED, "killed")
    assert worker.judged(NUMBER, "224").verdict.outcome is Outcome.EQUAL


def test_a_process_that_does_not_answer_is_stopped_in_time():
    with Worker(limit_seconds=0.3) as worker:
        worker.judged(NUMBER, "224")
        stuck = worker.child.process
        os.kill(stuck.pid, signal.SIGSTOP)
        begin = time.monotonic()
        # More than a pipe holds, so that even asking would wait for ever.
        found = worker.judged(Question("word" * 100_000, Kind.WORD), "w")
        assert found.verdict.reason.code == "killed"
        assert time.monotonic() - begin < 5
        assert stuck.returncode is not None


def test_the_limit_is_for_one_answer():
    with Worker(limit_seconds=1e-6) as worker:
        assert worker.judged(NUMBER, "224").verdict.reason.code == "killed"
        worker.limit = 10.0
        assert worker.judged(NUMBER, "224").verdict.outcome is Outcome.EQUAL


def test_a_process_that_cannot_be_started_is_said(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(TriposError, match="cannot be started"), Worker() as worker:
        worker.judged(NUMBER, "224")


def test_a_process_that_ends_at_once_is_said(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(TriposError, match="does not answer"), Worker() as worker:
        worker.judged(NUMBER, "224")


def test_a_file_in_the_folder_of_the_command_is_not_run(tmp_path, monkeypatch, worker):
    (tmp_path / "pickle.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert worker.judged(NUMBER, "224").verdict.outcome is Outcome.EQUAL


def test_verdicts_do_not_depend_on_how_a_process_hashes(monkeypatch):
    found = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        with Worker() as worker:
            found.append([worker.judged(FORMULA, text).verdict for text in ("x + x", "x^2", "2x + 1", "|x|")])
    assert found[0] == found[1]


def pickled(value):
    return pickle.loads(pickle.dumps(value))  # noqa: S301  # our own bytes


def test_a_ball_arrives_as_wide_as_it_was():
    with ctx.workprec(192):
        ball = Ball(arb(2).sqrt())
    again = pickled(ball).enclosure
    assert again.contains(ball.enclosure)
    assert ball.enclosure.contains(again)


def test_a_tree_arrives_however_deep_it_is_or_however_often_its_parts_are_shared():
    deep = name("x")
    for _ in range(20_000):
        deep = negate(Node(Op.POWER, (deep, number(2))))
    assert pickled(deep) == deep
    shared = name("x")
    for _ in range(60):
        shared = add(Node(Op.DIVIDE, (shared, shared)), number(1))
    again = pickled(shared)
    assert (again.size, hash(again)) == (shared.size, hash(shared))


def test_a_network_arrives():
    net = engine("3x32x32 -> CONV3-8 -> POOL2 -> FC-10").value
    assert pickled(net) == net
