"""The private folder: removed at the end, and by the next grader when its own was killed."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest

from autograder.machinery.sandbox.scratch import Scratch, remove


@pytest.fixture(autouse=True)
def temporary_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def _make_old(folder: Path) -> None:
    hour_ago = time.time() - 3600
    os.utime(folder, (hour_ago, hour_ago))


def test_closed_folder_is_gone_with_its_content() -> None:
    scratch = Scratch()
    (scratch.path / "a").mkdir()
    (scratch.path / "a" / "b").write_text("x")
    scratch.close()
    assert not scratch.path.exists()


def test_folder_left_behind_is_removed_by_the_next(temporary_folder: Path) -> None:
    left = temporary_folder / "autograder-scratch-left"
    (left / "deep").mkdir(parents=True)
    _make_old(left)
    Scratch().close()
    assert not left.exists()


def test_folder_in_use_is_kept_however_old() -> None:
    used = Scratch()
    _make_old(used.path)
    Scratch().close()
    assert used.path.exists()
    used.close()


@pytest.mark.parametrize("name", ["autograder-course-of-mine", "autograder-", "autograder", "scratch-of-mine"])
def test_folder_that_is_no_graders_is_kept_however_old(temporary_folder: Path, name: str) -> None:
    """A course under this name in the temporary folder was once emptied."""
    (temporary_folder / name / "kept").mkdir(parents=True)
    _make_old(temporary_folder / name)
    Scratch().close()
    assert (temporary_folder / name / "kept").exists()


def test_young_folder_is_kept(temporary_folder: Path) -> None:
    (temporary_folder / "autograder-scratch-young").mkdir()
    Scratch().close()
    assert (temporary_folder / "autograder-scratch-young").exists()


def test_link_is_neither_followed_nor_emptied(temporary_folder: Path) -> None:
    target = temporary_folder / "elsewhere"
    target.mkdir()
    (target / "kept").write_text("x")
    (temporary_folder / "autograder-scratch-link").symlink_to(target)
    Scratch().close()
    assert (target / "kept").exists()


def test_deep_tree_is_removed(tmp_path: Path) -> None:
    top = here = os.open(tmp_path, os.O_RDONLY)
    os.mkdir("top", dir_fd=here)
    name = "top"
    for _ in range(1500):
        deeper = os.open(name, os.O_RDONLY, dir_fd=here)
        if here != top:
            os.close(here)
        here, name = deeper, "d"
        os.mkdir(name, dir_fd=here)
    os.close(here)
    os.close(top)
    remove(tmp_path / "top")
    assert not (tmp_path / "top").exists()
