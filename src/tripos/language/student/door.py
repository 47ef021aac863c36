"""The student's door: an answer as typed, read for the kind of its gap into the same tree as the author's.

It takes plain text, Unicode and LaTeX, freely mixed, and all that an author may write. What it cannot read whole, it
refuses with the place; what can be read in two ways, with both of them.
"""

from __future__ import annotations

import re

from tripos.language import reader, tree
from tripos.language.kind import Kind
from tripos.language.names import Free, Names
from tripos.language.student.kinds import READ
from tripos.language.tree import Node
from tripos.language.vocabulary import CONSTANTS, Vocabulary
from tripos.problem import Place, Problem, Refusal, TriposError

MAX_CHARACTERS = 1_000

_ONE_COMMA = re.compile(r"\s*-?[0-9]{1,3},[0-9]{3}\s*")


def read(text: str, vocabulary: Vocabulary, names: Names, kind: Kind) -> Node:
    """The tree of an answer to a gap of this kind; raises with the place of what cannot be read."""
    if len(text) > MAX_CHARACTERS:
        fact = f"the answer has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read."
        raise Refusal(Problem(Place(), fact, text=text))
    try:
        return READ[kind](text, vocabulary, names)
    except Refusal:
        raise
    except TriposError as error:
        found = _as_author(text, vocabulary, names)
        if found is None:
            raise TriposError(problem if problem.text else problem.of(text) for problem in error.problems) from None
        return found


def other_reading(text: str) -> str:
    """How a number with one comma reads where the comma is a decimal point: 3,125 is 3125 or 3.125. Else nothing."""
    return text.strip().replace(",", ".") if _ONE_COMMA.fullmatch(text) else ""


def _as_author(text: str, vocabulary: Vocabulary, names: Names) -> Node | None:
    # Codes, networks and the functions of an engine, where the vocabulary has any.
    if vocabulary.code is None and not vocabulary.functions:
        return None
    try:
        found = reader.expression(text, vocabulary, names)
    except TriposError:
        return None
    known = {name for name, meaning in names.items() if isinstance(meaning, Free)} | CONSTANTS
    return found if tree.free_names(found) <= known else None
