"""Grades a class: finds submissions, runs them in isolation, writes the gradebook as it goes.

Covers skipping what is unchanged, rejected work, lateness, and faults of an assignment or of the platform. Does
not cover pages and exports, which read the gradebook.
"""

from __future__ import annotations

import platform
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from autograder.adapters.course import Course, load_assignment, secret
from autograder.adapters.course_bundle import pack
from autograder.adapters.student_name import shown, why_no_student
from autograder.adapters.submission import read_submission
from autograder.adapters.suite_jobs import OPENING, PROBLEMS, PROCESS_MODULE, SUBMISSION, VERDICT, Opening
from autograder.errors import CourseError, Location, SubmissionError, problem
from autograder.machinery.cluster import ClusterEngine
from autograder.machinery.engine import Batch, LocalEngine, Refused
from autograder.machinery.sandbox import Tier
from autograder.pure.scoring import score
from autograder.types import Assignment, Grade, Submission, Verdict
from autograder.version import VERSION

_GRADER_S = 60.0  # of comparing and recognising, and of a machine that is busy
_LOST = "the grading process died on this submission, twice; see its output above"


class Progress(Protocol):
    """What is told while grading goes on; the command line draws a bar from it."""

    def start(self, total: int) -> None: ...
    def graded(self, grade: Grade) -> None: ...
    def unchanged(self, grade: Grade) -> None: ...


class Book(Protocol):
    """Where grades stand and are added: the gradebook, or what stands in for it in a preview."""

    def check_writable(self) -> None: ...
    def latest(self, slugs: Sequence[str] | None = None) -> list[Grade]: ...
    def append(self, grades: Sequence[Grade]) -> None: ...


@dataclass(frozen=True)
class Options:
    """How to grade: which students (all when empty), in which tier, cache or not, on which machines."""

    tier: Tier
    workers: int = 2
    students: tuple[str, ...] = ()
    fresh: bool = False
    engine: str = "local"

    def engine_for(self, submissions: int) -> LocalEngine | ClusterEngine:
        """The engine that was asked for: processes of this machine, or `dask://HOST:PORT`."""
        if self.engine != "local":
            return ClusterEngine(self.engine, PROCESS_MODULE, self.tier, lambda said: print(said, file=sys.stderr))
        return LocalEngine(PROCESS_MODULE, max(1, min(self.workers, submissions)))


@dataclass
class Run:
    """What a run of grading did: grades given now or standing from before, and assignments that could not run."""

    grades: list[Grade] = field(default_factory=list)
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)


def environment() -> str:
    """What a verdict may depend on besides the work and the suite: versions and the kind of machine."""
    versions = f"python {platform.python_version()}, torch {version('torch')}, numpy {version('numpy')}"
    return f"autograder {VERSION}, {versions}, {platform.system().lower()} {platform.machine()}"


def handout_folder(course: Course, slug: str) -> Path | None:
    """Where what students started from lies, to tell their work from it; None when nothing was released."""
    folder = course.root / "assignments" / slug
    return folder if folder.is_dir() else None


def seed_name(key: bytes, slug: str) -> str:
    """A name for the draws of an assignment that changes with the secret and does not tell it."""
    return blake2b(slug.encode(), key=key[:64], digest_size=6).hexdigest()


def grade(
    course: Course, slugs: Sequence[str], submitted: Path, book: Book, options: Options, progress: Progress
) -> Run:
    """Grades every submission under `submitted/<student>/<slug>/`; each grade is in the gradebook when told.

    An assignment that is itself wrong becomes a problem of the run and does not stop the others.
    Raises CourseError for an unknown slug or course, SubmissionError when there is nothing to grade.
    """
    key, run = secret(course.root), Run()
    book.check_writable()
    rooms = []
    for slug in slugs:
        course.scheduled(slug)
        try:
            assignment = load_assignment(course, slug)
        except CourseError as error:
            run.problems += error.problems
            continue
        rooms.append(_Room(course, assignment, submitted, book, options, key))
    folders = {room.assignment.slug: room.folders(options.students) for room in rooms}
    run.problems += dict.fromkeys(why for room in rooms for why in room.refused)
    if rooms and not any(folders.values()) and not run.problems:
        where = Location(str(submitted))
        remedy = "put work under <student>/<assignment>/ there, or name another folder with --submitted"
        raise SubmissionError(problem(where, f"no submission for {', '.join(slugs)}", remedy))
    rooms = [room for room in rooms if folders[room.assignment.slug]]
    progress.start(sum(len(each) for each in folders.values()))
    batches = [Batch(room.opening(), room.jobs(folders[room.assignment.slug]), room.job_within_s) for room in rooms]
    refused: set[int] = set()
    results = options.engine_for(sum(len(each) for each in folders.values())).run(batches) if batches else iter(())
    for done in results:
        room = rooms[done.batch]
        _settle(room, run, book, progress)
        if isinstance(done, Refused):
            if done.batch not in refused:
                run.problems += PROBLEMS.validate_json(done.reason)
            refused.add(done.batch)
            continue
        verdict = VERDICT.validate_json(done.reply) if done.reply else Verdict((), {}, options.tier, 0.0, (), _LOST)
        given = room.score(SUBMISSION.validate_json(done.job), verdict)
        book.append([given])
        run.grades.append(given)
        progress.graded(given)
    for room in rooms:
        _settle(room, run, book, progress)
    return run


