from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.pure.scoring import hint_of, late_fraction, score, score_group
from autograder.types import (
    Assignment,
    Grade,
    Group,
    Limits,
    Mistake,
    Outcome,
    Status,
    Submission,
    TestResult,
    Text,
    Verdict,
)

NOW = datetime(2026, 11, 1, tzinfo=UTC)
EXPECTED = {"numbers": ("one", "two"), "lists": ("three",)}
GROUPS = tuple(
    Group(id, points, Text(id, id), Text(f"look at {id}", f"voyez {id}"))
    for id, points in (("numbers", 3.0), ("lists", 2.0))
)
MISTAKE = Mistake("repeats", ("lists",), Text("items, not length", "éléments"), Path("repeats.py"))
DOUBLE = Assignment(
    "double", Text("Double", "Double"), "M1", GROUPS, Limits(), (), ("double",), (), 1, 3, 5, "shared", (MISTAKE,),
    Path("double"), "v1",
)  # fmt: skip

tests = st.sampled_from([("numbers", "one"), ("numbers", "two"), ("lists", "three"), ("lists", "four"), ("x", "one")])
results = st.lists(
    st.builds(
        lambda test, outcome: TestResult(*test, outcome, Text("said", "dit"), 0.1), tests, st.sampled_from(Outcome)
    )
)


def _result(group: str, name: str, outcome: Outcome = Outcome.PASSED) -> TestResult:
    return TestResult(group, name, outcome, Text(f"{name} {outcome}", f"{name} {outcome}"), 0.1)


def _all(**outcomes: Outcome) -> tuple[TestResult, ...]:
    return tuple(
        _result(group, name, outcomes.get(name, Outcome.PASSED)) for group, names in EXPECTED.items() for name in names
    )


def _score(given: tuple[TestResult, ...], problem: Text | None = None, **more: object) -> Grade:
    late = {name: more.pop(name) for name in ("late_s", "late_per_day") if name in more}
    submission = Submission("ada", "double", NOW, "double.py", (), "0" * 64, problem=problem)
    verdict = Verdict(given, EXPECTED, "1", 0.3, **more)
    return score(DOUBLE, submission, verdict, environment="e", seed="s", graded_at=NOW, **late)


@given(results, st.floats(0, 1e9), st.floats(0, 10))
def test_score_is_never_below_zero_nor_above_the_points(given_results, late_s, per_day):
    grade = _score(tuple(given_results), late_s=late_s, late_per_day=per_day)
    assert 0.0 <= grade.score <= grade.max_score == 5.0
    assert all(group.points in (0.0, group.max_points) for group in grade.groups)


@given(results)
def test_points_need_every_expected_test_once_in_order_and_passed(given_results):
    grade = _score(tuple(given_results))
    for group in grade.groups:
        mine = [(each.name, each.outcome) for each in given_results if each.group == group.id]
        whole = mine == [(name, Outcome.PASSED) for name in EXPECTED[group.id]]
        assert (group.points > 0) == whole == (group.outcome is Outcome.PASSED)


def test_all_tests_passed_give_all_points():
    grade = _score(_all())
    assert (grade.status, grade.score) == (Status.GRADED, 5.0)
    assert all(group.hint.en == group.message.en == "" for group in grade.groups)


def test_group_is_lost_as_a_whole_and_says_what_its_first_bad_test_said():
    grade = _score(_all(two=Outcome.LIMIT))
    lost, kept = grade.groups
    assert (lost.points, lost.outcome, lost.message.en, lost.hint.en) == (
        0.0, Outcome.LIMIT, "two limit", "look at numbers",
    )  # fmt: skip
    assert (kept.points, grade.score, grade.status) == (2.0, 2.0, Status.GRADED)


