"""Quizzes in a notebook: by calls of functions anywhere, and as a widget in a real JupyterLab, by keyboard alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from autograder.adapters.quizzes.documents import parse_response
from autograder.errors import SubmissionError
from autograder.notebook import MIME, quiz
from autograder.quiz_types import Filled, Picked, Typed

from .usecases.quizzes import keyboard

VALID = Path(__file__).parent / "quizzes/valid"


@pytest.fixture
def course(mini, monkeypatch):
    """The mini course with the quiz of every type, once graded and once to practise."""
    monkeypatch.setenv("AUTOGRADER_SECRET", "a secret of the course")
    shutil.copytree(VALID, mini / "quizzes")
    text = (VALID / "every-type.yaml").read_text(encoding="utf-8")
    practice = text.replace("mode: graded", "mode: practice").replace("id: every-type", "id: try", 1)
    practice = re.sub(r"attempts: .*\nshuffle: .*\n", "shuffle: {choices: false}\n", practice)
    (mini / "quizzes/try.yaml").write_text(practice, encoding="utf-8")
    monkeypatch.chdir(mini)
    return mini


def test_questions_are_printed_with_the_numbers_of_their_choices(course):
    said = repr(quiz("try", lang="fr"))
    assert "Pourquoi diviser par la racine de d_k\u202f?" in said and "  2  Cela économise de la mémoire" in said
    assert "torch.softmax(scores, dim=0)" in said and "BERT masque (1)\u00a0____" in said


def test_practice_is_marked_by_a_call(course, capsys):
    taken = quiz("try")
    taken.answer(1, 2)
    taken.answer("causal", 1)
    taken.answer("gap", [15, 1, "decoder"])
    said = capsys.readouterr().out
    order = ["Not right", "The shape is the same", "✓ Right", "It must not see", "Partly right: 67%"]
    assert [said.index(each) for each in order] == sorted(said.index(each) for each in order)
    taken.show_answer("families")
    assert "encoder only → BERT; decoder only → GPT" in capsys.readouterr().out
    with pytest.raises(ValueError, match="no question 'other': there are numbers from 1 to 16, and scale"):
        taken.answer("other", 1)


def test_graded_quiz_keeps_answers_and_writes_them(course, capsys):
    taken = quiz("every-type", student="ada")
    taken.answer("who", "BERT")
    taken.answer("mask", [[1, 0, 0], [1, 1, 0], [1, 1, 1]])
    assert "Kept: BERT" in capsys.readouterr().out
    with pytest.raises(ValueError, match="not marked at once"):
        taken.show_answer("who")
    made = parse_response(taken.hand_in().read_bytes())
    assert (made.student, made.attempt, made.answers["who"]) == ("ada", 1, Typed("BERT"))
    assert isinstance(made.answers["mask"], Filled) and made.answers["mask"].slots["2,2"] == "true"
    assert quiz("every-type", student="ada")._attempt == 2


def test_text_stands_in_where_widgets_are_not_installed(course, monkeypatch):
    assert set(quiz("try")._repr_mimebundle_()) == {"text/plain", MIME}
    monkeypatch.setitem(sys.modules, "autograder.adapters.quiz_widget", None)
    assert set(quiz("try")._repr_mimebundle_()) == {"text/plain"}


def test_widget_is_told_marks_and_solutions_and_holds_no_key(course):
    taken = quiz("try")
    form = taken._shown_widget().html
    for hidden in ("The shape is the same", "It must not see", "You forgot V", "markAnswer"):
        assert hidden not in form
    marked = taken._asked("mark", {"question": "scale", "answer": ["mem"]})
    assert (marked["credit"], marked["answered"], marked["remarks"]) == (0.0, True, ["<p>The shape is the same</p>"])
    assert "retrieval" in marked["lesson"] and taken._asked("mark", {"question": "who", "answer": None})["points"] == 0
    told = taken._asked("reveal", {"question": "scale"})
    assert "variance" in told["answer"] and json.dumps(told)
    graded = quiz("every-type", student="ada")
    with pytest.raises(ValueError, match="not marked at once"):
        graded._asked("mark", {"question": "scale", "answer": ["mem"]})
    assert "every-type-1.json" in graded._asked("finish", {"answers": {"scale": ["mem"]}, "student": ""})


def test_name_that_cannot_be_one_is_told_in_the_widget(course):
    file = course / "quizzes/every-type.yaml"
    file.write_text("variants: shared\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert "is no name" in quiz("every-type")._asked("finish", {"answers": {}, "student": ".."})
    with pytest.raises(SubmissionError, match="is no name"):
        quiz("every-type").hand_in()


@pytest.fixture
def lab(tmp_path):
    """A real JupyterLab on a folder of its own: its address, with the token, and the folder."""
    root = tmp_path / "lab"
    root.mkdir()
    options = ["--no-browser", "--allow-root", "--ServerApp.port=0", "--IdentityProvider.token=t", "--ip=127.0.0.1"]
    options.append("--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate")
    places = {f"JUPYTER_{each}_DIR": str(root / each) for each in ("CONFIG", "DATA", "RUNTIME")}
    places |= {"JUPYTERLAB_SETTINGS_DIR": str(root / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(root / "workspaces")}
    environment = {**os.environ, **places, "AUTOGRADER_SECRET": "a secret of the course"}
    argv = [sys.executable, "-m", "jupyterlab", *options, f"--ServerApp.root_dir={root}"]
    log = (root / "log").open("w")
    with log, subprocess.Popen(argv, stdout=log, stderr=log, env=environment, cwd=root) as server:
        try:
            yield _address(root / "log", server), root
        finally:
            server.terminate()


def _address(log: Path, server) -> str:
    for _ in range(600):
        if found := re.search(r"http://127\.0\.0\.1:\d+/", log.read_text()):
            return found[0]
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.mark.slow
def test_widget_is_taken_by_keyboard_in_jupyterlab(course, lab, chromium):
    address, root = lab
    shutil.copytree(course, root / "course")
    cells = ["from autograder.notebook import quiz\nquiz('try', lang='en')", "quiz('try', lang='fr')"]
    cells.append("quiz('every-type', lang='fr', student='ada')")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, root / "course/quiz.ipynb")
    page = chromium.new_page(viewport={"width": 1200, "height": 1000})
    page.goto(f"{address}lab/tree/course/quiz.ipynb?token=t")
    page.locator(".jp-CodeCell .cm-content").first.wait_for(timeout=60000)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=60000)
    for cell, wrong, total in (
        (0, "✗ Not right.", "0 of 19 points"),
        (1, "✗ Ce n'est pas juste.", "0 points sur 19"),
    ):
        practice = _shown(page, cell)
        scale, who = (practice.locator(f'form[data-question="{id}"]') for id in ("scale", "who"))
        keyboard.answer(page, "scale", Picked(("mem",)))
        keyboard.press(page, "scale", "check")
        scale.locator(".headline").wait_for()
        assert scale.locator(".headline").inner_text() == wrong
        keyboard.press(page, "scale", "reveal")
        scale.locator(".verdict.told math").first.wait_for()
        keyboard.answer(page, "who", Typed("aabb dd"))  # would add and delete cells if the notebook heard it
        page.keyboard.press("Enter")
        who.locator(".headline").wait_for()
        assert who.locator("input").input_value() == "aabb dd" and page.locator(".jp-CodeCell").count() == len(cells)
        assert practice.locator(".total").inner_text() == total

    graded = _shown(page, 2)
    keyboard.reach(page, lambda at: at["form"] == "finish" and at["tag"] == "BUTTON")
    page.keyboard.press("Enter")
    graded.locator(".said", has_text="every-type-1.json").wait_for()
    made = parse_response((root / "course/answers/every-type-1.json").read_bytes())
    assert (made.student, made.language, made.answers) == ("ada", "fr", {})
    found = Axe().run(page, context=".quiz")
    assert found.violations_count == 0, found.generate_report()


def _shown(page, cell: int):
    """Runs a cell by the keyboard, again while the notebook is not yet connected; the focus is left on the cell."""
    prompt = page.locator(".jp-CodeCell .jp-InputPrompt").nth(cell)
    for _ in range(30):
        page.locator(".jp-CodeCell .cm-content").nth(cell).click()
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(1000)
        if prompt.inner_text() != "[ ]:":
            break
    shown = page.locator(".jp-CodeCell").nth(cell).locator(".quiz")
    shown.wait_for(timeout=60000)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")
    return shown
