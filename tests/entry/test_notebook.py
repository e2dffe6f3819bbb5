import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import autograder
from autograder.entry.notebook import Refused

RELEASED = Path(__file__).parents[1] / "courses/mini/assignments/double"
HALF = "def double(x):\n    return 2 * x\n"
# What `pip install` brings without extras, and what only instructors have.
BEYOND_BASE = ("nbgrader", "jupytext", "nbclient", "pytest", "sqlalchemy", "jinja2", "nh3", "IPython")


def run_outside_a_kernel(work, after):
    """A program: a student's cell, then the last cell of the notebook, without what the base install does not bring."""
    notebook = json.loads((RELEASED / "double.ipynb").read_text(encoding="utf-8"))
    last = ast.unparse(ast.parse("".join(notebook["cells"][-1]["source"])).body[-1])
    blocked = f"import sys\nsys.modules.update(dict.fromkeys({BEYOND_BASE!r}))\n"
    kernel = "import builtins\nbuiltins.get_ipython = lambda: None\n"
    return "\n".join([blocked, kernel, work, "import autograder", f"shown = {last}", after])


def printed(work, after, language="en"):
    done = subprocess.run(
        [sys.executable, "-c", run_outside_a_kernel(work, after)],
        cwd=RELEASED,
        env={"AUTOGRADER_LANG": language, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_released_notebook_checks_itself_with_the_base_install_alone():
    said = printed(HALF, "print(shown)\nprint(shown._repr_html_())")
    assert "✓ Numbers (3)" in said and "Public checks passed: 1 of 2." in said
    assert "<table>" in said and "<strong>Hint:</strong>" in said and "Is every item doubled" in said


def test_table_is_in_the_language_of_the_notebook_and_escapes_what_the_code_says():
    hostile = "def double(x):\n    raise ValueError('<script>alert(1)</script>')\n"
    said = printed(hostile, "print(shown._repr_html_())", "fr")
    assert '<div class="autograder-check" lang="fr">' in said
    assert "Vérifications publiques réussies\u00a0: 0 sur 2." in said
    assert "<script>" not in said and "&lt;script&gt;" in said


def test_folder_without_an_assignment_is_refused_with_a_remedy_and_no_traceback(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text("x = 1\n")
    said = autograder.check("mine.py")
    assert isinstance(said, Refused)
    assert "Keep your file in the folder that was handed out" in repr(said)
    assert said._repr_html_().startswith("<p>")


@pytest.mark.parametrize("path", ["double.py", "double.ipynb"])
def test_file_that_is_named_is_checked_as_the_command_does(path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_LANG", "en")
    assert "Public checks passed: 0 of 2." in repr(autograder.check(RELEASED / path))
