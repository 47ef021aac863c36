"""`tripos same` and `tripos read` as a person or a script meets them: verdicts, JSON, exit status, batches."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tripos.cli.main import main
from tripos.language.kind import Kind

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(capsys):
    def run(*arguments):
        try:
            status = main(list(arguments))
        except SystemExit as stop:
            status = stop.code
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.mark.parametrize(
    ("arguments", "verdict", "status"),
    [
        (("224", "2*112"), "equal", 0),
        (("224", "223"), "different", 1),
        (("224", ""), "unreadable", 3),
        (("224", "22*"), "unreadable", 3),
        (("x/2", "1/2x"), "refused", 3),
        (("224", "9^9^9^9"), "refused", 3),
        (("words", "other words", "--kind", "text"), "undecided", 3),
        (("3", "-3"), "different", 1),
        (("-3", "-3"), "equal", 0),
        (("-x", "x*(-1)"), "equal", 0),
        (("-1", "1", "--where", "x real", "--kind", "number"), "different", 1),
        (("parameters(CONV3-8 on 3x32x32)", "224"), "equal", 0),
        (("16×32×32", "16 x 32 x 32"), "equal", 0),
        (("true", "yes"), "equal", 0),
        (('"cat"', "Cat"), "equal", 0),
        (("[1, 0; 0, 1]", "[[1, 0], [0, 1]]"), "equal", 0),
        (("A, C", "C A", "--kind", "choice"), "equal", 0),
        (("8*28", "224", "--form", "product"), "different", 1),
        (("8*28", "2*112", "--form", "product"), "equal", 0),
        (("10", "10", "--form", "product"), "equal", 0),
        (("pi", "3.14", "--form", "digits=3"), "equal", 0),
        (("pi", "3.14"), "different", 1),
        (("1/3", "0.33", "--form", "decimals=2"), "equal", 0),
        (("2a(s_j - s_{y_i} + \\Delta)", "2aΔ + 2a s_j - 2a s_y"), "equal", 0),
        (("x^2", "z"), "different", 1),
        (("x^2", "hello"), "unreadable", 3),
        (("b = 2aΔ", "a = b/(2Δ)", "--where", "Δ > 0; a: real; b real"), "equal", 0),
        (("p", "1 - (1 - p)", "--where", "0 < p < 1"), "equal", 0),
        (("x", "x + y", "--where", "x real"), "unreadable", 3),
        (("x", "x + y"), "different", 1),
        (("F*F*C", "F x F x C", "--where", "F, C: positive integer"), "equal", 0),
        (("1,769,472", "1769472"), "equal", 0),
        (("524 544", "524,544"), "equal", 0),
        (("W^T x + b", "b + W^T x"), "equal", 0),
        (("W^T x", "x^T W"), "different", 1),
        (("W_{ij}", "W_{ji}"), "different", 1),
        (("W_h h_{t-1} + W_x x_t", "W_x x_{t} + W_h h_{t−1}"), "equal", 0),
    ],
)
def test_two_texts_are_compared_and_the_status_says_how(run, arguments, verdict, status):
    code, out, err = run("same", *arguments, "--json")
    found = json.loads(out)
    assert (found["verdict"], code, err) == (verdict, status, "")
    assert set(found) == {"verdict", "certainty", "reason", "witness"}
    assert (found["certainty"] is None) == (status == 3)
    assert bool(found["reason"]) == (verdict != "equal")
    assert run("same", *arguments)[0] == status


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("224",), "a key and a response are needed"),
        ((), "a key and a response are needed"),
        (("3 +", "3"), "a value is missing"),
        (("", "3"), "nothing is written"),
        (("1/0", "3"), "the key has no value"),
        (("1/2x", "3"), "two readings"),
        (("3", "3", "--kind", "numbr"), "Did you mean number?"),
        (("3", "3", "--form", "produkt"), "Did you mean product?"),
        (("3", "3", "--form", "digits=0"), "names no precision"),
        (("3", "3", "--form", "product=2"), "takes no number"),
        (("x", "x", "--where", "x foo"), "is not a domain"),
        (("x", "x", "--kind", "number"), "the key is a formula"),
        (("A*B", "A B", "--where", "A, B: n by n matrix"), "two readings"),
        (("3", "3", "--batch", __file__), "stand in the file"),
        (("--batch", "no-such-file.jsonl"), "there is no file"),
    ],
)
def test_wrong_use_is_status_two_with_a_sentence(run, arguments, says):
    status, out, err = run("same", *arguments)
    assert (status, out) == (2, "")
    assert says in err


def test_a_verdict_for_people_says_why_and_how_both_sides_were_read(run):
    out = run("same", "x^2", "2x", "--where", "x real")[1]
    assert out.startswith("✗ different: At x = ")
    assert "  key     x²\n" in out or "  key     x^2\n" in out
    assert "  answer  2·x\n" in out
    assert run("same", "6", "2*3")[1].startswith("✓ equal, exactly\n")
    unread = run("same", "6", "2*3)")[1]
    assert unread.startswith("? unreadable: ")
    assert unread.endswith("\n  2*3)\n     ^\n")


BATCH = [
    {"key": "2*a", "response": "a + a"},
    {"key": 224, "response": 223, "kind": "number"},
    {"key": "3"},
    {"key": "3 +", "response": "3"},
    {"key": "1/3", "response": 0.33, "form": "decimals=2"},
    {"key": True, "response": True},
    {"key": "x", "response": None, "where": "x real"},
    {"key": "x", "response": ["x"]},
    {"key": "3", "response": "3", "kind": "numbr"},
    {"key": "3", "respnse": "3", "response": "3"},
    {"key": "3", "response": "3", "where": "x foo"},
]


def test_a_batch_is_answered_line_by_line_and_what_is_wrong_with_a_line_stops_no_other(run, tmp_path):
    path = tmp_path / "batch.jsonl"
    lines = [json.dumps(line) for line in BATCH]
    path.write_text("\n".join([*lines[:3], "", "no json", *lines[3:]]) + "\n", encoding="utf-8")
    status, out, err = run("same", "--batch", str(path))
    assert status == 2
    found = [json.loads(line) for line in out.splitlines()]
    told = ["equal", "different", 3, 5, 6, "equal", "equal", "unreadable", 10, 11, 12, 13]
    assert [line.get("verdict", line.get("line")) for line in found] == told
    problems = {line["line"]: line["problem"] for line in found if "line" in line}
    assert 'no "response"' in problems[3]
    assert "no JSON" in problems[5]
    assert "a value is missing" in problems[6]
    assert "Did you mean response?" in problems[12]
    assert all("line 1" not in problem for problem in problems.values())
    assert [line.partition("  ")[0].split(":")[1] for line in err.splitlines()] == [
        "3",
        "5",
        "6",
        "10",
        "11",
        "12",
        "13",
    ]


def test_a_batch_without_a_fault_is_fine_whatever_its_verdicts(run, tmp_path):
    path = tmp_path / "batch.jsonl"
    path.write_text('{"key": "3", "response": "4"}\n{"key": "3", "response": ""}\n', encoding="utf-8")
    status, out, err = run("same", "--batch", str(path))
    assert (status, err) == (0, "")
    assert [json.loads(line)["verdict"] for line in out.splitlines()] == ["different", "unreadable"]


def test_a_batch_may_come_from_a_pipe_and_a_bad_line_says_what_a_line_is():
    lines = '{"key": "3", "response": 3.0}\n[3]\nfoo\n'
    command = [sys.executable, "-m", "tripos.cli.main", "same", "--batch", "/dev/stdin"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=60, check=False)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, found[0]["verdict"]) == (2, "equal")
    assert all('{"key": ..., "response": ...}' in line["problem"] for line in found[1:])


def test_an_empty_batch_is_wrong_use(run, tmp_path):
    path = tmp_path / "batch.jsonl"
    path.write_text("\n")
    status, out, err = run("same", "--batch", str(path))
    assert (status, out) == (2, "")
    assert "the file is empty" in err


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.NETWORK])
def test_an_empty_answer_is_unreadable_for_every_kind(run, kind):
    keys = {Kind.TRUTH: "true", Kind.CHOICE: "A", Kind.SHAPE: "3x4", Kind.VECTOR: "[1, 2]", Kind.MATRIX: "[1; 2]",
            Kind.MASK: "[1, 0; 0, 1]", Kind.SET: "{1}", Kind.EQUATION: "x = 1", Kind.INEQUALITY: "x < 1",
            Kind.INTERVAL: "[0, 1)", Kind.ORDER: "O(n)", Kind.LABELS: "a -> b: 2"}  # fmt: skip
    status, out, _ = run("same", keys.get(kind, "3"), "  ", "--kind", kind.value, "--json")
    assert (status, json.loads(out)["verdict"]) == (3, "unreadable")


@pytest.mark.parametrize(
    ("arguments", "read", "kind"),
    [
        (("16 x 32 x 32", "--kind", "shape"), "16×32×32", "shape"),
        (("16 × 32 × 32", "--kind", "number"), "16×32×32", "number"),
        (("2x(x + 1)", "--where", "x real"), "2·x·(x + 1)", "formula"),
        (("-3",), "−3", "number"),
        (("1e6",), "1000000", "number"),
        (("1,769,472",), "1769472", "number"),
        (("h_{t-1}",), "h_{t−1}", "formula"),
        (("3 + x",), "3 + x", "formula"),
        (("c a", "--kind", "choice"), "A, C", "choice"),
        (("it depends", "--kind", "word"), "it depends", "word"),
        (("[1, 0; 0, 1]",), "[1, 0; 0, 1]", "matrix"),
    ],
)
def test_how_an_answer_is_read_is_shown(run, arguments, read, kind):
    status, out, _ = run("read", *arguments, "--json")
    found = json.loads(out)
    assert status == 0
    assert found["kind"] == kind
    assert found["read"].replace("·", "×") == read.replace("·", "×")
    if kind not in ("choice", "word"):
        assert found["mathml"].startswith("<math")
        assert found["latex"]
    assert run("read", *arguments)[1].startswith(found["read"])


def test_what_cannot_be_read_is_shown_with_its_place(run):
    status, out, err = run("read", "2*(3")
    assert (status, out) == (1, "")
    assert err.endswith("\n  2*(3\n    ^\n")
    status, out, err = run("read", "2*(3", "--json")
    found = json.loads(out)
    assert (status, err) == (1, "")
    assert (found["read"], found["verdict"], found["column"]) == (None, "unreadable", 3)
    assert json.loads(run("read", "1/2x", "--json")[1])["verdict"] == "refused"
    assert run("read", "")[0] == 1
    assert run("read", "x", "--kind", "nonsense")[0] == 2
    assert run("read", "x", "--where", "x foo")[0] == 2


def test_the_commands_leave_no_process_behind(tmp_path):
    command = [sys.executable, "-m", "tripos.cli.main", "same", "224", "2*112"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
