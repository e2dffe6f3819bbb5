"""What students get: practice with its key, anything else without a byte of it."""

import base64
import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.adapters.course import load_course
from autograder.adapters.pages.markdown_html import to_line
from autograder.adapters.pages.prose import to_plain
from autograder.adapters.quizzes.documents import answers_document
from autograder.adapters.quizzes.load import load_quiz, quiz_named
from autograder.errors import CourseError
from autograder.pure.quizzes.key import key_answer
from autograder.pure.quizzes.variants import settle
from autograder.quiz_types import Choices, Filled, Picked, Typed
from autograder.types import NOTHING
from autograder.usecases.quizzes.hand_out import hand_out, read_names, schema_text
from autograder.usecases.quizzes.take import begin, mark_at_once, next_attempt, open_quiz, respond, write_answers
from autograder.usecases.release import quizzes_to_release, release_to

ROOT = Path(__file__).parents[3]


@pytest.fixture
def practice(course):
    for name in ("original.yaml", "misconceptions.yaml"):
        shutil.copy(ROOT / "quizzes" / name, course.root / "quizzes" / name)
    own = (course.root / "quizzes/misconceptions.yaml").read_text(encoding="utf-8")
    valid = (ROOT / "tests/quizzes/valid/misconceptions.yaml").read_text(encoding="utf-8")
    (course.root / "quizzes/misconceptions.yaml").write_text(
        own + valid.partition("misconceptions:\n")[2], encoding="utf-8"
    )
    return course


def test_graded_quiz_goes_out_without_a_byte_of_its_key(course, tmp_path):
    files = hand_out(course, ["every-type"], ["ada"], tmp_path / "out")[:3]
    assert [each.name for each in files] == [f"every-type-1.{end}" for end in ("quiz.json", "en.html", "fr.html")]
    assert {each.parent for each in files} == {tmp_path / "out/ada"}
    for file in files:
        _assert_keyless(file, quiz_named(course.root, "every-type"))


def _assert_keyless(file, quiz):
    raw = file.read_bytes()
    for question in quiz.questions:
        hidden = [question.why, *question.hints]
        if isinstance(question.body, Choices):
            hidden += [choice.why for choice in question.body.choices]
        for text in hidden:
            for said in (text.en, text.fr) if text != NOTHING else ():
                quoted = json.dumps(said, ensure_ascii=False)[1:-1]
                forms = (said, quoted, str(to_line(said, "en")), str(to_line(said, "fr")), to_plain(said, "fr"))
                assert [form for form in forms if form.encode() in raw] == []
    keys = "correct answer why misconception expr regex credit trap rubric key sha256 solution"
    for word in keys.split():
        assert f'"{word}'.encode() not in raw
    for value in ("torch.Size([3])", "d_k]", "attention is all you need", "2**20", "You forgot V", "markAnswer"):
        assert value.encode() not in raw
    for secret in (
        quiz.version,
        *(json.dumps(answers_document({"q": key_answer(each)})["q"]) for each in _keyed(quiz)),
    ):
        for digest in ("md5", "sha1", "sha256", "blake2b"):
            made = hashlib.new(digest, secret.encode())
            assert made.hexdigest().encode() not in raw and base64.b64encode(made.digest()) not in raw
    assert quiz.version.encode() not in raw


def _keyed(quiz):
    drawn = {"kv": {"L": 12, "d": 768, "T": 1024}}
    return [each for each in settle(quiz, drawn).questions if key_answer(each) is not None]


def test_every_student_and_attempt_has_a_paper_of_its_own(course, tmp_path):
    made = hand_out(course, ["every-type"], ["ada", "bob"], tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in made] == [
        f"{student}/every-type-{attempt}.{end}"
        for student in ("ada", "bob")
        for attempt in (1, 2, 3)
        for end in ("quiz.json", "en.html", "fr.html")
    ]
    with pytest.raises(CourseError, match=r"no student is named\. Remedy: add --student NAME"):
        hand_out(course, ["every-type"], [], tmp_path)
    with pytest.raises(CourseError, match="this is no name"):
        hand_out(course, ["every-type"], [".."], tmp_path)


