from __future__ import annotations

import pytest

from tripos.deep import layers
from tripos.deep.codes import SPELLINGS, layer
from tripos.deep.layers import Layer, convolution, fully_connected, pooling
from tripos.deep.network import Network
from tripos.deep.vocabulary import answer, network
from tripos.language.kind import Kind
from tripos.language.values import Shape, kind_of
from tripos.problem import TriposError

CLASSES = [kind for kind in vars(layers).values() if isinstance(kind, type) and issubclass(kind, Layer)]
KINDS = {kind for kind in CLASSES if not any(issubclass(other, kind) for other in CLASSES if other is not kind)}


@pytest.mark.parametrize(
    ("code", "built"),
    [
        ("CONV3-8", convolution(3, 8, stride=1, pad=1)),
        ("CONV5-16-p2-s1", convolution(5, 16)),
        ("CONV5-s1-16-p2", convolution(5, 16)),
        ("CONV3", convolution(3)),
        ("CONV3-s2", convolution(3, stride=2)),
        ("CONV3-p0", convolution(3, pad=0)),
        ("CONV4-64-s4-p0", convolution(4, 64, 4, 0)),
        ("CONV03-08", convolution(3, 8)),
        ("POOL2", pooling(2, stride=2, pad=0)),
        ("POOL3-s2", pooling(3, 2)),
        ("POOL2-p1", pooling(2, 2, 1)),
        ("FC-256", fully_connected(256)),
    ],
)
def test_a_code_is_the_layer_that_it_spells(code: str, built: Layer) -> None:
    assert layer(code) == built
    assert str(layer(code)) == code
    assert layer(built.code) == built


def test_two_spellings_make_equal_networks_each_with_its_own_notation() -> None:
    long, short = network(answer("3x9x9 -> CONV5-16-p2-s1").value), network(answer("3x9x9 -> CONV5-16").value)
    assert long == short
    assert hash(long) == hash(short)
    assert str(long) == "3x9x9 -> CONV5-16-p2-s1"


@pytest.mark.parametrize("text", ["CONV3-8", "3x32x32 -> CONV3-8 -> POOL2", "3x8x64x64 -> CONV5-16-p2-s1 -> FC-10"])
def test_a_network_prints_as_it_is_read(text: str) -> None:
    net = network(answer(text).value)
    assert str(net) == text
    assert network(answer(str(net)).value) == net


def test_layers_have_stable_numbers_and_know_what_they_read() -> None:
    net = network(answer("3x32x32 -> CONV3-8 -> POOL2 -> FC-10").value)
    assert [(number, str(net.layer(number)), net.reads(number)) for number in net.numbers] == [
        (1, "CONV3-8", (0,)),
        (2, "POOL2", (1,)),
        (3, "FC-10", (2,)),
    ]


def test_a_network_in_a_row_joins_with_all_its_layers() -> None:
    nested = answer("3x32x32 -> (CONV3-8 -> POOL2) -> (CONV3-16 -> FC-10)").value
    assert nested == answer("3x32x32 -> CONV3-8 -> POOL2 -> CONV3-16 -> FC-10").value
    assert answer("(CONV3-8 on 3x32x32) -> POOL2").value == answer("3x32x32 -> CONV3-8 -> POOL2").value


def test_on_replaces_the_input_and_nothing_else() -> None:
    big = network(answer("(3x32x32 -> CONV3-8) on 1x128x128").value)
    assert str(big) == "1x128x128 -> CONV3-8"
    assert answer("(3, 32, 32) -> CONV3-8").value == answer("3x32x32 -> CONV3-8").value


def test_a_vector_is_a_number_in_a_row() -> None:
    assert network(answer("256 -> FC-10").value).input == Shape((256,))
    assert answer("parameters(FC-10 on 256)").value == 2570


def test_a_number_in_braces_makes_a_code() -> None:
    assert answer("CONV{2 + 1}-{2*4}-p{0}").value == answer("CONV3-8-p0").value


def test_a_network_answers_for_a_network() -> None:
    assert kind_of(network(answer("CONV3-8").value)) is Kind.NETWORK


def test_every_layer_has_a_spelling() -> None:
    examples = {type(layer(spelling.example.split()[0])) for spelling in SPELLINGS.values()}
    assert examples == KINDS


def test_an_empty_row_of_layers_is_its_input() -> None:
    assert len(Network.of([], Shape((3, 4, 4)))) == 0


def test_networks_made_of_networks_are_bounded_before_they_are_built() -> None:
    net = network(answer("CONV3-8").value)
    for _ in range(4):
        net = Network.joined([net] * 10)
    with pytest.raises(TriposError, match="this network has 100,000 layers"):
        Network.joined([net] * 10)
