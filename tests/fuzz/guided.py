"""The fuzzer itself, a program: `python -m tests.fuzz.guided SECONDS FOLDER [SEED]`. It needs atheris.

Atheris watches which branches of the reader an input reaches, and goes on from those that reach new ones. Ends with
status 0 if nothing was found; else with a traceback and the input in FOLDER.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tripos.language"]):
    from tests.fuzz.invariants import KINDS, check, of, seeds, words


def one(line: bytes) -> None:
    """One input."""
    text, kind = of(line)
    check(text, kind)


def main(seconds: int, folder: Path, seed: int) -> None:
    """Fuzz for so many seconds, from the committed pairs."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, (text, kind) in enumerate(dict.fromkeys(seeds())):
        (corpus / f"{number}").write_bytes(bytes([KINDS.index(kind)]) + text.encode("utf-8", "replace")[:1_200])
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode("utf-8")) for word in words())
    (folder / "words").write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")
    options = [
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        "-max_len=1100",
        "-timeout=20",
        f"-dict={folder / 'words'}",
    ]
    atheris.Setup([sys.argv[0], *options, "-print_final_stats=1", f"-artifact_prefix={folder}/", str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
