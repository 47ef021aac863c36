"""Shapes: lengths along the axes of a tensor, between crosses, commas or stars, with symbols or without."""

from __future__ import annotations

from tripos.language.student.grammar import Grammar
from tripos.language.student.lexemes import Sort, Token
from tripos.language.tree import Node, Op, Span, walk
from tripos.problem import TriposError

_CROSSES = frozenset({"×"})
_STARS = frozenset({"*", "·"})
_OUTER = {"(": ")", "[": "]"}


def shape(reading: Grammar) -> Node:
    """The shape that an answer gives; whole numbers alone are DIMS, with symbols it is a tuple."""
    begin = reading.peek()
    _spell_by(reading)
    start, stop = _inside(reading)
    separators = _separators(reading, start, stop)
    parts = []
    if stop - start > 1 and reading.is_sign(stop - 1, ","):
        stop -= 1  # (256,)
    for first, last in reading.parts(start, stop, separators):
        if first == last:
            reading.at = first
            raise reading.fault(f"a length is missing before {reading.peek()}.", "Write 8x32x32.")
        with reading.only(first, last):
            parts.append(reading.expression())
    for part in parts:
        _refuse(reading, part)
    if len(parts) == 1 and parts[0].op in (Op.TUPLE, Op.TENSOR):
        parts = list(parts[0].args)
    span = Span(begin.start, reading.tokens[-2].end)
    whole = all(part.op is Op.NUMBER for part in parts)
    return Node(Op.DIMS if whole else Op.TUPLE, tuple(parts), None, span)


def _spell_by(reading: Grammar) -> None:
    # 16 by 32
    for place, token in enumerate(reading.tokens):
        if token.sort is Sort.WORD and token.text.casefold() == "by" and not reading.knows(token.text):
            reading.tokens[place] = Token(Sort.SIGN, "×", token.start, token.end, token.gap)


def _inside(reading: Grammar) -> tuple[int, int]:
    """The tokens between the brackets around the shape, if there are any; ℝ^{m × n} is one way to write them."""
    start, stop = reading.at, len(reading.tokens) - 1
    first = reading.peek()
    real = first.text == "ℝ" or (first.text == "R" and not reading.knows("R"))
    if real and reading.sees("^", 1):
        start += 2
        opened = reading.tokens[start]
        if opened.text in ("{", "(") and reading.closing(start) == stop - 1:
            return start + 1, stop - 1
        return start, stop
    while first.text in _OUTER and first.sort is Sort.SIGN and reading.closing(start) == stop - 1:
        if reading.tokens[stop - 1].text != _OUTER[first.text]:
            break
        start, stop = start + 1, stop - 1
        first = reading.tokens[start]
    return start, stop


def _separators(reading: Grammar, start: int, stop: int) -> frozenset[str]:
    commas = frozenset({",", ";"})
    level = 0
    found = set()
    for token in reading.tokens[start:stop]:
        if token.sort is Sort.SIGN:
            level += (token.text in "([{") - (token.text in ")]}")
            if level == 0:
                found.add(token.text)
    if found & commas:
        return commas
    if found & _CROSSES and found & _STARS:
        begin, end = reading.tokens[start].start, reading.tokens[stop - 1].end
        shown = reading.quoted(begin, end)
        every = " × ".join(shown.replace("*", "×").replace("·", "×").replace("x", "×").replace(" ", "").split("×"))
        raise reading.two_readings(f"the shape {every}", "one whose * multiply within a length", begin, end)
    return _CROSSES | _STARS


def _refuse(reading: Grammar, part: Node) -> None:
    # 8 × 32² may stand for 8 × 32 × 32, or for 8 × 1024.
    for node in walk(part):
        if node.op is Op.POWER:
            base, exponent = (str(arg.value) if arg.op is Op.NUMBER else reading.spelt(arg) for arg in node.args)
            one, other = f"the one length {base}^{exponent}", f"{exponent} lengths {base}"
            raise reading.two_readings(one, other, node.span.start, node.span.end)
    if part.op in (Op.COMPARE, Op.AND, Op.OR, Op.NOT, Op.SET, Op.TEXT, Op.IF):
        span = part.span
        problem = reading.problem(
            "this is not a shape.", "Write the length along each dimension: 8x32x32.", span.start, span.end
        )
        raise TriposError(problem)
