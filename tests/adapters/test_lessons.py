"""Lessons: what is read, what is refused, and the notebooks made of them."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.adapters.course import load_course
from autograder.adapters.lessons import lesson_notebook, read_lesson
from autograder.errors import CourseError

HEADER = """\
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

"""
LESSON = (
    HEADER
    + """\
# %% [markdown] lang="en"
# # Twice
#
# See [the numbers](../data/numbers.txt).
#
# {{double.double}}

# %% [markdown] lang="fr"
# # Deux fois
#
# Voir [les nombres](../data/numbers.txt).
#
# {{double.double}}

# %% id="try-it"
print(2 * 3)
"""
).replace('id="try-it"', 'id="by-hand"')


@pytest.fixture
def with_lesson(mini: Path):
    course_file = mini / "course/course.yaml"
    quizzes = "quizzes:\n- {id: numbers}\n"
    lessons = "lessons:\n- {slug: twice, module: M1, assignments: [double], quizzes: [numbers]}\n"
    course_file.write_text(course_file.read_text() + quizzes + lessons)
    (mini / "course/lessons").mkdir()

    def write(text: str = LESSON):
        (mini / "course/lessons/twice.py").write_text(text)
        course = load_course(mini)
        return course, course.lessons[0]

    return write


def refused(with_lesson, text: str) -> str:
    with pytest.raises(CourseError) as caught:
        read_lesson(*with_lesson(text))
    return "\n".join(caught.value.problems)


@pytest.mark.parametrize(
    ("language", "title", "exercise"), [("en", "Twice", "Assignment:"), ("fr", "Deux fois", "Exercice\u00a0:")]
)
def test_notebook_has_texts_of_its_language_code_and_links(with_lesson, language, title, exercise):
    course, planned = with_lesson()
    lesson = read_lesson(course, planned)
    notebook = nbformat.reads(lesson_notebook(course, lesson, language), as_version=4)
    assert lesson.title.say(language) == title
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code", "markdown"]
    assert notebook.cells[0].source.startswith(f"# {title}")
    assert notebook.cells[1].source == "print(2 * 3)"
    last = notebook.cells[-1].source
    assert f"{exercise} [" in last
    assert f"../../assignments/double/instructions.{language}.md" in last
    assert "autograder quiz take numbers" in last


def test_signature_is_the_assignments_own_without_its_solution(with_lesson):
    course, planned = with_lesson()
    text = nbformat.reads(lesson_notebook(course, read_lesson(course, planned), "en"), as_version=4).cells[0].source
    assert "```python\ndef double(" in text
    assert '"""' in text
    assert "SOLUTION" not in text and "return" not in text.split('"""')[-1]


def test_two_builds_are_the_same_bytes(with_lesson):
    course, planned = with_lesson()
    lesson = read_lesson(course, planned)
    assert lesson_notebook(course, lesson, "fr") == lesson_notebook(course, lesson, "fr")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("numbers.txt).\n#\n# {{", "nubmers.txt).\n#\n# {{", "twice.py:9: nothing is at '../data/nubmers.txt'"),
        ("# # Deux fois", "# ## Deux fois", "twice.py:9: headings differ between the languages: ['h1'] and ['h2']"),
        ("# # Twice", "# Twice", "the first text has no title"),
        ('# %% id="by-hand"', '# %% group="values"', "a check cell in a lesson"),
        ("print(2 * 3)", "print(2 * ", "not Python"),
        ('# %% [markdown] lang="fr"', '# %% [markdown] lang="en"', "without its French"),
    ],
)
def test_faulty_lesson_is_refused_with_its_line(with_lesson, old, new, told):
    assert told in refused(with_lesson, LESSON.replace(old, new, 1))


def test_figure_stands_when_its_script_does(with_lesson, mini):
    text = LESSON
    for title, language in (("# # Twice", "en"), ("# # Deux fois", "fr")):
        text = text.replace(title, f"{title}\n#\n# ![bars](figures/twice.{language}.svg)")
    assert "nothing is at 'figures/twice.en.svg'" in refused(with_lesson, text)
    (mini / "course/lessons/figures").mkdir()
    (mini / "course/lessons/figures/twice.py").write_text("")
    assert read_lesson(*with_lesson(text)).title.en == "Twice"


@pytest.mark.parametrize("name", ["double.triple", "triple.double"])
def test_signature_of_what_nobody_has_is_refused(with_lesson, name):
    course, planned = with_lesson(LESSON.replace("double.double", name))
    with pytest.raises(CourseError, match=r"twice\.py:9: .*(double|triple)"):
        lesson_notebook(course, read_lesson(course, planned), "en")


def test_lesson_of_unknown_module_or_assignment_is_refused(mini):
    course_file = mini / "course/course.yaml"
    course_file.write_text(course_file.read_text() + "lessons:\n- {slug: a, module: M9, assignments: [triple]}\n")
    with pytest.raises(CourseError) as caught:
        load_course(mini)
    told = "\n".join(caught.value.problems)
    assert "module 'M9' is not in the course (M1)" in told
    assert "no assignment 'triple' (there are: double)" in told
