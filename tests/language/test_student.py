"""The student's door: what people write for each kind of gap, and that nothing is half-read."""

import pytest

from tripos.deep import VOCABULARY
from tripos.language import source
from tripos.language.evaluator import Budget, Evaluator
from tripos.language.kind import Kind
from tripos.language.names import domain
from tripos.language.reader import expression
from tripos.language.student import READ, other_reading, read
from tripos.language.tree import Callee, Node, Op, Relation, name, number
from tripos.language.vocabulary import Vocabulary
from tripos.problem import TriposError

ARITHMETIC = Vocabulary()
SIZES = {word: domain("positive integer") for word in ("m", "n", "d", "H", "W")}
LETTERS = {word: domain("positive") for word in ("a", "b", "Δ")} | {"x": domain("real")} | SIZES


def value(text, kind):
    return source.of_value(Evaluator(budget=Budget(5_000)).value(read(text, ARITHMETIC, {}, kind)).value)


def spelt(text, kind):
    names = SIZES if kind is Kind.SHAPE else LETTERS
    return source.of(read(text, ARITHMETIC, names, kind))


def test_every_kind_has_a_way_to_be_read():
    assert set(READ) == set(Kind)


NUMBERS = [
    ("224", "224"),
    (" 224 ", "224"),
    ("8×3×3×3+8", "224"),
    ("8 x 3 x 3 x 3 + 8", "224"),
    ("8X3X3X3+8", "224"),
    ("8*3^3 + 8", "224"),
    ("8·27 + 8", "224"),
    (r"8 \cdot 3 \times 3^{2} + 8", "224"),
    ("2⁵·7", "224"),
    ("2^5·7", "224"),
    ("２２４", "224"),
    ("= 224", "224"),
    ("x = 224", "224"),
    ("L(W) = 224", "224"),
    (r"\text{224}", "224"),
    ("$224$", "224"),
    ("224.", "224"),
    ("16x32x32", "16384"),
    ("16 × 32 × 32", "16384"),
    ("(8 + 1)x3", "27"),
    ("8 (1 + 2)", "24"),
    ("2^10x3", "3072"),
    ("1,769,472", "1769472"),
    ("1 769 472", "1769472"),
    ("1\u202f769\u202f472", "1769472"),
    (r"1{,}769{,}472", "1769472"),
    (r"1\,769\,472", "1769472"),
    ("524 544", "524544"),
    ("24,576 + 1", "24577"),
    ("3,125", "3125"),
    ("1,000.5", "2001/2"),
    ("0,5", "1/2"),
    ("1,23", "123/100"),
    ("1,5·10^6", "1500000"),
    ("1e6", "1000000"),
    ("1E6", "1000000"),
    ("1.5·10^6", "1500000"),
    ("1.5 x 10^6", "1500000"),
    ("10⁶", "1000000"),
    ("2.5e-1", "1/4"),
    ("−1/4", "-1/4"),
    ("–0.25", "-1/4"),
    ("+3", "3"),
    ("-0.25", "-1/4"),
    ("½", "1/2"),
    ("-¼", "-1/4"),
    ("2½", "5/2"),
    ("50%", "1/2"),
    (r"50\%", "1/2"),
    (r"\frac{1}{4}", "1/4"),
    (r"-\frac14", "-1/4"),
    ("8÷2", "4"),
    ("√4", "2"),
    (r"\sqrt{2}/2", "sqrt(2)/2"),
    ("40 ln(2)", "40*ln(2)"),
    ("40 ln 2", "40*ln(2)"),
    (r"40\ln 2", "40*ln(2)"),
    ("max(1,200)", "200"),
    (r"\max\{1, 200\}", "200"),
    ("|-3|", "3"),
    ("⌊7/2⌋", "3"),
    ("e^0", "1"),
]
OTHERS = [
    ("8x32x32", Kind.SHAPE, "8x32x32"),
    ("8 × 32 × 32", Kind.SHAPE, "8x32x32"),
    ("8 X 32 X 32", Kind.SHAPE, "8x32x32"),
    ("8*32*32", Kind.SHAPE, "8x32x32"),
    ("8·32·32", Kind.SHAPE, "8x32x32"),
    ("(8, 32, 32)", Kind.SHAPE, "8x32x32"),
    ("8, 32, 32", Kind.SHAPE, "8x32x32"),
    ("[8, 32, 32]", Kind.SHAPE, "8x32x32"),
    ("8 by 32 by 32", Kind.SHAPE, "8x32x32"),
    (r"8 \times 32 \times 32", Kind.SHAPE, "8x32x32"),
    (r"\mathbb{R}^{8 \times 32 \times 32}", Kind.SHAPE, "8x32x32"),
    ("256", Kind.SHAPE, "256"),
    ("True", Kind.TRUTH, "true"),
    (" f ", Kind.TRUTH, "false"),
    (r"\text{true}", Kind.TRUTH, "true"),
    ("[0, 1; 1, 0]", Kind.MATRIX, "[0, 1; 1, 0]"),
    ("[[0, 1], [1, 0]]", Kind.MATRIX, "[0, 1; 1, 0]"),
    ("[0 1; 1 0]", Kind.MATRIX, "[0, 1; 1, 0]"),
    ("[[0 1] [1 0]]", Kind.MATRIX, "[0, 1; 1, 0]"),
    ("[0, 1]\n[1, 0]", Kind.MATRIX, "[0, 1; 1, 0]"),
    ("((0, 1), (1, 0))", Kind.MATRIX, "[0, 1; 1, 0]"),
    ("A = [0 1; 1 0]", Kind.MATRIX, "[0, 1; 1, 0]"),
    (r"\begin{bmatrix} 0 & 1 \\ 1 & 0 \end{bmatrix}", Kind.MATRIX, "[0, 1; 1, 0]"),
    (r"\begin{pmatrix} 0 & 1 \\ 1 & 0 \\ \end{pmatrix}", Kind.MATRIX, "[0, 1; 1, 0]"),
    (r"\left[\begin{array}{cc} 0 & 1 \\ 1 & 0 \end{array}\right]", Kind.MATRIX, "[0, 1; 1, 0]"),
    ("0 1; 1 0", Kind.MASK, "[0, 1; 1, 0]"),
    ("0 1\n1 0", Kind.MASK, "[0, 1; 1, 0]"),
    ("1/2, -3\n4, 5", Kind.MATRIX, "[1/2, -3; 4, 5]"),
    ("0 -¼; ½ 1", Kind.MATRIX, "[0, -1/4; 1/2, 1]"),
    ("(256,)", Kind.SHAPE, "256"),
    ("[1 -2; 3 4]", Kind.MATRIX, "[1, -2; 3, 4]"),
    ("[1, 2]", Kind.VECTOR, "[1, 2]"),
    ("(1, 2)", Kind.VECTOR, "[1, 2]"),
    ("(1, 2)^T", Kind.VECTOR, "[1, 2]"),
    ("[1; 2]", Kind.VECTOR, "[1, 2]"),
    ("1 2", Kind.VECTOR, "[1, 2]"),
    ("1 -2", Kind.VECTOR, "[1, -2]"),
    ("1, 1/2", Kind.VECTOR, "[1, 1/2]"),
    ("1\n2", Kind.VECTOR, "[1, 2]"),
    ("x = (1, 2)", Kind.VECTOR, "[1, 2]"),
    (r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}", Kind.VECTOR, "[1, 2]"),
    ("{3, 1}", Kind.SET, "{3, 1}"),
    (r"\{3, 1\}", Kind.SET, "{3, 1}"),
    ("3, 1", Kind.SET, "{3, 1}"),
    ("3 and 1", Kind.SET, "{3, 1}"),
    ("3; 1", Kind.SET, "{3, 1}"),
    ("S = {3, 1}", Kind.SET, "{3, 1}"),
    ("{3}", Kind.SET, "{3}"),
    ("it  doesn't matter", Kind.WORD, '"it doesn\'t matter"'),
    (r"\text{it doesn't matter}", Kind.WORD, '"it doesn\'t matter"'),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_a_number_is_read_however_it_is_written(text, expected):
    assert value(text, Kind.NUMBER) == expected


@pytest.mark.parametrize(("text", "kind", "expected"), OTHERS)
def test_what_people_write_is_read_for_the_kind_of_the_gap(text, kind, expected):
    assert value(text, kind) == expected


def test_a_single_length_is_a_shape_and_not_a_number():
    assert read("256", ARITHMETIC, {}, Kind.SHAPE) == Node(Op.DIMS, (number(256),))


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("m × 1", Kind.SHAPE, "(m, 1)"),
        ("(m, 1)", Kind.SHAPE, "(m, 1)"),
        ("mx1", Kind.SHAPE, "(m, 1)"),
        ("n x d", Kind.SHAPE, "(n, d)"),
        ("nxd", Kind.SHAPE, "(n, d)"),
        ("n by d", Kind.SHAPE, "(n, d)"),
        (r"\mathbb{R}^{m \times n}", Kind.SHAPE, "(m, n)"),
        (r"W \in \mathbb{R}^{m \times n}", Kind.SHAPE, "(m, n)"),
        ("ℝ^{m×n}", Kind.SHAPE, "(m, n)"),
        ("R^(m x n)", Kind.SHAPE, "(m, n)"),
        ("2n × d", Kind.SHAPE, "(2*n, d)"),
        ("H/2 × W/2", Kind.SHAPE, "(H/2, W/2)"),
        ("n+1 × d", Kind.SHAPE, "(n + 1, d)"),
        ("(2*n, d)", Kind.SHAPE, "(2*n, d)"),
        ("b = 2aΔ", Kind.EQUATION, "b = 2*a*Δ"),
        (r"2a\Delta = b", Kind.EQUATION, "2*a*Δ = b"),
        ("a = b = Δ", Kind.EQUATION, "a = b = Δ"),
        ("a = 1/2 and b = 1", Kind.EQUATION, "a = 1/2 and b = 1"),
        ("a = 1/2, b = 1", Kind.EQUATION, "a = 1/2 and b = 1"),
        ("a = 1/2; b = 1", Kind.EQUATION, "a = 1/2 and b = 1"),
        ("a = 1/2\nb = 1", Kind.EQUATION, "a = 1/2 and b = 1"),
        ("a = ½ ∧ b = 1", Kind.EQUATION, "a = 1/2 and b = 1"),
        (r"\begin{cases} a = 1/2 \\ b = 1 \end{cases}", Kind.EQUATION, "a = 1/2 and b = 1"),
        ("x > 2", Kind.INEQUALITY, "x > 2"),
        ("0 < x ≤ 1", Kind.INEQUALITY, "0 < x <= 1"),
        (r"x \in (0, 1]", Kind.INEQUALITY, "0 < x <= 1"),
        ("x ∈ ]0, 1]", Kind.INEQUALITY, "0 < x <= 1"),
        ("x in (0, 1]", Kind.INEQUALITY, "0 < x <= 1"),
        ("x ∈ (2, ∞)", Kind.INEQUALITY, "2 < x"),
        ("x ∈ (-∞, 2]", Kind.INEQUALITY, "x <= 2"),
        ("x > 2 or x < -2", Kind.INEQUALITY, "x > 2 or x < -2"),
        ("x > 2 ∨ x < −2", Kind.INEQUALITY, "x > 2 or x < -2"),
        ("x ∈ (-∞, -2) ∪ (2, ∞)", Kind.INEQUALITY, "x < -2 or 2 < x"),
        ("x < 1, x > 0", Kind.INEQUALITY, "x < 1 and x > 0"),
        ("|x| < 1", Kind.INEQUALITY, "abs(x) < 1"),
        (r"\left|x\right| \lt 1", Kind.INEQUALITY, "abs(x) < 1"),
        ("x ≠ 0", Kind.INEQUALITY, "x != 0"),
        ("[0, 1)", Kind.INEQUALITY, "[0, 1)"),
        ("[0, 1)", Kind.INTERVAL, "[0, 1)"),
        ("(0,1]", Kind.INTERVAL, "(0, 1]"),
        ("[0, 1]", Kind.INTERVAL, "closed(0, 1)"),
        ("(0; 1)", Kind.INTERVAL, "open(0, 1)"),
        ("]0, 1[", Kind.INTERVAL, "open(0, 1)"),
        ("open(0, 1)", Kind.INTERVAL, "open(0, 1)"),
        (r"\left[0, 1\right)", Kind.INTERVAL, "[0, 1)"),
        ("x ∈ [0, 1)", Kind.INTERVAL, "[0, 1)"),
        ("0 <= x < 1", Kind.INTERVAL, "0 <= x < 1"),
        ("(a, 2a + b]", Kind.INTERVAL, "(a, 2*a + b]"),
        ("[(1 + 2)/3, 4)", Kind.INTERVAL, "[(1 + 2)/3, 4)"),
        ("{a, 2b}", Kind.SET, "{a, 2*b}"),
        ("O(n)", Kind.ORDER, "O(n)"),
        (r"\mathcal{O}(n \log n)", Kind.ORDER, "O(n*log(n))"),
        ("Θ(n)", Kind.ORDER, "Theta(n)"),
        (r"\Theta(n)", Kind.ORDER, "Theta(n)"),
        ("n log n", Kind.ORDER, "O(n*log(n))"),
        ("O(n lg n)", Kind.ORDER, "O(n*log(n))"),
        ("T(n) = O(n²)", Kind.ORDER, "O(n^2)"),
        ("O(nm)", Kind.ORDER, "O(n*m)"),
        ("[a, b; 0, 2a]", Kind.MATRIX, "[a, b; 0, 2*a]"),
        (r"\begin{bmatrix} a & b \\ 0 & \frac12 \end{bmatrix}", Kind.FORMULA, "[a, b; 0, 1/2]"),
        ("[[a, b], [0, 2a]]", Kind.FORMULA, "[a, b; 0, 2*a]"),
    ],
)
def test_what_has_symbols_is_read_for_the_kind_of_the_gap_too(text, kind, wanted):
    assert spelt(text, kind) == wanted


