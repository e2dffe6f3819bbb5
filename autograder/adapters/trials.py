"""Works whose verdict is known beforehand, run under a hidden suite to find out about the suite.

Covers many works on many draws in one collection of the suite, stopping early, and what was seen on the way: how near
to the tolerances, which functions each test calls, memory. Does not cover what follows from it (`usecases.validate`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import torch

from autograder.adapters.suite import Suite, function_of, group_of, run_collected
from autograder.adapters.suite_jobs import REPORT, Comparison, Trial, Tried
from autograder.checks import Tolerance, observer
from autograder.machinery.sandbox import WarmProcess
from autograder.machinery.session import Session
from autograder.types import Assignment, Cell, Outcome, Submission, TestResult


class TrialSuite(Suite):
    """A hidden suite that runs trials instead of grading submissions."""

    def __init__(
        self, assignment: Assignment, warm: WarmProcess, trials: Iterator[Trial], emit: Callable[[Tried], None]
    ) -> None:
        super().__init__(assignment, b"", warm, (), lambda _: None)
        self._whole = assignment
        self._trials = trials
        self._tell = emit
        self._trial = Trial("", "", "")
        self._largest: dict[tuple[str, Tolerance, bool], tuple[float, float]] = {}
        self._asked: dict[str, tuple[str, ...]] = {}
        self._seen: list[str] = []

    def work(self) -> None:
        order = self._items
        for trial in self._trials:
            tried = self._try(trial)
            if trial.then is not None:
                lost = {each.name for each in tried.verdict.results if each.outcome is not Outcome.PASSED}
                self._items = sorted(order, key=lambda item: item.name not in lost)
                tried = replace(tried, then=self._try(trial.then))
                self._items = order
            self._tell(tried)

    def skips(self, item: pytest.Item, results: Sequence[TestResult]) -> bool:
        if self._trial.tests is not None and function_of(item) not in self._trial.tests:
            return True
        lost = [each for each in results if each.outcome is not Outcome.PASSED]
        if self._trial.stop == "never" or not lost:
            return False
        ended = self._trial.stop == "first" or any(each.outcome is Outcome.LIMIT for each in lost)
        return ended or group_of(item) in {each.group for each in lost}

    def tested(self, item: pytest.Item, session: Session, record: Sequence[Any]) -> None:
        self._asked[item.name] = tuple(sorted(session.asked))
        lists = [value for kind, value in record if kind == "value" and type(value) is list]
        for said in [*lists, *(one for several in lists for one in several if type(one) is list)]:
            if said[:1] == [REPORT]:
                self._seen += [text for text in said if type(text) is str]

    @contextmanager
    def watching(self, item: pytest.Item) -> Iterator[None]:
        group = group_of(item)

        def told(tolerance: Tolerance, difference: float, share: float) -> None:
            key = (group, tolerance, share <= 1.0)
            before = self._largest.get(key, (0.0, 0.0))
            self._largest[key] = (max(before[0], difference), max(before[1], share))

        token = observer.set(told)
        try:
            yield
        finally:
            observer.reset(token)

    def _try(self, trial: Trial) -> Tried:
        limits = self._whole.limits
        if trial.test_s is not None:
            limits = replace(limits, test_s=min(trial.test_s, limits.test_s))
        # Recognition runs the known mistakes themselves; where it is not asked for, none is known.
        mistakes = self._whole.mistakes if trial.recognise else ()
        self._assignment = replace(self._whole, limits=limits, mistakes=mistakes)
        if trial.secret_hex != self._trial.secret_hex:
            self._known = {}
        self._trial, self._secret = trial, bytes.fromhex(trial.secret_hex)
        self._largest, self._asked, self._seen = {}, {}, []
        source = trial.source
        if trial.threads > 1:
            source += f"\n\nimport torch as _torch\n\n_torch.set_num_threads({trial.threads})\n"
        work = Submission("trial", self._whole.slug, datetime.now(UTC), "trial.py", (Cell(0, source),), "")
        torch.set_num_threads(trial.threads)
        verdict = self._verdict(work)
        comparisons = tuple(
            Comparison(group, tolerance.rtol, tolerance.atol, tolerance.why, held, _finite(far), _finite(share))
            for (group, tolerance, held), (far, share) in self._largest.items()
        )
        return Tried(trial.id, verdict, comparisons, self._asked, tuple(self._seen), self._peak_mib)


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def run_trials(
    assignment: Assignment, warm: WarmProcess, trials: Iterator[Trial], emit: Callable[[Tried], None]
) -> None:
    """Collects the hidden suite once and runs the trials, in order. Raises CourseError as `run_suite` does."""
    run_collected(assignment, lambda: TrialSuite(assignment, warm, trials, emit))
