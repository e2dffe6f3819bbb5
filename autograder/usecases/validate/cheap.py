"""Cheap: what one submission costs, measured on the reference.

Covers seconds, the worst test and memory, against the assignment's limits. Does not cover a whole class, which the
engine grades in parallel.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from autograder.adapters.yaml_file import shown
from autograder.errors import Location, problem
from autograder.usecases.validate import steady
from autograder.usecases.validate.subject import Subject, Trials

SHARE = 0.2  # of the time limit: what the reference may take, so that slower right work has room


@dataclass(frozen=True)
class Cost:
    """Median seconds of the reference; its slowest test, by median; most memory held, MiB (torch included)."""

    seconds: float
    worst_test: str
    worst_s: float
    memory_mib: float
    problems: tuple[str, ...]


def judge(subject: Subject, tried: Trials) -> Cost:
    runs = steady.runs(subject, tried, steady.THREADS[0])
    seconds: dict[str, list[float]] = {}
    for each in runs:
        for result in each.verdict.results:
            seconds.setdefault(result.name, []).append(result.seconds)
    worst_s, worst = max(((median(times), name) for name, times in seconds.items()), default=(0.0, "none"))
    problems: tuple[str, ...] = ()
    limit = subject.assignment.limits.test_s
    if worst_s > SHARE * limit:
        where = Location(shown(subject.assignment.suite))
        what = f"test '{worst}' takes the reference {worst_s:.2f} s of the {limit:g} s a student has"
        problems = (problem(where, what, "use smaller inputs, or raise limits.test_s"),)
    total = median(each.verdict.seconds for each in runs)
    return Cost(total, worst, worst_s, max(each.peak_mib for each in runs), problems)
