from pathlib import Path

from autograder.adapters.quizzes.load import load_quiz
from autograder.pure.quizzes.release import student_quiz
from autograder.quiz_types import Pile

QUIZ = load_quiz(Path(__file__).parents[2] / "quizzes" / "valid" / "every-type.yaml")


def test_order_shown_is_never_the_one_asked_for_and_otherwise_any():
    shown = set()
    for number in range(300):
        paper = student_quiz(QUIZ, b"a secret of the course", f"student-{number}", 1)
        pile = next(each.body for each in paper.questions if each.id == "pipeline")
        assert isinstance(pile, Pile)
        shown.add(tuple(item.id for item in pile.items))
    assert QUIZ.question("pipeline").body.key not in shown and len(shown) == 23
