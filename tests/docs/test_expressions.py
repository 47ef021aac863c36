"""The page on expressions, run: every row of its tables is worked out, and every word of the language stands there."""

from __future__ import annotations

import re

import pytest
from tests.docs.document import EXPRESSIONS, blocks, code, rows

from tripos.deep.conventions import CONVENTIONS
from tripos.deep.layers import LARGEST
from tripos.exam.definitions import definitions
from tripos.exam.draws import Lot, bound
from tripos.exam.engine import engine
from tripos.language import cursor, evaluator, plain, tokens
from tripos.language.kind import Kind
from tripos.language.names import Names
from tripos.language.reader import expression
from tripos.language.values import Value, kind_of
from tripos.language.vocabulary import BUILT_IN, DOMAINS
from tripos.pandoc import reading as pandoc
from tripos.problem import Place, TriposError

ENGINE = engine()


@pytest.fixture(scope="module")
def names() -> Names:
    """The names that the examples of the page know."""
    (block,) = blocks(EXPRESSIONS, "let")
    found, problems = definitions([(line, Place()) for line in block.text.split("\n")], ENGINE.vocabulary, {})
    assert problems == ()
    return bound(found, "", {}, Lot(), ENGINE)


def worked(text: str, names: Names) -> Value:
    return ENGINE.evaluator().value(expression(text, ENGINE.vocabulary, names), names).value


@pytest.mark.parametrize("row", rows(EXPRESSIONS, "expression", "value"), ids=lambda row: row["expression"])
def test_an_expression_comes_to_what_the_table_says(row: dict[str, str], names: Names) -> None:
    value = worked(code(row["expression"]), names)
    assert plain.of_value(value) == row["value"]
    assert row.get("kind") in (None, kind_of(value))


@pytest.mark.parametrize("row", rows(EXPRESSIONS, "refused", "why"), ids=lambda row: row["refused"])
def test_an_expression_is_refused_with_the_sentence_of_the_table(row: dict[str, str], names: Names) -> None:
    with pytest.raises(TriposError) as caught:
        worked(code(row["refused"]), names)
    problem = caught.value.problems[0]
    assert f"{problem.fact} {problem.remedy}".strip() == row["why"]


def test_every_function_stands_in_a_table_of_expressions() -> None:
    page = EXPRESSIONS.read_text("utf-8")
    examples = " ".join(row["expression"] for row in rows(EXPRESSIONS, "expression", "value"))
    for_graphs = {"value", "gradient"}  # a graph is a block, and no expression writes one
    functions = {*ENGINE.vocabulary.functions, *BUILT_IN}
    assert {word for word in functions - for_graphs if not re.search(rf"\b{word}\(", examples)} == set()
    assert {word for word in for_graphs if f"`{word}(graph, name)`" not in page} == set()


def test_every_kind_that_a_value_can_have_stands_in_the_table() -> None:
    stated = {row["kind"] for row in rows(EXPRESSIONS, "expression", "value", "kind")}
    assert stated == set(Kind) - {Kind.CHOICE, Kind.TEXT}


def test_every_infinite_set_stands_on_the_page() -> None:
    page = EXPRESSIONS.read_text("utf-8")
    assert [word for word in DOMAINS if f"`{word}`" not in page] == []


def test_every_convention_stands_in_the_table_with_its_sentence() -> None:
    stated = [tuple(row.values()) for row in rows(EXPRESSIONS, "convention")]
    assert [(code(name), code(value), sentence) for name, value, sentence in stated] == [
        (name, value, sentence) for name, choice in CONVENTIONS.items() for value, sentence in choice.sentences.items()
    ]


def test_the_bounds_of_expressions_are_those_of_the_code() -> None:
    stated = [int(row[""].replace(",", "")) for row in rows(EXPRESSIONS, "at most")]
    assert stated == [
        tokens.MAX_CHARACTERS,
        cursor.MAX_DEPTH,
        tokens.MAX_DIGITS,
        evaluator.STEPS,
        LARGEST,
        pandoc.LARGEST,
    ]