def test_paper_that_was_handed_out_comes_back_as_it_was(course, tmp_path):
    opened = open_quiz(hand_out(course, ["every-type"], ["ada"], tmp_path)[0])
    assert opened.quiz is None and opened.paper.student == "ada"
    assert {type(question.body).__name__ for question in opened.paper.questions} >= {
        "Options",
        "Targets",
        "Gaps",
        "Grid",
    }
    with pytest.raises(ValueError, match="not marked at once"):
        mark_at_once(opened, "causal", Picked(("true",)), "en")


def test_practice_goes_out_whole_and_its_misconceptions_alone(practice, tmp_path):
    hand_out(practice, ["original"], [], tmp_path)
    quiz = load_quiz(tmp_path / "original.yaml")
    assert quiz.questions == quiz_named(practice.root, "original").questions
    assert "rnn-long-memory" in quiz.misconceptions and "forgets-values" not in quiz.misconceptions


def test_practice_is_marked_at_once_with_its_explanation(practice):
    opened = open_quiz(practice.root / "quizzes/original.yaml")
    right = mark_at_once(opened, "rnn", Picked(("vanishing",)), "fr")
    wrong = mark_at_once(opened, "rnn", Picked(("long",)), "fr")
    assert (right.credit, wrong.credit, wrong.misconceptions) == (1, 0, ("rnn-long-memory",))
    assert "Jacobian" in right.remarks[0].en and "fixed size" in wrong.remarks[0].en


def test_response_files_are_numbered_by_those_there_are(practice, tmp_path):
    paper = open_quiz(practice.root / "quizzes/original.yaml").paper
    assert next_attempt(tmp_path, "original") == 1
    made = respond(
        paper, {"rnn": Picked(("long",)), "x": Typed("a"), "y": Filled({"a": "b"})}, "en", datetime.now(UTC), "ada"
    )
    assert write_answers(made, tmp_path) == tmp_path / "original-1.json"
    assert next_attempt(tmp_path, "original") == 2
    with pytest.raises(Exception, match="is no name"):
        respond(paper, {}, "en", datetime.now(UTC), "")


def test_names_are_read_one_a_line(tmp_path):
    (tmp_path / "class.txt").write_text("ada\n\n bob \nada\n", encoding="utf-8")
    assert read_names(tmp_path / "class.txt") == ["ada", "bob"]
    with pytest.raises(CourseError, match="cannot be read"):
        read_names(tmp_path / "absent.txt")


def test_schema_for_editors_is_up_to_date():
    # Remedy: autograder quiz export --format schema
    assert (ROOT / "quizzes/quiz.schema.json").read_text(encoding="utf-8") == schema_text()


def test_release_holds_the_quizzes_that_are_the_same_for_all(practice, tmp_path):
    (practice.root / "course/course.yaml").open("a", encoding="utf-8").write("- {id: original}\n")
    course = load_course(practice.root)
    assert quizzes_to_release(course) == (["feedback", "original"], ["every-type"])
    done = release_to(course, [], tmp_path / "out")
    assert sorted(name for name, _ in done.files if name.startswith("quizzes/")) == [
        "quizzes/feedback.en.html",
        "quizzes/feedback.fr.html",
        "quizzes/feedback.quiz.json",
        "quizzes/misconceptions.yaml",
        "quizzes/original.en.html",
        "quizzes/original.fr.html",
        "quizzes/original.yaml",
    ]
    assert release_to(course, [], tmp_path / "out") == done
    assert begin(tmp_path / "out", "feedback", "", tmp_path)[0].quiz is None
    assert begin(tmp_path / "out", "original", "", tmp_path)[0].answers_at_once
