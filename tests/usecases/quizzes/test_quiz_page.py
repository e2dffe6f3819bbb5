"""The pages of quizzes in a real browser: by keyboard alone, in both languages, without network, open to all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from autograder.adapters.course import secret
from autograder.adapters.quizzes.documents import SurveySheet, parse_response
from autograder.adapters.quizzes.load import load_quiz, quiz_named
from autograder.pure.quizzes.key import key_answer
from autograder.pure.quizzes.release import student_quiz
from autograder.pure.quizzes.variants import settle
from autograder.quiz_types import Picked, Typed
from autograder.usecases.quizzes.hand_out import hand_out
from autograder.usecases.quizzes.mark import carry_out, prepare

from . import keyboard

HERE = ("file:", "data:", "blob:")


@pytest.fixture
def practice(course):
    """The quiz of every type, as practice."""
    file = course.root / "quizzes/every-type.yaml"
    text = file.read_text(encoding="utf-8").replace("mode: graded", "mode: practice")
    file.write_text(text.replace("attempts: {max: 3, keep: best, penalty: 0.25}\n", ""), encoding="utf-8")
    return course


@pytest.fixture
def opened(chromium, tmp_path):
    """`opened(file)`: its page; whatever it loads, and whatever goes wrong in it, fails the test."""
    context = chromium.new_context(viewport={"width": 900, "height": 1000})
    wrong: list[str] = []

    def open_(file: Path):
        page = context.new_page()
        page.on(
            "request",
            lambda asked: wrong.append(asked.url) if not asked.url.startswith(("file:", "data:", "blob:")) else None,
        )
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield open_
    context.close()
    assert wrong == []


def _accessible(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def _keys(quiz, drawn):
    """Right answers; what a pattern or a person marks has none that can be told, so these are written for both."""
    written = {"who": Typed("Attention is all you need"), "essay": Typed("Because")}
    return {each.id: key_answer(each) or written[each.id] for each in settle(quiz, drawn).questions}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_practice_is_taken_by_keyboard_and_answered_at_once(practice, opened, tmp_path, language):
    hand_out(practice, ["every-type"], [], tmp_path / "out")
    page = opened(tmp_path / f"out/every-type.{language}.html")
    quiz = load_quiz(practice.root / "quizzes/every-type.yaml")
    paper = student_quiz(quiz, b"practice", attempt=1)
    _accessible(page)
    right, total = {"en": "✓ Right.", "fr": "✓ C'est juste."}[language], page.locator(".total")
    for question in paper.questions:
        keyboard.answer(page, question.id, _keys(quiz, paper.drawn)[question.id])
        keyboard.press(page, question.id, "check")
        said = page.locator(f'form[data-question="{question.id}"]:not([hidden]) .verdict').inner_text()
        assert said.startswith(right) or question.type == "essay", (question.id, said)
    assert total.inner_text() == {"en": "16 of 19 points", "fr": "16 points sur 19"}[language]
    _accessible(page)


@pytest.mark.slow
def test_wrong_answers_are_explained_and_the_answer_is_told(practice, opened, tmp_path):
    hand_out(practice, ["every-type"], [], tmp_path / "out")
    page = opened(tmp_path / "out/every-type.fr.html")
    scale = page.locator('form[data-question="scale"]')
    keyboard.answer(page, "scale", Picked(("mem",)))
    assert keyboard.where(page)["id"] == "mem"
    page.keyboard.press("Enter")
    assert scale.locator(".verdict").inner_text().split("\n")[0] == "✗ Ce n'est pas juste."
    assert "La forme est la même" in scale.inner_text() and "retrieval" in scale.inner_text()
    keyboard.press(page, "scale", "reveal")
    assert "La variance des scores reste proche de 1" in scale.locator(".verdict").inner_text()
    assert scale.locator(".verdict math msub").count() == 2

    kv = page.locator('form[data-question="kv"]:not([hidden])')
    before = kv.locator(".prompt").inner_html()
    keyboard.press(page, "kv", "other")
    assert kv.locator(".prompt").inner_html() != before
    assert keyboard.where(page)["tag"] == "FIELDSET" and keyboard.where(page)["question"] == "kv"
    drawn = student_quiz(load_quiz(practice.root / "quizzes/every-type.yaml"), b"practice", attempt=2).drawn["kv"]
    keyboard.answer(page, "kv", Typed(f"{drawn['L'] * drawn['d'] * drawn['T'] * 2 / 2**20:g} Mio"))
    page.keyboard.press("Enter")
    assert "Vous avez oublié V" in kv.locator(".verdict").inner_text()
    _accessible(page)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_graded_page_writes_the_file_that_earns_everything(course, book, opened, tmp_path, language):
    hand_out(course, ["every-type"], ["ada"], tmp_path / "out")
    page = opened(tmp_path / f"out/ada/every-type-1.{language}.html")
    quiz = quiz_named(course.root, "every-type")
    paper = student_quiz(quiz, secret(course.root), "ada", 1)
    _accessible(page)
    for question in paper.questions:
        keyboard.answer(page, question.id, _keys(quiz, paper.drawn)[question.id])
        assert keyboard.where(page)["outline"] != "none" or keyboard.where(page)["type"] in ("radio", "checkbox")
    keyboard.reach(page, lambda at: at["form"] == "finish" and at["tag"] == "BUTTON")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "every-type-1.json"
    folder = tmp_path / "handed-in/ada"
    download.value.save_as(folder / download.value.suggested_filename)
    (folder / "timestamp.txt").write_text("2026-11-02 12:00:00 UTC")
    assert "every-type-1.json" in page.locator(".said").inner_text()
    _accessible(page)

    made = parse_response((folder / "every-type-1.json").read_bytes())
    assert (made.student, made.attempt, made.language, made.drawn) == ("ada", 1, language, paper.drawn)
    marking = prepare(course, tmp_path / "handed-in", book)
    carry_out(course, marking, book)
    (grade,) = book.latest()
    assert (grade.score, grade.max_score, marking.refused) == (16.0, 19.0, ())


@pytest.mark.slow
def test_survey_page_writes_a_sheet_without_a_name(course, opened, tmp_path):
    hand_out(course, ["feedback"], [], tmp_path / "out")
    page = opened(tmp_path / "out/feedback.en.html")
    keyboard.answer(page, "pace", Picked(("fast",)))
    keyboard.answer(page, "liked", Picked(("exercises", "lessons")))
    keyboard.reach(page, lambda at: at["form"] == "finish" and at["tag"] == "BUTTON")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    raw = Path(download.value.path()).read_bytes()
    sheet = parse_response(raw)
    assert isinstance(sheet, SurveySheet) and download.value.suggested_filename == f"survey-{sheet.token}.json"
    assert sheet.answers["pace"] == Picked(("fast",)) and "1 question is left" in page.locator(".said").inner_text()
    assert set(json.loads(raw)) == {"version", "quiz", "edition", "token", "answers"}
    _accessible(page)


@pytest.mark.slow
def test_page_for_all_asks_for_a_name_and_an_attempt(course, opened, tmp_path):
    file = course.root / "quizzes/every-type.yaml"
    file.write_text("variants: shared\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    hand_out(course, ["every-type"], [], tmp_path / "out")
    page = opened(tmp_path / "out/every-type.fr.html")
    page.keyboard.press("Tab")
    keyboard.reach(page, lambda at: at["form"] == "finish" and at["tag"] == "BUTTON", key="Shift+Tab")
    page.keyboard.press("Enter")
    # The browser itself asks for the name, and goes there.
    assert keyboard.where(page)["field"] == "student" and page.locator(".said").inner_text() == ""
    page.keyboard.type("bob")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    made = parse_response(Path(download.value.path()).read_bytes())
    assert (made.student, made.attempt, made.answers) == ("bob", 2, {})
