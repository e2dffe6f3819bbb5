"""What several commands take: options, the course, a language, a tier of isolation, a gradebook.

Covers turning them into what use cases want. Does not cover the commands.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from autograder.entry.console import err
from autograder.errors import SubmissionError

Json = Annotated[bool, typer.Option("--json", help="One versioned document on stdout; progress on stderr.")]
Lang = Annotated[str, typer.Option("--lang", help="Language of what is said: en or fr.", envvar="AUTOGRADER_LANG")]
Submitted = Annotated[Path, typer.Option("--submitted", help="Folder of work: <student>/<assignment>/.")]
Book = Annotated[
    str | None,
    typer.Option("--gradebook", help="Path or database URL; .autograder/gradebook.db of the course if not given."),
]
Out = Annotated[Path, typer.Option("--out", help="Where to write.")]
Slugs = Annotated[
    list[str] | None, typer.Argument(metavar="[SLUG]...", help="Assignments; all of the course if none is named.")
]
Students = Annotated[list[str] | None, typer.Option("--student", help="Only this student; may be repeated.")]
PROCESSORS = os.cpu_count() or 1
Workers = Annotated[int, typer.Option("--workers", min=1, help="Grading processes.")]
Isolation = Annotated[str, typer.Option("--isolation", help="auto, 1, 2, 3, or none (student code unconfined!).")]
Fresh = Annotated[bool, typer.Option("--fresh", help="Grade again what is unchanged too.")]
RosterFile = Annotated[
    Path | None, typer.Option("--roster", help="CSV of the class: student, name, email, login, … (see the docs).")
]


def open_course() -> Any:
    """The course of the working folder. Raises CourseError when there is none."""
    from autograder.adapters.course import find_course, load_course

    return load_course(find_course(Path.cwd()))


def slugs_of(course: Any, slugs: list[str] | None) -> list[str]:
    """The assignments that were named, or all."""
    if not slugs:
        return [each.slug for each in course.assignments]
    return [course.scheduled(slug).slug for slug in slugs]


def roster_of(file: Path | None) -> Any:
    """The roster that was named, if one was."""
    from autograder.adapters.roster import read_roster

    return None if file is None else read_roster(file)


def said_language(code: str) -> Any:
    """`en` or `fr`. Raises BadParameter for another."""
    if code[:2] not in ("en", "fr"):
        raise typer.BadParameter(f"language '{code}' is not offered: en, fr")
    return code[:2]


def isolation_tier(name: str) -> Any:
    """The tier of a name; `auto` is the strongest there is. Says on stderr what `none` means."""
    from autograder.machinery.sandbox import strongest_tier

    if name == "auto":
        return strongest_tier()
    if name not in ("1", "2", "3", "none"):
        raise typer.BadParameter(f"isolation '{name}' is not one of auto, 1, 2, 3, none")
    if name == "none":
        err.print("[bold red]No isolation:[/bold red] student code runs unconfined, and every grade will say so.")
    return name


def gradebook_place(course: Any, where: str | None) -> Any:
    """Path or URL: the one given, else that of AUTOGRADER_GRADEBOOK, else the course's own."""
    return where or os.environ.get("AUTOGRADER_GRADEBOOK") or course.root / ".autograder" / "gradebook.db"


def newest_grades(gradebook: str | None) -> tuple[Any, Any]:
    """The course and the newest grades of all. Raises SubmissionError when there are none."""
    from autograder.adapters.gradebook import Gradebook

    course = open_course()
    with Gradebook.open(gradebook_place(course, gradebook)) as book:
        grades = book.latest()
    if not grades:
        raise SubmissionError("the gradebook holds no grades yet. Remedy: run: autograder grade.")
    return course, grades


def day_and_minute(moment: str | None) -> str:
    """An ISO moment for a table. `day_and_minute("2026-11-13T23:59:00+01:00") -> "2026-11-13 23:59"`"""
    return (moment or "-")[:16].replace("T", " ")
