"""Typesetting on one line and in LaTeX: the table, the way back through the reader, and that no operation lacks a row."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import cast

import pypandoc
import pytest
from flint import fmpq
from hypothesis import given
from tests.language.samples import NAMES, ROWS, Row, numbers, read, trees

from tripos.language import arithmetic, grouping, latex, mathml, plain, source, tree
from tripos.language.constant import Constant, Number, exponential, logarithm, pi, root
from tripos.language.evaluator import Evaluator
from tripos.language.notation import constant_tree
from tripos.language.tree import Node, Op, Relation
from tripos.language.values import (
    Collection,
    Domain,
    Formula,
    Interval,
    Labels,
    Mask,
    Order,
    Shape,
    Subject,
    Tensor,
    Undecided,
    Undefined,
    Value,
)
from tripos.language.vocabulary import QUANTIFIERS, REDUCTIONS

STYLES = [source, plain, latex, mathml]
TWO, THREE = fmpq(2), fmpq(3)


class Thing(Subject):
    __slots__ = ()

    def __str__(self) -> str:
        return "3x32x32 -> A & B_{1}"


def sum_of(*terms: Number) -> Number:
    return arithmetic.OPERATIONS[Op.ADD](*terms)


def product_of(*factors: Number) -> Number:
    return arithmetic.OPERATIONS[Op.MULTIPLY](*factors)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.why)
def test_an_expression_is_typeset_as_people_write_it(row: Row) -> None:
    node = read(row.text)
    assert (source.of(node), plain.of(node), latex.of(node)) == (row.source, row.plain, row.latex)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.why)
def test_the_source_of_the_table_is_read_as_the_same_tree(row: Row) -> None:
    assert normal(read(row.source)) == normal(read(row.text))


@given(trees())
def test_the_source_of_any_tree_is_read_as_the_same_tree(node: Node) -> None:
    assert normal(read(source.of(node))) == normal(node)


@given(numbers())
def test_no_style_writes_two_signs_in_a_row(node: Node) -> None:
    assert not any(pair in source.of(node) for pair in ("--", "+-", "*-", "/-", "- -", "+ -"))
    assert not any(pair in plain.of(node) for pair in ("−−", "·−", "/−", "− −", "+ −"))
    assert "-" not in plain.of(node)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
def test_no_operation_lacks_a_row(style: ModuleType) -> None:
    assert set(style.TABLE) == set(Op)


@pytest.mark.parametrize("grips", [grouping.SOURCE, grouping.PAPER, grouping.DRAWN], ids=["source", "paper", "drawn"])
def test_no_operation_lacks_its_grip(grips: grouping.Grips) -> None:
    assert set(grips) == set(Op)


@pytest.mark.parametrize("style", [plain, latex, mathml], ids=lambda style: style.__name__)
def test_no_set_and_no_binder_lacks_its_sign(style: ModuleType) -> None:
    assert set(style.DOMAINS) == {domain.value for domain in Domain}
    assert set(style.REDUCED) | set(plain.QUANTIFIED) == REDUCTIONS | QUANTIFIERS


@pytest.mark.parametrize("style", [plain, latex], ids=lambda style: style.__name__)
def test_no_relation_lacks_its_sign(style: ModuleType) -> None:
    assert set(style.RELATIONS) == set(Relation)


@pytest.mark.parametrize(
    ("value", "in_source", "in_plain", "in_latex"),
    [
        (fmpq(224), "224", "224", "224"),
        (fmpq(-7), "-7", "−7", "-7"),
        (fmpq(-1, 4), "-1/4", "−1/4", r"-\frac{1}{4}"),
        (True, "true", "true", r"\text{true}"),
        (Shape((8, 32, 32)), "8x32x32", "8×32×32", r"8 \times 32 \times 32"),
        (Shape((10,)), "10", "10", "10"),
        (Shape(()), "()", "()", "()"),
        (Tensor((2,), (TWO, fmpq(1, 2))), "[2, 1/2]", "[2, 1/2]", r"\begin{bmatrix} 2 & \frac{1}{2} \end{bmatrix}"),
        (Tensor((2, 1), (TWO, THREE)), "[2; 3]", "[2; 3]", r"\begin{bmatrix} 2 \\ 3 \end{bmatrix}"),
        (Mask((1, 2), (TWO - 2, TWO - 1)), "mask([0, 1])", "[0, 1]", r"\begin{bmatrix} 0 & 1 \end{bmatrix}"),
        (Collection((TWO, Shape((3, 4)))), "{2, 3x4}", "{2, 3×4}", r"\{2, 3 \times 4\}"),
        (Collection((Collection((TWO,)),)), "{{2}}", "{{2}}", r"\{\{2\}\}"),
        (Collection(()), "{}", "{}", r"\{\}"),
        (Formula(tree.power(tree.name("x"), tree.number(2))), "x^2", "x^2", "x^{2}"),
        (Undefined("division by zero"), "undefined", "undefined", r"\text{undefined}"),
        (Undecided("nobody knows"), "undecided", "undecided", r"\text{undecided}"),
        (Interval(None, TWO, (False, True)), "(-∞, 2]", "(−∞, 2]", r"(-\infty, 2]"),
        (Order(tree.name("n")), "O(n)", "O(n)", "O(n)"),
        (Order(tree.name("n"), exact=True), "Theta(n)", "Θ(n)", r"\Theta(n)"),
        (Labels(((("x", "m"), TWO - 3),)), "labels(x -> m = -1)", "x → m: −1", r"x \to m\colon -1"),
        (Domain.REALS, "reals", "ℝ", r"\mathbb{R}"),
        ("max", '"max"', "max", r"\text{max}"),
        ('a "b"', '"a ”b”"', 'a "b"', r'\text{a "b"}'),
        (Thing(), "3x32x32 -> A & B_{1}", "3x32x32 -> A & B_{1}", r"\text{3x32x32 -> A \& B\_\{1\}}"),
    ],
)
def test_a_value_is_typeset(value: Value, in_source: str, in_plain: str, in_latex: str) -> None:
    assert source.of_value(value) == in_source
    assert plain.of_value(value) == in_plain
    assert latex.of_value(value) == in_latex


SIGMOID = cast(Number, arithmetic.sigmoid(TWO))
CONSTANTS: Sequence[tuple[Number, str, str]] = [
    (product_of(fmpq(40), logarithm(TWO)), "40·ln 2", r"40 \ln 2"),
    (logarithm(fmpq(8)), "3·ln 2", r"3 \ln 2"),
    (logarithm(fmpq(10)), "ln 10", r"\ln 10"),
    (logarithm(fmpq(1, 10)), "−ln 10", r"-\ln 10"),
    (logarithm(fmpq(3, 2)), "ln(3/2)", r"\ln\left( \frac{3}{2} \right)"),
    (logarithm(fmpq(997 * 1009 * 1013)), "ln 997 + ln 1009 + ln 1013", r"\ln 997 + \ln 1009 + \ln 1013"),
    (product_of(fmpq(-1, 2), logarithm(TWO)), "−(ln 2)/2", r"-\frac{\ln 2}{2}"),
    (product_of(logarithm(TWO), logarithm(TWO)), "(ln 2)^2", r"(\ln 2)^{2}"),
    (sum_of(fmpq(1), logarithm(TWO)), "1 + ln 2", r"1 + \ln 2"),
    (exponential(fmpq(1)), "e", "e"),
    (exponential(TWO), "e^2", "e^{2}"),
    (exponential(fmpq(-1, 2)), "e^(−1/2)", r"e^{-\frac{1}{2}}"),
    (sum_of(exponential(fmpq(1)), fmpq(-1)), "e − 1", "e - 1"),
    (root(TWO, fmpq(1, 2)), "√2", r"\sqrt{2}"),
    (root(fmpq(1, 6), fmpq(1, 2)), "√6/6", r"\frac{\sqrt{6}}{6}"),
    (root(fmpq(12), fmpq(1, 2)), "2·√3", r"2 \sqrt{3}"),
    (root(fmpq(4), fmpq(1, 3)), "2^(2/3)", r"2^{\frac{2}{3}}"),
    (product_of(fmpq(3, 4), pi()), "3·π/4", r"\frac{3 \pi}{4}"),
    (SIGMOID, "1/(1 + e^−2)", r"\frac{1}{1 + e^{-2}}"),
    (sum_of(SIGMOID, fmpq(-1)), "1/(1 + e^−2) − 1", r"\frac{1}{1 + e^{-2}} - 1"),
]


@pytest.mark.parametrize(("value", "in_plain", "in_latex"), CONSTANTS, ids=[text for _, text, _ in CONSTANTS])
def test_a_constant_is_typeset_and_its_source_has_the_same_value(value: Number, in_plain: str, in_latex: str) -> None:
    assert isinstance(value, Constant)
    assert plain.of_value(value) == in_plain
    assert latex.of_value(value) == in_latex
    assert Evaluator().value(read(source.of_value(value)), NAMES).value == value
    assert source.of(Node(Op.GIVEN, value=value)) == source.of(constant_tree(value))


def test_a_decimal_that_never_ends_is_written_as_a_fraction() -> None:
    assert plain.of(Node(Op.DECIMAL, value=fmpq(1, 3))) == "1/3"


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
@pytest.mark.parametrize(
    "grown",
    [
        lambda x: Node(Op.NEGATE, (x,)),
        lambda x: tree.power(x, x.args[1] if x.args else x),
        lambda x: tree.power(tree.number(2), x),
        lambda x: Node(Op.IF, (tree.name("c"), tree.number(1), x)),
        lambda x: Node(Op.ADD, (x, tree.number(1))),
    ],
    ids=["negatives", "powers", "towers", "cases", "sums"],
)
def test_a_tree_of_any_depth_is_typeset(style: ModuleType, grown: Callable[[Node], Node]) -> None:
    node = tree.name("x")
    for _ in range(5_000):
        node = grown(node)
    assert len(style.of(node)) > 5_000


@given(trees())
def test_no_brace_and_no_fence_is_left_open(node: Node) -> None:
    text = latex.of(node)
    assert text.count("{") == text.count("}")
    assert text.count(r"\left") == text.count(r"\right")


def test_pandoc_reads_all_of_our_latex_without_a_warning() -> None:
    values = [latex.of_value(value) for value, _, _ in CONSTANTS]
    text = "\n\n".join(f"$${formula}$$" for formula in [*(row.latex for row in ROWS), *values])
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=html", "--mathml"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.count("<math ") == len(ROWS) + len(CONSTANTS)


def normal(root: Node) -> Node:
    """The tree with the differences taken out that the author's notation cannot tell, nor needs to."""
    return tree.fold(root, _normal)