@pytest.mark.parametrize("text", ["∅", "{}", r"\emptyset", r"\varnothing", r"\{\}"])
def test_a_set_may_be_empty(text):
    assert read(text, ARITHMETIC, {}, Kind.SET) == Node(Op.SET)


@pytest.mark.parametrize("text", ["(-∞, 3]", "(-inf, 3]", r"(-\infty, 3]", "[-∞, 3]", "]-∞; 3]"])
def test_an_interval_without_an_end_does_not_hold_it(text):
    ends = (Node(Op.NEGATE, (name("∞"),)), number(3))
    assert read(text, ARITHMETIC, {}, Kind.INTERVAL) == Node(Op.INTERVAL, ends, (False, True))


@pytest.mark.parametrize(
    "text",
    [
        "x->m: 2, y→m: -1",
        "x -> m = 2; y -> m = -1",
        "x -> m: 2\ny -> m: -1",
        "labels(x -> m = 2, y -> m = -1)",
        r"x \to m: 2, y \to m: -1",
        "x to m: 2 and y to m: -1",
    ],
)
def test_labels_stand_on_edges_between_names_that_nobody_looks_up(text):
    def edge(start, value):
        return Node(Op.COMPARE, (Node(Op.CHAIN, (name(start), name("m"))), value), (Relation.EQUAL,))

    edges = (edge("x", number(2)), edge("y", Node(Op.NEGATE, (number(1),))))
    assert read(text, ARITHMETIC, {}, Kind.LABELS) == Node(Op.CALL, edges, Callee("labels"))


