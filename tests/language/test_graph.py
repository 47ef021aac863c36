"""Computational graphs: exact values and gradients against PyTorch's autograd, kinks, depth, and what is refused."""

import random

import pytest
from flint import arb

from tripos.language import graph as graphs
from tripos.language import source
from tripos.language.arithmetic import FUNCTIONS, OPERATIONS
from tripos.language.constant import ball
from tripos.language.derivatives import FUNCTIONS as DERIVATIVES
from tripos.language.derivatives import OPERATIONS as OPERATION_DERIVATIVES
from tripos.language.derivatives import WITHOUT
from tripos.language.evaluator import Evaluator
from tripos.language.values import Undefined
from tripos.language.vocabulary import Vocabulary
from tripos.problem import Place, TriposError

ARITHMETIC = Vocabulary()


def graph(text):
    return graphs.read([line.strip() for line in text.strip().split("\n")], ARITHMETIC, Place("exam.md", 1, 1))


def value(found, name):
    return Evaluator().answer(graphs.value.of(found, name)).value


def gradient(found, name):
    return Evaluator().answer(graphs.gradient.of(found, name)).value


def shown(found, rule):
    return {name: source.of_value(rule(found, name)) for name in found.names}


def test_the_gradients_of_an_exam_graph_are_exact():
    found = graph("x = 3\n y = -2\n z = 5\n p = 2^x\n q = p + y\n c = clamp(q, 1, 10)\n f = c * z")
    assert shown(found, value) == {"x": "3", "y": "-2", "z": "5", "p": "8", "q": "6", "c": "6", "f": "30"}
    assert shown(found, gradient) == {
        "x": "40*ln(2)", "y": "5", "z": "6", "p": "5", "q": "5", "c": "5", "f": "1",
    }  # fmt: skip


def test_the_gradient_of_a_name_is_summed_over_all_its_uses():
    found = graph("x = 3\n a = x * x\n b = x + a\n f = a * b")
    # f = x²(x + x²) = x³ + x⁴
    assert source.of_value(gradient(found, "x")) == "135"


@pytest.mark.parametrize(
    "lines",
    ["x = 2\n y = 2\n f = max(x, y)", "x = 0\n f = relu(x)", "x = 0\n f = abs(x)", "x = 1\n f = clamp(x, 1, 10)"],
)
def test_the_gradient_at_a_kink_is_undefined(lines):
    assert isinstance(gradient(graph(lines), "x"), Undefined)


def test_a_saturated_clamp_lets_nothing_through():
    assert gradient(graph("x = -6\n f = clamp(x, -5, 5)"), "x") == 0


def test_every_operation_of_arithmetic_has_a_derivative_or_says_why_not():
    assert set(OPERATION_DERIVATIVES) == set(OPERATIONS)
    assert set(DERIVATIVES) | set(WITHOUT) == set(FUNCTIONS)
    assert not set(DERIVATIVES) & set(WITHOUT)


def test_thousands_of_nodes_need_no_recursion():
    lines = [
        "x0 = 1",
        *(f"x{i} = x{i - 1} + x{i - 1}" if i % 9 == 0 else f"x{i} = x{i - 1} * 1" for i in range(1, 3000)),
    ]
    assert source.of_value(gradient(graph("\n".join(lines)), "x0")) == str(2**333)


def test_fractions_of_fractions_are_bounded_and_not_recursed_into():
    lines = ["x0 = exp(1)", *(f"x{i} = 1 + x{i - 1}" if i % 2 else f"x{i} = 1 / x{i - 1}" for i in range(1, 400))]
    with pytest.raises(TriposError, match="terms, or fractions 20 deep"):
        value(graph("\n".join(lines)), "x399")


