"""Answers from Python values, and answers in words."""

from pathlib import Path

import pytest

from autograder.adapters.quizzes.load import load_quiz
from autograder.pure.quizzes.given import from_python
from autograder.pure.quizzes.release import student_question
from autograder.pure.quizzes.said import in_words
from autograder.quiz_types import Filled, Picked, Typed

QUIZ = load_quiz(Path(__file__).parents[2] / "quizzes" / "valid" / "every-type.yaml")
GIVEN = [
    ("scale", 2, "It saves memory"),
    ("pos", [1, 3], "BERT; RoBERTa"),
    ("kv", "144 MiB", "144 MiB"),
    ("kv", 144, "144"),
    ("gap", [15, 1, "encoder"], "15; next; encoder"),
    ("families", [1, 2], "encoder only → BERT; decoder only → GPT"),
    ("uniform", [0.5, "0,5"], "[0.5, 0,5]"),
    ("mask", [[1, 0, 0], [True, True, False], [1, 1, 1]], "[[1, 0, 0], [1, 1, 0], [1, 1, 1]]"),
    ("look", 2, "il, dort"),
    ("bug", [2], "line 2: weights = torch.softmax(scores, dim=0)"),
    ("essay", "Because", "Because"),
]


def _body(id):
    return student_question(QUIZ.question(id), None).body


@pytest.mark.parametrize(("id", "value", "said"), GIVEN, ids=[f"{id}-{value}" for id, value, _ in GIVEN])
def test_value_is_the_answer_it_stands_for(id, value, said):
    assert in_words(_body(id), from_python(_body(id), value)).en == said


def test_order_takes_every_number_once_and_is_said_with_arrows():
    body = _body("pipeline")
    given = from_python(body, [4, 3, 2, 1])
    assert given == Picked(tuple(each.id for each in reversed(body.items)))
    assert in_words(body, given).en == " → ".join(each.text.en for each in reversed(body.items))


@pytest.mark.parametrize(
    ("id", "value", "expected"),
    [
        ("scale", 3, "numbers from 1 to 2, not 3"),
        ("scale", "var", "numbers from 1 to 2, not 'var'"),
        ("scale", True, "numbers from 1 to 2, not True"),
        ("scale", [1, 2], "expected one number"),
        ("pipeline", [1, 2, 2, 3], "every number from 1 to 4 once"),
        ("gap", [15], "a list of 3"),
        ("mask", [[1, 0], [1, 1]], "a list of 3"),
        ("families", 1, "a list of 2"),
    ],
)
def test_value_that_is_no_answer_is_told(id, value, expected):
    with pytest.raises(ValueError, match=expected):
        from_python(_body(id), value)


def test_what_is_left_out_is_said_by_dots():
    assert in_words(_body("gap"), Filled({"b": "next"})).en == "…; next; …"
    assert in_words(_body("uniform"), Filled({"1": "1"})).en == "[…, 1]"
    assert in_words(_body("scale"), Typed("forged")).en == "forged"
    assert in_words(_body("scale"), Filled({"a": "b"})).en == ""
