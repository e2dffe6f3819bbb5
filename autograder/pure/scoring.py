"""From test results to points.

Covers groups earned as a whole, the submission's status, and lateness. Does not cover how a test came to
its outcome, nor anything but programming quizzes' marking, which has its own rules.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from autograder.types import (
    NOTHING,
    Assignment,
    Grade,
    Group,
    GroupGrade,
    Mistake,
    Outcome,
    Status,
    Submission,
    TestResult,
    Text,
    Verdict,
)

_OUR_FAULT = Text(
    "Something went wrong on our side while this was checked. A person will look; nothing of your work is lost.",
    "Un problème est survenu de notre côté pendant la vérification. Une personne va regarder ; "
    "rien de votre travail n'est perdu.",
)


_STOPPED = Text(
    "Your code stopped before there was a result to compare: mend that error first. Then: {hint}",
    "Votre code s'est arrêté avant qu'il y ait un résultat à comparer : corrigez d'abord cette erreur. "
    "Ensuite : {hint}",
)


def hint_of(group: Group, outcome: Outcome) -> Text:
    """What helps with a group when nothing closer is known; after an error, that the error comes first."""
    if outcome in (Outcome.PASSED, Outcome.BROKEN):
        return NOTHING
    if outcome is Outcome.CRASHED:
        return Text(_STOPPED.en.format(hint=group.hint.en), _STOPPED.fr.format(hint=group.hint.fr))
    return group.hint


def score_group(
    group: Group, results: Sequence[TestResult], expected: Sequence[str], mistake: Mistake | None
) -> GroupGrade:
    """Points of one group: all of them when every expected test passed once and in order, else none.

    A missing, doubled or out-of-order result is our fault: `broken`.
    """
    if [result.name for result in results] != list(expected) or not expected:
        return _group(group, Outcome.BROKEN, _OUR_FAULT, None, None)
    bad = [result for result in results if result.outcome is not Outcome.PASSED]
    if any(result.outcome is Outcome.BROKEN for result in bad):
        return _group(group, Outcome.BROKEN, _OUR_FAULT, None, None)
    if not bad:
        return _group(group, Outcome.PASSED, NOTHING, None, None)
    first = bad[0]
    return _group(group, first.outcome, first.message, mistake, first)


def _group(
    group: Group, outcome: Outcome, message: Text, mistake: Mistake | None, seen: TestResult | None
) -> GroupGrade:
    hint = mistake.hint if mistake else hint_of(group, outcome)
    return GroupGrade(
        id=group.id,
        title=group.title,
        points=group.points if outcome is Outcome.PASSED else 0.0,
        max_points=group.points,
        outcome=outcome,
        message=message,
        hint=hint,
        mistake=mistake.id if mistake else None,
        picture=seen.picture if seen else None,
    )


def score(
    assignment: Assignment,
    submission: Submission,
    verdict: Verdict,
    *,
    environment: str,
    seed: str,
    graded_at: datetime,
    late_s: float = 0.0,
    late_per_day: float = 0.0,
    versions: Mapping[str, str] | None = None,
    standing: Collection[str] = (),
) -> Grade:
    """The grade of one submission: `rejected` when it could not be taken, `needs_review` when we failed.

    `versions` are those of the groups' checks; `standing` names groups earned before, which were not run again.
    """
    fault = verdict.problem
    if submission.problem is not None:
        groups = tuple(_not_graded(group, submission.problem) for group in assignment.groups)
        status = Status.REJECTED
        notes: tuple[Text, ...] = (submission.problem,)
    else:
        known = {mistake.id: mistake for mistake in assignment.mistakes}
        groups = tuple(
            _group(group, Outcome.PASSED, NOTHING, None, None)
            if group.id in standing
            else score_group(
                group,
                [result for result in verdict.results if result.group == group.id],
                verdict.expected.get(group.id, ()),
                known.get(verdict.recognised.get(group.id, "")),
            )
            for group in assignment.groups
        )
        broken = fault is not None or any(group.outcome is Outcome.BROKEN for group in groups)
        status = Status.NEEDS_REVIEW if broken else Status.GRADED
        notes = submission.notes + verdict.notes
    earned = sum(group.points for group in groups)
    penalty = round(earned * late_fraction(late_s, late_per_day), 2)
    return Grade(
        assignment=assignment.slug,
        student=submission.student,
        status=status,
        score=round(earned - penalty, 2),
        max_score=assignment.points,
        groups=tuple(replace(group, version=(versions or {}).get(group.id, "")) for group in groups),
        submission_sha256=submission.sha256,
        received_at=submission.received_at,
        assignment_version=assignment.version,
        environment=environment,
        seed=seed,
        isolation=verdict.isolation,
        seconds=verdict.seconds,
        graded_at=graded_at,
        notes=notes,
        late_s=late_s,
        penalty=penalty,
        fault=fault,
        unusual=tuple(dict.fromkeys(submission.unusual + verdict.unusual)),
        imprint=submission.imprint,
    )


def _not_graded(group: Group, why: Text) -> GroupGrade:
    return GroupGrade(group.id, group.title, 0.0, group.points, Outcome.FAILED, why, NOTHING)


def late_fraction(late_s: float, per_day: float) -> float:
    """Fraction lost per started day, 0..1. late_s=26 h, per_day=0.1 -> 0.2. Raises ValueError if per_day < 0."""
    if per_day < 0:
        raise ValueError(f"per_day is {per_day}; it must be 0 or more")
    days = -(-max(late_s, 0.0) // 86400)
    return min(1.0, days * per_day)
