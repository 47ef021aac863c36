"""The commands as a person or a script meets them: what they print, their JSON, their exit status, their manners."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tripos.cli.main import VERBS, main
from tripos.language.kind import Kind
from tripos.marking.mark import State

ROOT = Path(__file__).parents[2]
EXAM = str(ROOT / "examples" / "midterm-2019.md")
CLASS = str(ROOT / "examples" / "midterm-2019-class.jsonl")
DECISIONS = str(ROOT / "examples" / "midterm-2019-decisions.jsonl")
TABLE = str(ROOT / "examples" / "midterm-2019-table.jsonl")


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


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_two_examples(run, verb):
    status, out, _ = run(verb, "--help")
    assert status == 0
    assert VERBS[verb].sentence.split(",")[0][:30] in " ".join(out.split())
    assert len(VERBS[verb].examples) >= 2
    for example in VERBS[verb].examples:
        assert example.startswith(f"tripos {verb} ")
        assert example in out


def test_nothing_asked_is_wrong_use_and_help_is_success(run):
    assert run()[0] == 2
    status, out, _ = run("--help")
    assert status == 0
    assert all(verb in out for verb in VERBS)
    assert run("--version")[1].startswith("tripos 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("check",),
        ("check", "no-such-exam.md"),
        ("key", EXAM, "--nonsense"),
        ("mark", EXAM, "no-such-file.jsonl"),
        ("mark", EXAM, CLASS, "--decisions", "no-such-file.jsonl"),
        ("net",),
        ("rehearse", EXAM, TABLE, "--students", "none"),
        ("key", EXAM, "--student", ""),
        ("check", "x" * 300),
        ("mark", EXAM, "x" * 300),
    ],
)
def test_wrong_use_is_status_two_with_a_sentence(run, arguments):
    status, out, err = run(*arguments)
    assert status == 2
    assert not out
    assert "usage" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("eval", "1/2x"), "two readings"),
        (("eval", "1/0"), "division by zero"),
        (("eval", "always(x > 0 for x in reals)"), "is not decided"),
        (("eval", "x + 1"), "x has no meaning here"),
        (("eval", "x", "y"), "gives no name a value"),
        (("eval", "x", "=2"), "gives no name a value"),
        (("eval", "x", "2=2"), "gives no name a value"),
        (("eval", "x", "x=1", "x=2"), "x is given a value twice"),
        (("eval", "β_12", "β_{12}=1", "β_12=2"), "β_12 is given a value twice"),
        (("eval", "pi", "pi=3"), "pi has a meaning of its own"),
        (("eval", "1", "volume=3"), "volume has a meaning of its own"),
        (("eval", "1", "if=3"), "is a word of the language"),
        (("eval", "(" * 10_000), "10,000 characters"),
        (("eval", "9^9^9^9"), "digits"),
        (("eval", "parameters(CNV3-8 on 3x32x32)"), "Did you mean CONV3-8?"),
        (("net", "3 + 4"), "a network is needed"),
        (("net", "3x32x32 -> conv3-8"), "Layers are in capitals: CONV3."),
        (("net", "3x32x32 -> RELU"), "leave it out"),
        (("net", "3x32x32 -> BLAH"), "Layers are CONV"),
        (("net", "3x5x5 -> CONV7-p0"), "does not fit"),
        (("net", "3x5x5 -> CONV7-8-p0"), "5x5, smaller than 7x7"),
        (("net", "CONV3-8 -> POOL2"), "input"),
        (("net", "3x32x32 -> FOO-3"), "Layers are CONV3-8, POOL2, FC-10."),
    ],
)
def test_a_problem_is_status_one_with_a_sentence_and_no_traceback(run, arguments, says):
    status, out, err = run(*arguments)
    assert status == 1
    assert not out
    assert says in err
    assert "Traceback" not in err


def test_eval_prints_the_working_and_the_value(run):
    assert run("eval", "parameters(CONV3-8 on 3x32x32)")[1] == "8·3·3·3 + 8 = 216 + 8 = 224\n"
    assert run("eval", "2^x + y", "x=3", "y=x - 1")[1] == "2^3 + 3 − 1 = 8 + 3 − 1 = 10\n"
    assert run("eval", "--", "-2^2")[1] == "−2^2 = −4\n"
    assert run("eval", "-2^2")[1] == "−2^2 = −4\n"
    assert run("eval", "β_{12}*2", "β_{12}=2")[1] == "2·2 = 4\n"
    assert run("eval", "3 = 3.0")[1] == "3 = 3 ⇔ true\n"
    found = json.loads(run("eval", "volume(CONV3-8 on 3x32x32)", "--json")[1])
    assert found["value"] == [8, 32, 32]
    assert found["text"] == "8×32×32"


def test_net_prints_every_layer_the_totals_and_the_conventions(run):
    status, out, _ = run("net", "3x32x32 -> CONV3-8 -> POOL2 -> FC-10")
    assert status == 0
    for words in ("CONV3-8", "8×32×32", "224", "20,714", "221,184", "Multiplications with padded zeros count."):
        assert words in out
    found = json.loads(run("net", "3x32x32 -> CONV3-8 -> POOL2 -> FC-10", "--json")[1])
    assert found["totals"]["parameters"]["value"] == 20714
    assert [layer["receptive_field"]["value"] for layer in found["layers"]] == [1, 3, 4, 32]
    assert found["layers"][1]["parameters"] == {"value": 224, "text": "8·3·3·3 + 8"}


def test_net_shows_the_working_of_volumes_parameters_multiplications_and_receptive_fields(run):
    out = run("net", "3x32x32 -> CONV3-8 -> POOL2 -> FC-10")[1]
    working = out.split("\n\n")[1]
    assert [" ".join(line.split()) for line in working.splitlines()] == [
        "layer what working",
        "1 CONV3-8 volume 8 × ((32 + 2·1 − 3)/1 + 1) × ((32 + 2·1 − 3)/1 + 1)",
        "parameters 8·3·3·3 + 8",
        "multiplications 8·3·3·3·32·32",
        "sees 1 + (3 − 1)·1",
        "2 POOL2 volume 8 × ((32 − 2)/2 + 1) × ((32 − 2)/2 + 1)",
        "sees 1 + (3 − 1)·1 + (2 − 1)·1",
        "3 FC-10 parameters 8·16·16·10 + 10",
        "multiplications 8·16·16·10",
        "total parameters 8·3·3·3 + 8 + 8·16·16·10 + 10",
        "multiplications 8·3·3·3·32·32 + 8·16·16·10",
    ]


@pytest.mark.parametrize("net", ["3x32x32 -> POOL2", "10 -> FC-3"])
def test_the_working_of_a_network_without_parameters_or_fields_is_not_empty(run, net):
    out = run("net", net)[1]
    assert re.search(r"^1 .* (volume|parameters) .*[·/+]", out, re.MULTILINE)


def test_the_totals_of_net_have_the_volume_and_the_receptive_field_of_the_whole(run):
    net = "3x32x32 -> CONV3-8 -> POOL2 -> FC-10"
    total = next(line for line in run("net", net)[1].splitlines() if line.split()[:1] == ["total"])
    assert total.split() == ["total", "10", "20,696", "18", "20,714", "16", "241,664", "32"]
    totals = json.loads(run("net", net, "--json")[1])["totals"]
    assert totals["volume"] == {"value": [10], "text": "10"}
    assert totals["receptive_field"] == {"value": 32, "text": "32"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("mark", EXAM, CLASS, "--out", "{}"),
        ("rehearse", EXAM, TABLE, "--students", "2", "--out", "{}"),
        ("rehearse", EXAM, TABLE, "--students", "2", "--out", "{}/class.jsonl"),
    ],
)
@pytest.mark.parametrize("place", ["taken/x", "x" * 300])
def test_a_place_that_cannot_be_written_is_named_without_a_traceback(run, tmp_path, arguments, place):
    (tmp_path / "taken").write_text("a file, not a folder")
    path = str(tmp_path / place)
    status, out, err = run(*(argument.format(path) for argument in arguments))
    assert status == 1
    assert not out
    assert err.startswith(path)
    assert "cannot be used: " in err and "Name one that you may read and write" in err
    assert "Traceback" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="This system has no device that is always full.")
def test_an_output_without_room_ends_in_a_sentence():
    command = f"{sys.executable} -m tripos.cli.main eval 6*7 > /dev/full"
    found = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert found.stderr.startswith("the output cannot be written: ")
    assert "Traceback" not in found.stderr and "Exception" not in found.stderr


def test_check_finds_nothing_in_the_midterms_and_lists_how_keys_were_found(run):
    for year, counts in (("2019", "37 of 53"), ("2023", "39 of 63")):
        status, out, err = run("check", str(ROOT / "examples" / f"midterm-{year}.md"))
        assert status == 0
        assert f"{counts} keys are computed" in out
        assert "error" not in err and "warning" not in err
        assert "typed" in out and "computed by" in out


def test_check_reports_every_problem_with_its_place(run, tmp_path):
    exam = tmp_path / "bad.md"
    exam.write_text(
        "---\ntitle: T\npoints: 9\n---\n\n# S {points=3}\n\n## A {#a points=1}\n\n`? 1 +`\n\n## A {#a points=1}\n\n<b>x</b> `? 2`{key=3}\n"
    )
    status, _, err = run("check", str(exam))
    assert status == 1
    for place in ("bad.md:10:7", "bad.md:12:1", "bad.md:14:1", "bad.md:14:11"):
        assert place in err, err
    found = json.loads(run("check", str(exam), "--json")[1])
    assert {problem["level"] for problem in found["problems"]} >= {"error"}
    assert all(problem["fact"] for problem in found["problems"])


def test_the_digest_that_check_prints_fits_responses_to_the_same_exam(run, tmp_path):
    digest = json.loads(run("check", EXAM, "--json")[1])["digest"]
    responses = tmp_path / "answers.jsonl"
    responses.write_text(json.dumps({"student": "s1", "answers": {}, "exam": digest}))
    assert run("mark", EXAM, str(responses))[0] == 0
    (tmp_path / "no-text.md").write_bytes(b"\xff\xfe\x00")
    assert json.loads(run("check", str(tmp_path / "no-text.md"), "--json")[1])["digest"] is None


def test_check_says_which_points_do_not_add_up(run, tmp_path):
    exam = tmp_path / "points.md"
    exam.write_text("---\ntitle: T\npoints: 9\n---\n\n# S {points=3}\n\n## A {#a points=1}\n\n`? 1 + 1`\n")
    status, _, err = run("check", str(exam))
    assert status == 1
    assert "points.md:3:" in err and "points.md:6:" in err


def test_key_keeps_its_contract(run):
    found = json.loads(run("key", EXAM, "--json")[1])
    assert [row["id"] for row in found][:2] == ["q1-1", "q1-2"]
    for row in found:
        assert set(row) - {"form"} == {"id", "kind", "points", "value", "text", "how"}
        assert row["kind"] in set(Kind)
        assert row["how"] in ("computed", "typed")
    rows = {row["id"]: row for row in found}
    assert rows["q1-1"]["value"] is False
    assert rows["q2-6"]["value"] == ["B", "D"]
    assert rows["q3-3a.2"]["text"] == "8·3·3·3 + 8"
    assert rows["q3-3a.1"]["value"] == [8, 32, 32]
    assert rows["q3-1b"]["value"] == "b = 2*a*Δ"
    assert rows["q3-3d"]["value"] is None
    assert rows["q3-2b.1"]["value"] == "-3/4"


def test_key_is_the_student_s_own(run):
    first, again, other = (run("key", EXAM, "--student", name)[1] for name in ("s01", "s01", "s04"))
    assert first == again
    assert first != other


def test_key_shows_numbers_as_people_write_them_and_once_if_both_are_the_same(run):
    out = run("key", str(ROOT / "examples" / "midterm-2023.md"))[1]
    rows = {line.split()[0]: " ".join(line.split()[3:-1]) for line in out.splitlines() if line.startswith("q3")}
    assert rows["q3-1-1.1"] == "4·2^2·ln 2 = 16·ln 2"
    assert rows["q3-1-1.2"] == "−1·4 = −4"
    assert rows["q3-1-2"] == "−1/4"
    assert "ln(" not in out and "= -" not in out


def test_the_total_of_a_student_with_waiting_answers_is_so_far(run):
    out = run("mark", EXAM, CLASS, "--decisions", DECISIONS)[1]
    rows = {line.split()[0]: line.split()[4:] for line in out.splitlines() if re.match(r"s\d\d ", line)}
    assert rows["s12"] == ["89", "so", "far", "100", "9"]
    assert rows["s15"] == ["89", "100"]


def test_mark_prints_a_table_and_keeps_its_contract_in_json(run):
    status, out, _ = run("mark", EXAM, CLASS, "--decisions", DECISIONS)
    assert status == 0
    assert "s01" in out and "s40" in out and "40 students" in out
    found = json.loads(run("mark", EXAM, CLASS, "--json")[1])
    assert len(found) == 40
    ids = [row["id"] for row in json.loads(run("key", EXAM, "--json")[1])]
    for student in found:
        assert set(student) == {"student", "points", "points_so_far", "out_of", "answers"}
        assert [answer["id"] for answer in student["answers"]] == ids
        waits = any(answer["state"] == "review" for answer in student["answers"])
        assert (student["points"] is None) == waits
        for answer in student["answers"]:
            assert set(answer) == {"id", "points", "out_of", "state", "reason"}
            assert answer["state"] in set(State)
            assert answer["reason"]
            assert (answer["points"] is None) == (answer["state"] == "review")


def test_mark_writes_pages_that_name_every_student(run, tmp_path):
    status, out, _ = run("mark", EXAM, CLASS, "--decisions", DECISIONS, "--out", str(tmp_path / "pages"))
    assert status == 0
    assert "index.html" in out
    assert len(list((tmp_path / "pages" / "students").iterdir())) == 40


def test_a_faulty_response_file_marks_nothing(run, tmp_path):
    responses = tmp_path / "answers.jsonl"
    responses.write_text(
        '{"student": "s1", "answers": {"q1-1": true, "q3-3a.40": 1}}\n{"student": "s1", "answers": {}}\n'
    )
    status, out, err = run("mark", EXAM, str(responses), "--out", str(tmp_path / "pages"))
    assert status == 1
    assert not out
    assert "answers.jsonl:1" in err and "answers.jsonl:2" in err
    assert not (tmp_path / "pages").exists()


def test_rehearse_makes_the_same_class_from_the_same_seed(run):
    first = run("rehearse", EXAM, TABLE, "--students", "5", "--seed", "3")[1]
    assert first == run("rehearse", EXAM, TABLE, "--students", "5", "--seed", "3")[1]
    assert first != run("rehearse", EXAM, TABLE, "--students", "5", "--seed", "4")[1]
    assert [json.loads(line)["student"] for line in first.splitlines()] == ["s01", "s02", "s03", "s04", "s05"]


@pytest.mark.parametrize("year", ["2019", "2023"])
def test_the_committed_classes_are_the_ones_the_script_makes(run, year, tmp_path):
    base = ROOT / "examples" / f"midterm-{year}"
    out, decisions = tmp_path / "class.jsonl", tmp_path / "decisions.jsonl"
    arguments = ("--students", "40", "--seed", year, "--out", str(out), "--decisions", str(decisions))
    assert run("rehearse", f"{base}.md", f"{base}-table.jsonl", *arguments)[0] == 0
    assert out.read_text() == Path(f"{base}-class.jsonl").read_text()
    assert decisions.read_text() == Path(f"{base}-decisions.jsonl").read_text()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200) | st.binary(max_size=200))
def test_any_file_given_as_an_exam_or_as_responses_ends_in_a_sentence(run, tmp_path, text):
    path = tmp_path / "any.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    for arguments in (("check", str(path)), ("mark", EXAM, str(path))):
        status, _, err = run(*arguments)
        assert status in (0, 1)
        assert "Traceback" not in err
        assert err or status == 0


def test_the_installed_command_starts_runs_and_survives_a_closed_pipe():
    command = shutil.which("tripos", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert command
    found = subprocess.run([command, "eval", "6*7"], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (0, "6·7 = 42\n", "")
    piped = subprocess.run(f"{command} key {EXAM} | head -1", shell=True, capture_output=True, text=True, check=False)
    assert "Deep learning" in piped.stdout
    assert not piped.stderr


def test_help_needs_none_of_the_heavy_parts():
    code = "import sys; from tripos.cli.main import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\nprint(sorted(set(sys.modules) & {'flint', 'rich', 'torch', 'tripos.exam.reading'}))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"
