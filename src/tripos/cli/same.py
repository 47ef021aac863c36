"""`tripos same`: whether an answer equals a key, and why not."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tripos.cli.status import FINE, FOUND, OTHERWISE, WRONG_USE
from tripos.cli.terminal import Bar, file, show_json, show_problems
from tripos.exam.loose import Loose, question, with_names
from tripos.exchange.jsonl import Json, Numeral, lines
from tripos.exchange.report import Report
from tripos.exchange.textfile import text_of
from tripos.language import plain
from tripos.language.display import readable
from tripos.language.kind import Kind
from tripos.problem import Place, Problem, TriposError, nearest
from tripos.proof.answer import Judgement
from tripos.proof.verdict import Certainty, Outcome, Verdict
from tripos.proof.worker import Worker

KEYS = ("key", "response", "kind", "form", "where")
LINE = '{"key": ..., "response": ...}'
STATUS: Mapping[Outcome, int] = {Outcome.EQUAL: FINE, Outcome.DIFFERENT: FOUND}
SIGNS: Mapping[Outcome, str] = {Outcome.EQUAL: "✓", Outcome.DIFFERENT: "✗"}
HOW: Mapping[Certainty, str] = {
    Certainty.EXACT: "exactly",
    Certainty.CERTIFIED: "as numbers with certified bounds",
    Certainty.NORMAL_FORM: "by a normal form",
    Certainty.SAMPLED: "at every point that was tried",
}
WHERE = """\
--where declares names with their domains, as `let` does in an exam, ";" between them. What it leaves out of the key
is presumed: a letter is a real number; s_j is an entry of a vector s at an index j; W_{ij} one of a matrix; f(x)
calls a function; A^T transposes a matrix. Names that only the response has are presumed too, if nothing is declared.
Exit status: 0 equal, 1 different, 2 wrong use, 3 otherwise; with --batch, 0 if every line was judged."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("key", nargs="?", metavar="KEY", help="what is right")
    parser.add_argument("response", nargs="?", metavar="RESPONSE", help="what was answered")
    parser.add_argument("--kind", metavar="KIND", help="the kind of answer (the key's own): " + ", ".join(Kind))
    parser.add_argument("--form", default="", metavar="FORM", help="product, fraction, decimal, digits=3 or decimals=2")
    parser.add_argument(
        "--where", default="", metavar="NAMES", help='such as "x real; s vector; y index of s; 0 < p < 1"'
    )
    parser.add_argument("--batch", type=_stream, metavar="FILE", help=f"JSON Lines with {', '.join(KEYS)}")
    parser.add_argument("--json", action="store_true", help="print JSON: verdict, certainty, reason, witness")
    parser.epilog = f"{parser.epilog}\n\n{WHERE}"


def _stream(text: str) -> Path:
    """A file, or what another program writes: a pipe, /dev/stdin."""
    path = Path(text)
    try:
        is_pipe = path.is_fifo() or path.is_char_device() or path.is_socket()
    except (OSError, ValueError):
        is_pipe = False
    return path if is_pipe else file(text)


def run(options: argparse.Namespace) -> int:
    """Print the verdict, or those of a file."""
    try:
        with Worker() as worker:
            return _batch(options, worker) if options.batch else _single(options, worker)
    except TriposError as error:
        show_problems(error.problems)
        return WRONG_USE


def _single(options: argparse.Namespace, worker: Worker) -> int:
    if options.key is None or options.response is None:
        raise _wrong_use("a key and a response are needed.", 'Write tripos same "2*3" "6", or --batch FILE.')
    found, key = _judged(options.key, options.response, options.kind or "", options.form, options.where, worker)
    if options.json:
        show_json(figure(found.verdict))
    else:
        _print(found, key, options.response)
    return STATUS.get(found.verdict.outcome, OTHERWISE)


def _judged(key: str, response: str, kind: str, form: str, where: str, worker: Worker) -> tuple[Judgement, Loose]:
    asked, read = question(key, kind_named(kind), form, where)
    return worker.judged(with_names(asked, response, where), response), read


