"""The course's own lessons: complete in both languages, up to date, and every cell runs."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.adapters.course import load_course
from autograder.adapters.lessons import FOLDER, lesson_notebook, read_lesson
from autograder.usecases.lessons import check_lessons

ROOT = Path(__file__).parent.parent
COURSE = load_course(ROOT)
SECTIONS = {
    "en": ["The idea", "The formula", "In code", "Common mistakes", "In today's libraries", "Sources", "Practise"],
    "fr": [
        "L'idée",
        "La formule",
        "En code",
        "Erreurs fréquentes",
        "Dans les bibliothèques d'aujourd'hui",
        "Sources",
        "À vous",
    ],
}
each_lesson = pytest.mark.parametrize("slug", [each.slug for each in COURSE.lessons])


def notebook(slug: str, language: str):
    planned = next(each for each in COURSE.lessons if each.slug == slug)
    return nbformat.reads(lesson_notebook(COURSE, read_lesson(COURSE, planned), language), as_version=4)


@each_lesson
@pytest.mark.parametrize("language", ["en", "fr"])
def test_lesson_has_every_section_a_figure_and_a_formula(slug, language):
    text = "\n\n".join(cell.source for cell in notebook(slug, language).cells if cell.cell_type == "markdown")
    assert re.findall(r"(?m)^## (.+)$", text) == SECTIONS[language]
    assert f"](figures/{slug}" in text
    assert "$$" in text
    assert text.count("https://") >= 1


@each_lesson
def test_figures_and_notebooks_are_up_to_date(slug):
    assert check_lessons(COURSE, [slug]) == []


@pytest.mark.slow
@each_lesson
def test_every_cell_of_a_lesson_runs(slug):
    made = notebook(slug, "en")
    NotebookClient(made, timeout=60, resources={"metadata": {"path": str(ROOT / FOLDER)}}).execute()
    printed = [output for cell in made.cells if cell.cell_type == "code" for output in cell.outputs]
    assert printed
