"""A pair of the benchmark: a key and a response, as written and, for engines that read LaTeX, in LaTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tripos.exam.loose import question, with_names
from tripos.language import latex, tree
from tripos.language.kind import Kind
from tripos.language.student import read
from tripos.language.vocabulary import Vocabulary
from tripos.problem import TriposError

ROOT = Path(__file__).parents[2]
PAIRS = ROOT / "tests" / "proof" / "pairs"
DECIDED = ("equal", "different")

# What the peers can mean at all. A tensor, a free function and O(n) have no spelling in either.
SHARED = {"number", "formula", "equation", "inequality", "interval", "set", "vector", "matrix"}
TENSORS = ("matrix", "function")
BARE_LOGARITHM = re.compile(r"\\log(?![a-z]|\s*_)")  # to some peers the decimal one
SYSTEM = re.compile(r"\band\b|\bor\b")


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and a response, with what is known of them."""

    key: str
    response: str
    kind: str
    where: str = ""
    form: str = ""
    verdict: tuple[str, ...] = ()
    latex: tuple[str, str] = ("", "")
    file: str = ""

    @property
    def is_shared(self) -> bool:
        """Whether the peers can mean it, and its truth is equal or different and nothing else."""
        is_tensor = self.file == "tensors" or any(word in self.where for word in TENSORS)
        is_system = SYSTEM.search(f"{self.key} {self.response}")
        if self.form or self.kind not in SHARED or is_tensor or is_system:
            return False
        return len(self.verdict) == 1 and self.verdict[0] in DECIDED


def pairs(*names: str) -> list[Pair]:
    """The committed pairs of these files; of all but the hostile ones, where no file is named."""
    paths = [PAIRS / f"{name}.jsonl" for name in names] or sorted(
        set(PAIRS.glob("*.jsonl")) - {PAIRS / "hostile.jsonl"}
    )
    lines = [(line, path.stem) for path in paths for line in path.read_text("utf-8").split("\n") if line]
    return [_pair(json.loads(line), file) for line, file in lines]


def _pair(line: Mapping[str, str], file: str) -> Pair:
    verdict = line["verdict"]
    allowed = (verdict,) if isinstance(verdict, str) else tuple(verdict)
    pair = Pair(
        line["key"], line["response"], line["kind"], line.get("where", ""), line.get("form", ""), allowed, file=file
    )
    return replace(pair, latex=_latex(pair))


def _latex(pair: Pair) -> tuple[str, str]:
    try:
        asked, key = question(pair.key, Kind(pair.kind), pair.form, pair.where)
    except TriposError:
        return pair.key, pair.response
    try:
        response = read(
            pair.response, Vocabulary(), with_names(asked, pair.response, pair.where).names, Kind(pair.kind)
        )
    except TriposError:
        response = None
    return _typeset(pair.key, key.tree), _typeset(pair.response, response)


def _typeset(text: str, read_as: tree.Node | None) -> str:
    # LaTeX goes in as it was written. Everything else is typeset from our own reading: the peers have no reader for it.
    written = text if "\\" in text or read_as is None else latex.of(tree.fold(read_as, _spelt_out))
    return BARE_LOGARITHM.sub(r"\\ln", written)


def _spelt_out(node: tree.Node, parts: Sequence[tree.Node]) -> tree.Node:
    # The peers have no such functions, and can mean them.
    match node.value, parts:
        case tree.Callee("sigmoid"), [x]:
            return tree.divide(tree.number(1), tree.add(tree.number(1), tree.power(tree.name("e"), tree.negate(x))))
        case tree.Callee("relu"), [x]:
            return tree.call("max", tree.number(0), x)
        case tree.Callee("clamp"), [x, low, high]:
            return tree.call("min", tree.call("max", x, low), high)
    return tree.rebuilt(node, parts)
