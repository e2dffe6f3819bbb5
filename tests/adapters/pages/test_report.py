from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from autograder.adapters.pages import report
from autograder.pure.statistics import Tally
from autograder.types import LANGUAGES, Outcome, Status, Text

HOSTILE = "<script>alert(1)</script>\"'{{7*7}}\u202e\x07"


@pytest.fixture
def content(classroom, assignments):
    return report.gather(classroom, assignments)


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def html(content, course_title, language):
    return report.html(content, None, course_title, language)


def test_sections_stand_in_the_order_of_the_course(content, assignments):
    assert [section.title for section in content.sections] == [assignment.title for assignment in assignments]
    assert content.students == 24
    assert content.possible == 120


def test_figures_agree_with_numpy(content, classroom):
    for section, slug in zip(content.sections, ("vocabulary", "attention"), strict=False):
        scores = [g.score for g in classroom if g.assignment == slug and g.status is Status.GRADED]
        assert section.summary.n == len(scores)
        assert section.summary.median == np.median(scores)
        assert [section.summary.q1, section.summary.q3] == pytest.approx(np.percentile(scores, [25, 75]))
        assert sum(count for _, _, count in section.steps) == len(scores)


def test_every_submission_is_one_row_and_every_missing_one_is_named(content, classroom):
    assert content.submissions == len(classroom)
    for section in content.sections:
        assert len(section.rows) + len(section.missing) == 24
        assert [row.grade.score for row in section.rows] == sorted(row.grade.score for row in section.rows)


def test_concerns_name_who_needs_a_look(grade, rejected, assignments):
    late = replace(grade("attention", "carol", {"mask": Outcome.LIMIT}), late_s=60.0)
    content = report.gather([rejected, grade("attention", "bob", {"mask": Outcome.BROKEN}), late], assignments)
    assert [c.row.grade.student for c in content.rejected()] == ["alice"]
    assert [(c.row.grade.student, c.groups[0].id) for c in content.in_review()] == [("bob", "mask")]
    assert [(c.row.grade.student, c.groups[0].id) for c in content.stopped()] == [("carol", "mask")]
    assert [c.row.grade.student for c in content.late()] == ["carol"]
    assert len(content.untouched) == 4


def test_rejected_work_counts_in_no_group(rejected, grade, assignments):
    (section,) = report.gather([rejected, grade("attention", "bob", {})], assignments).sections
    assert {column.passed for column in section.columns} == {Tally(1, 1)}
    assert section.rows[0].cells == (None,) * 6


def test_the_instructor_reads_what_failed_on_our_side(grade, course_title, language):
    broken = replace(grade("attention", "bob", {}), status=Status.NEEDS_REVIEW, fault="<b> the suite raised KeyError")
    html = report.html(report.gather([broken], []), None, course_title, language)
    assert "&lt;b&gt; the suite raised KeyError" in html


def test_mistakes_carry_hint_count_and_number(grade, assignments):
    slip = {"scale": Outcome.FAILED}, {"scale": "no_scale"}
    grades = [grade("attention", name, *slip) for name in "abc"] + [grade("attention", "d", {})]
    (section,) = report.gather(grades, assignments).sections
    (found,) = section.slips
    assert (found.number, found.count.tally.hits, found.count.n) == (1, 3, 4)
    assert found.hint == assignments[1].mistakes[0].hint
    assert section.slip("no_scale") == 1
    assert section.slip(None) is None


def test_a_quiz_and_an_older_version_are_not_dropped(grade, assignments):
    quiz = replace(grade("attention", "a", {}), assignment="quiz-1")
    old = grade("vocabulary", "a", {})
    old = replace(old, groups=(*old.groups, replace(old.groups[0], id="retired")))
    content = report.gather([quiz, old], assignments)
    assert [section.title.en for section in content.sections] == [assignments[0].title.en, "quiz-1"]
    assert [column.id for column in content.sections[0].columns][-1] == "retired"


def test_page_is_whole_and_loads_nothing(html, read, language):
    page = read(html)
    assert page.all("html") == [{"lang": language}]
    policy = next(tag["content"] for tag in page.all("meta") if tag.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert len(page.all("script")) == 1
    assert "src" not in page.all("script")[0]
    assert all("style" not in own and not any(key.startswith("on") for key in own) for _, own in page.tags)
    assert not re.search(r"(https?:)?//[a-z]", html.replace("</", ""))


def test_ids_are_unique_and_links_lead_somewhere(html, read):
    page = read(html)
    ids = [own["id"] for _, own in page.tags if "id" in own]
    assert len(ids) == len(set(ids))
    links = {own["href"][1:] for tag, own in page.tags if own.get("href", "").startswith("#")}
    assert links <= set(ids)
    assert len(page.all("svg", class_="plot")) == 11


def test_heat_map_shows_each_result_by_symbol_and_colour(html, read, content):
    page = read(html)
    for outcome in Outcome:
        expected = sum(column.outcomes[outcome] for section in content.sections for column in section.columns)
        assert len(page.all("td", class_=str(outcome))) == expected
    assert len(page.all("table", class_="heat")) == 5


def test_both_languages_have_the_same_structure(content, course_title, read):
    def shape(language):
        page = read(report.html(content, None, course_title, language))
        skipped = ("code", "i", "sub", "span", "text", "path", "use", "defs", "g")
        return [(tag, own.get("class")) for tag, own in page.tags if tag not in skipped]

    assert shape("en") == shape("fr")


def test_hostile_class_is_inert(grade, course_title, read, language):
    one = replace(grade("attention", HOSTILE, {"scale": Outcome.FAILED}, {"scale": "no_scale"}), assignment=HOSTILE)
    text = Text(HOSTILE, HOSTILE)
    groups = tuple(replace(g, id=HOSTILE, title=text, message=text, hint=text, mistake=HOSTILE) for g in one.groups)
    broken = replace(groups[0], outcome=Outcome.BROKEN)
    one = replace(one, groups=(broken, *groups[1:]), status=Status.NEEDS_REVIEW)
    html = report.html(report.gather([one], []), None, course_title, language)
    page = read(html)
    assert len(page.all("script")) == 1
    assert "{{7*7}}" in page.text
    assert "\u202e" not in html
    assert "\x07" not in html


def test_few_are_too_few(grade, assignments, course_title, read, language):
    grades = [grade("attention", name, {"mask": Outcome.FAILED}) for name in "abcd"]
    text = read(report.html(report.gather(grades, assignments), None, course_title, language)).text
    assert text.count("too few to judge" if language == "en" else "trop peu pour juger") >= 9
    assert ("median 16" if language == "en" else "médiane 16") not in text


def test_no_grades_at_all(course_title, read, language):
    text = read(report.html(report.gather([], []), None, course_title, language)).text
    assert ("no grades yet" if language == "en" else "pas encore de notes") in text


def test_same_grades_give_the_same_bytes(content, course_title, language, html):
    assert report.html(content, None, course_title, language) == html


def test_unusual_work_is_shown_to_the_instructor_whatever_it_earned(grade, assignments, course_title, read, language):
    odd = Text("its code ended its own process", "son code a mis fin à son propre processus")
    eve = replace(grade("attention", "eve", {}), unusual=(odd, Text(HOSTILE, HOSTILE)))
    grades = [eve, grade("attention", "ada", {})]
    content = report.gather(grades, assignments)
    assert [concern.row.grade.student for concern in content.unusual()] == ["eve"]
    html = report.html(content, None, course_title, language)
    assert odd.say(language) in html and "<script>alert" not in html
    assert {"en": "Unusual, worth a look", "fr": "Inhabituel, à regarder"}[language] in html
