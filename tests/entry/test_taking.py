"""`quiz take`: every type of question in a terminal, practice answered at once, graded ones written to be handed in."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.adapters.quizzes.documents import parse_response
from autograder.entry.cli import app
from autograder.quiz_types import Filled, Picked, Typed

ROOT = Path(__file__).parents[2]
VALID = ROOT / "tests/quizzes/valid"
PRACTICE = """
schema: 1
id: short
title: {en: Short, fr: Court}
mode: practice
shuffle: {choices: false}
questions:
- id: root
  type: single
  prompt: {en: "Why $\\\\sqrt{d_k}$ in **attention**?", fr: "Pourquoi $\\\\sqrt{d_k}$ dans l'**attention** ?"}
  choices:
  - {id: mem, text: {en: Memory, fr: Mémoire}, why: {en: Same shape, fr: Même forme}, misconception: cost-vs-statistics}
  - {id: var, correct: true, text: {en: Variance, fr: Variance}, why: {en: It stays 1, fr: Elle reste 1}}
  hints: [{en: Think of a variance, fr: Pensez à une variance}]
- id: size
  type: numeric
  prompt: {en: 'Bytes of fp16?', fr: 'Octets de fp16 ?'}
  answer: 2
  why: {en: sixteen bits, fr: seize bits}
  traps: [{expr: '16', why: {en: These are bits, fr: Ce sont des bits}}]
