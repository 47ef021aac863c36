"""The ground that formulas stand on: what their free names may be, and points drawn from it, seeded by the formulas.

Points come in scenes: how many classes there are (1, 2, 3, 5), which is the true one (first, middle, last), which
indices coincide. Each is drawn in a style: small whole numbers, which make a readable witness; random rationals, which
no identity meets by chance; all entries tied; large ones, beyond any degree in sight.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from random import Random
from typing import cast

from flint import arb, fmpq

from tripos.language.evaluator import Evaluator
from tripos.language.names import Free, Names, Sort
from tripos.language.reader import expression
from tripos.language.tree import Callee, Node, Op, free_names, walk
from tripos.language.vocabulary import Vocabulary
from tripos.problem import TriposError
from tripos.proof.points.block import Block, Value
from tripos.proof.points.cubic import cubic
from tripos.proof.points.layout import ONE, Layout
from tripos.proof.points.run import Meter, Run, Unsupported


class Style(Enum):
    """How values are drawn."""

    SIMPLE = "small whole numbers"
    GENERIC = "random rationals"
    WIDE = "random rationals, far apart"
    TIED = "all entries of a vector the same"
    LARGE = "large numbers"
    EDGE = "zeros and ones"
    CORNER = "ones among random rationals"


@dataclass(frozen=True, slots=True)
class Scene:
    """Sizes, and where the indices stand."""

    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    alone: bool = False  # there is a single class: nothing is left when it is left out


@dataclass(frozen=True, slots=True)
class Coordinate:
    """One number that may be moved by itself: a name, or an entry of a vector or matrix."""

    name: str
    entry: int | None
    domain: Free


@dataclass(frozen=True, slots=True)
class Point:
    """What every name stands for."""

    scene: Scene
    values: Mapping[str, Value]
    lengths: Mapping[str, int]

    def run(self, meter: Meter, noting: bool = False) -> Run:
        """A run at this point, from here on its own."""
        return Run(dict(self.values), self.lengths, meter, [] if noting else None)

    def at(self, where: Coordinate) -> fmpq | arb:
        """The value of a coordinate: a ball only where a zero was bracketed."""
        value = self.values[where.name]
        own = value.entries[where.entry] if isinstance(value, Block) and where.entry is not None else value
        return cast("fmpq | arb", own)

    def moved(self, where: Coordinate, to: Value) -> Point:
        """The same point with another value of one coordinate."""
        value = self.values[where.name]
        if isinstance(value, Block) and where.entry is not None:
            entries = (*value.entries[: where.entry], to, *value.entries[where.entry + 1 :])
            to = Block(value.rows, value.columns, cast("tuple[fmpq, ...]", entries))
        return replace(self, values={**self.values, where.name: to})


STYLES = (Style.SIMPLE, Style.GENERIC, Style.GENERIC, Style.WIDE, Style.LARGE, Style.EDGE, Style.CORNER)
OF_CLASSES = (Style.GENERIC, Style.TIED, Style.GENERIC)
CLASSES = (3, 3, 2, 3, 5, 2, 1, 3)
POSITIVE = Free(Sort.POSITIVE)
INFINITE = ("∞", "infinity", "inf", "")
REAL, SIZE = Free(Sort.REAL), Free(Sort.POSITIVE_INTEGER)
SMALL, LARGEST = 8, 40  # sizes that are drawn as they are
COUNTS = (3, 2, 5, 1, 23, 4, 37, 12)  # for what a sum runs up to


@dataclass(slots=True)
class Ground:
    """The free names of a key, of which answers may use all; an answer's sizes must fit the key's."""

    names: Names
    layout: Layout
    seed: int
    used: frozenset[str]
    counts: frozenset[str]
    stand_ins: Mapping[str, int]
    _sizes: tuple[str, ...] = ()
    _classes: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._sizes = self._roots()
        # What an index runs over, or a vector without a length of its own: classes.
        owned = {self.layout.root(size) for size in self.layout.owners.values()}
        self._classes = frozenset(owned | {root for root in self._sizes if root.startswith("|")})

    def points(self) -> Iterator[Point]:
        """The points to try, the most readable first, then those that no identity meets by chance."""
        styles = (*STYLES, *OF_CLASSES) if self._classes else STYLES
        for number, style in enumerate(styles):
            yield self.point(number, style)

    @property
    def starts(self) -> Sequence[int]:
        """The numbers of the points from which to look for cells: with classes, of more than one scene."""
        return (8, 10, 14) if self._classes else (8,)

    def point(self, number: int, style: Style = Style.GENERIC) -> Point:
        """The point of this number in this style; always the same for the same formulas."""
        random = Random(self.seed * 1_000 + number)
        scene = self._scene(number, random)
        values: dict[str, Value] = {}
        lengths: dict[str, int] = {}
        for word in sorted(self.used):
            free = self.names.get(word, SIZE)
            if not isinstance(free, Free):
                raise Unsupported(word)
            if free.sort is Sort.INDEX:
                values[word] = fmpq(scene.indices[word])
                lengths[word] = scene.sizes[self.layout.root(self.layout.owners[word])]
            elif word in scene.sizes or self.layout.root(word) in scene.sizes:
                values[word] = fmpq(scene.sizes[self.layout.root(word)])
            elif free.sort is Sort.FUNCTION:
                values[word], values[f"{word}'"] = cubic(random, style is Style.SIMPLE)
            else:
                values[word] = self._drawn(word, free, style, scene, random, number)
        return Point(scene, values, lengths)

    def coordinates(self, point: Point) -> list[Coordinate]:
        """What may be moved at this point, one number at a time."""
        found: list[Coordinate] = []
        for word, value in point.values.items():
            free = self.names.get(word, SIZE)
            if not isinstance(free, Free) or free.sort is Sort.INDEX or self.layout.root(word) in point.scene.sizes:
                continue
            if isinstance(value, Block):
                found += [Coordinate(word, place, _of_entries(free)) for place in range(len(value.entries))]
            elif isinstance(value, fmpq):
                found.append(Coordinate(word, None, free))
        return found

    def _drawn(self, word: str, free: Free, style: Style, scene: Scene, random: Random, number: int) -> Value:
        match free.sort:
            case Sort.VECTOR | Sort.MATRIX:
                rows, columns = (scene.sizes[self.layout.root(size)] for size in self.layout.size(word) or (ONE, ONE))
                entries = [drawn(_of_entries(free), style, random, number) for _ in range(rows * columns)]
                if style is Style.TIED:
                    entries = [entries[0]] * len(entries)
                return Block(rows, columns, tuple(entries))
            case _ if word in self.counts:
                return fmpq(COUNTS[number % len(COUNTS)])
            case _:
                return drawn(free, style, random, number)

    def _scene(self, number: int, random: Random) -> Scene:
        sizes = {ONE: 1}
        pool = [2, 3, 4, 5, 6, 7]
        if number and number not in self.starts:
            random.shuffle(pool)  # what people may see, and what is searched for cells, is small
        for root in self._sizes:
            if root.isdecimal():
                sizes[root] = self.stand_ins.get(root, int(root))
            elif root in self._classes:
                sizes[root] = CLASSES[number % len(CLASSES)]
            else:
                sizes[root] = pool[len(sizes) % len(pool)]
        indices: dict[str, int] = {}
        indices_used = [word for word in self.layout.owners if word in self.used]
        for word in sorted(indices_used, key=lambda word: bool(cast(Free, self.names[word]).excluding)):
            self._place(word, number, sizes, indices, random)
        return Scene(sizes, indices, any(sizes.get(root) == 1 for root in self._classes))

    def _place(self, word: str, number: int, sizes: dict[str, int], indices: dict[str, int], random: Random) -> None:
        root = self.layout.root(self.layout.owners[word])
        without = indices.get(cast(Free, self.names[word]).excluding)
        if root not in sizes:
            sizes[root] = CLASSES[number % len(CLASSES)]
        if without is not None:
            sizes[root] = max(2, sizes[root])
        length = sizes[root]
        own = ((2, 1, 2, 3, 3, 1, 1, 1)[number % 8] - 1) % length + 1 if not indices else random.randint(1, length)
        indices[word] = own if own != without else own % length + 1

    def _roots(self) -> tuple[str, ...]:
        words: list[str] = []
        for word in sorted(self.used):
            free = self.names.get(word)
            if isinstance(free, Free) and free.sort in (Sort.VECTOR, Sort.MATRIX):
                words += [self.layout.root(size) for size in self.layout.size(word) or ()]
        return tuple(dict.fromkeys(words))


def ground(names: Names, trees: Sequence[Node], layout: Layout | None = None) -> Ground:
    """The ground of these formulas; raises `layout.Unfitting` where sizes do not go together."""
    layout = layout or Layout(names)
    used: set[str] = set()
    counts: set[str] = set()
    for tree in trees:
        layout.read(tree)
        used |= free_names(tree) | _functions(tree, names)
        counts |= _counts(tree)
    used -= {"e", "pi", "π", "∞"} - set(names)
    for word in list(used):
        free = names.get(word)
        if isinstance(free, Free) and free.sort is Sort.INDEX:
            used |= {word for word in (free.of, free.excluding) if word in names}
    return Ground(names, layout, _seed(trees), frozenset(used), frozenset(counts), _stand_ins(names, trees))


def _stand_ins(names: Names, trees: Sequence[Node]) -> Mapping[str, int]:
    """Small sizes for large numeric ones, of which 784 is no better than 6: unless an entry is picked by number."""
    words = {size for free in names.values() if isinstance(free, Free) for size in free.sizes if size.isdecimal()}
    if any(
        node.op is Op.ENTRY and any(part.op is Op.NUMBER for part in node.args[1:]) for t in trees for node in walk(t)
    ):
        if any(int(word) > LARGEST for word in words):
            raise Unsupported("an entry of a large matrix")
        return {}
    free = iter(place for place in range(2, LARGEST) if str(place) not in words)
    return {word: next(free, SMALL) for word in sorted(words, key=int) if int(word) > SMALL}


def _of_entries(free: Free) -> Free:
    return POSITIVE if free.bounds[0] == "0" else REAL


def drawn(domain: Free, style: Style, random: Random, number: int) -> fmpq:
    """A number from a domain in a style. Whole numbers leave all remainders, by the number of the point."""
    return DRAWS[domain.sort](domain, style, random, number)


def within(domain: Free, value: fmpq) -> bool:
    """Whether a number belongs to a domain."""
    match domain.sort:
        case Sort.POSITIVE:
            return value > 0
        case Sort.INTEGER:
            return bool(value.q == 1)
        case Sort.POSITIVE_INTEGER:
            return bool(value.q == 1 and value > 0)
        case Sort.INTERVAL:
            low, high = ends(domain)
            above = low is None or (low < value if domain.strict[0] else low <= value)
            below = high is None or (value < high if domain.strict[1] else value <= high)
            return bool(above and below)
        case _:
            return True


@lru_cache(maxsize=256)
def ends(domain: Free) -> tuple[fmpq | None, fmpq | None]:
    """The ends of a bounded domain, which must be plain numbers here; none where there is no end."""
    found: list[fmpq | None] = []
    for text in domain.bounds:
        if text.strip().lstrip("-−+") in INFINITE:
            found.append(None)
            continue
        try:
            value = Evaluator().value(expression(text, Vocabulary(), {})).value
        except TriposError as error:
            raise Unsupported(text) from error
        if not isinstance(value, fmpq):
            raise Unsupported(text)
        found.append(value)
    return found[0], found[1]


def _real(_: Free, style: Style, random: Random, __: int) -> fmpq:
    match style:
        case Style.SIMPLE:
            return fmpq(random.choice((-2, -1, 1, 2, 3)))
        case Style.WIDE:
            return fmpq(random.randint(-(2**20), 2**20), random.randint(2**14 + 1, 2**15))
        case Style.LARGE:
            return fmpq(random.randint(-(10**5), 10**5), 8) + 50 * random.choice((-1, 1))
        case Style.EDGE:
            return fmpq(0)
        case Style.CORNER:
            return fmpq(random.randint(1, 2**16), 2**16 + 1)  # for what has a logarithm taken, or is clamped
        case _:
            return fmpq(random.randint(-3 * 2**16, 3 * 2**16), 2**16 + 1)


def _positive(domain: Free, style: Style, random: Random, number: int) -> fmpq:
    size = abs(_real(domain, style, random, number))
    if style is Style.CORNER:
        return size / 8 if size > 0 else fmpq(1, 8)
    return size if size > 0 else fmpq(1)


def _positive_integer(_: Free, style: Style, random: Random, number: int) -> fmpq:
    if style in (Style.EDGE, Style.CORNER):
        return fmpq(1)
    most = {Style.SIMPLE: 0, Style.LARGE: 10**6, Style.WIDE: 200}.get(style, 6)
    return fmpq(6 * random.randint(most // 2, most) + number % 6 + 2)


def _integer(domain: Free, style: Style, random: Random, number: int) -> fmpq:
    if style is Style.EDGE:
        return fmpq(0)
    return _positive_integer(domain, style, random, number) * random.choice((-1, 1))


def _between(domain: Free, style: Style, random: Random, number: int) -> fmpq:
    low, high = ends(domain)
    if low is None or high is None:
        away = _positive(domain, style, random, number)
        end = low if low is not None else high
        if end is None:
            return _real(domain, style, random, number)
        on_it = style is Style.EDGE and within(domain, end)
        return end if on_it else end + away if low is not None else end - away
    share = fmpq(random.randint(1, 2**16), 2**16 + 1)
    if style is Style.SIMPLE:
        share = fmpq(random.choice((1, 2, 3)), 4)
    elif style is Style.EDGE:
        share = fmpq(1, 2)
    return low + (high - low) * share


DRAWS: Mapping[Sort, Callable[[Free, Style, Random, int], fmpq]] = {
    Sort.REAL: _real,
    Sort.POSITIVE: _positive,
    Sort.INTEGER: _integer,
    Sort.POSITIVE_INTEGER: _positive_integer,
    Sort.INTERVAL: _between,
}


def _counts(tree: Node) -> set[str]:
    ranges = [node for node in walk(tree) if isinstance(node.value, Callee) and node.value.name == "range"]
    return {cast(str, part.value) for node in ranges for part in walk(node) if part.op is Op.NAME}


def _functions(tree: Node, names: Names) -> set[str]:
    called = {node.value.name for node in walk(tree) if isinstance(node.value, Callee)}
    return {word for word in called | {word.rstrip("'′") for word in called} if isinstance(names.get(word), Free)}


def _seed(trees: Sequence[Node]) -> int:
    words = (f"{node.op}{node.value!r}" for tree in trees for node in walk(tree))
    return int.from_bytes(hashlib.sha256(" ".join(words).encode("utf-8", "replace")).digest()[:6])
