"""Formulas: sound rewritings of random formulas stay equal, mutations of them do not, and each verdict can be checked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from random import Random

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proof import mutating, rewriting
from tests.proof.mutating import mutated
from tests.proof.points.at import declared, tree
from tests.proof.points.oracle import Misfit, differ
from tests.proof.rewriting import rewritten
from tests.proof.writing import NAMES, Writer, point

from tripos.language import plain
from tripos.language.tree import Node, Op, name
from tripos.proof.formula import compared
from tripos.proof.points.layout import Unfitting
from tripos.proof.verdict import Certainty, Outcome

CHOICES = st.randoms(use_true_random=False)
POINTS = 250


def known_to_differ(key, answer, points=POINTS):
    """Whether a second hand finds a point at which they differ: small ones, ties, and ones far away."""
    random = Random(7)
    try:
        return any(differ(key, answer, *point(random)) for _ in range(points))
    except Misfit:
        return True


def both(key, answer):
    return f"{plain.of(key)}   |   {plain.of(answer)}"


@settings(max_examples=150, derandomize=True)
@given(CHOICES)
def test_a_formula_rewritten_by_sound_rules_is_never_different(random):
    key = Writer(random).formula()
    answer, rules = rewritten(key, random, random.randint(1, 5))
    verdict = compared(key, answer, NAMES)
    assert verdict.outcome in (Outcome.EQUAL, Outcome.UNDECIDED), (both(key, answer), rules, verdict.reason.sentence())


@settings(max_examples=120, derandomize=True)
@given(CHOICES)
def test_a_mutation_of_a_formula_is_never_equal_unless_it_changes_nothing(random):
    key = Writer(random).formula()
    found = mutated(key, random)
    if found is not None and compared(key, found[0], NAMES).outcome is Outcome.EQUAL:
        assert not known_to_differ(key, found[0]), (both(key, found[0]), found[1])


@settings(max_examples=50, derandomize=True)
@given(CHOICES)
def test_a_mutation_hidden_by_rewriting_is_found_as_well(random):
    key = Writer(random).formula()
    found = mutated(key, random)
    if found is None:
        return
    answer, _ = rewritten(found[0], random, 2)
    if compared(key, answer, NAMES).outcome is Outcome.EQUAL:
        assert not known_to_differ(key, answer), (both(key, answer), found[1])


def tally(seeds):
    """How many of these rewritings come out how, with every one that is not equal."""
    outcomes, others, rules = Counter(), [], Counter()
    for seed in seeds:
        random = Random(seed)
        key = Writer(random).formula()
        answer, used = rewritten(key, random, random.randint(1, 4))
        rules.update(used)
        verdict = compared(key, answer, NAMES)
        outcomes[verdict.outcome] += 1
        if verdict.outcome is not Outcome.EQUAL:
            others.append((seed, verdict.outcome.value, verdict.reason.code, both(key, answer)))
    return outcomes, others, rules


def test_fewer_than_one_rewriting_in_fifty_is_left_undecided():
    outcomes, others, _ = tally(range(250))
    assert set(outcomes) <= {Outcome.EQUAL, Outcome.UNDECIDED}, others
    assert outcomes[Outcome.UNDECIDED] < 250 / 50, others


# What each sort of mutation is caught as, so that none of them is a test of nothing.
def test_most_mutations_of_every_sort_are_told_to_be_different():
    caught, sorts = Counter(), Counter()
    for seed in range(250):
        random = Random(10_000 + seed)
        key = Writer(random).formula()
        found = mutated(key, random)
        if found is None:
            continue
        answer, sort = found
        sorts[sort] += 1
        verdict = compared(key, answer, NAMES)
        caught[sort] += verdict.outcome is Outcome.DIFFERENT
        if verdict.outcome is Outcome.EQUAL:
            assert not known_to_differ(key, answer), (seed, both(key, answer), sort)
    assert set(sorts) == set(mutating.MUTATIONS)
    assert {sort: (caught[sort], count) for sort, count in sorts.items() if caught[sort] * 2 < count} == {}


@pytest.mark.slow
def test_thousands_of_rewritings_are_equal_and_every_rule_has_its_turn():
    outcomes, others, rules = tally(range(50_000, 54_000))
    assert set(outcomes) <= {Outcome.EQUAL, Outcome.UNDECIDED}, others
    assert outcomes[Outcome.UNDECIDED] < 4_000 / 50, others
    assert set(rules) == set(rewriting.RULES) | set(rewriting.OF_TENSORS)


@pytest.mark.slow
def test_of_thousands_of_mutations_hardly_one_is_taken_for_the_key():
    # What is missed shows only where two names are far off at once: docs/answers.md says so. No more than these two.
    accepted = []
    for seed in range(60_000, 64_000):
        random = Random(seed)
        key = Writer(random).formula()
        found = mutated(key, random)
        if found and compared(key, found[0], NAMES).outcome is Outcome.EQUAL and known_to_differ(key, found[0], 800):
            accepted.append((seed, found[1], both(key, found[0])))
    assert len(accepted) <= 2, accepted


@pytest.mark.parametrize("rule", sorted(rewriting.RULES | rewriting.OF_TENSORS))
def test_a_rule_is_sound_by_a_second_hand(rule):
    # The rules are the ruler of the tests above: each is held against fractions and floats, with no line of the prover.
    apply = (rewriting.RULES | rewriting.OF_TENSORS)[rule]
    met = 0
    for seed in range(3_000):
        random = Random(seed)
        key, _ = rewritten(Writer(random).formula(), random, seed % 3)
        found = next(
            (
                rewriting.put(key, path, new)
                for path, node in rewriting.paths(key)
                if rewriting.is_scalar(node) is (rule in rewriting.RULES)
                for new in [apply(node, random)]
                if new is not None and new != node
            ),
            None,
        )
        if found is not None:
            met += 1
            assert not known_to_differ(key, found, 15), (seed, both(key, found))
        if met == 25:
            return
    assert met >= 5


EQUAL = [
    ("log(1 + sum(exp(s_k - s_y) for k != y))", "log(sum(exp(s_k) for k in indices(s))) - s_y"),
    ("log(1 + sum(exp(s_k - s_y + Δ) for k != y))", "Δ + log(exp(s_y - Δ) + sum(exp(s_k) for k != y)) - s_y"),
    ("sum(max(0, s_k - s_y + Δ) for k != y)", "sum(relu(s_k - s_y + Δ) for k in indices(s)) - Δ"),
    ("max(max(0, s_k - s_y + Δ) for k in indices(s))", "max(0, max(s_k for k in indices(s)) - s_y + Δ)"),
    ("(2*a*(s_j - s_y + Δ) if s_j > s_y - Δ else 0)", "2*a*max(0, s_j - s_y + Δ)"),
    ("sigmoid(x)*(1 - sigmoid(x))", "exp(-x)/(1 + exp(-x))^2"),
    ("1 - tanh(x)^2", "4/(exp(x) + exp(-x))^2"),
    ("log(sigmoid(x))", "-log(1 + exp(-x))"),
    ("f(W*v + u)", "f(u + W*v)"),
    ("transpose(W*v)", "transpose(v)*transpose(W)"),
    ("norm(W*v - u)^2", "transpose(W*v - u)*(W*v - u)"),
    ("sum(k for k in range(1, n))", "n*(n + 1)/2"),
    ("(-1)^n", "1 - 2*(n - 2*floor(n/2))"),
    ("a^(x + z)", "a^x*exp(z*log(a))"),
]
DIFFERENT = [
    ("max(0, x)", "max(0, x, 2*x - 25)"),
    ("x/x", "1"),
    ("(x^2 - 1)/(x - 1)", "x + 1"),
    ("log(x^2)", "2*log(x)"),
    ("abs(x)", "x"),
    ("sqrt(x)^2", "x"),
    ("max(0, x - 100)*max(0, z - 100)", "0"),
    ("log(1 + sum(exp(s_k - s_y) for k != y))", "log(1 + sum(exp(s_k - s_y) for k in indices(s)))"),
    ("log(1 + sum(exp(s_k - s_y) for k != y))", "log(1 + sum(exp(s_k - s_j) for k != y))"),
    ("(2*a*(s_j - s_y + Δ) if s_j > s_y - Δ else 0)", "2*a*(s_j - s_y + Δ)"),
    ("(1 if s_j > s_y else 0)", "(1 if s_j >= s_y else 0)"),
    ("W*v", "v*W"),
    ("W*v", "transpose(W)*v"),
    ("u*transpose(v)", "v*transpose(u)"),
    ("f(x) + f(z)", "f(x + z)"),
    ("floor(n/2)", "n/2"),
    ("exp(x)", "exp(x) + 10^(-60)*sqrt(2)"),
    ("sum(k^2 for k in range(1, n))", "n^2*(n + 1)^2/4"),
]
MISFITS = ("v*W", "transpose(W)*v")  # no keys


@pytest.mark.parametrize(("key", "answer"), EQUAL, ids=[answer for _, answer in EQUAL])
def test_other_forms_that_people_write_are_equal(key, answer):
    assert compared(tree(key, NAMES), tree(answer, NAMES), NAMES).outcome is Outcome.EQUAL


@pytest.mark.parametrize(("key", "answer"), DIFFERENT, ids=[answer for _, answer in DIFFERENT])
def test_what_only_looks_equal_is_different_both_ways_round(key, answer):
    for one, other in ((key, answer), (answer, key)) if answer not in MISFITS else ((key, answer),):
        verdict = compared(tree(one, NAMES), tree(other, NAMES), NAMES)
        assert verdict.outcome is Outcome.DIFFERENT
        assert verdict.certainty in (Certainty.EXACT, Certainty.CERTIFIED)
        assert verdict.reason.sentence().endswith(".")


@settings(max_examples=40, derandomize=True)
@given(CHOICES)
def test_every_formula_equals_itself(random):
    key = Writer(random).formula()
    assert compared(key, key, NAMES).outcome is Outcome.EQUAL


@settings(max_examples=40, derandomize=True)
@given(CHOICES)
def test_which_is_the_key_and_which_the_answer_makes_no_difference(random):
    key = Writer(random).formula()
    found = mutated(key, random)
    if found is not None:
        try:
            outcomes = {compared(*pair, NAMES).outcome for pair in ((key, found[0]), (found[0], key))}
        except Unfitting:  # a key whose own sizes do not fit
            return
        assert outcomes != {Outcome.EQUAL, Outcome.DIFFERENT}


def test_a_witness_is_a_point_at_which_both_values_can_be_checked_by_hand():
    verdict = compared(tree("x^2 - z", NAMES), tree("x^2 + z", NAMES), NAMES)
    found = dict(verdict.witness)
    x, z = int(found["x"].replace("−", "-")), int(found["z"].replace("−", "-"))
    assert (found["key"], found["given"]) == tuple(str(value).replace("-", "−") for value in (x**2 - z, x**2 + z))
    assert verdict.certainty is Certainty.EXACT


def test_the_share_of_the_cases_that_are_right_is_counted():
    key = tree("(2*a*(s_j - s_y + Δ) if s_j > s_y - Δ else 0)", NAMES)
    assert compared(key, tree("2*a*(s_j - s_y + Δ)", NAMES), NAMES).share == fmpq(1, 2)
    assert compared(key, tree("0", NAMES), NAMES).share == fmpq(1, 2)
    assert compared(key, tree("x", NAMES), NAMES).share == 0


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("x", "9^9^9^9"),
        ("x", "x + 9^9^9^9 - 9^9^9^9"),
        ("x", "sum(k for k in range(1, 10^9))"),
        ("x", "+".join(f"abs(x - {number})" for number in range(300))),
        ("x", "exp(" * 20 + "x" + ")" * 20),
        ("x", "sum(sum(sum(s_k*s_i*s_l for l in indices(s)) for i in indices(s)) for k in indices(s))"),
        ("x", "*".join(f"max(x, z, a, s_{index}, {number})" for number in range(20) for index in "yj")),
        ("x^1000", "(x^10)^100"),
        ("x", "x^(10^9)"),
        ("x", "1/(x - 1/(x - 1/(x - 1/(x - 1/(x - 1/(x - 1/x))))))"),
    ],
)
def test_a_hostile_answer_ends_by_counted_steps(key, answer):
    # The time is only a guard against hanging: what ends it are steps, which are the same on every machine.
    start = time.process_time()
    verdict = compared(tree(key, NAMES), tree(answer, NAMES), NAMES)
    assert time.process_time() - start < 2
    assert verdict.outcome is not Outcome.EQUAL or key == "x^1000"


def test_a_verdict_is_reached_for_a_formula_far_deeper_than_python_recurses():
    deep = name("x")
    for _ in range(2_000):
        deep = Node(Op.NEGATE, (deep,))
    assert compared(name("x"), deep, NAMES).outcome is Outcome.EQUAL


def test_what_has_no_value_at_a_point_is_left_to_a_person():
    assert compared(tree("O(n)", NAMES), tree("O(n)", NAMES), NAMES).outcome in (Outcome.UNDECIDED, Outcome.EQUAL)
    names = declared("n: real")
    assert compared(tree("O(n)", names), tree("O(n^2)", names), names).outcome is Outcome.UNDECIDED


VERDICTS = """
from random import Random
from tests.proof.mutating import mutated
from tests.proof.writing import NAMES, Writer
from tripos.proof.formula import compared
for seed in range(30):
    random = Random(seed)
    key = Writer(random).formula()
    print(compared(key, mutated(key, random)[0], NAMES))
"""


def test_the_same_pair_gets_the_same_verdict_and_witness_in_every_process():
    found = set()
    for seed in ("0", "4711"):
        here = {**os.environ, "PYTHONHASHSEED": seed}
        ran = subprocess.run([sys.executable, "-c", VERDICTS], check=True, capture_output=True, text=True, env=here)
        found.add(ran.stdout)
    assert len(found) == 1
