"""What a pair means, by a second hand: small Python expressions, interpreted at drawn points, with no line of Tripos.

A pair may carry `means`, the key and the response as their author understood them, in Python: `a * b if x > 0 else 0`,
`sum(exp(s[k]) for k in N(s) if k != y)`, `W @ x`. Numbers are fractions while they can be, entries count from 1,
vectors are columns. What has no value is UNDEFINED, which is a value. Nothing here is `eval`: a walk over Python's own
syntax tree, for a dozen kinds of node.
"""

from __future__ import annotations

import ast
import functools
import itertools
import math
import operator
import random
import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

UNDEFINED = "undefined"
TOO_LARGE = "too large"  # for a float: the point says nothing


class Grid:
    """A matrix; a vector is one column."""

    def __init__(self, rows: Iterable[Iterable[object]]) -> None:
        self.rows = [list(row) for row in rows]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.rows[0])

    def each(self, rule: Callable[..., object], *others: object) -> Grid:
        """The rule on every entry, and on the same entry of the others; a number is the same everywhere."""
        grids = [
            other if isinstance(other, Grid) else Grid([[other] * self.shape[1]] * self.shape[0]) for other in others
        ]
        if any(grid.shape != self.shape for grid in grids):
            raise ValueError("shapes differ")
        columns = [zip(*rows, strict=True) for rows in zip(self.rows, *(grid.rows for grid in grids), strict=True)]
        return Grid([[rule(*entries) for entries in row] for row in columns])

    def turned(self) -> Grid:
        return Grid(zip(*self.rows, strict=True))

    def __matmul__(self, other: Grid) -> Grid:
        if self.shape[1] != other.shape[0]:
            raise ValueError("shapes do not fit")
        columns = other.turned().rows
        return Grid([[sum(map(operator.mul, row, column)) for column in columns] for row in self.rows])


def _spread(rule: Callable[..., object]) -> Callable[..., object]:
    def spread(*values: object) -> object:
        if any(isinstance(value, Grid) and value.shape != (1, 1) for value in values):
            values = tuple(map(_scalar, values))
        first = next((value for value in values if isinstance(value, Grid)), None)
        if first is None:
            return rule(*values)
        at = values.index(first)
        return first.each(lambda entry, *rest: rule(*rest[:at], entry, *rest[at:]), *values[:at], *values[at + 1 :])

    return spread


def _scalar(value: object) -> object:
    return value.rows[0][0] if isinstance(value, Grid) and value.shape == (1, 1) else value


def _power(base: object, exponent: object) -> object:
    result = base**exponent
    if isinstance(result, complex):
        raise ValueError("not real")
    return result


def _clamp(value: object, low: object, high: object) -> object:
    return max(low, min(value, high))


def _softmax(grid: Grid) -> Grid:
    total = sum(math.exp(row[0]) for row in grid.rows)
    return grid.each(lambda entry: math.exp(entry) / total)


OPERATORS = {
    ast.Add: _spread(operator.add),
    ast.Sub: _spread(operator.sub),
    ast.Mult: _spread(operator.mul),
    ast.Div: _spread(operator.truediv),
    ast.Pow: _spread(_power),
    ast.MatMult: operator.matmul,
    ast.USub: _spread(operator.neg),
    ast.Not: operator.not_,
    ast.Eq: lambda left, right: near(left, right),
    ast.NotEq: lambda left, right: not near(left, right),
    ast.Lt: lambda left, right: left < right and not near(left, right),
    ast.LtE: lambda left, right: left < right or near(left, right),
    ast.Gt: lambda left, right: left > right and not near(left, right),
    ast.GtE: lambda left, right: left > right or near(left, right),
}
FUNCTIONS: dict[str, Callable[..., object]] = {
    "exp": _spread(math.exp),
    "log": _spread(math.log),
    "log2": _spread(math.log2),
    "log10": _spread(math.log10),
    "sqrt": _spread(math.sqrt),
    "tanh": _spread(math.tanh),
    "sigmoid": _spread(lambda x: 1 / (1 + math.exp(-x)) if x > -600 else math.exp(x)),
    "relu": _spread(lambda x: max(0, x)),
    "abs": _spread(abs),
    "sign": _spread(lambda x: (x > 0) - (x < 0)),
    "floor": _spread(math.floor),
    "ceil": _spread(math.ceil),
    "clamp": _spread(_clamp),
    "max": max,
    "min": min,
    "sum": sum,
    "prod": math.prod,
    "N": lambda grid: range(1, grid.shape[0] + 1),
    "columns": lambda grid: range(1, grid.shape[1] + 1),
    "to": lambda first, last: range(math.ceil(first), math.floor(last) + 1),
    "T": Grid.turned,
    "had": _spread(operator.mul),
    "norm": lambda grid: math.sqrt(sum(entry**2 for row in grid.rows for entry in row)),
    "norm1": lambda grid: sum(abs(entry) for row in grid.rows for entry in row),
    "dot": lambda left, right: left.turned() @ right,
    "trace": lambda grid: sum(grid.rows[at][at] for at in range(grid.shape[0])),
    "softmax": _softmax,
    "diag": lambda grid: Grid(
        [[row[0] if at == to else 0 for to in range(grid.shape[0])] for at, row in enumerate(grid.rows)]
    ),
    "pi": lambda: math.pi,
    "e": lambda: math.e,
}


