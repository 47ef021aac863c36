"""Malformed exams: each is refused with one problem, at its line and column, in words that say what to do.

They are checked as an author would check them, by `tripos.review`, since some faults show only when keys are worked out.
"""

from __future__ import annotations

import re
import time

import pytest

from tripos.problem import Level, Problem
from tripos.review import check_text

TOP = "---\ntitle: Bad\n---\n"
HEAD = f"{TOP}\n# Section {{#s points=1 each=1}}\n\n## Question {{#q1}}\n\n"


def gap(body: str) -> str:
    """An exam whose question has this body, which begins in line 9."""
    return f"{HEAD}{body}\n"


def let(*lines: str) -> str:
    """An exam with these definitions, the first in line 10."""
    return gap("\n".join(["```let", *lines, "```", "`? 1`"]))


def heading(text: str) -> str:
    """An exam whose question has this heading, in line 7."""
    return HEAD.replace("## Question {#q1}", text) + "`? 1`\n"


def front(*lines: str) -> str:
    """An exam with these lines of front matter, the first in line 2."""
    return "\n".join(["---", *lines, "---", "", "# S {each=1}", "", "## Q {#q}", "", "`? 1`", ""])


def graph(*lines: str, attributes: str = "{ask=gradients}") -> str:
    """An exam with this graph, its first line in line 10."""
    return gap("\n".join([f"```graph {attributes}", *lines, "```"]))


DEEP, LONG = 1_000, 10_000

