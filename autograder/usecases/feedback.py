"""Hands each student their feedback.

Covers grouping grades by student and writing the files. Does not cover sending them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.adapters.pages import feedback
from autograder.adapters.pages.folders import folder_names, write_whole
from autograder.types import LANGUAGES, Grade, Text


def write_feedback(grades: Sequence[Grade], titles: Mapping[str, Text], course_title: Text, out: Path) -> list[Path]:
    """Writes a folder per student with the page and its Markdown in each language, and one JSON document.

    `write_feedback(grades, {"attention": Text(…)}, course, out)` -> `[out/"alice"/"index.en.html", …]`.
    `grades` holds the latest grade per student and assignment; assignments stand in the order of `titles`.
    """
    students = sorted({grade.student for grade in grades})
    names = folder_names(students)
    place = {slug: index for index, slug in enumerate(titles)}
    written: list[Path] = []
    for student in students:
        own = sorted(
            (grade for grade in grades if grade.student == student),
            key=lambda grade: (place.get(grade.assignment, len(place)), grade.assignment),
        )
        folder = out / names[student]
        for language in LANGUAGES:
            page = feedback.html(student, own, titles, course_title, language)
            text = feedback.markdown(student, own, titles, course_title, language)
            written.append(write_whole(folder / f"index.{language}.html", page))
            written.append(write_whole(folder / f"feedback.{language}.md", text))
        written.append(write_whole(folder / "feedback.json", feedback.document(student, own, titles, course_title)))
    return written
