"""Exact arithmetic on numbers: one table from operation to rule, with bounds on the size of what comes out.

What has no value is `Undefined`; an operand that is undefined makes the result so. What would be too large to hold is
refused before it is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from flint import arb, ctx, fmpq

from tripos.language import constant
from tripos.language.ball import PRECISION, Ball
from tripos.language.constant import Constant, Number
from tripos.language.tree import Op
from tripos.language.values import Undecided, Undefined
from tripos.problem import Place, Problem, Refusal

Result = Number | Undefined | Undecided
Apply = Callable[..., Result]

MAX_BITS = 40_000  # of a numerator or denominator: some 12,000 digits
ZERO, ONE, TWO = fmpq(0), fmpq(1), fmpq(2)


def bits(value: Number) -> int:
    """The size of the largest integer in a number, in bits."""
    if isinstance(value, Ball):
        return PRECISION
    return max(
        (max(int(part.p).bit_length(), int(part.q).bit_length()) for _, part in constant.terms_of(value)), default=1
    )


def too_large() -> Refusal:
    """What is raised instead of computing a number that nobody can read."""
    fact = f"this number would have more than {MAX_BITS * 3 // 10:,} digits."
    return Refusal(Problem(Place(), fact, "Use smaller numbers."))


def compared(left: Number, right: Number) -> int:
    """-1, 0 or 1 as left is below, equal to or above right; raises `constant.Undecidable`."""
    return constant.sign(subtract(left, right))


def add(left: Number, right: Number) -> Number:
    """The sum."""
    return constant.plus(left, right)


def negate(value: Number) -> Number:
    """The negative."""
    return constant.times(fmpq(-1), value)


def subtract(left: Number, right: Number) -> Number:
    """The difference."""
    return add(left, negate(right))


def multiply(left: Number, right: Number) -> Number:
    """The product."""
    if bits(left) + bits(right) > MAX_BITS:
        raise too_large()
    return constant.times(left, right)


def divide(left: Number, right: Number) -> Result:
    """The quotient; undefined by zero."""
    if right == ZERO:
        return Undefined("division by zero")
    if isinstance(left, Constant) and isinstance(right, Constant):
        ratio = constant.ratio(left, right)
        if ratio is not None:
            return ratio
    return multiply(left, constant.reciprocal(right))


def power(base: Number, exponent: Number) -> Result:
    """The power; a base that is not positive takes only whole exponents, and zero to the zero is one."""
    if isinstance(exponent, fmpq) and exponent.q == 1:
        return _whole_power(base, int(exponent.p))
    side = constant.sign(base)
    if side < 0:
        return Undefined("a root of a negative number")
    if side == 0:
        return ZERO if constant.sign(exponent) > 0 else Undefined("division by zero")
    if isinstance(exponent, fmpq) and isinstance(base, fmpq):
        if bits(base) * max(abs(int(exponent.p)), 1) > MAX_BITS:
            raise too_large()
        return constant.root(base, exponent)
    if isinstance(exponent, fmpq) and isinstance(base, Constant):
        exact = constant.monomial_power(base, exponent)
        if exact is not None:
            return exact
    return _lifted(lambda logarithm: exp(multiply(exponent, logarithm)), log(base))


def exp(value: Number) -> Result:
    """e to this power."""
    if isinstance(value, fmpq):
        return constant.exponential(value)
    exact = _as_logarithm(value) if isinstance(value, Constant) else None
    return constant.enclosed(lambda: constant.ball(value).exp()) if exact is None else exact


def log(value: Number) -> Result:
    """The natural logarithm."""
    if constant.sign(value) <= 0:
        return Undefined("a logarithm of zero or of a negative number")
    if isinstance(value, fmpq):
        return constant.logarithm(value)
    exact = constant.monomial_logarithm(value) if isinstance(value, Constant) else None
    return constant.enclosed(lambda: constant.ball(value).log()) if exact is None else exact


def logarithm_to(base: int) -> Apply:
    """The rule of the logarithm to this base."""
    return lambda value: _lifted(lambda top: divide(top, constant.logarithm(fmpq(base))), log(value))


def sign(value: Number) -> Number:
    """1, 0 or -1, as the value is positive, zero or negative."""
    return fmpq(constant.sign(value))


def sqrt(value: Number) -> Result:
    """The square root."""
    return power(value, fmpq(1, 2))


def absolute(value: Number) -> Number:
    """The absolute value."""
    return negate(value) if constant.sign(value) < 0 else value


def maximum(*values: Number) -> Number:
    """The largest."""
    return reduce(lambda best, value: value if compared(value, best) > 0 else best, values)


def minimum(*values: Number) -> Number:
    """The smallest."""
    return reduce(lambda best, value: value if compared(value, best) < 0 else best, values)


def clamp(value: Number, low: Number, high: Number) -> Number:
    """The value, but no smaller than low and no larger than high."""
    return minimum(maximum(value, low), high)


def relu(value: Number) -> Number:
    """The larger of the value and zero."""
    return maximum(value, ZERO)


def sigmoid(value: Number) -> Result:
    """1 / (1 + e^-x)."""
    return _lifted(lambda e: divide(ONE, add(ONE, e)), exp(negate(value)))


def tanh(value: Number) -> Result:
    """The hyperbolic tangent, 1 - 2 / (e^2x + 1)."""
    return _lifted(lambda e: _lifted(lambda q: subtract(ONE, q), divide(TWO, add(e, ONE))), exp(multiply(TWO, value)))


def floor(value: Number) -> Result:
    """The largest integer that is not above."""
    return fmpq(value.floor()) if isinstance(value, fmpq) else _rounded(value, lambda ball: ball.floor())


def ceil(value: Number) -> Result:
    """The smallest integer that is not below."""
    return fmpq(value.ceil()) if isinstance(value, fmpq) else _rounded(value, lambda ball: ball.ceil())


OPERATIONS: Mapping[Op, Apply] = {
    Op.ADD: lambda *args: reduce(add, args),
    Op.NEGATE: negate,
    Op.MULTIPLY: lambda *args: reduce(multiply, args),
    Op.DIVIDE: divide,
    Op.POWER: power,
}

# name: (rule, the fewest and the most arguments)
FUNCTIONS: Mapping[str, tuple[Apply, int, int]] = {
    "exp": (exp, 1, 1),
    "log": (log, 1, 1),
    "ln": (log, 1, 1),
    "log2": (logarithm_to(2), 1, 1),
    "log10": (logarithm_to(10), 1, 1),
    "sqrt": (sqrt, 1, 1),
    "sign": (sign, 1, 1),
    "abs": (absolute, 1, 1),
    "max": (maximum, 1, 64),
    "min": (minimum, 1, 64),
    "clamp": (clamp, 3, 3),
    "relu": (relu, 1, 1),
    "sigmoid": (sigmoid, 1, 1),
    "tanh": (tanh, 1, 1),
    "floor": (floor, 1, 1),
    "ceil": (ceil, 1, 1),
}


def applied(rule: Apply, values: Sequence[Result]) -> Result:
    """The rule's result, or the first operand that has no value; undecided where balls cannot tell."""
    for value in values:
        if isinstance(value, Undefined | Undecided):
            return value
    try:
        result = rule(*values)
    except constant.Undecidable:
        return Undecided("two numbers are too close to tell apart")
    if not isinstance(result, Undefined | Undecided) and bits(result) > MAX_BITS:
        raise too_large()
    return result


