"""Exports grades as text that other programs read.

Covers CSV: one row per student, one column per assignment and graded quiz, and the weighted mean. Does not cover where
it goes.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from autograder.adapters.course import Course
from autograder.errors import CourseError, PlatformError
from autograder.pure.quizzes.grading import PREFIX
from autograder.types import Grade, Status

FORMATS = ("csv",)
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # some take the wide signs too


def export(course: Course, grades: Sequence[Grade], format_: str) -> str:
    """The grades in a format, read back before it is given out. Raises CourseError for an unknown format."""
    if format_ not in FORMATS:
        raise CourseError(f"--format {format_} is not one of {', '.join(FORMATS)}. Remedy: write one of these.")
    rows = _rows(course, grades)
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    text = buffer.getvalue()
    if list(csv.reader(io.StringIO(text, newline=""))) != rows:
        raise PlatformError("the exported CSV does not read back as what was written")
    return text


def harmless(cell: str) -> str:
    """A cell on one line that no spreadsheet takes for a formula. `harmless("=1+1") -> "'=1+1"`"""
    cell = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in cell)
    # Spreadsheets drop what stands before the first sign that shows.
    seen = "".join(c for c in cell if unicodedata.category(c) not in ("Cf", "Zs"))
    return "'" + cell if seen.startswith(_FORMULA) else cell


def _rows(course: Course, grades: Sequence[Grade]) -> list[list[str]]:
    """Points per assignment, `review` where a person must look first, empty where nothing was handed in."""
    graded = {each.assignment for each in grades}
    quizzes = [replace(each, slug=PREFIX + each.slug) for each in course.quizzes]
    columns = [each for each in (*course.assignments, *quizzes) if each.slug in graded]
    known = {(each.student, each.assignment): each for each in grades}
    out_of = {each.assignment: each.max_score for each in grades}
    rows = [["student", *(f"{each.slug} (/{out_of[each.slug]:g})" for each in columns), "mean (/20)"]]
    total = sum(each.weight for each in columns)
    for student in sorted({each.student for each in grades}):
        cells, mean, sure = [], 0.0, True
        for column in columns:
            given = known.get((student, column.slug))
            if given is None:
                cells.append("")
            elif given.status is Status.NEEDS_REVIEW:
                cells.append("review")
                sure = False
            else:
                cells.append(f"{given.score:g}")
                mean += column.weight * given.score / given.max_score * 20
        rows.append([harmless(student), *cells, f"{mean / total:.2f}" if sure and total else ""])
    return rows
