"""Reading an exam: a document's headings, blocks and marks become items and what they ask. Every problem is collected.

What can be read is read even where problems are found, so that one run reports them all; nobody marks by an exam that
has any.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from flint import fmpq

from tripos.exam import front, points, tables
from tripos.exam.attributes import HEADING, RUBRIC, Attributes
from tripos.exam.context import Context, Draft
from tripos.exam.definitions import Definition, Drawn, definitions
from tripos.exam.draws import Lot, bound
from tripos.exam.engine import Engine, engine
from tripos.exam.gaps import SHOW_IN_TEX, chosen, contains_gap, inlined, placed
from tripos.exam.item import Exam, Item, Rubric, Show
from tripos.exam.outline import Heading, outline
from tripos.exam.scoring import Cells, Rule
from tripos.language.names import Names
from tripos.pandoc import reading as pandoc
from tripos.pandoc.element import Element, walk
from tripos.pandoc.writing import unreadable_math
from tripos.problem import Place, Problem, TriposError


@dataclass(frozen=True, slots=True)
class Reading:
    """An exam as far as it could be read, and everything that is wrong with its text."""

    exam: Exam
    problems: tuple[Problem, ...]

    def whole(self) -> Exam:
        """The exam; raises if anything is wrong with it."""
        if self.problems:
            raise TriposError(self.problems)
        return self.exam


def read_file(path: Path) -> Reading:
    """The exam in a file; raises only if the file holds no text."""
    return _read(pandoc.read_file(path))


def read(source: str, file: str = "exam.md") -> Reading:
    """The exam in a text."""
    return _read(pandoc.read(source, file))


@dataclass(frozen=True, slots=True)
class _Above:
    """What an item inherits."""

    names: Names
    rule: Rule
    each: fmpq | None = None
    single: bool = False


@dataclass(slots=True)
class _Reader:
    engine: Engine
    lot: Lot
    problems: list[Problem]
    shown: list[Show] = field(default_factory=list)
    ids: dict[str, Place] = field(default_factory=dict)

    def item(self, heading: Heading, above: _Above) -> Item:
        """A heading with all that stands below it, as an item."""
        element = heading.element or Element("Header", heading.place)
        attributes = Attributes(element, HEADING, self.report).checked()
        # A heading without an id still needs a name of its own, by which its names are found; no id looks like this.
        name = element.identifier or (f"§{heading.place.line}" if heading.level else "")
        stated = attributes.points()
        worth = stated if stated is not None else (above.each if heading.level == 2 else None)
        rule = attributes.rule(above.rule)
        single = attributes.one_of("choose", ("one", "any")) or ("one" if above.single else "any")
        context = Context(name, self.engine, above.names, self.report, self.shown)
        content, solution, own = self.blocks(heading, context, single == "one")
        below = _Above(context.names, rule, attributes.points("each") or above.each, single == "one")
        items = tuple(self.item(inner, below) for inner in heading.headings)
        self.check_place(heading, context, items)
        asked = points.settled(context.drafts, name, worth, heading.place, self.report)
        total = sum((part.points for part in (*asked, *items)), fmpq(0))
        return Item(
            name,
            heading.level,
            heading.place,
            tuple(element.children),
            placed(content, [part.id for part in asked]),
            solution,
            own,
            asked,
            items,
            rule,
            total,
            stated,
        )

    def blocks(
        self, heading: Heading, context: Context, single: bool
    ) -> tuple[tuple[Element, ...], tuple[Element, ...], tuple[Definition, ...]]:
        """The content, the solution and the definitions of a heading."""
        content: list[Element] = []
        solution: list[Element] = []
        own: tuple[Definition, ...] = ()
        outer = context.names
        for block in heading.blocks:
            if block.kind == "CodeBlock" and "let" in block.classes:
                own = self.let(block, own, outer, context)
            elif block.kind == "Div" and "rubric" in block.classes:
                self.rubric(block, context)
            elif block.kind == "Div" and "note" in block.classes:
                continue
            elif block.kind == "Div" and "solution" in block.classes:
                solution += inlined(self.without_gaps(block), context)
            else:
                content.append(self.block(block, context, single))
        return tuple(content), tuple(solution), own

    def block(self, block: Element, context: Context, single: bool) -> Element:
        """A block of text with what it asks and shows."""
        if block.kind == "CodeBlock" and "graph" in block.classes:
            return tables.graph_table(block, context)
        if tables.is_layer_table(block):
            return tables.layer_table(block, context)
        if block.kind in ("BulletList", "OrderedList") and (choice := chosen(block, single, context)):
            return choice
        return inlined([block], context)[0]

    def let(
        self, block: Element, own: tuple[Definition, ...], outer: Names, context: Context
    ) -> tuple[Definition, ...]:
        """The definitions of a block, after those already found in this item; the context then knows their names."""
        lines, start = [], 0
        for line in block.text.split("\n"):
            lines.append((line, block.place_at(start)))
            start += len(line) + 1
        found, problems = definitions(lines, self.engine.vocabulary, context.names)
        self.problems += problems
        if context.item.startswith("§") and any(isinstance(definition, Drawn) for definition in found):
            fact = "names are drawn under a heading that has no id, and what is drawn depends on it."
            self.report(Problem(block.place, fact, "Give the heading an id: # Title {#short}."))
        try:
            context.names = bound((*own, *found), context.item, outer, self.lot, self.engine)
        except TriposError as error:
            self.problems += error.problems
        return (*own, *found)

    def rubric(self, block: Element, context: Context) -> None:
        """A rubric: what a person marks by."""
        attributes = Attributes(block, RUBRIC, self.report).checked()
        if any(isinstance(draft.asked, Rubric) for draft in context.drafts):
            self.report(Problem(block.place, "a second rubric in one question.", "Join the two, or make parts."))
            return
        content = inlined(self.without_gaps(block), context)
        rubric = Rubric("", fmpq(0), block.place, attributes.count("lines", 4), content)
        context.ask(Draft(rubric, attributes.points()))

    def without_gaps(self, block: Element) -> tuple[Element, ...]:
        """The inside of a block in which nothing may be asked."""
        place = contains_gap(block.children)
        if place is not None:
            self.report(Problem(place, f"a gap inside a {block.classes[0]}.", "Ask it in the question itself."))
            return ()
        return block.children

    def check_place(self, heading: Heading, context: Context, items: Sequence[Item]) -> None:
        """Report an item that asks nothing, asks without an id, or takes another's id."""
        name = heading.element.identifier if heading.element else ""
        if context.drafts and not name:
            fact = "this heading asks something and has no id."
            self.report(Problem(heading.place, fact, "Give it one: ## Title {#q1-1}."))
        if name and not all(char.isalnum() or char == "-" for char in name):
            self.report(Problem(heading.place, f"the id {name}.", "An id is letters, digits and hyphens."))
        if name in self.ids:
            fact = f"the id {name} was given in line {self.ids[name].line} already."
            self.report(Problem(heading.place, fact, "Ids are the names in every response: give each its own."))
        elif name:
            self.ids[name] = heading.place
        if heading.level >= 2 and not context.drafts and not items:
            self.report(Problem(heading.place, "this question asks nothing.", "Add a gap, `? ...`, or a rubric."))

    def report(self, problem: Problem) -> None:
        """Take note of a problem."""
        self.problems.append(problem)


