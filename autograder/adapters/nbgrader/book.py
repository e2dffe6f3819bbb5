"""nbgrader's `gradebook.db`: grades as points per group, beside what instructors put there by hand.

Covers assignments with their dates, automatic scores, comments and late penalties. Manual scores and comments, extra
credit and extensions are never touched. Does not cover our own gradebook, from which this one can be written again.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import compute_checksum, is_solution
from sqlalchemy.exc import SAWarning

from autograder.adapters.nbgrader.graded_notebook import grade_id
from autograder.adapters.nbgrader.layout import Layout
from autograder.errors import CourseError, Location, problem
from autograder.pure.scoring import late_fraction
from autograder.types import Grade, Language, Outcome, Text

_NO_RESPONSE = Text("No response.", "Pas de réponse.")


@contextmanager
def opened(layout: Layout, course_id: str) -> Iterator[Any]:
    """nbgrader's gradebook of a course, made if there is none."""
    with warnings.catch_warnings(), Gradebook(layout.database_url, course_id) as book:
        # Of every new submission SQLAlchemy says that nbgrader looks at it before it is added.
        warnings.filterwarnings("ignore", category=SAWarning)
        yield book


def add_assignments(book: Any, dates: Iterable[tuple[str, datetime | None]]) -> None:
    """Makes each assignment known, and sets until when it is taken."""
    for slug, due in dates:
        book.update_or_create_assignment(
            slug, duedate=None if due is None else due.astimezone(UTC).replace(tzinfo=None)
        )


def late_penalty(score: float, late_s: float, per_day: float) -> float | None:
    """Points lost by being late, as `autograder grade` counts them; None for none. `(10, 90000, 0.1) -> 2.0`"""
    return round(score * late_fraction(late_s, per_day), 2) or None


def add_submission(book: Any, grade: Grade, timestamp: datetime | None) -> None:
    """Makes the student and the submission known, as `nbgrader autograde` does before it grades."""
    book.update_or_create_student(grade.student)
    dated = {} if timestamp is None else {"timestamp": timestamp}
    try:
        book.update_or_create_submission(grade.assignment, grade.student, **dated)
    except MissingEntry:
        remedy = f"run in the nbgrader course: nbgrader generate_assignment {grade.assignment}"
        what = f"nbgrader's gradebook has no assignment '{grade.assignment}'"
        raise CourseError(problem(Location("gradebook.db"), what, remedy)) from None


def record(book: Any, grade: Grade, notebook: Any, language: Language) -> None:
    """Writes the groups' points. A group that we could not judge has no score and waits for a person."""
    slug, student = grade.assignment, grade.student
    for group in grade.groups:
        row = book.find_grade(grade_id(group.id), slug, slug, student)
        broken = group.outcome is Outcome.BROKEN
        row.auto_score = None if broken else group.points
        row.needs_manual_grade = broken or row.manual_score is not None
    for cell in notebook.cells:
        if is_solution(cell):
            comment = book.find_comment(cell.metadata.nbgrader.grade_id, slug, slug, student)
            untouched = cell.metadata.nbgrader.checksum == compute_checksum(cell)
            comment.auto_comment = _NO_RESPONSE.say(language) if untouched else None
    book.db.commit()


def record_lateness(book: Any, grade: Grade, per_day: float) -> None:
    """Writes the late penalty of what nbgrader's gradebook holds now: manual scores and extensions count."""
    slug, student = grade.assignment, grade.student
    late_s = book.find_submission(slug, student).total_seconds_late
    notebook = book.find_submission_notebook(slug, slug, student)
    notebook.late_submission_penalty = late_penalty(notebook.score, late_s, per_day) if late_s > 0 else None
    book.db.commit()