# What PyTorch computes for each line; the graph's own text is written from the same drawn choice, not read back.
UNARY = {
    "exp({})": lambda t, x: t.exp(x),
    "-{}": lambda t, x: -x,
    "tanh({})": lambda t, x: t.tanh(x),
    "sigmoid({})": lambda t, x: t.sigmoid(x),
    "relu({})": lambda t, x: t.relu(x),
    "abs({})": lambda t, x: x.abs(),
    "2^{}": lambda t, x: 2**x,
    "{}^2": lambda t, x: x**2,
    "clamp({}, -2, 3)": lambda t, x: x.clamp(-2, 3),
    "3/{}": lambda t, x: 3 / x,
}
BINARY = {
    "{} + {}": lambda t, x, y: x + y,
    "{} - {}": lambda t, x, y: x - y,
    "{} * {}": lambda t, x, y: x * y,
    "{} / {}": lambda t, x, y: x / y,
    "max({}, {})": lambda t, x, y: t.maximum(x, y),
    "min({}, {})": lambda t, x, y: t.minimum(x, y),
}
TRANSCENDENTAL = ("exp", "tanh", "sigmoid", "2^")


def draw(seed, torch):
    """A random graph as lines, with the same graph in PyTorch. Transcendental functions take rational inputs only,
    since the exact arithmetic has no tower of exponentials."""
    chance = random.Random(seed)
    lines, tensors, rational = [], {}, set()
    for index in range(chance.randint(2, 4)):
        top, bottom = chance.choice([*range(-9, 0), *range(1, 10)]), chance.choice([1, 2, 4])
        lines.append(f"x{index} = {top}/{bottom}" if top > 0 else f"x{index} = -{-top}/{bottom}")
        tensors[f"x{index}"] = torch.tensor(top / bottom, dtype=torch.float64, requires_grad=True)
        rational.add(f"x{index}")
    for index in range(chance.randint(2, 8)):
        name = f"y{index}"
        if chance.random() < 0.5:
            spelling, rule = chance.choice(list(UNARY.items()))
            pool = sorted(rational) if spelling.startswith(TRANSCENDENTAL) else list(tensors)
            operands = [chance.choice(pool)]
        else:
            spelling, rule = chance.choice(list(BINARY.items()))
            operands = [chance.choice(list(tensors)), chance.choice(list(tensors))]
        lines.append(f"{name} = {spelling.format(*operands)}")
        tensors[name] = rule(torch, *(tensors[operand] for operand in operands))
        tensors[name].retain_grad()
        if set(operands) <= rational and not spelling.startswith(TRANSCENDENTAL):
            rational.add(name)
    return lines, tensors


@pytest.mark.parametrize("batch", range(10))
def test_values_and_gradients_agree_with_autograd(torch, batch):
    compared = 0
    for seed in range(batch * 40, batch * 40 + 40):
        lines, tensors = draw(seed, torch)
        found = graph("\n".join(lines))
        output = tensors[found.output]
        if not torch.isfinite(output):
            continue
        output.backward()
        for name in found.names:
            exact, slope = value(found, name), gradient(found, name)
            if isinstance(exact, Undefined) or isinstance(slope, Undefined):
                continue  # kinks, where PyTorch picks a subgradient, and towers that exact arithmetic refuses
            theirs = 0.0 if tensors[name].grad is None else tensors[name].grad.item()
            assert close(exact, tensors[name].item()), (lines, name)
            assert close(slope, theirs), (lines, name)
            compared += 1
    assert compared > 100


def close(exact, theirs):
    enclosure = ball(exact)
    # A float64 computation of a dozen operations is off by far less than a part in 10^9.
    allowed = arb(0, 1e-9 * max(1.0, abs(theirs)))
    return (enclosure + allowed).contains(arb(theirs))


@pytest.mark.parametrize(
    ("lines", "line", "says"),
    [
        ("x = 3\n y = 2*(x + 1)", 2, "more than one operation"),
        ("x = 3\n y = x + w", 2, "w has no line above"),
        ("x = 3\n x = 4\n y = x", 2, "has a line already"),
        ("x = 3\n y", 2, "a line of a graph"),
        ("x = 3\n y = x $", 2, "cannot stand"),
        ("x = 3", 1, "at least one input and one operation"),
        ("x = 3\n y = foo(x)", 2, "no function foo"),
    ],
)
def test_a_faulty_graph_is_refused_with_its_line(lines, line, says):
    with pytest.raises(TriposError) as caught:
        graph(lines)
    problem = caught.value.problems[0]
    assert (problem.place.file, problem.place.line) == ("exam.md", line)
    assert says in problem.fact
