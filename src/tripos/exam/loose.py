"""A loose question: one that stands in no exam. Its key is a text, and the key's own type says what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from tripos.exam.engine import engine
from tripos.language.kind import Kind
from tripos.language.names import Free, Names, Sort
from tripos.language.presumed import presumed
from tripos.language.reader import expression
from tripos.language.student import read
from tripos.language.tree import Callee, Node, Op, walk
from tripos.language.values import Collection, Formula, Mask, Tensor, Undecided, Undefined, Value, described, kind_of
from tripos.language.vocabulary import BUILT_IN
from tripos.language.where import declared
from tripos.problem import Place, Problem, Refusal, TriposError, nearest
from tripos.proof.answer import Question
from tripos.proof.form import FORMS, can_be_asked
from tripos.proof.formula import misfit
from tripos.proof.letters import letters

ENGINE = engine()
PRECISIONS = ("digits", "decimals")
COUNTED = (Kind.ORDER, Kind.SHAPE)  # in which a letter that nobody declares is a positive integer
NAMED = (Kind.FORMULA, Kind.EQUATION, Kind.INEQUALITY, Kind.INTERVAL, Kind.ORDER)  # answers may bring names along
WORDED = (Kind.TRUTH, Kind.CHOICE, Kind.WORD, Kind.TEXT, Kind.LABELS)  # in which nothing is a name
TYPES: Mapping[Op, Kind] = {
    Op.TRUTH: Kind.TRUTH,
    Op.TEXT: Kind.WORD,
    Op.DIMS: Kind.SHAPE,
    Op.TUPLE: Kind.SHAPE,
    Op.SET: Kind.SET,
    Op.INTERVAL: Kind.INTERVAL,
}
WIDER: Mapping[Kind, tuple[Kind, ...]] = {  # what may be asked for as something else
    Kind.FORMULA: (Kind.NUMBER, Kind.VECTOR, Kind.MATRIX),
    Kind.INEQUALITY: (Kind.EQUATION, Kind.INTERVAL, Kind.TRUTH),
    Kind.EQUATION: (Kind.TRUTH,),
    Kind.INTERVAL: (Kind.INEQUALITY, Kind.SET),
    Kind.VECTOR: (Kind.MATRIX,),
    Kind.MATRIX: (Kind.VECTOR,),  # of one row
}

_ORDER = re.compile(r"\s*\$?\s*(?:\\mathcal\s*\{?\s*O|[OΘ]|\\Theta|Theta)\s*\}?\s*(?:\\left)?\s*\(")
_CROSS = re.compile(r"(?<=[\w)}])\s*[xX]\s*(?=[\w({])")
_LABELS = re.compile(r"[^\W\d]\w*\s*(?:->|→|\\to)\s*\w+\s*[:=]")
_HALF_OPEN = re.compile(r"\s*(?:\[[^\[\]()]*\)|\([^\[\]()]*\])\s*")
_THOUSANDS = re.compile(r"\s*[-+−]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:[ \u00a0\u2009\u202f][0-9]{3})+)\s*")
_RELATION = re.compile(r"<|>|≤|≥|\\leq?(?![a-z])|\\geq?(?![a-z])|∈|\\in(?![a-z])")


@dataclass(frozen=True, slots=True)
class Loose:
    """A text as it was read: its tree, the kind of answer it is, and the names that it was read with."""

    tree: Node
    kind: Kind
    names: Mapping[str, Free]


def question(key: str, kind: Kind | None = None, form: str = "", where: str = "") -> tuple[Question, Loose]:
    """The question whose key is this text, and how the key was read; raises with what is wrong with any of them."""
    found = reading(key, kind, where)
    value = _value(found, key)
    if kind_of(value) is None:
        raise _fault(f"{described(value)} cannot be asked for.", "Ask for a value.", key)
    fault = misfit(value.tree, found.names) if isinstance(value, Formula) else None
    if fault is not None:
        raise _fault(fault.sentence(), "Give the names sizes that fit.", key)
    own = found.kind
    word, precision = _form(form)
    if word and not can_be_asked(word, found.tree):
        word = ""
    digits, decimals = (precision.get(name, 0) for name in PRECISIONS)
    asked = Question(_as(value, own, key), own, found.names, word, digits, decimals)
    return asked, found


def with_names(asked: Question, response: str, where: str = "") -> Question:
    """The question with the names that an answer brings along, which are real: so it is told where it differs.

    Where the names are declared, no answer brings any.
    """
    if asked.kind not in NAMED or where.strip():
        return asked
    plain = Sort.POSITIVE_INTEGER if asked.kind in COUNTED else Sort.REAL
    more = presumed(response, asked.names, plain)
    # A longer word that the key does not have is no formula: "yes" is not y·e·s.
    short = {name: meaning for name, meaning in more.items() if len(name) == 1 or "_" in name or "∂" in name}
    return replace(asked, names={**asked.names, **short})


def reading(text: str, kind: Kind | None = None, where: str = "") -> Loose:
    """How a text by itself is read: for a kind, or for the kind that it is itself."""
    names = declared(where)
    if not text.strip():
        raise _fault("nothing is written here.", "", text)
    author = _author(text, names)
    if author is not None and _asks_engine(author) and kind not in WORDED:
        return Loose(author, kind or _kind(author, names), names)
    if author is not None and author.op is Op.TEXT and kind in (None, Kind.WORD):
        return Loose(author, Kind.WORD, names)
    fault: TriposError | None = None
    for one in [kind] if kind else _kinds(text, author):
        known = names if one in WORDED else {**names, **_presumed(text, names, one)}
        try:
            tree = read(text, ENGINE.vocabulary, known, one)
            return Loose(tree, kind or _kind(tree, known), known)
        except TriposError as error:
            if one is Kind.FORMULA and isinstance(error, Refusal):
                raise  # A*B has two readings, whatever else might be made of it
            fault = fault or error
    assert fault is not None
    raise fault


def _presumed(text: str, names: Mapping[str, Free], kind: Kind) -> Mapping[str, Free]:
    if kind is Kind.SHAPE:
        text = _CROSS.sub("×", text)
    return presumed(text, names, Sort.POSITIVE_INTEGER if kind in COUNTED else Sort.REAL)


def _author(text: str, names: Mapping[str, Free]) -> Node | None:
    try:
        return expression(text, ENGINE.vocabulary, names)
    except TriposError:
        return None


def _asks_engine(tree: Node) -> bool:
    """Whether an expression speaks of networks, which only an author's notation does."""
    return any(
        node.op in (Op.CODE, Op.ON) or (isinstance(node.value, Callee) and node.value.name not in BUILT_IN)
        for node in walk(tree)
        if not (isinstance(node.value, Callee) and node.value.name not in ENGINE.vocabulary.functions)
    )


