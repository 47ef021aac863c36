"""Gaps and shows: what the inline marks `? ...` and `= ...`, \\show{...} and lists of statements ask and show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from flint import fmpq

from tripos.exam.attributes import CHOICE_OPTION, GAP, Attributes
from tripos.exam.context import Context, Draft
from tripos.exam.item import Choice, Gap, Option, Written
from tripos.language.tree import Node, Op, name
from tripos.pandoc.element import Element, transform, walk
from tripos.problem import Place, Problem, nearest

ASK, SHOW = "?", "="
SHOW_IN_TEX = re.compile(r"\\show\{((?:[^{}]|\{[^{}]*\})*)\}")
ZERO = fmpq(0)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NONE = name("none")


def marked(element: Element, mark: str) -> tuple[int, str] | None:
    """Where the expression of an inline mark begins, and its text; none for any other element."""
    if element.kind != "Code" or not re.match(rf"{re.escape(mark)}(\s|$)", element.text):
        return None
    return 1, element.text[1:]


def inlined(elements: Sequence[Element], context: Context) -> tuple[Element, ...]:
    """The elements with every mark replaced by a Gap or a Show."""
    return transform(elements, lambda element: _inlined(element, context))


def _inlined(element: Element, context: Context) -> Element:
    if element.kind == "Math":
        return _math(element, context)
    if found := marked(element, SHOW):
        written = context.written(element, *found)
        return Element("Show", element.place, text=context.show(written)) if written else element
    if found := marked(element, ASK):
        return _gap(element, *found, context)
    if element.kind in ("Div", "CodeBlock"):
        _refuse_inner(element, context)
    elif element.kind == "Span" and any(name in GAP for name, _ in element.pairs):
        words = " ".join(f'{name}="{value}"' for name, value in element.pairs)
        remedy = "Write attributes directly behind the gap, without a blank: `? 1`{points=2}."
        context.report(Problem(element.place, f"{words} belongs to no gap.", remedy))
    return element


def _refuse_inner(block: Element, context: Context) -> None:
    # The blocks of the format are taken out where they stand directly below a heading; these do not.
    for word in block.classes:
        if word in BLOCKS[block.kind]:
            fact, remedy = f"this {word} stands inside of something else.", "Put it directly below its heading."
        elif block.kind == "Div":
            fact = f"there is no block called {word}."
            remedy = nearest(word, BLOCKS["Div"]) or f"There are {', '.join(BLOCKS['Div'])}."
        else:
            continue
        context.report(Problem(block.place, fact, remedy))


BLOCKS = {"Div": ("rubric", "solution", "note"), "CodeBlock": ("let", "graph")}


def _math(element: Element, context: Context) -> Element:
    def filled(match: re.Match[str]) -> str:
        written = context.written(element, match.start(1), match[1])
        return f"\\show{{{context.show(written)}}}" if written else r"\square"

    return replace(element, text=SHOW_IN_TEX.sub(filled, element.text))


def _gap(element: Element, start: int, text: str, context: Context) -> Element:
    written = context.written(element, start, text)
    mark = context.ask(drafted(written, element, context))
    return Element("Gap", element.place, text=mark) if written else element


def drafted(written: Written | None, element: Element, context: Context, word: str = "") -> Draft:
    """The gap that asks an expression, with the attributes of its element."""
    attributes = Attributes(element, GAP, context.report).checked()
    if written is None:
        return Draft(None, attributes.points())
    gap = Gap(
        "",
        written,
        ZERO,
        form=attributes.form(),
        form_points=attributes.points("form-points") or ZERO,
        digits=attributes.count("digits", 0),
        decimals=attributes.count("decimals", 0),
        piece_points=attributes.points("piece-points") or ZERO,
        words=attributes.words(),
        expected=context.attribute(element, "key"),
        also=context.attribute(element, "also"),
        because=attributes.text("because") or "",
    )
    return Draft(gap, attributes.points(), word or element.identifier)


def chosen(element: Element, single: bool, context: Context) -> Element | None:
    """A list as a choice, if every item begins with a statement's gap or with a box; none for any other list."""
    begins = [_begins(item) for item in element.children]
    if not any(begins):
        return None
    if not all(begins):
        place = next(item.place for item, begin in zip(element.children, begins, strict=True) if not begin)
        remedy = "Begin every item of a choice with a statement or a box, or none."
        context.report(Problem(place, NO_KEY, remedy))
        context.ask(Draft(None))
        return None
    if len(begins) > len(LETTERS):
        fact = f"this choice has {len(begins)} options, more than there are letters."
        context.report(Problem(element.place, fact, f"Keep to {len(LETTERS)}."))
        context.ask(Draft(None))
        return None
    options, items = [], []
    for letter, item in zip(LETTERS, element.children, strict=False):
        option, content = _option(letter, item, context)
        options.append(option)
        items.append(Element("Item", item.place, inlined(content, context), text=letter))
    whole = tuple(option for option in options if option)
    choice = Choice("", whole, ZERO, element.place, single) if len(whole) == len(options) else None
    return Element("Choice", element.place, tuple(items), text=context.ask(Draft(choice)))


NO_KEY = "this item of a choice has no key, and others have."


def cut_in_two(before: Element, block: Element) -> Problem | None:
    """The problem of a list that is cut in two because only some of its items begin with a box."""
    lists = before.kind == block.kind == "BulletList"
    if not lists or not any(_begins(item) for part in (before, block) for item in part.children):
        return None
    return Problem(block.place, NO_KEY, "Begin every item of a choice with a box, or every item with a statement.")


def _begins(item: Element) -> bool:
    return item.checked is not None or _first(item) is not None


def _first(item: Element) -> Element | None:
    # The gap with which an item begins, if it begins with one.
    block = item.children[0] if item.children else None
    inline = block.children[0] if block and block.children else None
    return inline if inline is not None and marked(inline, ASK) else None


def _option(letter: str, item: Element, context: Context) -> tuple[Option | None, tuple[Element, ...]]:
    gap = _first(item)
    if gap is None:
        truth = Node(Op.TRUTH, value=bool(item.checked))
        written = Written(truth, "true" if item.checked else "false", item.place)
        return Option(letter, written, ticked=True), item.children
    attributes = Attributes(gap, CHOICE_OPTION, context.report).checked()
    rest = tuple(inline for inline in item.children[0].children if inline is not gap)
    content = (replace(item.children[0], children=_trimmed(rest)), *item.children[1:])
    found = marked(gap, ASK)
    written_or_none = context.written(gap, *found) if found else None
    if written_or_none is None:
        return None, content
    none = written_or_none.tree == NONE
    because, expected = attributes.text("because") or "", context.attribute(gap, "key")
    return Option(letter, written_or_none, because, expected, none), content


def _trimmed(inlines: tuple[Element, ...]) -> tuple[Element, ...]:
    return inlines[1:] if inlines and inlines[0].kind in ("Space", "SoftBreak") else inlines


def placed(content: Sequence[Element], ids: Sequence[str]) -> tuple[Element, ...]:
    """The content with the provisional marks of what it asks replaced by ids."""

    def settled(element: Element) -> Element:
        return replace(element, text=ids[int(element.text)]) if element.kind in ("Gap", "Choice") else element

    return transform(content, settled)


def first_mark(elements: Sequence[Element], signs: Sequence[str] = (ASK,)) -> Place | None:
    """Where the first gap, or any of these marks, stands among these elements."""
    return next((element.place for element in walk(elements) if any(marked(element, sign) for sign in signs)), None)
