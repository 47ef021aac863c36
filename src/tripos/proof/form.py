"""Forms: whether a number is written as it is asked for, as a product, a fraction or a decimal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import fmpq

from tripos.language.tree import Node, Op, walk

_LEAVES = (Op.NUMBER, Op.DECIMAL)
_ONES = (fmpq(1), fmpq(-1))


def can_be_asked(form: str, key: Node) -> bool:
    """Whether a form tells anything of answers to this key: where it has nothing to multiply, a number will do."""
    return bool(form) and (form != "product" or is_product(key))


def is_product(response: Node) -> bool:
    """Whether a number is left as a product, at least in part. To multiply by one is no product."""
    return any(map(_multiplies, walk(response)))


def is_fraction(response: Node) -> bool:
    """Whether a number is an integer or a quotient of integers."""
    top = response.args[0] if response.op is Op.NEGATE else response
    return top.op is Op.NUMBER or (top.op is Op.DIVIDE and all(map(_is_integer, top.args)))


def is_decimal(response: Node) -> bool:
    """Whether a number is a decimal or an integer."""
    top = response.args[0] if response.op is Op.NEGATE else response
    return top.op in _LEAVES


def _is_integer(node: Node) -> bool:
    inner = node.args[0] if node.op is Op.NEGATE else node  # -1/4 is read as (-1)/4
    return inner.op is Op.NUMBER


def _multiplies(node: Node) -> bool:
    if node.op is Op.POWER:
        return not _is_one(node.args[1])
    return node.op is Op.MULTIPLY and sum(not _is_one(factor) for factor in node.args) > 1


def _is_one(node: Node) -> bool:
    return node.op in _LEAVES and node.value in _ONES


FORMS: Mapping[str, Callable[[Node], bool]] = {
    "product": is_product,
    "fraction": is_fraction,
    "decimal": is_decimal,
}
