"""Is an assignment right: does it accept what is right, reject what is wrong, say so twice and give nothing away?

Covers planning every trial, running them in one go, judging by each criterion, and the stamp that `release` asks for.
Does not cover how trials are run (`adapters.trials`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Protocol

from autograder.adapters.course import Course, load_assignment
from autograder.adapters.suite_jobs import OPENING, PROBLEMS, PROCESS_MODULE, TRIAL, TRIED, Opening, Trial, Tried
from autograder.adapters.validation_stamp import remove_stamp, write_stamp
from autograder.errors import CourseError, PlatformError
from autograder.machinery.engine import Batch, Done, LocalEngine, Refused
from autograder.machinery.sandbox import Tier
from autograder.types import Assignment
from autograder.usecases.validate import (
    accept,
    cheap,
    complete,
    independent,
    kind,
    mutants,
    reject,
    silent,
    steady,
)
from autograder.usecases.validate.report import Figures, Report, stable_figures
from autograder.usecases.validate.subject import Subject, gather, without

PLANS: tuple[Callable[[Subject], list[Trial]], ...] = (
    accept.trials,
    reject.trials,
    steady.trials,
    independent.trials,
    silent.trials,
    mutants.trials,
)


class Progress(Protocol):
    """What is told while trials run."""

    def start(self, total: int) -> None: ...
    def tried(self, assignment: str) -> None: ...


def validate(
    course: Course, slugs: Sequence[str], tier: Tier, workers: int, progress: Progress, quick: bool = False
) -> list[Report]:
    """A report per assignment, in the order given. One that passes in full is stamped, one that fails loses its stamp.

    A quick validation looks at fewer draws and at a sample of the mutants, and leaves stamps alone. A capstone, which
    trains for many seconds, is tried on two draws and without mutants.
    """
    assignments: dict[str, Assignment] = {}
    subjects: dict[str, Subject] = {}
    early: dict[str, Report] = {}
    for slug in slugs:
        course.scheduled(slug)
        try:
            assignments[slug] = load_assignment(course, slug)
            missing = complete.judge(assignments[slug])
            if missing:
                early[slug] = _untried(slug, assignments[slug].version, quick, missing)
            else:
                subjects[slug] = gather(assignments[slug], quick)
        except CourseError as error:
            early[slug] = _untried(slug, "", quick, tuple(error.problems))
    reports = dict(early)
    for slug, tried in _run(course, subjects, tier, workers, progress):
        if isinstance(tried, dict):
            reports[slug] = judge(subjects[slug], tried)
        else:
            reports[slug] = _untried(slug, assignments[slug].version, quick, tried)
    if not quick:
        for slug, assignment in assignments.items():
            _stamp(assignment, reports[slug])
    return [reports[slug] for slug in slugs]


def judge(subject: Subject, tried: dict[str, Tried]) -> Report:
    """The report on trials that have run. A test that changes its verdict by itself is named once and left out."""
    flaky = steady.flaky_tests(subject, tried)
    steadiness = steady.judge(subject, {id: without(each, frozenset(flaky)) for id, each in tried.items()}, flaky)
    tried = {id: without(each, steadiness.flaky) for id, each in tried.items()}
    figures = Figures(
        accept.judge(subject, tried),
        reject.judge(subject, tried),
        mutants.judge(subject, tried),
        steadiness,
        silent.judge(subject, tried),
        cheap.judge(subject, tried),
    )
    problems = {
        "accept": figures.accepted.problems,
        "reject": figures.rejected.problems,
        "mutants": figures.killed.problems,
        "steady": figures.steadiness.problems,
        "independent": independent.judge(subject, tried),
        "silent": figures.silence.problems,
        "kind": kind.judge(subject, tried),
        "cheap": figures.cost.problems,
    }
    assignment = subject.assignment
    return Report(assignment.slug, assignment.version, subject.quick, figures, problems, assignment.kind)


def _untried(slug: str, version: str, quick: bool, problems: tuple[str, ...]) -> Report:
    return Report(slug, version, quick, None, {"complete": problems})


def _run(
    course: Course, subjects: dict[str, Subject], tier: Tier, workers: int, progress: Progress
) -> Iterator[tuple[str, dict[str, Tried] | tuple[str, ...]]]:
    """All trials of each assignment by id, once they have run, or why its suite does not run."""
    slugs = list(subjects)
    plans = {slug: [trial for plan in PLANS for trial in plan(subjects[slug])] for slug in slugs}
    progress.start(sum(len(plan) for plan in plans.values()))
    batches = [Batch(OPENING.dump_json(Opening(course.root, slug, tier)), _jobs(plans[slug])) for slug in slugs]
    found: dict[str, dict[str, Tried]] = {slug: {} for slug in slugs}
    left = {slug: len(plan) for slug, plan in plans.items()}
    for done in chain.from_iterable(LocalEngine(PROCESS_MODULE, workers).run(batches) if batches else ()):
        assert isinstance(done, (Done, Refused))  # nothing is settled beforehand here
        slug = slugs[done.batch]
        if isinstance(done, Refused):
            yield slug, tuple(PROBLEMS.validate_json(done.reason))
            continue
        if done.reply is None:
            trial = TRIAL.validate_json(done.job)
            raise PlatformError(f"{slug}: the process died on '{trial.id}', twice; see its output above")
        tried = TRIED.validate_json(done.reply)
        found[slug] |= {each.id: each for each in (tried, tried.then) if each is not None}
        progress.tried(slug)
        left[slug] -= 1
        if not left[slug]:
            yield slug, found.pop(slug)


def _jobs(trials: Sequence[Trial]) -> Iterator[bytes]:
    return (TRIAL.dump_json(trial) for trial in trials)


def _stamp(assignment: Assignment, report: Report) -> None:
    if report.ok:
        write_stamp(assignment, stable_figures(report))
    else:
        remove_stamp(assignment)
