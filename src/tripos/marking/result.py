"""Results: every mark of a student and their total. A pure function of the exam, the script and people's decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from flint import fmpq

from tripos.exam.item import Exam, Item
from tripos.exam.key import ChoiceKey, GapKey, Key, Keys, RubricKey, keys
from tripos.exam.scoring import Cells, Exact, Rule
from tripos.exam.variant import Variant, variant
from tripos.marking import choice, gap
from tripos.marking.decision import Decision, standing
from tripos.marking.follow import Earlier, followed
from tripos.marking.gap import Judged
from tripos.marking.mark import Mark, State, earned
from tripos.marking.response import Absent, Answer, Blank, Given, Script
from tripos.proof.answer import Judge, judged
from tripos.proof.reason import because

CENT = 100


@dataclass(frozen=True, slots=True)
class Result:
    """One student's marks in reading order."""

    student: str
    marks: tuple[Mark, ...]
    variant: Variant = field(repr=False)

    @property
    def so_far(self) -> fmpq:
        """What is earned already, rounded once, half up, to a hundredth."""
        return rounded(sum((mark.points for mark in self.marks if mark.points is not None), fmpq(0)))

    @property
    def total(self) -> fmpq | None:
        """What is earned; none as long as a person has to decide something."""
        return None if any(mark.points is None for mark in self.marks) else self.so_far

    def within(self, item: Item) -> fmpq:
        """What is earned already in a section, a question or a part; not rounded."""
        ids = item.ids()
        return sum((mark.points for mark in self.marks if mark.id in ids and mark.points is not None), fmpq(0))

    @property
    def waiting(self) -> int:
        """How many answers wait for a person."""
        return sum(mark.points is None for mark in self.marks)


def rounded(points: fmpq) -> fmpq:
    """Points to a hundredth; what lies in the middle goes up."""
    return fmpq((points * CENT + fmpq(1, 2)).floor(), CENT)


def results(
    exam: Exam, scripts: Iterable[Script], decisions: Iterable[Decision] = (), judge: Judge = judged
) -> Iterator[Result]:
    """The result of every script, one by one. Who judges the answers makes no difference but to what is stopped."""
    stands = standing(decisions)
    drawn: dict[tuple[tuple[str, str], ...], Keys] = {}
    for script in scripts:
        own = variant(exam, script.student)
        draw = tuple(own.drawn().items())
        if draw not in drawn:
            drawn[draw] = keys(own)
        yield _result(script, drawn[draw], own, stands, judge)


def _result(
    script: Script, found: Keys, own: Variant, stands: Mapping[tuple[str, str], Decision], judge: Judge
) -> Result:
    earlier = Earlier()
    marks: list[Mark] = []
    for item, group in groupby(found.whole(), key=lambda key: key.item):
        own_marks = [
            _decided(mark, stands.get((script.student, mark.id)))
            for mark in _item_marks(list(group), script, own, earlier, judge)
        ]
        marks += _all_or_nothing(own_marks) if isinstance(item.rule, Exact) else own_marks
    return Result(script.student, tuple(marks), own)


def _item_marks(group: list[Key], script: Script, own: Variant, earlier: Earlier, judge: Judge) -> list[Mark]:
    # All answers are judged by their keys before any is followed through: in a backward pass the last line is first.
    found: dict[str, Judged] = {}
    for key in group:
        if isinstance(key, GapKey):
            one = gap.judged(key, script.answer(key.gap.id), _rule(key), own, judge)
            found[key.gap.id] = one
            if one.value is not None:
                earlier.note(key, one.value, one.differs)
    marks = [_mark(key, script.answer(key.asked.id), found) for key in group]
    return [_followed(mark, own, earlier, judge) for mark in marks]


def _rule(key: Key) -> Rule:
    return key.item.rule or Cells()


def _mark(key: Key, answer: Answer, found: Mapping[str, Judged]) -> Mark:
    match key:
        case ChoiceKey():
            return choice.mark(key, answer, _rule(key))
        case GapKey():
            return found[key.gap.id].mark
        case _:
            return _words(key, answer)


def _followed(mark: Mark, own: Variant, earlier: Earlier, judge: Judge) -> Mark:
    if mark.state is not State.WRONG or not isinstance(mark.key, GapKey) or not isinstance(mark.answer, Given):
        return mark
    return followed(mark.key, mark.answer, own, earlier, judge) or mark


def _words(key: Key, answer: Answer) -> Mark:
    if isinstance(answer, Absent):
        return Mark(key, answer, fmpq(0), State.ABSENT, because("absent"))
    if isinstance(answer, Blank):
        return Mark(key, answer, fmpq(0), State.BLANK, because("blank"))
    return Mark(key, answer, None, State.REVIEW, because("rubric"))


def _all_or_nothing(marks: list[Mark]) -> list[Mark]:
    # What is not right takes the points of all that no person has decided; what waits makes the others wait.
    scored = [mark for mark in marks if not isinstance(mark.key, RubricKey)]
    missed = [mark for mark in scored if mark.points is not None and mark.points < mark.out_of]
    if len(scored) < 2 or not (missed or any(mark.points is None for mark in scored)):
        return marks
    return [_lost(mark, bool(missed)) if mark in scored and mark.decision is None else mark for mark in marks]


def _lost(mark: Mark, missed: bool) -> Mark:
    if mark.state in (State.BLANK, State.ABSENT) or (missed and mark.points is not None and mark.points <= 0):
        return mark
    if missed:
        return replace(mark, points=fmpq(0), state=State.WRONG, reason=because("all-or-nothing"))
    if mark.points is None:
        return mark
    return replace(mark, points=None, state=State.REVIEW, reason=because("waits"))


def _decided(mark: Mark, decision: Decision | None) -> Mark:
    if decision is None:
        return mark
    reason = because("decided", reason=decision.reason, by=decision.by)
    return replace(
        mark, points=decision.points, state=earned(decision.points, mark.out_of), reason=reason, decision=decision
    )
