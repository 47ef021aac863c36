"""A variant: the exam as one student has it, with the names drawn for them. Every item sees its own and outer names."""

from __future__ import annotations

from dataclasses import dataclass, field

from tripos.exam.draws import REFERENCE, Lot, bound
from tripos.exam.engine import Engine, engine
from tripos.exam.item import Exam, Item
from tripos.language.names import Names
from tripos.language.source import of_value
from tripos.language.worked import Worked


@dataclass(frozen=True, slots=True)
class Variant:
    """An exam with its draws for one student."""

    exam: Exam
    student: str
    engine: Engine
    names: dict[str, Names] = field(repr=False)

    def drawn(self) -> dict[str, str]:
        """What was drawn, by item and name: the record that is kept with a sitting."""
        found = {}
        for item in self.exam.items():
            for name, meaning in self.names[item.id].items():
                if isinstance(meaning, Worked) and any(name == getattr(own, "name", "") for own in item.definitions):
                    found[f"{item.id}.{name}" if item.id else name] = of_value(meaning.value)
        return found


def variant(exam: Exam, student: str = REFERENCE) -> Variant:
    """The exam for a student; without one, the draw named `reference`."""
    tools = engine(exam.conventions)
    lot = Lot(exam.seed, student)
    names: dict[str, Names] = {}
    waiting: list[tuple[Item, Names]] = [(exam.root, {})]
    while waiting:
        item, outer = waiting.pop()
        names[item.id] = bound(item.definitions, item.id, outer, lot, tools) if item.definitions else outer
        waiting.extend((inner, names[item.id]) for inner in item.items)
    return Variant(exam, student, tools, names)
