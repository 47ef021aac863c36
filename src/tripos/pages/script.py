"""One student's marked script: the total, the sections, and every question with answers, marks and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tripos.deep.conventions import sentence
from tripos.exam.item import Exam, Item
from tripos.marking.result import Result
from tripos.pages import question
from tripos.pages.amount import counted, rounded_off
from tripos.pages.drawn import Drawn
from tripos.pages.markup import NOTHING, Html, element, isolated
from tripos.pages.page import page
from tripos.pages.prose import Prose
from tripos.pages.question import Sheet, anchor
from tripos.pages.tally import Tally
from tripos.pages.total import total
from tripos.pages.working import Workings


@dataclass(frozen=True, slots=True)
class Paper:
    """What all scripts of an exam have in common."""

    exam: Exam
    items: Sequence[Item]
    rules: Mapping[str, str]
    prose: Prose
    drawn: Drawn
    workings: Workings = field(default_factory=Workings, repr=False)


def paper(exam: Exam, prose: Prose, drawn: Drawn) -> Paper:
    """The common part of all scripts."""
    items = tuple(exam.items())
    return Paper(exam, items, question.rules(items), prose, drawn)


def script(paper: Paper, result: Result, tallies: Mapping[str, Tally]) -> str:
    """The page of one student."""
    marks = {mark.id: mark for mark in result.marks}
    sheet = Sheet(paper.prose, paper.drawn.of(result.variant), paper.workings, marks, tallies)
    preface = sheet.text(sheet.prose.content(paper.exam.root))
    return page(
        f"{result.student} – {paper.exam.title}",
        element("nav", element("a", "All results", href="../index.html")),
        _head(paper.exam, result, sheet),
        element("div", preface, class_="prose preface") if preface else NOTHING,
        _conventions(paper.exam),
        *(question.question(item, sheet, paper.rules.get(item.id, "")) for item in paper.items if item.level),
        language=paper.exam.language,
    )


def _head(exam: Exam, result: Result, sheet: Sheet) -> Html:
    return element(
        "header",
        element("h1", exam.title),
        element("p", isolated(result.student or "(no name)"), class_="student"),
        _total(result, exam),
        _sections(exam, result, sheet),
    )


def _conventions(exam: Exam) -> Html:
    if not exam.conventions:
        return NOTHING
    sentences = [element("li", sentence(name, value)) for name, value in exam.conventions.items()]
    return element("details", element("summary", "Conventions"), element("ul", *sentences), class_="conventions")


def _total(result: Result, exam: Exam) -> Html:
    whole = f" of {rounded_off(exam.points)}"
    if result.total is not None:
        return element("p", element("strong", rounded_off(result.total), class_="number"), whole, class_="total")
    number = element("span", rounded_off(result.so_far), class_="number")
    waits = f"{counted(result.waiting, 'answer waits', 'answers wait')} for a person"
    return element("p", number, " so far", whole, " ", element("span", waits, class_="waits"), class_="total")


def _sections(exam: Exam, result: Result, sheet: Sheet) -> Html:
    rows = [_section(item, sheet) for item in exam.root.items]
    whole = element(
        "tr",
        element("th", "Total", scope="row"),
        element("td", total(result), class_="figure"),
        element("td", rounded_off(exam.points), class_="figure"),
        element("td", str(result.waiting or ""), class_="figure"),
        class_="sum",
    )
    heads = [element("th", words, scope="col", class_="figure") for words in ("Points", "Of", "Waiting")]
    head = element("thead", element("tr", element("th", "Section", scope="col"), *heads))
    return element("table", head, element("tbody", *rows, whole), class_="sections")


def _section(item: Item, sheet: Sheet) -> Html:
    tally = sheet.tallies[item.id]
    title = element("a", sheet.text(sheet.prose.title(item)), href=f"#{anchor(item)}")
    return element(
        "tr",
        element("th", title, scope="row"),
        element("td", rounded_off(tally.points), class_="figure"),
        element("td", rounded_off(item.points), class_="figure"),
        element("td", str(tally.waiting or ""), class_="figure"),
    )
