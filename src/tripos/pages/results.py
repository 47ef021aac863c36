"""The results of a class: totals, how each question went, and what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tripos.exam.item import Exam, Item
from tripos.marking.mark import Mark, State
from tripos.marking.result import Result
from tripos.pages import sign
from tripos.pages.amount import counted, rounded_off
from tripos.pages.facility import Facility, facilities
from tripos.pages.markup import NOTHING, Html, element, isolated, joined, shortened
from tripos.pages.page import page
from tripos.pages.prose import Prose, filled
from tripos.pages.tally import Tally
from tripos.pages.total import total, totals

NAME = 60  # characters of a student's name in a table
ANSWER = 300  # characters of a waiting answer; the student's page has all of it
ORDER = (
    State.RIGHT,
    State.PARTLY,
    State.FOLLOW_THROUGH,
    State.WRONG,
    State.BLANK,
    State.ABSENT,
    State.REVIEW,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A student in the table: the result, its tallies, and where the page is."""

    result: Result
    tallies: Mapping[str, Tally] = field(repr=False)
    address: str

    @property
    def link(self) -> Html:
        """The student's name, leading to the page."""
        return element("a", self.name, href=self.address)

    @property
    def name(self) -> Html:
        """The student's name, as long as a table can hold."""
        return isolated(shortened(self.result.student or "(no name)", NAME))


def results(exam: Exam, prose: Prose, rows: Sequence[Row]) -> str:
    """The page of a class."""
    ordered = sorted(rows, key=lambda row: (row.result.student.casefold(), row.result.student))
    waiting = sum(row.result.waiting for row in rows)
    waits = f"; {counted(waiting, 'answer waits', 'answers wait')} for a person" if waiting else ""
    return page(
        f"Results – {exam.title}",
        element(
            "header",
            element("h1", exam.title),
            element("p", f"Results of {counted(len(rows), 'student')}{waits}.", class_="student"),
        ),
        _part("Totals", totals([row.result for row in rows], exam.points)),
        _part("Students", _students(exam, prose, ordered)),
        _part("Questions", _questions(prose, facilities(exam, [row.result for row in rows]))),
        _part("Waiting for a person", *_waiting(ordered)),
        language=exam.language,
    )


def _part(title: str, *contents: Html) -> Html:
    return element("section", element("h2", title), *contents, class_="part") if any(contents) else NOTHING


def _table(heads: Sequence[Html], rows: Sequence[Html], name: str, kind: str) -> Html:
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *rows), class_=kind)
    # A wide table scrolls by itself, with the keyboard as well.
    return element("div", table, class_="wide", role="region", tabindex="0", aria_label=name)


def _column(words: Html | str, figure: bool = True) -> Html:
    return element("th", words, scope="col", class_="figure" if figure else "")


def _figure(words: str) -> Html:
    return element("td", words, class_="figure")


def _students(exam: Exam, prose: Prose, rows: Sequence[Row]) -> Html:
    sections = exam.root.items
    heads = [
        _column("Student", figure=False),
        *(_column(_titled(prose, item, f" /{rounded_off(item.points)}")) for item in sections),
        _column(joined(["Total", element("small", f" /{rounded_off(exam.points)}")])),
        _column("Waiting"),
    ]
    written = [
        element(
            "tr",
            element("th", row.link, scope="row"),
            *(_figure(rounded_off(row.tallies[item.id].points)) for item in sections),
            element("td", total(row.result), class_="figure"),
            _figure(str(row.result.waiting or "")),
        )
        for row in rows
    ]
    return _table(heads, written, "Students", "students") if rows else NOTHING


def _titled(prose: Prose, item: Item, after: str) -> Html:
    return joined([filled(prose.title(item), lambda _: NOTHING), element("small", after)])


def _questions(prose: Prose, found: Sequence[Facility]) -> Html:
    heads = [
        _column("Question", figure=False),
        _column("Points"),
        _column("Mean share", figure=False),
        *(_column(joined([sign.drawn(state)])) for state in ORDER),
    ]
    rows = [_question(prose, each) for each in found]
    legend = joined([_legend(state) for state in ORDER], "; ")
    note = element("p", "Mean share of the points, and answers counted: ", legend, ".", class_="note")
    return joined([note, _table(heads, rows, "Questions", "questions")]) if found else NOTHING


def _question(prose: Prose, each: Facility) -> Html:
    asks = bool(each.counts)
    return element(
        "tr",
        element("th", _titled(prose, each.item, f" {each.item.id}" if asks else ""), scope="row"),
        _figure(rounded_off(each.item.points)),
        element("td", _bar(each) if asks else "", class_="facility"),
        *(_figure(str(each.counts[state] or "")) for state in ORDER),
        class_=f"level-{each.item.level}",
    )


def _legend(state: State) -> Html:
    found = sign.SIGNS[state]
    return element("span", element("span", found.symbol, class_=f"sign {state}"), f" {found.words}", class_="legend")


def _bar(each: Facility) -> Html:
    if each.percent is None:
        return element("span", "–", class_="percent")
    long = str(min(100, max(0, each.percent)))
    track = element("rect", class_="track", width="100", height="8")
    bar = element("rect", class_="share", width=long, height="8")
    drawn = element("svg", track, bar, viewBox="0 0 100 8", aria_hidden="true", class_="bar")
    return joined([drawn, element("span", f"{each.percent} %".replace("-", "−"), class_="percent")])


def _waiting(rows: Sequence[Row]) -> list[Html]:
    groups: dict[str, dict[tuple[str, str], list[Row]]] = {}
    marks: dict[str, Mark] = {}
    for row in rows:
        for mark in row.result.marks:
            if mark.points is None:
                marks.setdefault(mark.id, mark)
                alike = (getattr(mark.answer, "text", ""), mark.sentence)
                groups.setdefault(mark.id, {}).setdefault(alike, []).append(row)
    order = {mark.id: at for row in rows[:1] for at, mark in enumerate(row.result.marks)}
    return [_group(marks[name], groups[name]) for name in sorted(groups, key=lambda name: order.get(name, 0))]


def _group(mark: Mark, alike: Mapping[tuple[str, str], Sequence[Row]]) -> Html:
    count = sum(map(len, alike.values()))
    heads = [_column(words, figure=False) for words in ("Answer", "Why", "Students")]
    rows = [
        element(
            "tr",
            element("td", isolated(shortened(answer, ANSWER), class_="answer")),
            element("td", isolated(why)),
            element("td", joined([_to(row, mark) for row in found], ", ")),
        )
        for (answer, why), found in sorted(alike.items(), key=lambda pair: -len(pair[1]))
    ]
    summary = element("summary", element("span", mark.id, class_="id"), f" {counted(count, 'answer')}")
    return element("details", summary, _table(heads, rows, mark.id, "queue"), class_="group")


def _to(row: Row, mark: Mark) -> Html:
    return element("a", row.name, href=f"{row.address}#mark-{mark.id}")