"""


@pytest.fixture
def quizzes(mini, monkeypatch):
    """The mini course with the quiz of every type, the survey, and a short one to practise."""
    monkeypatch.setenv("AUTOGRADER_SECRET", "a secret of the course")
    monkeypatch.setenv("COLUMNS", "100")
    shutil.copytree(VALID, mini / "quizzes")
    (mini / "quizzes/short.yaml").write_text(PRACTICE, encoding="utf-8")
    monkeypatch.chdir(mini)
    return mini


def _take(*argv, lines):
    return CliRunner().invoke(app, ["quiz", "take", *argv], input="".join(f"{line}\n" for line in lines))


def test_practice_answers_at_once_with_hint_trap_and_explanation(quizzes):
    done = _take("short", lines=["1", "r", "2", "16", "", ""])
    assert done.exit_code == 0
    said = done.stdout
    order = ["√(d_k) in attention", "Not right", "Same shape", "Misunderstanding", "Hint:", "Think of a variance",
             "✓ Right", "It stays 1", "These are bits", "Answer:\n2\nsixteen bits", "1 of 2\u00a0points"]  # fmt: skip
    assert [said.index(each) for each in order] == sorted(said.index(each) for each in order)


def test_practice_is_in_french_with_its_typography(quizzes):
    said = _take("short", "--lang", "fr", lines=["2", "17", ""]).stdout
    assert "Octets de fp16\u202f?" in said and "Indice" not in said and "1\u00a0point sur\u00a02" in said


def test_json_is_one_document_and_the_questions_go_to_stderr(quizzes):
    done = _take("short", "--json", lines=["2", "2"])
    document = json.loads(done.stdout)
    assert (document["version"], document["score"], document["max_score"], document["file"]) == (1, 2.0, 2.0, None)
    assert [each["credit"] for each in document["answers"]] == [1.0, 1.0] and "Bytes of fp16?" in done.stderr


def test_input_that_ends_keeps_what_was_answered_in_practice(quizzes):
    assert "0 of 1\u00a0point" in _take("short", lines=["1"]).stdout


# In the order of the questions that the secret draws for ada's first attempt.
ANSWERS = {
    "scale": ["1"], "pos": ["1 2"], "causal": ["1"], "kv": ["12 MiB"], "who": ["Attention is all you need"],
    "gap": ["15", "1", "encoder"], "families": ["1", "2"], "pipeline": ["5", "1 2 2 3", "4 3 2 1"],
    "uniform": ["0.5", "0.5 0,5"], "mask": ["1 0 0", "1 1 0", "1 1 1"], "heads": ["B, H, T, d_k"],
    "out": ["torch.Size([3])", ""], "look": ["2"], "bug": ["x", "2"], "part": ["2"], "essay": ["Because", "of it", ""],
}  # fmt: skip


def _asked(course, monkeypatch):
    from autograder.adapters.course import secret
    from autograder.adapters.quizzes.load import quiz_named
    from autograder.pure.quizzes.release import student_quiz

    return student_quiz(quiz_named(course, "every-type"), secret(course), "ada", 1)


def test_every_type_is_answered_looked_over_and_written(quizzes, monkeypatch):
    paper = _asked(quizzes, monkeypatch)
    lines = [line for question in paper.questions for line in ANSWERS[question.id]]
    change = next(place for place, each in enumerate(paper.questions, 1) if each.id == "who")
    done = _take("every-type", "--student", "ada", lines=[*lines, str(change), "BERT", ""])
    assert done.exit_code == 0, done.output
    made = parse_response((quizzes / "answers/every-type-1.json").read_bytes())
    assert (made.student, made.attempt, made.language, made.drawn) == ("ada", 1, "en", paper.drawn)
    shown = {each.id: each.body for each in paper.questions}
    assert set(made.answers) == set(ANSWERS)
    assert made.answers["who"] == Typed("BERT") and made.answers["essay"] == Typed("Because\nof it")
    assert made.answers["pipeline"] == Picked(tuple(each.id for each in reversed(shown["pipeline"].items)))
    assert made.answers["mask"] == Filled({
        f"{row},{column}": "true" if column <= row else "false" for row in range(3) for column in range(3)
    })  # fmt: skip
    assert made.answers["uniform"] == Filled({"0": "0.5", "1": "0,5"}) and made.answers["look"] == Picked(("0,1",))
    assert made.answers["gap"].slots["a"] == "15" and made.answers["bug"] == Picked(("2",))
    assert "[[1, 0, 0], [1, 1, 0], [1, 1, 1]]" in done.stdout and "(1)\u00a0____ % of the tokens" in done.stdout


def test_what_was_taken_is_marked(quizzes, monkeypatch):
    paper = _asked(quizzes, monkeypatch)
    places = {each.id: place for place, each in enumerate(paper.questions, 1)}
    skipped = [blank for each in paper.questions for blank in [""] * len(_prompts(each))]
    done = _take("every-type", "--student", "ada", lines=[*skipped, str(places["bug"]), "2", ""])
    assert done.exit_code == 0 and done.stdout.count("no answer") == 2 * len(places) - 1
    marked = CliRunner().invoke(app, ["quiz", "mark", "answers", "--json"])
    (mark,) = json.loads(marked.stdout)["marks"]
    assert (mark["quiz"], mark["student"], mark["new"], mark["max_score"]) == ("every-type", "ada", 1.0, 19.0)


def _prompts(question):
    """How many lines a question asks for when each is left empty."""
    body = question.body
    return (
        getattr(body, "gaps", None)
        or getattr(body, "lefts", None)
        or [1] * (body.shape[0] if len(getattr(body, "shape", ())) == 2 else 1)
    )


def test_survey_asks_for_no_name(quizzes):
    done = _take("feedback", lines=["2", "", "More exercises", "", ""])
    (file,) = (quizzes / "answers").glob("survey-*.json")
    assert done.exit_code == 0 and parse_response(file.read_bytes()).answers["words"] == Typed("More exercises")
    assert "Anonymous" in done.stdout and "enrolled" not in done.stdout


def test_quiz_that_is_broken_off_writes_nothing(quizzes):
    done = _take("every-type", "--student", "ada", lines=["1"])
    assert (done.exit_code, "nothing was written" in done.stdout, (quizzes / "answers").exists()) == (1, True, False)


def test_own_values_need_a_name(quizzes):
    nameless = _take("every-type", lines=[])
    assert nameless.exit_code == 1 and "Remedy: add the student's name" in str(nameless.exception)


def test_attempts_end_with_the_files_that_were_written(quizzes):
    (quizzes / "answers").mkdir()
    for number in (1, 2, 3):
        (quizzes / f"answers/every-type-{number}.json").write_text("{}")
    ended = _take("every-type", "--student", "ada", lines=[])
    assert ended.exit_code == 1 and "3 attempts count" in str(ended.exception)


def test_paper_that_was_handed_out_is_found_by_the_quiz_alone(quizzes, monkeypatch):
    from autograder.adapters.course import load_course
    from autograder.usecases.quizzes.hand_out import hand_out
    from autograder.usecases.quizzes.take import begin

    hand_out(load_course(quizzes), ["every-type"], ["ada"], quizzes / "released/quizzes")
    shutil.copytree(quizzes / "course", quizzes / "released/course")
    opened, attempt = begin(quizzes / "released", "every-type", "", quizzes / "answers")
    assert (opened.quiz, opened.paper.student, attempt) == (None, "ada", 1)
