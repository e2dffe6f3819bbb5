"""What a class's first attempts and a survey's answers say, for the report.

Covers every graded quiz that was taken, and surveys that were answered. Does not cover counting (`pure.quizzes`).
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder.adapters.attempts import AttemptBook
from autograder.adapters.course import Course
from autograder.adapters.gradebook import Gradebook
from autograder.adapters.quizzes import essays, survey
from autograder.adapters.quizzes.load import FOLDER, load_quiz, quiz_files
from autograder.pure.quizzes.grading import Marked
from autograder.pure.quizzes.statistics import Paper, QuizStatistics, describe
from autograder.usecases.quizzes.mark import essay_file, marked_attempts


def class_statistics(course: Course, book: Gradebook) -> list[QuizStatistics]:
    """One per graded quiz that was taken, marked under its key of today, in the order of the course.

    Raises CourseError for a faulty quiz.
    """
    kept, found = AttemptBook(book), []
    order = {each.slug: place for place, each in enumerate(course.quizzes)}
    quizzes = [load_quiz(file) for file in quiz_files(course.root / FOLDER)]
    for quiz in sorted(quizzes, key=lambda quiz: order.get(quiz.id, len(order))):
        attempts = kept.of(quiz.id) if quiz.mode == "graded" else []
        if attempts:
            points = essays.totals(essays.read_points(essay_file(course, quiz), quiz))
            found.append(describe(quiz, _first(marked_attempts(quiz, attempts, points))))
    return found


def survey_results(course: Course) -> list[survey.SurveyResult]:
    """One per survey that somebody answered."""
    quizzes = [load_quiz(file) for file in quiz_files(course.root / FOLDER)]
    surveys = [quiz for quiz in quizzes if quiz.mode == "survey" and survey.place(course.root, quiz.id).exists()]
    return [survey.results(course.root, quiz) for quiz in surveys]


def _first(marked: Sequence[Marked]) -> list[Paper]:
    """Each student's first attempt, by name."""
    first: dict[str, Marked] = {}
    for each in marked:
        response = each.attempt.response
        other = first.get(response.student)
        if other is None or response.attempt < other.attempt.response.attempt:
            first[response.student] = each
    return [
        Paper(student, one.attempt.response.language, one.attempt.response.answers, one.marks, one.attempt.drawn)
        for student, one in sorted(first.items())
    ]
