"""Labels: what stands before the equals sign of an answer (`L =`, `f(x) =`), and values on the edges of a graph."""

from __future__ import annotations

from tripos.language.names import Sort as NameSort
from tripos.language.student.grammar import Grammar
from tripos.language.student.lexemes import Sort, Token
from tripos.language.tree import Callee, Node, Op, Relation, Span
from tripos.problem import TriposError

_BREAKS = frozenset({",", ";", "\\\\"})


def without_label(reading: Grammar, member: bool = False) -> bool:
    """Pass over `L =` before a value, or `x ∈` where that is only the name of what is asked; whether there was one."""
    start = reading.at
    if reading.take("=") or reading.take("≈"):
        return False
    signs = ("=", "≈", "∈") if member else ("=", "≈")
    labelled = _label(reading) and any(map(reading.take, signs)) and not reading.ended()
    if labelled and not _stands_again(reading, start):
        return True
    reading.at = start
    return False


def _stands_again(reading: Grammar, start: int) -> bool:
    # x = x + 1 is an equation, and no label before a value.
    word = reading.tokens[start]
    single = reading.at == start + 2 and reading.key(word.text) is not None
    return single and any(token.sort is Sort.WORD and token.text == word.text for token in reading.tokens[reading.at :])


def _label(reading: Grammar) -> bool:
    """Whether one name, a derivative or a function of something stands here; it is passed over."""
    try:
        if reading.take("\\frac"):
            differential = reading.peek(1)
            return (
                (differential.text == "∂" or differential.text.startswith("d")) and _group(reading) and _group(reading)
            )
        if reading.take("∂"):
            return _name(reading) and reading.take("/") and reading.take("∂") and _name(reading)
        if reading.take("∇"):
            return _indices(reading) and _name(reading)
        if not _name(reading):
            return False
        if reading.sees("/") and reading.tokens[0].text.startswith("d") and reading.peek(1).text.startswith("d"):
            reading.next()
            return _name(reading)
        if not reading.sees("("):
            return True
        first = reading.tokens[0]
        key = reading.key(first.text)
        meaning = reading.meaning(key) if key else None
        return (meaning is None or meaning.sort is NameSort.FUNCTION) and _group(reading)
    except TriposError:
        return False


def _name(reading: Grammar) -> bool:
    token = reading.next()
    return token.sort is Sort.WORD and not reading.constant(token.text) and _indices(reading)


def _indices(reading: Grammar) -> bool:
    while reading.sees("_") or reading.sees("'") or reading.sees("^"):
        if reading.take("'"):
            continue
        if reading.sees("_"):
            reading.at = reading.subscript().after
        elif reading.superscript() is None:
            return False
    return True


def _group(reading: Grammar) -> bool:
    stop = reading.closing(reading.at)
    if reading.tokens[stop].sort is Sort.END:
        return False
    reading.at = stop + 1
    return True


def labels(reading: Grammar) -> Node:
    """x -> m: 2, y -> m: -1; or the author's labels(x -> m = 2)."""
    start = reading.peek()
    wrapped = start.text == "labels" and reading.sees("(", 1)
    reading.at += 2 if wrapped else 0
    edges = [_edge(reading)]
    while reading.peek().text in _BREAKS or reading.word_ahead() == "and":
        reading.next()
        if reading.ended():
            break
        edges.append(_edge(reading))
    if wrapped:
        reading.expect(")", start)
    if not reading.ended():
        raise reading.left_over()
    return reading.node(Op.CALL, tuple(edges), Callee("labels"), start.start)


def _edge(reading: Grammar) -> Node:
    begin = reading.peek()
    from_node = _end(reading)
    if not (reading.take("->") or reading.take_word("to")):
        raise reading.fault(f"an arrow is missing before {reading.peek()}.", "Write x -> m: 2.")
    to_node = _end(reading)
    if not (reading.take(":") or reading.take("=")):
        raise reading.fault(f"the value of this edge is missing before {reading.peek()}.", "Write x -> m: 2.")
    value = reading.expression()
    chain = Node(Op.CHAIN, (from_node, to_node), None, Span(begin.start, to_node.span.end))
    return Node(Op.COMPARE, (chain, value), (Relation.EQUAL,), Span(begin.start, value.span.end))


def _end(reading: Grammar) -> Node:
    token: Token = reading.next()
    if token.sort not in (Sort.WORD, Sort.NUMBER):
        reading.at -= 1
        raise reading.fault(f"the name of a node is missing before {token}.", "Write x -> m: 2.")
    name = token.text
    end = token.end
    if reading.sees("_"):
        subscript = reading.subscript()
        reading.at = subscript.after
        name, end = f"{name}_{subscript.key}", reading.tokens[subscript.after - 1].end
    return Node(Op.NAME, (), name, Span(token.start, end))
