"""The plain overview: a row per student, a column per assignment and graded quiz, and the weighted mean out of 20."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.adapters.course import Course
from autograder.adapters.exports.table import harmless, written
from autograder.types import Grade, Status


def overview(course: Course, grades: Sequence[Grade]) -> str:
    """CSV of points, `review` where a person must look first, empty where nothing was handed in."""
    graded = {each.assignment for each in grades}
    columns = [each for each in course.graded_work() if each.slug in graded]
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
    return written(rows)
