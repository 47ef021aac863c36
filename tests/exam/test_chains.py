"""Chains of definitions: each name is looked at once, however often the next line uses it."""

import time

import pytest

from tripos.exam.definitions import LOST, expanded, rests_on_lost
from tripos.exam.key import keys
from tripos.exam.reading import read
from tripos.exam.variant import variant
from tripos.language.names import Shared
from tripos.language.tree import add, name
from tripos.language.worked import exactly
from tripos.review import check_text

LINES = 40


def chain(step, first="x0 = 1"):
    lines = [first, *(f"x{index + 1} = {step.format(f'x{index}')}" for index in range(LINES))]
    body = "\n".join(lines)
    return (
        f"---\ntitle: T\n---\n\n## Q {{#q points=1}}\n\n```let\n{body}\n```\n\n`? x{LINES}`{{because=x}} `= x{LINES}`\n"
    )


@pytest.mark.parametrize(
    "step", ["{0} + {0} - {0}", "{0} + {0}", "{0} if {0} = {0} else {0}", "max({0}, {0})", "{0}/{0}"]
)
def test_a_chain_of_forty_names_that_use_the_one_before_is_read_and_checked_at_once(step):
    begin = time.perf_counter()
    exam = read(chain(step)).whole()
    assert len(keys(variant(exam)).whole()) == 1
    assert check_text(chain(step)).errors == ()
    assert time.perf_counter() - begin < 5


def test_a_chain_of_formulas_that_grows_too_long_is_one_error_at_its_line():
    found = read(chain("{0} + {0} - {0}", "x0 : real")).problems
    assert len(found) == 1
    assert "parts" in found[0].fact
    assert 7 < found[0].place.line < 30


def test_the_definitions_behind_an_expression_are_walked_once_each():
    names = {"x0": exactly(1)}
    for index in range(1_000):
        last = name(f"x{index}")
        names = {**names, f"x{index + 1}": Shared(add(last, last), names)}
    assert sum(1 for _ in expanded(name("x1000"), names)) == 1 + 3 * 1_000
    assert not rests_on_lost(name("x1000"), names)


def test_what_is_lost_is_found_at_the_end_of_a_chain():
    names = {"x0": LOST}
    names |= {"x1": Shared(add(name("x0"), name("x0")), dict(names))}
    assert rests_on_lost(name("x1"), names)
