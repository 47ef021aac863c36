"""The numbers of the two midterms that Tripos grew from, as their instructors computed them."""

from __future__ import annotations

import pytest
from flint import fmpq

from tripos.deep.table import LayerTable, layer_table
from tripos.deep.vocabulary import answer, network
from tripos.language.values import Shape

OF_2019 = "3x32x32 -> CONV3-8 -> CONV3-16 -> POOL2 -> CONV3-32 -> CONV3-32 -> POOL2 -> FC-256 -> FC-10"
OF_2023 = "3x8x64x64 -> CONV5-16-p2-s1 -> POOL2 -> CONV3-16-p1-s1 -> POOL2 -> CONV3-32-p1-s2 -> FC-256 -> FC-10"
STACK_OF_2023 = "CONV3 -> CONV3-s2 -> CONV3-s2 -> CONV3 -> POOL2"


def test_the_table_of_the_midterm_of_2019() -> None:
    table = tabled(OF_2019)
    assert [line.volume.value for line in table.lines] == [
        Shape((3, 32, 32)),
        Shape((8, 32, 32)),
        Shape((16, 32, 32)),
        Shape((16, 16, 16)),
        Shape((32, 16, 16)),
        Shape((32, 16, 16)),
        Shape((32, 8, 8)),
        Shape((256,)),
        Shape((10,)),
    ]
    assert [line.parameters.value for line in table.lines] == [
        0,
        8 * 3 * 3 * 3 + 8,
        16 * 3 * 3 * 8 + 16,
        0,
        32 * 3 * 3 * 16 + 32,
        32 * 3 * 3 * 32 + 32,
        0,
        32 * 8 * 8 * 256 + 256,
        256 * 10 + 10,
    ]


def test_larger_images_cost_parameters_in_the_first_fully_connected_layer_only() -> None:
    more = answer(f"parameters(({OF_2019}) on 3x128x128) - parameters({OF_2019})")
    assert more.value == 256 * 32 * (32 * 32 - 8 * 8)
    assert answer(f"parameters(({OF_2019}) on 3x128x128, 7) - parameters({OF_2019}, 7)").value == more.value


def test_grey_images_save_two_channels_of_the_first_filters() -> None:
    assert answer(f"parameters(({OF_2019}) on 1x32x32) - parameters({OF_2019})").value == -8 * 3 * 3 * 2


@pytest.mark.parametrize(
    ("layer", "keeps"), [("CONV3-p0", False), ("CONV3-p1", True), ("CONV1-p1", False), ("CONV5-s2-p2", False)]
)
def test_which_layers_keep_the_size(layer: str, keeps: bool) -> None:
    assert answer(f"keeps_size({layer})").value is keeps


@pytest.mark.parametrize(
    ("layers", "more"),
    [
        ("POOL2", False),
        ("CONV5-8", True),
        ("CONV4-64-s4-p0", False),
        ("CONV1-80 -> CONV1-16", True),
    ],
)
def test_which_layers_take_more_multiplications_than_a_plain_convolution(layers: str, more: bool) -> None:
    assert answer(f"multiplications(({layers}) on 16x8x8) > multiplications(CONV3-16 on 16x8x8)").value is more


@pytest.mark.parametrize(
    ("layers", "side"), [("CONV5 -> CONV1", 5), ("CONV3 -> CONV3", 5), ("POOL2 -> CONV3", 6), ("CONV3-s2 -> POOL2", 5)]
)
def test_the_receptive_fields_of_pairs_of_layers(layers: str, side: int) -> None:
    assert answer(f"receptive_field({layers})").value == side


def test_the_receptive_fields_of_five_layers() -> None:
    sides = [answer(f"receptive_field({STACK_OF_2023}, {number})").value for number in range(6)]
    assert sides == [1, 3, 5, 9, 17, 21]


def test_the_filters_that_equal_fully_connected_layers() -> None:
    net = "1024x8x8 -> FC-4096 -> FC-200"
    assert [answer(f"filter_width({net}, {number})").value for number in (1, 2)] == [8, 1]


def test_the_table_of_the_video_network_of_2023() -> None:
    table = tabled(OF_2023)
    assert [line.code for line in table.lines][:4] == ["INPUT", "CONV5-16-p2-s1", "POOL2", "CONV3-16-p1-s1"]
    assert [line.volume.value for line in table.lines] == [
        Shape((3, 8, 64, 64)),
        Shape((16, 8, 64, 64)),
        Shape((16, 4, 32, 32)),
        Shape((16, 4, 32, 32)),
        Shape((16, 2, 16, 16)),
        Shape((32, 1, 8, 8)),
        Shape((256,)),
        Shape((10,)),
    ]
    weights = [0, 16 * 3 * 5**3, 0, 16 * 16 * 3**3, 0, 32 * 16 * 3**3, 32 * 8 * 8 * 256, 2560]
    assert [line.weights.value for line in table.lines] == weights
    assert [line.biases.value for line in table.lines] == [0, 16, 0, 16, 0, 32, 256, 10]
    norms = [line.norm_parameters and line.norm_parameters.value for line in table.lines]
    assert norms == [None, 32, None, 32, None, 64, None, None]
    assert table.totals.norm_parameters.value == 128


@pytest.mark.parametrize(
    ("layer", "count"),
    [
        ("CONV3-16 on 3x64x64", 16 * 3 * 3 * 3 * 64 * 64),
        ("CONV5-32 on 3x64x64", 32 * 3 * 5 * 5 * 64 * 64),
        ("CONV5-32 on 3x8x64x64", 32 * 3 * 5 * 5 * 5 * 8 * 64 * 64),
    ],
)
def test_the_multiplications_of_convolutions_in_two_and_three_dimensions(layer: str, count: int) -> None:
    assert answer(f"multiplications({layer})").value == fmpq(count)


def tabled(text: str) -> LayerTable:
    return layer_table(network(answer(text).value))
