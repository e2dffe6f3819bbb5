from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.adapters.course import load_assignment, load_course
from autograder.adapters.validation_stamp import is_validated, record_force, remove_stamp, write_stamp
from autograder.errors import CourseError
from autograder.types import Assignment
from autograder.usecases.release import require_validated


def assignment(root: Path) -> Assignment:
    return load_assignment(load_course(root), "double")


@pytest.fixture
def unstamped(mini: Path) -> Path:
    remove_stamp(assignment(mini))
    return mini


def test_stamp_holds_for_its_version_alone(unstamped: Path):
    assert not is_validated(assignment(unstamped))
    write_stamp(assignment(unstamped), {"flips": 0})
    assert is_validated(assignment(unstamped))
    suite = unstamped / "solutions/double/test_hidden.py"
    suite.write_text(suite.read_text(encoding="utf-8") + "\n# looks at one thing more\n", encoding="utf-8")
    assert not is_validated(assignment(unstamped))


def test_stamp_counts_in_no_version_and_is_the_same_bytes_each_time(unstamped: Path):
    before = assignment(unstamped).version
    write_stamp(assignment(unstamped), {"flips": 0})
    first = (unstamped / "solutions/double/validated.json").read_bytes()
    write_stamp(assignment(unstamped), {"flips": 0})
    assert (unstamped / "solutions/double/validated.json").read_bytes() == first
    assert assignment(unstamped).version == before


def test_damaged_stamp_is_none(unstamped: Path):
    for text in ("", "[1]", "{"):
        (unstamped / "solutions/double/validated.json").write_text(text, encoding="utf-8")
        assert not is_validated(assignment(unstamped))


def test_release_refuses_what_has_not_passed(unstamped: Path):
    with pytest.raises(
        CourseError, match=r"solutions/double: not validated as it stands\. Remedy: run: autograder validate"
    ):
        require_validated(load_course(unstamped), ["double"])
    with pytest.raises(CourseError):
        require_validated(load_course(unstamped), ["double"], force="  ")


def test_release_takes_what_has_passed(unstamped: Path):
    write_stamp(assignment(unstamped), {})
    require_validated(load_course(unstamped), [])


def test_forced_release_is_recorded_once_with_its_reason(unstamped: Path):
    before = assignment(unstamped).version
    for reason in ("the exam is today", "the exam is today", "and tomorrow"):
        require_validated(load_course(unstamped), ["double"], force=reason)
    kept = json.loads((unstamped / "solutions/double/forced.json").read_text(encoding="utf-8"))
    assert kept == {
        "releases": [{"version": before, "reason": "the exam is today"}, {"version": before, "reason": "and tomorrow"}]
    }
    assert assignment(unstamped).version == before
    record_force(assignment(unstamped), "and tomorrow")
    assert len(kept["releases"]) == 2