def _lifted(rule: Callable[[Number], Result], value: Result) -> Result:
    return value if isinstance(value, Undefined | Undecided) else rule(value)


def _rounded(value: Number, rule: Callable[[arb], arb]) -> fmpq:
    with ctx.workprec(PRECISION):
        whole = rule(constant.ball(value)).unique_fmpz()
    if whole is None:
        raise constant.Undecidable
    return fmpq(whole)


def _whole_power(base: Number, exponent: int) -> Result:
    if exponent < 0 and base == ZERO:
        return Undefined("division by zero")
    if bits(base) * abs(exponent) > MAX_BITS and base not in (ZERO, ONE, fmpq(-1)):
        raise too_large()
    if isinstance(base, fmpq):
        return fmpq(base**exponent)
    if isinstance(base, Ball):
        return constant.enclosed(lambda: base.enclosure**exponent)
    if len(base.terms) == 1:
        exact = constant.monomial_power(base, fmpq(exponent))
        if exact is not None:
            return exact
    if abs(exponent) * len(base.terms) > 64:
        raise too_large()
    result: Number = ONE
    for _ in range(abs(exponent)):
        result = multiply(result, base)
    return constant.reciprocal(result) if exponent < 0 else result


def _as_logarithm(value: Constant) -> Number | None:
    # e^(3 ln 2 + 1) is 8e: only logarithms and a rational may stand in the exponent.
    result: Number = ONE
    for monomial, coefficient in value.terms:
        match monomial:
            case ():
                factor: Result = constant.exponential(coefficient)
            case ((("ln", int(prime)), exponent),) if exponent == 1:
                factor = power(fmpq(prime), coefficient)
            case _:
                return None
        if isinstance(factor, Undefined | Undecided):
            return None
        result = multiply(result, factor)
    return result
