"""The words of the platform, as frozen dataclasses.

Covers what crosses from one room to another. Does not cover file formats: loaders build these, and
beyond a loader there are no dicts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

Language = Literal["en", "fr"]
Kind = Literal["exercise", "capstone"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


@dataclass(frozen=True)
class Text:
    """One text in the languages of the course. `Text("head", "tête").say("fr") -> "tête"`."""

    en: str
    fr: str

    def say(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en


NOTHING = Text("", "")


class Outcome(StrEnum):
    """What became of a test or a group; points only on `passed`, and `broken` is our fault."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"
    LIMIT = "limit"
    BROKEN = "broken"


class Status(StrEnum):
    """What became of a submission."""

    GRADED = "graded"
    NEEDS_REVIEW = "needs_review"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Limits:
    """What a submission may use, units in the names; the table with reasons is docs/limits.md.

    test_s, load_s, submission_s: seconds on the clock per test, to load, and in all. memory_mib: beyond what torch
    takes. processes: threads of its one process. files_mib: of files that it writes. output_kib: of what it prints,
    the rest is dropped.
    """

    test_s: float = 5.0
    load_s: float = 5.0
    submission_s: float = 60.0
    memory_mib: int = 512
    processes: int = 32
    files_mib: int = 64
    output_kib: int = 64


@dataclass(frozen=True)
class Group:
    """A named set of checks that is earned as a whole."""

    id: str
    points: float
    title: Text
    hint: Text


@dataclass(frozen=True)
class Mistake:
    """A known wrong solution: the groups it loses (it keeps all others) and the hint it earns."""

    id: str
    loses: tuple[str, ...]
    hint: Text
    file: Path


@dataclass(frozen=True)
class Assignment:
    """One assignment as the instructor wrote it; `version` changes with any file it is made of.

    A capstone trains models while it is graded, so that its suite takes seconds where an exercise's takes milliseconds.
    """

    slug: str
    title: Text
    module: str
    groups: tuple[Group, ...]
    limits: Limits
    forbidden: tuple[str, ...]
    requires: tuple[str, ...]
    files: tuple[str, ...]
    difficulty: int
    importance: int
    minutes: int
    draws: Literal["shared", "per-student"]
    mistakes: tuple[Mistake, ...]
    folder: Path
    version: str
    kind: Kind = "exercise"

    @property
    def points(self) -> float:
        return sum(group.points for group in self.groups)

    @property
    def suite(self) -> Path:
        """The file of its hidden tests."""
        return self.folder / "test_hidden.py"


@dataclass(frozen=True)
class Cell:
    """A piece of submitted code: its number as the student sees it (0 for a module) and its source."""

    number: int
    source: str


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment, as it was read; `problem` says why it was not.

    `notes` are for the student, `unusual` for the instructor alone: oddities worth a look, never punished. `imprint`
    stays the same while nothing has changed that the work was read from.
    """

    student: str
    slug: str
    received_at: datetime
    file: str
    cells: tuple[Cell, ...]
    sha256: str
    notes: tuple[Text, ...] = ()
    problem: Text | None = None
    unusual: tuple[Text, ...] = ()
    imprint: str = ""


@dataclass(frozen=True)
class Picture:
    """A small matrix of levels 0..9 shown as a heat map; levels, so that it gives no value away."""

    yours: tuple[tuple[int, ...], ...]
    difference: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class TestResult:
    """What one hidden test said. `name` never reaches a student."""

    __test__ = False

    group: str
    name: str
    outcome: Outcome
    message: Text
    seconds: float
    picture: Picture | None = None


@dataclass(frozen=True)
class GroupGrade:
    """What a student earned in one group, and what they read about it; `version` is that of its checks."""

    id: str
    title: Text
    points: float
    max_points: float
    outcome: Outcome
    message: Text
    hint: Text
    mistake: str | None = None
    picture: Picture | None = None
    version: str = ""


@dataclass(frozen=True)
class Grade:
    """The waist of the platform: above it nothing knows of pytest, below it nothing of pages.

    `score` is what counts: the groups' points less `penalty`, the points lost by being `late_s` seconds late.
    `fault` is what broke on our side, and `unusual` what is worth a look, both for the instructor only. `imprint` is
    that of the submission.
    """

    assignment: str
    student: str
    status: Status
    score: float
    max_score: float
    groups: tuple[GroupGrade, ...]
    submission_sha256: str
    received_at: datetime
    assignment_version: str
    environment: str
    seed: str
    isolation: str
    seconds: float
    graded_at: datetime
    notes: tuple[Text, ...] = ()
    late_s: float = 0.0
    penalty: float = 0.0
    fault: str | None = None
    unusual: tuple[Text, ...] = ()
    imprint: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the engine brings back for one submission, before scoring.

    `results` are in the order of the suite, `notes` tell of cells that raised while loading, `problem` is
    set when the fault is ours (for the instructor), `recognised` maps groups to known mistakes; `expected`
    names the tests that each group has. `unusual` is for the instructor alone.
    """

    results: tuple[TestResult, ...]
    expected: dict[str, tuple[str, ...]]
    isolation: str
    seconds: float
    notes: tuple[Text, ...] = ()
    problem: str | None = None
    recognised: dict[str, str] = field(default_factory=dict)
    unusual: tuple[Text, ...] = ()
