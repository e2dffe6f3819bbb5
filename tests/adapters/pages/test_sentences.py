from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.adapters.pages import sentences
from autograder.types import Outcome, Status

FAILED, CRASHED, LIMIT, BROKEN = Outcome.FAILED, Outcome.CRASHED, Outcome.LIMIT, Outcome.BROKEN
ALL = ("softmax", "scale", "values", "mask", "masked-rows", "gradients")


def _plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_headline_counts_groups_and_points(grade):
    some = grade("attention", "alice", {"scale": FAILED, "mask": CRASHED})
    assert _plain(sentences.headline(some, "en")) == "4 of 6 groups earned, 13 of 20 points"
    assert _plain(sentences.headline(some, "fr")) == "4 groupes acquis sur 6, 13 points sur 20"


def test_headline_under_review_says_so_far(grade):
    assert sentences.headline(grade("attention", "alice", {"mask": BROKEN}), "en").endswith("points so far")


def test_rejected_work_has_no_score_in_words(rejected):
    assert "points" not in sentences.headline(rejected, "en")
    assert sentences.encouragement(rejected) == sentences.REJECTED
    assert "hand it in again" in sentences.next_steps(rejected)[-1].en


def test_overall_leaves_rejected_work_out(grade, rejected):
    words = sentences.overall([grade("vocabulary", "alice", {"build": FAILED}), rejected], "fr")
    assert _plain(words) == "4 groupes acquis sur 5, 7 points sur 10, pour 1 devoir."
    assert "see below" in sentences.overall([rejected], "en")


@pytest.mark.parametrize(
    ("lost", "start"),
    [((), "Everything"), (ALL[:1], "One group"), (ALL[:3], "Most"), (ALL[:4], "A start"), (ALL, "Nothing")],
)
def test_tone_follows_what_stands(grade, lost, start):
    assert sentences.encouragement(grade("attention", "alice", dict.fromkeys(lost, FAILED))).en.startswith(start)


def test_our_fault_is_said_kindly_and_asks_nothing_of_the_student(grade):
    broken = grade("attention", "alice", {"mask": BROKEN})
    assert broken.status is Status.NEEDS_REVIEW
    assert "Nothing was lost" in sentences.encouragement(broken).en
    assert "Rien n'est perdu" in sentences.encouragement(broken).fr
    assert sentences.next_steps(broken) == []


def test_full_marks_leave_nothing_to_do(grade):
    assert sentences.next_steps(grade("attention", "alice", {})) == []


def test_next_step_starts_with_a_recognised_slip(grade):
    steps = sentences.next_steps(
        grade("attention", "alice", {"scale": FAILED, "values": FAILED}, {"values": "wrong_axis"})
    )
    assert "Weighted values" in steps[0].en
    assert "« Les valeurs pondérées »" in steps[0].fr


@pytest.mark.parametrize(("outcome", "word"), [(FAILED, "by hand"), (CRASHED, "raised an error"), (LIMIT, "loop")])
def test_advice_fits_the_outcome(grade, outcome, word):
    assert word in sentences.next_steps(grade("attention", "alice", {"mask": outcome}))[0].en


def test_late(grade):
    on_time = grade("attention", "alice", {})
    assert sentences.late(on_time, "en") is None
    assert _plain(sentences.late(replace(on_time, late_s=93_600), "fr")) == "1 jour et 2 heures de retard"
    costly = replace(on_time, late_s=93_600, penalty=2.5)
    assert _plain(sentences.late(costly, "en")) == "1 day 2 hours late, −2.5 points"
    assert _plain(sentences.late(costly, "fr")) == "1 jour et 2 heures de retard, −2,5 points"


def test_every_outcome_and_status_has_its_words():
    assert set(sentences.OUTCOME) == set(Outcome)
    assert set(sentences.STATUS) == set(Status)
    assert all(text.en and text.fr for text in (*sentences.OUTCOME.values(), *sentences.STATUS.values()))
    assert len({text.fr for text in sentences.OUTCOME.values()}) == len(Outcome)


def test_quiz_is_told_in_questions_and_sends_nobody_to_code(grade):
    quiz = replace(grade("attention", "a", {"mask": Outcome.FAILED}), assignment="quiz-heads")
    assert sentences.headline(quiz, "en").startswith("5 of 6 questions right, ")
    assert sentences.headline(quiz, "fr").startswith("5\u00a0réponses justes sur\u00a06, ")
    assert sentences.next_steps(quiz) == []
    assert "lesson" in sentences.encouragement(quiz).en
    waiting = replace(quiz, status=Status.NEEDS_REVIEW)
    assert sentences.encouragement(waiting) == sentences.ESSAYS_WAIT
    assert sentences.overall([quiz, grade("attention", "a", {})], "en").startswith("6 of 6 groups earned, ")