def value(text: str, names: dict[str, object]) -> object:
    """What this Python expression comes to where the names have these values."""
    try:
        found = _scalar(_of(_parsed(text), names))
    except (ZeroDivisionError, ValueError):
        return UNDEFINED
    except OverflowError:
        return TOO_LARGE
    if isinstance(found, float) and not math.isfinite(found):
        return TOO_LARGE
    return found


@functools.lru_cache
def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def near(left: object, right: object) -> bool:
    """Whether two values agree, as far as floats can tell."""
    if isinstance(left, Grid) and isinstance(right, Grid):
        return left.shape == right.shape and all(
            near(mine, yours)
            for rows in zip(left.rows, right.rows, strict=True)
            for mine, yours in zip(*rows, strict=True)
        )
    if isinstance(left, (Grid, str)) or isinstance(right, (Grid, str)):
        return left is right
    if isinstance(left, (bool, int, Fraction)) and isinstance(right, (bool, int, Fraction)):
        return left == right
    return math.isclose(left, right, rel_tol=1e-8, abs_tol=1e-8)


def _of(node: ast.AST, names: dict[str, object]) -> object:
    match node:
        case ast.Constant(value=number):
            return number if isinstance(number, bool) else Fraction(str(number))
        case ast.Name(id=name):
            return names[name]
        case ast.BinOp(left=left, op=sign, right=right):
            return OPERATORS[type(sign)](_of(left, names), _of(right, names))
        case ast.UnaryOp(op=sign, operand=operand):
            return OPERATORS[type(sign)](_of(operand, names))
        case ast.Subscript(value=grid, slice=ast.Tuple(elts=[row, column])):
            return _entry(_of(grid, names), _of(row, names), _of(column, names))
        case ast.Subscript(value=grid, slice=row):
            return _entry(_of(grid, names), _of(row, names), 1)
        case ast.Call(func=ast.Name(id=name), args=[ast.GeneratorExp(elt=body, generators=loops)]):
            return _call(name, names)(list(_runs(body, loops, names)))
        case ast.Call(func=ast.Name(id=name), args=parts):
            return _call(name, names)(*[_of(part, names) for part in parts])
    return _condition(node, names)


def _condition(node: ast.AST, names: dict[str, object]) -> object:
    match node:
        case ast.Compare(left=first, ops=signs, comparators=rest):
            values = [_of(part, names) for part in (first, *rest)]
            neighbours = zip(signs, itertools.pairwise(values), strict=True)
            return all(OPERATORS[type(sign)](*both) for sign, both in neighbours)
        case ast.BoolOp(op=sign, values=parts):
            truths = [_of(part, names) for part in parts]  # all of them: what has no value is not skipped
            return all(truths) if isinstance(sign, ast.And) else any(truths)
        case ast.IfExp(test=test, body=body, orelse=otherwise):
            return _of(body if _of(test, names) else otherwise, names)
    raise TypeError(ast.dump(node))


def _call(name: str, names: dict[str, object]) -> Callable[..., object]:
    return names[name] if name in names else FUNCTIONS[name]  # type: ignore[return-value]


def _entry(grid: Grid, row: object, column: object) -> object:
    if not 1 <= row <= grid.shape[0] or not 1 <= column <= grid.shape[1]:
        raise ValueError("no such entry")
    return grid.rows[int(row) - 1][int(column) - 1]


def _runs(body: ast.AST, loops: list[ast.comprehension], names: dict[str, object]) -> Iterator[object]:
    if not loops:
        yield _of(body, names)
        return
    loop, *rest = loops
    for member in _of(loop.iter, names):
        inner = {**names, loop.target.id: member}
        if all(_of(condition, inner) for condition in loop.ifs):
            yield from _runs(body, rest, inner)


# --- the points -------------------------------------------------------------------------------------------------------

HALVES = [Fraction(number, 2) for number in range(-6, 7)]
OTHERS = [Fraction(1, 3), Fraction(1, 4), math.log(2), math.e, math.sqrt(2), Fraction(5), Fraction(10), Fraction(13)]


