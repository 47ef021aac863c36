"""Working: a key as people write it, and how one gets there. Found once for each key, since many students share one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tripos.exam.item import Form
from tripos.exam.key import ChoiceKey, Claimed, GapKey, How, Key
from tripos.language import display, plain
from tripos.language.kind import Kind
from tripos.language.notation import value_tree
from tripos.language.tree import Node
from tripos.language.values import Value
from tripos.pages.formula import formula
from tripos.pages.markup import NOTHING, Html, element, joined

LONGEST = 56  # browsers break a text into lines, but no formula
LONGEST_CLAIM = 100  # beyond, the worked solution explains better
EQUALS, EQUIVALENT = " = ", " ⇔ "


@dataclass(slots=True)
class Workings:
    """What was found already, by the key's identity; the key is kept, so that no other can take its place."""

    found: dict[tuple[int, str], tuple[object, Html]] = field(default_factory=dict)

    def value(self, key: GapKey) -> Html:
        """The key alone; where a product is asked for, as a product."""
        return self._once(key, "value", lambda: _value(key))

    def steps(self, key: GapKey) -> Html:
        """The key with the steps that lead to it."""
        return self._once(key, "steps", lambda: _told(display.steps(key.worked), EQUALS))

    def claim(self, claim: Claimed) -> Html:
        """How a computed statement of a choice was decided; nothing for a typed one."""
        return self._once(claim, "claim", lambda: _claim(claim))

    def _once(self, key: Key | Claimed, what: str, made: Callable[[], Html]) -> Html:
        name = (id(key), what)
        if name not in self.found:
            self.found[name] = (key, made())
        return self.found[name][1]


def letters(key: ChoiceKey) -> str:
    """The options that hold."""
    return ", ".join(key.letters) or "none"


def typeset_value(value: Value) -> Html:
    """A value as it is shown in a sentence: words as they are typed, everything else as mathematics."""
    return element("code", value) if isinstance(value, str) else typeset(value_tree(value))


def typeset(node: Node) -> Html:
    """An expression as mathematics, or as text where a formula would be too wide."""
    line = plain.of(node)
    return element("span", line, class_="expression") if len(line) > LONGEST else formula(node)


def _value(key: GapKey) -> Html:
    if key.gap.form is Form.PRODUCT and key.kind is Kind.NUMBER:
        return typeset(display.readable(key.worked.tree))
    return typeset_value(key.worked.value)


def _told(steps: tuple[Node, ...], sign: str) -> Html:
    return joined([typeset(step) for step in steps], sign)


def _claim(claim: Claimed) -> Html:
    steps = display.steps(claim.worked)
    if claim.how is How.TYPED or len(steps) < 2 or len(plain.of(steps[0])) > LONGEST_CLAIM:
        return NOTHING
    # The last step is the truth itself, which the option's own mark tells.
    return _told(steps[:-1], EQUIVALENT)
