"""An exchanged file: its bytes, and what its name says of the quiz and the language.

Covers `attention.fr.xml`, and its bytes up to a size. Does not cover what is in it.
"""

from __future__ import annotations

from pathlib import Path

from autograder.adapters.quizzes.exchange.bank import slug
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import LANGUAGES, Language

MOST_BYTES = 20 << 20


def language_of(file: Path) -> Language:
    """The language that a file name says, else English. `language_of(Path("a.fr.xml")) -> "fr"`"""
    return next((language for language in LANGUAGES if f".{language}." in file.name), "en")


def name_of(file: Path) -> str:
    """The id of a quiz that a file name says. `name_of(Path("attention.fr.xml")) -> "attention"`"""
    return slug(file.name.partition(".")[0], "quiz")


def content_of(file: Path) -> bytes:
    """The bytes of a file. Raises CourseError when it cannot be read or is larger than any quiz."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise CourseError(problem(Location(shown(file)), what, "name the file that was exported")) from None
    if len(content) > MOST_BYTES:
        what = f"larger than {MOST_BYTES >> 20} MiB"
        raise CourseError(problem(Location(shown(file)), what, "export fewer questions at a time"))
    return content
