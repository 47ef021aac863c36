"""Naming a layer: which one stands at a number, for the tables that list them."""

from __future__ import annotations

from tripos.deep.network import Network
from tripos.language.rule import Working, rule
from tripos.language.worked import Worked, literal


@rule
def layer(net: Network, number: int) -> Working:
    """The layer with this number, as a network of its own without an input.

    >>> from tripos.deep.vocabulary import answer
    >>> str(answer("layer(3x32x32 -> CONV3-8 -> POOL2, 2)").value)
    'POOL2'
    """
    yield from ()
    alone = Network.of([net.layer(number)])
    return Worked(alone, literal(alone))
