"""What `grade` prints at its end: a line each in a small class, a line per assignment in a large one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.entry.grading import LISTED, Told
from autograder.types import Status
from tests.adapters.test_gradebook import GRADE


@pytest.fixture
def shown(capsys, monkeypatch):
    """Told of so many grades, every tenth rejected: what it printed, and what it kept."""
    monkeypatch.setenv("COLUMNS", "120")

    def printed(count: int, keep: bool = False):
        told = Told(keep)
        for number in range(count):
            status = Status.GRADED if number % 10 else Status.REJECTED
            told.unchanged(replace(GRADE, student=f"s{number:04}", status=status, score=float(number % 2), max_score=2))
        told.print(0, count)
        return capsys.readouterr().out, told

    return printed


def test_small_class_is_listed_by_name_and_a_large_one_summed_up(shown):
    small, told = shown(LISTED)
    assert small.count(" s0") == LISTED and "graded now" in small and told.statuses[Status.REJECTED] == LISTED // 10
    large, told = shown(LISTED + 100)
    assert "s0001" not in large and f"{LISTED + 100} unchanged" in large
    (line,) = [line for line in large.splitlines() if GRADE.assignment in line]
    assert [cell.strip() for cell in line.strip("│ ").split("│")] == [
        GRADE.assignment, str(LISTED + 100), "0.50", "2", str((LISTED + 100) // 10), "0"
    ]  # fmt: skip


def test_grades_are_kept_only_where_they_are_asked_for(shown):
    assert shown(3)[1].kept == [] and [each.student for each in shown(3, keep=True)[1].kept] == [
        "s0000",
        "s0001",
        "s0002",
    ]
