from dataclasses import replace
from pathlib import Path

import pytest

from autograder.adapters.quizzes.load import load_quiz
from autograder.pure.quizzes.variants import draw, settle, settled
from autograder.quiz_types import Numeric, Param, Question, Shape, Tensor
from autograder.types import Text

SECRET = b"a secret of the course"
QUIZ = load_quiz(Path(__file__).parents[2] / "quizzes" / "valid" / "every-type.yaml")


def test_same_attempt_draws_the_same_values_for_ever():
    # Written down once: a change would give every student other questions on a regrade.
    assert draw(QUIZ, SECRET, "ada", 1) == {"kv": {"L": 12, "d": 1024, "T": 3584}}


@pytest.mark.parametrize(
    "changed",
    [(SECRET, "bob", 1), (SECRET, "ada", 2), (b"another secret, of next year", "ada", 1)],
    ids=["student", "attempt", "secret"],
)
def test_draws_differ_with(changed):
    many = replace(QUIZ.question("kv"), params=(Param("L", range(10**6)),))
    quiz = replace(QUIZ, questions=(many,))
    assert draw(quiz, *changed) != draw(quiz, SECRET, "ada", 1)
    assert draw(replace(quiz, edition=2), SECRET, "ada", 1) != draw(quiz, SECRET, "ada", 1)


def test_shared_variants_are_the_same_for_all():
    shared = replace(QUIZ, shared_variants=True)
    assert draw(shared, SECRET, "ada", 1) == draw(shared, SECRET, "bob", 2)


def test_settled_quiz_has_values_and_no_parameters():
    question = settle(QUIZ, {"kv": {"L": 12, "d": 768, "T": 512}}).question("kv")
    assert question.params == ()
    assert "$L=12$" in question.prompt.fr and "{{" not in question.prompt.en
    assert isinstance(question.body, Numeric)
    assert (question.body.expr, question.body.traps[0].expr) == ("18.0", "9.0")


def test_french_writes_a_decimal_comma_and_braces_it_in_formulas():
    body = Numeric("x")
    question = Question("a", "numeric", Text("{{x}} $x={{x}}$", "{{x}} $x={{x}}$"), body, params=(Param("x", (0.5,)),))
    prompt = settled(question, {"x": 0.5}).prompt
    assert (prompt.en, prompt.fr) == ("0.5 $x=0.5$", "0,5 $x=0{,}5$")


def test_cells_and_dimensions_are_evaluated_and_other_names_stay():
    tensor = Question("a", "tensor", Text("", ""), Tensor((2,), ("n", "n*2"), False), params=(Param("n", (3,)),))
    shape = Question("b", "shape", Text("", ""), Shape(("B", "n + 1")), params=(Param("n", (3,)),))
    assert settled(tensor, {"n": 3}).body == Tensor((2,), ("3", "6"), False)
    assert settled(shape, {"n": 3}).body == Shape(("B", "4"))
