"""Small exams for the tests of marking, and a way to mark one answer sheet."""

from tripos.exam.reading import read
from tripos.marking.response import BLANK, Given, Script
from tripos.marking.result import results

FRONT = "---\ntitle: Trial\n---\n\n"


def exam(body):
    return read(FRONT + body, "trial.md").whole()


def given(answers):
    return {id: BLANK if text is None else Given(text) for id, text in answers.items()}


def marked(body, answers, decisions=(), student="s01"):
    """The marks of one student by id."""
    result = next(results(exam(body), [Script(student, given(answers))], decisions))
    return {mark.id: mark for mark in result.marks}


def result(body, answers, decisions=()):
    return next(results(exam(body), [Script("s01", given(answers))], decisions))
