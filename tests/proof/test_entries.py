"""Shapes, vectors, matrices and sets in which names are free: entry by entry, and the first that differs is named."""

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from tripos.language import tree
from tripos.language.names import domain
from tripos.language.reader import expression
from tripos.language.tree import Node, Op
from tripos.language.values import Formula, Shape, Tensor
from tripos.language.vocabulary import Vocabulary
from tripos.proof import entries
from tripos.proof.verdict import Outcome

WHOLE = ("m", "n", "k")
NAMES = {name: domain("positive integer") for name in WHOLE} | {name: domain("real") for name in "abpqx"}


def verdict(rule, key, answer):
    read = [expression(text, Vocabulary(), NAMES) for text in (key, answer)]
    return rule(Formula(read[0]), read[1], NAMES)


@pytest.mark.parametrize(
    ("rule", "key", "answer"),
    [
        (entries.shape, "(m, 1)", "(m, 1)"),
        (entries.shape, "(n, 2*k + 1)", "(n, k + k + 1)"),
        (entries.tensor, "[p - 1, q]", "(-1 + p, q)"),
        (entries.tensor, "[x, x^2; 2*x, 1]", "[x, x*x; x + x, 1]"),
        (entries.collection, "{a, 2*b}", "{b + b, a}"),
        (entries.collection, "{a, b}", "{b, a, a}"),
        (entries.collection, "{a, b}", "{max(a, b), min(a, b)}"),
    ],
)
def test_entries_in_any_form_are_equal(rule, key, answer):
    assert verdict(rule, key, answer).outcome is Outcome.EQUAL


@pytest.mark.parametrize(
    ("rule", "key", "answer", "code"),
    [
        (entries.shape, "(m, 1)", "(1, m)", "dimension"),
        (entries.shape, "(m, n)", "n*m", "product-for-shape"),
        (entries.shape, "(m, n)", "m + n", "wrong-kind"),
        (entries.shape, "(m, n)", "(m, n, 1)", "axes"),
        (entries.tensor, "[p - 1, q]", "[p, q]", "entry"),
        (entries.tensor, "[x, x^2; 2*x, 1]", "[x, 2*x; x^2, 1]", "entry"),
        (entries.tensor, "[x, 1]", "[x, 1, 1]", "size"),
        (entries.collection, "{a, 2*b}", "{a, b}", "missing"),
        (entries.collection, "{a, 2*b}", "{a, 2*b, 0}", "extra"),
        (entries.collection, "{a, b}", "a", "wrong-kind"),
    ],
)
def test_the_first_difference_is_named(rule, key, answer, code):
    found = verdict(rule, key, answer)
    assert (found.outcome, found.reason.code) == (Outcome.DIFFERENT, code)
    assert found.reason.sentence()


def test_values_without_names_are_compared_with_formulas_too():
    two = expression("(2, k)", Vocabulary(), NAMES)
    assert entries.shape(Shape((2, 3)), two, NAMES).reason.code == "dimension"
    assert entries.tensor(Tensor((2,), (fmpq(2), fmpq(3))), two, NAMES).reason.code == "entry"


SUM = st.lists(st.sampled_from("abpq"), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(SUM, min_size=1, max_size=5), st.data())
def test_reordered_sums_stay_equal_and_one_changed_entry_is_found(rows, data):
    key = Node(Op.TENSOR, tuple(tree.add(*map(tree.name, row)) for row in rows), (len(rows),))
    mixed = [data.draw(st.permutations(row)) for row in rows]
    parts = [tree.add(*map(tree.name, row)) for row in mixed]
    assert entries.tensor(Formula(key), Node(Op.TENSOR, tuple(parts), (len(rows),)), NAMES).outcome is Outcome.EQUAL
    at = data.draw(st.integers(0, len(rows) - 1))
    parts[at] = tree.add(parts[at], tree.name("x"))
    found = entries.tensor(Formula(key), Node(Op.TENSOR, tuple(parts), (len(rows),)), NAMES)
    assert dict(found.reason.details)["column"] == str(at + 1)
