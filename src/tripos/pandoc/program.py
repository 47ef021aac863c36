"""The program itself: Pandoc run as a process of its own, in its sandbox, within limits of time and memory."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from functools import cache

import pypandoc

from tripos.problem import Place, Problem, TriposError

SECONDS = 20.0
# 2 MB of Markdown with the position of every word is some 150 MB of JSON; a nest of YAML aliases has no end.
MEMORY = "1G"
_HEAP_EXHAUSTED = 251


class PandocError(TriposError):
    """Pandoc gave nothing; `log` is what it said, and `ran` whether it ran at all."""

    def __init__(self, fact: str, remedy: str, log: str = "", *, ran: bool = True) -> None:
        self.log = log
        self.ran = ran
        super().__init__(Problem(Place(), fact, remedy))


def run(arguments: Sequence[str], text: str, seconds: float = SECONDS) -> tuple[str, str]:
    """Pandoc's output and its warnings. Text that is no Unicode is replaced: a lone surrogate cannot be sent."""
    command = [_path(), "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", *arguments]
    try:
        sent = text.encode(errors="replace")
        done = subprocess.run(command, input=sent, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as slow:
        raise PandocError(
            f"Pandoc did not finish within {seconds:g} seconds.",
            "Shorten the text, or nest its lists, quotes, divs and brackets less deeply.",
        ) from slow
    except OSError as missing:
        raise PandocError(f"Pandoc did not start: {missing.strerror}.", _INSTALL, ran=False) from missing
    log = done.stderr.decode(errors="replace")
    if done.returncode == _HEAP_EXHAUSTED:
        raise PandocError(f"Pandoc needs more than {MEMORY} of memory for this text.", "Make the text smaller.", log)
    if done.returncode:
        words = re.sub(r"\s+", " ", log).strip()
        raise PandocError(f"Pandoc stopped: {words[:300] or f'exit status {done.returncode}'}.", "", log)
    return done.stdout.decode(errors="replace"), log


_INSTALL = "Install it with: pip install pypandoc_binary"


@cache
def _path() -> str:
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as missing:
        raise PandocError("Pandoc is not installed.", _INSTALL, ran=False) from missing
