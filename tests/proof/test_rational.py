"""The normal form: what it calls equal is equal wherever either has a value, checked by an evaluator of its own."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proof.byhand import value_of

from tripos.language import tree
from tripos.language.names import domain
from tripos.language.reader import expression
from tripos.language.tree import Binder, Node, Op, Relation
from tripos.language.vocabulary import Vocabulary
from tripos.proof.normal.equality import hazards, normals, same

NAMES = {
    name: domain(words)
    for name, words in {
        "x": "real", "y": "real", "z": "real", "a": "positive", "b": "positive", "Δ": "positive", "p": "0 < p < 1",
        "t": "-1 < t < 1", "n": "positive integer", "f": "function", "W": "m by n matrix", "v": "vector", "s": "vector",
        "k": "index of s", "j": "index of s, j != k",
    }.items()
}  # fmt: skip


def read(text):
    return expression(text, Vocabulary(), NAMES)


EQUAL = [
    ("(x + z)^2", "x^2 + 2*x*z + z^2"),
    ("a/a", "1"),
    ("1/(1 - p) - p/(1 - p)", "1"),
    ("(t + 1)/(t + 1)", "1"),
    ("(n + 1)/(n + 1)", "1"),
    ("(2*n - 1)/(2*n - 1)", "1"),
    ("(x^2 + 1)/(x^2 + 1)", "1"),
    ("exp(x + z)", "exp(x)*exp(z)"),
    ("exp(x/2)^2", "exp(x)"),
    ("exp(-x)", "1/exp(x)"),
    ("sqrt(a)*sqrt(a)", "a"),
    ("sqrt(x^2)", "abs(x)"),
    ("sqrt(x^4)", "x^2"),
    ("sqrt(a*b)", "sqrt(a)*sqrt(b)"),
    ("a^(1/2)*a^(1/3)", "a^(5/6)"),
    ("sqrt(1 - p)/(1 - p)", "(1 - p)^(-1/2)"),
    ("sqrt(1 + x^2)/(1 + x^2)", "1/sqrt(1 + x^2)"),
    ("log(a*b^2)", "log(a) + 2*log(b)"),
    ("log(exp(x))", "x"),
    ("exp(log(a))", "a"),
    ("log2(a)", "log(a)/log(2)"),
    ("a^x*a^z", "a^(x + z)"),
    ("2^(n + 1)", "2*2^n"),
    ("x^n*x", "x^(n + 1)"),
    ("sigmoid(x)", "1/(1 + exp(-x))"),
    ("1 - sigmoid(x)", "sigmoid(-x)"),
    ("tanh(x)", "2*sigmoid(2*x) - 1"),
    ("1 - tanh(x)^2", "4*exp(2*x)/(exp(2*x) + 1)^2"),
    ("log(1 + exp(x))", "x + log(1 + exp(-x))"),
    ("max(0, x)", "(x + abs(x))/2"),
    ("max(x, z)", "z + relu(x - z)"),
    ("x if x > 0 else 0", "relu(x)"),
    ("x if x >= 0 else 0", "relu(x)"),
    ("0 if x <= 0 else x", "max(x, 0)"),
    ("2*a*max(0, x - z)", "max(0, 2*a*(x - z))"),
    ("min(x, z) + max(x, z)", "x + z"),
    ("abs(x)^2", "x^2"),
    ("abs(x - z)", "abs(z - x)"),
    ("max(x, z, a)", "max(a, x, z)"),
    ("clamp(x, 0, 1)", "min(max(x, 0), 1)"),
    ("sqrt(8)", "2*sqrt(2)"),
    ("1/sqrt(2)", "sqrt(2)/2"),
    ("log(4)", "2*log(2)"),
    ("e^x", "exp(x)"),
    ("f(x + z)", "f(z + x)"),
    ("s_k + s_j", "s_j + s_k"),
    ("s_k - s_k", "0"),
    ("1 if 1/x > 0 and 1/x < z else 0", "1 if 1/x < z and 1/x > 0 else 0"),
    ("1 if x > 0 and 1/x > z else 0", "1 if 1/x > z and x > 0 else 0"),
    ("W*v", "W*v"),
    ("norm(v)*2", "norm(v) + norm(v)"),
]


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_formulas_with_one_normal_form_are_equal(left, right):
    assert same(read(left), read(right), NAMES) is True
    assert same(read(right), read(left), NAMES) is True


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x/x", "1"),
        ("(x^2 - 1)/(x - 1)", "x + 1"),
        ("(n - 1)/(n - 1)", "1"),
        ("1/(1/x)", "x"),
        ("log(x^2)", "2*log(x)"),
        ("exp(log(x))", "x"),
        ("sqrt(x)^2", "x"),
        ("0*log(x)", "0"),
        ("f(x) - f(x)", "0"),
        ("x^z", "exp(z*log(x))"),
        ("abs(x^n)", "x^n"),
        ("max(0, x)", "max(0, x, 2*x - 25)"),
        ("W*v", "v*W"),
        ("1 if x > 0 else 0", "1 if x >= 0 else 0"),
        ("1 if x > 0 and 1/x > 0 else 0", "1 if 1/x > 0 else 0"),
        ("1 if x <= 0 or 1/x > 0 else 0", "1 if x <= 0 or x > 0 else 0"),
        ("1 if 0 < x < 1/x else 0", "1 if (0 < x < 1/x) and 1/x < 1/x + 1 else 0"),
        ("s[k + 1] - s[k + 1]", "0"),
    ],
)
def test_what_is_equal_only_in_part_is_not_called_equal(left, right):
    assert same(read(left), read(right), NAMES) is None


@pytest.mark.parametrize(
    ("left", "right"), [("x", "z"), ("x + 1", "x"), ("s_k", "s_j"), ("x/z", "z/x"), ("(x + z)^2", "x^2 + z^2")]
)
def test_different_quotients_of_polynomials_are_proved_different(left, right):
    assert same(read(left), read(right), NAMES) is False


def over(body, variable="i", function="sum", condition=None, excluded=""):
    ranging = tree.name(excluded) if excluded else tree.call("indices", tree.name("s"))
    return Node(
        Op.BIND, (body, ranging, *([condition] if condition else [])), Binder(function, variable, bool(excluded))
    )


def entry(index):
    return Node(Op.ENTRY, (tree.name("s"), tree.name(index)))


def test_sums_over_an_index_have_a_normal_form():
    raised = tree.call("exp", entry("i"))
    total, shifted = over(raised), over(tree.call("exp", tree.subtract(entry("i"), tree.name("z"))))
    renamed = over(tree.call("exp", entry("q")), "q")
    unequal = Node(Op.COMPARE, (tree.name("i"), tree.name("k")), (Relation.UNEQUAL,))
    assert same(total, renamed, NAMES)
    assert same(tree.call("log", total), tree.add(tree.name("z"), tree.call("log", shifted)), NAMES)
    assert same(over(raised, excluded="k"), over(raised, condition=unequal), NAMES)
    assert same(over(raised, excluded="k"), tree.subtract(total, tree.call("exp", entry("k"))), NAMES)
    assert same(over(tree.multiply(tree.name("x"), entry("i"))), tree.multiply(tree.name("x"), over(entry("i"))), NAMES)
    assert not same(total, over(raised, excluded="k"), NAMES)
    assert not same(over(raised, excluded="k"), over(raised, excluded="j"), NAMES)


def test_sums_that_double_with_every_level_are_given_up_early():
    body = tree.number(1)
    for level in range(16):
        name = f"i{level}"
        body = over(tree.multiply(entry(name), body), name, excluded="k")
    assert normals([body], NAMES) is None


def test_calls_of_a_free_function_may_be_deeply_nested():
    one, other, another = read("x"), read("x + 1 - 1"), read("x + 1")
    for _ in range(50):
        one, other, another = (tree.call("f", each) for each in (one, other, another))
    assert same(one, other, NAMES) is True
    assert same(one, another, NAMES) is None
    (part,) = normals([one], NAMES)[1]
    assert max(map(len, part.hazards)) < 1_000


def test_an_index_that_another_sum_binds_is_not_confused_with_ours():
    inner = over(entry("i"))
    both = over(tree.multiply(inner, entry("i")))
    apart = tree.multiply(over(entry("q"), "q"), over(entry("i")))
    assert same(both, apart, NAMES)
    assert not same(both, over(tree.power(entry("i"), tree.number(2))), NAMES)


def test_hazards_are_what_may_indeed_vanish():
    field, (value,) = normals([read("x/(x^2 - z^2) + 1/a + 1/(x^2 + 1)")], NAMES)
    assert len(hazards(value, field)) == 2  # x - z and x + z


@pytest.mark.parametrize(
    "text",
    ["(x + z + a + b)^30", "9^9^9^9", "x^(10^9)", "(x^50 + 1)*(z^50 + 1)/(x + z)^20", "10^9000*x", "+".join(f"sqrt(x + {i})" for i in range(99))],
)  # fmt: skip
def test_what_would_be_too_large_is_left_to_points(text):
    assert same(read(text), read(f"{text} + 1 - 1"), NAMES) is None


POINTS = [
    {"x": Fraction(x), "y": Fraction(y), "a": Fraction(a)}
    for x, y, a in [
        ("0", "0", "1"), ("1", "1", "1"), ("-1", "1", "2"), ("0", "3/7", "5/3"), ("2", "-2", "1/2"), ("-5/3", "7/4", "3"),
        ("13/11", "0", "1/9"), ("1/2", "-1/2", "1/2"), ("-3", "-3", "3"), ("17/5", "-23/7", "4/13"), ("1", "0", "1"),
    ]
]  # fmt: skip
LEAVES = st.sampled_from(["x", "y", "a", "x", "y"]).map(tree.name) | st.integers(-3, 3).map(tree.number)


def exact(parts):
    two = st.tuples(parts, parts)
    return (
        two.map(lambda pair: tree.add(*pair))
        | two.map(lambda pair: tree.multiply(*pair))
        | two.map(lambda pair: tree.divide(*pair))
        | parts.map(tree.negate)
        | st.tuples(parts, st.integers(-2, 3)).map(lambda pair: tree.power(pair[0], tree.number(pair[1])))
        | two.map(lambda pair: tree.call("max", *pair))
        | two.map(lambda pair: tree.call("min", *pair))
        | parts.map(lambda part: tree.call("abs", part))
        | st.tuples(two, parts, parts, st.sampled_from([Relation.GREATER, Relation.AT_LEAST, Relation.EQUAL])).map(
            lambda found: Node(Op.IF, (Node(Op.COMPARE, found[0], (found[3],)), found[1], found[2]))
        )
    )


def smooth(parts):
    return exact(parts) | st.tuples(st.sampled_from(["exp", "log", "sqrt", "sigmoid", "tanh"]), parts).map(
        lambda pair: tree.call(*pair)
    )


EXACT = st.recursive(LEAVES, exact, max_leaves=8)
SMOOTH = st.recursive(LEAVES, smooth, max_leaves=7)


def agree(left, right):
    if left is None or right is None:
        return left is right
    return left == right or math.isclose(left, right, rel_tol=1e-6, abs_tol=1e-6)


def seen(node):
    found = []
    for point in POINTS:
        try:
            found.append(value_of(node, point))
        except (OverflowError, ZeroDivisionError):
            found.append(math.nan)
    return found


def like(one, other):
    pairs = list(zip(seen(one), seen(other), strict=True))
    told = [pair for pair in pairs if not any(isinstance(v, float) and not (abs(v) < 1e6) for v in pair)]
    return all(agree(*pair) for pair in told)


@settings(max_examples=400, deadline=None)
@given(EXACT, EXACT)
def test_two_formulas_are_called_equal_only_if_they_agree_everywhere(left, right):
    told = same(left, right, NAMES)
    if told is True:
        assert like(left, right)
    if told is False:
        assert not like(left, right)


@settings(max_examples=400, deadline=None)
@given(SMOOTH, st.data())
def test_a_rewriting_keeps_the_value_and_is_never_proved_different(node, data):
    found = rewritten(node, data)
    told = same(node, found, NAMES)
    assert told is not False
    if told:
        assert like(node, found)


def rewritten(node, data):
    """A sound rewriting of one place in the tree."""
    places = list(range(node.size))
    at = data.draw(st.sampled_from(places))
    counter = iter(range(node.size))

    def rule(own, args):
        rebuilt = tree.rebuilt(own, args)
        return changed(rebuilt, data) if next(counter) == at else rebuilt

    return tree.fold(node, rule)


def changed(node, data):
    match node.op:
        case Op.ADD | Op.MULTIPLY:
            return Node(node.op, tuple(reversed(node.args)))
        case Op.NEGATE:
            return tree.multiply(tree.number(-1), node.args[0])
        case Op.POWER if node.args[1].value == 2:
            return tree.multiply(node.args[0], node.args[0])
        case Op.CALL if node.value.name == "max":
            one, other = node.args
            return tree.add(one, tree.call("relu", tree.subtract(other, one)))
        case Op.CALL if node.value.name == "sigmoid":
            return tree.divide(tree.number(1), tree.add(tree.number(1), tree.call("exp", tree.negate(node.args[0]))))
        case Op.COMPARE:
            return Node(Op.COMPARE, (tree.subtract(*node.args), tree.number(0)), node.value)
    if node.op is Op.IF or data.draw(st.booleans()):
        return node
    return tree.subtract(tree.add(node, tree.name("y")), tree.name("y"))


@settings(max_examples=150, deadline=None)
@given(st.recursive(LEAVES, lambda p: st.tuples(p, p).map(lambda q: tree.add(*q)) | st.tuples(p, p).map(lambda q: tree.multiply(*q)), max_leaves=8), st.integers(1, 5))  # fmt: skip
def test_a_polynomial_with_a_constant_added_is_proved_different(node, amount):
    assert same(node, tree.add(node, tree.number(amount)), NAMES) is False
    assert same(node, tree.multiply(tree.number(1), node), NAMES) is True