# What is wrong, the exam, where it says so, and words of what it says.
EXAMS: list[tuple[str, str, str, str]] = [
    # layers and networks
    (
        "an unknown layer",
        gap("`? parameters(CONF3-8 on 3x32x32)`"),
        "9:15",
        "CONF3-8 is no layer. Did you mean CONV3-8?",
    ),
    ("a filter larger than its image", gap("`? volume(CONV7-2-p0 on 3x5x5)`"), "9:4", "CONV7-2-p0 does not fit"),
    (
        "one found in a definition",
        let("net = 3x9x9 -> POOL3 -> CONV7-8-p0"),
        "10:7",
        "after POOL3 (layer 1) the image is 3x3x3",
    ),
    ("one whose volume nobody asks", gap("`? weights(3x9x9 -> CONV7-8-p0 -> CONV7-8-p0)`"), "9:4", "does not fit"),
    ("an unknown option of a layer", gap("`? parameters(CONV3-8-q2 on 3x8x8)`"), "9:15", 'has the option "q2"'),
    ("an even filter without a pad", gap("`? volume(CONV4-8 on 3x8x8)`"), "9:11", "must state its pad"),
    ("a layer that is not there", gap("`? parameters(3x8x8 -> FC-3, 7)`"), "9:4", "there is no layer 7"),
    ("an argument of another name", gap("`? parameters(3x8x8 -> FC-3, layr=1)`"), "9:4", "Did you mean layer?"),
    # expressions
    ("an unclosed bracket", gap("`? (1 + 2`"), "9:10", '")" is missing before the end of the text'),
    ("a bracket too many", gap("`? 3)`"), "9:5", '")" does not continue'),
    ("an empty gap", gap("`? `"), "9:4", "nothing is written here"),
    ("a sign without a value", gap("`? 3 +`"), "9:7", "a value is missing before the end"),
    ("two readings", gap("```let\nx : real\n```\n`? 1/2x`"), "12:4", "1/2x has two readings"),
    ("an unknown function", gap("`? paramters(CONV3-8 on 3x8x8)`"), "9:4", "Did you mean parameters?"),
    ("a name that is not declared", gap("`? x + 1`"), "9:4", "x has no meaning here. Define it in a let block."),
    ("a name that is misspelt", gap("```let\nhinge = 3\n```\n`? hing + 1`"), "12:4", "Did you mean hinge?"),
    ("a division by zero as key", gap("`? 1/0`"), "9:4", "the key has no value: division by zero"),
    ("a claim that nothing decides", gap("`? always(x^2 >= 0 for x in reals)`"), "9:4", "Type its key: `? true`"),
    ("the name of a set as key", gap("`? reals`"), "9:4", "the name of a set cannot be asked for"),
    ("a huge exponent", gap("`? 9^9^9^9`"), "9:6", "would have more than 12,000 digits"),
    ("a thousand brackets", gap(f"`? {'(' * DEEP}1{')' * DEEP}`"), "9:34", "nested more than"),
    ("ten thousand brackets", gap(f"`? {'(' * LONG}1{')' * LONG}`"), "9:4", "an expression has at most 4,000"),
    ("ten thousand signs", gap(f"`? {'-' * LONG}1`"), "9:4", "an expression has at most 4,000"),
    (
        "a fault in the second line of a gap",
        gap("so `? 1 +\n  parameters(CONF3 on 3x8x8)`"),
        "10:14",
        "CONF3 is no layer",
    ),
    ("a fault in what is shown", gap("`= foo(1)` `? 1`"), "9:4", "there is no function foo"),
    ("an unknown name in a formula", gap("$\\show{foo}$ `? 1`"), "9:8", "foo has no meaning here"),
    ("a fault in Windows lines", gap("`? 1 +`").replace("\n", "\r\n"), "9:7", "a value is missing"),
    # attributes
    ("an unknown attribute", gap("`? 1`{pints=3}"), "9:2", "pints= is not known here. Did you mean points?"),
    ("one on a heading", heading("## Question {#q1 point=3}"), "7:1", "point= is not known here. Did you mean points?"),
    ("attributes behind a blank", gap("`? 1` {points=2}"), "9:6", 'points="2" belongs to no gap'),
    (
        "points that are no number",
        gap("`? 1`{points=two}"),
        "9:2",
        'points="two" is no number. Write 2, -1, 0.5 or 2/7.',
    ),
    ("points below zero", gap("`? 1`{points=-2}"), "9:2", "points=-2 is below zero"),
    ("a section whose each is no number", HEAD.replace("each=1", "each=x") + "`? 1`\n", "5:1", 'each="x" is no number'),
    (
        "an unknown rule",
        heading("## Question {#q1 rule=truht}"),
        "7:1",
        'rule="truht" is not known. Did you mean truth?',
    ),
    (
        "a number that a rule has not",
        heading("## Question {#q1 rule=exact wrong=-1}"),
        "7:1",
        "the rule exact has no wrong",
    ),
    ("an attribute written twice", gap("`? 1`{points=1 points=2}"), "9:2", "points= is written twice. Keep one"),
    ("one on a heading twice", heading("## Question {#q1 rule=cells rule=exact}"), "7:1", "rule= is written twice"),
    (
        "an error that earns points",
        heading("## Question {#q1 rule=deduct error=-2}").replace("`? 1`", "- [x] a\n- [ ] b"),
        "7:1",
        "error=-2 is below zero. It is taken off for every wrong or missing mark: write error=2.",
    ),
    (
        "an alternative without a value",
        gap("`? 1`{also=1/0}"),
        "9:2",
        "accepted as well has no value: division by zero",
    ),
    (
        "an alternative of another kind",
        gap("`? 1`{also=3x3}"),
        "9:2",
        "comes to 3×3, a shape, and the key is a number. Accept a number",
    ),
    ("an alternative that is the name of a set", gap("`? 1`{also=reals}"), "9:2", "the name of a set, and the key is"),
    (
        "an alternative that is not decided",
        gap('`? true`{also="always(x > 0 for x in reals)"}'),
        "9:2",
        "accepted as well has no value",
    ),
    ("an unknown form", gap("`? 1`{form=produkt}"), "9:2", "Did you mean product?"),
    (
        "an attribute of later versions",
        gap("`? 1`{unit=m}"),
        "9:2",
        "unit= is not read by this version. Leave it out.",
    ),
    ("an expectation that cannot be read", gap('`? 1`{key="foo("}'), "9:2", "in key=: there is no function foo"),
    ("a rubric without lines", gap("::: {.rubric points=1 lines=0}\n- +1 a\n:::"), "9:1", "lines=0 is no count"),
    # what Markdown may hold and an exam may not
    ("raw HTML", gap('`? 1`\n\n<div onclick="x()">hi</div>'), "11:1", "raw HTML is not part of an exam"),
    ("a script in a link", gap("[a](javascript:alert(1)) `? 1`"), "9:1", 'a link to "javascript:alert(1)"'),
    ("an attribute that acts", gap('[a]{onclick="x()"} `? 1`'), "9:1", "the attribute onclick is not part of an exam"),
    ("an image with an absolute path", gap("![a](/etc/passwd) `? 1`"), "9:1", "does not lie in the exam's folder"),
    ("an image above the folder", gap("![a](../a.png) `? 1`"), "9:1", "does not lie in the exam's folder"),
    ("an image from elsewhere", gap("![a](http://x.org/a.png) `? 1`"), "9:1", "does not lie in the exam's folder"),
    ("a formula that cannot be read", gap("$\\foo{1}$ `? 1`"), "9:2", "\\foo is not a command known here"),
    ("a lone backtick", gap("a lone ` here\n\n`? 1`"), "9:8", "nothing closes the code it opens"),
    ("a hidden character", gap("`? 1\u202e`"), "9:5", "the character U+202E"),
    ("an unknown block", gap("::: rubirc\nhello\n:::\n\n`? 1`"), "9:1", "no block called rubirc. Did you mean rubric?"),
    (
        "a solution inside of a quotation",
        gap("> ::: solution\n> hi\n> :::\n\n`? 1`"),
        "9:3",
        "this solution stands inside",
    ),
    # structure
    ("a gap in a rubric", gap("::: {.rubric points=1}\n- +1 `? 1`\n:::"), "10:7", "a gap stands inside of a rubric"),
    (
        "a gap in a solution",
        gap("`? 1`\n\n::: solution\nIt is `? 2`.\n:::"),
        "12:8",
        "a gap stands inside of a solution",
    ),
    ("a gap in a heading", heading("## Question `? 1` {#q1}"), "7:14", "a heading neither asks nor shows"),
    (
        "a gap without an id",
        heading("## Question"),
        "7:1",
        "asks something and has no id. Give it one: ## Title {#q1-1}.",
    ),
    ("an id with a point", heading("## Question {#q1.2}"), "7:1", 'the id "q1.2" has a character that ids do not have'),
    (
        "an id that is given twice",
        gap("`? 1`\n\n## Other {#q1}\n\n`? 2`"),
        "11:1",
        "the id q1 was given in line 7 already",
    ),
    (
        "a part without a question",
        f"{TOP}\n# S\n\n### P {{#p points=1}}\n\n`? 1`\n",
        "7:1",
        "directly below a section (#)",
    ),
    ("a heading of level four", gap("`? 1`\n\n#### Deep {#d}\n\ntext"), "11:1", "this is a heading of level 4"),
    ("a question that asks nothing", gap("Just text."), "7:1", "this question asks nothing"),
    ("an exam that asks nothing", TOP, "1:1", "this exam asks nothing"),
    ("an empty file", "", "", "the file is empty"),
    (
        "a second rubric",
        gap("::: rubric\n- +1 a\n:::\n\n::: rubric\n- +1 b\n:::"),
        "13:1",
        "the second rubric of one question",
    ),
    ("points nowhere", f"{TOP}\n# S\n\n## Q {{#q}}\n\n`? 1`\n", "7:1", "says nowhere what it is worth"),
    ("points that are used up", gap("`? 1`{points=1} `? 2`"), "7:1", "which leaves the other gap none"),
    (
        "a list with one statement",
        gap("- `? 1 < 2` yes\n- no"),
        "10:3",
        "this item of a choice has no key, and others have",
    ),
    ("a list with one box", gap("- [x] yes\n- no"), "10:1", "this item of a choice has no key, and others have"),
    ("a number among the options", gap("- `? 1 + 1` A\n- `? 2 < 1` B"), "9:6", "the key of an option is true or false"),
    (
        "more options than letters",
        gap("\n".join(f"- [ ] o{i}" for i in range(27))),
        "9:1",
        "this choice has 27 options",
    ),
    # front matter
    ("no title", front("minutes: 10"), "1:1", "the exam has no title"),
    (
        "an unknown key",
        front("title: T", "minuts: 10"),
        "3:1",
        "minuts is not known in the front matter. Did you mean minutes?",
    ),
    ("minutes in words", front("title: T", "minutes: long"), "3:1", 'minutes is "long". Write a whole number.'),
    ("several minutes", front("title: T", "minutes: [1, 2]"), "3:1", "minutes is one value, not several"),
    ("points in words", front("title: T", "points: many"), "3:1", 'points is "many"'),
    ("an unknown convention", front("title: T", "conventions: {poling: floor}"), "3:15", "Did you mean pooling?"),
    ("an unknown value of one", front("title: T", "conventions: {pooling: flor}"), "3:15", "It is floor or ceiling."),
    ("front matter that is no YAML", front("title: [T"), "3:1", "the front matter cannot be read as YAML"),
    # definitions
    ("a name defined twice", let("n = 3", "n = 4"), "11:1", "n is defined already"),
    (
        "a name of a section again",
        let("s = 1").replace("\n## Q", "\n```let\ns = 2\n```\n\n## Q"),
        "14:1",
        "s is defined already",
    ),
    ("the name of a function", let("exp = 3"), "10:1", "exp is a function of Tripos"),
    ("an unknown domain", let("a : reel"), "10:5", '"reel" is not a domain'),
    ("a draw from an infinite set", let("n ~ reals"), "10:5", "n is drawn from a finite set"),
    ("a draw from a number", let("n ~ 3"), "10:5", "Write the set in braces"),
    ("a draw from nothing", let("n ~ {}"), "10:6", "a value is missing before"),
    (
        "a requirement that nothing meets",
        let("n ~ {1, 2}", "require n > 3"),
        "11:9",
        "no draw was found in 1,000 tries",
    ),
    (
        "one that no draw can change",
        let("n ~ {1, 2}", "require n > 0", "require 1 > 2"),
        "12:9",
        "joins no name drawn here",
    ),
    ("a requirement that is no truth", let("n ~ {1, 2}", "require n + 1"), "11:9", "a requirement is true or false"),
    (
        "names in a circle",
        let("a = b + 1", "b = a + 1"),
        "10:5",
        "b is defined only below this line. Move its line up.",
    ),
    ("a name by itself", let("a = 2*a"), "10:7", "a is defined by itself"),
    ("a name that nothing defines", let("a = 2*c"), "10:7", "c has no meaning here"),
    ("two names of one value", let("a, b = 3"), "10:1", "one name at a time is given a value"),
    ("a line that defines nothing", let("hello world"), "10:1", "this line defines nothing"),
    (
        "a draw under a heading without an id",
        f"{TOP}\n# S {{each=1}}\n\n```let\nn ~ {{1, 2}}\n```\n\n## Q {{#q1}}\n\n`? n`\n",
        "8:1",
        "names are drawn under a heading that has no id",
    ),
    # graphs and tables
    ("a graph with a later name", graph("x = 3", "f = xx * x", "xx = 2"), "11:1", "xx has no line above this one"),
    ("a line of two operations", graph("x = 3", "y = 2", "f = x * y + x"), "12:1", "more than one operation"),
    ("a graph of nothing", graph(), "10:1", "a graph has at least one input and one operation"),
    ("a graph with a name twice", graph("x = 3", "x = 2", "f = x * x"), "11:1", "x has a line already"),
    ("a line of a graph without a sign", graph("x = 3", "foo"), "11:1", "a line of a graph is a name, =, and a value"),
    ("an unknown function in a graph", graph("x = 3", "f = foo(x)"), "11:5", "there is no function foo"),
    (
        "an unknown thing to ask",
        graph("x = 3", "f = x^2", attributes="{ask=gradient}"),
        "10:1",
        "Did you mean gradients?",
    ),
    ("an unknown column", gap("`? table(3x8x8 -> FC-3, volum)`"), "9:25", "Did you mean volume?"),
    ("a table without columns", gap("`? table(3x8x8 -> FC-3)`"), "9:4", "at least one column"),
    ("a table of a number", gap("`? table(3, volume)`"), "9:4", "a table of layers needs a network"),
    ("a table of a network without input", gap("`? table(CONV3-8 -> FC-3, volume)`"), "9:4", "this network has none"),
    ("a table of an unknown layer", gap("`? table(3x8x8 -> CONF3-8, volume)`"), "9:19", "CONF3-8 is no layer"),
]

