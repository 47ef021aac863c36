"""A simulated class: students of different ability, who make written-down mistakes, leave gaps blank and lose sheets.

The same exam, table, number and seed always make the same class.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tripos.exam.item import Exam
from tripos.rehearsal.table import Json, Reply, Row, Table

BLANK, ABSENT = 0.06, 0.01  # how often an answer is left blank, and how often no record of it is left
ABILITY = (6.0, 2.5)  # of a beta distribution: most students know most answers
CARRIED = 0.25  # how often a student makes one of the mistakes that are carried on
PERSON = "assistant"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a simulated student hands in, as JSON values, and what a person decides about it."""

    student: str
    answers: dict[str, Json]
    decisions: tuple[dict[str, Json], ...]


def classroom(exam: Exam, table: Table, students: int, seed: int) -> Iterator[Sheet]:
    """The sheets of a class of so many students."""
    width = len(str(students))
    for number in range(1, students + 1):
        name = f"s{number:0{max(2, width)}}"
        yield _sheet(name, exam, table, random.Random(f"{seed}/{name}"))


def _sheet(name: str, exam: Exam, table: Table, chance: random.Random) -> Sheet:
    ability = chance.betavariate(*ABILITY)
    answers: dict[str, Json] = {}
    decisions: list[dict[str, Json]] = []
    for _, asked in exam.asked():
        luck, reply = chance.random(), _reply(table.rows[asked.id], ability, chance)
        if luck < ABSENT:
            continue
        if luck < ABSENT + BLANK:
            answers[asked.id] = None
            continue
        answers[asked.id] = reply.answer
        if reply.points:
            decisions.append(_decision(name, asked.id, reply))
    if table.together and chance.random() < CARRIED:
        carried = chance.choice(table.together)
        answers |= carried
        decisions = [decision for decision in decisions if decision["id"] not in carried]
    return Sheet(name, answers, tuple(decisions))


def _reply(row: Row, ability: float, chance: random.Random) -> Reply:
    return chance.choice(row.right if chance.random() < ability else row.wrong)


def _decision(name: str, id: str, reply: Reply) -> dict[str, Json]:
    points: Json = int(reply.points) if reply.points.lstrip("-").isdecimal() else reply.points
    return {"student": name, "id": id, "points": points, "reason": reply.reason, "by": PERSON}