@pytest.mark.parametrize(
    "given_results",
    [
        _all()[1:],
        (*_all(), _all()[2]),
        (_all()[1], _all()[0], _all()[2]),
        (),
        (*_all(), _result("lists", "unexpected")),
        _all(one=Outcome.BROKEN),
        _all(one=Outcome.FAILED, two=Outcome.BROKEN),
    ],
    ids=["missing", "doubled", "out of order", "none", "unexpected", "broken", "failed and broken"],
)
def test_result_that_cannot_be_trusted_is_our_fault(given_results):
    grade = _score(given_results)
    broken = [group for group in grade.groups if group.outcome is Outcome.BROKEN]
    assert grade.status is Status.NEEDS_REVIEW and broken
    assert all(group.points == 0 and group.hint.en == "" and "our side" in group.message.en for group in broken)


def test_group_without_expected_tests_is_our_fault():
    assert score_group(GROUPS[0], (), (), None).outcome is Outcome.BROKEN


def test_fault_of_the_platform_is_for_the_instructor_only():
    submission = Submission("ada", "double", NOW, "double.py", (), "0" * 64)
    verdict = Verdict(_all(), EXPECTED, "1", 0.3, (), "Traceback …")
    grade = score(DOUBLE, submission, verdict, environment="e", seed="s", graded_at=NOW)
    assert (grade.status, grade.fault) == (Status.NEEDS_REVIEW, "Traceback …")
    assert all("Traceback" not in group.message.en for group in grade.groups)


def test_work_that_cannot_be_taken_is_rejected_with_the_reason():
    why = Text("damaged", "abîmé")
    grade = _score((), problem=why)
    assert (grade.status, grade.score, grade.notes) == (Status.REJECTED, 0.0, (why,))
    assert [group.message for group in grade.groups] == [why, why]


def test_recognised_mistake_gives_its_own_hint():
    grade = _score(_all(three=Outcome.FAILED), recognised={"lists": "repeats"})
    assert (grade.groups[1].hint, grade.groups[1].mistake) == (MISTAKE.hint, "repeats")


def test_recognised_mistake_in_a_passed_group_is_nothing():
    grade = _score(_all(), recognised={"lists": "repeats"})
    assert (grade.groups[1].hint.en, grade.groups[1].mistake) == ("", None)


def test_late_work_loses_its_fraction_of_what_it_earned():
    grade = _score(_all(three=Outcome.FAILED), late_s=26 * 3600, late_per_day=0.1)
    assert (grade.score, grade.penalty, grade.late_s) == (2.4, 0.6, 93600)


@pytest.mark.parametrize(
    ("late_s", "per_day", "lost"),
    [
        (-5.0, 0.1, 0.0),
        (0.0, 0.1, 0.0),
        (1.0, 0.1, 0.1),
        (86400, 0.1, 0.1),
        (86401, 0.1, 0.2),
        (1e9, 0.1, 1.0),
        (9, 0, 0),
    ],
)
def test_started_days_count(late_s, per_day, lost):
    assert late_fraction(late_s, per_day) == pytest.approx(lost)


def test_negative_penalty_is_refused():
    with pytest.raises(ValueError, match=r"per_day is -0\.1"):
        late_fraction(1.0, -0.1)


def test_after_an_error_the_hint_says_that_the_error_comes_first():
    group = GROUPS[0]
    assert hint_of(group, Outcome.FAILED) == hint_of(group, Outcome.LIMIT) == group.hint
    assert hint_of(group, Outcome.PASSED) == hint_of(group, Outcome.BROKEN) == Text("", "")
    crashed = hint_of(group, Outcome.CRASHED)
    assert "that error first" in crashed.en and crashed.en.endswith(group.hint.en)
    assert "d'abord cette erreur" in crashed.fr and crashed.fr.endswith(group.hint.fr)


def test_group_that_stands_is_earned_without_a_result_and_carries_its_version():
    submission = Submission("ada", "double", NOW, "double.py", (), "0" * 64)
    verdict = Verdict(_all()[2:], EXPECTED, "1", 0.3)
    given = score(
        DOUBLE, submission, verdict, environment="e", seed="s", graded_at=NOW,
        versions={"numbers": "n1", "lists": "l1"}, standing=("numbers",),
    )  # fmt: skip
    assert [(group.points, group.version) for group in given.groups] == [(3.0, "n1"), (2.0, "l1")]
