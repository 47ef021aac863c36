"""Working: a key as people write it, and how one gets there. Found once for each key, since many students share one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tripos.exam.item import Form
from tripos.exam.key import ChoiceKey, Claimed, GapKey, How, Key
from tripos.language import display, plain, tree
from tripos.language.kind import Kind
from tripos.language.notation import value_tree
from tripos.language.tree import Node, Op
from tripos.language.values import Value
from tripos.language.worked import Worked
from tripos.pages.line import line, operator
from tripos.pages.markup import NOTHING, Html, element, joined

LONGEST_CLAIM = 160  # characters; beyond, only what both sides come to is told
EQUALS, EQUIVALENT = operator("="), operator("⇔")


@dataclass(slots=True)
class Workings:
    """What was found already, by the key's identity; the key is kept, so that no other can take its place."""

    found: dict[tuple[int, str], tuple[object, Html]] = field(default_factory=dict)

    def value(self, key: GapKey) -> Html:
        """The key alone; where a product is asked for, as a product."""
        return self._once(key, "value", lambda: _value(key))

    def steps(self, key: GapKey) -> Html:
        """The key with the steps that lead to it."""
        return self._once(key, "steps", lambda: _steps(key))

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
    return element("code", value) if isinstance(value, str) else line(value_tree(value))


def _value(key: GapKey) -> Html:
    if key.gap.form is Form.PRODUCT and key.kind is Kind.NUMBER:
        return line(display.readable(key.worked.tree))
    return typeset_value(key.shown)


def _steps(key: GapKey) -> Html:
    # A formula that its author has written out needs no steps that only a machine would take.
    return _value(key) if key.stated is not None else _told(display.steps(key.worked), EQUALS)


def _told(steps: tuple[Node, ...], sign: Html) -> Html:
    return joined([line(step) for step in steps], sign)


def _claim(claim: Claimed) -> Html:
    if claim.how is How.TYPED or claim.option.none:
        return NOTHING
    # A claim that holds and one that does not look alike: the truth is said.
    return joined([_told(_claimed(claim), EQUIVALENT), f":\u00a0{'true' if claim.value else 'false'}"])


def _claimed(claim: Claimed) -> tuple[Node, ...]:
    """What was compared, and what both sides come to; where the engine says only the truth, what was asked."""
    whole = display.readable(claim.worked.tree)
    if whole.op is Op.TRUTH or (whole.op is Op.GIVEN and isinstance(whole.value, bool)):
        return (claim.option.claim.tree,)
    compared = tree.fold(whole, _compared)
    brief = whole.op is not Op.COMPARE or len(plain.of(whole)) > LONGEST_CLAIM
    return (compared,) if brief or plain.of(whole) == plain.of(compared) else (whole, compared)


def _compared(node: Node, args: Sequence[Node]) -> Node:
    if node.op is not Op.COMPARE:
        return tree.rebuilt(node, args)
    # The last step is the truth of the comparison; the one before it has both sides worked out.
    return display.steps(Worked(True, node))[-2]
