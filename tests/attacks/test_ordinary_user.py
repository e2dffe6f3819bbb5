"""The same attacks when the grader is an ordinary user, run through one when these tests run as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attacks.conftest import HERE
from tests.machinery.sandbox.test_other_users import _opened_above

REPOSITORY = HERE.parents[1]
USER = "12345"
WITHIN_S = 600

if os.geteuid() == 0:

    @pytest.mark.slow
    def test_attacks_gain_nothing_when_the_grader_is_an_ordinary_user():
        setpriv = shutil.which("setpriv")
        assert setpriv is not None
        room = ["bwrap", "--dev-bind", "/", "/", *_opened_above(Path(sys.base_prefix)), "--tmpfs", "/run"]
        user = [setpriv, "--reuid", USER, "--regid", USER, "--clear-groups"]
        tests = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest"]
        done = subprocess.run(
            [*room, "--", *user, *tests, str(HERE / "test_attacks.py")],
            capture_output=True, text=True, timeout=WITHIN_S, cwd=REPOSITORY,
            env={**os.environ, "HOME": "/nonexistent"},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
        assert "on tiers 1, 2, 3: points gained 0, leaks 0, siblings harmed 0" in done.stdout
