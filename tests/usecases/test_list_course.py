from __future__ import annotations

import pytest

from autograder.adapters.course import load_course
from autograder.errors import CourseError
from autograder.usecases.list_course import as_document, listed, listed_lessons, listed_quizzes


def test_assignment_is_listed_with_points_and_date_in_both_languages(mini):
    course = load_course(mini)
    for language, title in (("en", "Twice as much"), ("fr", "Deux fois plus")):
        assert as_document(listed(course), listed_lessons(course), listed_quizzes(course), language) == {
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


def test_quiz_is_listed_with_its_points_and_date(mini):
    (mini / "quizzes").mkdir()
    (mini / "quizzes/heads.yaml").write_text(
        "schema: 1\nid: heads\ntitle: {en: Heads, fr: Têtes}\nmode: graded\nquestions:\n"
        "- {id: a, type: bool, answer: true, points: 2, prompt: {en: Many, fr: Plusieurs}, why: {en: So, fr: Ainsi}}\n",
        encoding="utf-8",
    )
    with (mini / "course/course.yaml").open("a", encoding="utf-8") as file:
        file.write("quizzes:\n- {id: heads, due: '2026-11-13T23:59:00+01:00', weight: 0.5}\n")
    course = load_course(mini)
    assert as_document([], [], listed_quizzes(course), "fr")["quizzes"] == [
        {
            "id": "heads", "title": "Têtes", "mode": "graded", "questions": 1, "points": 2.0,
            "due": "2026-11-13T23:59:00+01:00",
        }
    ]  # fmt: skip


def test_lesson_that_names_an_unknown_quiz_is_told(mini):
    with (mini / "course/course.yaml").open("a", encoding="utf-8") as file:
        file.write("lessons:\n- {slug: one, module: M1, quizzes: [heads]}\n")
    with pytest.raises(CourseError, match=r"course\.yaml:\d+: no quiz 'heads' \(there are: none\)\. Remedy: "):
        load_course(mini)
