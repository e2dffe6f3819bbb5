from pathlib import Path

import pytest

from autograder.adapters.handout import fingerprint, is_check, is_try, read_handout
from autograder.adapters.notebook import NotebookCell, read_notebook
from autograder.errors import CourseError

RELEASED = Path(__file__).parents[1] / "courses/mini/assignments/double"
HANDOUT = read_handout(RELEASED)


def cell(source="x = 1", **marks):
    return NotebookCell(
        **{"number": 1, "source": source, "id": "", "grade_id": "", "is_test": False, "tags": (), **marks}
    )


@pytest.mark.parametrize("name", ["double.ipynb", "double.fr.ipynb"])
def test_released_cells_are_known_without_their_marks(name):
    found = read_notebook((RELEASED / name).read_bytes(), name)
    bare = [cell(each.source) for each in found]
    assert [is_check(each, HANDOUT) for each in bare] == [each.id.startswith("check-") for each in found]
    assert [is_try(each, HANDOUT) for each in bare] == [each.id == "try-file" for each in found]
    code = [fingerprint(each.source) in HANDOUT.code for each in found]
    assert code == [each.id in ("setup", "imports", "double") for each in found]


def test_edited_cells_are_known_by_their_marks():
    assert is_check(cell(is_test=True), HANDOUT)
    assert is_check(cell(grade_id="check-numbers"), HANDOUT)
    assert is_check(cell(id="check-numbers"), HANDOUT)
    assert is_try(cell(id="try-file"), HANDOUT) and is_try(cell(tags=("try",)), HANDOUT)
    assert not is_check(cell(grade_id="double"), HANDOUT) and not is_try(cell(), HANDOUT)


def test_module_is_known_whatever_its_blanks_and_line_ends():
    text = (RELEASED / "double.py").read_text(encoding="utf-8")
    assert fingerprint(text.replace("\n", " \r\n\r\n")) == HANDOUT.module
    assert fingerprint(text + "x = 1\n") != HANDOUT.module


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"handout": 3}'])
def test_release_without_fingerprints_is_to_be_built_again(tmp_path, text):
    (tmp_path / "assignment.json").write_text(text)
    with pytest.raises(CourseError, match=r"assignment\.json: .* Remedy: run: autograder release"):
        read_handout(tmp_path)
