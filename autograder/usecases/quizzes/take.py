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

from autograder.adapters.course import find_course, secret
from autograder.adapters.pages.folders import write_whole
from autograder.adapters.quizzes.documents import (
    SUFFIX,
    SurveySheet,
    read_student_quiz,
    response_document,
    sheet_document,
)
from autograder.adapters.quizzes.load import FOLDER, load_quiz, quiz_place
from autograder.adapters.student_name import why_no_student
from autograder.errors import SubmissionError
from autograder.pure.quizzes.grading import lesson_hint
from autograder.pure.quizzes.key import key_answer
from autograder.pure.quizzes.marking import mark
from autograder.pure.quizzes.release import student_question, student_quiz
from autograder.pure.quizzes.said import in_words
from autograder.pure.quizzes.variants import own_values, settled
from autograder.quiz_types import Answer, Mark, Question, Quiz, Response, StudentQuiz
from autograder.types import NOTHING, Language, Text


@dataclass(frozen=True)
class Opened:
    """A quiz to take: what is shown, and the quiz with its key where it is at hand (practice)."""

    paper: StudentQuiz
    quiz: Quiz | None

    @property
    def answers_at_once(self) -> bool:
        return self.quiz is not None and self.quiz.mode == "practice"


@dataclass(frozen=True)
class Solution:
    """What a question asks for: an answer in words (nothing where none can be told), and why."""

    answer: Text
    why: tuple[Text, ...]


def find_quiz(root: Path, name: str, student: str = "", attempt: int = 1) -> Path:
    """Where the quiz of a course is: what was handed out to this student, or to all, or its YAML.

    Raises CourseError, which lists the quizzes there are, when there is none.
    """
    folder = root / FOLDER
    own = f"{name}-{attempt}{SUFFIX}"
    papers = [folder / student / own] if student else sorted(folder.glob(f"*/{own}"))
    for place in (folder / own, *papers[:1] * (len(papers) == 1), folder / f"{name}{SUFFIX}"):
        if place.is_file():
            return place
    if others := sorted(folder.glob(f"*/{name}-*{SUFFIX}")):
        there = ", ".join(f"{each.parent.name}/{each.name}" for each in others[:5])
        who = f"of '{student}'" if student else "that is yours for sure"
        raise SubmissionError(
            f"quiz '{name}': there is no attempt {attempt} {who} (there are: {there}). "
            "Remedy: name one of these files, or add --student."
        )
    return quiz_place(root, name)


def open_quiz(source: Path, student: str = "", attempt: int = 1, key: bytes | None = None) -> Opened:
    """The quiz in a YAML file, drawn for one attempt, or one that was handed out as `….quiz.json`.

    Without a course secret, as for practice at home, other values are drawn each time. Raises CourseError or
    SubmissionError with the remedy.
    """
    if source.name.endswith(SUFFIX):
        return Opened(read_student_quiz(source), None)
    quiz = load_quiz(source)
    return Opened(student_quiz(quiz, key or secrets.token_bytes(16), student, attempt), quiz)


def begin(where: Path, name: str, student: str, answers: Path) -> tuple[Opened, int]:
    """A quiz by its file, or by its id in the course of a folder, and which attempt at it this is.

    The attempt is the one after those whose files lie in `answers`, or that of a paper made for one student. Raises
    CourseError when there is no such quiz, SubmissionError when no attempt is left or a name is needed.
    """
    file = Path(name)
    named = file.suffix in (".yaml", ".json") and file.is_file()
    attempt = next_attempt(answers, file.stem if named else name)
    source = file if named else find_quiz(find_course(where), name, student, attempt)
    opened = open_quiz(source, student, attempt)
    quiz = opened.quiz
    if quiz is not None and quiz.mode != "practice":
        # Whoever has the key takes it as a student would see it.
        opened = open_quiz(source, student, attempt, secret(find_course(source.parent)))
        if own_values(quiz) and not student:
            raise SubmissionError(
                f"quiz '{opened.paper.id}': each student has values of their own. Remedy: add the student's name."
            )
    paper = opened.paper
    attempt = paper.attempt if paper.student else attempt
    most = paper.attempts.most
    if paper.mode == "graded" and most and attempt > most:
        raise SubmissionError(
            f"quiz '{paper.id}': {most} attempts count, and files of as many lie in {answers}. "
            "Remedy: hand these in; or, if one was not meant, remove it and start again."
        )
    return opened, attempt


def mark_at_once(opened: Opened, question: str, answer: Answer | None, language: Language) -> Mark:
    """What one answer earns, with the explanations. Raises ValueError when there is no key, or answers are to wait."""
    return mark(solved_question(opened, question), answer, language)


def lesson_of(opened: Opened, marked: Mark) -> Text:
    """What the clearest misconception of an answer is, and the lesson that clears it up; nothing when it shows none."""
    known = opened.quiz.misconceptions if opened.quiz else {}
    return next((lesson_hint(known[each]) for each in marked.misconceptions if each in known), NOTHING)


def solution(opened: Opened, question: str) -> Solution:
    """What a practice question asks for, with its explanations. Raises ValueError when there is no key."""
    asked = solved_question(opened, question)
    answer = key_answer(asked)
    if answer is None:
        return Solution(NOTHING, (asked.why,) if asked.why != NOTHING else ())
    return Solution(in_words(student_question(asked, None).body, answer), mark(asked, answer, "en").remarks)


def solved_question(opened: Opened, question: str) -> Question:
    """A practice question with its drawn values and its key. Raises ValueError when there is none."""
    if opened.quiz is None or not opened.answers_at_once:
        raise ValueError(f"quiz '{opened.paper.id}' is not marked at once")
    return settled(opened.quiz.question(question), opened.paper.drawn.get(question, {}))


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
