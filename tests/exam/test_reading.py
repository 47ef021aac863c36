"""Reading an exam: structure, points, kinds of gap, names, and the places of things."""

import pytest
from flint import fmpq

from tripos.exam.item import Choice, Gap, Rubric
from tripos.exam.key import ChoiceKey, GapKey, How, keys, worth
from tripos.exam.reading import read
from tripos.exam.scoring import Deduct, PerOption, Truth
from tripos.exam.variant import variant
from tripos.language import plain, source
from tripos.language.kind import Kind

FRONT = "---\ntitle: Trial\nminutes: 30\nseed: s\n---\n\n"


def exam(body):
    return read(FRONT + body, "trial.md").whole()


def asked(body):
    return {part.id: part for _, part in exam(body).asked()}


def key(body):
    return {one.asked.id: one for one in keys(variant(exam(body))).whole()}


def test_one_gap_takes_the_id_of_its_question_and_several_are_numbered():
    assert list(asked("## A {#a points=1}\n\n`? 1`\n")) == ["a"]
    assert list(asked("## A {#a points=1}\n\n`? 1`, `? 2`\n\n`? 3`\n")) == ["a.1", "a.2", "a.3"]


def test_a_lone_rubric_takes_the_id_of_its_question_and_otherwise_says_rubric():
    rubric = "::: {.rubric points=1}\n- +1 it\n:::\n"
    assert list(asked(f"## A {{#a}}\n\n{rubric}")) == ["a"]
    assert list(asked(f"## A {{#a points=2}}\n\n`? 1`\n\n{rubric}")) == ["a", "a.rubric"]
    assert list(asked(f"## A {{#a points=3}}\n\n`? 1` `? 2`\n\n{rubric}")) == ["a.1", "a.2", "a.rubric"]


def test_gaps_share_what_stated_points_leave():
    found = asked("## A {#a points=5}\n\n`? 1`{points=2} `? 2` `? 3`\n")
    assert [part.points for part in found.values()] == [2, fmpq(3, 2), fmpq(3, 2)]


def test_a_section_says_what_each_question_is_worth_and_a_question_may_differ():
    body = "# S {each=2}\n\n## A {#a}\n\n`? 1`\n\n## B {#b points=5}\n\n`? 1`\n"
    assert [part.points for part in asked(body).values()] == [2, 5]
    assert exam(body).points == 7


def test_a_rule_is_inherited_and_overridden_number_by_number():
    body = (
        "# S {rule=truth each=2 wrong=-1}\n\n## A {#a}\n\n`? true`\n\n## B {#b wrong=-2}\n\n`? true`\n\n"
        "## C {#c rule=deduct error=2}\n\n- [x] a\n- [ ] b\n\n## D {#d rule=per-option}\n\n- [x] a\n- [ ] b\n"
    )
    rules = {item.id: item.rule for item in exam(body).items()}
    assert rules["a"] == Truth(wrong=fmpq(-1))
    assert rules["b"] == Truth(wrong=fmpq(-2))
    assert rules["c"] == Deduct(error=fmpq(2))
    assert rules["d"] == PerOption()


def test_a_list_of_boxes_or_of_statements_is_one_choice():
    body = (
        "## A {#a points=1}\n\n- [ ] a\n- [x] b\n\n## B {#b points=1}\n\n- `? 1 < 2` less\n- `? 2 < 1` more\n- `? none` none\n\n"
        "## C {#c points=1 choose=one}\n\n- `? keeps_size(CONV3)` yes\n- `? keeps_size(CONV3-p0)` no\n"
    )
    found = key(body)
    assert [one.letters for one in found.values()] == [("B",), ("A",), ("A",)]
    assert [one.how for one in found.values()] == [How.TYPED, How.TYPED, How.COMPUTED]
    assert found["c"].choice.single and not found["a"].choice.single


def test_none_of_the_above_is_right_when_nothing_else_is():
    found = key("## B {#b points=1}\n\n- `? 3 < 2` less\n- `? 2 < 1` more\n- `? none` none\n")["b"]
    assert found.letters == ("C",)


def test_an_ordinary_list_stays_text():
    body = "## A {#a points=1}\n\n- one\n- two\n\n`? 3`\n"
    assert isinstance(asked(body)["a"], Gap)


def test_a_table_of_layers_asks_every_cell_row_by_row_and_answers_its_calls():
    body = "## A {#a points=1}\n\n`? table(3x8x8 -> CONV3-4 -> POOL2, volume, weights, biases)`\n"
    found = key(body)
    assert list(found) == [f"a.{number}" for number in range(1, 7)]
    assert [one.answers.name for one in found.values()] == ["volume", "weights", "biases"] * 2
    assert all(one.how is How.COMPUTED for one in found.values())


def test_a_graph_asks_every_gradient_but_the_last_and_names_its_gaps():
    body = "## A {#a points=2}\n\n```graph {ask=gradients}\nx = 3\ny = 2\nf = x * y\n```\n"
    found = asked(body)
    assert [part.aliases for part in found.values()] == [("a.x",), ("a.y",)]
    assert [source.of_value(one.worked.value) for one in key(body).values()] == ["2", "3"]


