"""Networks: every network that a key speaks of fits the input that it has, down to its last layer."""

from __future__ import annotations

from collections.abc import Iterator

from tripos.deep.network import Network
from tripos.exam.item import Written
from tripos.exam.key import GapKey
from tripos.language.tree import Node, Op, call
from tripos.problem import Problem, TriposError
from tripos.review.study import Case, Study
from tripos.review.worlds import World, gathered


def fit(study: Study) -> Iterator[Problem]:
    """Networks in which some layer gets an image too small for it, though no key asks for its volume."""
    known: dict[Network, TriposError | None] = {}
    for case in study.cases:
        found = []
        for network, written, world in _networks(case):
            if network not in known:
                known[network] = _misfit(network, study)
            if error := known[network]:
                found += [(written.located(problem), world) for problem in error.problems]
        yield from gathered(found, len(case.outcomes))


def _networks(case: Case) -> Iterator[tuple[Network, Written, World]]:
    for outcome in case.outcomes:
        if isinstance(outcome.key, GapKey):
            subjects = {step.call.arguments[0] for step in outcome.key.trace if step.call.arguments}
            for subject in subjects:
                if isinstance(subject, Network) and subject.input is not None:
                    yield subject, outcome.key.gap.asked, outcome.world


def _misfit(network: Network, study: Study) -> TriposError | None:
    try:
        study.engine.evaluator().value(call("volume", Node(Op.GIVEN, value=network)))
    except TriposError as error:
        return error
    return None
