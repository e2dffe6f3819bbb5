"""The command as a person or a script runs it: exit codes, one JSON document, errors with a remedy."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

RELEASED = Path(__file__).parents[1] / "courses/mini/assignments/double"
RIGHT = "def double(x):\n    return [2 * item for item in x] if isinstance(x, list) else 2 * x\n"


@pytest.fixture
def run(mini: Path):
    """`run("list", "--json")` in the mini course, with colours forbidden and the language of the terminal English."""
    quiet = {"NO_COLOR": "1", "LANG": "C.UTF-8", "COLUMNS": "200"}
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}

    def command(*arguments: str, cwd: Path = mini, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "autograder", *arguments],
            cwd=cwd,
            env={**kept, **quiet, **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return command


def _document(done: subprocess.CompletedProcess[str]) -> Any:
    """What stdout holds, which must be one JSON document and nothing else."""
    return json.loads(done.stdout)


def _hand_in(root: Path, student: str, source: str) -> None:
    folder = root / "submitted" / student / "double"
    folder.mkdir(parents=True)
    (folder / "double.py").write_text(source)
    (folder / "timestamp.txt").write_text("2026-11-13 20:00:00 UTC")


def test_list_is_one_document_or_a_table_without_colour(run):
    document = _document(run("list", "--json"))
    assert list(document) == ["version", "assignments", "lessons", "quizzes"]
    assert list(document["assignments"][0]) == ["slug", "module", "title", "points", "due"]
    french = run("list", "--lang", "fr")
    assert french.returncode == 0 and "Deux fois plus" in french.stdout and "\x1b" not in french.stdout


def test_what_is_wrongly_asked_exits_2_with_a_remedy_on_stderr(run, tmp_path):
    unknown = run("grade", "duble")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "no assignment 'duble'" in unknown.stderr and "write 'double'" in unknown.stderr
    assert "Traceback" not in unknown.stderr and "\x1b" not in unknown.stderr
    (tmp_path / "empty").mkdir()
    nothing = run("grade", "--submitted", str(tmp_path / "empty"), "--json")
    assert (nothing.returncode, nothing.stdout) == (2, "") and "no submission for double" in nothing.stderr
    outside = run("list", cwd=tmp_path / "empty")
    assert outside.returncode == 2 and "course/course.yaml" in outside.stderr
    language = run("list", "--lang", "de")
    assert language.returncode == 2 and "'de' is not offered: en, fr" in language.stderr


def test_grade_tells_what_needs_a_look_with_exit_3_and_one_document(run, mini):
    _hand_in(mini, "ada", RIGHT)
    _hand_in(mini, "bob", "def double(x)\n")
    done = run("grade", "--json", "--workers", "1")
    document = _document(done)
    assert done.returncode == 3 and "bob / double: rejected" in done.stderr
    ada, bob = document["grades"]
    assert (document["version"], ada["student"], ada["score"], bob["status"]) == (1, "ada", 5.0, "rejected")
    assert list(ada) == [
        "assignment", "student", "submission_sha256", "status", "score", "max_score", "isolation", "seconds", "groups",
    ]  # fmt: skip
    assert list(ada["groups"][0]) == ["id", "title", "points", "max_points", "outcome", "message", "hint"]

    again = run("grade", "--student", "ada")
    assert again.returncode == 0 and "0 graded now, 1 unchanged" in again.stdout
    stranger = run("grade", "--student", "adda")
    assert stranger.returncode == 2 and "no student 'adda'" in stranger.stderr and "write 'ada'" in stranger.stderr
    table = run("export")
    assert table.stdout == "student,double (/5),mean (/20)\nada,5,20.00\nbob,0,0.00\n"


def test_locked_gradebook_is_our_fault_and_nothing_is_graded(run, mini):
    _hand_in(mini, "ada", RIGHT)
    file = mini / "gradebook.db"
    lock = sqlite3.connect(file)
    lock.execute("CREATE TABLE other (id)")
    lock.execute("BEGIN EXCLUSIVE")
    done = run("grade", "--gradebook", str(file), "--json")
    lock.close()
    assert (done.returncode, done.stdout) == (4, "")
    assert "locked" in done.stderr and "close the other program" in done.stderr and "Traceback" not in done.stderr


def test_check_exits_1_when_a_check_fails_and_speaks_the_language_asked_for(run, tmp_path):
    folder = Path(shutil.copytree(RELEASED, tmp_path / "double"))
    stub = run("check", cwd=folder, LANG="fr_FR.UTF-8")
    assert stub.returncode == 1 and "\x1b" not in stub.stdout
    assert "✗ Les nombres (3 points)\n    pas encore écrit\n    Indice\u00a0: Que vaut le double" in stub.stdout
    assert "Vérifications publiques réussies\u00a0: 0 sur 2." in stub.stdout
    (folder / "double.py").write_text('print("noise")\n' + RIGHT)
    right = run("check", str(folder / "double.py"), "--json")
    document = _document(right)
    assert (right.returncode, "noise" in right.stderr) == (0, True)
    assert list(document) == ["version", "assignment", "file", "notes", "groups"]
    assert [group["outcome"] for group in document["groups"]] == ["passed", "passed"]
    (folder / "double.py").write_text("def double(x)\n")
    wrong = run("check", "double.py", "--lang", "fr", cwd=folder)
    assert (wrong.returncode, wrong.stdout) == (2, "") and "ligne 1\u00a0: Python ne peut pas le lire" in wrong.stderr


def test_check_starts_without_what_only_grading_needs(run):
    heavy = ("torch", "numpy", "sqlalchemy", "pytest", "nbgrader", "jupytext", "jinja2", "matplotlib")
    code = (
        "import sys; import autograder.entry.cli, autograder.usecases.check; "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"


def test_collect_and_release_say_what_they_did(run, mini, tmp_path):
    work = tmp_path / "download/ada"
    work.mkdir(parents=True)
    (work / "double.py").write_text(RIGHT)
    brought = run("collect", str(tmp_path / "download"), "--json")
    assert (brought.returncode, _document(brought)["taken"]) == (0, ["ada/double"])
    (tmp_path / "download/stray.txt").write_text("?")
    look = run("collect", str(tmp_path / "download"))
    assert look.returncode == 3 and "0 taken in, 1 already there, 1 to look at" in look.stdout
    assert run("release", "--json").returncode == 0
    (mini / "assignments/double/checks.py").write_text("")
    stale = run("release", "--check", "--json")
    assert stale.returncode == 1 and _document(stale)["stale"] and "Remedy: run: autograder release" in stale.stderr


@pytest.mark.parametrize("module", ["autograder.entry.cli", "autograder.usecases.grade", "autograder.usecases.check"])
def test_command_line_starts_without_torch(module):
    look = f"import sys, {module}; print([name for name in ('torch', 'pytest') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
