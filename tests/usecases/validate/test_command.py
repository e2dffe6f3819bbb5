"""`autograder validate` and `autograder new` as an instructor runs them, and what `release` makes of the outcome."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SUITE = "solutions/double/test_hidden.py"


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "autograder", *arguments],
        cwd=root,
        env={**kept, "NO_COLOR": "1", "LANG": "C.UTF-8", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def weaken(root: Path) -> None:
    """The hidden suite looks at no list any more."""
    suite = root / SUITE
    text = suite.read_text(encoding="utf-8")
    kept = text[: text.index('@pytest.mark.group("lists")')]
    suite.write_text(
        kept + '@pytest.mark.group("lists")\ndef test_lists(student):\n    student.double([1])\n', encoding="utf-8"
    )


def test_right_assignment_passes_and_may_be_released(mini: Path):
    done = run(mini, "validate", "double", "--quick", "--json")
    assert done.returncode == 0, done.stderr
    (entry,) = json.loads(done.stdout)["assignments"]
    assert entry["ok"] is True and entry["problems"] == {}
    assert (mini / "build/validation/index.fr.html").is_file()
    assert run(mini, "release", "double").returncode == 0


def test_weak_suite_fails_with_a_table_and_reasons_and_is_released_by_force_alone(mini: Path):
    weaken(mini)
    done = run(mini, "validate", "--quick")
    assert done.returncode == 1
    assert "FAILS" in done.stdout and "it keeps 'lists', which it declares lost" in done.stderr
    refused = run(mini, "release", "double")
    assert refused.returncode == 2 and "not validated as it stands. Remedy: run: autograder validate" in refused.stderr
    assert run(mini, "release", "double", "--force", "a draft for colleagues").returncode == 0
    assert "a draft for colleagues" in (mini / "solutions/double/forced.json").read_text(encoding="utf-8")


def test_new_says_what_to_do_next(mini: Path):
    done = run(mini, "new", "triple")
    assert done.returncode == 0 and "autograder validate triple" in done.stdout
    assert (mini / "solutions/triple/assignment.yaml").is_file()
    unfilled = run(mini, "validate", "triple")
    assert unfilled.returncode == 1 and "left to fill in. Remedy: write it." in unfilled.stderr
    again = run(mini, "new", "triple")
    assert again.returncode == 2 and "'triple' exists" in again.stderr
