"""Whether an answer equals its key: Tripos, Math-Verify and SymPy on the same committed pairs in the same run.

Every pair is decided in a process of its own engine, with five seconds for one pair; what takes longer hangs. The peers
are given LaTeX, as written where an answer is LaTeX and typeset by Tripos from its own reading where it is not, and the
declared domains as assumptions where they have such. They are asked only what they can mean: see `docs/equality.md`.

    pip install -c constraints.txt -e '.[bench]'
    python benchmarks/equality.py             the pairs
    python benchmarks/equality.py --hostile   the hostile answers too: minutes, because the peers hang
"""

from __future__ import annotations

import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version

from peers import ours
from peers.pair import Pair, pairs
from peers.trial import DIFFERENT, EQUAL, HANGS, Engine, Outcome, outcomes

try:
    from peers import mathverify, simplify
except ImportError:
    sys.exit("The peers of this benchmark are not installed: .venv/bin/pip install -c constraints.txt -e '.[bench]'")

REPEATS = 3  # of ours, which is too quick to be timed once
ENGINES: dict[str, Engine] = {"Tripos": ours.said, "Math-Verify": mathverify.said, "SymPy": simplify.said}


def ran(name: str, chosen: Sequence[Pair]) -> list[Outcome]:
    """What an engine says about every pair."""
    return list(outcomes(ENGINES[name], chosen, REPEATS if name == "Tripos" else 1))


def is_right(outcome: Outcome) -> bool:
    """Whether the truth was told."""
    return outcome.said in outcome.pair.verdict


def row(found: Sequence[Outcome]) -> list[int | float]:
    """Right, wrong accepts, wrong rejects, not decided, hangs, and the median and worst time in milliseconds."""
    wrong = Counter(outcome.said for outcome in found if not is_right(outcome))
    times = [outcome.seconds * 1000 for outcome in found]
    left = sum(wrong.values()) - wrong[EQUAL] - wrong[DIFFERENT] - wrong[HANGS]
    right = sum(map(is_right, found))
    return [right, wrong[EQUAL], wrong[DIFFERENT], left, wrong[HANGS], statistics.median(times), max(times)]


def table(title: str, results: dict[str, list[Outcome]]) -> None:
    """A table with one row an engine, in Markdown, with the times as ratios to ours."""
    size = len(next(iter(results.values())))
    print(f"\n{title}: {size} pairs\n")
    print(
        "| engine | right | wrong accepts | wrong rejects | not decided | hangs | median ms | worst ms | times ours |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    base = row(next(iter(results.values())))
    for name, found in results.items():
        *counts, median, worst = row(found)
        ratio = f"{median / base[-2]:.0f}, {worst / base[-1]:.0f}"
        print(f"| {name} | {' | '.join(map(str, counts))} | {median:.2f} | {worst:.0f} | {ratio} |")


def by_kind(results: dict[str, list[Outcome]]) -> None:
    """How many of each kind every engine got right, and how many wrong answers it accepted."""
    kinds = Counter(outcome.pair.kind for outcome in next(iter(results.values())))
    print(f"\n| kind | pairs | {' | '.join(results)} |")
    print("|---|---|" + "---|" * len(results))
    for kind, size in sorted(kinds.items()):
        cells = []
        for found in results.values():
            these = [outcome for outcome in found if outcome.pair.kind == kind]
            accepts = sum(outcome.said == EQUAL and not is_right(outcome) for outcome in these)
            cells.append(f"{sum(map(is_right, these))}" + (f" ({accepts} wrong accepts)" if accepts else ""))
        print(f"| {kind} | {size} | {' | '.join(cells)} |")


def main() -> None:
    """Run and print."""
    print(", ".join(f"{name} {version(name)}" for name in ("math-verify", "latex2sympy2_extended", "sympy")))
    everything = pairs()
    shared = [pair for pair in everything if pair.is_shared]
    alone = {"Tripos": ran("Tripos", everything)}
    table("All committed pairs, ours alone", alone)
    by_kind(alone)
    for outcome in alone["Tripos"]:
        if not is_right(outcome):
            print(f"  not right: {outcome.said} for {outcome.pair.key!r} and {outcome.pair.response!r}")
    results = {name: ran(name, shared) for name in ENGINES}
    table("What all three can mean", results)
    by_kind(results)
    hostile = pairs("hostile")
    if "--hostile" in sys.argv:
        table("Hostile answers (right: not accepted, no hang)", {name: ran(name, hostile) for name in ENGINES})
    else:
        table("Hostile answers (right: not accepted, no hang)", {"Tripos": ran("Tripos", hostile)})


if __name__ == "__main__":
    main()
