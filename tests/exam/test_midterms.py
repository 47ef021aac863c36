"""The two midterms: every key against keys worked out by hand, and typed keys against PyTorch and brute force."""

import json
from itertools import product
from pathlib import Path

import pytest

from tripos.exam.key import keys
from tripos.exam.reading import read_file
from tripos.exam.variant import variant
from tripos.exchange.figures import key_figures

ROOT = Path(__file__).parents[2]
YEARS = ("2019", "2023")


def exam(year):
    return read_file(ROOT / "examples" / f"midterm-{year}.md").whole()


def by_hand(year):
    lines = (Path(__file__).parent / f"midterm-{year}-keys.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("year", YEARS)
def test_every_key_is_the_one_worked_out_by_hand(year):
    found = {figure["id"]: figure for figure in key_figures(keys(variant(exam(year))))}
    expected = by_hand(year)
    assert list(found) == [row["id"] for row in expected]
    for row in expected:
        figure = found[row["id"]]
        got = {name: figure.get(name) for name in ("id", "kind", "points", "value", "how", "form")}
        want = {name: row.get(name) for name in got}
        assert got == want, row["why"]


@pytest.mark.parametrize("year", YEARS)
def test_the_points_add_up_to_a_hundred(year):
    found = exam(year)
    assert found.points == 100
    assert [item.stated for item in found.root.items] == [item.points for item in found.root.items]


def test_the_question_with_drawn_sizes_has_the_same_key_in_every_draw():
    found = exam("2019")
    seen = set()
    for student in range(120):
        own = variant(found, f"s{student}")
        seen.add(tuple(own.drawn().items()))
        choice = next(key for key in keys(own).whole() if key.asked.id == "q2-6")
        assert choice.letters == ("B", "D")
    assert len(seen) == 27


def test_the_gradient_through_convolution_and_pooling_agrees_with_autograd(torch):
    image = torch.tensor([[4, 6, 3, 4], [1, 7, 3, 4], [5, 8, 4, 4], [2, 7, 4, 4]], dtype=torch.float64)
    image.requires_grad_(True)
    kernel = torch.tensor([[0, -0.25, 0], [-0.25, 1, -0.25], [0, -0.25, 0]], dtype=torch.float64)
    out = torch.nn.functional.conv2d(image[None, None], kernel[None, None])
    torch.nn.functional.max_pool2d(out, 2).backward()
    assert image.grad[1, 0].item() == -0.25


IMAGE = [[2, 0, 1, 3, 1], [1, 4, 0, 2, 1], [0, 2, 3, 1, 5], [3, 1, 4, 2, 1], [1, 0, 2, 1, 3]]
FILTER = [[1, 2, -1], [-1, 3, 1], [2, -1, -2]]
EDGES = (
    "11-21 11-22 12-13 13-14 13-22 14-15 15-25 21-31 22-32 23-24 24-33 24-34 25-34 "
    "31-41 32-33 33-42 33-43 34-35 34-43 35-45 41-42 41-51 42-52 43-44 43-54 44-55 53-54"
)


def neighbours():
    found = {(row, column): set() for row, column in product(range(1, 6), repeat=2)}
    for edge in EDGES.split():
        (a, b), (c, d) = edge.split("-")
        first, second = (int(a), int(b)), (int(c), int(d))
        assert max(abs(first[0] - second[0]), abs(first[1] - second[1])) == 1
        found[first].add(second)
        found[second].add(first)
    return found


def mask(node):
    near = neighbours()[node]
    return [[int((node[0] + down, node[1] + right) in near) for right in (-1, 0, 1)] for down in (-1, 0, 1)]


def activation(node, allowed):
    return sum(
        IMAGE[node[0] - 1 + i - 1][node[1] - 1 + j - 1] * FILTER[i][j] * allowed[i][j]
        for i, j in product(range(3), repeat=2)
    )


def test_the_spatial_graph_of_2023_gives_what_its_keys_say_by_brute_force():
    everywhere = [[1, 1, 1]] * 3
    found = {row["id"]: row["value"] for row in by_hand("2023")}
    assert mask((3, 4)) == [[0, 1, 1], [0, 0, 1], [1, 0, 0]]
    assert activation((3, 4), everywhere) == found["q3-3-1"]
    assert activation((3, 4), mask((3, 4))) == found["q3-3-2"]
    assert mask((3, 3)) == found["q3-3-3"]


def test_what_the_text_of_2023_says_about_the_first_node_holds():
    near = neighbours()
    assert near[1, 1] == {(2, 1), (2, 2)}
    second = set().union(*(near[node] for node in near[1, 1]))
    assert {(3, 1), (3, 2), (1, 3)} == second - {(1, 1)} - near[1, 1]


def test_the_whole_graph_of_2023_is_seen_after_its_diameter_of_layers():
    near = neighbours()
    seen = {node: {node} for node in near}
    layers = 0
    while any(len(nodes) < 25 for nodes in seen.values()):
        seen = {node: seen[node].union(*(seen[other] for other in near[node])) for node in near}
        layers += 1
    assert layers == next(row["value"] for row in by_hand("2023") if row["id"] == "q3-3-7")


def test_the_huber_slope_and_the_smooth_hinges_agree_with_autograd(torch):
    """The typed formulas of 2019 3.1, written again in PyTorch, at random points."""
    generator = torch.Generator().manual_seed(0)
    for _ in range(200):
        s = torch.randn(4, generator=generator, dtype=torch.float64, requires_grad=True)
        a, margin = (torch.rand(2, generator=generator, dtype=torch.float64) + 0.1).tolist()
        b = 2 * a * margin
        y, j = 1, 3
        gap = s[j] - s[y]
        loss = a * (gap + margin).clamp(min=0) ** 2 if gap <= 0 else b * (gap + margin / 2)
        loss.backward()
        slope = 2 * a * max(gap.item() + margin, 0) if gap.item() <= 0 else b
        assert s.grad[j].item() == pytest.approx(slope)
        # With b = 2aΔ there is no corner at s_j = s_y: values and slopes meet.
        assert a * margin**2 == pytest.approx(b * margin / 2)
        others = torch.cat([s[:y], s[y + 1 :]])
        smooth = torch.log(1 + torch.exp(others - s[y] + margin).sum())
        inner = torch.logsumexp(others, 0) - s[y] + margin
        assert smooth.item() == pytest.approx(torch.logaddexp(inner, torch.zeros_like(inner)).item())
