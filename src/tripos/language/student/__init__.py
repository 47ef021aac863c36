"""The student's door: answers as typed, read for the kind of their gap into the same tree as the author's."""

from tripos.language.student.door import MAX_CHARACTERS, other_reading, read
from tripos.language.student.kinds import READ

__all__ = ["MAX_CHARACTERS", "READ", "other_reading", "read"]
