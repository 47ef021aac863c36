"""The student's reader under fire: a tree or a refusal and nothing else, typeset without error, the same every time."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.invariants import KINDS, calls, check, seeds, words

from tripos.language.kind import Kind
from tripos.language.student import MAX_CHARACTERS

SEEDS = list(dict.fromkeys(seeds()))
WORDS = words()
MOST_CALLS = 250_000  # some 50 ms
MINUTES = float(os.environ.get("FUZZ_MINUTES", "3"))


def test_there_is_something_to_begin_with():
    assert len(SEEDS) > 1_000
    assert {kind for _, kind in SEEDS} | {Kind.NETWORK, Kind.TEXT} == set(KINDS)


@pytest.mark.parametrize("part", range(4))
def test_every_committed_answer_keeps_the_rules_of_the_reader(part):
    for text, kind in SEEDS[part::4]:
        check(text, kind)


@settings(max_examples=300)
@given(st.randoms(use_true_random=False))
def test_what_is_half_typed_pasted_together_or_spoilt_keeps_them_too(random):
    check(*spoilt(random))


@settings(max_examples=150)
@given(st.text(max_size=60), st.sampled_from(KINDS))
def test_any_text_at_all_keeps_them(text, kind):
    check(text, kind)


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from([*WORDS, *"()[]{}|_^+-*/=<>,;:!.&\\$ 0123xyzsjΔ≤≠·√∑"]), max_size=25),
    st.sampled_from(KINDS),
)
def test_any_heap_of_words_and_signs_keeps_them(parts, kind):
    check("".join(parts), kind)


def spoilt(random):
    """An answer with something cut off, doubled, exchanged or put in."""
    text, kind = random.choice(SEEDS)
    text = text[:300]
    for _ in range(random.randint(1, 4)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.randint(0, 6))
        other = random.choice(SEEDS)[0][:120]
        text = random.choice(
            [
                text[:start],
                text[start:],
                text[:start] + text[end:],
                text[:end] + text[start:],
                text[:start] + random.choice(WORDS) + text[end:],
                text[:start] + random.choice("()[]{}|_^+-*/=<>,;:!.&\\$ ∑√≠½²₁·") + text[start:],
                text[:start] + other + text[end:],
            ]
        )
    return text, random.choice((kind, random.choice(KINDS)))


REPEATED = [
    "(", "[", "{", "|", "((", "-", "+", "1+", "x^", "x_", "_", "^", "\\frac", "\\frac{1}{", "\\sqrt", "\\left(", "\\begin{cases}", "\\\\", "&", "1,", "{,", "e^",
    "2x", "sin", "log ", "log(", "||", "‖", "∑", "\\sum_", "sum over ", "x ", "1 ", "s_", "½", "²", "x'", "∂", "∂L/∂", "\\partial ", "<", "!=", "if ", "x if x else ",
    "[[1,", "1x", "× ", ";", ":", "->", "x -> m = 1,", "𝔸", "́", "\\text{", "$", "\\,", "W^T", "W^{(1)}", "(x^(", "\\frac{(", "|(", "max((", "-(", "{(", "not (", "\\left(\\sqrt{", "x_{", "x^{(", "f'(", "sum(", "\\mathbb{1}", "O(", "$$", "\u202e", "\x00", "٣", "x⁻¹",
]  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Kind.NETWORK])  # which the author's door reads
def test_no_answer_costs_more_than_so_many_calls(kind):
    costs = {}
    for part in REPEATED:
        for text in ((part * MAX_CHARACTERS)[:MAX_CHARACTERS], (part * 40)[:MAX_CHARACTERS], part * 3 + "x" + ")" * 3):
            check(text, kind)
            costs[text[:20], len(text)] = calls(text, kind)
    assert {text: count for text, count in costs.items() if count > MOST_CALLS} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_longer_than_allowed_costs_nothing_however_long(kind):
    assert calls("(" * 10**6, kind) < 300
    assert check("1+" * 600 + "1", kind) is None


def test_reading_costs_the_same_every_time():
    # The first time, Python's own caches are filled.
    for text, kind in SEEDS[::97]:
        calls(text, kind)
        assert calls(text, kind) == calls(text, kind)


@pytest.mark.slow
def test_thousands_of_spoilt_answers_keep_the_rules_within_their_steps():
    random = Random(20261122)
    for number in range(30_000):
        text, kind = spoilt(random)
        check(text, kind)
        if number % 10 == 0:
            assert calls(text, kind) <= MOST_CALLS, (text, kind)


@pytest.mark.slow
def test_a_fuzzer_guided_by_coverage_finds_nothing_in_minutes(tmp_path):
    if not importlib.util.find_spec("atheris"):
        pytest.skip("atheris is not installed: pip install atheris (it has wheels for Linux only)")
    command = [sys.executable, "-m", "tests.fuzz.guided", str(round(MINUTES * 60)), str(tmp_path)]
    root = Path(__file__).parent.parent.parent
    ran = subprocess.run(command, check=False, cwd=root, capture_output=True, text=True, timeout=MINUTES * 60 + 300)
    left = [path.read_bytes() for path in tmp_path.glob("*-*")]
    assert ran.returncode == 0, (left, ran.stderr[-3_000:])
    assert "stat::number_of_executed_units" in ran.stderr
