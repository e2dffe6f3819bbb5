from __future__ import annotations

import pytest

from autograder.adapters.course import load_course
from autograder.errors import CourseError
from autograder.usecases.list_course import as_document, listed, listed_lessons


def test_assignment_is_listed_with_points_and_date_in_both_languages(mini):
    course = load_course(mini)
    for language, title in (("en", "Twice as much"), ("fr", "Deux fois plus")):
        assert as_document(listed(course), listed_lessons(course), language) == {
            "version": 1,
            "assignments": [
                {"slug": "double", "module": "M1", "title": title, "points": 5.0, "due": "2026-11-13T23:59:00+01:00"}
            ],
            "lessons": [],
            "quizzes": [],
        }


def test_assignment_without_a_date_has_none(mini):
    file = mini / "course/course.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("due: '2026-11-13T23:59:00+01:00', ", ""), encoding="utf-8"
    )
    assert [each.due for each in listed(load_course(mini))] == [None]


def test_faulty_assignment_is_told(mini):
    (mini / "solutions/double/assignment.yaml").write_text("schema: 1\n")
    with pytest.raises(CourseError, match=r"assignment\.yaml"):
        listed(load_course(mini))
