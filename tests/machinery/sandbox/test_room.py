"""What goes into the room, and what the command that builds it binds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import PlatformError
from autograder.machinery.sandbox import room

REPOSITORY = Path(room.__file__).parents[3]


def test_only_the_workers_files_are_staged(tmp_path: Path) -> None:
    room.stage(tmp_path)
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert {name.removeprefix("autograder/") for name in names if not name.startswith("autograder/worker/")} == {
        "__init__.py", "version.py", "wire.py",
        "checks.py", "language.py", "types.py",  # what the students' own notebooks import
    }  # fmt: skip


def test_staged_files_import_nothing_else_of_the_platform(tmp_path: Path) -> None:
    room.stage(tmp_path)
    code = "import sys, autograder.wire, autograder.worker.warm, autograder.worker.serve\nprint(*sys.modules)"
    done = subprocess.run(
        [str(room.interpreter()), "-S", "-c", code],
        env=room.environment(tmp_path, tmp_path, wrapped=False), capture_output=True, text=True, timeout=60, cwd="/",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ours = {name for name in done.stdout.split() if name.startswith("autograder")}
    own = {"autograder", "autograder.version", "autograder.wire"}
    assert {name for name in ours if not name.startswith("autograder.worker")} == own


def test_no_bound_folder_holds_the_repository(tmp_path: Path) -> None:
    command = room.bubblewrap_command(tmp_path, tmp_path, root=False)
    bound = [command[at + 1] for at, word in enumerate(command) if word in ("--ro-bind", "--bind", "--dev-bind")]
    assert bound
    for path in map(Path, bound):
        assert not REPOSITORY.is_relative_to(path.resolve())
        assert path.name in room._SITE_NAMES or not path.resolve().is_relative_to(REPOSITORY)


def test_repository_among_the_libraries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_PACKAGE", Path("/usr/lib/course/autograder"))
    with pytest.raises(PlatformError, match="move the repository"):
        room.readable(wrapped=False)


def test_ordinary_install_among_the_packages_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_PACKAGE", room.site_folders()[0] / "autograder")
    assert room.site_folders()[0] in room.readable(wrapped=False)


def test_environment_has_no_variable_of_the_graders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COURSE_SECRET", "hidden")
    assert "hidden" not in str(room.environment(tmp_path, tmp_path, wrapped=True))


def test_interpreter_is_outside_the_virtual_environment() -> None:
    assert room.interpreter().is_relative_to(Path(sys.base_prefix).resolve())
