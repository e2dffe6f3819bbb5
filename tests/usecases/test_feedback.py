from __future__ import annotations

import json
from datetime import UTC, datetime

from autograder.types import Grade, GroupGrade, Outcome, Status, Text
from autograder.usecases.feedback import write_feedback

COURSE = Text("Course", "Cours")
TITLES = {"second": Text("Second", "Deuxième"), "first": Text("First", "Premier")}


def _grade(student: str, slug: str, outcome: Outcome = Outcome.PASSED) -> Grade:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    points = 2.0 if outcome is Outcome.PASSED else 0.0
    group = GroupGrade("g", Text("Group", "Groupe"), points, 2.0, outcome, Text("", ""), Text("Look.", "Regardez."))
    return Grade(slug, student, Status.GRADED, points, 2.0, (group,), "0" * 64, now, "v", "e", "seed", "none", 0.1, now)


def test_five_files_per_student(tmp_path):
    written = write_feedback([_grade("alice", "first"), _grade("bob", "first")], TITLES, COURSE, tmp_path)
    names = {"index.en.html", "index.fr.html", "feedback.en.md", "feedback.fr.md", "feedback.json"}
    assert {path.name for path in (tmp_path / "alice").iterdir()} == names
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == set(written)
    assert len(written) == 10


def test_a_student_reads_about_nobody_else(tmp_path):
    write_feedback([_grade("alice", "first"), _grade("bob", "first")], TITLES, COURSE, tmp_path)
    assert all("bob" not in path.read_text(encoding="utf-8") for path in (tmp_path / "alice").iterdir())


def test_assignments_stand_in_the_order_of_the_course(tmp_path):
    grades = [_grade("alice", "first"), _grade("alice", "unknown"), _grade("alice", "second")]
    write_feedback(grades, TITLES, COURSE, tmp_path)
    content = json.loads((tmp_path / "alice" / "feedback.json").read_text())
    assert [entry["assignment"] for entry in content["assignments"]] == ["second", "first", "unknown"]
    assert content["assignments"][2]["title"] == {"en": "unknown", "fr": "unknown"}


def test_hostile_ids_stay_inside_and_apart(tmp_path):
    ids = ["../../escape", "a/b", "a=2Fb", "A", "a", "..", "", "x" * 300, "\ud800", "é\x00"]
    out = tmp_path / "out"
    write_feedback([_grade(id, "first") for id in ids], TITLES, COURSE, out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    students = [json.loads((folder / "feedback.json").read_text())["student"] for folder in out.iterdir()]
    assert sorted(students) == sorted(ids)


def test_writing_again_replaces_and_gives_the_same_bytes(tmp_path):
    before = {path: path.read_bytes() for path in write_feedback([_grade("a", "first")], TITLES, COURSE, tmp_path)}
    after = {path: path.read_bytes() for path in write_feedback([_grade("a", "first")], TITLES, COURSE, tmp_path)}
    assert before == after
    write_feedback([_grade("a", "first", Outcome.FAILED)], TITLES, COURSE, tmp_path)
    assert "not yet" in (tmp_path / "a" / "index.en.html").read_text(encoding="utf-8")
    assert "pas encore" in (tmp_path / "a" / "feedback.fr.md").read_text(encoding="utf-8")


def test_no_grades_write_nothing(tmp_path):
    assert write_feedback([], TITLES, COURSE, tmp_path / "out") == []
    assert list(tmp_path.iterdir()) == []
