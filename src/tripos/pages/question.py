"""A question on the page, and a section or a part: its title, its text with the answers in place, and its marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flint import fmpq

from tripos.exam.item import Gap, Item, Rubric
from tripos.exam.key import RubricKey
from tripos.exam.scoring import Cells, Rule
from tripos.marking.mark import Mark
from tripos.marking.response import Given
from tripos.pages import choice, gap
from tripos.pages.amount import counted, exact, rounded_off
from tripos.pages.markup import NOTHING, Html, element, isolated, joined
from tripos.pages.prose import Kind, Prose, Slot, Template, filled
from tripos.pages.reason import reasons
from tripos.pages.tally import Tally
from tripos.pages.working import Workings


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the questions of one student's script are written from."""

    prose: Prose
    shown: Mapping[Slot, Html]
    workings: Workings
    marks: Mapping[str, Mark]
    tallies: Mapping[str, Tally] = field(repr=False)

    def text(self, template: Template) -> Html:
        """A text with this student's values and answers in it."""
        return filled(template, self._fill)

    def _fill(self, slot: Slot) -> Html:
        match slot.kind:
            case Kind.GAP:
                return gap.in_sentence(self.marks[slot.name])
            case Kind.CELL:
                return gap.in_table(self.marks[slot.name], self.workings)
            case Kind.CHOICE:
                return self._choice(slot.name)
            case _:
                return self.shown[slot]

    def _choice(self, name: str) -> Html:
        return choice.choice(
            self.marks[name], lambda letter: filled(self.prose.option(name, letter), self._fill), self.workings
        )


def question(item: Item, sheet: Sheet, rule: str = "") -> Html:
    """An item without those below it; `rule` is the sentence of its scoring rule, where it is to be said."""
    marks = [sheet.marks[asked.id] for asked in item.asked]
    solution = sheet.text(sheet.prose.solution(item))
    return element(
        "section",
        _heading(item, sheet),
        element("p", rule, class_="rule") if rule else NOTHING,
        element("div", sheet.text(sheet.prose.content(item)), class_="prose"),
        *(_words(mark) for mark in marks if isinstance(mark.key, RubricKey)),
        reasons(marks, sheet.workings, lambda rubric: sheet.text(sheet.prose.rubric(rubric))),
        _solution(solution) if solution else NOTHING,
        class_=f"item level-{item.level}",
        id=anchor(item),
    )


def anchor(item: Item) -> str:
    """The fragment by which an item is linked to."""
    return f"item-{item.id}"


def score(tally: Tally, item: Item) -> str:
    """What an item earned of its points."""
    nothing_yet = tally.waiting and tally.points == 0
    return f"{'…' if nothing_yet else rounded_off(tally.points)} of {rounded_off(item.points)}"


def rules(items: Sequence[Item]) -> Mapping[str, str]:
    """The sentence of the scoring rule for each item where another one begins to hold, by the item's id."""
    said: dict[str, str] = {}
    last: tuple[Rule, str] | None = None
    for item in items:
        # That every gap earns its own is worth saying only where there are several.
        several = sum(not isinstance(asked, Rubric) for asked in item.asked) > 1
        if not item.asked or item.rule is None or (isinstance(item.rule, Cells) and not several):
            said |= {item.id: " ".join(forms)} if (forms := _forms(item)) else {}
            continue
        now = (item.rule, "" if isinstance(item.rule, Cells) else str(item.points))
        if now != last:
            said[item.id] = " ".join([item.rule.sentence(item.points), *_forms(item)])
        last = now
    return said


def _forms(item: Item) -> list[str]:
    # A form is asked of every gap of a table alike, so each is said once.
    gaps = [asked for asked in item.asked if isinstance(asked, Gap)]
    said = [
        *(_form(gap.form, gap.form_points) for gap in gaps if gap.form),
        *(f"Round numbers to {gap.precision}; exact ones are right too." for gap in gaps if gap.precision),
        *(
            f"A formula that is right on most of its pieces, but not on all, earns {exact(gap.piece_points)}."
            for gap in gaps
            if gap.piece_points > 0
        ),
        *(f"Answer one of: {'; '.join(gap.words)}." for gap in gaps if gap.words),
    ]
    return list(dict.fromkeys(said))


def _form(form: str, points: fmpq) -> str:
    return f"Write numbers as a {form}; in another form a right number earns {exact(points)}."


def _heading(item: Item, sheet: Sheet) -> Html:
    tally = sheet.tallies[item.id]
    title = element("span", sheet.text(sheet.prose.title(item)), class_="title")
    # An item without an id has a name that only the reader of exams knows.
    name = element("span", item.id, class_="id") if item.asked else NOTHING
    earned = element("span", score(tally, item), _waiting(tally), class_="score")
    return element(f"h{item.level + 1}", title, " ", name, " ", earned)


def _waiting(tally: Tally) -> Html:
    return element("small", f" {counted(tally.waiting, 'answer')} waiting") if tally.waiting else NOTHING


def _words(mark: Mark) -> Html:
    if not isinstance(mark.answer, Given):
        return element("p", gap.in_sentence(mark), class_="words")
    # An answer in words keeps the lines in which it was written.
    return element("blockquote", isolated(mark.answer.text, class_="answer"), class_="words", id=f"answer-{mark.id}")


def _solution(solution: Html) -> Html:
    return element("details", element("summary", "Worked solution"), joined([solution]), class_="solution")
