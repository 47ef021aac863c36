"""Values of trees at a point, worked out by code that shares nothing with ours: fractions where it can, else floats."""

import math
from fractions import Fraction

from tripos.language.tree import Op


def value_of(node, point):
    """The value of a tree; None where it has none."""
    args = [value_of(arg, point) for arg in node.args]
    if node.op is Op.NAME:
        return point[node.value]
    if node.op is Op.NUMBER:
        return Fraction(int(node.value.p), int(node.value.q))
    if any(arg is None for arg in args) and node.op is not Op.IF:
        return None
    match node.op:
        case Op.ADD:
            return sum(args)
        case Op.NEGATE:
            return -args[0]
        case Op.MULTIPLY:
            return math.prod(args)
        case Op.DIVIDE:
            return args[0] / args[1] if args[1] else None
        case Op.POWER:
            return None if args[0] == 0 and args[1] < 0 else args[0] ** args[1]
        case Op.COMPARE:
            if any(isinstance(arg, float) for arg in args) and math.isclose(*args, rel_tol=1e-9, abs_tol=1e-9):
                raise OverflowError  # floats do not tell which is larger
            return {">": args[0] > args[1], ">=": args[0] >= args[1], "=": args[0] == args[1]}[node.value[0].value]
        case Op.IF:
            return args[0] if args[0] is None else args[1] if args[0] else args[2]
    return called(node.value.name, args)


def called(name, args):
    """The value of a function."""
    if name in ("exp", "sigmoid", "tanh"):
        rules = {"exp": math.exp, "sigmoid": lambda u: 1 / (1 + math.exp(-u)), "tanh": math.tanh}
        return rules[name](float(args[0]))
    if name == "log":
        return math.log(args[0]) if args[0] > 0 else None
    if name == "sqrt":
        return math.sqrt(args[0]) if args[0] >= 0 else None
    return {"max": max, "min": min, "abs": lambda u: abs(u), "relu": lambda u: max(u, 0)}[name](*args)
