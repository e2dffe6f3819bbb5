"""The answers of a simulated class to the course's graded quizzes and its survey.

Covers who answers what: right more often where the student is able, else what the quiz itself names as a wrong answer.
Does not cover marking, which is the real one.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from autograder.adapters.course import Course, secret
from autograder.adapters.quizzes.load import quiz_named
from autograder.pure.quizzes.expression import evaluate
from autograder.pure.quizzes.key import key_answer
from autograder.pure.quizzes.release import student_quiz
from autograder.pure.quizzes.variants import settled
from autograder.quiz_types import Answer, Choices, Drawn, Essay, Numeric, Picked, Question, Quiz, Typed
from autograder.types import LANGUAGES, Language
from autograder.usecases.quizzes.take import respond, write_answers

_EARLY = timedelta(hours=5)  # before the due date


def answer_all(course: Course, students: Sequence[str], out: Path, now: datetime, seed: int = 2026) -> int:
    """Writes what each student hands in for each graded quiz and survey, below `out/<student>/`; returns how many."""
    written = 0
    for scheduled in course.quizzes:
        quiz = quiz_named(course.root, scheduled.slug)
        for student in students if quiz.mode != "practice" else ():
            rng = Random(f"{seed} {quiz.id} {student}")  # noqa: S311 - a simulation, not a secret
            able = Random(f"{seed} {student}").uniform(0.45, 0.95)  # noqa: S311
            paper = student_quiz(quiz, secret(course.root), student, 1)
            language: Language = rng.choice(LANGUAGES)
            finished = min(scheduled.due or now, now) - _EARLY
            made = respond(paper, _answers(quiz, paper.drawn, able, rng), language, finished, student)
            os.utime(write_answers(made, out / student), (finished.timestamp(),) * 2)
            written += 1
    return written


def _answers(quiz: Quiz, drawn: Drawn, able: float, rng: Random) -> dict[str, Answer]:
    found = {}
    for question in quiz.questions:
        asked = settled(question, drawn.get(question.id, {}))
        knows = quiz.mode == "graded" and rng.random() < able
        answer = key_answer(asked) if knows else _other(asked, rng)
        if answer is not None:
            found[question.id] = answer
    return found


def _other(question: Question, rng: Random) -> Answer | None:
    """A wrong answer that the quiz knows of, any answer where none is right, or None for a question left out."""
    match question.body:
        case Choices(choices=choices, many=many):
            wrong = [each.id for each in choices if not each.correct]
            named = [each.id for each in choices if each.misconception]
            if many:
                return Picked(tuple(each.id for each in choices if rng.random() < 0.4))
            return Picked((rng.choice(named * 2 + wrong),))
        case Numeric(traps=traps) if traps:
            return Typed(repr(evaluate(rng.choice(traps).expr, {})))
        case Essay():
            return Typed(rng.choice(("More examples, please.", "Merci !", "The attention labs were the best part.")))
        case _:
            return None
