from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.adapters.course import load_course
from autograder.adapters.exports.table import harmless
from autograder.errors import CourseError
from autograder.types import Grade, Status
from autograder.usecases.export import export

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def _grade(student: str, score: float = 3.0, status: Status = Status.GRADED) -> Grade:
    return Grade("double", student, status, score, 5.0, (), "0" * 64, NOW, "v", "e", "s", "1", 0.1, NOW)


def _table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_csv_holds_a_row_per_student_and_the_mean_out_of_twenty(mini):
    text = export(load_course(mini), [_grade("bob", 5.0), _grade("ada", 2.5)], "csv")
    assert text == "student,double (/5),mean (/20)\nada,2.5,10.00\nbob,5,20.00\n"


def test_grade_under_review_is_no_number_and_has_no_mean(mini):
    text = export(load_course(mini), [_grade("ada", 0.0, Status.NEEDS_REVIEW)], "csv")
    assert _table(text)[1] == ["ada", "review", ""]


def test_rejected_work_counts_as_it_was_scored(mini):
    assert _table(export(load_course(mini), [_grade("ada", 0.0, Status.REJECTED)], "csv"))[1] == ["ada", "0", "0.00"]


def test_unknown_format_is_refused(mini):
    with pytest.raises(CourseError, match="--format xlsx is not one of csv"):
        export(load_course(mini), [], "xlsx")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(), min_size=1, max_size=4, unique=True))
def test_any_name_reads_back_and_is_no_formula(mini, names):
    rows = _table(export(load_course(mini), [_grade(name) for name in names], "csv"))
    assert len(rows) == len(names) + 1
    assert not any(row[0].startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows)


def test_formula_is_made_text():
    assert [harmless(cell) for cell in ("=1+1", "@x", "a=1", "a\rb\x00")] == ["'=1+1", "'@x", "a=1", "a b "]


def test_graded_quiz_has_a_column_and_weighs_in_the_mean(mini):
    with (mini / "course/course.yaml").open("a", encoding="utf-8") as file:
        file.write("quizzes:\n- {id: double, weight: 3}\n")
    grades = [_grade("ada", 5.0), replace(_grade("ada", 1.0), assignment="quiz-double", max_score=4.0)]
    text = export(load_course(mini), grades, "csv")
    assert text == "student,double (/5),quiz-double (/4),mean (/20)\nada,5,1,8.75\n"
