"""Programs: every operation and function at random points, against PyTorch and against fractions by a second hand."""

import math
from fractions import Fraction
from random import Random

import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st
from tests.proof.points.at import declared, near, plain, tree, value
from tests.proof.points.oracle import UNDEFINED, Oracle, Untold
from tests.proof.writing import Writer, point

from tripos.language import arithmetic
from tripos.language.derivatives import KINK
from tripos.language.tree import Node, Op, name, number
from tripos.language.values import Undefined
from tripos.language.vocabulary import REDUCTIONS, TENSORS
from tripos.problem import Refusal
from tripos.proof.points import scalar
from tripos.proof.points.block import TENSORS as OF_BLOCKS
from tripos.proof.points.block import Block, Misfit
from tripos.proof.points.gathering import GATHER
from tripos.proof.points.program import POLES, SWITCHES, TABLE, WITHOUT, program
from tripos.proof.points.run import Meter, Run, Unsupported

NAMES = declared(
    "x, z: real; a: positive; n: positive integer; s: real vector; y: index of s; j: index of s, j != y;"
    "W: m by d matrix; V: m by d matrix; v: d vector; u: m vector; A: m by m matrix; f: function"
)


def test_every_operation_has_a_row_or_a_reason_to_have_none():
    assert set(TABLE) | set(WITHOUT) | {Op.BIND} == set(Op)
    assert not set(TABLE) & set(WITHOUT)
    assert all(WITHOUT.values())


def test_every_function_of_the_language_runs_here_and_no_other():
    assert set(scalar.FUNCTIONS) == set(arithmetic.FUNCTIONS)
    assert set(OF_BLOCKS) == TENSORS
    assert set(GATHER) == REDUCTIONS
    assert set(SWITCHES) <= set(scalar.FUNCTIONS)
    assert set(SWITCHES) >= POLES