def identifier(name: str) -> str:
    """How a declared name is written in `means`: ∂L/∂a^{(1)} is L_a_1."""
    return re.sub(r"\W+", "_", name.replace("∂", "")).strip("_")


def declared(where: str) -> dict[str, str]:
    """The domain of every name of a `where`, in the order in which they can be drawn: what an index is of comes first."""
    found = {}
    for part in filter(None, (part.strip() for part in where.split(";"))):
        if inequality := re.fullmatch(r"(\S+)\s*<\s*(\w+)\s*<\s*(\S+)", part):
            found[inequality[2]] = f"between {inequality[1]} {inequality[3]}"
            continue
        name, domain = re.fullmatch(r"(\S+?):?\s+(.*)", part).groups()
        found[identifier(name)] = domain
    return dict(sorted(found.items(), key=lambda item: ("index" in item[1]) + ("!=" in item[1])))


def point(where: str, chance: random.Random) -> dict[str, object]:
    """Values for the names: often small whole numbers, so that ties and kinks are met; sometimes large ones."""
    sizes: dict[str, int] = {}
    wide = chance.choice([0, 0, 1, 2, 3])
    names: dict[str, object] = {}
    for name, domain in declared(where).items():
        names[name] = _drawn(domain, names, sizes, wide, chance)
        if domain == "function":
            bend, slope = chance.uniform(0.5, 2), chance.uniform(0.5, 2)
            names[name] = _spread(lambda x, bend=bend, slope=slope: math.sin(bend * x) + slope * x)
            names[name + "_prime"] = _spread(lambda x, bend=bend, slope=slope: bend * math.cos(bend * x) + slope)
    return names


def points(where: str, count: int, seed: str) -> Iterator[dict[str, object]]:
    """Points drawn from a seed: the same for everyone."""
    chance = random.Random(seed)
    for _ in range(count):
        yield point(where, chance)


def lattice(where: str, limit: int = 60_000) -> Iterator[dict[str, object]]:
    """Every combination of small fractions and a few constants: where equations have their solutions."""
    domains = declared(where)
    choices = [[entry for entry in HALVES + OTHERS if _member(entry, domain)] for domain in domains.values()]
    total = math.prod(map(len, choices))
    chance = random.Random(where)
    if total <= limit:
        combinations: Iterable[tuple[object, ...]] = itertools.product(*choices)
    else:
        combinations = (tuple(chance.choice(choice) for choice in choices) for _ in range(limit))
    for combination in combinations:
        yield dict(zip(domains, combination, strict=True))


def _member(entry: object, domain: str) -> bool:
    match domain.split():
        case ["between", low, high]:
            return float(low) < entry < float(high)
        case ["positive"]:
            return entry > 0
        case ["positive", "integer"]:
            return entry > 0 and entry == int(entry)
        case ["integer"]:
            return entry == int(entry)
    return True


def _drawn(domain: str, names: dict[str, object], sizes: dict[str, int], wide: int, chance: random.Random) -> object:
    def size(letter: str) -> int:
        return int(letter) if letter.isdigit() else sizes.setdefault(letter, chance.choice([1, 2, 3, 5]))

    def entry() -> object:
        return _real(wide, chance)

    match domain.replace(",", "").split():
        case ["index", "of", grid, *rest]:
            taken = [names[rest[-1]]] if rest else []
            free = [index for index in range(1, names[grid].shape[0] + 1) if index not in taken]
            return chance.choice(free) if free else names[grid].shape[0] + 1
        case ["vector"] | ["real", "vector"]:
            return Grid([entry()] for _ in range(size("any length")))
        case ["vector", "of", letter] | [letter, "vector"]:
            return Grid([entry()] for _ in range(size(letter)))
        case [rows, "by", columns, "matrix"]:
            across = range(size(columns))
            return Grid([entry() for _ in across] for _ in range(size(rows)))
        case ["positive", "integer"]:
            return chance.randint(1, 6)
        case ["integer"]:
            return chance.randint(-6, 6)
        case ["positive"]:
            return abs(entry()) or Fraction(1)
        case ["between", low, high]:
            return Fraction(low) + (Fraction(high) - Fraction(low)) * Fraction(chance.randint(1, 99), 100)
        case ["function"]:
            return None
    return entry()


def _real(wide: int, chance: random.Random) -> object:
    match wide:
        case 0:
            return Fraction(chance.randint(-3, 3))
        case 1:
            return Fraction(chance.randint(-12, 12), 4)
        case 2:
            return chance.uniform(-4, 4)
    return chance.uniform(-60, 60)
