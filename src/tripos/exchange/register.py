"""The register: what an exam asks, by the ids and other names that files use, and what to say of a name it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tripos.exam.item import Asked, Exam, Gap, Item, Rubric
from tripos.problem import nearest

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that is asked, and the item that asks it."""

    item: Item
    asked: Asked

    @property
    def id(self) -> str:
        """The id of what is asked."""
        return self.asked.id


@dataclass(frozen=True, slots=True)
class Register:
    """Everything that an exam asks, by id and by alias."""

    entries: Mapping[str, Entry]

    @classmethod
    def of(cls, exam: Exam) -> Register:
        """The register of an exam. An alias that two gaps share names neither."""
        entries = [Entry(item, asked) for item, asked in exam.asked()]
        aliased = [(alias, entry) for entry in entries if isinstance(entry.asked, Gap) for alias in entry.asked.aliases]
        shared = Counter(alias for alias, _ in aliased)
        aliases = {alias: entry for alias, entry in aliased if shared[alias] == 1}
        return cls(aliases | {entry.id: entry for entry in entries})

    def entry(self, name: str) -> Entry | None:
        """What a file means by a name."""
        return self.entries.get(name)

    def lacks(self, name: str) -> tuple[str, str]:
        """Half a sentence on a name that means nothing, and the name that may have been meant."""
        for item in (name, name.rpartition(".")[0]):
            ids = list(dict.fromkeys(entry.id for entry in self.entries.values() if entry.item.id == item))
            if ids:
                return self._asks(item, ids), ""
        return "the exam asks nothing of that name", nearest(name, self.entries)

    def _asks(self, item: str, ids: list[str]) -> str:
        gaps = [id for id in ids if not isinstance(self.entries[id].asked, Rubric)]
        words = " and words, .rubric" if gaps and len(gaps) < len(ids) else ""
        if len(gaps) > 1:
            count = COUNTS[len(gaps)] if len(gaps) < len(COUNTS) else str(len(gaps))
            return f"{item} has {count} gaps, .1 to .{len(gaps)}{words}"
        return f"{item} has one gap, {item}{words}" if gaps else f"{item} asks for words only, as {item}"
