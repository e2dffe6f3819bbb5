"""`quiz check`: on every faulty file its message, on every sound one none."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.adapters.quizzes.load import quiz_files
from autograder.entry.cli import app
from autograder.machinery.sandbox import strongest_tier
from autograder.pure.quizzes.chance import random_credit
from autograder.pure.quizzes.marking import mark
from autograder.quiz_types import Choices, Picked
from autograder.usecases.quizzes.check import as_document, check, chosen

ROOT = Path(__file__).parents[3]
INVALID = ROOT / "tests/quizzes/invalid"
VALID = ROOT / "tests/quizzes/valid"


@pytest.fixture(scope="module")
def told():
    """What is told of each faulty file; one sandbox serves them all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(INVALID)
        done = check(ROOT, [Path(file.name) for file in quiz_files(INVALID)], strongest_tier)
    return {each.id: each.problems for each in done}


@pytest.fixture(scope="module")
def sound():
    return check(ROOT, [*quiz_files(VALID), *quiz_files(ROOT / "quizzes")], strongest_tier)


@pytest.mark.parametrize("file", quiz_files(INVALID), ids=lambda path: path.stem)
def test_faulty_quiz_is_told_with_line_and_remedy(file, told):
    assert "".join(f"{each}\n" for each in told[file.stem]) == file.with_suffix(".error").read_text(encoding="utf-8")
    assert all(each.startswith(f"{file.name}:") and ". Remedy: " in each for each in told[file.stem])


def test_there_is_a_file_for_every_kind_of_fault(told):
    assert len(told) >= 30 and all(told.values())


def test_sound_quizzes_have_no_problem(sound):
    assert {each.id: each.problems for each in sound} == {each.id: () for each in sound}


def test_ticking_all_or_none_earns_nothing_and_random_ticks_a_quarter_at_most(sound):
    asked = [
        question
        for each in sound
        if each.quiz.mode != "survey"
        for question in each.quiz.questions
        if question.type == "multiple" and question.body.scoring == "balanced"
    ]
    assert len(asked) >= 6
    for question in asked:
        assert isinstance(question.body, Choices)
        everything = Picked(tuple(choice.id for choice in question.body.choices))
        assert mark(question, everything, "en").credit == mark(question, Picked(()), "en").credit == 0
        assert random_credit(question) <= 0.25


def test_document_is_that_of_the_contract(sound):
    document = as_document(sound)
    assert (document["version"], len(document["quizzes"])) == (1, len(sound))
    found = next(each for each in document["quizzes"] if each["id"] == "every-type")
    assert list(found) == ["id", "questions", "types", "variants", "languages", "random_mark", "problems"]
    assert (found["questions"], found["types"]["hotspot"], found["variants"]) == (16, 3, 1)
    assert found["languages"] == ["en", "fr"] and 0 < found["random_mark"] < 0.25


def test_command_exits_1_with_the_problems_and_one_document(monkeypatch):
    monkeypatch.chdir(ROOT)
    file = INVALID / "two-right.yaml"
    done = CliRunner().invoke(app, ["quiz", "check", str(file), "--json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["quizzes"][0]["problems"] == [
        "tests/quizzes/invalid/" + file.with_suffix(".error").read_text(encoding="utf-8").strip()
    ]
    assert "2 choices are correct" in done.stderr


def test_command_exits_0_and_shows_what_guessing_earns(monkeypatch):
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(app, ["quiz", "check", "original"])
    assert done.exit_code == 0 and "25%" in done.stdout and "no problem" in done.stdout


def test_unknown_quiz_is_told_with_those_there_are():
    with pytest.raises(Exception, match=r"no quiz 'orignal'.*write 'original'"):
        chosen(ROOT, ["orignal"])
