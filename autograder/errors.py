"""The ways things go wrong, told apart by whose turn it is to act.

Covers the errors a person reads. Does not cover programming errors of the platform, which stay
ordinary exceptions.
"""

from __future__ import annotations

from dataclasses import dataclass


class AutograderError(Exception):
    """Base of every error shown to a person without a traceback."""


class SubmissionError(AutograderError):
    """The student's work cannot be taken as it is; the message is for the student."""


class CourseError(AutograderError):
    """The course, an assignment or a quiz is wrong; the message is for the instructor.

    Carries every problem found, one line each.
    `CourseError(["course/course.yaml:3: unknown key 'modul'. Remedy: write 'modules'."])`
    """

    def __init__(self, problems: str | list[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))


class PlatformError(AutograderError):
    """The platform or the machine failed; nobody's work is at fault."""


@dataclass(frozen=True)
class Location:
    """Where a problem stands: a file and, where known, a line. `Location("a.yaml", 3)` -> `a.yaml:3`."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


def problem(where: Location, what: str, remedy: str) -> str:
    """One line that says where, what and the remedy.

    `problem(Location("a.yaml", 3), "group 'x' is unknown", "add it to groups")`
    -> `a.yaml:3: group 'x' is unknown. Remedy: add it to groups.`
    """
    return f"{where}: {what}. Remedy: {remedy}."
