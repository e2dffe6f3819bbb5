"""Marks what was handed in for quizzes, into the gradebook that holds every other grade.

`prepare` reads and computes and writes nothing; `carry_out` writes. Covers attempts, marking again after a key was
mended, essays and surveys. Does not cover what an answer is worth (`pure.quizzes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.attempts import AttemptBook
from autograder.adapters.course import Course, secret
from autograder.adapters.gradebook import Gradebook
from autograder.adapters.quizzes import essays, survey
from autograder.adapters.quizzes.documents import SurveySheet
from autograder.adapters.quizzes.essays import Key as EssayKey
from autograder.adapters.quizzes.inbox import Inbox, Received, read_inbox
from autograder.adapters.quizzes.load import FOLDER, quiz_files, quiz_named
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, problem
from autograder.pure.quizzes.expression import ExpressionError
from autograder.pure.quizzes.grading import PREFIX, Attempt, EssayPoints, Late, Marked, grade, mark_attempt
from autograder.pure.quizzes.variants import draw
from autograder.quiz_types import Quiz
from autograder.types import Grade, Status
from autograder.usecases.grade import environment, seed_name


@dataclass(frozen=True)
class Change:
    """What marking makes of one student's quiz: the grade there was, the one there is now, and the new attempts."""

    quiz: str
    old: Grade | None
    new: Grade
    attempts: tuple[int, ...]

    @property
    def differs(self) -> bool:
        """Whether the new grade is to be kept."""
        return self.old is None or self._moves or self.new.submission_sha256 != self.old.submission_sha256

    @property
    def by_key(self) -> bool:
        """Whether marks given before change because the quiz did."""
        return self.old is not None and self._moves and self.old.assignment_version != self.new.assignment_version

    @property
    def why(self) -> str:
        reasons = [f"attempt {number}" for number in self.attempts]
        if self.by_key:
            reasons.append("the quiz changed")
        if self.old is not None and not reasons and self.differs:
            reasons.append("essay marked" if self.old.status is Status.NEEDS_REVIEW else "marked again")
        return ", ".join(reasons)

    @property
    def _moves(self) -> bool:
        assert self.old is not None
        before, now = (
            (each.score, each.status, each.penalty, [(group.id, group.points) for group in each.groups])
            for each in (self.old, self.new)
        )
        return before != now


@dataclass(frozen=True)
class EssayQueue:
    """The essays of a quiz: where their points are written, and for how many they are still missing."""

    quiz: Quiz
    place: Path
    essays: tuple[essays.Waiting, ...]
    given: Mapping[EssayKey, Mapping[str, float | None]]

    @property
    def missing(self) -> int:
        return len({essay.key for essay in self.essays} - essays.totals(self.given).keys())


@dataclass(frozen=True)
class Marking:
    """All that is about to be written, and one line per file that cannot be taken."""

    changes: tuple[Change, ...]
    attempts: tuple[Attempt, ...]
    queues: tuple[EssayQueue, ...]
    surveys: tuple[tuple[Quiz, Mapping[Path, SurveySheet]], ...]
    refused: tuple[str, ...]

    @property
    def by_key(self) -> tuple[Change, ...]:
        return tuple(each for each in self.changes if each.by_key)


def prepare(course: Course, folder: Path | None, book: Gradebook, ids: Sequence[str] = ()) -> Marking:
    """What marking these quizzes (all when none is named) would change; without a folder, what is kept is marked again.

    Raises CourseError for a faulty quiz or file of essays, SubmissionError when the folder is none.
    """
    inbox = read_inbox(folder) if folder is not None else Inbox((), {}, ())
    quizzes = {
        id: quiz_named(course.root, id) for id in ids or [each.stem for each in quiz_files(course.root / FOLDER)]
    }
    refused, kept = list(inbox.refused), AttemptBook(book)
    key, changes, fresh, queues = secret(course.root), [], [], []
    for quiz in quizzes.values():
        if quiz.mode != "graded":
            continue
        before = kept.of(quiz.id)
        taken = _taken(quiz, key, before, [each for each in inbox.responses if each.response.quiz == quiz.id], refused)
        fresh += taken
        queue = _queue(course, quiz, [*before, *taken])
        queues += [queue] if queue.essays else []
        latest = {each.student: each for each in book.latest([PREFIX + quiz.id])}
        changes += _changes(course, quiz, [*before, *taken], taken, essays.totals(queue.given), latest)
    # Those of other quizzes are passed over when some are named.
    refused += [] if ids else _strays(inbox, quizzes)
    surveys = [
        (quiz, {path: sheet for path, sheet in inbox.sheets.items() if sheet.quiz == quiz.id})
        for quiz in quizzes.values()
        if quiz.mode == "survey"
    ]
    counted = tuple(each for each in surveys if each[1])
    return Marking(tuple(changes), tuple(fresh), tuple(queues), counted, tuple(refused))


