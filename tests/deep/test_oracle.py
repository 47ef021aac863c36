"""Random networks against PyTorch. Its models are built from the drawn numbers, never through our reader."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from tripos.deep.table import Line, layer_table
from tripos.deep.vocabulary import answer, network
from tripos.language.evaluator import Evaluator
from tripos.language.tree import walk
from tripos.language.values import Shape

NETWORKS = 120  # of every rank and rounding
CASES = [(rank, pooling) for rank in (1, 2, 3) for pooling in ("floor", "ceiling")]


@dataclass(frozen=True)
class Drawn:
    """One layer as numbers. `width` is the number of filters or outputs; pooling has none."""

    sort: str
    kernel: int = 0
    stride: int = 1
    pad: int = 0
    width: int = 0


@dataclass(frozen=True)
class Subject:
    """A drawn network that PyTorch can run: its input, its layers, and the shape before and after each."""

    input: tuple[int, ...]
    layers: tuple[Drawn, ...]
    shapes: tuple[tuple[int, ...], ...]
    text: str


def subjects(torch: ModuleType, rank: int, pooling: str) -> Iterator[Subject]:
    for seed in range(NETWORKS):
        yield drawn_subject(torch, random.Random(f"{rank} {pooling} {seed}"), rank, pooling)


def drawn_subject(torch: ModuleType, draw: random.Random, rank: int, pooling: str) -> Subject:
    largest = {1: 40, 2: 24, 3: 12}[rank]
    shapes: list[tuple[int, ...]] = [(draw.randint(1, 4), *(draw.randint(3, largest) for _ in range(rank)))]
    layers: list[Drawn] = []
    for _ in range(draw.randint(1, 5)):
        layer = drawn_window(draw)
        try:
            result = module(torch, layer, shapes[-1], pooling)(torch.ones((1, *shapes[-1]), device="meta"))
        except RuntimeError:  # it does not fit
            continue
        layers.append(layer)
        shapes.append(tuple(result.shape[1:]))
    for _ in range(draw.choice([0, 1, 1, 2]) if layers else 1):
        layers.append(Drawn("fc", width=draw.randint(1, 9)))
        shapes.append((layers[-1].width,))
    text = " -> ".join(["x".join(map(str, shapes[0])), *(code(draw, layer) for layer in layers)])
    return Subject(shapes[0], tuple(layers), tuple(shapes), text)


def drawn_window(draw: random.Random) -> Drawn:
    kernel, stride = draw.choice([1, 2, 3, 3, 4, 5, 7]), draw.choice([1, 1, 2, 2, 3, 4])
    if draw.random() < 0.6:
        return Drawn("conv", kernel, stride, draw.randint(0, 3), draw.randint(1, 5))
    return Drawn("pool", kernel, stride, draw.randint(0, kernel // 2))


def code(draw: random.Random, layer: Drawn) -> str:
    """One of the ways to write it: options in any order, defaults written out or not."""
    if layer.sort == "fc":
        return f"FC-{layer.width}"
    plain = (1, (layer.kernel - 1) / 2) if layer.sort == "conv" else (layer.kernel, 0)
    options = [f"-{layer.width}"] if layer.sort == "conv" else []
    if layer.stride != plain[0] or draw.random() < 0.3:
        options.append(f"-s{layer.stride}")
    if layer.pad != plain[1] or draw.random() < 0.3:
        options.append(f"-p{layer.pad}")
    draw.shuffle(options)
    return f"{layer.sort.upper()}{layer.kernel}{''.join(options)}"


def module(torch: ModuleType, layer: Drawn, shape: tuple[int, ...], pooling: str) -> Any:
    nn, rank = torch.nn, len(shape) - 1
    if layer.sort == "fc":
        size = torch.Size(shape).numel()
        return nn.Sequential(nn.Flatten(), nn.Linear(size, layer.width, device="meta"))
    if layer.sort == "conv":
        kind = getattr(nn, f"Conv{rank}d")
        return kind(shape[0], layer.width, layer.kernel, layer.stride, layer.pad, device="meta")
    kind = getattr(nn, f"MaxPool{rank}d")
    return kind(layer.kernel, layer.stride, layer.pad, ceil_mode=pooling == "ceiling")


def table_of(subject: Subject, pooling: str) -> tuple[Line, ...]:
    return layer_table(network(answer(subject.text).value), {"pooling": pooling}).lines


@pytest.mark.parametrize(("rank", "pooling"), CASES)
def test_volumes_and_parameters_are_those_of_pytorch(torch: ModuleType, rank: int, pooling: str) -> None:
    seen = set()
    for subject in subjects(torch, rank, pooling):
        lines = table_of(subject, pooling)
        assert [line.volume.value for line in lines] == [Shape(shape) for shape in subject.shapes], subject.text
        for line, layer, shape in zip(lines[1:], subject.layers, subject.shapes, strict=False):
            sizes = {name.split(".")[-1]: each.numel() for name, each in named(torch, layer, shape, pooling)}
            assert line.weights.value == sizes.get("weight", 0), subject.text
            assert line.biases.value == sizes.get("bias", 0), subject.text
            assert line.parameters.value == sum(sizes.values()), subject.text
            seen.add((layer.sort, layer.kernel, layer.stride, layer.pad))
    assert len(seen) > 60


def named(torch: ModuleType, layer: Drawn, shape: tuple[int, ...], pooling: str) -> Any:
    return module(torch, layer, shape, pooling).named_parameters()


@pytest.mark.parametrize(("rank", "pooling"), CASES)
def test_every_working_comes_to_its_value(torch: ModuleType, rank: int, pooling: str) -> None:
    for subject in list(subjects(torch, rank, pooling))[:20]:
        table = layer_table(network(answer(subject.text).value), {"pooling": pooling})
        for part in (*table.lines, table.totals):
            workings = [getattr(part, name) for name in part.__slots__]
            for worked in workings:
                if hasattr(worked, "tree"):
                    assert Evaluator().value(worked.tree).value == worked.value, subject.text
                    assert all(node.args or node.value is not None for node in walk(worked.tree))
        total = sum(line.parameters.value for line in table.lines)  # type: ignore[misc]
        assert table.totals.parameters.value == total


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_multiplications_are_those_that_ones_add_up_to(torch: ModuleType, rank: int) -> None:
    # Every input, padded zero and weight is a one, so that every output counts its own multiplications.
    for subject in list(subjects(torch, rank, "floor"))[:60]:
        lines = table_of(subject, "floor")
        for line, layer, shape in zip(lines[1:], subject.layers, subject.shapes, strict=False):
            assert line.multiplications.value == counted(torch, layer, shape), subject.text


def counted(torch: ModuleType, layer: Drawn, shape: tuple[int, ...]) -> int:
    functional, rank = torch.nn.functional, len(shape) - 1
    if layer.sort == "pool":
        return 0
    image = torch.ones((1, *shape), dtype=torch.float64)
    if layer.sort == "fc":
        return int(functional.linear(image.flatten(1), torch.ones(layer.width, image.numel()).double()).sum())
    padded = functional.pad(image, [layer.pad] * (2 * rank), value=1)
    filters = torch.ones((layer.width, shape[0], *[layer.kernel] * rank), dtype=torch.float64)
    return int(getattr(functional, f"conv{rank}d")(padded, filters, stride=layer.stride).sum())


def test_multiplications_are_half_of_the_operations_that_pytorch_counts(torch: ModuleType) -> None:
    from torch.utils.flop_counter import FlopCounterMode

    for subject in list(subjects(torch, 2, "floor"))[:40]:
        model = torch.nn.Sequential(
            *(module(torch, *pair, "floor") for pair in zip(subject.layers, subject.shapes, strict=False))
        )
        with FlopCounterMode(display=False) as counter:
            model(torch.ones((1, *subject.input), device="meta"))
        total = layer_table(network(answer(subject.text).value)).totals.multiplications
        assert total.value == counter.get_total_flops() // 2, subject.text


def test_batch_normalisation_has_the_parameters_of_pytorchs(torch: ModuleType) -> None:
    kinds = [torch.nn.BatchNorm1d, torch.nn.BatchNorm2d, torch.nn.BatchNorm3d]
    for rank, kind in enumerate(kinds, 1):
        for subject in list(subjects(torch, rank, "floor"))[:30]:
            for line, layer in zip(table_of(subject, "floor")[1:], subject.layers, strict=True):
                size = sum(each.numel() for each in kind(layer.width).parameters()) if layer.sort == "conv" else None
                assert (line.norm_parameters and line.norm_parameters.value) == size


def test_receptive_fields_are_where_gradients_of_a_central_neuron_reach(torch: ModuleType) -> None:
    # One axis and one channel: windows are square. All that a window sees is added up, so that it has a gradient.
    draw, tried = random.Random("fields"), 0
    while tried < 200:
        layers = [drawn_window(draw) for _ in range(draw.randint(1, 5))]
        text = " -> ".join(code(draw, layer) for layer in layers)
        sides = [answer(f"receptive_field({text}, {number})").value for number in range(len(layers) + 1)]
        if sides[-1] > 300:  # type: ignore[operator]
            continue
        assert sides == [extent(torch, layers[:number]) for number in range(len(layers) + 1)], text
        tried += 1


def extent(torch: ModuleType, layers: list[Drawn]) -> int:
    signal = torch.ones((1, 1, 8000), dtype=torch.float64, requires_grad=True)
    result = added(torch, layers, signal, "floor")
    result[0, 0, result.shape[-1] // 2].backward()
    (places,) = signal.grad[0, 0].nonzero(as_tuple=True)
    return int(places.max() - places.min() + 1)


def added(torch: ModuleType, layers: list[Drawn], image: Any, pooling: str) -> Any:
    """What the layers' windows reach, added up. How many windows there are, PyTorch's own layers say."""
    functional, rank = torch.nn.functional, image.dim() - 2
    ones, meta = getattr(functional, f"conv{rank}d"), torch.ones(image.shape, device="meta")
    for layer in layers:
        before, meta = meta.shape[2:], module(torch, layer, tuple(meta.shape[1:]), pooling)(meta)[:, :1]
        ends = [(count - 1) * layer.stride + layer.kernel for count in meta.shape[2:]]
        pads = [(layer.pad, end - size - layer.pad) for size, end in zip(before, ends, strict=True)]
        image = functional.pad(image, [pad for pair in reversed(pads) for pad in pair])
        image = ones(image, torch.ones((1, 1, *[layer.kernel] * rank), dtype=image.dtype), stride=layer.stride)
    return image


@pytest.mark.parametrize(("rank", "pooling"), CASES)
def test_a_fully_connected_layer_sees_as_far_as_its_gradients_reach(torch: ModuleType, rank: int, pooling: str) -> None:
    sizes = set()
    for subject in subjects(torch, rank, pooling):
        windows = [layer for layer in subject.layers if layer.sort != "fc"]
        image = torch.ones((1, 1, *subject.input[1:]), dtype=torch.float64, requires_grad=True)
        added(torch, windows, image, pooling).sum().backward()
        reached = tuple(reach(image.grad[0, 0].nonzero()[:, axis]) for axis in range(rank))
        text = f"receptive_field({subject.text} -> FC-10)"
        key = answer(text, {"pooling": pooling}).value
        assert key == (reached[0] if len(set(reached)) == 1 else Shape(reached)), text
        sizes.add(reached == subject.input[1:])
    assert sizes == {True, False}


def reach(places: Any) -> int:
    return int(places.max() - places.min() + 1) if len(places) else 0


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_a_convolution_of_the_filter_width_computes_the_same(torch: ModuleType, rank: int) -> None:
    torch.manual_seed(rank)
    for channels, side, units in [(3, 1, 4), (2, 3, 5), (5, 4, 1)]:
        text = f"{'x'.join(map(str, [channels, *[side] * rank]))} -> FC-{units} -> FC-7"
        width = int(str(answer(f"filter_width({text}, 1)").value))
        linear = torch.nn.Linear(channels * side**rank, units).double()
        same = getattr(torch.nn, f"Conv{rank}d")(channels, units, width).double()
        same.weight.data = linear.weight.data.reshape(same.weight.shape)
        same.bias.data = linear.bias.data
        image = torch.randn((2, channels, *[side] * rank), dtype=torch.float64)
        assert torch.allclose(same(image).flatten(1), linear(image.flatten(1)))
        assert answer(f"filter_width({text}, 2)").value == 1


def test_keeps_size_is_true_where_pytorch_keeps_every_size_that_fits(torch: ModuleType) -> None:
    draw, truths = random.Random("sizes"), []
    for _ in range(400):
        layers = [drawn_window(draw) for _ in range(draw.choice([1, 1, 2, 3]))]
        text = " -> ".join(code(draw, layer) for layer in layers)
        kept = [size == after for size, after in sizes_of(torch, layers)]
        assert answer(f"keeps_size({text})").value is all(kept), text
        truths.append(all(kept))
    assert 5 < sum(truths) < 395


def sizes_of(torch: ModuleType, layers: list[Drawn]) -> Iterator[tuple[int, int]]:
    for size in (*range(1, 30), 200):
        signal = torch.ones((1, 1, size), device="meta")
        try:
            for layer in layers:
                signal = module(torch, layer, tuple(signal.shape[1:]), "floor")(signal)[:, :1]
        except RuntimeError:
            continue
        yield size, signal.shape[-1]
