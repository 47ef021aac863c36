"""The preview of an answer: read by the student's door and set as MathML, beside one Pandoc process for each.

Pandoc sets the LaTeX that we read the answer as, which is less than we do: it need not understand it. A live preview
has two milliseconds.
"""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable

import pypandoc
from peers.pair import pairs

from tripos.exam.loose import reading
from tripos.language import latex, mathml
from tripos.language.kind import Kind
from tripos.language.student import read
from tripos.language.vocabulary import Vocabulary
from tripos.problem import TriposError

ANSWERS, BUDGET = 60, 2.0  # how many are set by Pandoc as well, and milliseconds
PLAIN = Vocabulary()


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def set_by_pandoc(formula: str) -> None:
    """A formula as MathML, by a process of its own."""
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=html", "--mathml"]
    subprocess.run(command, input=f"${formula}$", capture_output=True, text=True, check=True)


def main() -> None:
    """Print the times of both, and how they compare."""
    ours, formulas = [], []
    for pair in pairs():
        kind = Kind(pair.kind)
        if kind is not Kind.FORMULA:
            continue
        try:
            known = reading(pair.response, kind, pair.where).names
            tree = read(pair.response, PLAIN, known, kind)
        except TriposError:
            continue
        formulas.append(latex.of(tree))
        ours.append(milliseconds(lambda: mathml.of(read(pair.response, PLAIN, known, kind))))  # noqa: B023
    theirs = [milliseconds(lambda: set_by_pandoc(formula)) for formula in formulas[:: len(formulas) // ANSWERS]]  # noqa: B023
    mine, peer = statistics.median(ours), statistics.median(theirs)
    print(f"{len(ours)} formulas read and set: median {mine:.2f} ms, worst {max(ours):.2f} ms (budget {BUDGET} ms)")
    print(f"{len(theirs)} of them set by Pandoc {pypandoc.get_pandoc_version()}: median {peer:.2f} ms")
    print(f"Pandoc takes {peer / mine:.0f} times as long.")


if __name__ == "__main__":
    main()
