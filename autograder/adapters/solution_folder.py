"""One assignment's folder, `solutions/<slug>/`, as the instructor wrote it.

Covers `assignment.yaml`, the known mistakes and the version of it all. Does not cover the script
(`authoring`) or the hidden suite.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import Field

from autograder.adapters.yaml_file import Document, load_yaml, parse_yaml, shown, validate
from autograder.adapters.yaml_model import Bilingual, Strict
from autograder.errors import CourseError, Location, problem
from autograder.types import Assignment, Group, Kind, Limits, Mistake

CellName = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
DottedName = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$")]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
Level = Annotated[int, Field(ge=1, le=5)]

# What lies in the folder and cannot change a verdict.
NO_VERDICT = ("alternatives", "equivalent.yaml", "validated.json", "forced.json", "__pycache__")
TEXT_SUFFIXES = (".py", ".yaml", ".yml", ".md", ".txt", ".json", ".csv", ".tsv")
MISTAKE_FILE = re.compile(r"[a-z][a-z0-9_]*\.py")


class GroupEntry(Strict):
    id: CellName
    points: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    title: Bilingual
    hint: Bilingual


class LimitsEntry(Strict):
    test_s: Seconds = Limits.test_s
    load_s: Seconds = Limits.load_s
    submission_s: Seconds = Limits.submission_s
    memory_mib: Annotated[int, Field(ge=64, le=1 << 20)] = Limits.memory_mib
    processes: Annotated[int, Field(ge=1, le=1024)] = Limits.processes
    files_mib: Annotated[int, Field(ge=1, le=4096)] = Limits.files_mib
    output_kib: Annotated[int, Field(ge=1, le=16384)] = Limits.output_kib


class AssignmentFile(Strict):
    """`solutions/<slug>/assignment.yaml`."""

    schema_: Literal[1] = Field(alias="schema")
    slug: str
    title: Bilingual
    kind: Kind = "exercise"
    module: str
    difficulty: Level
    importance: Level
    minutes: Annotated[int, Field(gt=0)]
    requires: Annotated[list[Identifier], Field(min_length=1)]
    forbidden: list[DottedName] = Field(default_factory=list)
    limits: LimitsEntry = LimitsEntry()
    files: list[str] = Field(default_factory=list)
    draws: Literal["shared", "per-student"] = "shared"
    groups: Annotated[list[GroupEntry], Field(min_length=1)]


class MistakeText(Strict):
    """The docstring of `mistakes/<id>.py`."""

    loses: Annotated[list[str], Field(min_length=1)]
    hint: Bilingual


def read_solution_folder(root: Path, slug: str, modules: tuple[str, ...]) -> Assignment:
    """The assignment in `root/solutions/<slug>/`; `modules` are the ids of the course's modules.

    Raises CourseError with every problem of `assignment.yaml` and of the mistakes.
    """
    folder = root / "solutions" / slug
    document = load_yaml(folder / "assignment.yaml")
    entry = validate(AssignmentFile, document)
    problems = _problems(root, slug, modules, document, entry)
    groups = tuple(Group(each.id, each.points, each.title.text(), each.hint.text()) for each in entry.groups)
    mistakes = []
    for file in sorted((folder / "mistakes").glob("*.py")):
        try:
            mistakes.append(read_mistake(file, tuple(group.id for group in groups)))
        except CourseError as error:
            problems += error.problems
    if problems:
        raise CourseError(problems)
    return Assignment(
        slug=slug,
        title=entry.title.text(),
        module=entry.module,
        groups=groups,
        limits=Limits(**entry.limits.model_dump()),
        forbidden=tuple(entry.forbidden),
        requires=tuple(entry.requires),
        files=tuple(entry.files),
        difficulty=entry.difficulty,
        importance=entry.importance,
        minutes=entry.minutes,
        draws=entry.draws,
        mistakes=tuple(mistakes),
        folder=folder,
        version=version(folder, [root / each for each in entry.files]),
        kind=entry.kind,
    )


def _problems(root: Path, slug: str, modules: tuple[str, ...], document: Document, entry: AssignmentFile) -> list[str]:
    """What the models cannot see: names that must agree with one another or with files."""
    problems = []
    if entry.slug != slug:
        what = f"slug '{entry.slug}' in the folder '{slug}'"
        problems.append(problem(document.where(("slug",)), what, f"write 'slug: {slug}', or rename the folder"))
    if entry.module not in modules:
        what = f"module '{entry.module}' is not in the course ({', '.join(modules)})"
        problems.append(
            problem(document.where(("module",)), what, "write one of these, or add it to course/course.yaml")
        )
    groups = [each.id for each in entry.groups]
    listed: list[tuple[str, list[str], tuple[str, ...]]] = [
        ("groups", groups, ("id",)),
        ("requires", entry.requires, ()),
        ("forbidden", entry.forbidden, ()),
        ("files", [PurePosixPath(each).name for each in entry.files], ()),
    ]
    for key, values, below in listed:
        for index, value in enumerate(values):
            if value in values[:index]:
                where = document.where((key, index, *below))
                problems.append(problem(where, f"'{value}' stands twice in '{key}'", "keep one of them"))
    for index, each in enumerate(entry.files):
        where = document.where(("files", index))
        path = PurePosixPath(each)
        if path.is_absolute() or ".." in path.parts or "\\" in each or path.parts[:1] == ("solutions",):
            what = f"file '{each}' is outside what students may see"
            problems.append(
                problem(where, what, "name a file under course/, with forward slashes, as in course/data/a.txt")
            )
        elif not (root / each).is_file():
            problems.append(problem(where, f"file '{each}' does not exist", "create it, or remove it from 'files'"))
    return problems


def read_mistake(file: Path, groups: tuple[str, ...]) -> Mistake:
    """A known wrong solution and the YAML in its docstring. Raises CourseError with every problem found."""
    where = Location(shown(file), 1)
    if not MISTAKE_FILE.fullmatch(file.name):
        remedy = "use lower-case letters, digits and underscores: no_scale.py"
        raise CourseError(problem(where, f"'{file.name}' is no name for a mistake", remedy))
    docstring = module_docstring(file)
    text = docstring.value if docstring else ""
    if docstring is None or not isinstance(text, str) or not text.strip():
        raise CourseError(problem(where, "no docstring", "start the file with a docstring of YAML: loses, hint"))
    source = file.read_text(encoding="utf-8").split("\n")
    written = "\n".join(source[docstring.lineno - 1 : docstring.end_lineno])
    if written[:1].lower() != "r" and re.search(r"\\", written.replace("\\\\", "")):
        first = docstring.lineno + next(n for n, line in enumerate(written.split("\n")) if "\\" in line)
        raise CourseError(
            problem(
                Location(where.file, first),
                "a backslash that Python reads as an escape",
                'start the docstring with r"""',
            )
        )
    document = parse_yaml(text, where.file, docstring.lineno)
    entry = validate(MistakeText, document)
    problems = []
    for index, group in enumerate(entry.loses):
        if group not in groups:
            what = f"'loses' names the unknown group '{group}' (there are: {', '.join(groups)})"
            problems.append(problem(document.where(("loses", index)), what, "write one of these"))
        if group in entry.loses[:index]:
            problems.append(
                problem(document.where(("loses", index)), f"'loses' names '{group}' twice", "keep one of them")
            )
    if problems:
        raise CourseError(problems)
    return Mistake(file.stem, tuple(entry.loses), entry.hint.text(), file)


