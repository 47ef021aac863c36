"""Conventions: what reasonable people do differently, by name, with a default and the sentence for the paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tripos.language.rule import Convention
from tripos.problem import Place, Problem, TriposError, nearest

POOLING = Convention("pooling")
PADDED_ZEROS = Convention("padded zeros")
FLOPS = Convention("flops")
CONVOLUTION = Convention("convolution")
RECEPTIVE_FIELD = Convention("receptive field")
KINK = Convention("kink")
ASTERISK = Convention("asterisk")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a convention may say: each value with the sentence that is printed on the paper, the default first."""

    sentences: Mapping[str, str]

    @property
    def default(self) -> str:
        """The value where the exam names none."""
        return next(iter(self.sentences))


# Only what the rules really do stands here: a value that is not a row is refused, never ignored.
CONVENTIONS: Mapping[str, Choice] = MappingProxyType(
    {
        POOLING.name: Choice(
            {
                "floor": "Pooling drops what does not fill a whole window.",
                # PyTorch's ceil_mode, with its exception for windows that would see nothing but padding.
                "ceiling": "Pooling counts a last window that is only partly filled, if it starts inside the image.",
            }
        ),
        PADDED_ZEROS.name: Choice({"counted": "Multiplications with padded zeros count."}),
        FLOPS.name: Choice({"multiplications": "Of the floating-point operations, multiplications alone count."}),
        CONVOLUTION.name: Choice(
            {"correlation": "A convolution does not flip its filter (it is a cross-correlation)."}
        ),
        RECEPTIVE_FIELD.name: Choice(
            {
                "unclipped": "The receptive field of a convolution or pooling layer is that of a neuron far from the "
                "border; that of a fully connected layer ends at the border of the image."
            }
        ),
        KINK.name: Choice({"undefined": "A derivative at a kink is undefined, and no answer is judged there."}),
        ASTERISK.name: Choice(
            {
                "unclear": "Between two matrices, * is not taken: the matrix product is written side by side, the "
                "elementwise one with ⊙.",
                "elementwise": "Between two matrices, * multiplies entry by entry, as ⊙ does.",
            }
        ),
    }
)

DEFAULTS: Mapping[str, str] = MappingProxyType({name: choice.default for name, choice in CONVENTIONS.items()})


def completed(stated: Mapping[str, str]) -> Mapping[str, str]:
    """Every convention: as stated, otherwise its default. Raises with a problem for each that does not exist.

    >>> completed({"pooling": "ceiling"})["pooling"]
    'ceiling'
    """
    problems = [problem for name, value in stated.items() for problem in _problems(name, value)]
    if problems:
        raise TriposError(problems)
    return {**DEFAULTS, **stated}


def sentence(name: str, value: str) -> str:
    """What the paper says of a convention.

    >>> sentence("padded zeros", "counted")
    'Multiplications with padded zeros count.'
    """
    return CONVENTIONS[name].sentences[value]


@dataclass(slots=True)
class Consulted(Mapping[str, str]):
    """Conventions that remember which of them were asked for: those that mattered, to be printed."""

    stated: Mapping[str, str]
    asked: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        self.asked[name] = self.stated[name]
        return self.stated[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.stated)

    def __len__(self) -> int:
        return len(self.stated)


def _problems(name: str, value: str) -> Iterator[Problem]:
    if name not in CONVENTIONS:
        remedy = nearest(name, CONVENTIONS) or f"There are {', '.join(CONVENTIONS)}."
        yield Problem(Place(), f"there is no convention {name}.", remedy)
    elif value not in CONVENTIONS[name].sentences:
        known = " or ".join(CONVENTIONS[name].sentences)
        yield Problem(Place(), f"the convention {name} is {known}; here it says {value}.")
