"""A vocabulary: the functions and tokens that an expression may use. A value that is passed, never a registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tripos.language.arithmetic import FUNCTIONS
from tripos.language.rule import Call, Rule
from tripos.language.values import Collection, Domain, Subject, Value, described
from tripos.problem import Place, Problem, TriposError, nearest

QUANTIFIERS = frozenset({"always", "sometimes", "never"})
REDUCTIONS = frozenset({"sum", "prod", "max", "min"})
RANGES = frozenset({"indices", "range"})  # what a variable may run over
CONSTRUCTORS = frozenset({"mask", "open", "closed", "labels"})
ORDERS = frozenset({"O", "Theta", "Θ"})  # these letters are functions only where no name of the author has them
TENSORS = frozenset({"transpose", "norm", "dot", "trace", "diag", "softmax"})
UNBRACKETED = frozenset({"log", "ln", "log2", "log10", "tanh"})  # ln 2, and n log n
CONSTANTS = frozenset({"e", "pi", "π", "∞", "infinity"})
RESERVED = frozenset({"if", "else", "and", "or", "not", "on", "for", "in", "true", "false"})
MARKS = frozenset({"none", "table"})  # what an exam asks by these words no name may hide
DOMAINS: Mapping[str, Domain] = {domain.value: domain for domain in Domain}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a function: its name, and how a value becomes what the rule takes (or is refused)."""

    name: str
    take: Callable[[Value], object]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A rule of the engine as the language sees it."""

    rule: Rule[...]
    parameters: tuple[Parameter, ...]

    @property
    def usage(self) -> str:
        """How to write it: `weights(net, layer)`."""
        words = (f"[{part.name}]" if part.optional else part.name for part in self.parameters)
        return f"{self.rule.name}({', '.join(words)})"

    def call(self, positional: Sequence[Value], named: Mapping[str, Value]) -> Call:
        """The call with these values as arguments, in the form that identifies it."""
        names = [part.name for part in self.parameters]
        if len(positional) > len(names):
            raise self._wrong(f"{self.rule.name} takes {len(names)} arguments at most; here it has {len(positional)}.")
        unknown = next((word for word in named if word not in names[len(positional) :]), None)
        if unknown is not None:
            raise self._wrong(f"{self.rule.name} takes no argument {unknown} here.", unknown)
        given = dict(zip(names, positional, strict=False)) | dict(named)
        missing = [part.name for part in self.parameters if not part.optional and part.name not in given]
        if missing:
            raise self._wrong(f"{self.rule.name} lacks its argument {missing[0]}.")
        taken = [part.take(given[part.name]) if part.name in given else None for part in self.parameters]
        while taken and taken[-1] is None:
            taken.pop()
        return self.rule.of(*taken)

    def _wrong(self, fact: str, word: str = "") -> TriposError:
        hint = nearest(word, [part.name for part in self.parameters]) if word else ""
        return TriposError(Problem(Place(), fact, f"{hint} Write {self.usage}.".strip()))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The functions of an engine, and what its tokens mean; by itself, arithmetic alone.

    `code` gives the value of a token such as CONV3-8, `chain` of things in a row (`a -> b`), `on` of one thing on
    another (`net on 3x32x32`). `codes` are the words that a code may begin with.
    """

    functions: Mapping[str, Function] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    code: Callable[[str], Subject] | None = None
    chain: Callable[[Sequence[Value]], Subject] | None = None
    on: Callable[[Value, Value], Subject] | None = None

    def knows(self, word: str) -> bool:
        """Whether this word is a function."""
        return word in self.functions or word in BUILT_IN

    def keeps(self, word: str) -> bool:
        """Whether no author may give this word a meaning: a function, a set, a constant, a word of the grammar."""
        known = self.knows(word) and word not in ORDERS
        return known or word in DOMAINS or word in CONSTANTS | RESERVED | MARKS

    @property
    def words(self) -> tuple[str, ...]:
        """Every function by name, for suggestions."""
        return (*self.functions, *sorted(BUILT_IN))


BUILT_IN = frozenset(FUNCTIONS) | QUANTIFIERS | REDUCTIONS | RANGES | CONSTRUCTORS | ORDERS | TENSORS | {"derivative"}


def refused(value: Value, wanted: str) -> TriposError:
    """What a parameter raises for a value of another sort: "a network is needed here; this is a number"."""
    return TriposError(Problem(Place(), f"{wanted} is needed here; this is {described(value)}."))


def members(value: Value) -> Sequence[Value] | Domain:
    """What a binder runs over: the members of a set, or a domain that has too many to list."""
    match value:
        case Collection(members=inside):
            return inside
        case Domain():
            return value
        case _:
            raise refused(value, "a set")