@pytest.mark.parametrize(
    ("text", "letters"), [("A, C", "AC"), ("A C", "AC"), ("ac", "AC"), ("A and C", "AC"), ("B", "B"), ("-", "-")]
)
def test_a_choice_is_its_letters(text, letters):
    assert read(text, ARITHMETIC, {}, Kind.CHOICE) == Node(Op.TEXT, value=letters)


@pytest.mark.parametrize("text", ["2 + 3 = 5", "x = 2 + 3 = 5"])
def test_a_calculation_that_ends_in_its_result_keeps_every_side(text):
    found = read(text, ARITHMETIC, {}, Kind.NUMBER)
    assert (found.op, found.value, found.args[-1]) == (Op.COMPARE, (Relation.EQUAL,), number(5))


@pytest.mark.parametrize(("text", "other"), [("3,125", "3.125"), ("-3,125", "-3.125"), ("3125", ""), ("1,2,3", "")])
def test_a_number_with_one_comma_has_another_reading(text, other):
    assert other_reading(text) == other


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("maybe", Kind.TRUTH),
        ("12,34,567", Kind.NUMBER),
        ("1.000,5", Kind.NUMBER),
        ("1,2,3", Kind.NUMBER),
        ("3 4", Kind.NUMBER),
        ("224 parameters", Kind.NUMBER),
        ("2^", Kind.NUMBER),
        ("", Kind.NUMBER),
        ("8x", Kind.NUMBER),
        ("3 < 4", Kind.NUMBER),
        ("8x", Kind.SHAPE),
        ("8x32^2", Kind.SHAPE),
        ("()", Kind.SHAPE),
        ("x × 2 = 3", Kind.SHAPE),
        ("[1, 2", Kind.VECTOR),
        ("[1,,2]", Kind.VECTOR),
        ("[1, 2; 3]", Kind.MATRIX),
        (r"\begin{bmatrix} 1 & 2", Kind.MATRIX),
        ("{1, 2", Kind.SET),
        ("{1, 2, }", Kind.SET),
        ("[0, 1", Kind.INTERVAL),
        ("[0, 1, 2]", Kind.INTERVAL),
        ("Ω(n)", Kind.ORDER),
        ("O(n", Kind.ORDER),
        ("x m 2", Kind.LABELS),
        ("x -> m", Kind.LABELS),
        ("a = 1, b", Kind.EQUATION),
        ("A, 3", Kind.CHOICE),
        ("9^9^9^9", Kind.NUMBER),
        ("(" * 900, Kind.NUMBER),
        ("1" * 1_001, Kind.NUMBER),
        ("parameters(3)", Kind.NUMBER),
    ],
)
def test_nothing_is_half_read(text, kind):
    with pytest.raises(TriposError):
        value(text, kind)


