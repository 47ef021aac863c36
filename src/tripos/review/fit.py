"""Networks: every network that an exam speaks of fits the input that it has, down to its last layer."""

from __future__ import annotations

from collections.abc import Iterator

from tripos.deep.network import Network
from tripos.exam.definitions import Assigned, rests_on_lost
from tripos.exam.item import Written
from tripos.exam.key import GapKey
from tripos.language.tree import Node, Op, call
from tripos.problem import Problem, TriposError
from tripos.review.study import Study


def fit(study: Study) -> Iterator[Problem]:
    """Networks in which some layer gets an image too small for it, though no key asks for its volume."""
    seen: set[Network] = set()
    for network, written in (*_defined(study), *_asked(study)):
        if network not in seen and network.input is not None:
            seen.add(network)
            yield from _misfit(network, written, study)


def _defined(study: Study) -> Iterator[tuple[Network, Written]]:
    for item in study.exam.items():
        own = [one for one in item.definitions if isinstance(one, Assigned)]
        trees = [one.tree for one in own]
        for world in study.worlds.of(study.path(item), trees) if own else ():
            for one in own:
                if rests_on_lost(one.tree, world.names):
                    continue
                written = Written(one.tree, one.text, one.place)
                try:
                    value = study.worth(written, item, world).value
                except TriposError:
                    continue  # reported where it is asked or shown
                if isinstance(value, Network):
                    yield value, written


def _asked(study: Study) -> Iterator[tuple[Network, Written]]:
    for case in study.cases:
        for key in case.keys():
            if isinstance(key, GapKey):
                subjects = {step.call.arguments[0] for step in key.trace if step.call.arguments}
                yield from ((one, key.gap.asked) for one in subjects if isinstance(one, Network))


def _misfit(network: Network, written: Written, study: Study) -> Iterator[Problem]:
    try:
        study.engine.evaluator().value(call("volume", Node(Op.GIVEN, value=network)))
    except TriposError as error:
        yield from (written.located(problem) for problem in error.problems)
