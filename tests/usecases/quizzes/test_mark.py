"""`quiz mark`: attempts into grades, key changes seen before they are written, essays, surveys, hostile files."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.adapters.attempts import AttemptBook
from autograder.adapters.quizzes.load import quiz_named
from autograder.adapters.quizzes.survey import place as survey_place
from autograder.adapters.quizzes.survey import results
from autograder.entry.cli import app
from autograder.errors import CourseError
from autograder.quiz_types import Picked, Typed
from autograder.types import Status
from autograder.usecases.quizzes.mark import as_document, carry_out, prepare
from autograder.usecases.quizzes.statistics import class_statistics, survey_results
from autograder.usecases.report import write_report

RIGHT, WRONG = {"causal": Picked(("true",))}, {"causal": Picked(("false",))}


def _grades(book):
    return {each.student: each for each in book.latest()}


def _mark(course, inbox, book):
    marking = prepare(course, inbox, book)
    carry_out(course, marking, book)
    return marking


def _mend_key(course):
    """The key of `causal` was the wrong way round."""
    file = course.root / "quizzes/every-type.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("answer: true\n", "answer: false\n"), encoding="utf-8")


def test_response_becomes_a_grade_beside_the_others(course, book, hand_in, inbox):
    hand_in("ada", {**RIGHT, "scale": Picked(("mem",))})
    _mark(course, inbox, book)
    ada = _grades(book)["ada"]
    assert (ada.assignment, ada.status, ada.score, ada.max_score) == ("quiz-every-type", Status.GRADED, 1.0, 19.0)
    scale = next(group for group in ada.groups if group.id == "scale")
    assert (scale.points, scale.mistake, scale.message.en) == (0.0, "cost-vs-statistics", "The shape is the same.")
    assert "« retrieval »" in scale.hint.fr


def test_nothing_is_written_twice(course, book, hand_in, inbox):
    hand_in("ada", RIGHT)
    _mark(course, inbox, book)
    again = _mark(course, inbox, book)
    assert not again.attempts and not any(each.differs for each in again.changes) and not again.refused
    assert len(book.history("quiz-every-type", "ada")) == 1


def test_best_attempt_counts_at_what_it_keeps(course, book, hand_in, inbox):
    hand_in("ada", WRONG)
    _mark(course, inbox, book)
    assert _grades(book)["ada"].score == 0
    hand_in("ada", RIGHT, attempt=2)
    _mark(course, inbox, book)
    assert _grades(book)["ada"].score == 0.75
    assert [each.score for each in book.history("quiz-every-type", "ada")] == [0, 0.75]


def test_late_attempt_loses_its_share(course, book, hand_in, inbox):
    hand_in("ada", RIGHT, at="2026-11-14 12:00:00 UTC")
    _mark(course, inbox, book)
    ada = _grades(book)["ada"]
    assert ada.late_s > 0 and ada.penalty == pytest.approx(course.late_penalty_per_day)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"edition": 2}, "answers edition 2, and the quiz is at edition 1"),
        ({"attempt": 4}, "is attempt 4, and 3 count"),
        ({"student": "bob"}, "names 'bob' and lies in the folder of 'ada'"),
        ({"drawn": {"kv": {"L": 1, "d": 1, "T": 1}}}, "answers other values than those drawn for 'ada'"),
        ({"quiz": "other"}, "answers no quiz of this course (every-type, feedback)"),
        ({"answers": {"causal": {"a": 1}}}, "is no response file"),
        ({"more": 1}, "is no response file"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_forged_response_is_refused_and_earns_nothing(course, book, hand_in, inbox, change, why):
    path = hand_in("ada", RIGHT)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    marking = _mark(course, inbox, book)
    assert [why in line and ". Remedy: " in line for line in marking.refused] == [True]
    assert not _grades(book)


def test_changed_answers_under_the_same_number_are_refused(course, book, hand_in, inbox):
    hand_in("ada", WRONG)
    _mark(course, inbox, book)
    hand_in("ada", RIGHT)
    assert "attempt 1 of 'ada' is kept already" in _mark(course, inbox, book).refused[0]
    assert _grades(book)["ada"].score == 0


def test_link_in_the_folder_is_not_followed(course, book, hand_in, inbox):
    path = hand_in("ada", RIGHT)
    (inbox / "bob").mkdir()
    (inbox / "bob" / path.name).symlink_to(path)
    assert len(prepare(course, inbox, book).refused) == 1


def test_key_change_shows_every_old_and_new_mark_before_anything_is_written(course, book, hand_in, inbox, monkeypatch):
    for student, answers in (("ada", RIGHT), ("bob", WRONG), ("eve", {})):
        hand_in(student, answers)
    _mark(course, inbox, book)
    _mend_key(course)
    monkeypatch.chdir(course.root)
    runner, where = CliRunner(), ["--gradebook", str(inbox.parent / "gradebook.db"), "--json"]

    preview = runner.invoke(app, ["quiz", "mark", str(inbox), "--preview", *where])
    document = json.loads(preview.stdout)
    assert (preview.exit_code, document["written"]) == (0, False)
    assert [(each["student"], each["old"], each["new"]) for each in document["marks"]] == [
        ("ada", 1.0, 0.0),
        ("bob", 0.0, 1.0),
        ("eve", 0.0, 0.0),
    ]
    assert {each.score for each in book.latest() if each.student == "ada"} == {1.0}

    held = runner.invoke(app, ["quiz", "mark", *where])
    assert held.exit_code == 1 and "marks of 2 students would change" in held.stderr
    assert _grades(book)["ada"].score == 1.0

    done = runner.invoke(app, ["quiz", "mark", "--regrade", *where])
    assert done.exit_code == 0 and json.loads(done.stdout)["written"]
    assert {student: grade.score for student, grade in _grades(book).items()} == {"ada": 0, "bob": 1, "eve": 0}
    assert [each.score for each in book.history("quiz-every-type", "ada")] == [1, 0]


def test_essay_waits_for_a_person_and_then_counts(course, book, hand_in, inbox):
    hand_in("ada", {"essay": Typed("It trains in parallel.\n- and: more\u202e")})
    marking = _mark(course, inbox, book)
    assert _grades(book)["ada"].status is Status.NEEDS_REVIEW
    (queue,) = marking.queues
    assert queue.missing == 1 and "# of 2: short paths for the gradient" in queue.place.read_text(encoding="utf-8")

    filled = queue.place.read_text(encoding="utf-8").replace(": null", ": 1")
    queue.place.write_text(filled, encoding="utf-8")
    _mark(course, None, book)
    ada = _grades(book)["ada"]
    assert (ada.status, ada.score) == (Status.GRADED, 2.0)
    assert queue.place.read_text(encoding="utf-8") == filled

    queue.place.write_text(filled.replace("path: 1", "path: 3"), encoding="utf-8")
    with pytest.raises(CourseError, match="3 points for 'path', of 2"):
        prepare(course, None, book)


def test_survey_keeps_nothing_that_leads_to_who_answered(course, book, hand_in, inbox):
    paths = [
        hand_in(f"student-{n}", {"pace": Picked(("fine",)), "words": Typed(text)}, quiz="feedback")
        for n, text in enumerate(["more", "less", "all well", "fast", "more"])
    ]
    for path in paths[:4]:
        assert "student" not in path.read_text() and "finished" not in path.read_text()
    quiz = quiz_named(course.root, "feedback")
    last = paths[4].read_bytes()
    paths[4].unlink()
    assert carry_out(course, prepare(course, inbox, book), book) == {"feedback": 4}
    assert not any(path.exists() for path in paths)
    for opinion in results(course.root, quiz).opinions:
        assert not opinion.shown and not opinion.texts and not opinion.choices

    paths[4].write_bytes(last)
    (inbox / "copy").mkdir()
    (inbox / "copy" / "sheet.json").write_bytes(last)
    assert carry_out(course, prepare(course, inbox, book), book) == {"feedback": 1}
    pace, liked, words = results(course.root, quiz).opinions
    assert {each.id: each.count for each in pace.choices} == {"slow": 0, "fine": 5, "fast": 0}
    assert words.texts == ("all well", "fast", "less", "more", "more") and not liked.shown
    kept = survey_place(course.root, "feedback").read_text()
    assert "student-" not in kept and "2026" not in kept
    assert not AttemptBook(book).of("feedback") and not book.latest()


def test_preview_of_a_survey_deletes_nothing(course, book, hand_in, inbox):
    path = hand_in("ada", {"pace": Picked(("fine",))}, quiz="feedback")
    marking = prepare(course, inbox, book)
    assert len(marking.surveys) == 1 and path.exists()
    assert as_document(marking, {}, False)["surveys"] == []


def test_answers_of_a_quiz_that_gained_a_parameter_are_told(course, book, hand_in, inbox):
    hand_in("ada", {"kv": Typed("12")})
    _mark(course, inbox, book)
    file: Path = course.root / "quizzes/every-type.yaml"
    text = file.read_text(encoding="utf-8").replace("params: {L:", "params: {z: {choice: [1, 2]}, L:")
    text = text.replace("$T={{T}}$", "$T={{T}}$, {{z}}").replace("2*L*T*d*2 / 2**20", "z*L*T*d*2 / 2**20")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match="give the changed question a new id"):
        prepare(course, None, book)


def test_report_shows_a_survey_from_five_answers_up_and_essays_that_wait(course, book, hand_in, inbox):
    for n in range(5):
        hand_in(f"s{n}", {"pace": Picked(("fine",)), "words": Typed(f"<b>word {n}</b>")}, quiz="feedback")
    hand_in("ada", {"essay": Typed("Because")})
    _mark(course, inbox, book)
    found, surveys = class_statistics(course, book), survey_results(course)
    page = write_report(book.latest(), [], course.title, inbox.parent, "en", found, surveys).read_text(encoding="utf-8")
    assert "What do you think of the course?" in page and "5 of 5" in page
    assert "&lt;b&gt;word 4&lt;/b&gt;" in page and "<b>word" not in page
    assert page.count("Fewer than five answers: not shown.") == 1
    assert "Essays to read" in page and "Our fault" not in page
