"""Trials run for real, in the sandbox: when they stop, what they see of tolerances and calls."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.suite_jobs import REPORT, Trial, Tried
from autograder.adapters.trials import run_trials
from autograder.checks import FLOAT64, Mismatch, Tolerance, close, observer
from autograder.machinery.sandbox import WarmProcess, strongest_tier
from autograder.types import Outcome

RIGHT = "def double(x):\n    return [2 * item for item in x] if isinstance(x, list) else 2 * x\n"
WRONG = "def double(x):\n    return [0 for item in x] if isinstance(x, list) else 2 * x\n"
ENDLESS = "def double(x):\n    while True:\n        pass\n"
SEEN = f"def double(x):\n    return [{REPORT!r}, 'a secret', 3]\n"


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmProcess]:
    with WarmProcess(strongest_tier()) as process:
        yield process


def tried(mini: Path, warm: WarmProcess, *trials: Trial) -> list[Tried]:
    found: list[Tried] = []
    run_trials(load_assignment(load_course(mini), "double"), warm, iter(trials), found.append)
    return found


def outcomes(run: Tried) -> list[tuple[str, Outcome]]:
    return [(result.group, result.outcome) for result in run.verdict.results]


def test_trial_stops_each_group_at_its_first_failure_and_all_at_a_limit(mini: Path, warm: WarmProcess):
    wrong, endless, whole = tried(
        mini,
        warm,
        Trial("wrong", WRONG, "00", stop="group"),
        Trial("endless", ENDLESS, "00", stop="group", test_s=0.2),
        Trial("whole", WRONG, "00"),
    )
    assert outcomes(wrong) == [("numbers", Outcome.PASSED), ("lists", Outcome.FAILED)]
    assert outcomes(endless) == [("numbers", Outcome.LIMIT)]
    assert len(outcomes(whole)) == 3


def test_trial_after_another_looks_first_at_what_was_lost_and_one_lost_test_says_enough(mini: Path, warm: WarmProcess):
    again = Trial("again", WRONG, "01", stop="first")
    wrong, right = tried(
        mini, warm, Trial("wrong", WRONG, "00", "group", then=again), Trial("right", RIGHT, "00", then=again)
    )
    assert wrong.then is not None and right.then is not None
    assert outcomes(wrong)[-1] == ("lists", Outcome.FAILED) and wrong.then.id == "again"
    assert outcomes(wrong.then) == [("lists", Outcome.FAILED)]
    assert outcomes(right.then) == [("numbers", Outcome.PASSED), ("lists", Outcome.FAILED)]


def test_trial_tells_calls_memory_and_what_a_work_saw(mini: Path, warm: WarmProcess):
    right, seen = tried(mini, warm, Trial("right", RIGHT, "00", threads=2), Trial("seen", SEEN, "00"))
    assert {outcome for _, outcome in outcomes(right)} == {Outcome.PASSED}
    assert set(right.asked.values()) == {("double",)} and right.peak_mib > 0 and right.seen == ()
    assert seen.seen[:2] == (REPORT, "a secret") and 3 not in seen.seen


def test_known_mistake_is_recognised_only_where_asked(mini: Path, warm: WarmProcess):
    source = "def double(x):\n    return x * 2\n"
    asked, plain = tried(mini, warm, Trial("a", source, "00", recognise=True), Trial("b", source, "00"))
    assert asked.verdict.recognised == {"lists": "repeats_list"} and plain.verdict.recognised == {}


@pytest.mark.parametrize(
    ("actual", "expected", "difference", "share"),
    [
        (1.0, 1.0, 0.0, 0.0),
        (1.5, 1.0, 0.5, 0.25),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), 0.0, 0.0),
        (np.array([1.0, 4.0]), np.array([1.0, 0.0]), 4.0, 2.0),
        (math.nan, 1.0, math.inf, math.inf),
        (np.array([]), np.array([]), 0.0, 0.0),
    ],
)
def test_observer_is_told_the_difference_and_its_share(actual, expected, difference, share):
    told: list[tuple[Tolerance, float, float]] = []
    tolerance = Tolerance(0.0, 2.0, "of a test")
    token = observer.set(lambda *seen: told.append(seen))
    try:
        if share > 1:
            with pytest.raises(Mismatch):
                close(actual, expected, tolerance, en="it", fr="il")
        else:
            close(actual, expected, tolerance, en="it", fr="il")
    finally:
        observer.reset(token)
    assert told == [(tolerance, difference, share)]


def test_without_an_observer_nobody_is_told():
    assert observer.get() is None
    close(1.0, 1.0, FLOAT64, en="it", fr="il")
