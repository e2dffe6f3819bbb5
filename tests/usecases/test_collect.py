from __future__ import annotations

import os
from dataclasses import replace

import pytest

from autograder.adapters.course import load_course
from autograder.adapters.deliveries import delivery
from autograder.errors import SubmissionError
from autograder.usecases.collect import as_document, collect


@pytest.fixture
def source(tmp_path):
    return tmp_path / "source"


@pytest.fixture
def bring(mini, source, tmp_path):
    """Collects what lies in `source` into `submitted`."""
    return lambda: collect(load_course(mini), source, tmp_path / "submitted")


def _put(path, text="x = 1\n", at=1_790_000_000):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (at, at))
    return path


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("ada/double/double.py", "double.py"),
        ("ada/double/my work.ipynb", "my work.ipynb"),
        ("ada/double.fr.ipynb", "double.fr.ipynb"),
        ("double/ada.py", "ada.py"),
        ("double/ada/deep/er.py", "deep/er.py"),
    ],
)
def test_work_is_found_by_student_and_by_assignment(source, bring, tmp_path, path, kept):
    _put(source / path)
    assert bring().taken == ("ada/double",)
    place = tmp_path / "submitted/ada/double"
    assert (place / kept).read_text() == "x = 1\n"
    assert (place / "timestamp.txt").read_text() == "2026-09-21 14:13:20.000000 UTC"


def test_timestamp_that_came_with_the_work_stays(source, bring, tmp_path):
    _put(source / "ada/double/double.py")
    _put(source / "ada/double/timestamp.txt", "2026-11-01 10:00:00 UTC")
    bring()
    assert (tmp_path / "submitted/ada/double/timestamp.txt").read_text() == "2026-11-01 10:00:00.000000 UTC"


def test_same_work_twice_changes_nothing_and_newer_work_keeps_the_older_aside(source, bring, tmp_path):
    file = _put(source / "ada/double/double.py")
    bring()
    assert (bring().taken, bring().same) == ((), ("ada/double",))
    _put(file, "x = 2\n")
    assert bring().taken == ("ada/double",)
    submitted = tmp_path / "submitted"
    assert (submitted / "ada/double/double.py").read_text() == "x = 2\n"
    (older,) = (submitted / ".earlier/ada/double").glob("*/double.py")
    assert older.read_text() == "x = 1\n"
    assert [path.name for path in (submitted / "ada").iterdir()] == ["double"]


def test_links_and_pipes_are_not_followed_and_told(source, bring, tmp_path):
    secret = _put(tmp_path / "secret.py", "secret = 1\n")
    _put(source / "ada/double/double.py")
    (source / "ada/double/stolen.py").symlink_to(secret)
    os.mkfifo(source / "ada/double/pipe.py")
    (source / "bob").symlink_to(source / "ada")
    brought = bring()
    assert brought.taken == ("ada/double",)
    assert sorted(line.rpartition("/")[2].partition(":")[0] for line in brought.unmatched) == [
        "bob", "pipe.py", "stolen.py",
    ]  # fmt: skip
    assert [path.name for path in (tmp_path / "submitted/ada/double").glob("*.py")] == ["double.py"]


def test_too_large_and_too_many_files_are_left_out_and_told(source, bring, tmp_path, monkeypatch):
    monkeypatch.setattr(delivery, "CAPS", replace(delivery.CAPS, file_mib=1, work_files=3))
    _put(source / "ada/double/double.py")
    _put(source / "ada/double/large.txt", "x" * (2**20 + 1))
    for number in range(5):
        _put(source / f"ada/double/more{number}.py")
    told = " ".join(bring().unmatched)
    assert "large.txt: larger than" in told and "more than 3 files" in told
    assert len(list((tmp_path / "submitted/ada/double").glob("*.py"))) == 3


def test_what_matches_nothing_is_told_and_the_rest_is_taken(source, bring):
    _put(source / "ada/double/double.py")
    _put(source / "bob/homework.txt")
    _put(source / "readme.txt")
    _put(source / "double/notes.txt")
    _put(source / ".hidden/double/double.py")
    brought = bring()
    assert brought.taken == ("ada/double",)
    assert [line.partition(":")[0] for line in brought.unmatched] == ["bob", "double/notes.txt", "readme.txt"]
    assert list(as_document(brought)) == [
        "version", "kind", "taken", "same", "unmatched", "aside", "receipts",
    ]  # fmt: skip


@pytest.mark.parametrize(("make", "says"), [(False, "this is no folder"), (True, "no work found")])
def test_source_without_work_is_refused_with_the_remedy(source, bring, make, says):
    if make:
        source.mkdir()
    with pytest.raises(SubmissionError, match=says) as caught:
        bring()
    assert "Remedy:" in str(caught.value)
