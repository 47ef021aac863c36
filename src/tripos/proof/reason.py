"""Reasons as data, and the one place where a comparison's reasons become sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as data: a code and the details that its sentence mentions. So reasons can be counted and translated."""

    code: str
    details: tuple[tuple[str, str], ...] = ()

    def sentence(self, sentences: Mapping[str, str] | None = None) -> str:
        """The reason in words."""
        return (sentences or SENTENCES)[self.code].format(**dict(self.details))


NONE = Reason("")


def because(code: str, **details: object) -> Reason:
    """A reason with its details."""
    return Reason(code, tuple((name, str(value)) for name, value in details.items()))


SENTENCES: Mapping[str, str] = {
    "": "",
    "differs": "{got} is not {key}.",
    "truth": "The statement is {key}.",
    "wrong-kind": "{wanted} is asked for; {got} is {sort}.",
    "product-for-shape": "A shape such as {key} is asked for; {got} is the number of its entries.",
    "axes": "{got} has {axes}; the key has {wanted}.",
    "dimension": "Dimension {place} is {got} in {answer}; it should be {key}.",
    "entry": "The entry in row {row}, column {column} is {got}; it should be {key}.",
    "size": "{got} entries were given where {key} are asked for.",
    "missing": "{member} is missing.",
    "extra": "{member} does not belong here.",
    "undefined": "{got} has no value: {why}.",
    "close": "The answer and the key are too close for this version to tell apart.",
    "by-person": "A person compares answers of this kind ({kind}).",
    "at": "At {where} the key is {key}; the answer is {got}.",
    "sign": "The sign is the other way round. {at}",
    "term-missing": "The term {term} is missing. {at}",
    "term-extra": "The term {term} does not belong here. {at}",
    "true-class": "The {sign} includes the true class, {index}. {at}",
    "no-true-class": "The {sign} leaves out the class {index}. {at}",
    "twice": "The answer is twice the key: a factor of two too many. {at}",
    "half": "The answer is half of the key: a factor of two is missing. {at}",
    "reciprocal": "The answer is the reciprocal of the key. {at}",
    "log-base": "The logarithm is taken to base {base} where the natural one is asked for. {at}",
    "log-natural": "The natural logarithm is taken where another base is asked for. {at}",
    "constant": "The answer is the key with {amount} added. {at}",
    "factor": "The answer is {amount} times the key. {at}",
    "pieces": "The answer is right in {share} cases; one is missing or wrong. {at}",
    "wrong-size": "{wanted} is asked for; this is {got}.",
    "transposed": "{wanted} is asked for; this is its transpose, {got}.",
    "sizes": "The sizes in {part} do not fit: {left} and {right}.",
    "key-sizes": "The sizes in the key itself do not fit, in {part}; a person decides.",
    "no-points": "{part} cannot be compared by this version, so a person decides.",
    "long": "Comparing this takes too many steps, so a person decides.",
    "beyond": "A constant in it is too large or too small to tell what it changes, so a person decides.",
    "too-few": "There are too few points at which both have a value, so a person decides.",
    "form": "The value is right; it was to be written as a {form}.",
    "fewer-digits": "{asked} asked for; {got} has fewer.",
    "chain": "The sides of this equation do not all equal the key, so a person decides.",
    "killed": "Comparing this answer took too long or failed, and was stopped; a person decides.",
    "unreadable": "The answer could not be read: {fault}",
    "refused": "The answer was not taken: {fault}",
    "faster": "{got} grows faster than {key}: {term} is too much.",
    "slower": "{got} grows more slowly than {key}: {term} is not reached.",
    "other-growth": "{got} grows unlike {key}: {term} is too much, and another part is too little.",
    "growth": "How fast this grows cannot be told by this version, so a person decides.",
    "edge-missing": "The edge {edge} has no label.",
    "edge-extra": "The edge {edge} does not belong here.",
    "edge-turned": "The edge is {edge}; the answer labels it the other way round.",
    "label-twice": "The edge {edge} has two labels.",
    "label": "The label of {edge} is {got}; it should be {key}.",
    "holds-too": "At {where} the answer holds; the key does not.",
    "fails-there": "At {where} the key holds; the answer does not.",
    "always-too": "The answer holds; the key does not.",
    "never-holds": "The key holds; the answer does not.",
    "equation-factor": "A factor of two is missing, or there is one too many. {at}",
    "equation-inverse": "One side is upside down. {at}",
    "exchanged": "{one} and {other} have changed places. {at}",
    "solutions": "The solutions cannot be compared by this version, so a person decides.",
    "end": "The {end} end is {got}; it should be {key}.",
    "end-missing": "The end {end} belongs to the interval.",
    "end-extra": "The end {end} does not belong to the interval.",
}
