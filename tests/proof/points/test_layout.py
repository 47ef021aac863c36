"""Layouts: which sizes fit, which do not, and which come to be known because an operation ties them."""

import pytest
from tests.proof.points.at import declared, tree

from tripos.proof.points.layout import Layout, Unfitting

WHERE = (
    "x: real; A: m by n matrix; B: n by k matrix; Q: n by n matrix; v: n vector; u: m vector;"
    "w: k vector; t: real vector; r: vector; M: 2 by 3 matrix; c: vector of 3; f: function;"
    "s: real vector; y: index of s; j: index of s, j != y; i: index of t; n: positive integer"
)
NAMES = declared(WHERE)


def size(text, layout=None):
    return (layout or Layout(NAMES)).read(tree(text, NAMES))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x", None),
        ("v", ("n", "1")),
        ("A", ("m", "n")),
        ("A*v", ("m", "1")),
        ("A*v + u", ("m", "1")),
        ("A*B", ("m", "k")),
        ("A*B*w", ("m", "1")),
        ("x*A*2*v", ("m", "1")),
        ("transpose(A)", ("n", "m")),
        ("transpose(A*v)", ("1", "m")),
        ("transpose(transpose(A))", ("m", "n")),
        ("u*transpose(v)", ("m", "n")),
        ("transpose(v)*v", None),
        ("transpose(u)*A*v", None),
        ("1 - v", ("n", "1")),
        ("A/x", ("m", "n")),
        ("A ⊙ (u*transpose(v))", ("m", "n")),
        ("f(A*v + u)", ("m", "1")),
        ("relu(A)", ("m", "n")),
        ("Q^3", ("n", "n")),
        ("norm(v)", None),
        ("norm(v, 1)", None),
        ("dot(u, A*v)", None),
        ("trace(Q)", None),
        ("diag(v)", ("n", "n")),
        ("diag(Q)", ("n", "1")),
        ("softmax(s)", ("|s|", "1")),
        ("s_y", None),
        ("A[1, 2]", None),
        ("sum(exp(s_k) for k in indices(s))", None),
        ("sum(s_k*v for k != y)", ("n", "1")),
        ("M*c", ("2", "1")),
        ("A*v if x > 0 else u", ("m", "1")),
        ("[1, 2, 3] + c", ("3", "1")),
    ],
)
def test_what_fits_has_a_size(text, wanted):
    assert size(text) == wanted


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("A*u", {"n", "m"}),
        ("v*A", {"1", "m"}),
        ("A + B", {"m", "n"}),
        ("A*v + v", {"m", "n"}),
        ("transpose(A)*v", {"m", "n"}),
        ("A ⊙ transpose(A)", {"m", "n"}),
        ("dot(u, v)", {"m", "n"}),
        ("trace(A)", {"m", "n"}),
        ("M*t + c", {"3", "2"}),
        ("c + [1, 2]", {"3", "2"}),
        ("u if x > 0 else v", {"m", "n"}),
        ("f(A*u)", {"n", "m"}),
        ("(1 if u = v else 0)", {"m", "n"}),
    ],
)
def test_what_does_not_fit_is_told_with_both_sizes_and_the_part(text, both):
    layout = Layout(NAMES)
    with pytest.raises(Unfitting) as caught:
        size(text, layout)
    assert {caught.value.left, caught.value.right} == both
    assert caught.value.part


def test_a_vector_without_a_length_gets_the_one_that_fits():
    layout = Layout(NAMES)
    assert size("A*t", layout) == ("m", "1")
    assert layout.size("t") == ("n", "1")
    assert size("u + r", layout) == ("m", "1")
    with pytest.raises(Unfitting):
        size("t + r", layout)


def test_two_vectors_without_a_length_are_tied_once_they_are_added():
    layout = Layout(NAMES)
    assert layout.size("s") != layout.size("t")
    size("s + t", layout)
    assert layout.size("s") == layout.size("t")


def test_two_vectors_under_one_index_have_one_length():
    layout = Layout(NAMES)
    size("sum(s_k*t_k for k in indices(s))", layout)
    assert layout.size("s") == layout.size("t")


def test_an_index_of_one_vector_that_picks_from_another_ties_both():
    layout = Layout(NAMES)
    size("s_i", layout)
    assert layout.size("s") == layout.size("t")


def test_all_others_of_an_index_are_others_of_its_vector():
    layout = Layout(NAMES)
    size("sum(t_k for k != y)", layout)
    assert layout.size("t") == layout.size("s")


def test_a_sum_over_rows_runs_along_rows():
    layout = Layout(NAMES)
    size("sum(A[k, 1]*t_k for k in indices(A))", layout)
    assert layout.size("t") == ("m", "1")
    layout = Layout(NAMES)
    size("sum(A[1, k]*t_k for k in indices(A, 2))", layout)
    assert layout.size("t") == ("n", "1")


def test_a_sum_up_to_a_name_runs_along_the_size_of_that_name():
    layout = Layout(NAMES)
    size("sum(t_k for k in range(1, n))", layout)
    assert layout.size("t") == ("n", "1")


def test_one_entry_is_a_scalar_wherever_it_goes():
    assert size("(transpose(v)*v)*A") == ("m", "n")
    assert size("A + transpose(v)*v") == ("m", "n")


def test_a_matrix_of_formulas_has_rows_and_columns():
    assert size("[[x, 1, 2], [x, 3, 4]]") == ("2", "3")
    assert size("[[x, 1, 2], [x, 3, 4]]*c") == ("2", "1")