# A text for every operation, and the same in PyTorch: what the names mean is in `drawn`.
OPERATIONS = {
    Op.NUMBER: ("7", lambda t, _: t.tensor(7.0)),
    Op.DECIMAL: ("0.125", lambda t, _: t.tensor(0.125)),
    Op.TRUTH: ("true", lambda t, _: t.tensor(True)),
    Op.NAME: ("x", lambda t, at: at["x"]),
    Op.DIMS: ("3x4x5", lambda t, _: t.tensor(3.0 * 4 * 5)),
    Op.ADD: ("W + 2*V + x", lambda t, at: at["W"] + 2 * at["V"] + at["x"]),
    Op.NEGATE: ("-W", lambda t, at: -at["W"]),
    Op.MULTIPLY: ("x*W*v", lambda t, at: at["x"] * (at["W"] @ at["v"])),
    Op.HADAMARD: ("W ⊙ V", lambda t, at: at["W"] * at["V"]),
    Op.DIVIDE: ("W/a", lambda t, at: at["W"] / at["a"]),
    Op.POWER: ("A^3 + a^x", lambda t, at: t.linalg.matrix_power(at["A"], 3) + at["a"] ** at["x"]),
    Op.COMPARE: ("x < z < 3", lambda t, at: (at["x"] < at["z"]) & (at["z"] < 3)),
    Op.AND: ("x < z and z < 3", lambda t, at: (at["x"] < at["z"]) & (at["z"] < 3)),
    Op.OR: ("x < z or z < 3", lambda t, at: (at["x"] < at["z"]) | (at["z"] < 3)),
    Op.NOT: ("not x < z", lambda t, at: ~(at["x"] < at["z"])),
    Op.IF: ("x if x > z else z - 1", lambda t, at: t.where(at["x"] > at["z"], at["x"], at["z"] - 1)),
    Op.CALL: ("f(W*v + u)", lambda t, at: at["f"](at["W"] @ at["v"] + at["u"])),
    Op.ENTRY: ("s_y + W[2, 1]", lambda t, at: at["s"][at["y"] - 1, 0] + at["W"][1, 0]),
    Op.TENSOR: ("[[x, 1], [z, 2]]", lambda t, at: t.stack([at["x"], t.tensor(1.0), at["z"], t.tensor(2.0)]).reshape(2, 2)),
    Op.BIND: ("sum(exp(s_k - s_y) for k != y)", lambda t, at: t.exp(at["s"] - at["s"][at["y"] - 1]).sum() - 1),
}  # fmt: skip
FUNCTIONS = {
    "exp": ("exp(x)", lambda t, at: t.exp(at["x"])),
    "log": ("log(a)", lambda t, at: t.log(at["a"])),
    "ln": ("ln(a)", lambda t, at: t.log(at["a"])),
    "log2": ("log2(a)", lambda t, at: t.log2(at["a"])),
    "log10": ("log10(a)", lambda t, at: t.log10(at["a"])),
    "sqrt": ("sqrt(a)", lambda t, at: t.sqrt(at["a"])),
    "sign": ("sign(x)", lambda t, at: t.sign(at["x"])),
    "abs": ("abs(x - z)", lambda t, at: t.abs(at["x"] - at["z"])),
    "max": ("max(x, z, 1/2)", lambda t, at: t.stack([at["x"], at["z"], t.tensor(0.5)]).max()),
    "min": ("min(x, z, 1/2)", lambda t, at: t.stack([at["x"], at["z"], t.tensor(0.5)]).min()),
    "clamp": ("clamp(x, -1, 1)", lambda t, at: t.clamp(at["x"], -1, 1)),
    "relu": ("relu(W)", lambda t, at: t.relu(at["W"])),
    "sigmoid": ("sigmoid(W)", lambda t, at: t.sigmoid(at["W"])),
    "tanh": ("tanh(W)", lambda t, at: t.tanh(at["W"])),
    "floor": ("floor(exp(x))", lambda t, at: t.floor(t.exp(at["x"]))),
    "ceil": ("ceil(exp(x))", lambda t, at: t.ceil(t.exp(at["x"]))),
    "transpose": ("transpose(W)", lambda t, at: at["W"].T),
    "dot": ("dot(u, W*v)", lambda t, at: t.dot(at["u"].flatten(), (at["W"] @ at["v"]).flatten())),
    "norm": ("norm(W) + norm(v, 1)", lambda t, at: t.linalg.norm(at["W"]) + at["v"].abs().sum()),
    "trace": ("trace(A)", lambda t, at: t.trace(at["A"])),
    "diag": ("diag(v) + diag(diag(v))*transpose(v)", None),
    "softmax": ("softmax(s)", lambda t, at: t.softmax(at["s"], 0)),
}  # fmt: skip
FUNCTIONS["diag"] = ("diag(v)*v + diag(A)[1]", lambda t, at: t.diag(at["v"].flatten()) @ at["v"] + at["A"][0, 0])
GATHERED = {
    "sum": ("sum(s_k^2 for k in indices(s))", lambda t, at: (at["s"] ** 2).sum()),
    "prod": ("prod(k for k in range(2, n))", lambda t, at: t.exp(t.lgamma(t.tensor(at["n"] + 1.0)))),
    "max": ("max(s_k for k in indices(s))", lambda t, at: at["s"].max()),
    "min": ("min(s_k for k != y)", lambda t, at: t.cat([at["s"][: at["y"] - 1], at["s"][at["y"] :]]).min()),
}


def test_every_operation_is_held_against_pytorch():
    assert set(OPERATIONS) == {*TABLE, Op.BIND} - {Op.GIVEN}
    assert set(FUNCTIONS) == set(arithmetic.FUNCTIONS) | TENSORS
    assert set(GATHERED) == REDUCTIONS


