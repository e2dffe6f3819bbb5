"""Essays that wait for a person: one YAML file per quiz, written with the rubric and read with the points given.

Covers the file; what was given stays when it is written again. Does not cover who may read it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from autograder.adapters.pages.folders import write_whole
from autograder.adapters.yaml_file import load_yaml, validate
from autograder.adapters.yaml_model import Strict
from autograder.errors import CourseError, problem
from autograder.pure.quizzes.grading import Attempt
from autograder.quiz_types import Criterion, Essay, Quiz, Typed

Key = tuple[str, int, str]
_HEAD = """\
# Essays of the quiz '{quiz}'. Write the points in place of null, then run: autograder quiz mark
# Points already given stay when this file is written again.
"""


class EssayEntry(Strict):
    student: str
    attempt: int
    question: str
    text: str
    points: dict[str, Annotated[float, Field(ge=0, allow_inf_nan=False)] | None]


class EssaysFile(Strict):
    """`essays/<quiz>.yaml`."""

    schema_: Literal[1] = Field(alias="schema")
    quiz: str
    essays: list[EssayEntry]


@dataclass(frozen=True)
class Waiting:
    """An essay and its rubric."""

    key: Key
    text: str
    rubric: tuple[Criterion, ...]


def waiting(quiz: Quiz, attempts: Sequence[Attempt]) -> list[Waiting]:
    """Every essay that was handed in for a quiz, by student, attempt and question."""
    found = []
    for attempt in attempts:
        response = attempt.response
        for question in quiz.questions:
            answer = response.answers.get(question.id)
            if isinstance(question.body, Essay) and isinstance(answer, Typed) and answer.text.strip():
                key = (response.student, response.attempt, question.id)
                found.append(Waiting(key, answer.text, question.body.rubric))
    return found


def read_points(path: Path, quiz: Quiz) -> dict[Key, dict[str, float | None]]:
    """Points given per essay and criterion; nothing when there is no file. Raises CourseError with every problem."""
    if not path.exists():
        return {}
    document = load_yaml(path)
    entry = validate(EssaysFile, document)
    rubrics = {each.id: each.body.rubric for each in quiz.questions if isinstance(each.body, Essay)}
    problems, given = [], {}
    for index, each in enumerate(entry.essays):
        tops = {criterion.id: criterion.points for criterion in rubrics.get(each.question, ())}
        for id, points in each.points.items():
            where = document.where(("essays", index, "points", id))
            if id not in tops:
                known = ", ".join(tops) or "none"
                problems.append(problem(where, f"'{id}' is no criterion of the rubric ({known})", "write one of these"))
            elif points is not None and points > tops[id]:
                remedy = f"write at most {tops[id]:g}"
                problems.append(problem(where, f"{points:g} points for '{id}', of {tops[id]:g}", remedy))
        given[(each.student, each.attempt, each.question)] = dict(each.points)
    if problems:
        raise CourseError(problems)
    return given


def totals(given: Mapping[Key, Mapping[str, float | None]]) -> dict[Key, float]:
    """Points of the essays whose every criterion has been judged."""
    return {
        key: sum(points for points in each.values() if points is not None)
        for key, each in given.items()
        if each and all(points is not None for points in each.values())
    }


def write_essays(
    path: Path, quiz: Quiz, essays: Sequence[Waiting], given: Mapping[Key, Mapping[str, float | None]]
) -> None:
    """Writes the file; texts are JSON strings, which are YAML, so that no text can be taken for anything else."""
    lines = [_HEAD.format(quiz=quiz.id), f"schema: 1\nquiz: {quiz.id}\nessays:\n" if essays else "schema: 1\n"]
    if not essays:
        lines.append(f"quiz: {quiz.id}\nessays: []\n")
    for essay in essays:
        student, attempt, question = essay.key
        lines.append(f"- student: {_said(student)}\n  attempt: {attempt}\n  question: {question}\n")
        lines.append(f"  text: {_said(essay.text)}\n  points:\n")
        for criterion in essay.rubric:
            points = given.get(essay.key, {}).get(criterion.id)
            shown = "null" if points is None else f"{points:g}"
            about = " ".join(criterion.text.en.split())
            lines.append(f"    {criterion.id}: {shown}  # of {criterion.points:g}{': ' + about if about else ''}\n")
    write_whole(path, "".join(lines))


def _said(text: str) -> str:
    """A text in double quotes whose own lines start lines of the file, so that it can be read there."""
    lines = [json.dumps(line, ensure_ascii=False)[1:-1] for line in text.split("\n")]
    # YAML drops spaces at the start of such a line unless they are escaped.
    lines = [f"\\{line}" if line.startswith(" ") else line for line in lines]
    quoted = "\\n\\\n    ".join(lines)
    # json leaves these as they are, and YAML does not take them.
    return '"' + "".join(c if c.isprintable() or c == "\n" else f"\\U{ord(c):08x}" for c in quoted) + '"'
