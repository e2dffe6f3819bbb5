from __future__ import annotations

import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.errors import CourseError
from autograder.usecases.init_course import EXAMPLE, NEXT, init_course


def test_new_course_loads_with_its_example_and_is_named_after_its_folder(tmp_path):
    written = init_course(tmp_path / "Été 2027")
    course = load_course(tmp_path / "Été 2027")
    assert course.id == "ete-2027"
    assignment = load_assignment(course, EXAMPLE)
    assert len(assignment.mistakes) == 2
    assert all(path.is_file() for path in written)
    assert "autograder release" in NEXT


def test_folder_that_holds_something_is_left_as_it_is(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CourseError, match="something is there already"):
        init_course(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
