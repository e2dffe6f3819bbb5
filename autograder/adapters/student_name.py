"""Which folder names can stand for a student.

Covers what a terminal, a page, a database and other programs would take for something else. Does not cover who is
enrolled.
"""

from __future__ import annotations

import unicodedata

LONGEST = 200  # characters; the gradebook's column
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def why_no_student(name: str) -> str | None:
    """What keeps a name from being a student's, None when nothing does. `why_no_student("..") -> "is no name"`"""
    if name.strip(". ") == "" or "/" in name or "\\" in name:
        return "is no name"
    if any(unicodedata.category(each) in _HIDDEN for each in name):
        return "holds characters that do not show"
    if name.startswith("-"):
        return "starts with a dash, as an option of a command does"
    if name != name.strip():
        return "starts or ends with a space"
    if len(name) > LONGEST:
        return f"is longer than {LONGEST} characters"
    return None


def shown(name: str) -> str:
    """A name as it may be printed, with what does not show written out. `shown("a\\nb") -> "'a\\\\nb'"`"""
    return ascii(name) if why_no_student(name) else name
