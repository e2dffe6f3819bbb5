"""The course folder: where it is, what `course/course.yaml` says, and its secret.

Covers finding and loading a course and one of its assignments. Does not cover the assignment's script
and what is built from it (`authoring`), nor released folders.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from autograder.adapters.solution_folder import read_solution_folder
from autograder.adapters.yaml_file import Document, load_yaml, shown, validate
from autograder.adapters.yaml_model import Bilingual, Strict
from autograder.errors import CourseError, Location, problem
from autograder.pure.quizzes.grading import PREFIX
from autograder.types import Assignment, Language, Text

COURSE_FILE = "course/course.yaml"
IN_FILE = ".autograder/secret"
IN_ENVIRONMENT = "AUTOGRADER_SECRET"
MIN_SECRET_BYTES = 16

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


@dataclass(frozen=True)
class Module:
    """A part of the course: `Module("M1", Text("From RNNs to Transformers", "Des RNN aux Transformers"))`."""

    id: str
    title: Text


@dataclass(frozen=True)
class Scheduled:
    """The place of an assignment or a quiz in the course: until when it is taken, and its weight in the mean."""

    slug: str
    due: datetime | None
    weight: float


@dataclass(frozen=True)
class PlannedLesson:
    """A lesson's place in the course, and the assignments and quizzes that practise it."""

    slug: str
    module: str
    assignments: tuple[str, ...]
    quizzes: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """A course as its instructor wrote it. `assignments` and `lessons` are in teaching order.

    `late_penalty_per_day` is the fraction of the score lost per started day, 0..1. `handin` is the drop folder that
    `submit` hands in to, on the machine that students and instructors share.
    """

    root: Path
    id: str
    title: Text
    language: Language
    modules: tuple[Module, ...]
    assignments: tuple[Scheduled, ...]
    late_penalty_per_day: float
    handin: Path | None = None
    lessons: tuple[PlannedLesson, ...] = ()
    quizzes: tuple[Scheduled, ...] = ()

    def graded_work(self) -> list[Scheduled]:
        """Assignments, then quizzes by their names in the gradebook, in teaching order."""
        return [*self.assignments, *(replace(each, slug=PREFIX + each.slug) for each in self.quizzes)]

    def scheduled(self, slug: str) -> Scheduled:
        """The assignment of that slug. Raises CourseError that lists the known ones and names the closest."""
        for each in self.assignments:
            if each.slug == slug:
                return each
        known = [each.slug for each in self.assignments]
        close = get_close_matches(slug, known, 1, 0.5)
        where = Location(shown(self.root / COURSE_FILE))
        remedy = f"write '{close[0]}'" if close else "write one of these, or add it to 'assignments' there"
        raise CourseError(problem(where, f"no assignment '{slug}' (there are: {', '.join(known) or 'none'})", remedy))


Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class ModuleEntry(Strict):
    id: str = Field(min_length=1)
    title: Bilingual


class AssignmentEntry(Strict):
    slug: Slug
    due: AwareDatetime | None = None
    weight: Weight = 1.0


class QuizEntry(Strict):
    id: Slug
    due: AwareDatetime | None = None
    weight: Weight = 1.0


class LessonEntry(Strict):
    slug: Slug
    module: str
    assignments: list[Slug] = Field(default_factory=list)
    quizzes: list[Slug] = Field(default_factory=list)


class CourseFile(Strict):
    """`course/course.yaml`."""

    schema_: Literal[1] = Field(alias="schema")
    id: Slug
    title: Bilingual
    language: Language = "en"
    late_penalty_per_day: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.0
    handin: Annotated[str, Field(pattern=r"^/")] | None = None
    modules: Annotated[list[ModuleEntry], Field(min_length=1)]
    assignments: list[AssignmentEntry] = Field(default_factory=list)
    lessons: list[LessonEntry] = Field(default_factory=list)
    quizzes: list[QuizEntry] = Field(default_factory=list)