def test_a_graph_asks_values_of_the_lines_that_calculate_and_not_of_its_inputs():
    lines = "x = 3\ny = 2\nf = x * y\n```\n"
    assert list(asked(f"## A {{#a points=2}}\n\n```graph {{ask=values}}\n{lines}")) == ["a"]
    both = asked(f"## A {{#a points=2}}\n\n```graph {{ask=both}}\n{lines}")
    assert [part.aliases for part in both.values()] == [("a.x.gradient",), ("a.y.gradient",), ("a.f.value",)]


def test_a_gap_may_stand_in_a_cell_of_a_pipe_table_or_in_a_list():
    body = "## A {#a points=3}\n\n| a | b |\n|---|---|\n| `? 1` | `? 2` |\n\n1. first `? 3`\n"
    assert list(asked(body)) == ["a.1", "a.2", "a.3"]


def test_what_is_computed_is_told_from_what_is_typed():
    body = (
        "```let\nnet = 3x8x8 -> CONV3-4\ntotal = parameters(net)\n```\n\n## A {#a points=5}\n\n"
        "`? 112` `? total` `? 2*56` `? always(x > 0 for x in {1, 2})` `? parameters(net) - 1`\n"
    )
    assert [one.how for one in key(body).values()] == [
        How.TYPED, How.COMPUTED, How.TYPED, How.COMPUTED, How.COMPUTED,
    ]  # fmt: skip


def test_a_key_asked_by_its_name_answers_the_call_behind_the_name():
    body = "```let\nnet = 3x8x8 -> CONV3-4\ntotal = parameters(net)\n```\n\n## A {#a points=2}\n\n`? total` `? total + 1`\n"
    calls = [one.answers for one in key(body).values()]
    assert calls[0] is not None and calls[0].name == "parameters"
    assert calls[1] is None


def test_names_are_seen_below_and_in_a_sibling_they_are_not():
    body = "# S\n\n```let\na = 2\n```\n\n## A {#a points=1}\n\n```let\nb = a + 1\n```\n\n`? b`\n\n## B {#b points=1}\n\n`? a`\n"
    assert [source.of_value(one.worked.value) for one in key(body).values()] == ["3", "2"]
    found = keys(variant(read(FRONT + body + "\n## C {#c points=1}\n\n`? b`\n").exam))
    assert ["b has no meaning here" in problem.fact for problem in found.problems] == [True]


def test_a_section_before_any_heading_keeps_its_text():
    found = exam("Read everything first.\n\n## A {#a points=1}\n\n`? 1`\n")
    assert found.root.content
    assert (found.title, found.minutes, found.seed) == ("Trial", 30, "s")


def test_solutions_are_kept_and_notes_are_not():
    body = "## A {#a points=1}\n\n`? 1`\n\n::: solution\nBecause `= 1 + 1`.\n:::\n\n::: note\nSecret.\n:::\n"
    item = next(item for item in exam(body).items() if item.id == "a")
    assert item.solution
    assert "Secret" not in str(item)


@pytest.mark.parametrize(
    ("gap", "kind"),
    [
        ("3x3", Kind.SHAPE),
        ("mask([0, 1; 1, 0])", Kind.MASK),
        ('"A"', Kind.WORD),
        ("{1, 2}", Kind.SET),
        ("2*c", Kind.FORMULA),
        ("c = 2", Kind.EQUATION),
        ("c < 2", Kind.INEQUALITY),
        ("CONV3-8 -> POOL2", Kind.NETWORK),
    ],
)
def test_the_type_of_the_key_decides_the_kind(gap, kind):
    found = key(f"```let\nc : real\n```\n\n## A {{#a points=1}}\n\n`? {gap}`\n")["a"]
    assert found.kind is kind


def test_everything_asked_is_a_gap_a_choice_or_a_rubric():
    body = "## A {#a points=3}\n\n`? 1`\n\n- [x] a\n- [ ] b\n\n::: {.rubric points=1}\n- +1 it\n:::\n"
    assert [type(part) for part in asked(body).values()] == [Gap, Choice, Rubric]
    assert isinstance(key(body)["a.1"], GapKey) and isinstance(key(body)["a.2"], ChoiceKey)


def test_an_each_of_zero_is_given():
    found = read(FRONT + "# S {each=2}\n\n## A {#a}\n\n`? 1`\n\n# T {each=0}\n\n## B {#b}\n\n`? 1`\n")
    assert [item.stated for item in found.exam.items() if item.level == 2] == [2, 0]


def test_the_input_of_a_table_of_layers_shows_zero_where_things_are_counted():
    columns = ["volume", "parameters", "weights", "biases", "multiplications", "norm_parameters", "receptive_field"]
    found = exam(f"## A {{#a points=1}}\n\n`? table(3x8x8 -> CONV3-4, {', '.join(columns)})`\n")
    (table,) = next(item for item in found.items() if item.id == "a").content
    cells = [cell.children[0].children[0] for cell in table.children[1].children[0].children[1:]]
    names = variant(found)
    shown = [
        worth(found.shown[int(cell.text)].written, {}, names).value if cell.kind == "Show" else cell.text
        for cell in cells
    ]
    assert [plain.of_value(value) if not isinstance(value, str) else value for value in shown] == [
        "3×8×8", "0", "0", "0", "0", "–", "–",
    ]  # fmt: skip
