from __future__ import annotations

import pytest

from autograder.adapters.deliveries.kinds import KINDS, kind_of
from autograder.errors import CourseError, SubmissionError

SLUGS = ("double",)
SIGNS = {
    "folders": "ada/double/double.py",
    "nbgrader": "ada+double+2026-11-10 10:00:00 UTC/double.py",
    "moodle": "Ada_1_assignsubmission_file/double.py",
    "canvas": "ada_1_10_double.py",
    "gradescope": "submission_metadata.yml",
    "classroom": "double-ada/.git/HEAD",
    "dropped": "ada+double+20261113T200000Z+00112233aabbccdd.zip",
}


@pytest.mark.parametrize("around", ["", "download/"])
@pytest.mark.parametrize("kind", SIGNS)
def test_each_kind_is_recognised_also_inside_one_folder(source, put, kind, around):
    put(around + SIGNS[kind])
    found, folder = kind_of(source, source, SLUGS)
    assert found.id == kind
    assert folder == (source / around.strip("/") if around else source)


def test_every_kind_has_a_sign():
    assert set(SIGNS) == set(KINDS)


def test_source_of_two_kinds_is_for_a_person_to_name(source, put):
    put(SIGNS["moodle"])
    put(SIGNS["gradescope"])
    with pytest.raises(SubmissionError, match="--from moodle or --from gradescope"):
        kind_of(source, source, SLUGS)
    assert kind_of(source, source, SLUGS, "gradescope")[0].id == "gradescope"


def test_source_that_is_not_what_was_said_is_refused(source, put):
    put(SIGNS["moodle"])
    with pytest.raises(SubmissionError, match="this is not a Canvas"):
        kind_of(source, source, SLUGS, "canvas")
    with pytest.raises(CourseError, match="--from blackboard is not one of folders"):
        kind_of(source, source, SLUGS, "blackboard")
