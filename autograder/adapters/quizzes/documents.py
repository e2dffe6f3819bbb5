"""JSON of what goes to students and of what comes back.

Covers `StudentQuiz`, response files and anonymous sheets of surveys; what comes back is untrusted: sizes are capped,
types exact, unknown keys refused. Does not cover whose a response is (`usecases.quizzes.mark`), nor what it earns.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from autograder.adapters.student_name import why_no_student
from autograder.adapters.untrusted_file import Unreadable, read_regular
from autograder.adapters.yaml_model import Strict
from autograder.errors import SubmissionError
from autograder.quiz_types import (
    Answer,
    Columns,
    Filled,
    Gaps,
    Grid,
    Line,
    Options,
    Picked,
    Pile,
    QuestionType,
    Response,
    Sheet,
    StudentBody,
    StudentQuestion,
    StudentQuiz,
    Targets,
    Typed,
)
from autograder.types import Language

VERSION = 1
SUFFIX = ".quiz.json"
MAX_BYTES = 500_000
MAX_DOCUMENT_BYTES = 4_000_000

_BODIES: dict[QuestionType, type[Any]] = {
    "single": Options,
    "multiple": Options,
    "bool": Options,
    "numeric": Line,
    "text": Line,
    "shape": Line,
    "output": Line,
    "cloze": Gaps,
    "match": Columns,
    "order": Pile,
    "tensor": Grid,
    "hotspot": Targets,
    "essay": Sheet,
}
_QUIZ = TypeAdapter(StudentQuiz)
_QUESTION = TypeAdapter(StudentQuestion)

Id = Annotated[str, Field(max_length=100)]
Words = Annotated[str, Field(max_length=20_000)]
Ids = Annotated[list[Id], Field(max_length=400)]
Slots = Annotated[dict[Id, Annotated[str, Field(max_length=500)]], Field(max_length=400)]
Answers = Annotated[dict[Id, Words | Ids | Slots], Field(max_length=200)]
Value = Annotated[int | float, Field(allow_inf_nan=False)]


class ResponseFile(Strict):
    """`<quiz>-<attempt>.json`: a graded or practice attempt."""

    version: Literal[1]
    quiz: Id
    edition: Annotated[int, Field(ge=1)]
    student: Annotated[str, Field(max_length=200)]
    attempt: Annotated[int, Field(ge=1, le=1000)]
    language: Language
    finished_at: AwareDatetime
    drawn: Annotated[dict[Id, Annotated[dict[Id, Value], Field(max_length=50)]], Field(max_length=200)]
    answers: Answers


class SheetFile(Strict):
    """`survey-<token>.json`: anonymous, with a random token so that none counts twice."""

    version: Literal[1]
    quiz: Id
    edition: Annotated[int, Field(ge=1)]
    token: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    answers: Answers


@dataclass(frozen=True)
class SurveySheet:
    """What one person answered in a survey; the token leads to nobody."""

    quiz: str
    edition: int
    token: str
    answers: Mapping[str, Answer]


def student_document(quiz: StudentQuiz) -> dict[str, Any]:
    """The quiz as plain data for JSON, versioned; both languages, no key."""
    return {"version": VERSION, **asdict(quiz)}


def read_student_quiz(path: Path) -> StudentQuiz:
    """A quiz that was handed out as JSON. Raises SubmissionError when the file is not one."""
    try:
        document = json.loads(read_regular(path, MAX_DOCUMENT_BYTES))
        if document.pop("version") != VERSION:
            raise ValueError("another version")
        questions = [_student_question(each) for each in document.pop("questions")]
        whole = _QUIZ.validate_python({**document, "questions": ()})
    except (Unreadable, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SubmissionError(
            f"{path}: not a quiz of `autograder quiz export --format student`. Remedy: download it again."
        ) from None
    return replace(whole, questions=tuple(questions))


def _student_question(document: dict[str, Any]) -> StudentQuestion:
    body: StudentBody = TypeAdapter(_BODIES[document["type"]]).validate_python(document.pop("body"))
    return replace(_QUESTION.validate_python({**document, "body": Sheet()}), body=body)


def response_document(response: Response) -> dict[str, Any]:
    """A response as plain data for JSON, versioned."""
    return {
        "version": VERSION,
        "quiz": response.quiz,
        "edition": response.edition,
        "student": response.student,
        "attempt": response.attempt,
        "language": response.language,
        "finished_at": response.finished_at.isoformat(),
        "drawn": {id: dict(values) for id, values in response.drawn.items()},
        "answers": answers_document(response.answers),
    }


def sheet_document(sheet: SurveySheet) -> dict[str, Any]:
    """A survey's sheet as plain data for JSON: no name, no time."""
    return {
        "version": VERSION,
        "quiz": sheet.quiz,
        "edition": sheet.edition,
        "token": sheet.token,
        "answers": answers_document(sheet.answers),
    }


def answers_document(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answers per question: a list of ids, a text, or a text per slot."""
    return {id: _plain(answer) for id, answer in answers.items()}


def _plain(answer: Answer) -> list[str] | str | dict[str, str]:
    match answer:
        case Picked(ids=ids):
            return list(ids)
        case Typed(text=text):
            return text
        case Filled(slots=slots):
            return dict(slots)


def parse_response(content: bytes | str) -> Response | SurveySheet:
    """A response or a survey's sheet from untrusted JSON. Raises ValueError that says what is wrong."""
    if len(content) > MAX_BYTES:
        raise ValueError(f"is larger than {MAX_BYTES // 1000} kB")
    sheet = b'"token"' in content if isinstance(content, bytes) else '"token"' in content
    try:
        if sheet:
            entry = SheetFile.model_validate_json(content)
            return SurveySheet(entry.quiz, entry.edition, entry.token, _answers(entry.answers))
        made = ResponseFile.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step)[:40] for step in first["loc"][:3]) or "the document"
        raise ValueError(f"is no response file ({place}: {first['msg']})") from None
    if made.student and (reason := why_no_student(made.student)):
        raise ValueError(f"names a student that {reason}")
    return Response(
        quiz=made.quiz,
        edition=made.edition,
        student=made.student,
        attempt=made.attempt,
        language=made.language,
        answers=_answers(made.answers),
        drawn=made.drawn,
        finished_at=made.finished_at,
    )


def read_response(path: Path) -> tuple[Response | SurveySheet, bytes]:
    """A response file and its bytes. Raises ValueError that says what is wrong with it."""
    try:
        content = read_regular(path, MAX_BYTES)
    except Unreadable as error:
        raise ValueError(f"cannot be taken: {error}") from None
    return parse_response(content), content


def _answers(answers: Mapping[str, str | list[str] | dict[str, str]]) -> dict[str, Answer]:
    return {id: answer_of(value) for id, value in answers.items()}


def answer_of(value: str | list[str] | dict[str, str]) -> Answer:
    """An answer from what `answers_document` makes of one."""
    if isinstance(value, str):
        return Typed(value)
    return Picked(tuple(value)) if isinstance(value, list) else Filled(value)