def _settle(room: _Room, run: Run, book: Book, progress: Progress) -> None:
    """Takes in what needed no worker: rejected work and grades that stand."""
    while room.rejected:
        given = room.rejected.popleft()
        book.append([given])
        run.grades.append(given)
        progress.graded(given)
    while room.standing:
        kept = room.standing.popleft()
        run.grades.append(kept)
        run.unchanged += 1
        progress.unchanged(kept)


class _Room:
    """One assignment in a run of grading: its submissions, its cache, its scores."""

    def __init__(
        self, course: Course, assignment: Assignment, submitted: Path, book: Book, options: Options, key: bytes
    ) -> None:
        self.assignment = assignment
        self.rejected: deque[Grade] = deque()
        self.standing: deque[Grade] = deque()
        self.refused: list[str] = []
        self._course = course
        self._submitted = submitted
        self._options = options
        self._key = key
        self._seed = seed_name(key, assignment.slug)
        self._environment = environment()
        self._due = course.scheduled(assignment.slug).due
        self._latest = {} if options.fresh else {each.student: each for each in book.latest([assignment.slug])}

    def opening(self) -> bytes:
        bundle = None if self._options.engine == "local" else pack(self._course.root, self.assignment)
        opening = Opening(self._course.root, self.assignment.slug, self._options.tier, self._key.hex(), bundle)
        return OPENING.dump_json(opening)

    @property
    def job_within_s(self) -> float:
        """Longer than any submission can take: its own time, each known mistake's, and as much again for the grader."""
        return 2 * self.assignment.limits.submission_s * (1 + len(self.assignment.mistakes)) + _GRADER_S

    def folders(self, students: Sequence[str]) -> list[Path]:
        """The folders that hold work for this assignment, of all students or of those named."""
        found = sorted(self._submitted.glob(f"*/{self.assignment.slug}"))
        found = [folder for folder in found if folder.is_dir() and not folder.parent.name.startswith(".")]
        self.refused = [why for folder in found if (why := _why_no_work(folder))]
        found = [folder for folder in found if not _why_no_work(folder)]
        if not students:
            return found
        names = (
            {path.name for path in self._submitted.iterdir() if path.is_dir()} if self._submitted.is_dir() else set()
        )
        for student in students:
            if student not in names:
                close = get_close_matches(student, sorted(names), 1)
                remedy = f"write '{close[0]}'" if close else "see the folders there"
                raise SubmissionError(problem(Location(str(self._submitted)), f"no student '{student}'", remedy))
        return [folder for folder in found if folder.parent.name in students]

    def jobs(self, folders: Sequence[Path]) -> Iterator[bytes]:
        """Submissions to run, read one by one as processes become free."""
        released = handout_folder(self._course, self.assignment.slug)
        for folder in folders:
            submission = read_submission(folder, self.assignment, released, folder.parent.name)
            if (kept := self._stands(submission)) is not None:
                self.standing.append(kept)
            elif submission.problem is not None:
                nothing = Verdict((), {}, self._options.tier, 0.0)
                self.rejected.append(self.score(submission, nothing))
            else:
                yield SUBMISSION.dump_json(submission)

    def score(self, submission: Submission, verdict: Verdict) -> Grade:
        return score(
            self.assignment,
            submission,
            verdict,
            environment=self._environment,
            seed=self._seed,
            graded_at=datetime.now(UTC),
            late_s=self._late_s(submission),
            late_per_day=self._course.late_penalty_per_day,
        )

    def _late_s(self, submission: Submission) -> float:
        if self._due is None:
            return 0.0
        return max(0.0, (submission.received_at - self._due).total_seconds())

    def _stands(self, submission: Submission) -> Grade | None:
        """The grade from before, when nothing it depends on has changed."""
        old = self._latest.get(submission.student)
        if old is None or old.status == "needs_review":
            return None
        now = (submission.sha256, self.assignment.version, self._environment, self._seed, self._options.tier)
        was = (old.submission_sha256, old.assignment_version, old.environment, old.seed, old.isolation)
        return old if now == was and old.late_s == self._late_s(submission) else None


def _why_no_work(folder: Path) -> str | None:
    """What keeps `<student>/<slug>/` from being graded at all: a name that is none, or a link to another's work."""
    name = folder.parent.name
    where = Location(f"{shown(name)}/{folder.name}")
    if (wrong := why_no_student(name)) is not None:
        return problem(where, f"the student's name {wrong}", "rename the folder, then grade again")
    if folder.is_symlink() or folder.parent.is_symlink():
        return problem(where, "a link is not taken for a hand-in", "put the work itself there")
    return None


def as_document(grades: Sequence[Grade], language: str) -> dict[str, object]:
    """The contract's document of `grade --json`, in one language, ordered by assignment and student."""
    ordered = sorted(grades, key=lambda each: (each.assignment, each.student))
    say = "fr" if language == "fr" else "en"
    return {"version": 1, "grades": [_one_document(each, say) for each in ordered]}


def _one_document(given: Grade, say: str) -> dict[str, object]:
    return {
        "assignment": given.assignment,
        "student": given.student,
        "submission_sha256": given.submission_sha256,
        "status": given.status.value,
        "score": given.score,
        "max_score": given.max_score,
        "isolation": given.isolation,
        "seconds": round(given.seconds, 4),
        "groups": [
            {
                "id": group.id,
                "title": getattr(group.title, say),
                "points": group.points,
                "max_points": group.max_points,
                "outcome": group.outcome.value,
                "message": getattr(group.message, say),
                "hint": getattr(group.hint, say),
            }
            for group in given.groups
        ],
    }
