from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path

import pytest

from autograder.errors import SubmissionError
from autograder.usecases.check import Runners, as_document, check_work, versions

RELEASED = Path(__file__).parents[1] / "courses/mini/assignments/double"
RIGHT = "def double(x):\n    return [2 * item for item in x] if isinstance(x, list) else 2 * x\n"


@pytest.fixture
def folder(tmp_path):
    """A released folder as a student has it; limits are short so that a loop is noticed soon."""
    folder = Path(shutil.copytree(RELEASED, tmp_path / "double"))
    _limits(folder, load_s=1.0, test_s=0.5)
    return folder


def _limits(folder, **limits):
    public = json.loads((folder / "assignment.json").read_text(encoding="utf-8"))
    public["limits"] |= limits
    (folder / "assignment.json").write_text(json.dumps(public), encoding="utf-8")


def _outcomes(path, language="en"):
    return [group.outcome.value for group in check_work(path, language).groups]


@pytest.mark.parametrize("name", ["double.py", "double.fr.ipynb"])
def test_work_written_in_the_released_file_is_checked_in_its_folder(folder, name):
    file = folder / name
    body = RIGHT.splitlines()[1].strip()
    file.write_text(file.read_text(encoding="utf-8").replace("raise NotImplementedError", body), encoding="utf-8")
    done = check_work(folder, "fr")
    assert (done.all_pass, done.file, done.assignment) == (True, name, "double")


def test_named_file_is_checked_whatever_lies_beside_it(folder):
    (folder / "double.py").write_text("def double(x):\n    return 0\n")
    (folder / "second try.py").write_text(RIGHT)
    assert check_work(folder / "second try.py", "en").all_pass
    assert _outcomes(folder / "double.py") == ["failed", "failed"]


def test_loop_and_exit_cost_their_own_check_only_and_are_told_soon(folder):
    code = "import os\n\ndef double(x):\n    while isinstance(x, int):\n        pass\n    os._exit(1)\n"
    (folder / "double.py").write_text(code)
    start = time.monotonic()
    done = check_work(folder / "double.py", "en")
    assert [group.outcome.value for group in done.groups] == ["limit", "crashed"]
    assert time.monotonic() - start < 30
    assert done.groups[0].hint.en == "What is twice a number?" and not done.all_pass


def test_loop_while_loading_is_told_once_for_all(folder):
    (folder / "double.py").write_text("while True:\n    pass\n")
    start = time.monotonic()
    assert _outcomes(folder / "double.py") == ["limit", "limit"]
    assert time.monotonic() - start < 30


def test_prints_go_to_stderr_and_change_nothing(folder, capfd):
    (folder / "double.py").write_text('import sys\n\nprint("loading " * 100_000)\n' + RIGHT + 'print("last", end="")\n')
    assert check_work(folder / "double.py", "en").all_pass
    said = capfd.readouterr()
    assert (said.out, said.err.startswith("loading"), said.err.endswith("last")) == ("", True, True)


def test_data_file_is_found_and_work_runs_in_its_folder(folder):
    (folder / "double.py").write_text('NUMBERS = open("data/numbers.txt").read()\n' + RIGHT)
    assert check_work(folder / "double.py", "en").notes == ()


def test_forbidden_function_is_noted_before_it_costs_anything(folder):
    (folder / "double.py").write_text("import operator as o\n\n\ndef double(x):\n    return o.mul(2, x)\n")
    (note,) = check_work(folder / "double.py", "fr").notes
    assert "operator.mul" in note.fr and "operator.mul" in note.en and "5" in note.en


def test_document_has_the_keys_of_the_contract(folder):
    document = as_document(check_work(folder, "fr"), "fr")
    assert list(document) == ["version", "assignment", "file", "notes", "groups"]
    assert [list(group) for group in document["groups"]] == [
        ["id", "title", "points", "max_points", "outcome", "message", "hint"]
    ] * 2
    assert document["groups"][0]["message"] == "pas encore écrit"


@pytest.mark.parametrize(
    ("path", "en", "fr"),
    [
        ("absent.py", "there is no such file or folder", "aucun fichier ni dossier"),
        ("double/data/numbers.txt", "work is a Python file or a notebook", "un fichier Python ou un notebook"),
        ("double/data", "no assignment is in this folder", "il n'y a pas d'exercice"),
        ("loose.py", "no assignment is in this folder", "il n'y a pas d'exercice"),
        ("spoiled/double.py", "are not what was handed out", "ne sont pas ceux qui ont été distribués"),
        ("broken.py", "no assignment is in this folder", "il n'y a pas d'exercice"),
        ("double/wrong.py", "line 1: Python cannot read it", "ligne 1\u00a0: Python ne peut pas le lire"),
    ],
)
def test_what_cannot_be_checked_is_told_in_the_students_language(folder, path, en, fr):
    root = folder.parent
    (root / "loose.py").write_text(RIGHT)
    (root / "broken.py").write_text("def")
    (folder / "wrong.py").write_text("def double(x)\n")
    (shutil.copytree(folder, root / "spoiled") / "assignment.json").write_text("{")
    for language, says in (("en", en), ("fr", fr)):
        with pytest.raises(SubmissionError) as caught:
            check_work(root / path, language)
        assert says in str(caught.value)


def test_watched_work_is_checked_by_a_process_that_was_started_before(folder):
    (folder / "double.py").write_text(RIGHT)
    with Runners("en", ahead=True) as runners:
        first = runners.take(folder)
        first.kill()
        first.communicate()
        waiting = runners._waiting[folder]
        assert check_work(folder / "double.py", "en", runners).all_pass
        assert waiting.returncode is not None and runners._waiting[folder].pid != waiting.pid


def test_every_save_is_a_version_and_nothing_else_is(folder):
    work = folder / "double.py"
    work.write_text("a = 1\n")
    seen = versions(folder)
    next(seen)
    (folder / "notes.txt").write_text("no work")
    threading.Timer(0.2, work.write_text, ("a = 12\n",)).start()
    next(seen)
    assert work.read_text() == "a = 12\n"
