"""Quizzes written for other programs and brought in from them, with what they lose."""

from pathlib import Path

import pytest

from autograder.adapters.quizzes.exchange.fit import bank_of
from autograder.adapters.quizzes.exchange.formats import FORMATS
from autograder.adapters.quizzes.load import load_quiz
from autograder.errors import CourseError
from autograder.types import Text
from autograder.usecases.quizzes.exchange import as_document, bring_in, export, import_document, loss_rows, rows

ROOT = Path(__file__).parents[3]


def test_export_writes_a_file_per_language_and_tells_what_is_lost(course, tmp_path):
    done = export(course, ["every-type"], "moodle", ["en", "fr"], 2, tmp_path)
    document = as_document(done, "moodle")
    assert [file.name for file in done[0].files] == ["every-type.en.xml", "every-type.fr.xml"]
    assert document["files"] == [str(tmp_path / name) for name in ("every-type.en.xml", "every-type.fr.xml")]
    assert {
        "quiz": "every-type",
        "question": "kv",
        "level": "degraded",
        "what": "values are drawn among 2 variants, not for each student",
    } in document["losses"]
    assert ("every-type", "(all)", "aside", "attempts.max: not in the file, set it where the quiz is taken") in rows(
        done
    )
    # The same in both languages is told once.
    assert len(rows(done)) == len(set(rows(done)))


def test_survey_loses_in_moodle_what_has_no_right_answer(course, tmp_path):
    lost = export(course, ["feedback"], "moodle", ["en"], 2, tmp_path)[0].losses
    assert {each.level for each in lost if each.question == "pace"} == {"lost"}


def test_two_languages_come_back_as_one_quiz_that_loads(course, tmp_path):
    files = export(course, ["every-type"], "moodle", ["en", "fr"], 2, tmp_path)[0].files
    done = bring_in(files[::-1], "moodle", tmp_path / "again/every-type.yaml")
    quiz = load_quiz(done.file)
    assert done.problems == ()
    assert quiz.title == Text("Every type", "Tous les types")
    assert quiz.question("scale").body.choices[0].why == Text(
        "A sum of $d_k$ products has variance $d_k$", "Une somme de $d_k$ produits a pour variance $d_k$"
    )
    assert ("kv", "degraded", "variants of which one is drawn become questions of their own") in loss_rows(done.losses)
    assert import_document(done)["problems"] == []


def test_what_an_import_lacks_is_told_with_its_line(tmp_path):
    (tmp_path / "a.gift").write_text("Why?{=because ~no}\n")
    done = bring_in([tmp_path / "a.gift"], "gift", tmp_path / "a.yaml")
    assert [line.split(": ", 1)[1] for line in done.problems] == [
        "question 'why': this choice is not explained. Remedy: add 'why:'."
    ] * 2


def test_import_neither_overwrites_nor_mixes(course, tmp_path):
    (tmp_path / "a.gift").write_text("Why?{=because ~no}\n")
    with pytest.raises(CourseError, match=r"a\.gift: is there already\. Remedy: name another --out"):
        bring_in([tmp_path / "a.gift"], "gift", tmp_path / "a.gift")
    (tmp_path / "b.en.gift").write_text("Why?{=because ~no}\n")
    with pytest.raises(CourseError, match=r"b\.en\.gift: both files are in one language"):
        bring_in([tmp_path / "a.gift", tmp_path / "b.en.gift"], "gift", tmp_path / "a.yaml")


def test_hostile_file_is_refused_before_anything_is_written(tmp_path):
    (tmp_path / "a.xml").write_text('<!DOCTYPE q [<!ENTITY f SYSTEM "file:///etc/passwd">]><quiz>&f;</quiz>')
    with pytest.raises(CourseError, match="it declares a document type"):
        bring_in([tmp_path / "a.xml"], "moodle", tmp_path / "a.yaml")
    assert not (tmp_path / "a.yaml").exists()


def table():
    """Type by format, what becomes of a question, and why: from the quiz that holds every case."""
    quiz = load_quiz(ROOT / "tests/quizzes/exchange/exports.yaml")
    told = {
        (question.id, name): [
            (loss.level, loss.what.replace(form.able.name, "the format"))
            for loss in bank_of(quiz, "en", form.able, b"secret", 5)[1]
            if loss.question == question.id and loss.level != "aside"
        ]
        for question in quiz.questions
        for name, form in FORMATS.items()
    }
    reasons = list(dict.fromkeys(what for losses in told.values() for _, what in losses))
    lines = [f"| question | {' | '.join(form.able.name for form in FORMATS.values())} |", "|---" * 5 + "|"]
    for question in quiz.questions:
        cells = []
        for name in FORMATS:
            own = told[question.id, name]
            numbers = ", ".join(str(reasons.index(what) + 1) for _, what in own)
            cells.append(f"{own[0][0]} ({numbers})" if own else "kept")
        lines.append(f"| `{question.type}`: {question.id.replace('-', ' ')} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", *(f"{number}. {what}" for number, what in enumerate(reasons, 1))])


def test_the_guide_says_what_the_exports_do():
    guide = (ROOT / "docs/quiz-exports.md").read_text(encoding="utf-8")
    assert table() in guide, f"Remedy: put this into docs/quiz-exports.md:\n{table()}"