def _normal(node: Node, args: Sequence[Node]) -> Node:
    if node.op is Op.NUMBER:
        value = cast(fmpq, node.value)
        size = tree.number(abs(int(value.p)))
        whole = size if value.q == 1 else tree.divide(size, tree.number(int(value.q)))
        return tree.negate(whole) if value < 0 else whole
    if node.op is Op.DECIMAL and cast(fmpq, node.value) < 0:
        return tree.negate(Node(Op.DECIMAL, value=-cast(fmpq, node.value)))
    if node.op in arithmetic.OPERATIONS or node.op is Op.HADAMARD:
        args = [Node(Op.MULTIPLY, arg.args) if arg.op is Op.DIMS else arg for arg in args]
    match node.op:
        case Op.NEGATE:
            return tree.negate(args[0])
        case Op.MULTIPLY | Op.DIVIDE | Op.HADAMARD:
            bare = [arg.args[0] if arg.op is Op.NEGATE else arg for arg in args]
            odd = sum(arg.op is Op.NEGATE for arg in args) % 2
            whole = tree.multiply(*bare) if node.op is Op.MULTIPLY else Node(node.op, tuple(bare))
            return tree.negate(whole) if odd else whole
        case Op.DIMS | Op.TUPLE:
            return Node(Op.TUPLE, tuple(args))
        case _:
            return tree.rebuilt(node, args)


def test_a_step_in_an_index_is_typeset_in_every_style() -> None:
    node = tree.name("h_{t-1}^(2)")
    assert (source.of(node), plain.of(node), latex.of(node)) == ("h_{t-1}^(2)", "h_{t−1}^(2)", "h_{t-1}^{(2)}")
    assert "<mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow>" in mathml.of(node)
    assert plain.of(tree.name("a_{tau+1}")) == "a_{τ+1}"
    assert latex.of(tree.name("a_{tau+1}")) == r"a_{\tau+1}"
    assert plain.of(Node(Op.ENTRY, (tree.name("h_{t-1}"), tree.name("j")))) == "h_{t−1}[j]"
