"""Grades hand-ins of an nbgrader course, for `nbgrader autograde` and for `autograder grade`.

Covers a batch that nbgrader asks for, and writing grades given elsewhere into nbgrader's gradebook and folders: both
give the same rows and the same notebooks. Does not cover how a grade comes about (`grade`).
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any

from autograder.adapters.course import Course, load_assignment, load_course
from autograder.adapters.gradebook import Gradebook
from autograder.adapters.nbgrader import book as nbgrader_book
from autograder.adapters.nbgrader.graded_notebook import (
    V4,
    Released,
    missing_groups,
    read_released_notebook,
    rebuilt,
    with_grade,
)
from autograder.adapters.nbgrader.layout import SUBMITTED, Layout
from autograder.adapters.pages.folders import write_whole
from autograder.adapters.received import parse_timestamp
from autograder.adapters.stand_in import TIMESTAMP_FILE, stand_in
from autograder.adapters.submission import read_submission
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, PlatformError, problem
from autograder.machinery.sandbox import strongest_tier
from autograder.types import Assignment, Grade
from autograder.usecases.grade import Kept, Options, grade, handout_folder


@dataclass(frozen=True)
class Batch:
    """The grades of one assignment's hand-ins, and what was handed out."""

    layout: Layout
    course: Course
    assignment: Assignment
    released: Released
    grades: dict[str, Grade]
    problems: tuple[str, ...] = ()

    def grade(self, student: str) -> Grade:
        """Raises CourseError or PlatformError when there is none: nobody's score is made up."""
        if student in self.grades:
            return self.grades[student]
        if self.problems:
            raise CourseError(list(self.problems))
        raise PlatformError(f"{student}/{self.assignment.slug}: no grade was given; run: autograder grade")

    def notebook(self, student: str) -> Any:
        """The hand-in as nbgrader keeps it, before the grade is put in."""
        slug = self.assignment.slug
        folder = self.layout.submitted(student, slug)
        submission = read_submission(folder, self.assignment, handout_folder(self.course, slug), student)
        return rebuilt(self.released, folder, submission.file)


def grade_batch(
    layout: Layout, root: Path, slug: str, students: Sequence[str], gradebook: str, isolation: str, workers: int
) -> Batch:
    """Grades what these students handed in, on processes that are kept for the whole batch.

    Raises CourseError when the assignment is wrong, or differs from what nbgrader released.
    """
    course = load_course(root)
    tier: Any = strongest_tier() if isolation == "auto" else isolation
    empty = _batch(layout, course, slug)
    options = Options(tier, workers, tuple(students))
    with Gradebook.open(gradebook or root / ".autograder" / "gradebook.db") as book:
        run = grade(course, [slug], layout.root / SUBMITTED, book, options, kept := Kept())
    return replace(empty, grades={each.student: each for each in kept.grades}, problems=tuple(run.problems))


def record_grades(layout: Layout, course: Course, grades: Sequence[Grade]) -> list[str]:
    """Writes grades into nbgrader's gradebook, and the notebooks that its pages open; returns what could not be.

    Work must lie in the nbgrader course's `submitted/`.
    """
    problems: list[str] = []
    stand_in(layout.root / SUBMITTED, sorted({each.assignment for each in grades}))
    with nbgrader_book.opened(layout, course.id) as book:
        for slug in sorted({each.assignment for each in grades}):
            given = {each.student: each for each in grades if each.assignment == slug}
            try:
                batch = _batch(layout, course, slug)
                for each in given.values():
                    _record(book, batch, course, each)
            except CourseError as error:
                problems += error.problems
    return problems


def _batch(layout: Layout, course: Course, slug: str) -> Batch:
    assignment = load_assignment(course, slug)
    released = read_released_notebook(layout.released(slug), slug)
    different = missing_groups(released, [(group.id, group.points) for group in assignment.groups])
    if different:
        remedy = (
            f"run: autograder nbgrader setup {layout.root}, then there: nbgrader generate_assignment {slug} --force"
        )
        raise CourseError([problem(Location(shown(layout.released(slug))), each, remedy) for each in different])
    return Batch(layout, course, assignment, released, {})


def _record(book: Any, batch: Batch, course: Course, given: Grade) -> None:
    layout, language = batch.layout, batch.released.language
    submitted, target = (folder(given.student, given.assignment) for folder in (layout.submitted, layout.autograded))
    stamp = submitted / TIMESTAMP_FILE
    try:
        moment = parse_timestamp(stamp.read_text(encoding="utf-8")).astimezone(UTC).replace(tzinfo=None)
    except (OSError, ValueError):
        moment = None
    nbgrader_book.add_submission(book, given, moment)
    notebook = with_grade(batch.notebook(given.student), given, language)
    nbgrader_book.record(book, given, notebook, language)
    nbgrader_book.record_lateness(book, given, course.late_penalty_per_day)
    write_whole(target / f"{given.assignment}.ipynb", f"{V4.writes(notebook)}\n")
    if moment is not None:
        (target / TIMESTAMP_FILE).unlink(missing_ok=True)
        shutil.copyfile(stamp, target / TIMESTAMP_FILE)
