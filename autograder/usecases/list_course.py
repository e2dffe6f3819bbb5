"""Lists what a course holds: assignments with their points and dates, and lessons."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.adapters.course import Course, load_assignment
from autograder.adapters.lessons import read_lesson
from autograder.types import Language, Text


@dataclass(frozen=True)
class ListedLesson:
    """A lesson's line in the list."""

    slug: str
    module: str
    title: Text
    assignments: tuple[str, ...]
    quizzes: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """One line of the list; `due` is an ISO date and time with its zone, or empty."""

    slug: str
    module: str
    title: Text
    points: float
    due: str | None


def listed(course: Course) -> list[Listed]:
    """Every assignment of the course, in teaching order. Raises CourseError if one is faulty."""
    lines = []
    for each in course.assignments:
        assignment = load_assignment(course, each.slug)
        due = each.due.isoformat() if each.due else None
        lines.append(Listed(each.slug, assignment.module, assignment.title, assignment.points, due))
    return lines


def listed_lessons(course: Course) -> list[ListedLesson]:
    """Every lesson of the course, in teaching order. Raises CourseError if one is faulty."""
    return [
        ListedLesson(each.slug, each.module, read_lesson(course, each).title, each.assignments, each.quizzes)
        for each in course.lessons
    ]


def as_document(assignments: list[Listed], lessons: list[ListedLesson], language: Language) -> dict[str, object]:
    """The contract's document of `list --json`, in one language."""
    return {
        "version": 1,
        "assignments": [
            {
                "slug": each.slug,
                "module": each.module,
                "title": each.title.say(language),
                "points": each.points,
                "due": each.due,
            }
            for each in assignments
        ],
        "lessons": [
            {
                "slug": each.slug,
                "module": each.module,
                "title": each.title.say(language),
                "assignments": each.assignments,
                "quizzes": each.quizzes,
            }
            for each in lessons
        ],
        "quizzes": [],
    }
