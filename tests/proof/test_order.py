"""Orders: what grows equally fast is equal, whatever constants and smaller terms stand beside it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripos.language import tree
from tripos.language.names import domain
from tripos.language.reader import expression
from tripos.language.values import Order
from tripos.language.vocabulary import Vocabulary
from tripos.proof.order import compared, order
from tripos.proof.verdict import Outcome

NAMES = {name: domain("positive integer") for name in ("n", "d", "m")}


def read(text):
    return expression(text, Vocabulary(), NAMES)


def outcome(key, answer):
    return compared(read(key), read(answer), NAMES).outcome


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("n", "2*n + 5"),
        ("n", "n + sqrt(n) + log(n)"),
        ("n", "n^2/(n + 1)"),
        ("n^2", "n*(n - 1)/2"),
        ("n*log(n)", "log(n^n)"),
        ("n*log(n)", "n*log2(n^3) + 100*n"),
        ("n^1.5", "n*sqrt(n)"),
        ("log(n)", "log(n^2 + 1)"),
        ("log(log(n))", "log(log(n^2))"),
        ("log(n) + log(d)", "log(n + d)"),
        ("sqrt(n^2 + n)", "n"),
        ("n*d + d^2", "d*max(n, d)"),
        ("n*d", "n*d + n + d"),
        ("1", "5 + 1/n"),
        ("2^n", "2^(n + 1) + n^100"),
        ("4^n", "2^(2*n)"),
        ("n^n", "2^(n*log2(n))"),
        ("2^(n*d)", "2^(d*n)"),
        ("n/log(n)", "n/log(2*n)"),
        ("log(n)", "ceil(log2(n))"),
        ("m + n", "n*ceil(m/n)"),
        ("n", "n + abs(5 - n)"),
        ("n", "floor(n/2)"),
        ("n", "2^log2(n)"),
    ],
)
def test_constants_bases_and_smaller_terms_do_not_matter(key, answer):
    assert outcome(key, answer) is Outcome.EQUAL
    assert outcome(answer, key) is Outcome.EQUAL


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [
        ("n", "n^2", "faster"),
        ("n", "n*log(n)", "faster"),
        ("n", "n*log(log(n))", "faster"),
        ("n^2", "n*log(n)", "slower"),
        ("n*log(n)", "n*log(n)^2", "faster"),
        ("sqrt(n)", "n^(1/3)", "slower"),
        ("2^n", "3^n", "faster"),
        ("2^n", "n^1000", "slower"),
        ("n^n", "exp(n)", "slower"),
        ("1", "1/n", "slower"),
        ("n*d + d^2", "n*d", "slower"),
        ("n*d", "n*d^2", "faster"),
        ("n*d", "(n + d)^2", "faster"),
        ("n", "d", "other-growth"),
        ("n^2*d", "n*d^2", "other-growth"),
        ("1", "n + abs(5 - n)", "faster"),
        ("m", "n*ceil(m/n)", "faster"),
    ],
)
def test_another_order_is_different_and_says_which_way(key, answer, code):
    found = compared(read(key), read(answer), NAMES)
    assert (found.outcome, found.reason.code) == (Outcome.DIFFERENT, code)
    assert found.reason.sentence()


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("n - n", "n"),
        ("2^(n*d)", "2^n"),
        ("n - d", "n"),
        ("min(n, d)", "n"),
        ("n", "-n"),
        ("n", "(n + m)^n"),
        ("n^n", "(n^2 + 1)^n"),
        ("n^n", "(sqrt(n) + 1)^n"),
        ("3^log2(n)", "3^log2(n^2 + 1)"),
        ("2^(n + m)", "2^max(n, m)"),
        ("2^n", "2^sqrt(n^2 + n)"),
        ("1", "max(n, 5 - n)"),
        ("1", "floor(1/n)"),
        ("1", "abs(n - m)"),
    ],
)
def test_what_cannot_be_told_goes_to_a_person(key, answer):
    assert outcome(key, answer) is Outcome.UNDECIDED


def test_the_sign_of_an_order_may_be_left_out_and_theta_is_taken_for_it():
    growth = read("n*log(n)")
    for answer in (growth, tree.call("O", growth), tree.call("Theta", growth)):
        assert order(Order(growth), answer, NAMES).outcome is Outcome.EQUAL


POWERS = st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 2))


def term(powers):
    n, log, d = powers
    return tree.multiply(
        tree.power(tree.name("n"), tree.number(n)),
        tree.power(tree.call("log", tree.name("n")), tree.number(log)),
        tree.power(tree.name("d"), tree.number(d)),
    )


def at_least(one, other):
    return one[:2] >= other[:2] and one[2] >= other[2]


@settings(max_examples=200, deadline=None)
@given(st.lists(POWERS, min_size=1, max_size=5), st.lists(POWERS, min_size=1, max_size=5), st.integers(1, 9))
def test_two_sums_are_equal_just_if_each_keeps_up_with_every_term_of_the_other(left, right, factor):
    one = tree.add(*(tree.multiply(tree.number(factor), term(powers)) for powers in left))
    other = tree.add(*map(term, right))
    keeps_up = all(any(at_least(own, needed) for own in left) for needed in right)
    is_kept_up_with = all(any(at_least(own, needed) for own in right) for needed in left)
    found = compared(one, other, NAMES).outcome
    assert found is (Outcome.EQUAL if keeps_up and is_kept_up_with else Outcome.DIFFERENT)
