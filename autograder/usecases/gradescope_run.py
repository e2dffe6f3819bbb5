"""Grades the one submission that Gradescope's harness holds, in its container.

Covers the harness' folders, the date of the submission, and what becomes of work that cannot be graded. Whatever is
our fault leaves no results.json: Gradescope then shows an error to the instructor instead of a zero.
"""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.adapters import submitted
from autograder.adapters.course import load_course
from autograder.adapters.deliveries.delivery import Delivery, Who, work_below
from autograder.adapters.exports import gradescope
from autograder.adapters.exports.bundle import SETTINGS
from autograder.adapters.gradebook import Gradebook
from autograder.adapters.pages.folders import write_whole
from autograder.errors import PlatformError
from autograder.machinery.sandbox import strongest_tier
from autograder.types import Grade
from autograder.usecases.grade import Kept, Options, grade

STUDENT = "submission"  # nothing that is graded depends on the name


def run(root: Path) -> Grade:
    """Grades `submission/` below the harness' folder and writes `results/results.json`; returns the grade.

    Raises CourseError when the bundle's assignment is wrong, PlatformError when the machine cannot grade.
    """
    settings = json.loads((root / "source" / SETTINGS).read_text(encoding="utf-8"))
    course = load_course(root / "source" / "course")
    slug, told = settings["assignment"], list[str]()
    who = Who(STUDENT, STUDENT)
    delivery = Delivery(who, slug, work_below(root / "submission", told), _submitted_at(root))
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        into = Path(folder) / "submitted"
        submitted.bring(delivery, STUDENT, into, told)
        with Gradebook.open(Path(folder) / "gradebook.db") as book:
            done = grade(course, [slug], into, book, Options(strongest_tier(), 1), kept := Kept())
    if done.problems or len(kept.grades) != 1:
        raise PlatformError("\n".join([*done.problems, *told]) or "nothing was graded")
    (given,) = kept.grades
    document = gradescope.results(given, course.language, gradescope.visibility(settings["visibility"]))
    write_whole(root / "results" / "results.json", gradescope.as_text(document))
    return given


def _submitted_at(root: Path) -> datetime:
    """When Gradescope took the submission in; now when it does not say."""
    try:
        about: Any = json.loads((root / "submission_metadata.json").read_text(encoding="utf-8"))
        moment = datetime.fromisoformat(about["created_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
