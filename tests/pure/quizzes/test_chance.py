from itertools import product
from pathlib import Path

import pytest

from autograder.adapters.quizzes.load import load_quiz, quiz_files
from autograder.pure.quizzes.chance import random_credit, random_mark, ticks
from autograder.pure.quizzes.marking import mark
from autograder.quiz_types import Choices, Picked

ROOT = Path(__file__).parents[3]
QUIZ = load_quiz(ROOT / "tests" / "quizzes" / "valid" / "every-type.yaml")


def test_ticking_is_averaged_over_every_set():
    question = QUIZ.question("pos")
    letters = [choice.id for choice in question.body.choices]
    sets = [Picked(tuple(id for id, on in zip(letters, each, strict=True) if on)) for each in product([0, 1], repeat=4)]
    assert random_credit(question) == pytest.approx(sum(mark(question, each, "en").credit for each in sets) / len(sets))


@pytest.mark.parametrize(("id", "expected"), [("scale", 1 / 2), ("causal", 1 / 2), ("families", 1 / 3), ("look", 1 / 4),
                                              ("kv", 0), ("essay", 0), ("gap", 1 / 6)])  # fmt: skip
def test_guess_earns(id, expected):
    assert random_credit(QUIZ.question(id)) == pytest.approx(expected)


def test_random_mark_weighs_by_points():
    credits = [random_credit(each) * each.points for each in QUIZ.questions]
    assert random_mark(QUIZ) == pytest.approx(sum(credits) / QUIZ.points)


@pytest.mark.parametrize("right", range(1, 8))
def test_balanced_ticks_average_a_quarter_at_most(right):
    assert all(ticks(right, wrong, "balanced") <= 0.25 for wrong in range(1, 9 - right))


@pytest.mark.parametrize("file", quiz_files(ROOT / "quizzes"), ids=lambda file: file.stem)
def test_in_the_course_ticking_all_or_nothing_earns_nothing(file):
    for question in load_quiz(file).questions:
        if question.type == "multiple" and isinstance(question.body, Choices) and question.body.scoring == "balanced":
            everything = Picked(tuple(choice.id for choice in question.body.choices))
            assert mark(question, everything, "en").credit == 0
            assert mark(question, Picked(()), "en").credit == 0
            assert random_credit(question) <= 0.25
