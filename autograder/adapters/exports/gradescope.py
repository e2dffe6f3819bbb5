"""A grade as Gradescope's `results.json`.

Covers what a student may see at once: the same words as on their feedback page, never a test's name. The grader's own
output stays hidden. A grade under review has no score, so that Gradescope asks a person instead of showing a zero.
"""

from __future__ import annotations

import json
from typing import Any, Literal, get_args

from autograder.adapters.exports import summary
from autograder.adapters.pages import sentences
from autograder.adapters.pages.visible import visible
from autograder.errors import CourseError
from autograder.types import Grade, GroupGrade, Language, Outcome, Status

Visibility = Literal["hidden", "after_due_date", "after_published", "visible"]
VISIBILITIES: tuple[Visibility, ...] = get_args(Visibility)


def visibility(said: str) -> Visibility:
    """One of Gradescope's words. Raises CourseError for any other."""
    for each in VISIBILITIES:
        if said == each:
            return each
    raise CourseError(f"--visibility {said} is not one of {', '.join(VISIBILITIES)}. Remedy: write one of these.")


def results(grade: Grade, language: Language, shown: Visibility = "visible") -> dict[str, Any]:
    """The document for one submission; `shown` is when students see it."""
    sure = grade.status is not Status.NEEDS_REVIEW
    head = [sentences.headline(grade, language), *(note.say(language) for note in grade.notes)]
    document: dict[str, Any] = {
        "output": visible("\n".join(head if sure else [*head, sentences.OUR_FAULT.say(language)])),
        "output_format": "text",
        "visibility": shown,
        "stdout_visibility": "hidden",
        "execution_time": round(grade.seconds, 3),
        "tests": [_test(number, group, language, sure, shown) for number, group in enumerate(grade.groups, 1)],
    }
    return {"score": grade.score, **document} if sure else document


def _test(number: int, group: GroupGrade, language: Language, sure: bool, shown: Visibility) -> dict[str, Any]:
    said = summary.group_lines(group, language)
    test: dict[str, Any] = {
        "name": summary.title(group, language),
        "number": str(number),
        "tags": [group.id],
        "max_score": group.max_points,
        "output": visible("\n".join(said)),
        "output_format": "text",
        "visibility": shown,  # else it would be shown before the whole is
    }
    if not sure:
        return test
    return {**test, "score": group.points, "status": "passed" if group.outcome is Outcome.PASSED else "failed"}


def as_text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
