"""The same attacks as another user would run them, when these tests run as root.

An ordinary user has no privilege to start from; root with a Python that everyone can read gives workers uids of their
own in tier 3. Both see this machine through a bubblewrap that opens the folders above the interpreter, which on
a developer's machine may be root's alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.machinery.sandbox.conftest import OFFERED

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]
_USER = "12345"
_WITHIN_S = 600


def _opened_above(path: Path) -> list[str]:
    """Arguments that show `path` at its place, with the closed folder above it replaced by an open one."""
    closed = [folder for folder in reversed(path.parents) if folder.exists() and not folder.stat().st_mode & 0o001]
    if not closed:
        return []
    between = [folder for folder in reversed(path.parents) if closed[0] in folder.parents]
    made = [word for folder in between for word in ("--perms", "0755", "--dir", str(folder))]
    return ["--perms", "0755", "--tmpfs", str(closed[0]), *made, "--ro-bind", str(path), str(path)]


def _run(as_user: list[str], *selection: str) -> str:
    room = ["bwrap", "--dev-bind", "/", "/", *_opened_above(Path(sys.base_prefix)), "--tmpfs", "/run"]
    tests = [
        sys.executable,
        "-B",
        "-m",
        "pytest",
        "-v",
        "-x",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:hypothesispytest",
        str(HERE),
        *selection,
    ]
    done = subprocess.run(
        [*room, "--", *as_user, *tests, "--ignore", __file__],
        capture_output=True, text=True, timeout=_WITHIN_S, cwd=REPOSITORY, env={**os.environ, "HOME": "/nonexistent"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


if os.geteuid() == 0:

    @pytest.mark.slow
    def test_attacks_fail_when_the_grader_is_an_ordinary_user() -> None:
        setpriv = shutil.which("setpriv")
        assert setpriv is not None
        said = _run([setpriv, "--reuid", _USER, "--regid", _USER, "--clear-groups"])
        for tier in OFFERED:
            assert f"test_worker_has_no_privilege[tier{tier}] PASSED" in said

    @pytest.mark.slow
    def test_attacks_fail_when_root_gives_each_worker_a_uid() -> None:
        said = _run([], "-k", "tier3")
        assert "test_workers_of_root_have_uids_of_their_own[tier3] PASSED" in said
