"""The author's door: what expressions come to, what is refused and where, and that nothing hostile gets through."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripos.language import source
from tripos.language.cursor import MAX_DEPTH
from tripos.language.evaluator import Budget, Evaluator
from tripos.language.kind import Kind
from tripos.language.names import Shared, domain
from tripos.language.reader import expression
from tripos.language.tree import Op, free_names, walk
from tripos.language.values import Formula, Undecided, Undefined, kind_of
from tripos.language.vocabulary import Vocabulary
from tripos.problem import Refusal, TriposError

HERE = Path(__file__).parent
EXPRESSIONS = [json.loads(line) for line in (HERE / "expressions.jsonl").read_text().splitlines()]
REFUSALS = [json.loads(line) for line in (HERE / "refusals.jsonl").read_text().splitlines()]
ARITHMETIC = Vocabulary()


def value(text, names=None, limit=200_000):
    names = names or {}
    evaluator = Evaluator(ARITHMETIC, budget=Budget(limit))
    return evaluator.value(expression(text, ARITHMETIC, names), names).value


def refusal(text, names=None):
    with pytest.raises(TriposError) as caught:
        value(text, names)
    return caught.value.problems[0]


@pytest.mark.parametrize("row", EXPRESSIONS, ids=lambda row: row["text"])
def test_an_expression_comes_to_its_value(row):
    assert source.of_value(value(row["text"])) == row["value"], row["why"]


@pytest.mark.parametrize("row", REFUSALS, ids=lambda row: row["text"])
def test_what_cannot_be_read_is_refused_at_its_place(row):
    problem = refusal(row["text"])
    assert row["says"] in f"{problem.fact} {problem.remedy}"
    assert problem.start == row["at"]


@pytest.mark.parametrize("text", ["1/0", "0^-1", "ln(0)", "ln(-1)", "sqrt(-1)", "1/(ln(4) - 2*ln(2))", "1/0 + 1"])
def test_what_has_no_value_is_undefined_and_not_an_error(text):
    assert isinstance(value(text), Undefined)


def test_a_claim_about_an_infinite_set_is_undecided_and_never_false():
    assert isinstance(value("always(x^2 >= 0 for x in reals)"), Undecided)
    assert isinstance(value("not always(x^2 >= 0 for x in positive integers)"), Undecided)
    assert isinstance(value("always(x^2 >= 0 for x in reals) and 1 = 1"), Undecided)
    assert value("always(x^2 >= 0 for x in reals) and 1 = 2") is False


NAMES = {
    "s": domain("real vector"),
    "y": domain("index of s"),
    "j": domain("index of s, j != y"),
    "a": domain("positive"),
    "b": domain("positive"),
    "Δ": domain("positive"),
    "f": domain("function"),
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2a(s_j - 1)", Kind.FORMULA),
        ("f(a) + 1", Kind.FORMULA),
        ("a*max(s_j - s_{y} + Δ, 0)^2 if s_j <= s_y else b*(s_j - s_y + Δ/2)", Kind.FORMULA),
        ("log(1 + sum(exp(s_k - s_y) for k != y))", Kind.FORMULA),
        ("b = 2*a*Δ", Kind.EQUATION),
        ("a < b", Kind.INEQUALITY),
        ("2 < 3", Kind.TRUTH),
        ("3*4", Kind.NUMBER),
        ("3x4", Kind.SHAPE),
        ("[1, 2]", Kind.VECTOR),
        ("[1; 2]", Kind.MATRIX),
        ("mask([1, 0])", Kind.MASK),
        ("{1, 2}", Kind.SET),
        ('"A"', Kind.WORD),
        ("(a, 1)", Kind.SHAPE),
        ("{a}x3", Kind.SHAPE),
        ("{a, 2}", Kind.SET),
        ("[a, 2]", Kind.VECTOR),
        ("[a; 2]", Kind.MATRIX),
        ("[0, a)", Kind.INTERVAL),
        ("[0, 1)", Kind.INTERVAL),
        ("O(a^2)", Kind.ORDER),
        ("labels(x -> m = 2)", Kind.LABELS),
        ("a if a > b else undefined", Kind.FORMULA),
        ("a < b and b < 2", Kind.INEQUALITY),
        ("a = 1 or a = b", Kind.EQUATION),
        ("sum(exp(s_k) for k in indices(s))", Kind.FORMULA),
        ("derivative(a^2, a)", Kind.FORMULA),
    ],
)
def test_the_value_decides_the_kind(text, kind):
    assert kind_of(value(text, NAMES)) is kind


def test_a_subscript_is_an_entry_only_of_a_vector_and_its_index():
    assert expression("s_j", ARITHMETIC, NAMES).op is Op.ENTRY
    assert expression("W_1", ARITHMETIC, NAMES).op is Op.NAME
    assert expression("s_{j}", ARITHMETIC, NAMES) == expression("s_j", ARITHMETIC, NAMES)


def test_values_of_names_are_filled_into_a_formula_and_bound_names_are_not_free():
    from tripos.language.worked import exactly

    found = value("n*a + sum(a^k for k in {1, 2})", {**NAMES, "n": exactly(16)})
    assert isinstance(found, Formula)
    assert free_names(found.tree) == {"a"}
    assert "16" in source.of(found.tree)


def test_entries_of_a_vector_that_is_known_are_summed():
    names = {**NAMES, "c": Shared(expression("[1, 2, 4]", ARITHMETIC, {}), {})}
    assert value("sum(c_k^2 for k in indices(c) if c_k > 1)", names) == 20
    assert value("max(c_k for k in indices(c) if k != 3)", names) == 2
    assert isinstance(value("sum(a*c_k for k in indices(c))", names), Formula)
    assert isinstance(value("sum(c_k for k in indices(c) if c_k > a)", names), Formula)


def test_a_condition_knows_the_variable_and_keeps_other_names_free():
    found = value("sum(s_k for k != y if k != j and s_k > a)", NAMES)
    assert free_names(found.tree) == {"s", "y", "j", "a"}
    assert [node.args[1].value for node in walk(found.tree) if node.op is Op.ENTRY] == ["k", "k"]


def test_where_no_case_applies_there_is_no_value():
    assert isinstance(value("1 if 2 > 3 else 5 if 3 > 4 else undefined"), Undefined)
    assert value("7 if 2 < 3 else undefined") == 7


@pytest.mark.parametrize(
    "text",
    [
        "1" * 4_001,
        "1" * 1_001,
        "(" * 70,
        "9^9^9^9",
        "1e999",
        "1/2x",
        "range(1, 10^6)",
        "(1 + ln(2) + ln(3) + e)^60",
    ],
)
def test_what_is_too_large_or_has_two_readings_is_refused_and_not_called_unreadable(text):
    with pytest.raises(Refusal):
        value(text, {"x": domain("real")})


def test_a_budget_that_is_spent_is_a_refusal():
    with pytest.raises(Refusal, match="more than 50 steps"):
        value("sum(k for k in range(1, 100))", limit=50)


@pytest.mark.parametrize("bracket", ["(", "[", "{", "-", "not ", "2^", "max(", "1 if 1=1 else ", "ln "])
def test_ten_thousand_brackets_get_a_sentence_and_no_traceback(bracket):
    assert "characters" in refusal(bracket * 10_000).fact
    deep = (bracket * (MAX_DEPTH + 5))[:3_900] + "1"
    assert f"more than {MAX_DEPTH} deep" in refusal(deep).fact


def test_a_long_sum_is_read_and_worked_out_without_recursion():
    assert value("+".join(["1"] * 1_900)) == 1_900
    assert value("*".join(["1"] * 1_900)) == 1


def test_the_budget_counts_steps_and_ends_every_evaluation_at_the_same_place():
    text = "sum(i + j + k for i in {1, 2, 3, 4}, for j in {1, 2, 3, 4}, for k in {1, 2, 3, 4})"
    assert value(text) == 480
    first = [refusal_at(text, limit) for limit in (50, 50)]
    assert first[0] == first[1]
    assert "more than 50 steps" in first[0]


def refusal_at(text, limit):
    with pytest.raises(TriposError) as caught:
        value(text, limit=limit)
    return str(caught.value)


ALPHABET = "()[]{}+-*/^=<>,;. 0123456789xabsumforin!_\"ΔΣ×·√|\\$⊙⊤∞∂ŷ\u0302'T"
PIECES = [
    *"()[]{},;^+-*/=⊙' 12ajy", "s_j", "s_{y}", "s_", "f'(", "^T", "∂L/∂", "W^(1)", " if ", " else ", "undefined", " for k in ",
    " for k != y", "indices(s)", "range(1, 2)", "sum(", "prod(", "max(", "derivative(", ", a)", "labels(", "x -> m = 1",
    "open(", "O(", "ln ", "log2(", "norm(", "transpose(", "softmax(", "diag(", "∞", " and ", "[1, 2]", "[1, 2; 3, 4]", "k",
]  # fmt: skip


@given(
    st.text(max_size=60)
    | st.text(alphabet=ALPHABET, max_size=60)
    | st.lists(st.sampled_from(PIECES), max_size=16).map("".join)
)
def test_any_text_is_read_or_refused_with_a_place_inside_it(text):
    try:
        value(text, NAMES)
    except TriposError as error:
        for problem in error.problems:
            assert problem.fact
            assert 0 <= problem.start <= len(text)
