"""Names declared in words: `--where` as people write it."""

import pytest

from tripos.language.names import Free, Sort
from tripos.language.where import declared
from tripos.problem import TriposError

NOT_NEGATIVE = Free(Sort.INTERVAL, bounds=("0", "infinity"), strict=(False, True))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", {}),
        ("x real", {"x": Free(Sort.REAL)}),
        ("Δ positive; n positive integer", {"Δ": Free(Sort.POSITIVE), "n": Free(Sort.POSITIVE_INTEGER)}),
        ("a, b positive", {"a": Free(Sort.POSITIVE), "b": Free(Sort.POSITIVE)}),
        ("a, b : positive", {"a": Free(Sort.POSITIVE), "b": Free(Sort.POSITIVE)}),
        ("p > 0", {"p": Free(Sort.POSITIVE)}),
        ("a, Δ > 0", {"a": Free(Sort.POSITIVE), "Δ": Free(Sort.POSITIVE)}),
        ("0 < p", {"p": Free(Sort.POSITIVE)}),
        ("x >= 0", {"x": NOT_NEGATIVE}),
        ("x, y ≥ 0", {"x": NOT_NEGATIVE, "y": NOT_NEGATIVE}),
        ("x nonnegative", {"x": NOT_NEGATIVE}),
        ("1 > p > 0", {"p": Free(Sort.INTERVAL, bounds=("0", "1"))}),
        ("1 ≥ p > 0", {"p": Free(Sort.INTERVAL, bounds=("0", "1"), strict=(True, False))}),
        ("v positive vector", {"v": Free(Sort.VECTOR, bounds=("0", ""))}),
        ("v: positive vector of n", {"v": Free(Sort.VECTOR, sizes=("n",), bounds=("0", ""))}),
        (
            "h_{t - 1} m vector; x_{t} n vector",
            {"h_{t-1}": Free(Sort.VECTOR, sizes=("m",)), "x_t": Free(Sort.VECTOR, sizes=("n",))},
        ),
        ("f function;", {"f": Free(Sort.FUNCTION)}),
        ("W m by n matrix", {"W": Free(Sort.MATRIX, sizes=("m", "n"))}),
        ("v vector of n", {"v": Free(Sort.VECTOR, sizes=("n",))}),
        ("0 < p < 1", {"p": Free(Sort.INTERVAL, bounds=("0", "1"))}),
        ("p : 0 <= p < 1", {"p": Free(Sort.INTERVAL, bounds=("0", "1"), strict=(False, True))}),
        ("W^{(1)} 3 by 4 matrix", {"W^(1)": Free(Sort.MATRIX, sizes=("3", "4"))}),
        ("∂L/∂ŷ real; s_{j} real", {"∂L/∂ŷ": Free(Sort.REAL), "s_j": Free(Sort.REAL)}),
        ("y: index of s; s vector", {"y": Free(Sort.INDEX, of="s"), "s": Free(Sort.VECTOR)}),
        (
            "j index of s, j != y",
            {
                "j": Free(Sort.INDEX, of="s", excluding="y"),
                "s": Free(Sort.VECTOR),
                "y": Free(Sort.INDEX, of="s"),
            },
        ),
    ],
)
def test_words_declare_names(text, names):
    sizes = {size for meaning in names.values() for size in meaning.sizes if not size.isdecimal()}
    assert declared(text) == {**dict.fromkeys(sizes, Free(Sort.POSITIVE_INTEGER)), **names}


def test_a_size_that_is_a_word_is_a_positive_integer_and_a_number_is_no_name():
    assert declared("W m by 3 matrix; m positive") == {
        "W": Free(Sort.MATRIX, sizes=("m", "3")),
        "m": Free(Sort.POSITIVE),
    }
    assert "3" not in declared("W m by 3 matrix")


@pytest.mark.parametrize(
    ("text", "says", "column"),
    [
        ("x foo", '"foo" is not a domain', 0),
        ("x bar", "Use one of .*nonnegative.*positive vector of n", 0),
        ("y real; x", '"x" has no domain', 8),
        ("x real; x positive", "x is declared twice", 8),
        ("2x real", '"2x" is not a name', 0),
        ("x, real", "has no domain", 0),
        ("e real", "e has a meaning of its own", 0),
        ("x: ", '"" is not a domain', 0),
        (": real", "a name is missing", 0),
        ("x " * 2_000, "4,000 characters", 0),
    ],
)
def test_what_declares_nothing_is_refused_with_its_place(text, says, column):
    with pytest.raises(TriposError, match=says) as caught:
        declared(text)
    problem = caught.value.problems[0]
    assert (problem.start, problem.text) == (column, text)
