from __future__ import annotations

from datetime import UTC, datetime

from autograder.types import Grade, GroupGrade, Outcome, Status, Text
from autograder.usecases.report import write_report

COURSE = Text("Course", "Cours")


def _grade(student: str, outcome: Outcome) -> Grade:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    points = 2.0 if outcome is Outcome.PASSED else 0.0
    group = GroupGrade("g", Text("Group", "Groupe"), points, 2.0, outcome, Text("", ""), Text("Look.", "Regardez."))
    return Grade("quiz", student, Status.GRADED, points, 2.0, (group,), "0" * 64, now, "v", "e", "s", "none", 0.1, now)


def test_two_pages_that_stand_alone(tmp_path):
    grades = [_grade(name, Outcome.PASSED if name < "d" else Outcome.FAILED) for name in "abcdef"]
    path = write_report(grades, [], COURSE, tmp_path / "report", "fr")
    assert path == tmp_path / "report" / "index.fr.html"
    assert sorted(file.name for file in path.parent.iterdir()) == ["index.fr.html", "index.html"]
    french, english = path.read_text(encoding="utf-8"), (path.parent / "index.html").read_text(encoding="utf-8")
    assert "3/6 · 50\u00a0%" in french
    assert "3/6 · 50%" in english
    assert "1er\u00a0janvier 2026" in french


def test_english_is_the_page_by_default(tmp_path):
    assert write_report([], [], COURSE, tmp_path) == tmp_path / "index.html"
