from __future__ import annotations

import zipfile

import pytest

from autograder.adapters.course import load_course, secret
from autograder.adapters.receipt import read_receipt
from autograder.errors import SubmissionError
from autograder.usecases.collect import collect
from autograder.usecases.submit import submit


@pytest.fixture
def work(mini, tmp_path):
    """A student's folder, as it was released, with work in it."""
    folder = mini / "assignments/double"
    (folder / "double.py").write_text("def double(x):\n    return 2 * x\n")
    (folder / "double.ipynb").unlink()
    (folder / "double.fr.ipynb").unlink()
    return folder


@pytest.fixture
def drop(tmp_path):
    (tmp_path / "drop").mkdir()
    return tmp_path / "drop"


def test_archive_is_collected_once_and_its_receipt_is_signed_and_put_beside_it(mini, work, drop, tmp_path):
    done = submit(work, drop, "ada", "en")
    assert (done.student, done.assignment, done.file, done.dropped) == ("ada", "double", "double.py", True)
    course, into = load_course(mini), tmp_path / "submitted"
    brought = collect(course, drop, into)
    assert (brought.taken, brought.kind.id, len(brought.receipts)) == (("ada/double",), "dropped", 1)
    assert (into / "ada/double/double.py").read_bytes() == (work / "double.py").read_bytes()
    beside = drop / (done.archive.name.removesuffix(".zip") + ".receipt.json")
    receipt = read_receipt(beside, secret(mini))
    assert receipt is not None
    assert (receipt.student, receipt.assignment, receipt.sha256) == ("ada", "double", done.sha256)
    again = collect(course, drop, into)
    assert (again.taken, again.same, again.receipts) == ((), ("ada/double",), ())


def test_newer_hand_in_counts_and_both_archives_stay(mini, work, drop, tmp_path):
    submit(work, drop, "ada", "en")
    collect(load_course(mini), drop, tmp_path / "submitted")
    (work / "double.py").write_text("def double(x):\n    return x + x\n")
    submit(work, drop, "ada", "en")
    brought = collect(load_course(mini), drop, tmp_path / "submitted")
    assert brought.taken == ("ada/double",)
    assert "x + x" in (tmp_path / "submitted/ada/double/double.py").read_text()
    assert len(list(drop.glob("*.zip"))) == 2
    assert len(list(drop.glob("*.receipt.json"))) == 2


def test_drop_folder_is_the_courses_own_when_it_has_one(mini, work, drop, monkeypatch):
    (mini / "course/course.yaml").write_text((mini / "course/course.yaml").read_text() + f"handin: {drop.as_posix()}\n")
    monkeypatch.setenv("AUTOGRADER_STUDENT", "grace")
    done = submit(work, None, "", "en")
    assert (done.student, done.archive.parent, done.dropped) == ("grace", drop, True)


def test_without_a_drop_folder_the_archive_is_in_the_working_folder_and_not_yet_handed_in(work, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = submit(work, None, "ada", "en")
    assert (done.archive.parent, done.dropped) == (tmp_path, False)
    with zipfile.ZipFile(done.archive) as archive:
        assert archive.namelist() == ["manifest.json", "double.py"]


@pytest.mark.parametrize(
    ("student", "language", "said"),
    [("../eve", "en", "cannot be a student's name"), ("-x", "fr", "ne peut pas être un nom")],
)
def test_name_that_cannot_be_is_refused_before_anything_is_written(work, drop, student, language, said):
    with pytest.raises(SubmissionError, match=said):
        submit(work, drop, student, language)
    assert list(drop.iterdir()) == []


def test_folder_without_work_and_drop_folder_that_is_not_there_are_told(work, drop, tmp_path):
    with pytest.raises(SubmissionError, match="no such folder on this machine"):
        submit(work, tmp_path / "nowhere", "ada", "en")
    (work / "double.py").unlink()
    with pytest.raises(SubmissionError, match=r"double\.ipynb"):
        submit(work, drop, "ada", "en")
