from __future__ import annotations

import zipfile
from datetime import UTC, datetime

import pytest

from autograder.adapters.deliveries.dropped import KIND
from autograder.adapters.handin import write_handin

MADE = datetime(2026, 11, 10, 12, tzinfo=UTC)


def test_newest_archive_of_a_student_counts_at_the_disks_date(source, read):
    write_handin(source, "ada", "double", MADE, "double.py", b"old")
    newest = write_handin(source, "ada", "double", MADE, "double.py", b"new")
    (found,), told = read(KIND)
    assert found.files[0][1].read_bytes() in (b"old", b"new")
    assert found.handin is not None and found.handin.parent == source
    assert abs((found.received_at - datetime.fromtimestamp(newest.stat().st_ctime, UTC)).total_seconds()) < 60
    assert any("the disk's date counts" in line for line in told)


def test_archive_of_another_assignment_than_its_name_says_is_told(source, read):
    made = write_handin(source, "ada", "double", MADE, "double.py", b"x")
    made.rename(source / made.name.replace("double", "attention"))
    found, told = read(KIND)
    assert found == []
    assert told[0].endswith("its manifest tells of another assignment, 'double'")


@pytest.mark.parametrize("damage", ["no zip", "no manifest", "changed", "more files", "traversal"])
def test_archive_that_is_not_right_is_told_and_the_others_are_read(source, read, damage):
    write_handin(source, "bob", "double", MADE, "double.py", b"x")
    made = write_handin(source, "ada", "double", MADE, "double.py", b"x")
    with zipfile.ZipFile(made) as archive:
        manifest = archive.read("manifest.json")
    if damage == "no zip":
        made.write_bytes(b"PK")
    else:
        with zipfile.ZipFile(made, "w") as archive:
            if damage != "no manifest":
                archive.writestr("manifest.json", manifest)
            archive.writestr(
                "../double.py" if damage == "traversal" else "double.py", b"y" if damage == "changed" else b"x"
            )
            if damage == "more files":
                archive.writestr("more.py", b"x")
    found, told = read(KIND)
    assert [each.who.student for each in found] == ["bob"]
    assert any(line.startswith(f"{made.name}: not taken in") for line in told)


def test_files_of_other_names_are_told_and_receipts_are_left_alone(source, put, read):
    made = write_handin(source, "ada", "double", MADE, "double.py", b"x")
    put(made.name.removesuffix(".zip") + ".receipt.json", "{}")
    put("holiday.jpg")
    put("bob+treble+20261113T200000Z+00112233aabbccdd.zip")
    _, told = read(KIND)
    assert "holiday.jpg: no archive of `autograder submit`" in told
    assert any("'treble' is no assignment of this course" in line for line in told)
    assert not any("receipt" in line for line in told)
