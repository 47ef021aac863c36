"""Blocks: the operations on vectors and matrices, against a second hand and against the laws they obey."""

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.points import oracle
from tests.proof.points.at import given as ours
from tests.proof.points.at import near, plain

from tripos.proof.points import scalar
from tripos.proof.points.block import (
    TENSORS,
    Block,
    Misfit,
    diagonal,
    dot,
    entry,
    norm,
    one,
    product,
    softmax,
    trace,
    transpose,
)
from tripos.proof.points.scalar import UNDEFINED

ENTRIES = st.fractions(min_value=-5, max_value=5, max_denominator=4)
SIZES = st.integers(1, 4)


def grids(rows, columns):
    return st.lists(st.lists(ENTRIES, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


@given(st.data(), SIZES, SIZES, SIZES)
def test_a_product_of_matrices_is_that_of_a_second_hand(data, rows, inner, columns):
    left, right = data.draw(grids(rows, inner)), data.draw(grids(inner, columns))
    assert plain(product(ours(left), ours(right))) == oracle._times(left, right)


@given(st.data(), SIZES, SIZES)
def test_a_transpose_is_that_of_a_second_hand_and_twice_it_is_nothing(data, rows, columns):
    grid = data.draw(grids(rows, columns))
    assert plain(transpose(ours(grid))) == oracle._transposed(grid)
    assert transpose(transpose(ours(grid))) == ours(grid)


@given(st.data(), SIZES)
def test_norms_traces_and_diagonals_are_those_of_a_second_hand(data, size):
    square, column = data.draw(grids(size, size)), data.draw(grids(size, 1))
    assert plain(trace(ours(square))) == oracle._traced(square)
    assert near(plain(norm(ours(square))), oracle._norm(square))
    assert plain(norm(ours(square), fmpq(1))) == oracle._norm(square, 1)
    assert plain(dot(ours(column), ours(column))) == sum(row[0] ** 2 for row in column)
    assert near(plain(softmax(ours(column))), oracle._softmax(column))
    if size > 1:
        assert plain(diagonal(ours(column))) == oracle._diagonal(column)
        assert plain(diagonal(ours(square))) == oracle._diagonal(square)


@given(st.data(), SIZES, SIZES)
def test_every_entry_is_where_it_is_asked_for_and_none_is_beyond(data, rows, columns):
    grid = data.draw(grids(rows, columns))
    block = ours(grid)
    for row in range(1, rows + 2):
        for column in range(1, columns + 2):
            wanted = grid[row - 1][column - 1] if row <= rows and column <= columns else oracle.UNDEFINED
            assert plain(entry(block, fmpq(row), fmpq(column))) == wanted
    assert entry(block, fmpq(0), fmpq(1)) is UNDEFINED
    assert entry(block, fmpq(-1), fmpq(1)) is UNDEFINED
    assert entry(block, fmpq(1, 2), fmpq(1)) is UNDEFINED


def test_an_entry_at_no_place_has_no_value():
    assert entry(ours([[Fraction(1)]]), UNDEFINED) is UNDEFINED
    assert entry(UNDEFINED, fmpq(1)) is UNDEFINED
    assert entry(fmpq(7), fmpq(1)) == 7


def test_a_row_is_counted_along_itself():
    row = Block(1, 3, (fmpq(1), fmpq(2), fmpq(3)))
    assert entry(row, fmpq(3)) == 3


def test_a_block_of_one_entry_is_a_scalar():
    assert one(Block(1, 1, (fmpq(4),))) == 4
    assert product(ours([[Fraction(1), Fraction(2)]]), ours([[Fraction(3)], [Fraction(4)]])) == 11


@pytest.mark.parametrize(
    "operation",
    [
        lambda: product(ours([[Fraction(1)] * 2]), ours([[Fraction(1)] * 2])),
        lambda: trace(ours([[Fraction(1)] * 2])),
        lambda: dot(ours([[Fraction(1)] * 2]), ours([[Fraction(1)] * 3])),
    ],
)
def test_sizes_that_do_not_go_together_are_told_with_both(operation):
    with pytest.raises(Misfit) as caught:
        operation()
    assert all(len(size) == 2 for size in (caught.value.left, caught.value.right))


def test_a_scalar_is_a_tensor_of_one_entry_to_every_function():
    for word in set(TENSORS) - {"softmax", "norm", "dot"}:
        assert TENSORS[word](fmpq(3)) == 3
    assert norm(fmpq(-3)) == 3
    assert dot(fmpq(3), fmpq(2)) == 6
    assert softmax(fmpq(3)) == 1


def test_an_entry_without_a_value_spoils_what_it_goes_into_and_no_more():
    block = Block(2, 1, (fmpq(1), UNDEFINED))
    assert product(ours([[Fraction(1), Fraction(0)]]), block) is UNDEFINED
    assert transpose(block).entries == (fmpq(1), UNDEFINED)
    assert norm(block) is UNDEFINED
    assert norm(ours([[Fraction(1)]] * 2), fmpq(3)) is scalar.UNKNOWN
