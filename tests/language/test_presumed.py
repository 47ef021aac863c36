"""Presumed names: what the letters of a text are taken for where nobody declares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripos.language.names import Free, Sort
from tripos.language.presumed import presumed
from tripos.language.presumed_tensors import matrix

REAL, VECTOR, FUNCTION = Free(Sort.REAL), Free(Sort.VECTOR), Free(Sort.FUNCTION)


def of(vector):
    return Free(Sort.INDEX, of=vector)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("224", {}),
        ("e^2 + pi + π", {}),
        ("16 x 32", {}),
        ("16x32", {}),
        ("b = 2aΔ", {"b": REAL, "a": REAL, "Δ": REAL}),
        (r"\lambda w", {"λ": REAL, "w": REAL}),
        ("learningrate * g", {"learningrate": REAL, "g": REAL}),
        ("x_1 + x_2", {"x_1": REAL, "x_2": REAL}),
        ("s_max", {"s_max": REAL}),
        ("s_j - s_{y_i}", {"s": VECTOR, "j": of("s"), "y": of("s")}),
        (r"\log \sum_k e^{s_k} - s_y", {"s": VECTOR, "y": of("s")}),
        (r"\sum_{j \neq y_i} e^{s_j}", {"s": VECTOR, "y": of("s")}),
        ("sum(exp(s_k) for k in indices(s))", {"s": VECTOR}),
        ("W_{ij}", {"W": matrix("W"), "i": of("W"), "j": of("W")}),
        ("x_{ij}", {"x": matrix("x"), "i": of("x"), "j": of("x")}),
        ("x_{in}", {"x_in": REAL}),
        ("h_{t-1}", {"h_{t-1}": REAL}),
        ("W_h h_{t-1} + W_x x_t + b", {"W_h": REAL, "h_{t-1}": REAL, "W_x": REAL, "x_t": REAL, "b": REAL}),
        ("W_{hh} h_{t−1} + W_{xh} x_t", {"W_hh": REAL, "h_{t-1}": REAL, "W_xh": REAL, "x_t": REAL}),
        (r"\sum_{t=2}^n (x_t - x_{t-1})", {"n": REAL, "x": VECTOR}),
        (r"\frac{\partial L}{\partial h_{t-1}}", {"∂L/∂h_{t-1}": REAL}),
        ("W^T x", {"W": matrix("W"), "x": VECTOR}),
        ("W^{T} x + b", {"W": matrix("W"), "x": VECTOR, "b": VECTOR}),
        ("w^T x + b", {"w": VECTOR, "x": VECTOR, "b": REAL}),
        ("λ X^T(y - p)", {"λ": REAL, "X": matrix("X"), "y": VECTOR, "p": VECTOR}),
        ("∂L/∂W = x δ^T", {"∂L/∂W": matrix("∂L/∂W"), "x": VECTOR, "δ": VECTOR}),
        (r"W_h^\top δ", {"W_h": matrix("W_h"), "δ": VECTOR}),
        ("W^{(1)T} δ", {"W^(1)": matrix("W^(1)"), "δ": VECTOR}),
        ("W_1^T x", {"W_1": matrix("W_1"), "x": VECTOR}),
        ("2^T", {"T": REAL}),
        ("σ²(x) + σ^2(x)", {"x": REAL}),
        ("p_j - I(j = y)", {"p": VECTOR, "j": of("p"), "y": of("p")}),
        ("f(x) + f'(x)", {"f": FUNCTION, "x": REAL}),
        ("σ(x)", {"x": REAL}),
        ("A^T T", {"A": REAL, "T": REAL}),
        (r"\hat{y} - y", {"ŷ": REAL, "y": REAL}),
        (r"\frac{\partial L}{\partial a^{(1)}} x", {"∂L/∂a^(1)": REAL, "x": REAL}),
        ("∂L/∂ŷ", {"∂L/∂ŷ": REAL}),
        ("W^{(1)} + z^{[2]}", {"W^(1)": REAL, "z^[2]": REAL}),
        ("closed(0, infinity)", {}),
        ("x if x > 0 else 0", {"x": REAL}),
        (r"\begin{nonsense}", {}),
        ("x_", {}),
        ("∂", {}),
        ("x^", {"x": REAL}),
        ("_{", {}),
    ],
)
def test_letters_are_presumed_to_be_what_they_look_like(text, names):
    assert presumed(text, {}) == names


def test_what_is_declared_is_not_presumed():
    assert presumed("x + y", {"x": Free(Sort.POSITIVE)}) == {"y": REAL}
    assert presumed("s_j", {"s": VECTOR, "j": of("s")}) == {}
    assert presumed("n log n", {}, Sort.POSITIVE_INTEGER) == {"n": Free(Sort.POSITIVE_INTEGER)}


@given(st.text(alphabet="xsjWfyΔσ∂/_^{}()[],=!<>≠∈|\\ 0129.'√∑logsumfor", max_size=40))
def test_any_text_is_looked_through_to_its_end(text):
    assert all(name in ("", name.strip()) for name in presumed(text, {}))


def test_an_answer_longer_than_any_is_not_looked_through():
    assert presumed("x" * 100_000, {}) == {}
