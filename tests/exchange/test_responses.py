"""Files of responses: what each way of writing an answer becomes, and where every fault of a file is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.writing import write_responses

from tripos.exam.item import Exam
from tripos.exam.reading import read as read_exam
from tripos.exchange.report import MOST
from tripos.exchange.responses import read_responses
from tripos.marking.response import ABSENT, BLANK, Answer, Given, Script
from tripos.marking.result import results
from tripos.problem import Problem, TriposError

Write = Callable[..., Path]

ANSWERS: list[tuple[str, str, Answer]] = [
    ("q1", "true", Given("true")),
    ("q1", "false", Given("false")),
    ("q1", '"perhaps"', Given("perhaps")),
    ("q1", "null", BLANK),
    ("q1", '"  "', BLANK),
    ("q2", '["B"]', Given("B")),
    ("q2", '["C", "a"]', Given("A, C")),
    ("q2", '"b, C"', Given("B, C")),
    ("q2", '"CB"', Given("B, C")),
    ("q2", "[]", Given("-")),
    ("q2", '"-"', Given("-")),
    ("q2", '"–"', Given("-")),
    ("q4.1", '"8x32x32"', Given("8x32x32")),
    ("q4.1", "[8, 32, 32]", Given("[8, 32, 32]")),
    ("q4.3", "10", Given("10")),
    ("q4.2", "224", Given("224")),
    ("q4.2", '"8*3*3*3 + 8"', Given("8*3*3*3 + 8")),
    ("q4.2", "0.10", Given("0.10")),
    ("q4.2", "-1.50E+3", Given("-1.50E+3")),
    ("q4.2", "9" * 5_000, Given("9" * 5_000)),
    ("q5.p", "9", ABSENT),
    ("q6", "[[1, 0], [0, 1]]", Given("[1, 0; 0, 1]")),
    ("q6", '[[1, "-1/4"], [0, 1.0]]', Given("[1, -1/4; 0, 1.0]")),
    ("q6", "[[1, null], [0, 1]]", Given("[1, ; 0, 1]")),
    ("q6", "[[null, null], [null, null]]", BLANK),
    ("q6", "[1, 0]", Given("[1, 0]")),
    ("q7", "[[1, 0], [0, 1]]", Given("[1, 0; 0, 1]")),
    ("q8", "[1, 2]", Given("{1, 2}")),
    ("q8", "[]", Given("{}")),
    ("q9", '[1, "1/2"]', Given("[1, 1/2]")),
    ("q10", '"ReLU"', Given("ReLU")),
    ("q11", "1", Given("1")),
    ("q12", '"b = 1"', Given("b = 1")),
    ("q13.rubric", '"two lines\\nof words"', Given("two lines\nof words")),
]


def row(student: str, *answers: tuple[str, str]) -> str:
    """A line with values as they are spelt in JSON."""
    spelt = ", ".join(f'"{id}": {value}' for id, value in answers)
    return f'{{"student": "{student}", "answers": {{{spelt}}}}}\n'


def line(**values: object) -> str:
    return json.dumps(values) + "\n"


def problems(path: Path, exam: Exam) -> tuple[Problem, ...]:
    with pytest.raises(TriposError) as caught:
        read_responses(path, exam)
    return caught.value.problems


@pytest.mark.parametrize(("id", "value", "expected"), ANSWERS, ids=lambda part: str(part)[:30])
def test_a_value_becomes_an_answer_in_the_students_notation(
    id: str, value: str, expected: Answer, written: Write, exam: Exam
) -> None:
    path = written(row("s01", (id, value)))
    assert read_responses(path, exam)[0].answer(id) == expected


def test_an_alias_names_its_gap(written: Write, exam: Exam) -> None:
    path = written(line(student="s01", answers={"q5.x": "-12", "q5.y": 9}))
    assert read_responses(path, exam)[0].answers == {"q5.1": Given("-12"), "q5.2": Given("9")}


def test_blank_lines_a_byte_order_mark_and_windows_line_ends_are_no_matter(written: Write, exam: Exam) -> None:
    text = "\ufeff" + line(student="s01", answers={}) + "\n  \n" + line(student=" s02 ", answers={"q1": None})
    scripts = read_responses(written(text.replace("\n", "\r\n")), exam)
    assert [script.student for script in scripts] == ["s01", "s02"]


def test_the_digest_of_the_exam_may_be_named(written: Write, exam: Exam) -> None:
    path = written(line(student="s01", answers={}, exam=exam.digest))
    assert len(read_responses(path, exam)) == 1


FAULTS: list[tuple[str, str, str]] = [
    ('{"student": "s14", "answers": {"q4.5": 1}}', "1", "student s14 answers q4.5; q4 has four gaps, .1 to .4."),
    ('{"student": "s14", "answers": {"q4": 1}}', "1", "student s14 answers q4; q4 has four gaps, .1 to .4."),
    ('{"student": "s14", "answers": {"q1.1": 1}}', "1", "student s14 answers q1.1; q1 has one gap, q1."),
    (
        '{"student": "s14", "answers": {"q13.2": 1}}',
        "1",
        "student s14 answers q13.2; q13 has one gap, q13 and words, .rubric.",
    ),
    (
        '{"student": "s14", "answers": {"q14.1": ""}}',
        "1",
        "student s14 answers q14.1; q14 asks for words only, as q14.",
    ),
    (
        '{"student": "s14", "answers": {"q15": 1}}',
        "1",
        "student s14 answers q15; the exam asks nothing of that name. Did you mean q1",
    ),
    ('{"student": "s1", "answers": {"q1": true, "q1": false}}', "1", "student s1 answers q1 twice."),
    ('{"student": "s1", "answers": {"q5.x": 1, "q5.1": 2}}', "1", "answers one gap twice, as q5.x and as q5.1."),
    ('{"student": "s1", "student": "s2", "answers": {}}', "1", 'the key "student" stands twice in this line.'),
    ('{"student": "s1", "answer": {}}', "1", 'the key "answer" has no meaning here. Did you mean answers?'),
    ('{"student": "s1"}', "1", "the line has no answers."),
    ('{"student": "s1", "answers": [1]}', "1", "answers are an object, not a list."),
    ('{"answers": {}}', "1", "no student is named."),
    ('{"student": 14, "answers": {}}', "1", "a student's id is a text; this is the number 14."),
    ('{"student": "  ", "answers": {}}', "1", "the student's id is empty."),
    ('{"student": "%s", "answers": {}}' % ("s" * 10_001), "1", "the student's id has 10,001 characters"),
    (
        '{"student": "s\\u001b[2J", "answers": {}}',
        "1",
        "the id of student s·[2J holds a character that cannot be seen.",
    ),
    ('{"student": "s1", "answers": {"q1": 1}}', "1", "answers q1 with the number 1, where true, false or a text is"),
    ('{"student": "s1", "answers": {"q2": ["E"]}}', "1", 'student s1 answers q2 with "E"; its options are A to C.'),
    ('{"student": "s1", "answers": {"q2": "none"}}', "1", 'student s1 answers q2 with "n"; its options are A to C.'),
    ('{"student": "s1", "answers": {"q2": [1]}}', "1", "answers q2 with a list that holds the number 1; its options"),
    ('{"student": "s1", "answers": {"q2": true}}', "1", "answers q2 with true, where a list of letters or a text is"),
    ('{"student": "s1", "answers": {"q4.1": [[8]]}}', "1", "answers q4.1 with a list that holds a list, where"),
    ('{"student": "s1", "answers": {"q4.1": []}}', "1", "answers q4.1 with an empty list, where a list of numbers"),
    ('{"student": "s1", "answers": {"q4.2": true}}', "1", "answers q4.2 with true, where a number or a text is"),
    ('{"student": "s1", "answers": {"q4.2": {}}}', "1", "answers q4.2 with an object, where a number or a text is"),
    ('{"student": "s1", "answers": {"q4.2": NaN}}', "1", "answers q4.2 with NaN, which is no number."),
    ('{"student": "s1", "answers": {"q9": [-Infinity]}}', "1", "answers q9 with -Infinity, which is no number."),
    (
        '{"student": "s1", "answers": {"q9": ["1, 1"]}}',
        "1",
        'answers q9 with the entry "1, 1", which is more than one.',
    ),
    ('{"student": "s1", "answers": {"q12": 1}}', "1", "answers q12 with the number 1, where a text is asked for."),
    ('{"student": "s1", "answers": {"q14": ["why"]}}', "1", "answers q14 with a list, where a text is asked for."),
    ('{"student": "s1", "answers": {"q14": "\\u0000"}}', "1", "with a control character, U+0000, after 0 others."),
    ('{"student": "s1", "answers": {"q14": "a\\ud800"}}', "1", "with a control character, U+D800, after 1 others."),
    ('{"student": "s1", "answers": {"q14": "%s"}}' % ("a" * 10_001), "1", "with 10,001 characters; at most 10,000"),
    ('{"student": "s1", "answers": {}, "exam": "0"}', "1", "this was answered to the exam 0; exam.md is "),
    ('{"student": "s1", "answers": {}, "exam": 0}', "1", "the exam's digest is a text; this is the number 0."),
    ("[]", "1", "the line is a list, not an object."),
    (
        '{"student": "s1", "answers": {"q1": true}',
        "1:42",
        "this line is no JSON: a comma or a closing bracket is missing",
    ),
    ('{"student": "s1" "answers": {}}', "1:18", "this line is no JSON: a comma or a closing bracket is missing here."),
    ('{"student": s1}', "1:13", "this line is no JSON: a value is missing here."),
    ("{student: 1}", "1:2", "this line is no JSON: a name in double quotes is missing here."),
    ('{"student": "s1', "1:13", "this line is no JSON: this text has no closing quote."),
    ('{"student": "s1", "answers": {}} {}', "1:34", "this line is no JSON: the line goes on after its value."),
    ('{"student": "s\x1b"}', "1:15", "this line is no JSON: a control character stands in a text."),
    ("[" * 100_000, "1", "lists and objects stand inside one another too deeply to be read."),
    ('{"a":' * 100_000, "1", "lists and objects stand inside one another too deeply to be read."),
    ("", "", "the file is empty."),
    (" \n\n", "", "the file is empty."),
]


@pytest.mark.parametrize(("text", "place", "fact"), FAULTS, ids=lambda part: part[:60])
def test_a_fault_is_told_in_the_files_words_with_its_place(
    text: str, place: str, fact: str, written: Write, exam: Exam
) -> None:
    path = written(text)
    first = problems(path, exam)[0]
    assert fact in str(first)
    assert str(first.place) == f"{path}:{place}".rstrip(":")
    assert "\x1b" not in str(first)


def test_the_remedy_says_that_nothing_was_marked_and_which_line_to_correct(written: Write, exam: Exam) -> None:
    good = "".join(line(student=f"s{number}", answers={}) for number in range(16))
    path = written(good + line(student="s99", answers={"q4.5": "1"}))
    told = "student s99 answers q4.5; q4 has four gaps, .1 to .4. Nothing was marked. Correct line 17 and run again."
    assert str(problems(path, exam)[0]) == f"{path}:17  {told}"


def test_all_problems_come_at_once(written: Write, exam: Exam) -> None:
    text = "{\n" + line(student="s1", answers={"q2": "E", "q99": 1}) + line(student="s1", answers={"q1": 3})
    assert [problem.place.line for problem in problems(written(text), exam)] == [1, 2, 2, 3, 3]


def test_a_student_who_comes_twice_is_told_with_both_lines(written: Write, exam: Exam) -> None:
    text = line(student="s1", answers={}) + "\n" + line(student="s1 ", answers={})
    (problem,) = problems(written(text), exam)
    assert problem.place.line == 3
    assert problem.fact == "student s1 stands in line 1 already."


def test_a_wrong_digest_is_told_once(written: Write, exam: Exam) -> None:
    text = "".join(line(student=f"s{number}", answers={}, exam="other") for number in range(9))
    assert len(problems(written(text), exam)) == 1


def test_a_file_with_hundreds_of_problems_is_not_read_to_its_end(written: Write, exam: Exam) -> None:
    found = problems(written("{\n" * 100_000), exam)
    assert len(found) == MOST + 1
    assert found[-1].fact == f"the file was read to line {MOST} only: {MOST} problems stand above."


@pytest.mark.parametrize(
    ("content", "place", "fact"),
    [
        (b'{"student": "s1"\0}', "1:17", "the file holds a NUL byte, so it is no UTF-8 text."),
        ('{"student": "s1"}'.encode("utf-16"), "1:4", "the file holds a NUL byte, so it is no UTF-8 text."),
        (b'\n{"student": "\xe4"}', "2:14", "the file is not UTF-8: the byte E4 cannot stand here."),
    ],
)
def test_bytes_that_are_no_text_are_told_with_their_place(
    content: bytes, place: str, fact: str, written: Write, exam: Exam
) -> None:
    path = written(content)
    (problem,) = problems(path, exam)
    assert (str(problem.place), problem.fact) == (f"{path}:{place}", fact)


def test_a_file_that_is_not_there_is_told(tmp_path: Path, exam: Exam) -> None:
    (problem,) = problems(tmp_path / "none.jsonl", exam)
    assert problem.fact == "the file cannot be opened: No such file or directory."
    assert problems(tmp_path, exam)[0].fact.startswith("the file cannot be opened")


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch, written: Write, exam: Exam) -> None:
    monkeypatch.setattr("tripos.exchange.textfile.LARGEST", 1_000_000)
    assert problems(written(b" " * 1_000_001), exam)[0].fact == "the file is larger than 1 MB."


def test_a_line_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch, written: Write, exam: Exam) -> None:
    monkeypatch.setattr("tripos.exchange.jsonl.LONGEST_LINE", 99)
    assert problems(written("[" * 100), exam)[0].fact == "the line has 100 characters; at most 99 are read."


def test_a_table_is_read_with_commas_or_semicolons(written: Write, exam: Exam) -> None:
    text = '\ufeffstudent,q1,q2,q4.1,q5.x\r\ns01,TRUE,-,8x32x32,\r\n\r\ns02,,"B, C",,-12\r\n'
    expected = (
        Script("s01", {"q1": Given("TRUE"), "q2": Given("-"), "q4.1": Given("8x32x32"), "q5.1": BLANK}),
        Script("s02", {"q1": BLANK, "q2": Given("B, C"), "q4.1": BLANK, "q5.1": Given("-12")}),
    )
    assert read_responses(written(text, "a.csv"), exam) == expected
    semicolons = 'student;q1;q2;q4.1;q5.x\ns01;TRUE;-;8x32x32;\ns02;;"B, C";;-12\n'
    assert read_responses(written(semicolons, "b.CSV"), exam) == expected


def test_a_table_may_have_cells_of_several_lines_and_a_digest(written: Write, exam: Exam) -> None:
    text = f'exam,student,q14\n{exam.digest},s01,"two\nlines"\n,s02,one\n'
    assert read_responses(written(text, "a.csv"), exam)[0].answers == {"q14": Given("two\nlines")}


@pytest.mark.parametrize(
    ("text", "line", "fact"),
    [
        ("q1,q2\ntrue,A\n", 1, "the header names no column student."),
        ("student,q1,q99\ns1,true,1\n", 1, "column 3 is called q99; the exam asks nothing of that name."),
        ("student,q4.9\ns1,1\n", 1, "column 2 is called q4.9; q4 has four gaps, .1 to .4."),
        ("student,\ns1,1\n", 1, "column 2 is called nothing; a column has a name."),
        ("student,q1,q1\ns1,,\n", 1, "column 3 is called q1: the header has q1 twice."),
        ("student,q5.x,q5.1\ns1,,\n", 1, "column 3 is called q5.1: the header has one gap twice, as q5.x and as q5.1."),
        ("student,student\ns1,s1\n", 1, "column 2 is called student: the header has student twice."),
        ("student,q1\ns1,true,3\n", 2, "the row has 3 cells; the header has 2 cells."),
        ('student,q14\ns1,"a\nb"\ns2\n', 4, "the row has 1 cell; the header has 2 cells."),
        ("student,q1\ns1,true\n,true\n", 3, "the student's id is empty."),
        ("student,q1\ns1,true\ns1,true\n", 3, "student s1 stands in line 2 already."),
        ("student,q2\ns1,D\n", 2, 'student s1 answers q2 with "D"; its options are A to C.'),
        (
            'student,q14\ns1,"never closed\n',
            2,
            "the row that begins here cannot be read: a quote is opened and never closed.",
        ),
        (
            'student,q14\ns1,"a"b\n',
            2,
            "the row that begins here cannot be read: a quote is closed and its cell goes on.",
        ),
        (f"student,q14\ns1,{'a' * 200_000}\n", 2, "cannot be read: a cell has more than 131,072 characters."),
        ("student,q14\n", 0, "the file has no student."),
    ],
    ids=lambda part: str(part)[:40],
)
def test_a_fault_of_a_table_is_told_with_its_line_and_column(
    text: str, line: int, fact: str, written: Write, exam: Exam
) -> None:
    first = problems(written(text, "answers.csv"), exam)[0]
    assert (first.place.line, first.place.column) == (line, 0)
    assert fact in first.fact


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).filter(str.strip)
NAMES = st.text(st.characters(categories=["L", "N"], include_characters="-._ @'\""), min_size=1, max_size=12)
CHOICES = st.sets(st.sampled_from("ABC")).map(lambda letters: ", ".join(sorted(letters)) or "-")
INTEGERS = st.integers().map(str)
GIVEN = {
    "q1": st.sampled_from(["true", "false", "True", "0"]) | WORDS,
    "q2": CHOICES,
    "q4.1": WORDS,
    "q4.2": INTEGERS | WORDS,
    "q5.1": st.sampled_from(["007", "-0", "1.0", "1e3"]),
    "q6": WORDS,
    "q14": WORDS,
}
ANSWERED = st.fixed_dictionaries({}, optional={id: st.just(BLANK) | texts.map(Given) for id, texts in GIVEN.items()})
SCRIPTS = st.dictionaries(NAMES.map(str.strip).filter(bool), ANSWERED, min_size=1, max_size=5).map(
    lambda found: tuple(Script(student, answers) for student, answers in found.items())
)


@given(SCRIPTS)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, exam: Exam, scripts: tuple[Script, ...]
) -> None:
    path = tmp_path_factory.getbasetemp() / "again.jsonl"
    write_responses(path, scripts, exam)
    assert read_responses(path, exam) == scripts


def test_an_absent_answer_is_not_written(tmp_path: Path, exam: Exam) -> None:
    path = tmp_path / "a.jsonl"
    write_responses(
        path, [Script("s1", {"q1": ABSENT, "q2": Given("A, B"), "q3": Given("-"), "q4.2": Given("224")})], exam
    )
    assert json.loads(path.read_text("utf-8")) == {
        "student": "s1",
        "answers": {"q2": ["A", "B"], "q3": [], "q4.2": 224},
    }


VALID = "".join(row(f"s{number}", (id, value)) for number, (id, value, _) in enumerate(ANSWERS) if len(value) < 99)
TABLE = 'student,q1,q2,q14\ns01,true,-,"two\nlines"\ns02,,"B, C",ü\n'


@st.composite
def mutated(draw: st.DrawFn, text: str) -> bytes:
    raw = bytearray(text.encode())
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.integers(0, 3)))
        raw[start:end] = draw(
            st.sampled_from([b"", b'"', b"[", b"}", b",", b"\n", b"\r", b"1e9", b"\xff"]) | st.binary(max_size=3)
        )
    return bytes(raw)


@given(
    st.one_of(
        st.binary().map(lambda raw: (raw, "f.jsonl")),
        st.text().map(lambda text: (text.encode("utf-8", "surrogatepass"), "f.csv")),
        mutated(VALID).map(lambda raw: (raw, "f.jsonl")),
        mutated(TABLE).map(lambda raw: (raw, "f.csv")),
    )
)
def test_any_file_is_read_or_refused_and_what_is_read_can_be_marked(
    tmp_path_factory: pytest.TempPathFactory, exam: Exam, file: tuple[bytes, str]
) -> None:
    path = tmp_path_factory.getbasetemp() / file[1]
    path.write_bytes(file[0])
    scripts, found = read(path, exam)
    places = {problem.place for problem in found}
    assert all(place.file == str(path) and place.line <= 1 + sum(map(file[0].count, b"\n\r")) for place in places)
    assert len(list(results(exam, scripts[:1]))) == min(1, len(scripts))


def read(path: Path, exam: Exam) -> tuple[tuple[Script, ...], tuple[Problem, ...]]:
    try:
        return read_responses(path, exam), ()
    except TriposError as error:
        return (), error.problems


def test_five_thousand_students_are_read_in_a_moment(written: Write, exam: Exam) -> None:
    answers = {"q1": True, "q2": ["A", "B"], "q4.1": [8, 32, 32], "q4.2": 224, "q6": [[1, 0], [0, 1]], "q14": "words"}
    path = written("".join(line(student=f"s{number}", answers=answers) for number in range(5_000)))
    start = process_time()
    assert len(read_responses(path, exam)) == 5_000
    assert process_time() - start < 2


@pytest.mark.parametrize(
    ("content", "name", "fact"),
    [
        ('{"student": "s1", "answers": {"q1": tru}}', "answers.jsonl", "this line is no JSON"),
        ("1", "answers.jsonl", "the line is the number 1, not an object."),
        ("pupil,q1\ns1,true\n", "answers.csv", "the header names no column student."),
    ],
)
def test_a_file_whose_only_line_is_wrong_is_not_said_to_have_no_student(
    content: str, name: str, fact: str, written: Write, exam: Exam
) -> None:
    with pytest.raises(TriposError) as caught:
        read_responses(written(content, name), exam)
    facts = [problem.fact for problem in caught.value.problems]
    assert any(fact in found for found in facts)
    assert "the file has no student." not in facts


def test_two_spellings_of_one_student_are_not_two_students(tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text('{"student": "s01", "answers": {}}\n{"student": "S01", "answers": {}}\n')
    with pytest.raises(TriposError, match="student S01 stands in line 1 already, as s01"):
        read_responses(path, read_exam("---\ntitle: T\n---\n\n## A {#a points=1}\n\n`? 1`\n").whole())
