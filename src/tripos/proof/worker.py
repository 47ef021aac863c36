"""A worker: a process of its own in which answers are judged, so that one that takes too long can be stopped.

The counted steps of reading and comparing are what bounds an answer; this is the net below them. What it stops is
undecided, and goes to a person.

    with Worker() as worker:
        worker.judged(question, "2·112")

The two processes are one program and trust each other: what goes between them is pickled, a length before each.
"""

from __future__ import annotations

import os
import pickle
import resource
import select
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import BinaryIO

from tripos.problem import Place, Problem, TriposError
from tripos.proof.answer import Judgement, Question, judged
from tripos.proof.reason import because
from tripos.proof.verdict import Outcome, Verdict

LIMIT = 10.0  # seconds for one answer
PATIENCE = 60.0  # seconds in which the process must start
MEMORY = 2 * 2**30  # bytes that the process may have
LENGTH = 8  # bytes that say how long what follows is
READY = b"tripos"
KILLED = Judgement(Verdict(Outcome.UNDECIDED, reason=because("killed")))


class Stopped(Exception):
    """The process did not answer in time, or is no more."""


class Worker:
    """Judges answers in a process that is started when it is first needed, and again after it was stopped."""

    def __init__(self, limit_seconds: float = LIMIT) -> None:
        self.limit = limit_seconds
        self.child: Child | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop the process, if there is one."""
        if self.child:
            self.child.kill()
            self.child = None

    def judged(self, question: Question, text: str) -> Judgement:
        """The verdict on an answer; undecided where it had to be stopped. Raises only if no process can be started."""
        self.child = self.child or started(self.limit)
        try:
            return self.child.judged(question, text, self.limit)
        except (Stopped, OSError):
            self.close()
            return KILLED
        except BaseException:
            self.close()  # half an answer may be on its way
            raise


@dataclass(frozen=True, slots=True)
class Child:
    """The process, as the one that asks sees it."""

    process: subprocess.Popen[bytes]
    asks: int
    answers: int

    def judged(self, question: Question, text: str, limit: float) -> Judgement:
        """The verdict on an answer; raises Stopped where it does not come in time."""
        message = pickle.dumps((question, text))
        until = monotonic() + limit
        self.send(len(message).to_bytes(LENGTH) + message, until)
        found: Judgement = pickle.loads(self.receive(int.from_bytes(self.receive(LENGTH, until)), until))  # noqa: S301
        return found

    def send(self, message: bytes, until: float) -> None:
        """Write all of a message."""
        rest = memoryview(message)
        while rest:
            _, ready, _ = select.select([], [self.asks], [], _left(until))
            if not ready:
                raise Stopped
            rest = rest[os.write(self.asks, rest) :]

    def receive(self, length: int, until: float) -> bytes:
        """Read so many bytes."""
        found = bytearray()
        while len(found) < length:
            ready, _, _ = select.select([self.answers], [], [], _left(until))
            piece = os.read(self.answers, length - len(found)) if ready else b""
            if not piece:
                raise Stopped
            found += piece
        return bytes(found)

    def kill(self) -> None:
        """Stop the process at once."""
        self.process.kill()
        self.process.communicate()


def started(limit: float) -> Child:
    """A process that is ready to judge."""
    # The same Tripos as this one, and nothing from the folder in which the command was given.
    home = str(Path(__file__).parents[2])
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([home, os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)
    }
    command = [sys.executable, "-P", "-m", __spec__.name, str(limit)]
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
    except OSError as error:
        raise _unstarted(error.strerror or str(error)) from error
    assert process.stdin is not None
    assert process.stdout is not None
    asks, answers = process.stdin.fileno(), process.stdout.fileno()
    os.set_blocking(asks, False)
    child = Child(process, asks, answers)
    try:
        if child.receive(len(READY), monotonic() + PATIENCE) != READY:
            raise Stopped
    except Stopped:
        child.kill()
        raise _unstarted("it does not answer") from None
    return child


def serve(asks: BinaryIO, answers: BinaryIO, limit: float) -> None:
    """Judge what is asked until nobody asks any more."""
    answers.write(READY)
    answers.flush()
    while length := asks.read(LENGTH):
        question, text = pickle.loads(asks.read(int.from_bytes(length)))  # noqa: S301
        # Where the one that asks is gone and cannot stop this process, it stops itself.
        signal.setitimer(signal.ITIMER_REAL, 2 * limit + 1)
        message = pickle.dumps(judged(question, text))
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(len(message).to_bytes(LENGTH) + message)
        answers.flush()


def _left(until: float) -> float:
    return max(0.0, until - monotonic())


def _unstarted(why: str) -> TriposError:
    fact = f"the process in which answers are compared cannot be started: {why}."
    return TriposError(Problem(Place(), fact, "Nothing was compared. See that Python may start processes here."))


def main() -> None:
    """Be the process: questions come in on the standard input, and verdicts go out on the standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the command stops this process with it
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    least = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    with suppress(ValueError, OSError):  # macOS may have reserved more already; then only time is bounded
        resource.setrlimit(resource.RLIMIT_AS, (least, most))
    serve(sys.stdin.buffer, sys.stdout.buffer, float(sys.argv[1]))


if __name__ == "__main__":
    main()
