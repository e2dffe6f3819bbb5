"""What the tests of each format share: a class of grades, and their roster."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from autograder.adapters.roster import IDS, Enrolled, Roster
from autograder.types import NOTHING, Grade, GroupGrade, Outcome, Status, Text

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
TITLE = Text("Add & subtract", "Additionner et soustraire")


def group(id_: str, outcome: Outcome, message: Text = NOTHING, hint: Text = NOTHING) -> GroupGrade:
    points = 2.0 if outcome is Outcome.PASSED else 0.0
    return GroupGrade(id_, TITLE, points, 2.0, outcome, message, hint)


def graded(student: str, *outcomes: Outcome, status: Status = Status.GRADED, fault: str = "") -> Grade:
    """A grade of two points for each outcome."""
    said, hint = Text("It says <b>no</b>.", "Il dit <b>non</b>."), Text("Try 2.", "Essayez 2.")
    groups = tuple(
        group(f"g{number}", outcome, *(() if outcome is Outcome.PASSED else (said, hint)))
        for number, outcome in enumerate(outcomes)
    )
    score = sum(each.points for each in groups)
    return Grade(
        "double", student, status, score, 2.0 * len(outcomes), groups, "0" * 64, NOW, "v", "e", "s", "1", 0.5, NOW,
        fault=fault,
    )  # fmt: skip


@pytest.fixture
def grades() -> list[Grade]:
    """Ada has all, Bob one of two, Eve's must be looked at."""
    passed, failed, broken = Outcome.PASSED, Outcome.FAILED, Outcome.BROKEN
    return [
        graded("ada", passed, passed),
        graded("bob", passed, failed),
        graded("eve", passed, broken, status=Status.NEEDS_REVIEW, fault="test_hidden.py raised"),
    ]


@pytest.fixture
def roster() -> Roster:
    def line(student: str, name: str, number: str) -> Enrolled:
        known = {"student": student, "email": f"{student}@example.org", "sid": number, "canvas": f"9{number}"}
        return Enrolled(student, {**dict.fromkeys(IDS, ""), **known, "moodle": f"7{number}"}, name, (), "A")

    return Roster((line("ada", "Ada Lovelace", "1"), line("bob", "Bob Dupont", "2"), line("eve", "Eve", "3")))
