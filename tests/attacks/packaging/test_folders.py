"""Folders that hold links, pipes, floods of files and forged dates, brought in by `collect` and graded by `grade`."""

from __future__ import annotations

import json
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.adapters.archive import CAPS
from autograder.adapters.gradebook import Gradebook
from autograder.machinery.sandbox import strongest_tier
from autograder.types import Status
from autograder.usecases.collect import collect
from autograder.usecases.grade import Kept, Options, as_document, grade

from .conftest import CANARY, RIGHT, everything_below

PAST = datetime(2001, 1, 1, tzinfo=UTC)
IN_TIME = "2026-11-13 20:00:00 UTC"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with the honest work of ada."""
    _put(tmp_path / "source/ada/double.py")
    return tmp_path / "source"


def _put(file: Path, content: str = RIGHT) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)
    return file


def _stamp(into: Path, student: str) -> str:
    return (into / student / "double/timestamp.txt").read_text()


def test_links_to_files_and_folders_are_not_followed(course, source, outside, tmp_path):
    for name, target in {"eve/double.py": outside, "bob/double": source / "ada", "fay": source / "ada"}.items():
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).symlink_to(target)
    inside = _put(source / "gus/double/double.py").parent
    (inside / "data").symlink_to("/etc")
    (inside / "more.py").symlink_to(outside)
    brought = collect(course, source, tmp_path / "into")
    assert brought.taken == ("ada/double", "gus/double")
    assert "-> link" not in everything_below(tmp_path / "into").values()
    assert CANARY not in str(everything_below(tmp_path / "into"))
    assert sum("a link or a device" in line for line in brought.unmatched) == 3


def test_hard_link_to_anothers_file_is_not_taken(course, source, outside, tmp_path):
    (source / "eve").mkdir()
    os.link(outside, source / "eve/double.py")
    brought = collect(course, source, tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert any("hard link" in line for line in brought.unmatched)


def test_pipe_named_as_the_work_is_not_waited_for(course, source, tmp_path):
    (source / "eve/double").mkdir(parents=True)
    os.mkfifo(source / "eve/double/double.py")
    os.mkfifo(source / "eve/double.py")
    done: list[object] = []
    thread = threading.Thread(target=lambda: done.append(collect(course, source, tmp_path / "into")), daemon=True)
    thread.start()
    thread.join(10)
    assert done and "ada/double" in done[0].taken


def test_file_swapped_for_a_link_while_it_is_collected_is_not_followed(course, source, outside, tmp_path, monkeypatch):
    from autograder.adapters.deliveries import folders as module

    look = module.is_work

    def swap_after_the_look(path, unmatched):
        answer = look(path, unmatched)
        if path.parent.name == "eve":
            path.unlink()
            path.symlink_to(outside)
        return answer

    monkeypatch.setattr(module, "is_work", swap_after_the_look)
    _put(source / "eve/double.py")
    brought = collect(course, source, tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert CANARY not in str(everything_below(tmp_path / "into"))


def test_huge_numbers_of_files_cost_little_and_are_told(course, source, tmp_path):
    folder = _put(source / "eve/double/double.py").parent
    for number in range(CAPS.work_files + 100):
        (folder / f"x{number}.txt").touch()
    brought = collect(course, source, tmp_path / "into")
    assert any(f"more than {CAPS.work_files} files" in line for line in brought.unmatched)
    assert len(list((tmp_path / "into/eve/double").iterdir())) <= CAPS.work_files + 1


def test_folders_in_folders_without_end_are_left(course, source, tmp_path):
    deep = _put(source / "eve/double/double.py").parent
    for _ in range(CAPS.folders + 20):
        deep = deep / "d"
    _put(deep / "x.py")
    start = time.monotonic()
    brought = collect(course, source, tmp_path / "into")
    assert any("too deep" in line for line in brought.unmatched) and time.monotonic() - start < 5


def test_hundred_megabyte_notebook_is_not_copied(course, source, tmp_path):
    for place in ("eve/double.ipynb", "bob/double/double.ipynb"):
        with _put(source / place).open("wb") as file:
            file.truncate(100 * 2**20)
    brought = collect(course, source, tmp_path / "into")
    assert "ada/double" in brought.taken
    assert sum(f"larger than {CAPS.file_mib} MiB" in line for line in brought.unmatched) == 2
    assert sum(path.stat().st_size for path in (tmp_path / "into").rglob("*") if path.is_file()) < 2**20


@pytest.mark.parametrize("name", ["-rf", "--json", "e\nve", "eve\x1b]0;owned\x07", "e\u202eve", " eve", "x" * 220])
def test_folder_that_names_no_student_is_told_and_not_taken(course, source, tmp_path, name):
    _put(source / name / "double.py")
    brought = collect(course, source, tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert len(brought.unmatched) == 1 and brought.unmatched[0].isprintable()


def test_folder_of_dots_stays_where_it_is(course, source, tmp_path):
    _put(source / "..." / "double.py")
    _put(source / "double" / "...py", "owned")
    collect(course, source, tmp_path / "into")
    assert set(everything_below(tmp_path / "into")) == {"ada/double/double.py", "ada/double/timestamp.txt"}


def test_name_of_bytes_that_are_no_text_is_told(course, source, tmp_path):
    _put(source / os.fsdecode(b"eve\xff") / "double.py")
    brought = collect(course, source, tmp_path / "into")
    assert brought.taken == ("ada/double",)
    assert json.dumps(brought.unmatched).isascii()
    "".join(brought.unmatched).encode()


def test_students_that_differ_in_case_stay_apart(course, source, tmp_path):
    _put(source / "Ada/double.py", "def double(x):\n    return 0\n")
    brought = collect(course, source, tmp_path / "into")
    assert brought.taken == ("Ada/double", "ada/double")
    assert everything_below(tmp_path / "into")["ada/double/double.py"] == RIGHT


def test_date_forged_into_the_future_is_told_and_not_kept(course, source, tmp_path):
    _put(source / "eve/double/double.py")
    _put(source / "eve/double/timestamp.txt", "2999-01-01 00:00:00 UTC")
    brought = collect(course, source, tmp_path / "into")
    assert any("eve/double" in line and "in the future" in line for line in brought.unmatched)
    assert _stamp(tmp_path / "into", "eve").startswith(f"{datetime.now(UTC):%Y-%m-%d}")


def test_file_dated_in_the_future_counts_as_now(course, source, tmp_path):
    file = _put(source / "eve/double.py")
    os.utime(file, (32_500_000_000, 32_500_000_000))
    collect(course, source, tmp_path / "into")
    assert _stamp(tmp_path / "into", "eve").startswith(f"{datetime.now(UTC):%Y-%m-%d}")


def test_newer_work_dated_before_the_work_it_replaces_was_collected_is_not_believed(course, source, tmp_path):
    work = _put(source / "eve/double/double.py", "def double(x): ...\n")
    collect(course, source, tmp_path / "into")
    before = datetime.now(UTC) - timedelta(seconds=10)
    work.write_text(RIGHT)
    _put(source / "eve/double/timestamp.txt", f"{PAST:%Y-%m-%d %H:%M:%S} UTC")
    os.utime(work, (PAST.timestamp(), PAST.timestamp()))
    brought = collect(course, source, tmp_path / "into")
    assert any("dated before the work that it replaces" in line for line in brought.unmatched)
    counted = datetime.strptime(_stamp(tmp_path / "into", "eve"), "%Y-%m-%d %H:%M:%S.%f UTC").replace(tzinfo=UTC)
    assert before < counted < datetime.now(UTC)


def test_same_work_with_another_date_changes_nothing(course, source, tmp_path):
    work = _put(source / "eve/double/double.py")
    collect(course, source, tmp_path / "into")
    stamp = _stamp(tmp_path / "into", "eve")
    _put(source / "eve/double/timestamp.txt", f"{PAST:%Y-%m-%d %H:%M:%S} UTC")
    os.utime(work, (0, 0))
    assert "eve/double" in collect(course, source, tmp_path / "into").same
    assert _stamp(tmp_path / "into", "eve") == stamp


@pytest.mark.parametrize(
    "stamp", ["", "\0" * 4000, "9" * 4000, "2026-99-99", "nan nan UTC", "10000-01-01 00:00:00 UTC"]
)
def test_date_that_is_none_is_as_if_it_were_not_there(course, source, tmp_path, stamp):
    _put(source / "eve/double/double.py")
    _put(source / "eve/double/timestamp.txt", stamp)
    assert "eve/double" in collect(course, source, tmp_path / "into").taken
    assert _stamp(tmp_path / "into", "eve").startswith(f"{datetime.now(UTC):%Y-%m-%d}")


def test_hand_in_of_nothing_does_not_replace_work(course, source, tmp_path, outside):
    work = _put(source / "eve/double/double.py")
    collect(course, source, tmp_path / "into")
    work.unlink()
    work.symlink_to(outside)
    collect(course, source, tmp_path / "into")
    assert (tmp_path / "into/eve/double/double.py").read_text() == RIGHT


def test_grade_survives_every_folder_and_siblings_keep_their_grade(course, tmp_path, outside):
    """What an instructor may put under submitted/ by other ways than `collect`."""
    submitted = tmp_path / "submitted"
    for name in ("ada", "zoe", "wide"):
        _put(submitted / name / "double/double.py")
        _put(submitted / name / "double/timestamp.txt", IN_TIME)
    (submitted / "eve").mkdir()
    (submitted / "eve/double").symlink_to(submitted / "ada/double")
    (submitted / "fay").symlink_to(submitted / "ada")
    for name in ("-rf", "e\nve", "eve\x1b[2J", os.fsdecode(b"eve\xff")):
        _put(submitted / name / "double/double.py")
    (submitted / "fifo/double").mkdir(parents=True)
    os.mkfifo(submitted / "fifo/double/double.py")
    os.mkfifo(submitted / "fifo/double/timestamp.txt")
    (submitted / "link/double").mkdir(parents=True)
    (submitted / "link/double/double.py").symlink_to(outside)
    (submitted / "device/double").mkdir(parents=True)
    (submitted / "device/double/double.py").symlink_to("/dev/zero")
    for name, content in {
        "latin": "# é".encode("latin-1"),
        "utf16": RIGHT.encode("utf-16"),
        "nulls": b"\0" * 1000,
        "surrogate": b"x = '\xed\xb2\x80'",
        "empty": b"",
        "nested": b"(" * 100_000,
        "wide": b"x = " + b"[" * 90 + b"]" * 90 + b"\n" + RIGHT.encode(),
    }.items():
        (submitted / name / "double").mkdir(parents=True, exist_ok=True)
        (submitted / name / "double/double.py").write_bytes(content)
    with Gradebook.open(tmp_path / "gradebook.db") as book:
        run = grade(course, ["double"], submitted, book, Options(strongest_tier(), 1), kept := Kept())
    status = {each.student: each.status for each in kept.grades}
    score = {each.student: each.score for each in kept.grades}
    assert (score.pop("ada"), score.pop("zoe"), score.pop("wide")) == (5.0, 5.0, 5.0)
    assert set(score.values()) == {0.0}
    rejected = {"fifo", "link", "device", "latin", "utf16", "nulls", "surrogate", "empty", "nested"}
    assert {name for name, each in status.items() if each is Status.REJECTED} == rejected
    assert set(status) == rejected | {"ada", "zoe", "wide"}
    assert len(run.problems) == 6 and all(line.isprintable() for line in run.problems)
    assert CANARY not in json.dumps(as_document(kept.grades, "en")) + repr(kept.grades) + repr(run)
