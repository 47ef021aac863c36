"""Draws: keys that fail or never change, and expectations that fail for some of them."""

from __future__ import annotations

from tests.review.samples import question, told

from tripos.problem import Level

TEN = "{" + ", ".join(str(number) for number in range(1, 11)) + "}"


def test_a_key_that_fails_for_some_draws_names_the_first() -> None:
    text = question("```let\nn ~ {2, 1, 0}\n```\n`? 1/n`{because=x}")
    assert told(text) == ["12:4 for n = 0: the key has no value: division by zero."]


def test_a_key_that_fails_for_every_draw_names_none() -> None:
    text = question("```let\nn ~ {2, 1}\n```\n`? 1/(n - n)`{because=x}")
    assert told(text) == ["12:4 the key has no value: division by zero."]


def test_a_requirement_takes_the_failing_draw_out() -> None:
    text = question("```let\nn ~ {2, 1, 0}\nm = n\nrequire m > 0\n```\n`? 1/n`{because=x}")
    assert told(text) == []


def test_names_that_a_key_does_not_rest_on_are_not_drawn() -> None:
    lines = "\n".join(f"{name} ~ {TEN}" for name in "abc")
    text = question(f"```let\n{lines}\nn ~ {{1, 0}}\n```\n`? 1/n`{{because=x}}")
    assert told(text) == ["15:4 for n = 0: the key has no value: division by zero."]


def test_where_there_are_too_many_draws_fifty_students_are_looked_at() -> None:
    lines = "\n".join(f"{name} ~ {TEN}" for name in "abc")
    (found,) = told(question(f"```let\n{lines}\n```\n`? c/(a - b)`{{because=x}}"))
    assert found.startswith("14:4 for a = ")
    assert "division by zero" in found


def test_a_name_of_the_section_is_drawn_too() -> None:
    text = "---\ntitle: T\n---\n\n# S {#s each=1}\n\n```let\nn ~ {1, 0}\n```\n\n## Q {#q}\n\n`? 1/n`{because=x}\n"
    assert told(text) == ["13:4 for n = 0: the key has no value: division by zero."]


def test_a_key_that_no_draw_changes_is_a_hint() -> None:
    text = question("```let\nn ~ {1, 2}\n```\n`? 0*n`{because=x}")
    assert told(text, Level.HINT) == ["12:4 the key of q1 is 0 whatever is drawn."]


def test_a_shown_value_that_fails_for_some_draw_is_an_error() -> None:
    text = question("```let\nn ~ {1, 0}\n```\nHalf: `= 1/n`, $\\show{2/n}$. `? n`{because=x}")
    assert told(text) == [
        "12:10 for n = 0: this has no value: division by zero.",
        "12:23 for n = 0: this has no value: division by zero.",
    ]


def test_a_network_that_does_not_fit_is_an_error_though_only_its_parameters_are_asked() -> None:
    text = question("```let\nk ~ {3, 7}\n```\n`? parameters(3x10x10 -> POOL2 -> CONV{k}-8-p0)`")
    (found,) = told(text)
    assert found.startswith("12:4 for k = 7: CONV7-8-p0 does not fit: after POOL2 (layer 1) the image is 3x5x5")
