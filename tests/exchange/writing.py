"""Writing responses, for the tests that read them back: scripts as JSON Lines, each answer in the plainest JSON."""

import json
import re

from tripos.exam.key import keys
from tripos.exam.variant import variant
from tripos.language.kind import Kind
from tripos.marking.response import Absent, Blank
from tripos.proof.letters import NONE_OF_THESE, letters

_INTEGER = re.compile(r"-?[1-9][0-9]{0,14}|0")


def write_responses(path, scripts, exam):
    """Write scripts as JSON Lines, out of which the same scripts are read."""
    kinds = {key.asked.id: key.kind for key in keys(variant(exam)).whole()}
    lines = []
    for script in scripts:
        answers = {
            id: json_of(given, kinds[id]) for id, given in script.answers.items() if not isinstance(given, Absent)
        }
        lines.append(json.dumps({"student": script.student, "answers": answers}, ensure_ascii=False) + "\n")
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def json_of(answer, kind):
    """An answer as a value ready for JSON."""
    if isinstance(answer, Blank):
        return None
    text = answer.text
    if kind is Kind.TRUTH and text in ("true", "false"):
        return text == "true"
    if kind is Kind.NUMBER and _INTEGER.fullmatch(text):
        return int(text)
    if kind is Kind.CHOICE and text == NONE_OF_THESE:
        return []
    if kind is Kind.CHOICE and text == ", ".join(letters(answer.text)):
        return list(letters(answer.text))
    return text
