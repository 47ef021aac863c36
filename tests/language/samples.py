"""Samples for the tests of typesetting: the table, the names that its expressions use, and trees built at random."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flint import fmpq
from hypothesis import strategies as st

from tripos.language import reader, tree
from tripos.language.names import Free, Names, Sort, domain
from tripos.language.tree import Binder, Callee, Node, Op, Relation
from tripos.language.values import NO_CASE
from tripos.language.vocabulary import Vocabulary

NAMES: Names = {
    "s": domain("real vector"),
    "y": domain("index of s"),
    "j": domain("index of s, j != y"),
    "f": domain("function"),
    "X": Free(Sort.MATRIX, sizes=("n", "n")),
    "v": domain("vector of n"),
    "ŷ": domain("vector of n"),
    "W^(1)": domain("n by n matrix"),
    "W_2^(1)": domain("n by n matrix"),
    "z^[2]": domain("vector of n"),
    "∂L/∂ŷ": domain("vector of n"),
    "∂L/∂s_j": domain("real"),
    **dict.fromkeys(("a", "b", "Δ"), domain("positive")),
    "x": domain("real"),
    "n": domain("positive integer"),
}
VOCABULARY = Vocabulary(codes=frozenset({"CONV", "POOL"}))


@dataclass(frozen=True)
class Row:
    text: str
    source: str
    plain: str
    latex: str
    why: str


ROWS = [
    Row(**json.loads(line)) for line in Path(__file__).with_name("typesetting.jsonl").read_text("utf-8").splitlines()
]


def read(text: str) -> Node:
    return reader.expression(text, VOCABULARY, NAMES)


def numbers() -> st.SearchStrategy[Node]:
    """Any tree that is a number, as a program might build it: with negative and fractional leaves."""
    return st.recursive(LEAVES, _extended, max_leaves=12)


def trees() -> st.SearchStrategy[Node]:
    """Any tree that the reader could read."""
    part = numbers()
    shapes = st.lists(part, min_size=2, max_size=3)
    claims = st.recursive(st.builds(_compared, part, part, st.sampled_from(Relation)), _joined, max_leaves=4)
    return st.one_of(
        part,
        claims,
        shapes.map(lambda parts: Node(Op.TUPLE, tuple(parts))),
        shapes.map(lambda parts: Node(Op.DIMS, tuple(parts))),
        shapes.map(lambda parts: Node(Op.SET, tuple(parts))),
        shapes.map(lambda parts: Node(Op.TENSOR, tuple(parts), (len(parts),))),
        shapes.map(lambda parts: Node(Op.TENSOR, tuple(parts), (len(parts), 1))),
        st.builds(lambda claim: Node(Op.BIND, (claim, tree.name("reals")), Binder("always", "x")), claims),
        st.builds(_interval, part, part, st.booleans(), st.booleans()),
        st.builds(lambda low, closed: Node(Op.INTERVAL, (low, tree.name("∞")), (closed, False)), part, st.booleans()),
        part.map(lambda growth: tree.call("Theta", growth)),
        st.lists(part, min_size=1, max_size=3).map(_labels),
        st.builds(lambda n, d: Node(Op.ON, (Node(Op.CHAIN, (CODE, hole(n))), d)), LEAVES, shapes.map(_dims)),
    )


def hole(inside: Node) -> Node:
    return Node(Op.CODE, (inside,), ("CONV5-", "-p2"))


FUNCTIONS = ["exp", "ln", "log2", "sqrt", "abs", "f", "f'", "relu", "transpose", "norm", "trace", "softmax", "sign"]
CODE = Node(Op.CODE, (), ("POOL2",))
LEAVES = st.one_of(
    st.integers(-9, 99).map(tree.number),
    st.builds(lambda p, q: tree.number(fmpq(p, q)), st.integers(-9, 9), st.integers(1, 9)),
    st.builds(
        lambda p, k: Node(Op.DECIMAL, value=fmpq(p) * fmpq(10) ** k), st.integers(-9999, 9999), st.integers(-40, 40)
    ),
    st.sampled_from(["a", "b", "x", "Δ", "n", "theta_1", "e", "ŷ", "W_2^(1)", "z^[2]", "∂L/∂s_j"]).map(tree.name),
    st.just(Node(Op.ENTRY, (tree.name("s"), tree.name("j")))),
    st.just(Node(Op.ENTRY, (tree.name("W^(1)"), tree.name("j"), tree.number(2)))),
)


def _dims(parts: Sequence[Node]) -> Node:
    return Node(Op.DIMS, tuple(parts))


def _interval(low: Node, high: Node, first: bool, last: bool) -> Node:
    return Node(Op.INTERVAL, (low, high), (first, last))


def _labels(values: Sequence[Node]) -> Node:
    edges = [Node(Op.CHAIN, (tree.name("s_j"), tree.name(f"m_{at}"))) for at in range(len(values))]
    pairs = zip(edges, values, strict=True)
    return tree.call("labels", *(Node(Op.COMPARE, pair, (Relation.EQUAL,)) for pair in pairs))


def _over(body: Node, end: Node, condition: Node | None, function: str) -> Node:
    if function == "prod":
        over, binder = tree.call("range", tree.number(1), end), Binder("prod", "k")
    elif function == "max":
        over, binder = tree.call("indices", tree.name("s")), Binder("max", "k")
    else:
        over, binder = tree.name("y"), Binder("sum", "k", excludes=True)
    return Node(Op.BIND, (body, over) if condition is None else (body, over, condition), binder)


def _compared(left: Node, right: Node, relation: Relation) -> Node:
    return Node(Op.COMPARE, (left, right), (relation,))


def _joined(claims: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.tuples(claims, claims)
    return st.one_of(
        pairs.map(lambda args: Node(Op.AND, args)),
        pairs.map(lambda args: Node(Op.OR, args)),
        claims.map(lambda claim: Node(Op.NOT, (claim,))),
        pairs.map(lambda args: Node(Op.COMPARE, args, (Relation.EQUAL,))),
    )


def _extended(part: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.tuples(part, part)
    several = st.lists(part, min_size=2, max_size=4).map(tuple)
    choices = st.tuples(st.builds(_compared, part, part, st.sampled_from(Relation)), part, part)
    return st.one_of(
        several.map(lambda args: Node(Op.ADD, args)),
        several.map(lambda args: Node(Op.MULTIPLY, args)),
        several.map(lambda args: Node(Op.HADAMARD, args)),
        pairs.map(lambda args: Node(Op.DIVIDE, args)),
        pairs.map(lambda args: Node(Op.POWER, args)),
        part.map(lambda arg: Node(Op.NEGATE, (arg,))),
        choices.map(lambda args: Node(Op.IF, args)),
        choices.map(lambda args: Node(Op.IF, (*args[:2], NO_CASE))),
        st.builds(tree.call, st.sampled_from(FUNCTIONS), part),
        pairs.map(lambda args: tree.call("dot", *args)),
        part.map(lambda arg: tree.call("norm", arg, tree.number(1))),
        several.map(lambda args: tree.call("max", *args)),
        pairs.map(lambda args: Node(Op.CALL, args, Callee("clamp", ("low",)))),
        pairs.map(lambda args: Node(Op.ENTRY, (tree.name("X"), *args))),
        st.builds(
            _over, part, part, st.none() | choices.map(lambda args: args[0]), st.sampled_from(["sum", "prod", "max"])
        ),
        pairs.map(lambda args: Node(Op.BIND, (args[0], Node(Op.SET, (args[1],))), Binder("max", "x"))),
    )
