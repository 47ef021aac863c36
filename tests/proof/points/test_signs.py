"""Signs: what is said to be positive is positive, wherever it has a value."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.points.at import declared, tree
from tests.proof.points.oracle import UNDEFINED, Oracle, Untold
from tests.proof.rewriting import rewritten
from tests.proof.writing import NAMES, Writer, point

from tripos.language.tree import Op, free_names, walk
from tripos.proof.points.signs import positives

WHERE = declared(
    "x: real; a, b: positive; n: positive integer; m: integer; p: 0 < p < 1; q: 0 <= q < 1; r: -1 < r < 1; s: real vector; y: index of s; c: 1/2 < c < 1"
)


@pytest.mark.parametrize(
    "text",
    [
        "a", "n", "p", "3", "1/2", "pi", "e", "a + x^2", "a*b/n", "exp(x)", "sigmoid(x)", "1 + abs(x)", "a^x", "a^(-2)", "sqrt(a)",
        "max(x, 1)", "min(a, b)", "sum(exp(s_k) for k in indices(s))", "prod(a for k in indices(s))", "(a if x > 0 else b)", "1 + relu(x)",
        "x^2 + exp(x)", "max(exp(s_k) for k in indices(s))", "1 + norm(s)",
    ],
)  # fmt: skip
def test_what_is_positive_everywhere_is_known_to_be(text):
    assert tree(text, WHERE) in positives(tree(text, WHERE), WHERE)


@pytest.mark.parametrize(
    "text",
    [
        "x", "0", "-a", "a - b", "1 - p", "q", "r", "m", "x^2", "abs(x)", "relu(x)", "log(a)", "x*x", "a*x", "x^3", "min(a, x)", "tanh(a)", "(a if x > 0 else x)",
        "sum(s_k for k in indices(s))", "floor(a)", "norm(s)", "sqrt(x)", "max(x, 0)", "a/x",
    ],
)  # fmt: skip
def test_what_may_be_zero_or_negative_is_not_said_to_be_positive(text):
    # Some of these are positive, or have no value where they are not; nothing depends on knowing that.
    assert tree(text, WHERE) not in positives(tree(text, WHERE), WHERE)


@given(st.integers(0, 10**9))
def test_no_part_that_is_said_to_be_positive_ever_is_not(seed):
    random = Random(seed)
    formula, _ = rewritten(Writer(random).formula(), random)
    for part in positives(formula, NAMES):
        names, lengths = point(random)
        if free_names(part) <= set(names) and part.op is not Op.NUMBER:
            oracle = Oracle(names, lengths)
            try:
                value = oracle.of(part)
            except Untold:
                continue
            # A sum over no class at all counts as positive too, and a float may become too small to tell from zero.
            assert value == UNDEFINED or isinstance(value, list) or value >= 0
            assert value != 0 or isinstance(value, float) or any(inner.op is Op.BIND for inner in walk(part))