@pytest.mark.parametrize(
    ("text", "rule"),
    [*OPERATIONS.values(), *FUNCTIONS.values(), *GATHERED.values()],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_an_operation_gives_what_pytorch_gives(torch, text, rule):
    torch.set_default_dtype(torch.float64)
    try:
        for seed in range(20):
            names, same = drawn(torch, Random(seed))
            found = value(tree(text, NAMES), names, {"y": 4, "j": 4})
            assert near(found, read(rule(torch, same))), (text, names)
    finally:
        torch.set_default_dtype(torch.float32)


def drawn(torch, random):
    """The same point for us and for PyTorch: eighths, which floats hold exactly."""

    def real():
        return Fraction(random.randint(-24, 24), 8)

    def grid(rows, columns):
        return [[real() for _ in range(columns)] for _ in range(rows)]

    names = {
        "x": real(),
        "z": real(),
        "a": abs(real()) + Fraction(1, 8),
        "n": Fraction(random.randint(1, 6)),
        "s": grid(4, 1),
        "y": Fraction(random.randint(2, 3)),
        "j": Fraction(1),
        "W": grid(3, 2),
        "V": grid(3, 2),
        "v": grid(2, 1),
        "u": grid(3, 1),
        "A": grid(3, 3),
    }
    numbers = {
        word: torch.tensor([[float(part) for part in row] for row in own])
        if isinstance(own, list)
        else torch.tensor(float(own))
        for word, own in names.items()
    }
    cubic = lambda t: 1 + t * (2 - t * t / 8)  # noqa: E731
    whole = {word: int(names[word]) for word in "nyj"}
    return {**names, "f": cubic}, {**numbers, **whole, "f": cubic}


def read(result):
    """What PyTorch found, in Python's numbers; a vector is a column."""
    found = result.tolist()
    if isinstance(found, list) and not isinstance(found[0], list):
        found = [[part] for part in found]
    if isinstance(found, list) and len(found) == len(found[0]) == 1:
        return found[0][0]
    return found


@given(st.integers(0, 10**9))
def test_any_formula_comes_to_what_fractions_and_floats_say(seed):
    random = Random(seed)
    formula = Writer(random).formula()
    names, lengths = point(random)
    oracle = Oracle(names, lengths)
    try:
        wanted = oracle.of(formula)
    except Untold:
        return
    found = value(formula, names, lengths)
    assert found is scalar.UNKNOWN or near(found, wanted, oracle.scale), (found, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1/0", UNDEFINED),
        ("0*(1/0)", UNDEFINED),
        ("0^0", Fraction(1)),
        ("0^(-1)", UNDEFINED),
        ("(-8)^(1/3)", UNDEFINED),
        ("(-8)^(2)", Fraction(64)),
        ("sqrt(9/4)", Fraction(3, 2)),
        ("sqrt(-1)", UNDEFINED),
        ("log(0)", UNDEFINED),
        ("log(1)", Fraction(0)),
        ("exp(0)", Fraction(1)),
        ("sigmoid(0)", Fraction(1, 2)),
        ("1 if 1 < 2 else 1/0", Fraction(1)),
        ("1/0 if 1 < 2 else 1", UNDEFINED),
        ("1 if 1/0 < 2 else 1", UNDEFINED),
        ("1 if 2 < 1 and 1/0 < 2 else 3", Fraction(3)),
        ("1 if 1 < 2 or 1/0 < 2 else 3", Fraction(1)),
        ("1 if not 1/0 < 2 else 3", UNDEFINED),
        ("sum(k for k in range(3, 2))", Fraction(0)),
        ("prod(k for k in range(3, 2))", Fraction(1)),
        ("max(k for k in range(3, 2))", UNDEFINED),
        ("sum(1/(k - 2) for k in range(1, 3))", UNDEFINED),
        ("sum(1/(k - 2) for k in range(1, 3) if k != 2)", Fraction(0)),
        ("sum(k for k in range(1, 3) if 1/(k - 2) > 0)", UNDEFINED),
        ("sum(k*i for k in range(1, 3) for i in range(k, 3))", Fraction(25)),
        ("sum(k for k in {2, 3, 5})", Fraction(10)),
        ("sum(k for k in range(1, 5/2))", UNDEFINED),
    ],
)
def test_what_has_no_value_is_a_value(text, wanted):
    assert value(tree(text)) == wanted


def test_an_entry_beyond_the_last_is_undefined():
    names = {"s": [[Fraction(1)], [Fraction(2)]]}
    assert value(tree("s[3]", "s: real vector"), names) == UNDEFINED
    assert value(tree("s[2]", "s: real vector"), names) == 2


def test_a_bound_name_hides_a_free_one_and_gives_it_back():
    body = tree("x + sum(x*x for x in range(1, 3)) + x", "x: real")
    assert value(body, {"x": Fraction(5)}) == 5 + 14 + 5


def test_an_index_of_a_sum_may_be_left_out_in_a_sum_inside_it():
    scores = {"s": [[Fraction(part)] for part in (1, 10, 100)]}
    inside = tree("sum(sum(s_i for i != k) for k in indices(s))", "s: real vector")
    assert value(inside, scores) == 2 * 111


def test_an_index_of_a_range_leaves_out_one_of_all_classes():
    scores = {"s": [[Fraction(part)] for part in (1, 10, 100)]}
    inside = tree("sum(sum(s_i for i != k) for k in range(2, 3))", "s: real vector")
    assert value(inside, scores) == 101 + 11


