"""Comparing an answer with a key: one table from kind to comparison."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias, cast

from flint import fmpq

from tripos.language import arithmetic, plain
from tripos.language.constant import Number, Undecidable
from tripos.language.evaluator import Budget, Evaluator
from tripos.language.kind import Kind
from tripos.language.names import Names
from tripos.language.tree import Node, Op, free_names
from tripos.language.truth import equal
from tripos.language.values import (
    Collection,
    Formula,
    Shape,
    Tensor,
    Undecided,
    Undefined,
    Value,
    described,
    is_number,
)
from tripos.language.worked import literal
from tripos.problem import Refusal, TriposError
from tripos.proof import entries, formula, labels, order
from tripos.proof.diagnosis import diagnosed
from tripos.proof.reason import because
from tripos.proof.solutions import equation as solutions
from tripos.proof.solutions import inequality, interval
from tripos.proof.verdict import Certainty, Outcome, Verdict

EQUAL = Verdict(Outcome.EQUAL)
STEPS = 5_000  # far more than an honest answer takes

Compare: TypeAlias = Callable[[Value, Node, Names], Verdict]
Exactly: TypeAlias = Callable[[Value, Value, str], Verdict]  # the key's value, the answer's, and that as it is shown


def compare(key: Value, response: Node, kind: Kind, names: Names) -> Verdict:
    """Whether a response equals a key of this kind."""
    rule = COMPARE.get(kind)
    if rule is None:
        return Verdict(Outcome.UNDECIDED, reason=because("by-person", kind=kind))
    try:
        verdict = rule(key, response, names)
    except TriposError as error:
        return unreadable(error)
    except Undecidable:
        return Verdict(Outcome.UNDECIDED, reason=because("close"))
    return replace(verdict, given=Formula(response)) if verdict.given is None else verdict


def unreadable(error: TriposError) -> Verdict:
    """The verdict on an answer that could not be read or worked out, or that is not taken."""
    # The remedy is left out: it may speak to authors.
    outcome = Outcome.REFUSED if isinstance(error, Refusal) else Outcome.UNREADABLE
    return Verdict(outcome, reason=because(outcome.value, fault=error.problems[0].fact))


def different(code: str, witness: tuple[tuple[str, str], ...] = (), **details: object) -> Verdict:
    """A verdict of difference, exactly established."""
    return Verdict(Outcome.DIFFERENT, Certainty.EXACT, because(code, **details), witness)


def exactly(rule: Exactly) -> Compare:
    """A rule on exact values as one on answers, which are worked out first."""

    def compared(key: Value, response: Node, names: Names) -> Verdict:
        given = Evaluator(budget=Budget(STEPS)).value(response, names).value
        if isinstance(given, Undefined):
            return replace(different("undefined", got=plain.of(response), why=given.why), given=given)
        if isinstance(given, Undecided):
            return Verdict(Outcome.UNDECIDED, reason=because("close"), given=given)
        shown = plain.of(response) if response.op is Op.DECIMAL else plain.of_value(given)
        return replace(rule(key, given, shown), given=given)

    return compared


def _truth(key: Value, given: Value, shown: str) -> Verdict:
    if not isinstance(given, bool):
        return _wrong_kind("True or false", given, shown)
    return EQUAL if key == given else different("truth", key=plain.of_value(key))


def _number(key: Value, given: Value, shown: str) -> Verdict:
    if not is_number(given):
        return _wrong_kind("A number", given, shown)
    left, right = cast(Number, key), cast(Number, given)
    exact = isinstance(key, fmpq) and isinstance(given, fmpq)
    try:
        same = arithmetic.compared(left, right) == 0
    except Undecidable:
        # Equal numbers may have forms that our normal form does not bring together, such as a root in a divisor.
        return formula.compared(literal(key), literal(given), {})
    if same:
        return EQUAL if exact else Verdict(Outcome.EQUAL, Certainty.NORMAL_FORM)
    verdict = different("differs", got=shown, key=plain.of_value(key))
    verdict = verdict if exact else replace(verdict, certainty=Certainty.CERTIFIED)
    return diagnosed(verdict, literal(key), literal(given), {})


def _formula(key: Value, response: Node, names: Names) -> Verdict:
    wanted = key.tree if isinstance(key, Formula) else literal(key)
    given = Evaluator(budget=Budget(STEPS)).value(response, names).value
    if not (isinstance(given, Formula) or is_number(given) or isinstance(given, Tensor | Undefined)):
        return _wrong_kind("A formula", given, plain.of_value(given))
    tree = given.tree if isinstance(given, Formula) else literal(given)
    return replace(diagnosed(formula.compared(wanted, tree, names), wanted, tree, names), given=given)


def _shape(key: Value, given: Value, shown: str) -> Verdict:
    wanted = cast(Shape, key)
    if len(wanted.dims) > 1 and given in (fmpq(wanted.size), Shape((wanted.size,))):
        return different("product-for-shape", got=shown, key=plain.of_value(key))
    if not isinstance(given, Shape):
        return _wrong_kind("A shape", given, shown)
    dims = given.dims
    if len(wanted.dims) == 1:
        # A vector of 256 seen as a volume is 256×1×1: the same thing to a network.
        while len(dims) > 1 and dims[-1] == 1:
            dims = dims[:-1]
    if len(dims) != len(wanted.dims):
        return different(
            "axes", got=plain.of_value(given), axes=_counted(len(given.dims)), wanted=_counted(len(wanted.dims))
        )
    for place, (got, should) in enumerate(zip(dims, wanted.dims, strict=True), start=1):
        if got != should:
            witness = (("dimension", str(place)), ("given", str(got)), ("key", str(should)))
            return different("dimension", witness, place=place, got=got, answer=plain.of_value(given), key=should)
    return EQUAL


def _tensor(key: Value, given: Value, shown: str) -> Verdict:
    wanted = cast(Tensor, key)
    if not isinstance(given, Tensor):
        return _wrong_kind("A matrix" if len(wanted.shape) > 1 else "A vector", given, shown)
    if given.shape != wanted.shape:
        return different("size", got="×".join(map(str, given.shape)), key="×".join(map(str, wanted.shape)))
    for index, (got, should) in enumerate(zip(given.entries, wanted.entries, strict=True)):
        if arithmetic.compared(got, should) != 0:
            row, column = divmod(index, wanted.shape[-1])
            both = {"got": plain.of_value(got), "key": plain.of_value(should)}
            witness = (("row", str(row + 1)), ("column", str(column + 1)), *both.items())
            return different("entry", witness, row=row + 1, column=column + 1, **both)
    return EQUAL


def _set(key: Value, given: Value, shown: str) -> Verdict:
    if not isinstance(given, Collection):
        return _wrong_kind("A set", given, shown)
    wanted = cast(Collection, key)
    if equal(wanted, given) is True:
        return EQUAL
    for code, members, others in (("missing", wanted, given), ("extra", given, wanted)):
        for member in members.members:
            if all(equal(member, other) is False for other in others.members):
                return different(code, member=plain.of_value(member))
    return Verdict(Outcome.UNDECIDED, reason=because("close"))


def _word(key: Value, given: Value, _: str) -> Verdict:
    same = spelt(str(key)) == spelt(str(given))
    return EQUAL if same else different("differs", got=f"“{given}”", key=f"“{key}”")


def spelt(word: str) -> str:
    """A word as it is compared."""
    # Blanks, capitals, quotation marks around the word and how accents are encoded are no matter of meaning.
    plain_quotes = unicodedata.normalize("NFC", word).translate({ord("’"): "'", ord("“"): '"', ord("”"): '"'})
    word = " ".join(plain_quotes.split()).casefold().strip('".')
    return word[1:-1].strip('".') if word[:1] + word[-1:] == "()" else word


def _counted(axes: int) -> str:
    return "1 dimension" if axes == 1 else f"{axes} dimensions"


def _wrong_kind(wanted: str, given: Value, shown: str) -> Verdict:
    return different("wrong-kind", wanted=wanted, got=shown, sort=described(given))


def _in_names(rule: Compare, exact: Exactly) -> Compare:
    """The rule for keys or answers in which names are free; the exact one for all others."""

    def compared(key: Value, response: Node, names: Names) -> Verdict:
        symbolic = isinstance(key, Formula) or not free_names(response).isdisjoint(names)
        return rule(key, response, names) if symbolic else exactly(exact)(key, response, names)

    return compared


# Kinds without a row are not compared by this version: a person decides.
COMPARE: Mapping[Kind, Compare] = {
    Kind.TRUTH: exactly(_truth),
    Kind.NUMBER: exactly(_number),
    Kind.SHAPE: _in_names(entries.shape, _shape),
    Kind.VECTOR: _in_names(entries.tensor, _tensor),
    Kind.MATRIX: _in_names(entries.tensor, _tensor),
    Kind.MASK: _in_names(entries.tensor, _tensor),
    Kind.SET: _in_names(entries.collection, _set),
    Kind.WORD: exactly(_word),
    Kind.FORMULA: _formula,
    Kind.EQUATION: solutions.equation,
    Kind.INEQUALITY: inequality.inequality,
    Kind.INTERVAL: interval.interval,
    Kind.ORDER: order.order,
    Kind.LABELS: labels.labels,
}
