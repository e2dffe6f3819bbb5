"""Finds the response files below a folder of hand-ins.

Covers whose a file is, when it came, and files that are none. Does not cover whether an attempt is taken
(`usecases.quizzes.mark`).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.quizzes.documents import SUFFIX, SurveySheet, read_response
from autograder.adapters.received import when_received
from autograder.adapters.student_name import shown, why_no_student
from autograder.errors import Location, SubmissionError, problem
from autograder.quiz_types import Response

_DEEPEST = 4
_MOST_FILES = 100_000


@dataclass(frozen=True)
class Received:
    """A response as it lies in the folder of hand-ins; `response.student` is the student whose folder it is in."""

    path: Path
    response: Response
    sha256: str
    received_at: datetime


@dataclass(frozen=True)
class Inbox:
    """What a folder holds: responses, sheets of surveys by file, and one line per file that cannot be taken."""

    responses: tuple[Received, ...]
    sheets: dict[Path, SurveySheet]
    refused: tuple[str, ...]


def read_inbox(folder: Path) -> Inbox:
    """Every response below `<folder>/<student>/`, or in the folder itself. Raises SubmissionError when it is none."""
    if not folder.is_dir():
        remedy = "name the folder that holds the response files"
        raise SubmissionError(problem(Location(str(folder)), "this is no folder", remedy))
    responses, sheets, refused = [], {}, []
    for path in _files(folder):
        place = Location("/".join(shown(part) for part in path.relative_to(folder).parts))
        try:
            content, raw = read_response(path)
            if isinstance(content, SurveySheet):
                sheets[path] = content
                continue
            moment, _, _ = when_received(path.parent, [path])
            owned = replace(content, student=_owner(folder, path, content.student))
            responses.append(Received(path, owned, hashlib.sha256(raw).hexdigest(), min(moment, datetime.now(UTC))))
        except ValueError as error:
            refused.append(problem(place, str(error).rstrip("."), "ask for the file again, or remove it"))
    return Inbox(tuple(responses), sheets, tuple(refused))


def _owner(folder: Path, path: Path, stated: str) -> str:
    """Whose a response is: the folder's name says it, and a name within must not differ. Raises ValueError."""
    inside = path.relative_to(folder).parts
    if len(inside) == 1:
        if not stated:
            raise ValueError("names no student and lies in no student's folder")
        return stated
    if wrong := why_no_student(inside[0]):
        raise ValueError(f"lies in a folder whose name {wrong}")
    if stated and stated != inside[0]:
        raise ValueError(f"names '{shown(stated)}' and lies in the folder of '{inside[0]}'")
    return inside[0]


def _files(folder: Path) -> Iterator[Path]:
    """JSON files in the order of their paths; links are not followed, hidden ones and handed-out quizzes left alone."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder, followlinks=False):
        depth = len(Path(place).relative_to(folder).parts)
        folders[:] = sorted(each for each in folders if not each.startswith(".")) if depth < _DEEPEST else []
        found += [Path(place) / name for name in sorted(names) if _may_be_one(name)]
        if len(found) > _MOST_FILES:
            raise SubmissionError(
                problem(Location(str(folder)), f"more than {_MOST_FILES} files", "collect fewer at a time")
            )
    yield from sorted(found)


def _may_be_one(name: str) -> bool:
    return name.endswith(".json") and not name.endswith(SUFFIX) and not name.startswith(".")
