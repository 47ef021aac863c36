"""What keys rest on: a computation by named rules, a look at every case, or the word of their author."""

import pytest

from tripos.exam.key import keys
from tripos.exam.reading import read
from tripos.exam.variant import variant
from tripos.proof.evidence import Evidence, Sort

TOP = "---\ntitle: Trial\n---\n\n```let\nnet = 3x8x8 -> CONV3-4\nholds = always(x > 0 for x in {1, 2})\n```\n\n## A {#a points=1}\n\n"


def evidence(body):
    return keys(variant(read(TOP + body).whole())).whole()[0].evidence


@pytest.mark.parametrize(
    ("asked", "sort", "rules"),
    [
        ("always(x > 0 for x in {1, 2})", Sort.PROOF, ("always",)),
        ("always(x > 1 for x in {1, 2})", Sort.COUNTEREXAMPLE, ("always",)),
        ("never(x > 2 for x in {1, 2})", Sort.PROOF, ("never",)),
        ("never(x > 1 for x in {1, 2})", Sort.COUNTEREXAMPLE, ("never",)),
        ("sometimes(x > 1 for x in {1, 2})", Sort.EXAMPLE, ("sometimes",)),
        ("sometimes(x > 2 for x in {1, 2})", Sort.PROOF, ("sometimes",)),
        ("holds", Sort.PROOF, ("always",)),
        ("not holds", Sort.EXACT_COMPUTATION, ("always",)),
        ("parameters(net)", Sort.EXACT_COMPUTATION, ("parameters", "biases", "weights", "volume")),
        ("parameters(net) = 112", Sort.EXACT_COMPUTATION, ("parameters", "biases", "weights", "volume")),
    ],
)
def test_the_evidence_of_a_computed_key_is(asked, sort, rules):
    found = evidence(f"`? {asked}`\n")
    assert found.sort is sort
    assert set(found.rules) == set(rules) and found.rules[0] == rules[0]


def test_a_typed_key_is_the_statement_of_its_author_with_the_reason_given():
    assert evidence('`? 3`{because="it is so"}\n') == Evidence(Sort.STATEMENT, "it is so")


def test_a_choice_rests_on_its_options_and_not_on_the_one_that_negates_them():
    found = evidence("- `? keeps_size(CONV3)` A\n- `? keeps_size(CONV5-p0)` B\n- `? none` C\n")
    assert found == Evidence(Sort.EXACT_COMPUTATION, "", ("keeps_size",))


def test_a_choice_with_one_typed_option_is_a_statement():
    found = evidence('- `? keeps_size(CONV3)` A\n- `? true`{because="so it is"} B\n')
    assert found == Evidence(Sort.STATEMENT, "so it is")
