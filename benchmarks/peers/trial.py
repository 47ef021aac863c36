"""A trial: one engine on many pairs in a process of its own, which is stopped when a pair takes too long."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection

from peers.pair import Pair

LIMIT = 5.0  # seconds for one pair
START = 120.0  # seconds for the first answer: imports are not what is measured
EQUAL, DIFFERENT, UNREADABLE, UNDECIDED = "equal", "different", "unreadable", "undecided"
CRASHED, HANGS = "crashed", "hangs"

Engine = Callable[[Pair], str]
FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an engine said about a pair, and the seconds of processor time that it took."""

    pair: Pair
    said: str
    seconds: float


def outcomes(engine: Engine, pairs: Iterable[Pair], repeats: int = 1) -> Iterator[Outcome]:
    """What the engine says about every pair; of several runs the quickest counts."""
    child = _Child(engine, repeats)
    try:
        for pair in pairs:
            yield child.outcome(pair)
    finally:
        child.stop()


class _Child:
    def __init__(self, engine: Engine, repeats: int) -> None:
        self.engine, self.repeats = engine, repeats
        self.process, self.connection = self._started()

    def outcome(self, pair: Pair) -> Outcome:
        try:
            self.connection.send(pair)
            if self.connection.poll(LIMIT * self.repeats):
                said, seconds = self.connection.recv()
                return Outcome(pair, said, seconds)
        except (EOFError, OSError):
            pass  # it crashed: a pair that kills the process is as bad as one that holds it up
        self.stop()
        self.process, self.connection = self._started()
        return Outcome(pair, HANGS, LIMIT)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()

    def _started(self) -> tuple[multiprocessing.process.BaseProcess, Connection]:
        here, there = FORK.Pipe()
        process = FORK.Process(target=_answers, args=(self.engine, self.repeats, there), daemon=True)
        process.start()
        there.close()
        if not here.poll(START):
            raise SystemExit("an engine did not start")
        here.recv()
        return process, here


def _answers(engine: Engine, repeats: int, connection: Connection) -> None:
    engine(Pair("1", "1", "number", latex=("1", "1")))  # whatever is made on first use is made now
    connection.send("ready")
    while True:
        pair = connection.recv()
        best, said = LIMIT, UNREADABLE
        for _ in range(repeats):
            start = time.process_time()
            try:
                said = engine(pair)
            except Exception:  # noqa: BLE001  # an engine that raises has not decided
                said = CRASHED
            best = min(best, time.process_time() - start)
        connection.send((said, best))
