"""Grades again, and says for each student what changes and why, before anything is written.

Covers old and new scores, the groups that differ, and the reasons. Does not cover which grades stand: `grade` says so.
What is written is what was shown: the same grades, in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.adapters.course import Course
from autograder.adapters.gradebook import Gradebook
from autograder.types import Grade, Language, Status, Text
from autograder.usecases.grade import Options, Progress, Run, grade

_FIRST = Text("graded for the first time", "noté pour la première fois")
_ASKED = Text("asked for: nothing it depends on has changed", "demandé : rien de ce dont elle dépend n'a changé")
_REVIEW = Text("the last grade needed review", "la dernière note était à revoir")
_REASONS: dict[str, Text] = {
    "submission_sha256": Text("other work was handed in", "un autre travail a été rendu"),
    "assignment_version": Text("the assignment has changed", "l'exercice a changé"),
    "environment": Text("other versions of the software", "d'autres versions des logiciels"),
    "seed": Text("other draws: the course's secret has changed", "d'autres tirages : le secret du cours a changé"),
    "isolation": Text("another tier of isolation", "un autre niveau d'isolation"),
    "late_s": Text("the date of the work or the due date has changed", "la date du rendu ou l'échéance a changé"),
}


@dataclass(frozen=True)
class Change:
    """A student's grade as it stands (None for a first one) and as it would be."""

    old: Grade | None
    new: Grade

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Why the work was run again."""
        if self.old is None:
            return (_FIRST,)
        reasons = [text for name, text in _REASONS.items() if getattr(self.old, name) != getattr(self.new, name)]
        if self.old.status is Status.NEEDS_REVIEW:
            reasons.append(_REVIEW)
        return tuple(reasons) or (_ASKED,)

    @property
    def groups(self) -> dict[str, tuple[float, float]]:
        """Points before and after, of the groups in which they differ."""
        before = {group.id: group.points for group in self.old.groups} if self.old else {}
        after = {group.id: group.points for group in self.new.groups}
        both = {name: (before.get(name, 0.0), after.get(name, 0.0)) for name in {**before, **after}}
        return {name: points for name, points in both.items() if points[0] != points[1]}


@dataclass(frozen=True)
class Proposal:
    """What a regrade would write, ordered by assignment and student, and the run that found it."""

    changes: tuple[Change, ...]
    run: Run

    def write(self, book: Gradebook) -> None:
        """Adds the grades that were shown, all of them or none."""
        book.append([change.new for change in self.changes])


@dataclass
class _Unwritten:
    """A gradebook that is read, and in which nothing is written: what would be is kept."""

    book: Gradebook
    given: list[Grade] = field(default_factory=list)

    def check_writable(self) -> None:
        self.book.check_writable()

    def latest(self, slugs: Sequence[str] | None = None, students: Sequence[str] | None = None) -> list[Grade]:
        return self.book.latest(slugs, students)

    def append(self, grades: Sequence[Grade]) -> None:
        self.given += grades


def propose(
    course: Course, slugs: Sequence[str], submitted: Path, book: Gradebook, options: Options, progress: Progress
) -> Proposal:
    """Grades what does not stand, and writes nothing. Raises what `grade` raises."""
    unwritten = _Unwritten(book)
    run = grade(course, slugs, submitted, unwritten, options, progress)
    before = {(each.assignment, each.student): each for each in book.latest(slugs)}
    given = sorted(unwritten.given, key=lambda each: (each.assignment, each.student))
    return Proposal(tuple(Change(before.get((each.assignment, each.student)), each) for each in given), run)


def as_document(proposal: Proposal, language: Language, written: bool) -> dict[str, object]:
    """The document of `regrade --json`, in one language."""
    return {
        "version": 1,
        "written": written,
        "unchanged": proposal.run.unchanged,
        "changes": [
            {
                "assignment": each.new.assignment,
                "student": each.new.student,
                "old_score": each.old.score if each.old else None,
                "new_score": each.new.score,
                "old_status": each.old.status.value if each.old else None,
                "new_status": each.new.status.value,
                "max_score": each.new.max_score,
                "reasons": [reason.say(language) for reason in each.reasons],
                "groups": [{"id": name, "old": old, "new": new} for name, (old, new) in each.groups.items()],
            }
            for each in proposal.changes
        ],
    }
