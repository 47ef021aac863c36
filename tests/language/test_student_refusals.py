"""The student's door, what it does not take: two readings are both shown, a fault has its place, and nothing can hurt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.test_student_formulas import GIVEN, HINGE, PLAIN, TENSORS

from tripos.language.kind import Kind
from tripos.language.names import domain
from tripos.language.student import MAX_CHARACTERS, read
from tripos.language.tree import Node
from tripos.language.vocabulary import Vocabulary
from tripos.problem import Refusal, TriposError

ARITHMETIC = Vocabulary()

# The answer, its names, what of it has two readings, and both of them.
TWICE = [
    ("1/2x", PLAIN, "1/2x", "(1/2)·x", "1/(2·x)"),
    ("y + 1/2x", PLAIN, "1/2x", "(1/2)·x", "1/(2·x)"),
    ("1/2 x", PLAIN, "1/2 x", "(1/2)·x", "1/(2·x)"),
    ("x/yz", PLAIN, "x/yz", "(x/y)·z", "x/(y·z)"),
    ("x/2(y+z)", PLAIN, "x/2(y+z)", "(x/2)·(y+z)", "x/(2·(y+z))"),
    (r"x/2\left(y+z\right)", PLAIN, r"x/2\left(y+z\right)", r"(x/2)·(y+z\right)", r"x/(2·(y+z\right))"),
    ("1/2 log x", PLAIN, "1/2 log x", "(1/2)·log x", "1/(2·log x)"),
    ("e^2x", PLAIN, "e^2x", "(e^2)·x", "e^(2·x)"),
    ("e^-2x", PLAIN, "e^-2x", "(e^-2)·x", "e^(-2·x)"),
    ("2^3x", PLAIN, "2^3x", "(2^3)·x", "2^(3·x)"),
    ("2^3(x + 1)", PLAIN, "2^3(x + 1)", "(2^3)·(x + 1)", "2^(3·(x + 1))"),
    ("e^xy", PLAIN, "e^xy", "(e^x)·y", "e^(x·y)"),
    ("2 1/4", PLAIN, "2 1/4", "2 + 1/4", "2·1/4"),
    ("3x4", PLAIN, "3x4", "3 × 4", "3·x·4"),
    ("3 x 4", PLAIN, "3 x 4", "3 × 4", "3·x·4"),
    ("3x32x32", PLAIN, "3x32x32", "3 × 32 × 32", "3·x·32 × 32"),
    ("log x y", PLAIN, "log x y", "log(x)·y", "log(x·y)"),
    ("log x / y", PLAIN, "log x / y", "log(x)/y", "log(x/y)"),
    ("ln 2 * 3", PLAIN, "ln 2 * 3", "ln(2)·3", "ln(2·3)"),
    (r"\log 2 x", PLAIN, r"\log 2 x", "log(2)·x", "log(2·x)"),
    ("log2x", PLAIN, "log2x", "log·2·x", "log2·x"),
    ("√2x", PLAIN, "√2x", "√(2)·x", "√(2·x)"),
    ("lg x", PLAIN, "lg", "log2", "log10"),
    (r"\log^{-1} x", PLAIN, r"\log^{", "1/log(x)", "the inverse of log"),
    (r"1/\sum_k s_k * a", HINGE, r"1/\sum_k s_k * a", r"(1/(\sum_k s_k)) * a", r"1/(\sum_k s_k * a)"),
    ("log sum_k s_k / a", HINGE, "log sum_k s_k / a", "log(sum_k s_k) / a", "log(sum_k s_k / a)"),
    ("sj", HINGE, "sj", "s_j", "s·j"),
    ("|s|", HINGE, "|s|", "‖s‖, its length", "abs(s), entry by entry"),
    ("s [1]", HINGE, "s [1]", "s[1], an entry,", "s·[1]"),
    ("A * B", TENSORS, "A * B", "A B (the matrix product)", "A ⊙ B (entry by entry)"),
    (r"A \times B", TENSORS, r"A \times B", "A B (the matrix product)", "A ⊙ B (entry by entry)"),
    ("u * v", TENSORS, "u * v", "u · v (the dot product)", "u ⊙ v (entry by entry)"),
    ("A ⊙ B A", TENSORS, "A ⊙ B A", "(A ⊙ B)·A", "A ⊙ (B·A)"),
]


@pytest.mark.parametrize(("text", "names", "part", "one", "other"), TWICE, ids=[row[0] for row in TWICE])
def test_what_has_two_readings_is_refused_with_both_of_them(text, names, part, one, other):
    with pytest.raises(Refusal) as raised:
        read(text, ARITHMETIC, names, Kind.FORMULA)
    problem = raised.value.problems[0]
    assert problem.fact == f"{part} has two readings: {one} or {other}."
    assert problem.text == text
    assert " ".join(text[problem.start : problem.start + problem.width].split()) == part


def test_a_word_that_falls_into_names_in_two_ways_is_refused_with_both_of_them():
    names = {word: domain("real") for word in ("a", "ab", "bc", "c")}
    with pytest.raises(Refusal, match="abc has two readings: a·bc or ab·c"):
        read("abc", ARITHMETIC, names, Kind.FORMULA)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[u v; v u]", "u v has two readings: the entries u, v or the product u·v."),
        ("u v\nv u", "u v has two readings: the entries u, v or the product u·v."),
        ("[1 u; v 0]", "1 u has two readings: the entries 1, u or the product 1·u."),
    ],
)
def test_entries_with_only_blanks_between_them_may_be_a_product(text, says):
    names = {"u": domain("real"), "v": domain("real")}
    with pytest.raises(Refusal) as raised:
        read(text, ARITHMETIC, names, Kind.MATRIX)
    assert says in raised.value.problems[0].fact


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("8 × 32²", "32² has two readings: the one length 32^2 or 2 lengths 32"),
        ("2*3 × 4", "the shape 2 × 3 × 4 or one whose * multiply within a length"),
    ],
)
def test_a_shape_with_two_readings_is_refused_with_both_of_them(text, says):
    with pytest.raises(Refusal) as raised:
        read(text, ARITHMETIC, {}, Kind.SHAPE)
    assert says in raised.value.problems[0].fact


# The answer, its names, what is marked in it, and what is said.
FAULTS = [
    ("2q + 1", PLAIN, "q", '"q" is no name of this question.'),
    ("x + sin x", PLAIN, "sin", '"sin" is no name of this question.'),
    ("cos(x)", HINGE | {word: domain("real") for word in "cosx"}, "cos", '"cos" is neither a function'),
    ("x\ny", PLAIN, "\n", "a second line begins here."),
    ("g(x)", PLAIN, "g", '"g" is neither a function nor a name of this question.'),
    (r"x + \Gamma", PLAIN, r"\Gamma", r'"\Gamma" is no name of this question.'),
    ("x_2", PLAIN, "x_2", '"x_2" is no name of this question.'),
    ("y + x2", PLAIN, "x2", '"x2" is no name of this question.'),
    ("x 2", PLAIN, "2", '"2" does not continue what stands before it.'),
    ("1,5", PLAIN, ",", '"," does not continue what stands before it.'),
    ("x^{(2)}", PLAIN, "x^{(2)}", '"x^{(2)}" is no name of this question.'),
    ("x^[2]", PLAIN, "x^[2]", '"x^[2]" is no name of this question.'),
    ("x^T", PLAIN, "T", '"T" is no name of this question.'),
    ("x'", PLAIN, "'", '"\'" does not continue what stands before it.'),
    ("f x", PLAIN, "f", "f is a function: its argument is missing."),
    ("∂f/∂x", PLAIN, "∂f/∂x", "the derivative ∂f/∂x is no name of this question."),
    ("dy/dx", PLAIN, "dy/dx", "the derivative dy/dx is no name of this question."),
    (r"1 + \frac{\partial y}{\partial x}", PLAIN, r"\frac{\partial y}{\partial x", "the derivative"),
    ("x ± y", PLAIN, "±", "± stands for two values."),
    (r"x \pm y", PLAIN, r"\pm", "± stands for two values."),
    ("x!", PLAIN, "!", '"!" cannot stand in an answer of this kind.'),
    (r"\lim x", PLAIN, r"\lim", r'"\lim" is not read here.'),
    (r"\begin{foo} x", PLAIN, r"\begin{foo}", r'"\begin{foo}" is not read here.'),
    (r"x + \alhpa", PLAIN, r"\alhpa", r'"\alhpa" is not read here.'),
    ("(x + 1", PLAIN, "(", '"(" is never closed.'),
    ("x + 1)", PLAIN, ")", '")" closes a bracket that was never opened.'),
    ("(x + 1]", PLAIN, "]", '")" is missing before "]".'),
    ("[x, 1}", PLAIN, "[", '"[" is closed by "}".'),
    ("|x + 1", PLAIN, "|", '"|" is never closed.'),
    ("x + ", PLAIN, "", "a value is missing before the end of the answer."),
    ("x * / y", PLAIN, "/", 'a value is missing before "/".'),
    ("()", PLAIN, "(", "nothing stands in these brackets."),
    ("", PLAIN, "", "nothing is written here."),
    (r"\frac{", PLAIN, "{", '"{" is never closed.'),
    (r"\frac{x}", PLAIN, r"\frac", "this fraction is not finished."),
    (r"\frac{x}{", PLAIN, "{", '"{" is never closed.'),
    (r"\sqrt", PLAIN, r"\sqrt", "this root is not finished."),
    (r"\sum", PLAIN, r"\sum", "what does this ∑ run over?"),
    ("sum x", PLAIN, "sum", "what does this sum run over?"),
    (r"1 + \sum_j x", PLAIN, "j", "what does j run over?"),
    (r"\sum_{j=0}^{K} x", PLAIN, r"\sum", "it is not clear where j ends."),
    (r"\sum_{j=1} s_j", HINGE, "=", "where does j end?"),
    (r"\sum_{", HINGE, "{", '"{" is never closed.'),
    ("sum over j s_j", HINGE, "sum", '"of" is missing.'),
    ("s_q", HINGE, "q", '"q" is no name of this question.'),
    ("s_s", HINGE, "s", '"s" is no index here.'),
    ("s_", HINGE, "", "an index is missing before the end of the answer."),
    ("s_{}", HINGE, "{", "nothing stands in this index."),
    ("A_1", TENSORS, "1", '"1" is no index here: A has 2 of them.'),
    ("x if y", PLAIN, "y", "y is no condition."),
    ("x if", PLAIN, "", "a value is missing before the end of the answer."),
    ("x if y > 0, z", PLAIN, "", '"if" or "otherwise" is missing before the end of the answer.'),
    ("2(x > 0)", PLAIN, "(x > 0)", "(x > 0) is a condition, where a value belongs."),
    (r"\begin{cases} x & y > 0", PLAIN, "", "these cases are never ended."),
    (r"\begin{cases} x \\ y \end{cases}", PLAIN, r"\\", "this case has no condition."),
    ("ŵ", GIVEN, "ŵ", '"ŵ" is no name of this question.'),
    (r"\hat{1}", GIVEN, r"\hat", "this accent stands on no letter."),
    ('"x', PLAIN, '"', "this quotation mark is never closed."),
    ("\\", PLAIN, "\\", '"\\" stands before no command.'),
    ("x\0", PLAIN, "\0", "the character U+0000 cannot stand in an answer of this kind."),
    ("x\u202ey", PLAIN, "\u202e", "the character U+202E cannot stand in an answer of this kind."),
    ("x\ud800", PLAIN, "\ud800", "the character U+D800 cannot stand in an answer of this kind."),
    ("x😀", PLAIN, "😀", '"😀" cannot stand in an answer of this kind.'),
    ("x := ", PLAIN, "", "a value is missing before the end of the answer."),
]


@pytest.mark.parametrize(("text", "names", "part", "says"), FAULTS, ids=[repr(row[0]) for row in FAULTS])
def test_a_fault_says_what_is_so_and_where(text, names, part, says):
    with pytest.raises(TriposError) as raised:
        read(text, ARITHMETIC, names, Kind.FORMULA)
    problem = raised.value.problems[0]
    assert problem.fact.startswith(says)
    assert not isinstance(raised.value, Refusal)
    assert (problem.text, text[problem.start : problem.start + problem.width]) == (text, part)


def test_a_fault_in_a_name_lists_the_names_and_suggests_the_nearest():
    with pytest.raises(TriposError) as raised:
        read("alhpa + 1", ARITHMETIC, {"alpha": domain("real"), "b": domain("real")}, Kind.FORMULA)
    assert raised.value.problems[0].remedy == "Did you mean alpha? Its names are alpha, b."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * (MAX_CHARACTERS + 1), "1,001 characters"),
        ("(" * 10_000, "10,000 characters"),
        ("(" * 61 + "x" + ")" * 61, "nested more than 60 deep"),
        (r"\frac{" * 61 + "x" + "}{x}" * 61, "nested more than 60 deep"),
        ("-" * 61 + "x", "nested more than 60 deep"),
        ("2^" * 61 + "x", "nested more than 60 deep"),
        ("√" * 61 + "x", "nested more than 60 deep"),
        ("log " * 61 + "x", "nested more than 60 deep"),
        ("1" * 101, "at most 100 digits"),
        ("1." + "1" * 100, "at most 100 digits"),
        ("1e401", "exponents up to 400"),
        ("1e-401", "exponents up to 400"),
        ("1e99999999999", "exponents up to 400"),
    ],
)
def test_what_is_too_long_too_deep_or_too_large_is_refused(text, says):
    with pytest.raises(Refusal) as raised:
        read(text, ARITHMETIC, PLAIN, Kind.FORMULA)
    assert says in raised.value.problems[0].fact


@pytest.mark.parametrize(
    "text",
    ["9^9^9^9", "(" * 60 + "x" + ")" * 60, "-" * 60 + "x", "1e400", "x·" * 499 + "x", "+".join(["x"] * 500), "x!=" * 333 + "x",
     "x if x>0 else " * 70 + "x", "xy" * 500],
)  # fmt: skip
def test_what_is_only_long_is_read(text):
    assert isinstance(read(text, ARITHMETIC, PLAIN, Kind.FORMULA), Node)


PIECES = [
    "(", "[", "{", "|", "||", "‖", r"\frac{", r"\frac1", r"\sqrt{", "√", "-", "+", "2^", "x^", "x_", r"\{", "s_{", "s_{s_{", "log ",
    "f(", "max(", "max{", "sum_i ", "∑_{i}", r"\begin{cases}", r"\begin{bmatrix}", "a", "aa ", "x·", "A*", "A ⊙ ", "A ", "'", "A'",
    "A^T", r"\hat{", r"\hat", r"\mathbf{", r"\text{if ", "if x>0 then ", "a if x>0 else ", "not ", "x and ", "x<", "1,", "1;",
    "[1,", "(1,", "∂", "d", "²", "₁", "½", "1 ", "1.", "1e", "x\n", "$", "%", "&", "\\\\", "\\", "e^x", "2x", "x/", "1[x>",
    "a^(", "W^{(", "\"", "\u0301", "x\u0302", "sum(s_k for k != ", "(x for ", "always(", "lnln", "x∈(0,1)∪", "1->", "a:", "a=",
    "labels(", "O(", ")(", "][", "}{", "\0", "\u202e", "\u200b", "😀", "\ud800",
]  # fmt: skip
NAMES = HINGE | TENSORS | {"aa": domain("real")}
KINDS = (Kind.FORMULA, Kind.NUMBER, Kind.SHAPE, Kind.MATRIX, Kind.SET, Kind.INEQUALITY, Kind.LABELS, Kind.CHOICE)


def is_answered(text, kind):
    """Whether an answer is read or turned down in words, at a place in it."""
    try:
        return isinstance(read(text, ARITHMETIC, NAMES, kind), Node)
    except TriposError as error:
        problem = error.problems[0]
        return bool(problem.fact) and 0 <= problem.start <= len(text)


@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_nothing_that_is_repeated_a_thousand_times_can_hurt(piece):
    whole = piece * (MAX_CHARACTERS // len(piece))
    for text in (piece, piece * 61, whole, whole[:-1] + "x"):
        assert all(is_answered(text, kind) for kind in KINDS)


@given(st.text(max_size=80), st.sampled_from(list(Kind)))
def test_any_text_is_read_or_turned_down(text, kind):
    assert is_answered(text, kind)


@given(
    st.lists(
        st.sampled_from([*PIECES, "x", "s_j", "1", ")", "}", "]", " ", ",", "for k != y", r"\end{cases}"]), max_size=14
    )
)
def test_any_heap_of_pieces_is_read_or_turned_down(pieces):
    for kind in (Kind.FORMULA, Kind.NUMBER, Kind.MATRIX, Kind.INEQUALITY, Kind.SHAPE, Kind.SET, Kind.LABELS):
        assert is_answered("".join(pieces)[:MAX_CHARACTERS], kind)
