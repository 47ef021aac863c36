"""An answer judged: read for the kind of its question, compared with the key, and held to form and precision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias, cast

from tripos.language import plain
from tripos.language.constant import Number, Undecidable
from tripos.language.kind import Kind
from tripos.language.names import Free, Names, with_sizes
from tripos.language.student import read
from tripos.language.tree import Node, Op, Relation
from tripos.language.values import Collection, Value, is_number
from tripos.language.vocabulary import Vocabulary
from tripos.problem import Place, Problem, TriposError
from tripos.proof.comparison import COMPARE, EQUAL, compare, different, spelt, unreadable
from tripos.proof.form import FORMS
from tripos.proof.letters import letters
from tripos.proof.reason import because
from tripos.proof.rounding import Precision, keeps, lacks
from tripos.proof.verdict import Certainty, Outcome, Verdict

ARITHMETIC = Vocabulary()  # an answer may calculate, but not ask the engine
CHAINED = (Kind.NUMBER, Kind.FORMULA)  # kinds whose answers may be written as a = b = c


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a key, the free names that answers may use, and how an answer is to be written.

    Of the names given, only the free ones are kept: what an author calls by a name of their own is none to a student.
    `words` are all that may be answered, where the author lists them.
    """

    key: Value
    kind: Kind
    names: Names = field(default_factory=dict)
    form: str = ""
    digits: int = 0
    decimals: int = 0
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        free = {name: meaning for name, meaning in self.names.items() if isinstance(meaning, Free)}
        object.__setattr__(self, "names", with_sizes(free))

    @property
    def precision(self) -> Precision:
        """How exactly a number is asked for."""
        return Precision(self.digits, self.decimals)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on an answer, and the tree that it was read as, where it could be."""

    verdict: Verdict
    tree: Node | None = None


Judge: TypeAlias = Callable[[Question, str], Judgement]


def judged(question: Question, text: str, vocabulary: Vocabulary = ARITHMETIC) -> Judgement:
    """The verdict on an answer. Raises nothing for what a student wrote."""
    if not text.strip():
        return Judgement(unread(TriposError(Problem(Place(), "nothing is written here."))))
    if question.kind not in COMPARE and question.kind is not Kind.CHOICE:
        return Judgement(Verdict(Outcome.UNDECIDED, reason=because("by-person", kind=question.kind)))
    try:
        tree = read(text, vocabulary, question.names, question.kind)
    except TriposError as error:
        return Judgement(unread(error))
    if question.kind is Kind.CHOICE:
        return Judgement(_choice(question, tree), tree)
    if question.words and tree.op is Op.TEXT and spelt(str(tree.value)) not in map(spelt, question.words):
        fact = f"“{plain.of(tree)}” is none of {', '.join(f'“{word}”' for word in question.words)}."
        return Judgement(unread(TriposError(Problem(Place(), fact))), tree)
    return Judgement(_formed(question, tree, _verdict(question, tree, text)), tree)


def has_form(form: str, tree: Node) -> bool:
    """Whether an answer is written in a form; of a = b = c, whether any side is."""
    return not form or any(map(FORMS[form], sides(tree)))


def sides(tree: Node) -> Sequence[Node]:
    """The sides of a = b = c, each of which is an answer; any other answer is its only side."""
    is_chain = tree.op is Op.COMPARE and set(cast("tuple[Relation, ...]", tree.value)) == {Relation.EQUAL}
    return tree.args if is_chain else (tree,)


def unread(error: TriposError) -> Verdict:
    """The verdict on an answer that could not be read, with the place of the fault as its witness."""
    problem = error.problems[0]
    place = (("column", str(problem.start + 1)),) if problem.text and problem.width else ()
    return replace(unreadable(error), witness=place)


def _choice(question: Question, tree: Node) -> Verdict:
    wanted = {str(member) for member in cast(Collection, question.key).members}
    given = set(letters(str(tree.value)))
    for code, left in (("missing", wanted - given), ("extra", given - wanted)):
        if left:
            return different(code, member=", ".join(sorted(left)))
    return EQUAL


def _verdict(question: Question, tree: Node, text: str) -> Verdict:
    if question.kind not in CHAINED or len(sides(tree)) == 1:
        return _compared(question, tree, text)
    found = [_compared(question, side, text) for side in sides(tree)]
    outcomes = {verdict.outcome for verdict in found}
    if outcomes == {Outcome.EQUAL}:
        return max(found, key=lambda verdict: list(Certainty).index(verdict.certainty))
    if outcomes == {Outcome.DIFFERENT}:
        return found[-1]  # where a calculation ends
    return Verdict(Outcome.UNDECIDED, reason=because("chain"))


def _compared(question: Question, tree: Node, text: str) -> Verdict:
    verdict = compare(question.key, tree, question.kind, question.names)
    value, precision = verdict.given, question.precision
    if not precision or verdict.outcome is Outcome.EQUAL or value is None or not is_number(value):
        return verdict
    key, given = cast(Number, question.key), cast(Number, value)
    if key == 0:
        return verdict  # zero has no digits
    try:
        if lacks(precision, key, tree, text):
            asked = f"{precision} {'is' if precision.count == 1 else 'are'}"
            written = text[tree.span.start : tree.span.end].strip()
            return replace(different("fewer-digits", asked=asked, got=written), given=value)
        if keeps(precision, key, given):
            return Verdict(Outcome.EQUAL, Certainty.CERTIFIED, given=value)
    except Undecidable:
        return Verdict(Outcome.UNDECIDED, reason=because("close"), given=value)
    return verdict


def _formed(question: Question, tree: Node, verdict: Verdict) -> Verdict:
    if verdict.outcome is not Outcome.EQUAL or question.kind is not Kind.NUMBER or has_form(question.form, tree):
        return verdict
    return replace(different("form", form=question.form), given=verdict.given)
