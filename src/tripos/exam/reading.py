"""Reading an exam: a document's headings, blocks and marks become items and what they ask. Every problem is collected.

What can be read is read even where problems are found, so that one run reports them all; nobody marks by an exam that
has any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from flint import fmpq

from tripos.exam import front, points, tables
from tripos.exam.attributes import HEADING, RUBRIC, SECTION, Attributes
from tripos.exam.braces import open_braces, open_title
from tripos.exam.context import Context, Draft
from tripos.exam.definitions import Definition, Drawn, definitions
from tripos.exam.digest import digest
from tripos.exam.draws import Lot
from tripos.exam.engine import Engine, engine
from tripos.exam.gaps import ASK, BLOCKS, SHOW, SHOW_IN_TEX, chosen, cut_in_two, first_mark, inlined, placed
from tripos.exam.item import Exam, Item, Rubric, Show
from tripos.exam.let import STEPS, Let
from tripos.exam.outline import DEEPEST, Heading, outline
from tripos.exam.scoring import Cells, Rule
from tripos.language.evaluator import Budget
from tripos.language.names import Names
from tripos.pandoc import reading as pandoc
from tripos.pandoc.element import Element, walk
from tripos.pandoc.writing import unreadable_math
from tripos.problem import Place, Problem, TriposError

NAMELESS = "§"  # how the name begins that a heading without an id has here; no id does


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
    budget: Budget = field(default_factory=lambda: Budget(STEPS))
    ids: dict[str, Place] = field(default_factory=dict)

    def item(self, heading: Heading, above: _Above) -> Item:
        """A heading with all that stands below it, as an item."""
        element = heading.element or Element("Header", heading.place)
        attributes = Attributes(element, SECTION if heading.level == 1 else HEADING, self.report).checked()
        faulty = open_title(element)
        if faulty:
            self.report(faulty)
        # A heading without an id still needs a name of its own, by which its names are found.
        name = element.identifier or (f"{NAMELESS}{heading.place.line}" if heading.level else "")
        stated = _worth(attributes, "points")
        if stated is None and heading.level == 2:
            stated = above.each
        if place := first_mark(element.children, (ASK, SHOW)):
            self.report(Problem(place, "a heading neither asks nor shows.", "Write it in the text below."))
        rule = attributes.rule(above.rule)
        single = attributes.one_of("choose", ("one", "any")) or ("one" if above.single else "any")
        context = Context(name, self.engine, above.names, self.report, self.shown)
        content, solution, own = self.blocks(heading, context, single == "one")
        each = fmpq(1) if faulty and heading.level == 1 else _worth(attributes, "each")
        below = _Above(context.names, rule, above.each if each is None else each, single == "one")
        items = tuple(self.item(inner, below) for inner in heading.headings)
        self.check_place(heading, context, items)
        # What attributes say that could not be read is not missing.
        report = _unsaid if faulty else self.report
        settled = points.settled(context.drafts, name, stated, heading.place, report)
        total = sum((part.points for part in settled), fmpq(0)) + sum((inner.points for inner in items), fmpq(0))
        return Item(
            name,
            heading.level,
            heading.place,
            tuple(element.children),
            placed(content, [part.id for part in settled]),
            solution,
            own,
            tuple(part.asked for part in settled if part.asked),
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
        for before, block in zip((None, *heading.blocks), heading.blocks, strict=False):
            if before and (problem := cut_in_two(before, block)):
                self.report(problem)
            if block.kind == "CodeBlock" and "let" in block.classes:
                own = self.let(block, own, outer, context)
                self.check_draws(heading, block, own)
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
        let = Let(context.item, outer, self.lot, self.engine, self.budget, self.report)
        own, context.names = let.sound(own, found, context.names)
        return own

    def rubric(self, block: Element, context: Context) -> None:
        """A rubric: what a person marks by."""
        attributes = Attributes(block, RUBRIC, self.report).checked()
        if any(isinstance(draft.asked, Rubric) for draft in context.drafts):
            fact = "this is the second rubric of one question."
            self.report(Problem(block.place, fact, "Join the two, or make parts."))
            return
        content = inlined(self.without_gaps(block), context)
        rubric = Rubric("", fmpq(0), block.place, attributes.count("lines", 4), content)
        context.ask(Draft(rubric, attributes.points()))

    def without_gaps(self, block: Element) -> tuple[Element, ...]:
        """The inside of a block in which nothing may be asked."""
        place = first_mark(block.children)
        if place is not None:
            word = next(word for word in block.classes if word in BLOCKS["Div"])
            self.report(Problem(place, f"a gap stands inside of a {word}.", "Ask it in the question itself."))
            return ()
        return block.children

    def check_draws(self, heading: Heading, block: Element, own: Sequence[Definition]) -> None:
        """Report names that are drawn under a heading without an id, unless it was meant to have one."""
        title = heading.element
        if title is None or title.identifier or open_title(title):
            return
        if any(isinstance(one, Drawn) and one.place.line >= block.place.line for one in own):
            fact = "names are drawn under a heading that has no id, and what is drawn depends on it."
            self.report(Problem(block.place, fact, "Give the heading an id: # Title {#short}."))

    def check_place(self, heading: Heading, context: Context, items: Sequence[Item]) -> None:
        """Report an item that asks nothing, asks without an id, or takes another's id."""
        name = heading.element.identifier if heading.element else ""
        if context.drafts and not name and not (heading.element and open_title(heading.element)):
            fact = "this heading asks something and has no id."
            self.report(Problem(heading.place, fact, "Give it one: ## Title {#q1-1}."))
        if name and not all(char.isalnum() or char == "-" for char in name):
            fact = f'the id "{name}" has a character that ids do not have.'
            self.report(Problem(heading.place, fact, "An id is letters, digits and hyphens."))
        if name in self.ids:
            fact = f"the id {name} was given in line {self.ids[name].line} already."
            self.report(Problem(heading.place, fact, "Ids are the names in every response: give each its own."))
        elif name:
            self.ids[name] = heading.place
        deepest = heading.element is None or heading.element.level <= DEEPEST  # a deeper one is reported already
        if heading.level >= 2 and not context.drafts and not items and deepest:
            self.report(Problem(heading.place, "this question asks nothing.", "Add a gap, `? ...`, or a rubric."))
        if heading.level == 0 and not context.drafts and not items and not self.problems:
            self.report(Problem(heading.place, "this exam asks nothing.", "Add a section (#) with questions (##)."))

    def report(self, problem: Problem) -> None:
        """Take note of a problem."""
        self.problems.append(problem)