def test_only_free_names_may_be_used():
    shared = {"x": Evaluator().value(number(5))}
    with pytest.raises(TriposError, match="no name of this question"):
        read("x + 1", ARITHMETIC, shared, Kind.FORMULA)


@pytest.mark.parametrize(
    "text", ["3x32x32 -> CONV3-8 -> POOL2", "volume(CONV3-8 on 3x32x32)", "parameters(CONV3-{2 + 6} on 3x32x32)"]
)
def test_what_an_author_writes_of_networks_is_read_where_the_vocabulary_has_them(text):
    assert read(text, VOCABULARY, {}, Kind.FORMULA) == expression(text, VOCABULARY, {})
    with pytest.raises(TriposError):
        read(text, ARITHMETIC, {}, Kind.FORMULA)


def test_the_names_of_an_author_are_none_of_a_student():
    with pytest.raises(TriposError, match="neither a function nor a name of this question"):
        read("parameters(net)", VOCABULARY, {}, Kind.NUMBER)


@pytest.mark.parametrize(
    ("text", "kind", "tree"),
    [
        ("correct", Kind.TRUTH, "true"),
        ("Wrong", Kind.TRUTH, "false"),
        ("✓", Kind.TRUTH, "true"),
        ("✗", Kind.TRUTH, "false"),
        ("{{1,0},{0,1}}", Kind.MATRIX, "[1, 0; 0, 1]"),
        (r"\{\{1, 0\}, \{0, 1\}\}", Kind.MASK, "[1, 0; 0, 1]"),
        ("a) and c)", Kind.CHOICE, '"AC"'),
        ("(a), (c)", Kind.CHOICE, '"AC"'),
        ("x ≈ 224", Kind.NUMBER, "224"),
    ],
)
def test_what_people_write_besides_is_read_too(text, kind, tree):
    assert read(text, ARITHMETIC, {}, kind) == expression(tree, ARITHMETIC, {})
