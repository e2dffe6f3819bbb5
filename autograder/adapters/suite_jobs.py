"""What the engine and a suite process say to each other, and how it is written: openings, jobs, replies.

Covers the words only: the side that sends jobs needs neither torch nor pytest. Does not cover running them
(`suite_process`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from autograder.machinery.sandbox import Tier
from autograder.types import Submission, Verdict

PROCESS_MODULE = "autograder.adapters.suite_process"
REPORT = "seen: "  # what a work that looks around returns is a list of texts, the first of which is this


@dataclass(frozen=True)
class Opening:
    """What a suite process must know before the first job of an assignment.

    `bundle` is the course reduced to the assignment, for a machine where `root` is not. `secret_hex` seeds the draws of
    submissions that are graded; without one, jobs are trials, which bring their own.
    """

    root: Path
    slug: str
    tier: Tier
    secret_hex: str | None = None
    bundle: str | None = None


@dataclass(frozen=True)
class Job:
    """A submission to grade; `standing` names the groups that it has earned before, which are not run again."""

    submission: Submission
    standing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trial:
    """One run of a work. `stop`: each group ends at its first failure, or the whole run does; all of it at a limit.

    `threads` is the number of threads on both sides; `test_s` replaces the assignment's where it is shorter. `then` is
    run next, the tests that were lost first. Only `tests` are run, where they are named.
    """

    id: str
    source: str
    secret_hex: str
    stop: Literal["never", "group", "first"] = "never"
    recognise: bool = False
    threads: int = 1
    test_s: float | None = None
    then: Trial | None = None
    tests: frozenset[str] | None = None


@dataclass(frozen=True)
class Comparison:
    """The largest differences seen in one group under one tolerance, among comparisons that held or did not.

    `share` is the difference as a part of what is allowed; None stands for NaN or infinity.
    """

    group: str
    rtol: float
    atol: float
    why: str
    held: bool
    difference: float | None
    share: float | None


@dataclass(frozen=True)
class Tried:
    """What came of a trial, and of the one after it. `asked` maps a test to the student's functions it called."""

    id: str
    verdict: Verdict
    comparisons: tuple[Comparison, ...]
    asked: dict[str, tuple[str, ...]]
    seen: tuple[str, ...]
    peak_mib: float
    then: Tried | None = None


OPENING = TypeAdapter(Opening)
JOB = TypeAdapter(Job)
VERDICT = TypeAdapter(Verdict)
TRIAL = TypeAdapter(Trial)
TRIED = TypeAdapter(Tried)
PROBLEMS = TypeAdapter(list[str])