def find_course(start: Path) -> Path:
    """The nearest folder upward from `start` that holds `course/course.yaml`. Raises CourseError if none does."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / COURSE_FILE).is_file():
            return folder
    what = f"no {COURSE_FILE} in this folder or above it"
    remedy = "go into a course folder, or make one: autograder init DIR"
    raise CourseError(problem(Location(start.as_posix()), what, remedy))


def load_course(root: Path) -> Course:
    """The course whose folder is `root`. Raises CourseError with every problem of its `course/course.yaml`."""
    document = load_yaml(root / COURSE_FILE)
    entry = validate(CourseFile, document)
    problems = [
        *_doubled(document, "modules", "id", [each.id for each in entry.modules]),
        *_doubled(document, "assignments", "slug", [each.slug for each in entry.assignments]),
        *_doubled(document, "lessons", "slug", [each.slug for each in entry.lessons]),
        *_doubled(document, "quizzes", "id", [each.id for each in entry.quizzes]),
        *_unknown(document, entry),
    ]
    if problems:
        raise CourseError(problems)
    return Course(
        root=root,
        id=entry.id,
        title=entry.title.text(),
        language=entry.language,
        modules=tuple(Module(each.id, each.title.text()) for each in entry.modules),
        assignments=tuple(Scheduled(each.slug, each.due, each.weight) for each in entry.assignments),
        late_penalty_per_day=entry.late_penalty_per_day,
        handin=None if entry.handin is None else Path(entry.handin),
        lessons=tuple(
            PlannedLesson(each.slug, each.module, tuple(each.assignments), tuple(each.quizzes))
            for each in entry.lessons
        ),
        quizzes=tuple(Scheduled(each.id, each.due, each.weight) for each in entry.quizzes),
    )


def load_assignment(course: Course, slug: str) -> Assignment:
    """An assignment of the course from `solutions/<slug>/`. Raises CourseError with every problem found."""
    course.scheduled(slug)
    return read_solution_folder(course.root, slug, tuple(module.id for module in course.modules))


def secret(root: Path) -> bytes:
    """The course secret: AUTOGRADER_SECRET, else `.autograder/secret`, made on first use for its owner alone.

    Hidden inputs and quiz variants are drawn from it. Raises CourseError when it is shorter than 16 bytes.
    """
    variable = os.environ.get(IN_ENVIRONMENT, "").strip().encode()
    if variable:
        return _long_enough(variable, IN_ENVIRONMENT)
    path = root / IN_FILE
    if not path.exists():
        _create_secret(path)
    try:
        content = path.read_bytes().strip()
    except OSError as error:
        remedy = f"give yourself the right to read it, or set {IN_ENVIRONMENT}"
        raise CourseError(problem(Location(shown(path)), f"cannot be read ({error.strerror})", remedy)) from None
    return _long_enough(content, shown(path))


def _long_enough(content: bytes, where: str) -> bytes:
    if len(content) < MIN_SECRET_BYTES:
        what = f"the course secret has {len(content)} bytes, {MIN_SECRET_BYTES} are needed"
        remedy = "use the output of: python -c 'import secrets; print(secrets.token_hex(32))'"
        raise CourseError(problem(Location(where), what, remedy))
    return content


def _create_secret(path: Path) -> None:
    """Writes a new secret beside its place, then links it there: of two processes, one wins and both read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="secret-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(name, path)
        except FileExistsError:
            return
        except OSError:
            # Some file systems have no links; a rename is still never half a file.
            Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _doubled(document: Document, key: str, name: str, values: list[str]) -> list[str]:
    return [
        problem(document.where((key, index, name)), f"{name} '{value}' stands twice in '{key}'", "keep one of them")
        for index, value in enumerate(values)
        if value in values[:index]
    ]


def _unknown(document: Document, entry: CourseFile) -> list[str]:
    """Modules, assignments and quizzes that a lesson names and the course does not have."""
    modules = [each.id for each in entry.modules]
    known = {
        "assignments": ("assignment", [each.slug for each in entry.assignments]),
        "quizzes": ("quiz", [each.id for each in entry.quizzes]),
    }
    problems = []
    for index, lesson in enumerate(entry.lessons):
        if lesson.module not in modules:
            what = f"module '{lesson.module}' is not in the course ({', '.join(modules)})"
            where = document.where(("lessons", index, "module"))
            problems.append(problem(where, what, "write one of these, or add it to 'modules'"))
        for key, (kind, there) in known.items():
            for place, name in enumerate(getattr(lesson, key)):
                if name not in there:
                    where = document.where(("lessons", index, key, place))
                    what = f"no {kind} '{name}' (there are: {', '.join(there) or 'none'})"
                    problems.append(problem(where, what, f"write one of these, or add it to '{key}'"))
    return problems
