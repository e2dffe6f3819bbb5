"""From the marks of attempts to a grade.

Covers which attempts count, what later and late ones cost, and essays that wait for a person or were marked by one.
Does not cover a single answer (`marking`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from autograder.pure.quizzes.marking import WAITS, mark
from autograder.pure.quizzes.variants import settle
from autograder.pure.scoring import late_fraction
from autograder.quiz_types import Attempts, Drawn, Mark, Misconception, Question, Quiz, Response
from autograder.types import NOTHING, Grade, GroupGrade, Outcome, Status, Text

PREFIX = "quiz-"
"""Before a quiz's id, in the gradebook: an assignment and a quiz may have one name."""

EssayPoints = Mapping[tuple[str, int, str], float]
"""What a person gave, by student, attempt and question."""


@dataclass(frozen=True)
class Attempt:
    """One attempt as it was received: the response, with the values that were drawn for it."""

    response: Response
    drawn: Drawn
    received_at: datetime
    sha256: str


@dataclass(frozen=True)
class Marked:
    """An attempt and what each of its questions earned, in the quiz's order."""

    attempt: Attempt
    marks: tuple[Mark, ...]

    @property
    def points(self) -> float:
        return sum(each.points for each in self.marks)


@dataclass(frozen=True)
class Late:
    """When a quiz was due, and the fraction of the score lost per started day after that."""

    due: datetime | None = None
    per_day: float = 0.0

    def seconds(self, received_at: datetime) -> float:
        return max(0.0, (received_at - self.due).total_seconds()) if self.due else 0.0

    def fraction(self, received_at: datetime) -> float:
        """Fraction lost, 0..1."""
        return late_fraction(self.seconds(received_at), self.per_day)


def mark_attempt(quiz: Quiz, attempt: Attempt, essays: EssayPoints) -> Marked:
    """Marks one attempt under its own drawn values; what a person gave for an essay stands."""
    response = attempt.response
    marks = []
    for question in settle(quiz, attempt.drawn).questions:
        earned = mark(question, response.answers.get(question.id), response.language)
        given = essays.get((response.student, response.attempt, question.id))
        if earned.credit is None and given is not None:
            remarks = tuple(each for each in earned.remarks if each != WAITS)
            earned = replace(earned, credit=min(given / question.points, 1.0), remarks=remarks)
        marks.append(earned)
    return Marked(attempt, tuple(marks))


def worth(attempts: Attempts, number: int) -> float:
    """Fraction of its marks that an attempt keeps. Penalty 0.25: attempt 1 -> 1.0, 3 -> 0.5, 9 -> 0.0"""
    return max(0.0, 1.0 - attempts.penalty * (number - 1))


def counting(quiz: Quiz, marked: Sequence[Marked], late: Late) -> tuple[Marked, ...]:
    """The attempts that the grade is made of: the best (the earliest of equals), the last, or all for their mean."""
    ordered = sorted(marked, key=lambda each: each.attempt.response.attempt)
    if quiz.attempts.keep == "mean":
        return tuple(ordered)
    if quiz.attempts.keep == "last":
        return (ordered[-1],)
    return (max(ordered, key=lambda each: each.points * _share(quiz, each, late)),)


def grade(
    quiz: Quiz, marked: Sequence[Marked], late: Late, *, environment: str, seed: str, graded_at: datetime
) -> Grade:
    """The grade of one student's attempts, of which there is at least one: `needs_review` while an essay waits."""
    kept = counting(quiz, marked, late)
    groups = tuple(_group(quiz, number, kept) for number in range(len(quiz.questions)))
    earned = sum(each.points for each in groups)
    penalty = sum(_before_late(quiz, each) * late.fraction(each.attempt.received_at) for each in kept) / len(kept)
    waits = any(each.credit is None for one in kept for each in one.marks)
    return Grade(
        assignment=PREFIX + quiz.id,
        student=kept[0].attempt.response.student,
        status=Status.NEEDS_REVIEW if waits else Status.GRADED,
        score=round(earned - penalty, 2),
        max_score=quiz.points,
        groups=groups,
        submission_sha256=_digest(marked),
        received_at=max(each.attempt.received_at for each in kept),
        assignment_version=quiz.version,
        environment=environment,
        seed=seed,
        isolation="-",
        seconds=0.0,
        graded_at=graded_at,
        late_s=max(late.seconds(each.attempt.received_at) for each in kept),
        penalty=round(penalty, 2),
        notes=_notes(quiz, kept),
    )


def _share(quiz: Quiz, marked: Marked, late: Late) -> float:
    number, received = marked.attempt.response.attempt, marked.attempt.received_at
    return worth(quiz.attempts, number) * (1 - late.fraction(received))


def _before_late(quiz: Quiz, marked: Marked) -> float:
    return marked.points * worth(quiz.attempts, marked.attempt.response.attempt)


def _group(quiz: Quiz, number: int, kept: Sequence[Marked]) -> GroupGrade:
    """One question; of several attempts, the last is explained."""
    question, shown = quiz.questions[number], kept[-1].marks[number]
    points = sum(
        each.marks[number].points * worth(quiz.attempts, each.attempt.response.attempt) for each in kept
    ) / len(kept)
    known = [quiz.misconceptions[each] for each in shown.misconceptions if each in quiz.misconceptions]
    return GroupGrade(
        id=question.id,
        title=Text(f"Question {number + 1}", f"Question {number + 1}"),
        points=round(points, 4),
        max_points=question.points,
        outcome=Outcome.PASSED if shown.credit == 1 else Outcome.FAILED,
        message=_message(shown, question),
        hint=lesson_hint(known[0]) if known else NOTHING,
        mistake=known[0].id if known and shown.credit != 1 else None,
    )


def _message(shown: Mark, question: Question) -> Text:
    if not shown.answered:
        return Text("Not answered.", "Sans réponse.")
    partly = NOTHING
    if shown.credit is not None and 0 < shown.credit < 1:
        share = f"{shown.credit:.0%}"
        partly = Text(f"Partly right ({share}).", f"En partie juste ({share.replace('%', ' %')}).")
    said = [each for each in (partly, *shown.remarks) if each != NOTHING]
    return Text(" ".join(_sentence(each.en) for each in said), " ".join(_sentence(each.fr) for each in said))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", ":")) else text + "."


def lesson_hint(misconception: Misconception) -> Text:
    """What a student reads of a misconception, with the lesson that clears it up."""
    title = misconception.title
    if misconception.lesson is None:
        return title
    lesson = misconception.lesson.partition("#")[0]
    return Text(
        f"{_sentence(title.en)} See the lesson “{lesson}”.", f"{_sentence(title.fr)} Voyez la leçon « {lesson} »."
    )


def _notes(quiz: Quiz, kept: Sequence[Marked]) -> tuple[Text, ...]:
    """Which attempt counted, where there could be several."""
    if quiz.attempts.most == 1:
        return ()
    if quiz.attempts.keep == "mean":
        count = len(kept)
        return (Text(f"The mean of {count} attempts.", f"La moyenne de {count} tentatives."),)
    number = kept[0].attempt.response.attempt
    share = worth(quiz.attempts, number)
    cost = Text("", "") if share == 1 else Text(f", which keeps {share:.0%}", f", qui garde {share:.0%}")
    return (Text(f"Attempt {number} counts{cost.en}.", f"La tentative {number} compte{cost.fr}.".replace("%", " %")),)


def _digest(marked: Sequence[Marked]) -> str:
    ordered = sorted((each.attempt.response.attempt, each.attempt.sha256) for each in marked)
    return hashlib.sha256(repr(ordered).encode()).hexdigest()