def carry_out(course: Course, marking: Marking, book: Gradebook) -> dict[str, int]:
    """Writes attempts, grades and essays, and counts surveys, whose sheets are deleted; returns how many per survey."""
    AttemptBook(book).append(marking.attempts)
    book.append([each.new for each in marking.changes if each.differs])
    for queue in marking.queues:
        essays.write_essays(queue.place, queue.quiz, queue.essays, queue.given)
    counted = {}
    for quiz, sheets in marking.surveys:
        counted[quiz.id] = survey.add(course.root, quiz, list(sheets.values()))
        for path in sheets:
            path.unlink(missing_ok=True)
    return counted


def as_document(marking: Marking, counted: Mapping[str, int], written: bool) -> dict[str, object]:
    """The document of `quiz mark --json`."""
    return {
        "version": 1,
        "written": written,
        "marks": [
            {
                "quiz": each.quiz,
                "student": each.new.student,
                "old": each.old.score if each.old else None,
                "new": each.new.score,
                "max_score": each.new.max_score,
                "status": each.new.status.value,
                "why": each.why,
            }
            for each in marking.changes
        ],
        "essays": [
            {"quiz": each.quiz.id, "missing": each.missing, "file": shown(each.place)} for each in marking.queues
        ],
        "surveys": [{"quiz": id, "counted": count} for id, count in counted.items()],
        "refused": list(marking.refused),
    }


def _taken(
    quiz: Quiz, key: bytes, kept: Sequence[Attempt], received: Sequence[Received], refused: list[str]
) -> list[Attempt]:
    """New attempts among those received; one that was kept before, byte for byte, is passed over."""
    there = {(each.response.student, each.response.attempt): each.sha256 for each in kept}
    taken = []
    for each in received:
        response = each.response
        who = (response.student, response.attempt)
        if there.get(who) == each.sha256:
            continue
        drawn = draw(quiz, key, response.student, response.attempt)
        most = quiz.attempts.most
        why = ""
        if who in there:
            why = f"attempt {response.attempt} of '{response.student}' is kept already, with other answers"
        elif response.edition != quiz.edition:
            why = f"answers edition {response.edition}, and the quiz is at edition {quiz.edition}"
        elif most and response.attempt > most:
            why = f"is attempt {response.attempt}, and {most} count"
        elif response.drawn != drawn:
            why = f"answers other values than those drawn for '{response.student}', attempt {response.attempt}"
        if why:
            refused.append(problem(_place(each.path), why, "ask the student, or remove the file"))
            continue
        there[who] = each.sha256
        taken.append(Attempt(response, drawn, each.received_at, each.sha256))
    return taken


def _queue(course: Course, quiz: Quiz, attempts: Sequence[Attempt]) -> EssayQueue:
    place = essay_file(course, quiz)
    return EssayQueue(quiz, place, tuple(essays.waiting(quiz, attempts)), essays.read_points(place, quiz))


def essay_file(course: Course, quiz: Quiz) -> Path:
    """Where the essays of a quiz wait for points."""
    return course.root / ".autograder" / "essays" / f"{quiz.id}.yaml"


def marked_attempts(quiz: Quiz, attempts: Sequence[Attempt], points: EssayPoints) -> list[Marked]:
    """Attempts, marked under the quiz as it is now. Raises CourseError when one has no value for a new parameter."""
    try:
        return [mark_attempt(quiz, each, points) for each in attempts]
    except ExpressionError as error:
        where = Location(f"{FOLDER}/{quiz.id}.yaml")
        what = f"an answer handed in before a question was changed cannot be marked: an expression {error}"
        raise CourseError(problem(where, what, "give the changed question a new id")) from None


def _changes(
    course: Course,
    quiz: Quiz,
    attempts: Sequence[Attempt],
    taken: Sequence[Attempt],
    points: EssayPoints,
    latest: Mapping[str, Grade],
) -> list[Change]:
    """One per student who took the quiz, by name."""
    due = next((each.due for each in course.quizzes if each.slug == quiz.id), None)
    late, now = Late(due, course.late_penalty_per_day), datetime.now(UTC)
    seed, where = seed_name(secret(course.root), PREFIX + quiz.id), environment()
    marked: dict[str, list[Marked]] = {}
    for each in marked_attempts(quiz, attempts, points):
        marked.setdefault(each.attempt.response.student, []).append(each)
    return [
        Change(
            quiz=quiz.id,
            old=latest.get(student),
            new=grade(quiz, own, late, environment=where, seed=seed, graded_at=now),
            attempts=tuple(each.response.attempt for each in taken if each.response.student == student),
        )
        for student, own in sorted(marked.items())
    ]


def _strays(inbox: Inbox, quizzes: Mapping[str, Quiz]) -> Iterator[str]:
    """What was handed in for nothing that is marked: unknown quizzes, and practice."""
    there = ", ".join(quizzes) or "none"
    found = [(each.path, each.response.quiz, "graded") for each in inbox.responses]
    found += [(path, sheet.quiz, "survey") for path, sheet in inbox.sheets.items()]
    for path, id, mode in found:
        if id not in quizzes:
            yield problem(_place(path), f"answers no quiz of this course ({there})", "remove the file")
        elif quizzes[id].mode != mode:
            yield problem(_place(path), f"answers '{id}', a quiz whose mode is {quizzes[id].mode}", "remove the file")


def _place(path: Path) -> Location:
    return Location(f"{path.parent.name}/{path.name}")