def test_constants_are_balls_that_hold_them():
    for text, wanted in (("pi", math.pi), ("e", math.e), ("ln(2)", math.log(2)), ("sqrt(2)", math.sqrt(2))):
        assert near(value(tree(text)), wanted)


def test_a_name_of_a_constant_that_the_question_declares_is_its_own():
    assert value(name("e"), {"e": Fraction(3)}) == 3


def test_a_derivative_at_a_kink_is_no_common_undefined_value():
    assert value(KINK) is scalar.KINK
    assert value(Node(Op.GIVEN, value=Undefined("no case applies"))) == UNDEFINED


def test_the_sizes_of_blocks_are_looked_at_when_they_meet():
    names = {"W": [[Fraction(1), Fraction(2)]], "v": [[Fraction(1)]]}
    with pytest.raises(Misfit, match=r"1×2 and 1×1"):
        value(tree("W*v", "W: m by d matrix; v: d vector"), names)


@pytest.mark.parametrize(
    "node", [Node(Op.TEXT, value="word"), Node(Op.TUPLE, (number(1),)), name("nowhere"), tree("O(n)", "n: real")]
)
def test_what_has_no_value_at_a_point_is_told_as_such(node):
    with pytest.raises(Unsupported):
        value(node, {"n": Fraction(1)})


def test_a_sum_to_a_billion_is_refused_before_it_is_begun():
    with pytest.raises(Refusal, match="steps"):
        value(tree("sum(k for k in range(1, 10^9))"))


def test_a_tower_of_powers_costs_nothing():
    assert value(tree("9^9^9^9")) is scalar.UNKNOWN


def test_a_part_that_occurs_twice_is_worked_out_once():
    shared = tree("exp(x)*exp(x)*exp(x) + exp(x)", "x: real")
    assert len(program(shared).steps) == 4


def test_a_deep_tree_needs_no_recursion():
    deep = name("x")
    for _ in range(3_000):
        deep = Node(Op.NEGATE, (deep,))
    assert value(deep, {"x": Fraction(2)}) == 2


@pytest.mark.parametrize(
    ("text", "switches"),
    [
        ("max(x, 3)", [(-1, False)]),
        ("max(x, 3, 0)", [(-1, False), (2, False), (3, False)]),
        ("relu(x - 5)", [(-3, False)]),
        ("abs(x)", [(2, False)]),
        ("1/(x - 2)", [(0, True)]),
        ("log(x)", [(2, True)]),
        ("x^(-1)", [(2, True)]),
        ("x^2", []),
        ("clamp(x, 0, 1)", [(2, False), (1, False)]),
        ("1 if x < 3 else 2", [(-1, False)]),
        ("max(k - x for k in range(1, 2))", [(-1, False)]),
    ],
)
def test_the_switches_between_pieces_are_noted(text, switches):
    run = Run({"x": fmpq(2)}, {}, Meter(1000), [])
    program(tree(text, "x: real")).run(run)
    assert [(switch.value, switch.pole) for switch in run.switches] == switches


def test_a_part_that_is_always_positive_leaves_no_switch():
    bottom = tree("1/(1 + x^2) + log(1 + x^2)", "x: real")
    positive = frozenset({tree("1 + x^2", "x: real")})
    run = Run({"x": fmpq(2)}, {}, Meter(1000), [])
    program(bottom, positive).run(run)
    assert run.switches == []


def test_a_positive_argument_of_a_maximum_still_leaves_its_switches():
    run = Run({"x": fmpq(2)}, {}, Meter(1000), [])
    program(tree("max(3, x)", "x: real"), frozenset({number(3)})).run(run)
    assert [switch.value for switch in run.switches] == [1]


def test_a_ball_stays_a_ball_through_every_operation():
    result = value(tree("3*exp(x) - sqrt(2)/exp(x)", "x: real"), {"x": Fraction(1, 3)})
    assert isinstance(result, arb)
    assert near(plain(result), 3 * math.exp(1 / 3) - math.sqrt(2) / math.exp(1 / 3))
    assert isinstance(value(tree("[x, exp(x)]", "x: real"), {"x": Fraction(1)}), list)
    assert Block(1, 1, (fmpq(1),)).size == (1, 1)
