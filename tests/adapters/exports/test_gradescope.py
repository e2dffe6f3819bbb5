from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from autograder.adapters.exports.gradescope import VISIBILITIES, as_text, results, visibility
from autograder.errors import CourseError


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Seen = Literal["hidden", "after_due_date", "after_published", "visible"]


class Test(Strict):
    """A test as Gradescope's page "Autograder specifications" tells of it."""

    __test__ = False
    name: str
    number: str
    tags: list[str]
    max_score: Annotated[float, Field(ge=0)]
    output: str
    output_format: Literal["text", "html", "simple_format", "md", "ansi"]
    visibility: Seen
    score: float | None = None
    status: Literal["passed", "failed"] | None = None


class Results(Strict):
    """results.json: a score for the whole, or tests with scores."""

    output: str
    output_format: Literal["text", "html", "simple_format", "md", "ansi"]
    visibility: Seen
    stdout_visibility: Seen
    execution_time: Annotated[float, Field(ge=0)]
    tests: list[Test]
    score: Annotated[float, Field(ge=0)] | None = None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_results_are_what_gradescope_specifies(grades, language):
    for each in grades:
        read = Results.model_validate_json(as_text(results(each, language, "after_published")))
        assert {test.visibility for test in read.tests} == {"after_published"}
        assert read.stdout_visibility == "hidden"


def test_scores_add_up_and_failing_groups_say_what_and_how_to_go_on(grades):
    read = Results.model_validate(results(grades[1], "fr"))
    assert read.score == 2.0
    assert [(test.score, test.status, test.max_score) for test in read.tests] == [(2, "passed", 2), (0, "failed", 2)]
    assert "Il dit" in read.tests[1].output and "Essayez 2." in read.tests[1].output


def test_grade_under_review_has_no_score_and_tells_no_secret(grades):
    read = Results.model_validate(results(grades[2], "en"))
    assert read.score is None
    assert {(test.score, test.status) for test in read.tests} == {(None, None)}
    assert "test_hidden" not in read.model_dump_json()


def test_unknown_visibility_is_refused():
    assert [visibility(each) for each in VISIBILITIES] == list(VISIBILITIES)
    with pytest.raises(CourseError, match="--visibility always is not one of hidden"):
        visibility("always")
