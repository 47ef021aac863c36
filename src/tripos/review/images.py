"""Images: those that are not there, and those that say nothing to who cannot see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tripos.exam.item import Rubric
from tripos.pandoc.element import Element, plain_text, walk
from tripos.problem import Level, Problem
from tripos.review.study import Study


def images(study: Study) -> Iterator[Problem]:
    """Images without a file or without a text that stands for them."""
    folder = Path(study.exam.file).parent
    for image in _all(study):
        if not (folder / unquote(image.target)).is_file():
            fact = f"the image {image.target} is not in the exam's folder."
            yield Problem(image.place, fact, "Put it there, or correct its name.")
        if not plain_text(image.children):
            fact = f"the image {image.target} has no text for those who cannot see it."
            yield Problem(image.place, fact, "Describe it between the brackets: ![a graph of ...](...).", Level.WARNING)


def _all(study: Study) -> Iterator[Element]:
    for item in study.exam.items():
        rubrics = [element for asked in item.asked if isinstance(asked, Rubric) for element in asked.content]
        inside = walk((*item.title, *item.content, *item.solution, *rubrics))
        yield from (element for element in inside if element.kind == "Image")
