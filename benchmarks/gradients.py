"""Exact gradients of a scalar graph: Tripos against SymPy, on the same graphs in the same run.

Every gradient of every node, as on an exam paper. Run with `make bench`; SymPy comes with PyTorch, or by itself.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from fractions import Fraction

from tripos.language import graph as graphs
from tripos.language.evaluator import Evaluator
from tripos.language.vocabulary import Vocabulary
from tripos.problem import Place

try:
    import sympy
except ImportError:
    sys.exit("SymPy, the peer of this benchmark, is not installed: .venv/bin/pip install sympy")

GRAPHS, NODES, REPEATS = 20, 14, 5


def drawn(seed: int) -> list[str]:
    """A graph of sums, products and squares over rational inputs, as lines."""
    chance = random.Random(seed)
    lines = [f"x{index} = {chance.randint(1, 9)}/{chance.randint(1, 9)}" for index in range(4)]
    for index in range(4, NODES):
        left, right = (f"x{chance.randrange(max(0, index - 5), index)}" for _ in range(2))
        lines.append(f"x{index} = " + chance.choice([f"{left} + {right}", f"{left} * {right}", f"{left}^2"]))
    return lines


def ours(lines: list[str]) -> list[Fraction]:
    """The gradients by reverse mode, in exact rationals; reading the graph is included."""
    found = graphs.read(lines, Vocabulary(), Place())
    evaluator = Evaluator()
    values = [evaluator.answer(graphs.gradient.of(found, name)).number for name in found.names]
    return [Fraction(str(value)) for value in values]


def theirs(lines: list[str]) -> list[Fraction]:
    """The gradients by differentiating the output with respect to a symbol put at each node."""
    pairs = [line.split(" = ") for line in lines]
    values: dict[str, sympy.Expr] = {}
    for name, text in pairs:
        values[name] = sympy.sympify(text.replace("^", "**"), rational=True, locals=dict(values))
    gradients = []
    for chosen, _ in pairs:
        symbol = sympy.Symbol(chosen)
        scope = {}
        for name, text in pairs:
            scope[name] = (
                symbol if name == chosen else sympy.sympify(text.replace("^", "**"), rational=True, locals=scope)
            )
        slope = sympy.diff(scope[pairs[-1][0]], symbol).subs(symbol, values[chosen])
        gradients.append(Fraction(int(slope.p), int(slope.q)))
    return gradients


def main() -> None:
    """Time both and print the ratio."""
    times: dict[str, list[float]] = {"Tripos": [], "SymPy": []}
    for seed in range(GRAPHS):
        lines = drawn(seed)
        for name, rule in (("Tripos", ours), ("SymPy", theirs)):
            runs = []
            for _ in range(REPEATS):
                start = time.perf_counter()
                result = rule(lines)
                runs.append(time.perf_counter() - start)
            times[name].append(min(runs))
            assert result == ours(lines), (name, seed)
    medians = {name: statistics.median(found) for name, found in times.items()}
    print(f"{GRAPHS} graphs of {NODES} nodes, all gradients, best of {REPEATS}, median over graphs")
    for name, median in medians.items():
        print(f"  {name:8} {median * 1000:8.2f} ms   {median / medians['Tripos']:6.1f} times ours")


if __name__ == "__main__":
    main()
