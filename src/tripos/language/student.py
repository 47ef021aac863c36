"""The student's door, first form: an answer as typed, read for the kind of its gap into the same tree as the author's.

It takes what people write besides the author's notation: × and x between numbers, thousands separators, shapes as
products or in brackets, matrices row by row. What it cannot read whole, it refuses with the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tripos.language.kind import Kind
from tripos.language.names import Names
from tripos.language.reader import expression
from tripos.language.tree import Node, Op
from tripos.language.vocabulary import Vocabulary
from tripos.problem import Place, Problem, TriposError

MAX_CHARACTERS = 1_000

_TRUTHS = {"true": True, "t": True, "yes": True, "false": False, "f": False, "no": False}
_TIMES = re.compile(r"(?<=[0-9)])(\s*)[xX×✕](\s*)(?=[0-9(])")
_THOUSANDS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])")
_ONE_COMMA = re.compile(r"\s*-?[0-9]{1,3},[0-9]{3}\s*")
_CALL = re.compile(r"[^\W\d_]\s*\(")
_ROWS = re.compile(r"\]\s*[,;]?\s*\[")
_ENTRY = r"[-+]?[0-9]+(?:\.[0-9]+)?(?:/[0-9]+)?"
_BLANKS = re.compile(rf"{_ENTRY}(?:\s+{_ENTRY})*")
_MINUS = str.maketrans({"–": "-", "—": "-", "∗": "*", "∙": "*", "•": "*", "÷": "/", "：": ":", "\u00a0": " "})


def read(text: str, vocabulary: Vocabulary, names: Names, kind: Kind) -> Node:
    """The tree of an answer to a gap of this kind; raises with the place of what cannot be read."""
    if len(text) > MAX_CHARACTERS:
        fact = f"the answer has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read."
        raise TriposError(Problem(Place(), fact, text=text))
    rule = READ.get(kind)
    if rule is None:
        return expression(text.translate(_MINUS), vocabulary, names)
    return rule(text, vocabulary, names)


def other_reading(text: str) -> str:
    """How a number with one comma reads where the comma is a decimal point: 3,125 is 3125 or 3.125. Else nothing."""
    return text.strip().replace(",", ".") if _ONE_COMMA.fullmatch(text) else ""


def _truth(text: str, _: Vocabulary, __: Names) -> Node:
    value = _TRUTHS.get(text.strip().casefold())
    if value is None:
        raise TriposError(Problem(Place(), "this is neither true nor false.", 'Answer "true" or "false".', text=text))
    return Node(Op.TRUTH, value=value)


def _number(text: str, vocabulary: Vocabulary, names: Names) -> Node:
    plain = text.translate(_MINUS)
    if not _CALL.search(plain):  # the commas of max(1,200) part its arguments
        plain = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), plain)
    tree = expression(_multiplied(plain), vocabulary, names)
    if tree.op is Op.COMPARE:
        raise _fault("this is an equation or a comparison; a number is asked for.", "Write one value.", text)
    return _product(tree) if tree.op is Op.DIMS else tree


def _shape(text: str, vocabulary: Vocabulary, names: Names) -> Node:
    # 8 × 32 × 32, 8*32*32, 8, 32, 32 and (8, 32, 32) are the same shape.
    plain = text.translate(_MINUS).strip()
    if re.fullmatch(r"[0-9\s]+(?:,[0-9\s]+)+", plain):
        plain = f"({plain})"
    tree = expression(_multiplied(plain), vocabulary, names)
    match tree.op:
        case Op.NUMBER:
            return Node(Op.DIMS, (tree,), None, tree.span)
        case Op.MULTIPLY | Op.TENSOR if all(part.op is Op.NUMBER for part in tree.args):
            return Node(Op.DIMS, tree.args, None, tree.span)
        case Op.DIMS | Op.TUPLE:
            return tree
        case _:
            # 8 × 32² may stand for 8 × 32 × 32 or for a number: neither is taken.
            raise _fault("this is not a shape.", "Write the length along each dimension: 8x32x32.", text)


def _vector(text: str, vocabulary: Vocabulary, names: Names) -> Node:
    # 1, 2 and (1, 2) and 1 2 and the column [1; 2] are the vector [1, 2].
    plain = text.translate(_MINUS).strip()
    bare = plain[1:-1] if plain[:1] + plain[-1:] in ("()", "[]") else plain
    if _BLANKS.fullmatch(bare.strip()):
        bare = ", ".join(bare.split())
    return expression(f"[{bare.replace(';', ',')}]", vocabulary, names)


def _matrix(text: str, vocabulary: Vocabulary, names: Names) -> Node:
    # Rows by semicolons, by lines or each in brackets; entries by commas or blanks: [[1, 0], [0, 1]] is [1, 0; 0, 1].
    plain = text.translate(_MINUS).strip()
    if plain.startswith("[[") and plain.endswith("]]"):
        plain = "[" + _ROWS.sub(";", plain[2:-2]) + "]"
    bare = plain[1:-1] if plain.startswith("[") and plain.endswith("]") else plain
    rows = [row.strip() for row in bare.replace("\n", ";").split(";") if row.strip()]
    if all(_BLANKS.fullmatch(row) for row in rows):
        rows = [", ".join(row.split()) for row in rows]
    return expression(f"[{'; '.join(rows)}]", vocabulary, names)


def _word(text: str, _: Vocabulary, __: Names) -> Node:
    if not text.strip():
        raise TriposError(Problem(Place(), "nothing is written here.", text=text))
    return Node(Op.TEXT, value=" ".join(text.split()))


def _fault(fact: str, remedy: str, text: str) -> TriposError:
    return TriposError(Problem(Place(), fact, remedy, text=text, width=len(text)))


def _multiplied(text: str) -> str:
    # The spelling changes in place, so that errors still point at the right character.
    return _TIMES.sub(r"\1*\2", text)


def _product(tree: Node) -> Node:
    return Node(Op.MULTIPLY, tree.args, None, tree.span)


READ: Mapping[Kind, Callable[[str, Vocabulary, Names], Node]] = {
    Kind.TRUTH: _truth,
    Kind.NUMBER: _number,
    Kind.SHAPE: _shape,
    Kind.VECTOR: _vector,
    Kind.MATRIX: _matrix,
    Kind.MASK: _matrix,
    Kind.WORD: _word,
}
