"""A course with three quizzes of one kind each, and students who answer them."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.adapters.course import load_course, secret
from autograder.adapters.gradebook import Gradebook
from autograder.adapters.quizzes.load import quiz_named
from autograder.pure.quizzes.release import student_quiz
from autograder.usecases.quizzes.take import respond, write_answers

VALID = Path(__file__).parents[2] / "quizzes" / "valid"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def course(mini, monkeypatch):
    """The mini course with the quiz of every type (graded) and the survey."""
    monkeypatch.setenv("AUTOGRADER_SECRET", "a secret of the course")
    shutil.copytree(VALID, mini / "quizzes")
    with (mini / "course/course.yaml").open("a", encoding="utf-8") as file:
        file.write("quizzes:\n- {id: every-type, due: '2026-11-13T23:59:00+01:00'}\n- {id: feedback}\n")
    return load_course(mini)


@pytest.fixture
def book(tmp_path):
    with Gradebook.open(tmp_path / "gradebook.db") as opened:
        yield opened


@pytest.fixture
def hand_in(course, tmp_path):
    """`hand_in("ada", {"causal": Picked(("true",))}, attempt=2)` writes her response file; returns its path."""

    def write(student, answers, attempt=1, quiz="every-type", language="en", at="2026-11-02 12:00:00 UTC"):
        paper = student_quiz(quiz_named(course.root, quiz), secret(course.root), student, attempt)
        made = respond(paper, answers, language, NOON, student, attempt)
        folder = tmp_path / "handed-in" / student
        path = write_answers(made, folder)
        (folder / "timestamp.txt").write_text(at)
        return path

    return write


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "handed-in").mkdir(exist_ok=True)
    return tmp_path / "handed-in"
