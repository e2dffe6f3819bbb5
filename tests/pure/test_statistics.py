from __future__ import annotations

import math
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.pure import statistics
from autograder.pure.statistics import Tally
from autograder.types import NOTHING, Grade, GroupGrade, Outcome, Status

SCORES = st.lists(st.floats(0, 100, allow_subnormal=False), min_size=1, max_size=60)


def _grade(student: str, status: Status = Status.GRADED, **outcomes: tuple[Outcome, str | None]) -> Grade:
    groups = tuple(
        GroupGrade(id, NOTHING, float(outcome is Outcome.PASSED), 1.0, outcome, NOTHING, NOTHING, mistake)
        for id, (outcome, mistake) in outcomes.items()
    )
    now = datetime(2026, 1, 1, tzinfo=UTC)
    total = sum(group.points for group in groups)
    return Grade("a", student, status, total, 2.0, groups, "0" * 64, now, "v1", "cpu", "s", "none", 0.1, now)


@given(SCORES)
def test_quartiles_equal_numpy(scores):
    summary = statistics.summarise(scores)
    assert [summary.q1, summary.median, summary.q3] == pytest.approx(np.quantile(scores, [0.25, 0.5, 0.75]))
    assert summary.mean == pytest.approx(np.mean(scores))
    assert (summary.n, summary.lowest, summary.highest) == (len(scores), min(scores), max(scores))


@given(SCORES)
def test_summary_is_in_order_and_blind_to_order(scores):
    summary = statistics.summarise(scores)
    steps = [summary.lowest, summary.q1, summary.median, summary.q3, summary.highest]
    assert all(low <= high or math.isclose(low, high) for low, high in pairwise(steps))
    assert summary == statistics.summarise(scores[::-1])


@given(st.lists(st.integers(0, 64), max_size=60), st.sampled_from([1, 2, 4, 8, 16]))
def test_histogram_equals_numpy(quarters, bins):
    scores = [quarter / 4 for quarter in quarters]  # steps of powers of two: no score is rounded over an edge
    assert statistics.histogram(scores, 16, bins) == tuple(np.histogram(scores, bins, (0, 16))[0])


@given(SCORES, st.integers(1, 20))
def test_histogram_counts_every_score(scores, bins):
    assert sum(statistics.histogram(scores, 100, bins)) == len(scores)


def test_histogram_by_hand():
    assert statistics.histogram([0, 4, 5, 10], 10, 2) == (2, 2)
    assert statistics.histogram([-1, 11], 10, 2) == (1, 1)


def test_histogram_of_an_assignment_without_points():
    assert statistics.histogram([0, 0], 0, 2) == (0, 2)


def test_no_values_have_no_summary():
    assert statistics.summarise([]) is None
    with pytest.raises(ValueError, match="at least one"):
        statistics.quantile([], 0.5)


def test_fewer_than_five_are_too_few():
    assert not statistics.summarise([1.0] * 4).enough
    assert statistics.summarise([1.0] * 5).enough
    assert not Tally(4, 4).enough
    assert Tally(0, 5).enough


def test_interval_known_values():
    low, high = Tally(5, 10).interval
    assert (low, high) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert Tally(0, 0).interval == (0.0, 1.0)


@given(st.integers(1, 300), st.data())
def test_interval_solves_the_score_equation(n, data):
    """Both ends are where the distance to the observed share is 1.96 standard errors of that end."""
    tally = Tally(data.draw(st.integers(0, n)), n)
    for end in tally.interval:
        if 1e-9 < end < 1 - 1e-9:
            assert abs(tally.share - end) == pytest.approx(
                1.959964 * math.sqrt(end * (1 - end) / n), rel=1e-5, abs=1e-9
            )
    assert tally.interval[0] <= tally.share + 1e-12
    assert tally.share - 1e-12 <= tally.interval[1]


def test_broken_results_do_not_count_against_a_group():
    grades = [
        _grade("a", g=(Outcome.PASSED, None)),
        _grade("b", g=(Outcome.CRASHED, None)),
        _grade("c", Status.NEEDS_REVIEW, g=(Outcome.BROKEN, None)),
        _grade("d", other=(Outcome.PASSED, None)),
    ]
    assert statistics.passed(grades, "g") == Tally(1, 2)
    assert statistics.outcomes(grades, "g")[Outcome.BROKEN] == 1


def test_only_graded_submissions_have_a_final_score():
    grades = [
        _grade("a", g=(Outcome.PASSED, None)),
        _grade("b", Status.NEEDS_REVIEW, g=(Outcome.BROKEN, None)),
        _grade("c", Status.REJECTED),
    ]
    assert statistics.final_scores(grades) == [1.0]


def test_a_mistake_counts_once_per_student():
    grades = [
        _grade("a", g=(Outcome.FAILED, "no_scale"), h=(Outcome.FAILED, "no_scale")),
        _grade("b", g=(Outcome.FAILED, "no_scale"), h=(Outcome.FAILED, "wrong_axis")),
        _grade("c", g=(Outcome.PASSED, None)),
        _grade("d", Status.REJECTED),
    ]
    scale, axis = statistics.mistakes(grades)
    assert (scale.id, scale.students, scale.tally) == ("no_scale", ("a", "b"), Tally(2, 3))
    assert (axis.id, axis.students) == ("wrong_axis", ("b",))
