"""From `course/lessons/` to what students read: notebooks in each language, with figures drawn from the references.

Covers building, and finding what is stale. Does not cover assignments (`release`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.adapters.course import Course
from autograder.adapters.figures import draw_figure, figure_files, is_fresh
from autograder.adapters.lessons import FIGURES, FOLDER, lesson_notebook, read_lesson
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.types import LANGUAGES


def build_lessons(course: Course, slugs: Sequence[str] = ()) -> None:
    """Builds the notebooks of these lessons, or of all, and draws the figures that are not up to date.

    Raises CourseError with the problems of every lesson; those without a problem are built.
    """
    problems: list[str] = []
    for slug in _chosen(course, slugs):
        try:
            for path, text in _notebooks(course, slug).items():
                if not path.is_file() or path.read_text(encoding="utf-8") != text:
                    path.write_text(text, encoding="utf-8", newline="\n")
            for script in _figures(course, slug):
                if not is_fresh(course, script):
                    draw_figure(course, script)
        except CourseError as error:
            problems += error.problems
    if problems:
        raise CourseError(problems)


def check_lessons(course: Course, slugs: Sequence[str] = ()) -> list[str]:
    """What is stale in `course/lessons/`, one line per file. Raises CourseError with the problems of every lesson."""
    stale: list[str] = []
    problems: list[str] = []
    for slug in _chosen(course, slugs):
        try:
            notebooks = _notebooks(course, slug)
            figures = {script: is_fresh(course, script) for script in _figures(course, slug)}
        except CourseError as error:
            problems += error.problems
            continue
        old = [path for path, text in notebooks.items() if not path.is_file() or path.read_text("utf-8") != text]
        old += [path for script, fresh in figures.items() if not fresh for path in figure_files(script).values()]
        stale += [problem(Location(shown(path)), "stale", "run: autograder release") for path in old]
    if problems:
        raise CourseError(problems)
    return stale


def _chosen(course: Course, slugs: Sequence[str]) -> list[str]:
    return [each.slug for each in course.lessons if not slugs or each.slug in slugs]


def _notebooks(course: Course, slug: str) -> dict[Path, str]:
    lesson = read_lesson(course, next(each for each in course.lessons if each.slug == slug))
    folder = course.root / FOLDER
    return {folder / f"{slug}.{language}.ipynb": lesson_notebook(course, lesson, language) for language in LANGUAGES}


def _figures(course: Course, slug: str) -> Iterator[Path]:
    """A lesson's figure scripts: `figures/<slug>.py` and `figures/<slug>_….py`."""
    folder = course.root / FOLDER / FIGURES
    yield from sorted([*folder.glob(f"{slug}.py"), *folder.glob(f"{slug}_*.py")])
