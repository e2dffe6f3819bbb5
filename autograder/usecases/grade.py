"""Grades a class: finds submissions, runs them in isolation, writes the gradebook as it goes.

Covers skipping what is unchanged, rejected work, lateness, and faults of an assignment or of the platform. Does
not cover pages and exports, which read the gradebook.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from autograder.adapters.course import Course, load_assignment, secret
from autograder.adapters.course_bundle import pack
from autograder.adapters.group_versions import group_versions
from autograder.adapters.received import imprint
from autograder.adapters.released import PUBLIC_FILE
from autograder.adapters.student_name import shown, why_no_student
from autograder.adapters.submission import read_submission
from autograder.adapters.suite_jobs import JOB, OPENING, PROBLEMS, PROCESS_MODULE, VERDICT, Job, Opening
from autograder.errors import CourseError, Location, SubmissionError, problem
from autograder.machinery.cluster import ClusterEngine
from autograder.machinery.engine import Batch, Done, LocalEngine, Refused, Settled
from autograder.machinery.sandbox import Tier
from autograder.pure.scoring import score
from autograder.types import Assignment, Grade, Outcome, Status, Submission, Verdict
from autograder.version import VERSION

_GRADER_S = 60.0  # of comparing and recognising, and of a machine that is busy
_TOGETHER = 100  # submissions whose grades from before are looked up in one go
_LOST = "the grading process died on this submission, twice; see its output above"


class Progress(Protocol):
    """What is told while grading goes on: each grade once, as soon as it is on the disk or found to stand."""

    def start(self, total: int) -> None: ...
    def graded(self, grade: Grade) -> None: ...
    def unchanged(self, grade: Grade) -> None: ...


class Book(Protocol):
    """Where grades stand and are added: the gradebook, or what stands in for it in a preview."""

    def check_writable(self) -> None: ...
    def latest(self, slugs: Sequence[str] | None = None, students: Sequence[str] | None = None) -> list[Grade]: ...
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
    """What a run of grading did: how many grades it gave and found standing, and what could not be graded.

    It holds no grades, of which there may be many: they are in the gradebook, and progress is told each.
    """

    graded: int = 0
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)


class Kept:
    """Progress that keeps every grade, for a few submissions that are wanted all at once."""

    def __init__(self) -> None:
        self.grades: list[Grade] = []

    def start(self, total: int) -> None: ...
    def graded(self, grade: Grade) -> None:
        self.grades.append(grade)

    def unchanged(self, grade: Grade) -> None:
        self.grades.append(grade)


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
            rooms.append(_Room(course, load_assignment(course, slug), submitted, book, options, key))
        except CourseError as error:
            run.problems += error.problems
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
    engine = options.engine_for(sum(len(each) for each in folders.values()))
    for results in engine.run(batches) if batches else ():
        given: list[Grade] = []
        for result in results:
            if isinstance(result, Refused):
                if result.batch not in refused:
                    run.problems += PROBLEMS.validate_json(result.reason)
                refused.add(result.batch)
            elif isinstance(result, Settled) and isinstance(result.value, _Standing):
                run.unchanged += len(result.value.grades)
                for each in result.value.grades:
                    progress.unchanged(each)
            else:
                given.append(result.value if isinstance(result, Settled) else rooms[result.batch].graded(result))
        book.append(given)
        run.graded += len(given)
        for each in given:
            progress.graded(each)
    return run


@dataclass(frozen=True)
class _Standing:
    """Grades from before, of which nothing has changed that they depend on."""

    grades: tuple[Grade, ...]


class _Room:
    """One assignment in a run of grading: its submissions, what stands of their grades, its scores."""

    def __init__(
        self, course: Course, assignment: Assignment, submitted: Path, book: Book, options: Options, key: bytes
    ) -> None:
        self.assignment = assignment
        self.refused: list[str] = []
        self._course = course
        self._submitted = submitted
        self._book = book
        self._options = options
        self._key = key
        self._seed = seed_name(key, assignment.slug)
        self._environment = environment()
        self._due = course.scheduled(assignment.slug).due

    @cached_property
    def _versions(self) -> dict[str, str]:
        """A digest per group. Two threads may not parse at once: Python 3.11 keeps the parser's depth per process."""
        return group_versions(self.assignment)

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

    def jobs(self, folders: Sequence[Path]) -> Iterator[bytes | Settled]:
        """Submissions to run, read one by one as processes become free, and grades that need no running."""
        released = handout_folder(self._course, self.assignment.slug)
        public = None if released is None else released / PUBLIC_FILE
        context = public.read_bytes() if public is not None and public.is_file() else b""
        for start in range(0, len(folders), _TOGETHER):
            some = folders[start : start + _TOGETHER]
            before = {} if self._options.fresh else self._before([folder.parent.name for folder in some])
            seen = {folder.parent.name: imprint(folder, context) for folder in some}
            standing = {name: old for name, old in before.items() if self._stands_unread(old, seen.get(name, ""))}
            if standing:
                yield Settled(_Standing(tuple(standing.values())))
            for folder in some:
                if (student := folder.parent.name) not in standing:
                    submission = read_submission(folder, self.assignment, released, student)
                    yield self._job(replace(submission, imprint=seen[student]), before.get(student))

    def graded(self, done: Done) -> Grade:
        """The grade of a submission that was run."""
        job = JOB.validate_json(done.job)
        lost = Verdict((), {}, self._options.tier, 0.0, (), _LOST)
        return self._score(job.submission, VERDICT.validate_json(done.reply) if done.reply else lost, job.standing)

    def _before(self, students: Sequence[str]) -> dict[str, Grade]:
        return {each.student: each for each in self._book.latest([self.assignment.slug], students)}

    def _job(self, submission: Submission, old: Grade | None) -> bytes | Settled:
        if old is not None and self._stands(old, submission.sha256, submission.received_at):
            return Settled(_Standing((old,)))
        _ = self._versions  # worked out here at the latest, in this thread's turn to read
        if submission.problem is not None:
            return Settled(self._score(submission, Verdict((), {}, self._options.tier, 0.0)))
        standing = () if old is None else self._standing_groups(submission, old)
        if old is None or not standing:
            return JOB.dump_json(Job(submission))
        submission = replace(submission, unusual=submission.unusual + old.unusual)
        if len(standing) == len(self.assignment.groups):
            notes = tuple(note for note in old.notes if note not in submission.notes)
            return Settled(self._score(submission, Verdict((), {}, old.isolation, old.seconds, notes), standing))
        return JOB.dump_json(Job(submission, standing))

    def _score(self, submission: Submission, verdict: Verdict, standing: Sequence[str] = ()) -> Grade:
        return score(
            self.assignment,
            submission,
            verdict,
            environment=self._environment,
            seed=self._seed,
            graded_at=datetime.now(UTC),
            late_s=self._late_s(submission.received_at),
            late_per_day=self._course.late_penalty_per_day,
            versions=self._versions,
            standing=standing,
        )

    def _late_s(self, received_at: datetime) -> float:
        return 0.0 if self._due is None else max(0.0, (received_at - self._due).total_seconds())

    def _stands_unread(self, old: Grade, seen: str) -> bool:
        """Whether a grade stands, told from the imprint of the hand-in alone."""
        same = seen != "" and seen == old.imprint
        return same and self._stands(old, old.submission_sha256, old.received_at)

    def _stands(self, old: Grade, sha256: str, received_at: datetime) -> bool:
        """Whether nothing has changed that the whole grade depends on."""
        same = self._same_run(sha256, old) and old.status is not Status.NEEDS_REVIEW
        return same and old.assignment_version == self.assignment.version and old.late_s == self._late_s(received_at)

    def _standing_groups(self, submission: Submission, old: Grade) -> tuple[str, ...]:
        """Groups that were earned by the same work with the same checks; what is said of a lost one may change."""
        if not self._same_run(submission.sha256, old) or old.status is not Status.GRADED:
            return ()
        earned = {group.id: group.version for group in old.groups if group.outcome is Outcome.PASSED}
        return tuple(group for group, version in self._versions.items() if earned.get(group) == version)

    def _same_run(self, sha256: str, old: Grade) -> bool:
        now = (sha256, self._environment, self._seed, self._options.tier)
        return now == (old.submission_sha256, old.environment, old.seed, old.isolation)


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