def module_docstring(file: Path) -> ast.Constant | None:
    """The docstring's node of a Python file. Raises CourseError when the file is not Python."""
    try:
        tree = ast.parse(file.read_bytes(), filename=file.name)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        what = getattr(error, "msg", None) or str(error)
        raise CourseError(
            problem(Location(shown(file), line), f"not Python: {what}", "mend the syntax there")
        ) from None
    match tree.body[:1]:
        case [ast.Expr(value=ast.Constant(value=str()) as constant)]:
            return constant
    return None


def version(folder: Path, shipped: list[Path]) -> str:
    """16 hex digits that change with any file that can change a verdict, and with nothing else.

    The same on every machine: names are sorted, with forward slashes, and line ends of text count as one.
    """
    digest = hashlib.sha256()
    named = [(file.relative_to(folder).as_posix(), file) for file in _counted(folder)]
    named += [(f"data/{file.name}", file) for file in shipped if file.is_file()]
    for name, file in sorted(named):
        content = file.read_bytes()
        if file.suffix in TEXT_SUFFIXES:
            content = content.replace(b"\r\n", b"\n")
        for part in (name.encode(), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]


def _counted(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        parts = file.relative_to(folder).parts
        ignored = parts[0] in NO_VERDICT or any(part.startswith(".") or part == "__pycache__" for part in parts)
        if file.is_file() and not ignored and not file.name.endswith(("~", ".pyc", ".orig", ".rej")):
            yield file
