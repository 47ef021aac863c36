"""Labels on edges: the same edges with equal labels, and otherwise which edge is wrong."""

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from tripos.language import tree
from tripos.language.names import domain
from tripos.language.tree import Node, Op, Relation
from tripos.language.values import Formula, Labels
from tripos.proof.labels import labels
from tripos.proof.verdict import Outcome

KEY = Labels(((("x", "m"), fmpq(2)), (("y", "m"), fmpq(-1, 2))))
HALF = tree.number(fmpq(-1, 2))


def answer(*edges):
    return tree.call(
        "labels",
        *(
            Node(Op.COMPARE, (Node(Op.CHAIN, (tree.name(start), tree.name(end))), value), (Relation.EQUAL,))
            for start, end, value in edges
        ),
    )


def test_the_order_of_edges_and_the_form_of_numbers_do_not_matter():
    four_halves = tree.divide(tree.number(4), tree.number(2))
    assert labels(KEY, answer(("y", "m", HALF), ("x", "m", four_halves)), {}).outcome is Outcome.EQUAL


@pytest.mark.parametrize(
    ("edges", "code"),
    [
        ([("x", "m", tree.number(2)), ("y", "m", tree.number(fmpq(1, 2)))], "label"),
        ([("x", "m", tree.number(2)), ("y", "m", tree.divide(tree.number(1), tree.number(0)))], "label"),
        ([("x", "m", tree.number(2))], "edge-missing"),
        ([("x", "m", tree.number(2)), ("m", "y", HALF)], "edge-turned"),
        ([("x", "m", tree.number(2)), ("y", "m", HALF), ("z", "m", tree.number(0))], "edge-extra"),
        ([("x", "m", tree.number(2)), ("x", "m", tree.number(3)), ("y", "m", HALF)], "label-twice"),
    ],
)
def test_a_wrong_label_or_edge_is_named(edges, code):
    found = labels(KEY, answer(*edges), {})
    assert (found.outcome, found.reason.code) == (Outcome.DIFFERENT, code)
    assert "→" in found.reason.sentence()


def test_something_else_than_labels_is_of_another_kind():
    assert labels(KEY, tree.number(2), {}).reason.code == "wrong-kind"


def test_labels_may_be_formulas():
    names = {"x": domain("real")}
    x = tree.name("x")
    key = Labels(((("u", "v"), Formula(tree.multiply(tree.number(2), x))),))
    assert labels(key, answer(("u", "v", tree.add(x, x))), names).outcome is Outcome.EQUAL
    assert labels(key, answer(("u", "v", x)), names).outcome is Outcome.DIFFERENT


@given(
    st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.integers(-9, 9), min_size=1),
    st.data(),
)
def test_a_single_changed_label_is_found(values, data):
    key = Labels(tuple((edge, fmpq(value)) for edge, value in values.items()))
    shuffled = data.draw(st.permutations(list(values.items())))
    assert labels(key, answer(*((*e, tree.number(v)) for e, v in shuffled)), {}).outcome is Outcome.EQUAL
    wrong = data.draw(st.sampled_from(list(values)))
    changed = answer(*((*e, tree.number(v + (e == wrong))) for e, v in shuffled))
    found = labels(key, changed, {})
    assert dict(found.witness)["edge"] == " → ".join(wrong)
