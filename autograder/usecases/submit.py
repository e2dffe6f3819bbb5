"""Hands a student's own work in: one archive with a manifest, in a drop folder or to be sent.

Covers finding the work as `check` does, whose it is, and where it goes. Nothing is signed here: the receipt comes when
the instructor collects. Does not cover sending anything over a network.
"""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.course import find_course, load_course
from autograder.adapters.handin import write_handin
from autograder.adapters.student_name import why_no_student
from autograder.adapters.untrusted_file import MAX_NOTEBOOK_BYTES, read_regular
from autograder.errors import CourseError, SubmissionError
from autograder.types import Language, Text
from autograder.usecases.check import own_work

IN_ENVIRONMENT = "AUTOGRADER_STUDENT"

_NO_NAME = Text(
    "'{name}' cannot be a student's name. Give the one your instructor knows: --student NAME",
    "« {name} » ne peut pas être un nom d'étudiant. Indiquez celui que votre enseignant connaît : --student NOM",
)
_NO_FOLDER = Text(
    "{folder}: there is no such folder on this machine. Name another with --to, or leave it out and send the archive.",
    "{folder} : ce dossier n'existe pas sur cette machine. Indiquez-en un autre avec --to, "
    "ou ne l'indiquez pas et envoyez l'archive.",
)
_NOT_WRITTEN = Text(
    "{folder}: the archive cannot be written there ({reason}). Nothing was handed in; tell your instructor.",
    "{folder} : l'archive ne peut pas y être écrite ({reason}). Rien n'a été rendu ; prévenez votre enseignant.",
)


@dataclass(frozen=True)
class HandedIn:
    """What was handed in: `sha256` is that of the file, as its grade will state it; `dropped` when it is on its way.

    `notes` tell what keeps it from being graded as it is, if anything does.
    """

    student: str
    assignment: str
    file: str
    sha256: str
    made_at: datetime
    archive: Path
    dropped: bool
    notes: tuple[Text, ...]


def submit(path: Path, to: Path | None, student: str, language: Language) -> HandedIn:
    """Writes the archive of the work at `path` into `to`, else the course's `handin:` folder, else the working folder.

    `student` is who hands in, else AUTOGRADER_STUDENT, else the account's name. Raises SubmissionError when there is
    no work, no such student or no such folder.
    """
    name = student or os.environ.get(IN_ENVIRONMENT, "") or getpass.getuser()
    if why_no_student(name) is not None:
        raise SubmissionError(_NO_NAME.say(language).format(name=name))
    folder, assignment, submission = own_work(path, language)
    if not submission.file:
        why = submission.problem
        raise SubmissionError(why.say(language) if why else "")
    if to is not None and not to.is_dir():
        raise SubmissionError(_NO_FOLDER.say(language).format(folder=to))
    place = to or _course_folder(folder)
    content = read_regular(folder / submission.file, MAX_NOTEBOOK_BYTES)
    now = datetime.now(UTC)
    try:
        archive = write_handin(place or Path.cwd(), name, assignment.slug, now, submission.file, content)
    except OSError as error:
        said = _NOT_WRITTEN.say(language)
        raise SubmissionError(said.format(folder=place or Path.cwd(), reason=error.strerror)) from None
    notes = submission.notes + ((submission.problem,) if submission.problem else ())
    dropped = place is not None
    return HandedIn(name, assignment.slug, submission.file, submission.sha256, now, archive, dropped, notes)


def _course_folder(start: Path) -> Path | None:
    """The drop folder that the course names, where there is a course and the folder is on this machine."""
    try:
        named = load_course(find_course(start)).handin
    except CourseError:
        return None
    return named if named is not None and named.is_dir() else None


def as_document(done: HandedIn, language: Language) -> dict[str, object]:
    """The document of `submit --json`."""
    return {
        "version": 1,
        "student": done.student,
        "assignment": done.assignment,
        "file": done.file,
        "sha256": done.sha256,
        "made_at": done.made_at.isoformat(timespec="seconds"),
        "archive": str(done.archive),
        "dropped": done.dropped,
        "notes": [note.say(language) for note in done.notes],
    }
