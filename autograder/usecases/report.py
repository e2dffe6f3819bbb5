"""Shows an instructor how a class is doing.

Covers gathering the grades and writing the pages. Does not cover exporting scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.adapters.pages import report
from autograder.adapters.pages.folders import write_whole
from autograder.adapters.quizzes.survey import SurveyResult
from autograder.pure.quizzes.statistics import QuizStatistics
from autograder.types import Assignment, Grade, Language, Text


def write_report(
    grades: Sequence[Grade],
    assignments: Sequence[Assignment],
    course_title: Text,
    out: Path,
    language: Language = "en",
    quizzes: Sequence[QuizStatistics] = (),
    surveys: Sequence[SurveyResult] = (),
) -> Path:
    """Writes the report in English (`index.html`) and French (`index.fr.html`); returns the page in `language`.

    `grades` holds the latest grade per student and assignment; sections stand in the order of `assignments`,
    then of `quizzes`.
    """
    content = report.gather(grades, assignments, quizzes, surveys)
    newest = max((grade.graded_at for grade in grades), default=None)
    pages = {
        "en": write_whole(out / "index.html", report.html(content, newest, course_title, "en")),
        "fr": write_whole(out / "index.fr.html", report.html(content, newest, course_title, "fr")),
    }
    return pages[language]
