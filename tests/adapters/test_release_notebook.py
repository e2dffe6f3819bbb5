import json
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution

from autograder.adapters.authoring import read_script
from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.release_notebook import instructions, number, release_notebook
from autograder.adapters.script import Script
from autograder.errors import CourseError

MINI = Path(__file__).parents[1] / "courses/mini"
DOUBLE = load_assignment(load_course(MINI), "double")
SCRIPT = read_script(DOUBLE)


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


@pytest.fixture
def notebook(language):
    return nbformat.reads(release_notebook(DOUBLE, SCRIPT, language), as_version=4)


def test_two_builds_are_identical(language):
    assert release_notebook(DOUBLE, SCRIPT, language) == release_notebook(DOUBLE, SCRIPT, language)


def test_nbgrader_and_nbformat_accept_the_notebook(notebook):
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert [cell.metadata.nbgrader.grade_id for cell in marked] == [
        "setup",
        "imports",
        "double",
        "check-numbers",
        "check-lists",
        "check-all",
    ]
    assert all(cell.metadata.nbgrader.checksum == compute_checksum(cell) for cell in marked)
    assert all(cell.metadata.nbgrader.schema_version == 3 for cell in marked)


def test_cells_are_locked_graded_or_open_as_their_kind_asks(notebook):
    kinds = {
        cell.id: (is_locked(cell), is_grade(cell), is_solution(cell))
        for cell in notebook.cells
        if cell.cell_type == "code"
    }
    assert kinds == {
        "setup": (True, False, False),
        "imports": (True, False, False),
        "double": (False, False, True),
        "check-numbers": (True, True, False),
        "check-lists": (True, True, False),
        "try-file": (False, False, False),
        "check-all": (True, False, False),
    }
    editable = {cell.id: cell.metadata.get("editable", True) for cell in notebook.cells}
    assert [name for name, free in editable.items() if free] == ["text-1", "double", "try-file", "text-2"]


def test_points_are_those_of_the_groups(notebook):
    points = {cell.id: cell.metadata.nbgrader.points for cell in notebook.cells if is_grade(cell)}
    assert points == {f"check-{group.id}": group.points for group in DOUBLE.groups}


def test_checks_are_headed_and_messages_set_in_the_language_of_the_notebook(notebook, language):
    sources = {cell.id: cell.source for cell in notebook.cells}
    assert sources["setup"] == f"%env AUTOGRADER_LANG={language}"
    expected = {"en": "# Numbers — 3 points", "fr": "# Les nombres — 3 points"}
    assert sources["check-numbers"].split("\n")[0] == expected[language]
    assert sources["text-1"].startswith({"en": "# Twice", "fr": "# Deux"}[language])


def test_solution_is_a_raise_and_no_output_is_kept(notebook):
    cell = next(cell for cell in notebook.cells if cell.id == "double")
    assert cell.source == SCRIPT.of("solution")[0].stub()
    assert cell.source.endswith("    # YOUR CODE HERE\n    raise NotImplementedError")
    assert all(
        cell.outputs == [] and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code"
    )


def test_instructions_are_the_texts_and_the_points_of_their_language():
    english, french = instructions(DOUBLE, SCRIPT, "en"), instructions(DOUBLE, SCRIPT, "fr")
    assert english.startswith("# Twice as much\n") and "| Lists | 2 |" in english and "Deux" not in english
    assert french.startswith("# Deux fois plus\n") and "## Barème" in french and "Twice" not in french


def test_points_are_written_as_the_language_does():
    assert [number(2.5, "en"), number(2.5, "fr"), number(3.0, "fr")] == ["2.5", "2,5", "3"]


def test_marker_inside_quotes_is_told(tmp_path):
    file = tmp_path / "a.py"
    file.write_text("\n".join(SCRIPT.lines), encoding="utf-8")
    lines = (*SCRIPT.lines, '# %% id="quoted"', "text = '''", '# %% id="inside"', "'''")
    with pytest.raises(CourseError, match="jupytext sees 8 cells where 7 are marked"):
        release_notebook(DOUBLE, Script(file, lines, SCRIPT.cells), "en")


def test_notebook_is_json_with_one_line_per_line_of_code():
    text = release_notebook(DOUBLE, SCRIPT, "en")
    assert text.endswith("}\n") and json.loads(text)["nbformat"] == 4
