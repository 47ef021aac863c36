"""File names for students' pages: safe on every system, whatever a student is called, and no two the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256

LONGEST = 40
DIGITS = 8
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
# Windows keeps these to itself, with any ending.
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d*", re.IGNORECASE)


def filenames(students: Sequence[str]) -> Mapping[str, str]:
    """A file name without its ending for each student; one that had to be changed ends in a digest of the name."""
    plain = {student: _UNSAFE.sub("-", student).strip("-")[:LONGEST] for student in students}
    # Two names that differ only in capitals are one file on many systems.
    owners = Counter(name.casefold() for name in plain.values())
    names = {student: name for student, name in plain.items() if _is_safe(student, name, owners)}
    taken = {name.casefold() for name in names.values()}
    for student in sorted(set(plain) - set(names)):
        names[student] = _distinct(plain[student], student, taken)
        taken.add(names[student].casefold())
    return names


def _is_safe(student: str, name: str, owners: Counter[str]) -> bool:
    return name == student != "" and owners[name.casefold()] == 1 and not _RESERVED.fullmatch(name)


def _distinct(name: str, student: str, taken: set[str]) -> str:
    # Somebody may be called what another's digest would make of them: take more of the digest then.
    digest = sha256(student.encode(errors="surrogatepass")).hexdigest()
    sizes = range(DIGITS, len(digest) + 1)
    stem = name or "student"
    found = (f"{stem}-{digest[:size]}" for size in sizes)
    return next(candidate for candidate in found if candidate.casefold() not in taken)
