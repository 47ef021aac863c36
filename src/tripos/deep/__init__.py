"""What deep learning is about, as rules of the language; not a word about exams."""

from tripos.deep.conventions import CONVENTIONS, DEFAULTS
from tripos.deep.layers import convolution, fully_connected, pooling
from tripos.deep.network import Network
from tripos.deep.table import LayerTable, layer_table
from tripos.deep.vocabulary import VOCABULARY, answer

__all__ = [
    "CONVENTIONS",
    "DEFAULTS",
    "VOCABULARY",
    "LayerTable",
    "Network",
    "answer",
    "convolution",
    "fully_connected",
    "layer_table",
    "pooling",
]
