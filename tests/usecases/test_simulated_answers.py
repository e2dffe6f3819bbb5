"""A simulated class answers the course's own quizzes and survey, and the real marking takes it all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.course import load_course
from autograder.adapters.gradebook import Gradebook
from autograder.usecases.demo import apart, dated_back
from autograder.usecases.quizzes.mark import carry_out, prepare
from autograder.usecases.quizzes.statistics import class_statistics, survey_results
from autograder.usecases.simulated_answers import answer_all

ROOT = Path(__file__).parents[2]
STUDENTS = [f"student-{number}" for number in range(6)]


def test_every_answer_is_taken_in_time_and_counted_where_it_belongs(tmp_path):
    now = datetime.now(UTC)
    course = apart(dated_back(load_course(ROOT), now), tmp_path / "course")
    written = answer_all(course, STUDENTS, tmp_path / "answers", now)
    with Gradebook.open(tmp_path / "gradebook.db") as book:
        marking = prepare(course, tmp_path / "answers", book)
        counted = carry_out(course, marking, book)
        grades, quizzes = book.latest(), class_statistics(course, book)
    graded = [each.slug for each in course.quizzes if each.due is not None]
    assert marking.refused == () and counted == {"end-of-course": len(STUDENTS)}
    assert written == len(STUDENTS) * (len(graded) + 1) and len(grades) == len(STUDENTS) * len(graded)
    assert sorted(each.id for each in quizzes) == sorted(graded)
    assert {each.penalty for each in grades} == {0.0}
    assert 0.3 < sum(each.score for each in grades) / sum(each.max_score for each in grades) < 0.95
    assert {opinion.n for opinion in survey_results(course)[0].opinions if opinion.choices} == {len(STUDENTS)}
    assert (tmp_path / "course" / ".autograder" / "surveys" / "end-of-course.json").is_file()