def _kinds(text: str, author: Node | None) -> Iterator[Kind]:
    """The kinds that a text may be of, the likeliest first."""
    if author is not None and author.op in TYPES:
        yield TYPES[author.op]
    if author is not None and author.op is Op.TENSOR:
        yield Kind.VECTOR if len(cast("tuple[int, ...]", author.value)) == 1 else Kind.MATRIX
    if _THOUSANDS.fullmatch(text):
        yield Kind.NUMBER
    if _ORDER.match(text):
        yield Kind.ORDER
    if _LABELS.match(text):
        yield Kind.LABELS
    if _HALF_OPEN.fullmatch(text):
        yield Kind.INTERVAL
    outside = _outside(text)
    if _RELATION.search(outside):
        yield Kind.INEQUALITY
    if "=" in outside:
        yield Kind.EQUATION
    yield from (Kind.FORMULA, Kind.MATRIX, Kind.INEQUALITY, Kind.EQUATION, Kind.SET, Kind.SHAPE, Kind.TRUTH)


def _outside(text: str) -> str:
    """What stands in no bracket, and before any condition of a case."""
    level, out = 0, []
    for char in text:
        level += (char in "([{⌊⌈") - (char in ")]}⌋⌉")
        out.append(char if level == 0 else " ")
    return re.split(r"\bif\b|\bfor\b|\bwhere\b|\bwhen\b|\botherwise\b|begin", "".join(out))[0]


def _kind(tree: Node, names: Names) -> Kind:
    """The kind of a tree's value; of one that cannot be worked out, a formula."""
    try:
        return kind_of(ENGINE.evaluator().value(tree, names).value) or Kind.FORMULA
    except TriposError:
        return Kind.FORMULA


def _value(found: Loose, text: str) -> Value:
    if found.kind is Kind.CHOICE:
        return Collection(letters(str(found.tree.value)))
    try:
        value = ENGINE.evaluator().value(found.tree, found.names).value
    except TriposError as error:
        raise TriposError(problem.of(text) if problem.width else problem for problem in error.problems) from None
    if isinstance(value, Undefined | Undecided):
        raise _fault(f"the key has no value: {value.why}.", "Give one that has a value.", text)
    return value


def _as(value: Value, kind: Kind, text: str) -> Value:
    """The value as a key of this kind."""
    own = kind_of(value)
    if kind is Kind.MASK and isinstance(value, Tensor) and set(value.entries) <= {0, 1}:
        return Mask(value.shape, value.entries)
    if own is kind or kind in (Kind.CHOICE, Kind.TEXT) or own in WIDER.get(kind, ()):
        return value
    raise _fault(f"the key is {described(value)}, and answers of kind {kind.value} are asked for.", "", text)


def _form(form: str) -> tuple[str, dict[str, int]]:
    word, _, count = form.strip().partition("=")
    if not word or word in FORMS:
        if count:
            raise TriposError(Problem(Place(), f'the form "{form}" takes no number.', f"Write {word}."))
        return word, {}
    if word not in PRECISIONS:
        hint = nearest(word, [*FORMS, *PRECISIONS]) or f"Known: {', '.join(FORMS)}, digits=3, decimals=2."
        raise TriposError(Problem(Place(), f'the form "{form}" is not known.', hint))
    if not count.isdecimal() or not 1 <= int(count) <= 100:
        raise TriposError(Problem(Place(), f'"{form}" names no precision.', f"Write {word}=3."))
    return "", {word: int(count)}


def _fault(fact: str, remedy: str, text: str) -> TriposError:
    return TriposError(Problem(Place(), fact, remedy, text=text, width=max(1, len(text))))
