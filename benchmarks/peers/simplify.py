"""SymPy, as most graders use it: read both sides under the declared assumptions; is the difference zero?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import sympy
from sympy.core.relational import Relational
from sympy.parsing.latex import parse_latex
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication_application,
    parse_expr,
    rationalize,
    standard_transformations,
)

from peers.pair import Pair
from peers.trial import DIFFERENT, EQUAL, UNDECIDED, UNREADABLE

TRANSFORMATIONS = (*standard_transformations, convert_xor, implicit_multiplication_application, rationalize)
ASSUMPTIONS = {
    "real": {"real": True},
    "positive": {"positive": True},
    "integer": {"integer": True},
    "positive integer": {"integer": True, "positive": True},
}
LETTERS = {"Δ": "Delta", "δ": "delta", "α": "alpha", "η": "eta", "λ": "lambda", "μ": "mu", "σ": "sigma"}
SET = re.compile(r"(?:\\left)?\\\{(.*?)(?:\\right)?\\\}")
INTERVAL = re.compile(r"(?:\\left)?([(\[])([^,]*),([^,]*?)(?:\\right)?([)\]])")
FUNCTIONS: dict[str, Callable[..., sympy.Basic]] = {
    "max": sympy.Max,
    "min": sympy.Min,
    "abs": sympy.Abs,
    "ln": sympy.log,
    "log2": lambda x: sympy.log(x, 2),
    "log10": lambda x: sympy.log(x, 10),
    "ceil": sympy.ceiling,
    "relu": lambda x: sympy.Max(0, x),
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "sigma": lambda x: 1 / (1 + sympy.exp(-x)),
    "clamp": lambda x, low, high: sympy.Min(sympy.Max(x, low), high),
}


def said(pair: Pair) -> str:
    """What SymPy says, by simplify, then by equals."""
    symbols = _symbols(pair.where)
    key, response = _read(pair.key, pair.latex[0], symbols), _read(pair.response, pair.latex[1], symbols)
    if key is None or response is None:
        return UNREADABLE
    try:
        same = _same(key, response)
    except Exception:  # noqa: BLE001  # whatever it raises, it has not decided
        return UNDECIDED
    return UNDECIDED if same is None else EQUAL if same else DIFFERENT


def _symbols(where: str) -> dict[str, sympy.Symbol]:
    found = {}
    for part in filter(None, (part.strip() for part in where.split(";"))):
        if between := re.fullmatch(r"0\s*<\s*(\w+)\s*<.*", part):
            found[between[1]] = sympy.Symbol(between[1], positive=True)
            continue
        name, _, domain = part.partition(" ")
        name = LETTERS.get(name, name)
        found[name] = sympy.Symbol(name, **ASSUMPTIONS.get(domain, {"real": True}))
    return found


def _read(text: str, latex: str, symbols: dict[str, sympy.Symbol]) -> object | None:
    for reading in _readings(text, latex.strip(" $"), symbols):
        try:
            return reading()
        except Exception:  # noqa: BLE001  # its parsers raise a dozen types
            continue
    return None


def _readings(text: str, latex: str, symbols: dict[str, sympy.Symbol]) -> Iterator[Callable[[], object]]:
    latex = re.sub(r"\\[lr]vert\b", "|", latex)  # its grammar has no other bars
    if found := SET.fullmatch(latex):
        yield lambda: sympy.FiniteSet(*[_known(parse_latex(part), symbols) for part in found[1].split(",")])
    if found := INTERVAL.fullmatch(latex):
        yield lambda: _interval(found, symbols)
    yield lambda: _known(parse_latex(latex, strict=True), symbols)
    if "\\" not in text and "=" not in text:
        plain = text
        for sign, word in {"−": "-", "·": "*", "×": "*", "²": "**2", "³": "**3", **LETTERS}.items():
            plain = plain.replace(sign, word)
        yield lambda: _known(parse_expr(plain, {**FUNCTIONS, **symbols, "e": sympy.E}, TRANSFORMATIONS), symbols)
    yield lambda: _known(parse_latex(latex, backend="lark"), symbols)
    yield lambda: _known(parse_latex(latex), symbols)


def _interval(found: re.Match[str], symbols: dict[str, sympy.Symbol]) -> sympy.Interval:
    low, high = (_known(parse_latex(end), symbols) for end in found.group(2, 3))
    return sympy.Interval(low, high, left_open=found[1] == "(", right_open=found[4] == ")")


def _known(tree: object, symbols: dict[str, sympy.Symbol]) -> object:
    if isinstance(tree, set):
        return sympy.FiniteSet(*[_known(part, symbols) for part in tree])
    if isinstance(tree, (list, tuple)):
        return _known(sympy.Matrix(tree), symbols)
    if not isinstance(tree, (sympy.Basic, sympy.MatrixBase)):
        raise TypeError(tree)  # an ambiguous parse is a tree of another sort
    constants = {"e": sympy.E, "pi": sympy.pi}
    stands = {}
    for symbol in tree.free_symbols:
        name = re.sub(r"[{}]", "", symbol.name)  # s_{j} is s_j
        stands[symbol] = symbols.get(name) or constants.get(name) or sympy.Symbol(name, real=True)
    tree = tree.xreplace(stands)
    for name, rule in FUNCTIONS.items():
        tree = tree.replace(sympy.Function(name), rule)
    return sympy.nsimplify(tree, rational=True) if tree.has(sympy.Float) else tree


def _same(key: object, response: object) -> bool | None:
    if isinstance(key, Relational) and isinstance(response, Relational):
        return _same_relation(key, response)
    if isinstance(key, sympy.MatrixBase) and isinstance(response, sympy.MatrixBase):
        if 1 in key.shape and 1 in response.shape:  # a row is as good as a column
            key, response = sympy.Matrix(list(key)), sympy.Matrix(list(response))
        return key.shape == response.shape and sympy.simplify(key - response).is_zero_matrix
    if isinstance(key, sympy.Set) and isinstance(response, sympy.Set):
        return sympy.simplify(key) == sympy.simplify(response)
    if not (isinstance(key, sympy.Expr) and isinstance(response, sympy.Expr)):
        return False
    difference = sympy.simplify(key - response)
    return True if difference == 0 else difference.equals(0)


def _same_relation(key: Relational, response: Relational) -> bool | None:
    symbols = key.free_symbols | response.free_symbols
    if len(symbols) == 1:
        (symbol,) = symbols
        return sympy.solveset(key, symbol, sympy.S.Reals) == sympy.solveset(response, symbol, sympy.S.Reals)
    if isinstance(key, sympy.Eq) and isinstance(response, sympy.Eq):
        ratio = sympy.simplify((key.lhs - key.rhs) / (response.lhs - response.rhs))
        return ratio.is_zero is False and bool(ratio.is_finite)
    return key.canonical == response.canonical
