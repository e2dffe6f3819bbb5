"""What commands have in common: their options, and the course and gradebook they are about."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.errors import SubmissionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.adapters.course import Course
    from autograder.adapters.roster import Roster
    from autograder.types import Grade, Language

Slugs = Annotated[
    list[str] | None, typer.Argument(metavar="[SLUG]...", help="Assignments; all of the course if none is named.")
]
Json = Annotated[bool, typer.Option("--json", help="One versioned document on stdout; progress on stderr.")]
Lang = Annotated[str, typer.Option("--lang", help="Language of what is said: en or fr.", envvar="AUTOGRADER_LANG")]
Book = Annotated[
    str | None,
    typer.Option("--gradebook", help="Path or database URL; .autograder/gradebook.db of the course if not given."),
]
RosterFile = Annotated[
    Path | None, typer.Option("--roster", help="CSV of the class: student, name, email, login, … (see the docs).")
]


def course_here() -> Course:
    """The course that the working folder is in."""
    from autograder.adapters.course import find_course, load_course

    return load_course(find_course(Path.cwd()))


def slugs_of(course: Course, slugs: Sequence[str] | None) -> list[str]:
    """The assignments that were named, or all."""
    if not slugs:
        return [each.slug for each in course.assignments]
    return [course.scheduled(slug).slug for slug in slugs]


def language_of(code: str) -> Language:
    """`language_of("fr_FR") -> "fr"`"""
    if code[:2] not in ("en", "fr"):
        raise typer.BadParameter(f"language '{code}' is not offered: en, fr")
    return "fr" if code[:2] == "fr" else "en"


def gradebook_of(course: Course, where: str | None) -> Path | str:
    """Where the grades are: as said, by AUTOGRADER_GRADEBOOK, or in the course."""
    return where or os.environ.get("AUTOGRADER_GRADEBOOK") or course.root / ".autograder" / "gradebook.db"


def graded(gradebook: str | None) -> tuple[Course, list[Grade]]:
    """The course and the newest grades of all. Raises SubmissionError when there are none."""
    from autograder.adapters.gradebook import Gradebook

    course = course_here()
    with Gradebook.open(gradebook_of(course, gradebook)) as book:
        grades = book.latest()
    if not grades:
        raise SubmissionError("the gradebook holds no grades yet. Remedy: run: autograder grade.")
    return course, grades


def roster_of(file: Path | None) -> Roster | None:
    """The roster that was named, if one was."""
    from autograder.adapters.roster import read_roster

    return None if file is None else read_roster(file)
