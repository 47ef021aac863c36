"""The committed pairs: each gets the verdict that its author gave it, and its author was right.

What a pair means is worked out a second time by `meaning`, which knows nothing of Tripos: where a pair says equal, no
point tells the two apart; where it says different, one does.
"""

import json
import subprocess
import sys
from collections import Counter

import pytest
from tests.proof import meaning
from tests.proof.asked import FILES, KINDS, every_pair, pairs, verdict

from tripos.problem import TriposError
from tripos.proof.verdict import Outcome

RELATIONS = ("equation", "inequality")
DECIDED = ("equal", "different")
SYMMETRIC = ("formula", "inequality", "equation", "set", "vector", "matrix", "interval", "order")


@pytest.mark.parametrize("name", FILES)
def test_every_pair_gets_the_verdict_that_it_deserves(name):
    found = [(pair, verdict(pair).verdict.outcome.value) for pair in pairs(name)]
    wrong = [
        f"{pair.name} {pair.key!r}, {pair.response!r}: {outcome}, not {' or '.join(pair.verdicts)}"
        for pair, outcome in found
        if outcome not in pair.verdicts
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", FILES)
def test_no_wrong_answer_is_accepted_and_no_right_one_rejected(name):
    # Weaker than the test above, and the one that may never fail: what is not decided goes to a person.
    opposite = {"equal": "different", "different": "equal"}
    for pair in pairs(name):
        outcome = verdict(pair).verdict.outcome.value
        assert outcome in pair.verdicts or opposite.get(outcome) not in pair.verdicts, (pair.name, pair.response)


@pytest.mark.parametrize("name", FILES)
def test_key_and_answer_may_change_places(name):
    for pair in pairs(name):
        if pair.kind not in SYMMETRIC or pair.line["verdict"] not in DECIDED or "one-way" in pair.line:
            continue
        try:
            crossed = verdict(pair, swapped=True).verdict.outcome
        except TriposError:
            assert pair.line["verdict"] == "different", pair.name  # what cannot be a key is at least not the key
            continue
        assert crossed is verdict(pair).verdict.outcome, (pair.name, pair.key, pair.response)


def test_a_wrong_answer_comes_back_with_a_reason_and_a_formula_with_a_place_where_one_sees_it():
    for pair in every_pair():
        found = verdict(pair).verdict
        if found.outcome is Outcome.DIFFERENT:
            assert found.reason.code, pair.name


def test_the_same_pair_gets_the_same_verdict_twice():
    for pair in pairs("classes"):
        assert verdict(pair).verdict == verdict(pair).verdict, pair.name


def test_the_command_says_the_same_of_a_batch_in_the_same_order(tmp_path):
    chosen = list(every_pair())
    batch = tmp_path / "pairs.jsonl"
    fields = ("key", "response", "kind", "form", "where")
    lines = [{field: pair.line[field] for field in fields if field in pair.line} for pair in chosen]
    batch.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "tripos.cli.main", "same", "--batch", str(batch)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    said = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(said) == len(chosen), ran.stderr
    wrong = [(pair.name, line) for pair, line in zip(chosen, said, strict=True) if line["verdict"] not in pair.verdicts]
    assert not wrong
    decided = [line for line in said if line["verdict"] in DECIDED]
    assert all(line["certainty"] in ("exact", "certified", "normal form", "sampled") for line in decided)


@pytest.mark.parametrize("name", FILES)
def test_the_author_of_a_pair_was_right(name):
    for pair in pairs(name):
        if pair.means:
            key, response = pair.means
            assert ("different" if told_apart(pair, key, response) else "equal") in pair.verdicts, pair.name


def told_apart(pair, key, response):
    """Whether some point tells the two apart; points that say nothing do not count, and some must say something."""
    telling = 0
    for names in points_for(pair, key + response):
        left, right = meaning.value(key, names), meaning.value(response, names)
        if meaning.TOO_LARGE in (left, right):
            continue
        telling += 1
        if pair.kind in RELATIONS:
            left, right = left is True, right is True  # where it is undefined it does not hold
        if not meaning.near(left, right):
            return True
    assert telling >= (1 if not pair.where else 10), pair.name
    return False


def points_for(pair, seed):
    if pair.kind in RELATIONS:
        return meaning.lattice(pair.where, limit=20_000)
    count = 1 if not pair.where else 300 if "different" in pair.verdicts else 60
    return meaning.points(pair.where, count, seed)


def test_there_are_enough_pairs_of_every_kind_both_equal_and_not():
    kinds = Counter((pair.kind, outcome) for pair in every_pair() for outcome in pair.verdicts)
    for kind in KINDS:
        assert kinds[kind.value, "equal"] >= 4, kind
        assert kinds[kind.value, "different"] >= 4, kind


def test_every_pair_says_where_it_comes_from_and_cited_ones_name_repository_and_file():
    for pair in every_pair():
        assert pair.source, pair.name
        if pair.name.startswith("cited"):
            repository, path, *_ = pair.source.split()
            assert repository.count("/") == 1 and "." in path, pair.name


def test_no_pair_is_there_twice():
    seen = Counter(json.dumps([pair.key, pair.response, pair.kind, pair.where, pair.form]) for pair in every_pair())
    assert max(seen.values()) == 1
