"""Vectors and matrices: laws that hold for all of them, functions against their definitions, and what is bounded."""

from __future__ import annotations

import operator
from functools import reduce

import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

from tripos.language import arithmetic, tensors
from tripos.language.tree import Op
from tripos.language.values import Tensor, Undecided, Undefined
from tripos.problem import Refusal, TriposError

ENTRIES = st.builds(fmpq, st.integers(-9, 9), st.integers(1, 5))


def matrices(rows: int, columns: int) -> st.SearchStrategy[Tensor]:
    size = rows * columns
    return st.lists(ENTRIES, min_size=size, max_size=size).map(lambda parts: Tensor((rows, columns), tuple(parts)))


def vectors(size: int) -> st.SearchStrategy[Tensor]:
    return st.lists(ENTRIES, min_size=size, max_size=size).map(lambda parts: Tensor((size,), tuple(parts)))


def product(*factors: Tensor | fmpq) -> object:
    return tensors.applied(Op.MULTIPLY, factors)


@given(matrices(2, 3), matrices(3, 4))
def test_a_product_of_matrices_is_that_of_flint(left: Tensor, right: Tensor) -> None:
    theirs = fmpq_mat(2, 3, list(left.entries)) * fmpq_mat(3, 4, list(right.entries))
    assert product(left, right) == Tensor((2, 4), tuple(theirs.entries()))


@given(matrices(2, 3), matrices(3, 2), vectors(2))
def test_the_transpose_of_a_product_is_the_product_of_the_transposes(left: Tensor, right: Tensor, last: Tensor) -> None:
    whole = tensors.transpose(product(left, right))
    assert whole == product(tensors.transpose(right), tensors.transpose(left))
    assert tensors.transpose(tensors.transpose(left)) == left
    assert product(product(left, right), last) == product(left, product(right, last))


@given(vectors(3), vectors(3))
def test_a_row_times_a_column_is_the_dot_product(left: Tensor, right: Tensor) -> None:
    wanted = reduce(operator.add, (one * other for one, other in zip(left.entries, right.entries, strict=True)))
    assert product(tensors.transpose(left), right) == tensors.dot(left, right) == wanted
    assert tensors.trace(product(left, tensors.transpose(right))) == wanted
    assert arithmetic.power(tensors.norm(left), fmpq(2)) == tensors.dot(left, left)


@given(vectors(3), vectors(3), ENTRIES)
def test_a_product_of_entries_is_one_with_a_diagonal_matrix(left: Tensor, right: Tensor, factor: fmpq) -> None:
    assert tensors.applied(Op.HADAMARD, [left, right]) == product(tensors.diag(left), right)
    assert tensors.diag(tensors.diag(left)) == left
    assert product(factor, left) == product(left, factor)
    assert tensors.applied(Op.ADD, [left, tensors.applied(Op.NEGATE, [left])]) == Tensor((3,), (fmpq(0),) * 3)


@given(vectors(3), ENTRIES)
def test_softmax_adds_up_to_one_and_does_not_mind_a_shift(scores: Tensor, shift: fmpq) -> None:
    moved = Tensor((3,), tuple(entry + shift for entry in scores.entries))
    found, other = tensors.softmax(scores), tensors.softmax(moved)
    assert isinstance(found, Tensor) and isinstance(other, Tensor)
    for one, two in zip(found.entries, other.entries, strict=True):
        assert float(arithmetic.constant.ball(one)) == pytest.approx(float(arithmetic.constant.ball(two)))
    assert sum(float(arithmetic.constant.ball(one)) for one in found.entries) == pytest.approx(1)


def test_what_has_an_entry_without_a_value_has_none() -> None:
    ones = Tensor((2,), (fmpq(1), fmpq(0)))
    assert isinstance(tensors.elementwise(arithmetic.log, [ones]), Undefined)
    assert isinstance(tensors.applied(Op.ADD, [ones, Undecided("nobody knows")]), Undecided)
    assert isinstance(tensors.applied(Op.DIVIDE, [ones, fmpq(0)]), Undefined)


def test_a_product_too_large_to_wait_for_is_refused_before_it_is_worked_out() -> None:
    large = Tensor((50, 50), (fmpq(1),) * 2_500)
    with pytest.raises(Refusal, match="products of entries"):
        product(large, large)
    with pytest.raises(TriposError, match="a 50×50 matrix times a vector of 2"):
        product(large, Tensor((2,), (fmpq(1),) * 2))
