from __future__ import annotations

from datetime import UTC, datetime

import pytest

from autograder.adapters.deliveries.exchange import KIND


def test_newest_hand_in_of_a_student_counts_without_the_secret(put, read):
    put("llm/inbound/ada+double+2026-11-10 10:00:00.000000 UTC+1f/double.py", "old")
    put("llm/inbound/ada+double+2026-11-10 11:00:00.000000 UTC+2f/double.py", "new")
    put("llm/inbound/ada+double+2026-11-10 11:00:00.000000 UTC+2f/submission_secret.txt", "s")
    (found,), told = read(KIND)
    assert [(name, path.read_text()) for name, path in found.files] == [("double.py", "new")]
    assert (found.who.student, found.received_at) == ("ada", datetime(2026, 11, 10, 11, tzinfo=UTC))
    assert told == []


@pytest.mark.parametrize("user", ["ada+bob", "ada@example.org", "Zoé"])
def test_users_may_hold_any_sign(put, read, user):
    put(f"inbound/{user}+double+2026-11-10 10:00:00.000000 +0100/double.py")
    (found,), _ = read(KIND)
    assert (found.who.student, found.received_at) == (user, datetime(2026, 11, 10, 9, tzinfo=UTC))


def test_other_assignments_and_folders_are_told(put, read):
    put("inbound/ada+double+2026-11-10 10:00:00 UTC/double.py")
    put("inbound/ada+treble+2026-11-10 10:00:00 UTC/treble.py")
    put("inbound/notes/x.txt")
    found, told = read(KIND)
    assert len(found) == 1
    assert [line.rpartition(": ")[2] for line in told] == [
        "'treble' is no assignment of this course",
        "no hand-in of nbgrader's",
    ]
