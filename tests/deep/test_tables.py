"""The worked tables: what each expression comes to, out of which working, and what is refused in which words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tripos.deep.vocabulary import VOCABULARY, answer
from tripos.language.evaluator import Evaluator
from tripos.language.reader import expression
from tripos.language.tree import Node, Op, fold
from tripos.problem import TriposError

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def stated(row: dict[str, str]) -> dict[str, str]:
    return {"pooling": row["pooling"]} if "pooling" in row else {}


@pytest.mark.parametrize("row", rows("workings.jsonl"), ids=lambda row: row["expression"])
def test_the_working_is_what_people_would_write(row: dict[str, str]) -> None:
    worked = answer(row["expression"], stated(row))
    by_hand = expression(row["working"], VOCABULARY, {})
    assert flat(worked.tree) == flat(by_hand)
    assert Evaluator(VOCABULARY).value(worked.tree).value == worked.value


@pytest.mark.parametrize("row", rows("refusals.jsonl"), ids=lambda row: row["expression"])
def test_a_fault_says_what_is_so_and_what_to_do(row: dict[str, str]) -> None:
    with pytest.raises(TriposError) as caught:
        answer(row["expression"], stated(row))
    (problem,) = caught.value.problems
    assert f"{problem.fact} {problem.remedy}".strip() == row["says"]


def test_a_long_code_is_not_repeated_whole() -> None:
    with pytest.raises(TriposError) as caught:
        answer("CONV3-" + "9" * 3000)
    assert len(caught.value.problems[0].fact) < 200


def flat(root: Node) -> Node:
    """The tree without its layers' brackets: a truth as a given value, a sum of sums as one sum."""

    def rule(node: Node, args: object) -> Node:
        parts = tuple(args)  # type: ignore[call-overload]
        if node.op in (Op.TRUTH, Op.GIVEN):
            return Node(Op.GIVEN, value=node.value)
        if node.op is Op.ADD:
            parts = tuple(inner for part in parts for inner in (part.args if part.op is Op.ADD else (part,)))
        return Node(node.op, parts, node.value)

    return fold(root, rule)
