"""What every face of a quiz calls: a quiz drawn for one attempt, and what becomes of the answers.

Covers opening a quiz, marking practice at once, and the file that is handed in. Does not cover showing questions, nor
marking what was handed in (`mark`).
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.adapters.pages.folders import write_whole
from autograder.adapters.quizzes.documents import (
    SUFFIX,
    SurveySheet,
    read_student_quiz,
    response_document,
    sheet_document,
)
from autograder.adapters.quizzes.load import load_quiz
from autograder.adapters.student_name import why_no_student
from autograder.errors import SubmissionError
from autograder.pure.quizzes.marking import mark
from autograder.pure.quizzes.release import student_quiz
from autograder.pure.quizzes.variants import settled
from autograder.quiz_types import Answer, Mark, Quiz, Response, StudentQuiz
from autograder.types import Language


@dataclass(frozen=True)
class Opened:
    """A quiz to take: what is shown, and the quiz with its key where it is at hand (practice)."""

    paper: StudentQuiz
    quiz: Quiz | None


def open_quiz(source: Path, student: str = "", attempt: int = 1, secret: bytes | None = None) -> Opened:
    """The quiz in a YAML file, drawn for one attempt, or one that was handed out as `….quiz.json`.

    Without a course secret, as for practice at home, other values are drawn each time. Raises CourseError or
    SubmissionError with the remedy.
    """
    if source.name.endswith(SUFFIX):
        return Opened(read_student_quiz(source), None)
    quiz = load_quiz(source)
    return Opened(student_quiz(quiz, secret or secrets.token_bytes(16), student, attempt), quiz)


def mark_at_once(opened: Opened, question: str, answer: Answer | None, language: Language) -> Mark:
    """What one answer earns, with the explanations. Raises ValueError when there is no key, or answers are to wait."""
    if opened.quiz is None or opened.quiz.mode != "practice":
        raise ValueError(f"quiz '{opened.paper.id}' is not marked at once")
    drawn = opened.paper.drawn.get(question, {})
    return mark(settled(opened.quiz.question(question), drawn), answer, language)


def respond(
    paper: StudentQuiz,
    answers: Mapping[str, Answer],
    language: Language,
    finished_at: datetime,
    student: str = "",
    attempt: int = 1,
) -> Response | SurveySheet:
    """What is handed in: a response, or an anonymous sheet of a survey, which has neither name nor time.

    `student` and `attempt` are those of the paper when it was made for one student. Raises SubmissionError for a name
    that cannot be one.
    """
    if paper.mode == "survey":
        return SurveySheet(paper.id, paper.edition, secrets.token_hex(16), dict(answers))
    name = paper.student or student
    if wrong := why_no_student(name):
        raise SubmissionError(f"'{name}' {wrong}. Remedy: give the name or number you are enrolled under.")
    return Response(
        quiz=paper.id,
        edition=paper.edition,
        student=name,
        attempt=paper.attempt if paper.student else attempt,
        language=language,
        answers=dict(answers),
        drawn=paper.drawn,
        finished_at=finished_at,
    )


def next_attempt(folder: Path, quiz: str) -> int:
    """The number of the attempt that comes next, by the response files that lie in a folder."""
    name = re.compile(rf"{re.escape(quiz)}-(\d+)\.json")
    there = [int(found[1]) for path in folder.glob("*.json") if (found := name.fullmatch(path.name))]
    return max(there, default=0) + 1


def write_answers(made: Response | SurveySheet, folder: Path) -> Path:
    """Writes the file that is handed in: `<quiz>-<attempt>.json`, or `survey-<token>.json`."""
    if isinstance(made, SurveySheet):
        return _written(folder / f"survey-{made.token}.json", sheet_document(made))
    return _written(folder / f"{made.quiz}-{made.attempt}.json", response_document(made))


def _written(path: Path, document: Mapping[str, object]) -> Path:
    return write_whole(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
