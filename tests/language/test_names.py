"""Names: their one spelling, and where the author's door takes a name spelt with signs for one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripos.language import source, tree
from tripos.language.names import Free, Names, Sort, domain, spelt_name
from tripos.language.reader import expression
from tripos.language.tree import Node, Op
from tripos.language.vocabulary import Vocabulary
from tripos.problem import Refusal, TriposError

NAMES: Names = {
    "x": domain("real"),
    "n": domain("positive integer"),
    "s": domain("real vector"),
    "y": domain("index of s"),
    "y_i": domain("index of s"),
    "i": domain("positive integer"),
    "j": domain("index of s, j != y"),
    "ij": domain("positive integer"),
    "W": domain("m by n matrix"),
    "W^(1)": domain("m by n matrix"),
    "h^(t-1)": domain("real vector"),
    "z^[2]": domain("real vector"),
    "ŷ": domain("real vector"),
    "f": domain("function"),
    "g_t": domain("real"),
    "g_{t-1}": domain("real vector"),
    "∂L/∂ŷ": domain("real vector"),
    "∂L/∂W^(1)": domain("m by n matrix"),
}


def read(text: str, names: Names = NAMES) -> Node:
    return expression(text, Vocabulary(), names)


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("x", "x"),
        ("Δ", "Δ"),
        ("net_loss", "net_loss"),
        ("s_{y}", "s_y"),
        ("s_{y_i}", "s_y_i"),
        (" W^(1) ", "W^(1)"),
        ("W^{(1)}", "W^(1)"),
        ("W^{ [ 2 ] }", "W^[2]"),
        ("W^{(1)}_{2}", "W_2^(1)"),
        ("W_2^(1)", "W_2^(1)"),
        ("h^(t − 1)", "h^(t-1)"),
        ("h_{t-1}", "h_{t-1}"),
        ("h_{ t − 1 }", "h_{t-1}"),
        ("x_{t+1}", "x_{t+1}"),
        ("W_{hh}", "W_hh"),
        ("s_{t-1}^{(2)}", "s_{t-1}^(2)"),
        ("s^{(2)}_{t-1}", "s_{t-1}^(2)"),
        ("∂L/∂h_{t-1}", "∂L/∂h_{t-1}"),
        ("h_t-1", None),
        ("f'", "f'"),
        ("f′′", "f''"),
        ("y\u0302", "ŷ"),
        ("x\u0302_1", "x\u0302_1"),
        ("∂L/∂ŷ", "∂L/∂ŷ"),
        ("∂L / ∂a^{(1)}", "∂L/∂a^(1)"),
        ("∂L/∂s_{j}", "∂L/∂s_j"),
        ("", None),
        ("2x", None),
        ("_x", None),
        ("W^2", None),
        ("W^(1", None),
        ("W^((1))", None),
        ("a b", None),
        ("∂L", None),
        ("∂L/s", None),
        ("W_{i,j}", None),
        ("'", None),
    ],
)
def test_a_name_has_one_spelling(text: str, spelling: str | None) -> None:
    assert spelt_name(text) == spelling


@given(st.text(alphabet="aWyŷ\u0302_^()[]{}'∂/ 12+-−,", max_size=16))
def test_the_spelling_of_a_name_is_its_own_spelling_and_reads_as_that_name(text: str) -> None:
    spelling = spelt_name(text)
    if spelling is None:
        return
    assert spelt_name(spelling) == spelling == unicodedata.normalize("NFC", spelling)
    declared = {spelling: Free(Sort.REAL)}
    assert read(text, declared) == read(spelling, declared) == tree.name(spelling)
    assert read(f"2 {text} + 1", declared).args[0].args[1] == tree.name(spelling)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("W^(1)", tree.name("W^(1)")),
        ("W^{(1)}", tree.name("W^(1)")),
        ("W^(2)", tree.power(tree.name("W"), tree.number(2))),
        ("h^(t - 1)", tree.name("h^(t-1)")),
        ("∂L/∂ŷ", tree.name("∂L/∂ŷ")),
        ("∂L / ∂y\u0302", tree.name("∂L/∂ŷ")),
        ("∂L/∂W^(1)", tree.name("∂L/∂W^(1)")),
        ("g_{t - 1}", tree.name("g_{t-1}")),
        ("g_t-1", tree.subtract(tree.name("g_t"), tree.number(1))),
        ("g_{t-1}[i]", Node(Op.ENTRY, (tree.name("g_{t-1}"), tree.name("i")))),
        ("g_{t-1}^T", tree.call("transpose", tree.name("g_{t-1}"))),
        ("f'(x)", tree.call("f'", tree.name("x"))),
        ("f''(x)", tree.call("f''", tree.name("x"))),
        ("W^T", tree.call("transpose", tree.name("W"))),
        ("W^⊤", tree.call("transpose", tree.name("W"))),
        ("(W s)^T", tree.call("transpose", tree.multiply(tree.name("W"), tree.name("s")))),
        ("x^T", tree.power(tree.name("x"), tree.name("T"))),
    ],
)
def test_a_name_with_signs_is_one_if_it_is_declared(text: str, node: Node) -> None:
    assert read(text) == node


def test_where_the_letter_t_is_declared_it_is_an_exponent() -> None:
    assert read("W^T", {**NAMES, "T": domain("real")}).op is Op.POWER


@pytest.mark.parametrize(
    ("text", "indices"),
    [
        ("s_j", ["j"]),
        ("s_{y_i}", ["y_i"]),
        ("s_2", [2]),
        ("s[j]", ["j"]),
        ("W_12", [1, 2]),
        ("W_{i,j}", ["i", "j"]),
        ("W_{ 1, j }", [1, "j"]),
        ("W_jy", ["j", "y"]),
        ("W[i, j]", ["i", "j"]),
        ("W^(1)[1, 2]", [1, 2]),
    ],
)
def test_a_subscript_of_a_vector_or_matrix_is_an_entry(text: str, indices: list[str | int]) -> None:
    node = read(text)
    assert node.op is Op.ENTRY
    assert node.args[1:] == tuple(tree.name(each) if isinstance(each, str) else tree.number(each) for each in indices)
    assert read(source.of(node)) == node


@pytest.mark.parametrize("text", ["x_1", "n_j", "W_i", "W_123", "s_q", "ŷ_q"])
def test_any_other_subscript_belongs_to_the_name(text: str) -> None:
    assert read(text) == tree.name(text)


def test_a_declared_name_comes_before_an_entry() -> None:
    assert read("s_1", {**NAMES, "s_1": domain("real")}) == tree.name("s_1")


def test_two_ways_to_cut_a_subscript_are_two_readings() -> None:
    names = {**NAMES, "ji": domain("positive integer")}
    with pytest.raises(Refusal, match="two readings"):
        read("W_iji", names)


def test_row_and_column_of_what_is_no_matrix_are_refused() -> None:
    with pytest.raises(TriposError, match="no entries by row and column"):
        read("x_{1,2}")


def test_the_letter_of_a_growth_may_be_a_name() -> None:
    assert read("O(n)") == tree.call("O", tree.name("n"))
    assert read("Θ(n)") == tree.call("Theta", tree.name("n"))
    assert read("O(n)", {**NAMES, "O": domain("real")}) == tree.multiply(tree.name("O"), tree.name("n"))
    assert not Vocabulary().keeps("Theta")
    assert Vocabulary().keeps("transpose")
    assert Vocabulary().keeps("infinity")
