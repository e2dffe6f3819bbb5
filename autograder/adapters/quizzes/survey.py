"""Answers to surveys, kept so that nothing leads to who gave them.

Covers the file per survey: for each question the answers alone, sorted, so that neither order nor company tells whose
they are; no name, no time. Tokens of sheets already counted stand apart from the answers. Does not cover the files that
sheets came in, which `quiz mark` deletes once they are counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from autograder.adapters.pages.folders import write_whole
from autograder.adapters.quizzes.documents import SurveySheet
from autograder.adapters.yaml_model import Strict
from autograder.errors import PlatformError
from autograder.pure.quizzes.statistics import Chosen
from autograder.quiz_types import Choices, Picked, Quiz, Typed
from autograder.types import Text

ENOUGH = 5
"""Answers to a question below which none of them is shown."""


class SurveyFile(Strict):
    """`.autograder/surveys/<quiz>.json`."""

    version: Literal[1] = 1
    quiz: str
    counted: list[str] = Field(default_factory=list)
    answers: dict[str, list[Annotated[str, Field(max_length=20_000)]]] = Field(default_factory=dict)


@dataclass(frozen=True)
class Opinion:
    """What was answered to one question: how often each choice, or the texts; empty below `ENOUGH` answers."""

    prompt: Text
    n: int
    choices: tuple[Chosen, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        return self.n >= ENOUGH


@dataclass(frozen=True)
class SurveyResult:
    """A survey over those who answered."""

    id: str
    title: Text
    opinions: tuple[Opinion, ...]


def place(root: Path, quiz: str) -> Path:
    """Where the answers to a survey are kept."""
    return root / ".autograder" / "surveys" / f"{quiz}.json"


def add(root: Path, quiz: Quiz, sheets: Sequence[SurveySheet]) -> int:
    """Counts sheets that were not counted before; returns how many. Raises PlatformError when the file is broken."""
    kept = _read(root, quiz.id)
    counted, answers = set(kept.counted), {id: list(given) for id, given in kept.answers.items()}
    fresh = {sheet.token: sheet for sheet in sheets if sheet.token not in counted}
    for sheet in fresh.values():
        for question in quiz.questions:
            given = _given(question.body, sheet.answers.get(question.id))
            if given:
                answers.setdefault(question.id, []).append(given)
    if fresh:
        content = SurveyFile(
            quiz=quiz.id,
            counted=sorted(counted | fresh.keys()),
            answers={id: sorted(given) for id, given in sorted(answers.items())},
        )
        write_whole(place(root, quiz.id), content.model_dump_json(indent=1) + "\n")
    return len(fresh)


def results(root: Path, quiz: Quiz) -> SurveyResult:
    """What was answered, question by question, where at least `ENOUGH` did."""
    kept = _read(root, quiz.id)
    opinions = []
    for question in quiz.questions:
        given = kept.answers.get(question.id, [])
        if len(given) < ENOUGH:
            opinions.append(Opinion(question.prompt, len(given)))
        elif isinstance(question.body, Choices):
            times = Counter(id for each in given for id in json.loads(each))
            counts = tuple(Chosen(each.id, each.text, False, times[each.id]) for each in question.body.choices)
            opinions.append(Opinion(question.prompt, len(given), choices=counts))
        else:
            opinions.append(Opinion(question.prompt, len(given), texts=tuple(json.loads(each) for each in given)))
    return SurveyResult(quiz.id, quiz.title, tuple(opinions))


def _read(root: Path, quiz: str) -> SurveyFile:
    path = place(root, quiz)
    if not path.exists():
        return SurveyFile(quiz=quiz)
    try:
        return SurveyFile.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise PlatformError(
            f"{path}: the survey's answers cannot be read. Remedy: put back a copy of the file, or move it away."
        ) from None


def _given(body: object, answer: object) -> str:
    """An answer as one line of JSON, empty when it is none: only choices that the survey has, each once."""
    if isinstance(body, Choices) and isinstance(answer, Picked):
        ids = sorted({each.id for each in body.choices} & set(answer.ids))
        return json.dumps(ids) if ids and (body.many or len(ids) == 1) else ""
    if not isinstance(body, Choices) and isinstance(answer, Typed) and answer.text.strip():
        return json.dumps(answer.text.strip(), ensure_ascii=False)
    return ""
