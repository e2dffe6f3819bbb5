"""Loads quizzes: one YAML file each, with `misconceptions.yaml` and SVGs beside it.

Covers every problem of a file at once, with its line. Does not cover what only drawn variants or a run show, which is
`quiz check`.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from autograder.adapters.quizzes import build, model
from autograder.adapters.quizzes.rules import Fault, doubled, general
from autograder.adapters.quizzes.rules_of_types import of_type
from autograder.adapters.yaml_file import load_yaml, shown, validate
from autograder.errors import CourseError, Location, problem
from autograder.quiz_types import Misconception, Quiz

MISCONCEPTIONS = "misconceptions.yaml"
FOLDER = "quizzes"
MOST_SVG_BYTES = 200_000
_UNSAFE = re.compile(
    r"<script|<!DOCTYPE|<!ENTITY|<foreignObject|\bon[a-z]+\s*=|javascript:|@import"
    r"|href\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


def quiz_files(folder: Path) -> list[Path]:
    """The quiz files of a folder, by name."""
    return sorted(file for file in folder.glob("*.yaml") if file.name != MISCONCEPTIONS)


def load_quiz(path: Path) -> Quiz:
    """The quiz in a YAML file. Raises CourseError with every problem found, each with its line and remedy."""
    document = load_yaml(path)
    entry = validate(model.QuizFile, document)
    misconceptions = load_misconceptions(path.parent)
    pictures: dict[str, str] = {}
    faults = [*_whole(entry, path.stem)]
    for index, each in enumerate(entry.questions):
        own = [*general(each, entry.mode, misconceptions), *of_type(each, entry.mode)]
        if isinstance(each, model.HotspotQuestion) and each.svg is not None:
            own += _read_picture(path.parent, each.svg, pictures)
        faults += [Fault(("questions", index, *fault.path), f"question '{each.id}': {fault.what}", fault.remedy)
                   for fault in own]  # fmt: skip
    if faults:
        located = sorted(((document.where(each.path), each) for each in faults), key=lambda pair: pair[0].line or 0)
        raise CourseError([problem(where, each.what, each.remedy) for where, each in located])
    return build.quiz(entry, _version(path, pictures), misconceptions, pictures)


def quiz_place(root: Path, id: str) -> Path:
    """The file of a course's quiz. Raises CourseError, which lists those there are when there is no such one."""
    file = root / FOLDER / f"{id}.yaml"
    if file not in quiz_files(root / FOLDER):
        known = [each.stem for each in quiz_files(root / FOLDER)]
        close = get_close_matches(id, known, 1, 0.5)
        what = f"no quiz '{id}' (there are: {', '.join(known) or 'none'})"
        remedy = f"write '{close[0]}'" if close else "write one of these, or add the file"
        raise CourseError(problem(Location(shown(root / FOLDER)), what, remedy))
    return file


def quiz_named(root: Path, id: str) -> Quiz:
    """The quiz of that id of a course. Raises CourseError with every problem found."""
    return load_quiz(quiz_place(root, id))


def load_misconceptions(folder: Path) -> dict[str, Misconception]:
    """The misconceptions that the quizzes of a folder may name; none when there is no such file."""
    path = folder / MISCONCEPTIONS
    if not path.is_file():
        return {}
    return _misconceptions(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=8)
def _misconceptions(path: Path, _: int) -> dict[str, Misconception]:
    """Those of a file as it was at a time, in ns: each quiz of a course asks for the same."""
    entry = validate(model.MisconceptionsFile, path)
    return {id: Misconception(id, each.title.text(), each.lesson) for id, each in entry.misconceptions.items()}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a quiz file, from which editors complete and check."""
    schema = model.QuizFile.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "A quiz"}


def _whole(entry: model.QuizFile, stem: str) -> list[Fault]:
    faults = [*doubled(("questions",), "question id", [each.id for each in entry.questions])]
    if entry.id != stem:
        faults.append(Fault(("id",), f"id '{entry.id}' in the file '{stem}.yaml'", f"write 'id: {stem}', or rename it"))
    if entry.mode == "survey" and (entry.attempts.max or entry.attempts.penalty):
        faults.append(Fault(("attempts",), "a survey has no attempts", "remove them"))
    return faults


def _read_picture(folder: Path, name: str, pictures: dict[str, str]) -> list[Fault]:
    if not re.fullmatch(r"[A-Za-z0-9_-]+\.svg", name):
        return [
            Fault(("svg",), f"'{name}' is not the name of an SVG beside the quiz", "write a name such as heads.svg")
        ]
    try:
        text = (folder / name).read_bytes()[: MOST_SVG_BYTES + 1].decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return [Fault(("svg",), f"'{name}' cannot be read", "put it beside the quiz, as UTF-8")]
    pictures[name] = text
    if len(text.encode()) > MOST_SVG_BYTES:
        return [Fault(("svg",), f"'{name}' is larger than {MOST_SVG_BYTES // 1000} kB", "simplify the drawing")]
    if "<svg" not in text or "viewBox" not in text:
        return [Fault(("svg",), f"'{name}' is no SVG with a viewBox", "add one: the boxes are in its units")]
    if found := _UNSAFE.search(text):
        return [Fault(("svg",), f"'{name}' holds '{found[0]}', which runs or loads something", "remove it")]
    return []


def _version(path: Path, pictures: Mapping[str, str]) -> str:
    """16 hex digits that change with the file or a picture of it; line ends count as one."""
    digest = hashlib.sha256()
    for content in (path.read_text(encoding="utf-8-sig"), *(pictures[name] for name in sorted(pictures))):
        part = content.replace("\r\n", "\n").encode()
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]
