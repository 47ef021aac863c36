"""Running a tree at a point that is written in Python: fractions, lists of rows, functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from flint import arb, fmpq
from tests.proof.points.oracle import UNDEFINED

from tripos.language.names import Names, domain
from tripos.language.reader import expression
from tripos.language.tree import Node
from tripos.language.vocabulary import Vocabulary
from tripos.proof.points import scalar
from tripos.proof.points.block import Block
from tripos.proof.points.program import program
from tripos.proof.points.run import Meter, Run

VOCABULARY = Vocabulary()


def declared(where: str) -> Names:
    """The names of `x, z: real; s: real vector`."""
    parts = (part.partition(":") for part in where.split(";") if part.strip())
    return {word.strip(): domain(words) for left, _, words in parts for word in left.split(",")}


def tree(text: str, where: str | Names = "") -> Node:
    """A tree as an author writes it."""
    return expression(text, VOCABULARY, declared(where) if isinstance(where, str) else where)


def value(node: Node, names: Mapping[str, object] | None = None, lengths: Mapping[str, int] | None = None) -> object:
    """What the program of a tree comes to, in Python's numbers; `scalar.UNKNOWN` and balls stay what they are."""
    run = Run({word: given(own) for word, own in (names or {}).items()}, lengths or {}, Meter(10**6))
    return plain(program(node).run(run))


def given(own: object) -> object:
    """A value of Python as one of a run."""
    if isinstance(own, list):
        return Block(len(own), len(own[0]), tuple(given(part) for row in own for part in row))
    if callable(own):
        return _lifted(own)
    if isinstance(own, Fraction):
        return fmpq(own.numerator, own.denominator)
    return fmpq(own) if isinstance(own, int) else own


def _lifted(rule: Callable[..., Fraction]) -> Callable[..., object]:
    return scalar.strict(lambda *parts: given(rule(*map(plain, parts))))


def plain(result: object) -> object:
    """A value of a run as one of Python."""
    if isinstance(result, Block):
        rows = range(0, len(result.entries), result.columns)
        return [[plain(part) for part in result.entries[start : start + result.columns]] for start in rows]
    if isinstance(result, fmpq):
        return Fraction(int(result.p), int(result.q))
    return UNDEFINED if result is scalar.UNDEFINED else result


def near(found: object, wanted: object, scale: float = 1.0) -> bool:
    """Whether a result is what an oracle says: exactly where that is exact, else as far as its floats go."""
    if isinstance(found, list) or isinstance(wanted, list):
        return (
            isinstance(found, list)
            and isinstance(wanted, list)
            and len(found) == len(wanted)
            and all(
                len(mine) == len(yours) and all(near(*pair, scale) for pair in zip(mine, yours, strict=True))
                for mine, yours in zip(found, wanted, strict=True)
            )
        )
    if isinstance(wanted, bool | str) or isinstance(found, bool | str):
        return found is wanted
    if isinstance(found, Fraction) and isinstance(wanted, Fraction):
        return found == wanted
    middle = float(found.mid()) if isinstance(found, arb) else float(found)
    return abs(middle - float(wanted)) <= 1e-11 * scale + 1e-9 * abs(float(wanted))
