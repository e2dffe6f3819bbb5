import os
from datetime import UTC, datetime, timedelta

import pytest

from autograder.adapters.received import imprint, parse_timestamp, when_received

STAMP = "2026-11-13 20:00:00 UTC"


@pytest.fixture
def folder(tmp_path):
    """A hand-in: a module, nbgrader's date, and a file that is no work."""
    (tmp_path / "double.py").write_text("x = 1\n")
    (tmp_path / "timestamp.txt").write_text(STAMP)
    (tmp_path / "notes.md").write_text("mine")
    return tmp_path


@pytest.mark.parametrize(
    "text",
    ["2026-11-13 22:59:30.250000 UTC\n", "2026-11-13 22:59:30.25", "2026-11-13 23:59:30.250000 +0100"],
)
def test_timestamp_of_nbgrader_is_read(text):
    assert parse_timestamp(text) == datetime(2026, 11, 13, 22, 59, 30, 250_000, UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01 00:00:00 UTC", "2026-11-13 22:59:30 Mars"])
def test_odd_timestamp_is_refused(text):
    with pytest.raises(ValueError):
        parse_timestamp(text)


def _touch(folder):
    os.utime(folder / "double.py", (1, 1))


def _same_size(folder):
    dates = (folder / "double.py").stat()
    (folder / "double.py").write_text("x = 2\n")
    os.utime(folder / "double.py", ns=(dates.st_atime_ns, dates.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        _same_size,
        _touch,
        lambda folder: (folder / "double.py").rename(folder / "other.py"),
        lambda folder: (folder / "again.IPYNB").write_text("{}"),
        lambda folder: (folder / "timestamp.txt").write_text("2026-11-13 20:00:01 UTC"),
        lambda folder: (folder / "timestamp.txt").unlink(),
    ],
)
def test_imprint_changes_with_all_that_work_is_read_from(folder, change):
    before = imprint(folder, b"")
    assert before == imprint(folder, b"") != ""
    change(folder)
    assert imprint(folder, b"") not in (before, "")


def test_imprint_changes_with_its_context_and_not_with_what_no_work_is(folder):
    before = imprint(folder, b"released")
    assert before != imprint(folder, b"released anew")
    (folder / "notes.md").write_text("theirs")
    assert imprint(folder, b"released") == before


@pytest.mark.parametrize(
    "odd",
    [
        lambda folder: (folder / "link.py").symlink_to(folder / "double.py"),
        lambda folder: (folder / "folder.py").mkdir(),
        lambda folder: os.mkfifo(folder / "pipe.ipynb"),
        lambda folder: (folder / "timestamp.txt").write_text("yesterday"),
    ],
)
def test_what_cannot_be_told_has_no_imprint(folder, odd):
    odd(folder)
    assert imprint(folder, b"") == ""
    assert imprint(folder / "absent", b"") == ""


def test_date_in_the_future_is_not_believed_and_is_read_again_each_time(folder):
    (folder / "timestamp.txt").write_text(f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d %H:%M:%S} UTC")
    os.utime(folder / "double.py", (1_700_000_000, 1_700_000_000))
    moment, notes, unusual = when_received(folder, [folder / "double.py"])
    assert moment == datetime.fromtimestamp(1_700_000_000, UTC)
    assert not notes and len(unusual) == 1
    assert imprint(folder, b"") == ""