NAMED = pytest.mark.parametrize(
    ("text", "place", "words"), [case[1:] for case in EXAMS], ids=[case[0] for case in EXAMS]
)
MANNERS = re.compile(
    r"\binvalid\b|\bunexpected\b|\bTraceback\b|\bNone\b|\b(?:str|int|float|dict|tuple|fmpq|Node|TypeError|ValueError)\b|\['"
)


def errors(text: str) -> list[Problem]:
    return [problem for problem in check_text(text).problems if problem.level is Level.ERROR]


@NAMED
def test_a_malformed_exam_is_refused_once_with_its_place_and_its_fault(text: str, place: str, words: str) -> None:
    found = errors(text)
    assert [str(problem.place) for problem in found] == [f"exam.md:{place}".rstrip(":")], found
    assert words in f"{found[0].fact} {found[0].remedy}"


@NAMED
def test_a_problem_is_told_in_an_authors_words_and_its_carets_lie_inside_the_text(
    text: str, place: str, words: str
) -> None:
    for problem in errors(text):
        assert not MANNERS.search(f"{problem.fact} {problem.remedy}")
        assert problem.remedy
        assert problem.start <= len(problem.text)


def test_ten_thousand_faults_are_told_within_seconds() -> None:
    begin = time.perf_counter()
    found = errors(gap("`? 1 +` " * 10_000))
    assert found
    assert time.perf_counter() - begin < 20


def test_every_fault_of_an_exam_is_told_in_one_run_in_the_order_of_its_lines() -> None:
    text = gap(
        "```let\nn ~ reals\nnet = 3x8x8 -> CONF3-8\n```\n"
        "`? parameters(net)` `? n + x` `? 1 +`{pints=2}\n\n- [x] yes\n- no\n\n::: rubirc\nx\n:::"
    )
    assert [str(problem.place) for problem in errors(text)] == [
        "exam.md:10:5",
        "exam.md:11:16",
        "exam.md:13:32",
        "exam.md:13:37",
        "exam.md:16:1",
        "exam.md:18:1",
    ]
