"""The gradebook: appended, durable, and clear about what keeps it from being written."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from autograder.adapters.gradebook import Gradebook
from autograder.errors import PlatformError
from autograder.types import Grade, GroupGrade, Outcome, Status, Text

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
GROUP = GroupGrade("values", Text("Values", "Valeurs"), 3.0, 3.0, Outcome.PASSED, Text("", ""), Text("", ""))
GRADE = Grade(
    assignment="double",
    student="alice",
    status=Status.GRADED,
    score=3.0,
    max_score=5.0,
    groups=(GROUP,),
    submission_sha256="a" * 64,
    received_at=NOW,
    assignment_version="v1",
    environment="python",
    seed="s",
    isolation="1",
    seconds=0.1,
    graded_at=NOW,
    notes=(Text("note", "remarque"),),
)


def test_a_grade_comes_back_as_it_was(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "book.db") as book:
        book.append([GRADE])
    with Gradebook.open(tmp_path / "book.db") as book:
        assert book.latest() == [GRADE]


def test_a_regrade_is_added_and_the_old_grade_stays(tmp_path: Path) -> None:
    newer = replace(GRADE, score=5.0)
    with Gradebook.open(tmp_path / "book.db") as book:
        book.append([GRADE])
        book.append([newer])
        assert book.latest() == [newer]
        assert book.history("double", "alice") == [GRADE, newer]


@pytest.mark.parametrize("statement", ["UPDATE grades SET score = 20", "DELETE FROM grades"])
def test_sql_that_changes_a_grade_is_refused(tmp_path: Path, statement: str) -> None:
    with Gradebook.open(tmp_path / "book.db") as book:
        book.append([GRADE])
    connection = sqlite3.connect(tmp_path / "book.db")
    with pytest.raises(sqlite3.DatabaseError, match="appended, never changed"):
        connection.execute(statement)
    connection.close()


def test_locked_gradebook_is_said_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.adapters.gradebook.LOCK_WAIT_S", 0.1)
    with Gradebook.open(tmp_path / "book.db") as book:
        other = sqlite3.connect(tmp_path / "book.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(PlatformError, match=r"locked.*Remedy: close the other program"):
            book.append([GRADE])
        other.execute("ROLLBACK")
        other.close()
        book.append([GRADE])
        assert book.latest() == [GRADE]


def _hold_no_more(connection: sqlite3.Connection, _: object) -> None:
    """SQLite then says what it says when the disk is full."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")


def test_full_disk_is_said_with_the_remedy_and_earlier_grades_stay(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "book.db") as book:
        book.append([GRADE])
        event.listen(book._engine, "connect", _hold_no_more)
        book._engine.dispose()
        long = replace(GRADE, student="bob", notes=(Text("x" * 100_000, ""),))
        with pytest.raises(PlatformError, match=r"full.*Remedy: free some space"):
            book.append([long])
        assert book.latest() == [GRADE]


def test_a_file_that_is_no_gradebook_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes, much longer than a header of a database would be\n" * 40)
    with pytest.raises(PlatformError, match="this file is no gradebook"):
        Gradebook.open(file)
    assert file.read_text().startswith("my notes")


WRITER = """
import sys
from dataclasses import replace
from tests_gradebook import GRADE
from autograder.adapters.gradebook import Gradebook
book = Gradebook.open(sys.argv[1])
for number in range(100000):
    book.append([replace(GRADE, student=f"s{number}")])
    print(number, flush=True)
"""


def test_kill_9_loses_nothing_that_was_reported_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    (tmp_path / "tests_gradebook.py").write_text(source, encoding="utf-8")
    (tmp_path / "writer.py").write_text(WRITER, encoding="utf-8")
    for pause in (0.05, 0.2, 0.35):
        book_file = tmp_path / f"book{pause}.db"
        writer = subprocess.Popen(
            [sys.executable, str(tmp_path / "writer.py"), str(book_file)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        reported = [int(writer.stdout.readline())]
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        reported += [int(line) for line in writer.stdout.read().splitlines() if line]
        writer.wait()
        with Gradebook.open(book_file) as book:
            there = {grade.student for grade in book.latest()}
        assert {f"s{number}" for number in reported} <= there
        assert len(there) - len(reported) in (0, 1)