def _unsaid(_: Problem) -> None:
    """Take no note of a problem."""


def _worth(attributes: Attributes, name: str) -> fmpq | None:
    # What is no number has been reported; any number then keeps the questions below from asking for one.
    value = attributes.points(name)
    return fmpq(1) if value is None and attributes.text(name) is not None else value


def _read(document: pandoc.Document) -> Reading:
    problems = list(document.problems)
    matter = front.matter(document, problems.append)
    reader = _Reader(engine(matter.conventions), Lot(matter.seed), problems)
    top = outline(document.blocks, document.file, problems.append)
    root = reader.item(top, _Above({}, Cells()))
    if matter.points is not None:
        root = replace(root, stated=matter.points, place=document.meta_place("points"))
    exam = Exam(
        document.file,
        matter.title,
        root,
        matter.minutes,
        matter.seed,
        matter.language,
        matter.conventions,
        tuple(reader.shown),
        digest(document, matter),
    )
    problems += open_braces(document.blocks)
    problems += unreadable_math(_formulas(document.blocks))
    return Reading(exam, tuple(sorted(problems, key=lambda problem: (problem.place.line, problem.place.column))))


def _formulas(blocks: Sequence[Element]) -> list[tuple[str, Place]]:
    # What \show stands for is not known before a student is; any letter shows whether the rest can be read.
    return [(SHOW_IN_TEX.sub("x", element.text), element.place) for element in walk(blocks) if element.kind == "Math"]
