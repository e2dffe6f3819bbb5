"""The whole loop on a simulated class: release, hand in, grade, quizzes, hand back, compare with what was expected.

Covers timing each step and naming every grade that differs. Nothing here is needed to grade a real class.
"""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

from autograder.adapters.course import COURSE_FILE, Course, load_assignment
from autograder.adapters.gradebook import Gradebook
from autograder.adapters.quizzes.load import FOLDER
from autograder.errors import CourseError, Location, problem
from autograder.machinery.sandbox import Tier
from autograder.pure.quizzes.grading import PREFIX
from autograder.types import Assignment, Grade, Status
from autograder.usecases.export import export
from autograder.usecases.feedback import write_feedback
from autograder.usecases.grade import Options, Progress, grade
from autograder.usecases.quizzes.mark import carry_out, prepare
from autograder.usecases.quizzes.statistics import class_statistics, survey_results
from autograder.usecases.release import release_to
from autograder.usecases.report import write_report
from autograder.usecases.simulated_answers import answer_all
from autograder.usecases.simulated_class import HandIn, simulate, write_class

_GRACE = timedelta(days=7)  # the latest that a simulated student hands in after the date
_OURS = ("release", "submitted", "course", "answers", "gradebook.db", "feedback", "report", "grades.csv")


@dataclass(frozen=True)
class Demo:
    """What the demo did: a table of given scores, what differs from the expected, seconds per step."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    different: tuple[str, ...]
    compared: int
    steps: tuple[tuple[str, float], ...]
    report: Path
    isolation: str


def run_demo(course: Course, students: int, out: Path, tier: Tier, workers: int, progress: Progress) -> Demo:
    """Runs everything into `out`, which is made anew; capstones, which train for minutes, are left out.

    Raises CourseError when the course is faulty.
    """
    _clear(out)
    course = dated_back(course, datetime.now(UTC))
    every = [load_assignment(course, each.slug) for each in course.assignments]
    assignments = [each for each in every if each.kind == "exercise"]
    slugs = [each.slug for each in assignments]
    steps: list[tuple[str, float]] = []
    with _timed("release", steps):
        release_to(course, slugs, out / "release")
    with _timed("simulate the class", steps):
        hand_ins = simulate(course, assignments, students)
        write_class(hand_ins, out / "submitted")
    with Gradebook.open(out / "gradebook.db") as book:
        with _timed(f"grade ({len(hand_ins)} submissions, {workers} workers)", steps):
            done = grade(course, slugs, out / "submitted", book, Options(tier, workers), progress)
        if done.problems:
            raise CourseError(done.problems)
        taken = apart(course, out / "course")
        with _timed("quizzes and survey", steps):
            names = dict.fromkeys(each.student for each in hand_ins)
            answer_all(taken, list(names), out / "answers", datetime.now(UTC))
            carry_out(taken, prepare(taken, out / "answers", book), book)
        grades = book.latest()
        quizzes, surveys = class_statistics(taken, book), survey_results(taken)
    with _timed("feedback", steps):
        titles = {each.slug: each.title for each in assignments} | {PREFIX + each.id: each.title for each in quizzes}
        write_feedback(grades, titles, course.title, out / "feedback")
    with _timed("class report", steps):
        report = write_report(grades, assignments, course.title, out / "report", "en", quizzes, surveys)
    with _timed("export", steps):
        (out / "grades.csv").write_text(export(course, grades, "csv"), encoding="utf-8")
    rows, different = _compare(hand_ins, grades, assignments)
    tiers = ", ".join(sorted({each.isolation for each in grades}))
    return Demo(("student", *slugs), rows, different, len(hand_ins), tuple(steps), report, tiers)


def dated_back(course: Course, now: datetime) -> Course:
    """The same course, its dates moved back by whole weeks until the last hand-in is past: nobody hands in tomorrow."""
    last = max((each.due for each in course.assignments if each.due), default=now)
    weeks = max(0, math.ceil((last + _GRACE - now) / timedelta(weeks=1)))
    moved = [replace(each, due=each.due and each.due - timedelta(weeks=weeks)) for each in course.assignments]
    quizzes = [replace(each, due=each.due and each.due - timedelta(weeks=weeks)) for each in course.quizzes]
    return replace(course, assignments=tuple(moved), quizzes=tuple(quizzes))


def apart(course: Course, root: Path) -> Course:
    """The course with a folder of its own, so that no simulated answer is counted in the real survey."""
    for name in (FOLDER, PurePosixPath(COURSE_FILE).parent.name):
        if (course.root / name).is_dir():
            shutil.copytree(course.root / name, root / name)
    return replace(course, root=root)


def _clear(out: Path) -> None:
    """Removes what an earlier demo left; anything else there is not ours to remove."""
    foreign = (
        sorted(path.name for path in out.iterdir() if path.name.removesuffix("-wal").removesuffix("-shm") not in _OURS)
        if out.is_dir()
        else []
    )
    if foreign:
        remedy = "name an empty or a new folder with --out"
        raise CourseError(
            problem(Location(str(out)), f"this folder holds other things ({', '.join(foreign[:3])})", remedy)
        )
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)


@contextmanager
def _timed(name: str, steps: list[tuple[str, float]]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    steps.append((name, time.perf_counter() - start))


def _compare(
    hand_ins: Sequence[HandIn], grades: Sequence[Grade], assignments: Sequence[Assignment]
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """A row per student with `given = expected` per assignment, and a line for each that differs."""
    given = {(each.student, each.assignment): each for each in grades}
    cells: dict[str, dict[str, str]] = {}
    different = []
    for hand_in in hand_ins:
        got = given.get((hand_in.student, hand_in.slug))
        same = got is not None and got.score == hand_in.score and got.status is hand_in.status
        score = "missing" if got is None else _shown(got.score, got.status)
        expected = _shown(hand_in.score, hand_in.status)
        cells.setdefault(hand_in.student, {})[hand_in.slug] = f"{score} {'=' if same else '≠'} {expected}"
        if not same:
            lost = [group.id for group in got.groups if group.outcome != "passed"] if got else []
            different.append(
                f"{hand_in.student} / {hand_in.slug} ({hand_in.kind}): given {score}, expected {expected}; "
                f"groups lost: {', '.join(lost) or 'none'}"
            )
    slugs = [each.slug for each in assignments]
    rows = tuple((student, *(scores[slug] for slug in slugs)) for student, scores in cells.items())
    return rows, tuple(different)


def _shown(score: float, status: Status) -> str:
    return f"{score:g}" if status is Status.GRADED else status.value.replace("_", " ")


def as_document(done: Demo) -> dict[str, object]:
    """The document of `demo --json`."""
    return {
        "version": 1,
        "compared": done.compared,
        "different": list(done.different),
        "isolation": done.isolation,
        "steps": [{"step": name, "seconds": round(seconds, 2)} for name, seconds in done.steps],
        "report": str(done.report),
    }