def kind_named(word: str) -> Kind | None:
    """The kind of this name; none for an empty one. Raises for one that there is not."""
    if not word:
        return None
    if word not in list(Kind):
        raise TriposError(
            Problem(Place(), f'there is no kind "{word}".', nearest(word, Kind) or f"There are {', '.join(Kind)}.")
        )
    return Kind(word)


def figure(verdict: Verdict) -> dict[str, object]:
    """A verdict as JSON has it. How certain it is, is said where something was decided."""
    decided = verdict.outcome in STATUS
    return {
        "verdict": verdict.outcome.value,
        "certainty": verdict.certainty.value if decided else None,
        "reason": verdict.reason.sentence(),
        "witness": dict(verdict.witness),
    }


def _print(found: Judgement, key: Loose, response: str) -> None:
    verdict = found.verdict
    how = f", {HOW[verdict.certainty]}" if verdict.outcome is Outcome.EQUAL else ""
    reason = verdict.reason.sentence()
    print(f"{SIGNS.get(verdict.outcome, '?')} {verdict.outcome.value}{how}{f': {reason}' if reason else ''}")
    witness = dict(verdict.witness)
    column = witness.pop("column", "") if found.tree is None else ""
    if witness:
        print(f"  at      {', '.join(f'{name} = {value}' for name, value in witness.items())}")
    print(f"  key     {plain.of(readable(key.tree))}")
    if found.tree is not None:
        print(f"  answer  {plain.of(readable(found.tree))}")
    elif column:
        shown = Problem(Place(), "", text=response, start=int(column) - 1, width=1)
        print("\n".join(str(shown).splitlines()[1:]))


def _batch(options: argparse.Namespace, worker: Worker) -> int:
    if options.key is not None or options.kind or options.form or options.where:
        raise _wrong_use("with --batch, keys, responses, kinds, forms and names stand in the file.", "Put them there.")
    text = text_of(options.batch)
    amiss = 0
    wanted = [number for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    with Bar("Comparing", len(wanted)) as bar:
        for found in _verdicts(text, str(options.batch), wanted, worker):
            bar.advance()
            amiss += "problem" in found
            print(json.dumps(found, ensure_ascii=False))
    return WRONG_USE if amiss else FINE


def _verdicts(text: str, name: str, wanted: list[int], worker: Worker) -> Iterator[dict[str, object]]:
    """For every line that is not blank its verdict, or the problem that it has."""
    for number, line in zip(wanted, filter(str.strip, text.split("\n")), strict=True):
        report = Report(name, "It was not compared.")
        found = next(lines(line, KEYS, report, LINE), None)
        problems = list(report.problems)
        if found is not None and not problems:
            try:
                yield figure(_judged(*_texts(found.values), worker)[0].verdict)
                continue
            except TriposError as error:
                problems = list(error.problems)
        first = problems[0]
        remedy = first.remedy.removesuffix(f"{report.undone} Correct line 1 and run again.").strip()
        remedy = remedy or (f"Write {LINE}." if found is None else "")
        show_problems([Problem(Place(name, number, first.place.column), first.fact, remedy)])
        yield {"line": number, "problem": f"{first.fact} {remedy}".strip()}


def _texts(values: Mapping[str, Json]) -> tuple[str, str, str, str, str]:
    if missing := [word for word in KEYS[:2] if word not in values]:
        raise TriposError(Problem(Place(), f'the line has no "{missing[0]}".', f"A line has {', '.join(KEYS)}."))
    key, response, kind, form, where = (_text(values.get(word), word) for word in KEYS)
    return key, response, kind, form, where


def _text(value: Json, word: str) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case Numeral(text=text):
            return text
        case _:
            raise TriposError(Problem(Place(), f'"{word}" is a text.', "Write it in quotation marks."))


def _wrong_use(fact: str, remedy: str) -> TriposError:
    return TriposError(Problem(Place(), fact, remedy))
