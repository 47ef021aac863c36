"""Forms: whether a number is written as it is asked for, as a product, a fraction or a decimal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tripos.language.tree import Node, Op, walk

_LEAVES = (Op.NUMBER, Op.DECIMAL)


def is_product(response: Node, key: Node) -> bool:
    """Whether a number is left as a product. Where the key has nothing to multiply, the number itself will do."""
    return _multiplies(response) or not _multiplies(key)


def is_fraction(response: Node, _: Node) -> bool:
    """Whether a number is an integer or a quotient of integers."""
    top = response.args[0] if response.op is Op.NEGATE else response
    return top.op is Op.NUMBER or (top.op is Op.DIVIDE and all(map(_is_integer, top.args)))


def is_decimal(response: Node, _: Node) -> bool:
    """Whether a number is a decimal or an integer."""
    top = response.args[0] if response.op is Op.NEGATE else response
    return top.op in _LEAVES


def _is_integer(node: Node) -> bool:
    inner = node.args[0] if node.op is Op.NEGATE else node  # -1/4 is read as (-1)/4
    return inner.op is Op.NUMBER


def _multiplies(tree: Node) -> bool:
    return any(node.op in (Op.MULTIPLY, Op.POWER) for node in walk(tree))


FORMS: Mapping[str, Callable[[Node, Node], bool]] = {
    "product": is_product,
    "fraction": is_fraction,
    "decimal": is_decimal,
}
