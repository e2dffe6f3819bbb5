"""Lists what a course holds: assignments and quizzes with their points and dates, and lessons."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from autograder.adapters.course import Course, load_assignment
from autograder.adapters.lessons import read_lesson
from autograder.adapters.quizzes.load import quiz_named
from autograder.quiz_types import Mode
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


@dataclass(frozen=True)
class ListedQuiz:
    """A quiz's line in the list; `due` is an ISO date and time with its zone, or None. A survey has no points."""

    id: str
    title: Text
    mode: Mode
    questions: int
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


def listed_quizzes(course: Course) -> list[ListedQuiz]:
    """Every quiz of the course, in its order. Raises CourseError if one is faulty."""
    lines = []
    for each in course.quizzes:
        quiz = quiz_named(course.root, each.slug)
        due = each.due.isoformat() if each.due else None
        points = 0.0 if quiz.mode == "survey" else quiz.points
        lines.append(ListedQuiz(quiz.id, quiz.title, quiz.mode, len(quiz.questions), points, due))
    return lines


def quizzes_document(quizzes: list[ListedQuiz], language: Language) -> list[dict[str, object]]:
    """The quizzes of `list --json` and `quiz list --json`, in one language."""
    return [{**asdict(each), "title": each.title.say(language)} for each in quizzes]


def as_document(
    assignments: list[Listed], lessons: list[ListedLesson], quizzes: list[ListedQuiz], language: Language
) -> dict[str, object]:
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
        "quizzes": quizzes_document(quizzes, language),
    }
