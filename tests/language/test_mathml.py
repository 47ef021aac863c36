"""MathML: valid MathML Core, every text escaped, and the same as what Pandoc makes of our LaTeX."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from xml.etree import ElementTree

import pypandoc
import pytest
from hypothesis import given
from tests.language.samples import ROWS, Row, read, trees

from tripos.language import latex, mathml, tree
from tripos.language.tree import Callee, Node, Op

CHILDREN = {
    "mfrac": 2,
    "msub": 2,
    "msup": 2,
    "msubsup": 3,
    "mover": 2,
    "munder": 2,
    "munderover": 3,
    "mi": 0,
    "mn": 0,
    "mo": 0,
    "mtext": 0,
    "mspace": 0,
}
ELEMENTS = {*CHILDREN, "math", "mrow", "msqrt", "mtable", "mtr", "mtd"}
ATTRIBUTES = {
    "accent",
    "display",
    "form",
    "fence",
    "stretchy",
    "movablelimits",
    "lspace",
    "rspace",
    "width",
    "mathvariant",
    "class",
    "columnalign",
}
SKELETON = ("mfrac", "msub", "msup", "msqrt", "mover", "munder", "munderover", "mtable", "mtr", "mtd")
INVISIBLE = re.compile("[\\s\u2061\u2062\u00a0]+")


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def letters(element: ElementTree.Element) -> str:
    return INVISIBLE.sub("", "".join(element.itertext())).replace("∣", "|")


def skeleton(element: ElementTree.Element) -> list[str]:
    # Sorted, for LaTeX hangs the exponent of (a + b)^2 on the closing bracket alone.
    found = " ".join(part.tag for part in element.iter()).replace("msubsup", "msub msup").split()
    return sorted(tag for tag in found if tag in SKELETON)


@given(trees())
def test_any_tree_is_valid_mathml_core(node: Node) -> None:
    for part in parsed(mathml.of(node)).iter():
        assert part.tag in ELEMENTS
        assert set(part.attrib) <= ATTRIBUTES
        assert len(part) == CHILDREN.get(part.tag, len(part))
        assert part.tag in CHILDREN or not (part.text or "").strip()


@pytest.mark.parametrize(
    "node",
    [
        tree.name("<script>"),
        tree.name("a_<b>&"),
        Node(Op.TEXT, value="<img onerror=x>"),
        Node(Op.CODE, (), ("<b>",)),
        Node(Op.GIVEN, value="</math>"),
        Node(Op.CALL, (tree.number(1),), Callee("<i>", ("<u>",))),
    ],
    ids=["name", "subscript", "text", "code", "value", "function"],
)
def test_no_text_becomes_an_element(node: Node) -> None:
    assert {part.tag for part in parsed(mathml.of(node)).iter()} <= ELEMENTS


def test_a_formula_of_its_own_is_a_block() -> None:
    assert mathml.of(tree.name("x"), block=True) == '<math display="block"><mi>x</mi></math>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x", "<mi>x</mi>"),
        ("-1/2", '<mfrac><mrow><mo form="prefix">−</mo><mn>1</mn></mrow><mn>2</mn></mfrac>'),
        ("a - b", "<mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow>"),
        ("2 x", "<mrow><mn>2</mn><mo>\u2062</mo><mi>x</mi></mrow>"),
        ("s_j", "<mrow><msub><mi>s</mi><mi>j</mi></msub></mrow>"),
        ("s_j^2", "<msubsup><mi>s</mi><mi>j</mi><mn>2</mn></msubsup>"),
        ("Delta", '<mi mathvariant="normal">Δ</mi>'),
        ("sqrt(x + 1)", "<mrow><msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt></mrow>"),
        ("x < 1", "<mrow><mi>x</mi><mo>&lt;</mo><mn>1</mn></mrow>"),
    ],
)
def test_an_expression_in_mathml(text: str, shown: str) -> None:
    assert mathml.of(read(text)).removeprefix("<math>").removesuffix("</math>") in (shown, f"<mrow>{shown}</mrow>")


@pytest.fixture(scope="module")
def by_pandoc() -> Sequence[ElementTree.Element]:
    """What Pandoc, the independent oracle, makes of the LaTeX of every row."""
    text = "\n\n".join(f"$${latex.of(read(row.text))}$$" for row in ROWS)
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=html", "--mathml"]
    html = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    html = re.sub(r"<annotation.*?</annotation>|</?semantics>|xmlns=\"[^\"]*\"", "", html, flags=re.DOTALL)
    return [parsed(found) for found in re.findall(r"<math .*?</math>", html, flags=re.DOTALL)]


@pytest.mark.parametrize(("at", "row"), list(enumerate(ROWS)), ids=[row.why for row in ROWS])
def test_pandoc_shows_the_same_letters_in_the_same_places(
    at: int, row: Row, by_pandoc: Sequence[ElementTree.Element]
) -> None:
    ours = parsed(mathml.of(read(row.text)))
    assert letters(ours) == letters(by_pandoc[at])
    assert skeleton(ours) == skeleton(by_pandoc[at])
