"""The kinds of answer. A key's value decides its kind; nobody picks a widget."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing an answer is."""

    TRUTH = "truth"
    CHOICE = "choice"
    NUMBER = "number"
    SHAPE = "shape"
    VECTOR = "vector"
    MATRIX = "matrix"
    MASK = "mask"
    SET = "set"
    WORD = "word"
    FORMULA = "formula"
    EQUATION = "equation"
    INEQUALITY = "inequality"
    INTERVAL = "interval"
    ORDER = "order"
    LABELS = "labels"
    NETWORK = "network"
    TEXT = "text"