def _read(document: pandoc.Document) -> Reading:
    problems = list(document.problems)
    matter = front.matter(document, problems.append)
    reader = _Reader(engine(matter.conventions), Lot(matter.seed), problems)
    top = outline(document.blocks, document.file, problems.append)
    root = reader.item(top, _Above({}, Cells()))
    root = replace(root, stated=matter.points)
    exam = Exam(
        document.file,
        matter.title,
        root,
        matter.minutes,
        matter.seed,
        matter.language,
        matter.conventions,
        tuple(reader.shown),
        _digest(document.blocks),
    )
    problems += unreadable_math(_formulas(document.blocks))
    return Reading(exam, tuple(sorted(problems, key=lambda problem: (problem.place.line, problem.place.column))))


def _formulas(blocks: Sequence[Element]) -> list[tuple[str, Place]]:
    # What \show stands for is not known before a student is; any letter shows whether the rest can be read.
    return [(SHOW_IN_TEX.sub("x", element.text), element.place) for element in walk(blocks) if element.kind == "Math"]


def _digest(blocks: Sequence[Element]) -> str:
    spelt = "\x1f".join(f"{element.kind}\x1e{element.text}\x1e{element.identifier}" for element in walk(blocks))
    return hashlib.sha256(spelt.encode()).hexdigest()[:16]
