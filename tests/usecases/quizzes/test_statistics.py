"""A class of 60 takes three quizzes with planted misconceptions; the figures are those that numpy finds by itself."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.adapters.course import load_course
from autograder.adapters.gradebook import Gradebook
from autograder.pure.quizzes.statistics import resamples
from autograder.quiz_types import Picked, Typed
from autograder.types import Text
from autograder.usecases.quizzes.mark import carry_out, prepare
from autograder.usecases.quizzes.statistics import class_statistics
from autograder.usecases.quizzes.take import open_quiz, respond, write_answers
from autograder.usecases.report import write_report

MINI = Path(__file__).parents[2] / "courses/mini"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
STUDENTS = [f"student-{n:02d}" for n in range(60)]
PLANTED = {"scale": 0.9, "mask": 0.5, "heads": 0.2}  # of the wrong answers, the share that shows the misconception
POINTS = np.array([1, 1, 1, 1, 2, 1])
CLOSE = 0.03  # two bootstraps of 1000 and 4000 resamples differ by less than this


def _text(en: str, fr: str) -> dict[str, str]:
    return {"en": en, "fr": fr}


def _choice(id: str, **more: object) -> dict[str, object]:
    return {"id": id, "text": f"{id}!", "why": _text(f"Why {id}", f"Pourquoi {id}"), **more}


def _quiz(id: str) -> dict[str, object]:
    """Four single, one multiple, one numeric; the choice `m` and the trap show the misconception named as the quiz."""
    single = [
        {
            "id": f"s{n}",
            "type": "single",
            "prompt": _text(f"{id} {n}?", f"{id} {n} ?"),
            "choices": [_choice("k", correct=True), _choice("m", misconception=id), _choice("w")],
        }
        for n in range(4)
    ]
    multiple = {
        "id": "many",
        "type": "multiple",
        "points": 2,
        "prompt": _text("Which?", "Lesquels ?"),
        "choices": [_choice("a", correct=True), _choice("b", correct=True), _choice("c"), _choice("d")],
    }
    numeric = {
        "id": "n",
        "type": "numeric",
        "prompt": _text("How many?", "Combien ?"),
        "answer": 12,
        "traps": [{"expr": 6, "why": _text("Half", "La moitié"), "misconception": id}],
        "why": _text("So", "Ainsi"),
    }
    title = _text(f"Quiz {id}", f"Quiz {id}")
    return {"schema": 1, "id": id, "title": title, "mode": "graded", "questions": [*single, multiple, numeric]}


@dataclass
class Expected:
    """What a quiz's answers deserve, worked out beside the platform."""

    credit: np.ndarray = field(default_factory=lambda: np.zeros((60, 6)))
    chosen: np.ndarray = field(default_factory=lambda: np.zeros((4, 3), dtype=int))
    misled: set[str] = field(default_factory=set)

    @property
    def points(self) -> np.ndarray:
        return self.credit * POINTS


def _sit(expected: Expected, share: float, s: int, ability: float, rng: np.random.Generator) -> dict[str, Any]:
    """One student's answers; `expected` learns what they deserve."""
    answers: dict[str, Any] = {}
    for q in range(4):
        right = rng.random() < 1 / (1 + np.exp(q / 2 - 0.5 - 1.5 * ability))
        pick = "k" if right else "m" if rng.random() < share else "w"
        answers[f"s{q}"] = Picked((pick,))
        expected.credit[s, q] = right
        expected.chosen[q, "kmw".index(pick)] += 1
        expected.misled |= {STUDENTS[s]} if pick == "m" else set()
    ticks = rng.random(4) < np.array([0.6, 0.6, 0.3, 0.3]) + np.array([1, 1, -1, -1]) * 0.2 * np.tanh(ability)
    answers["many"] = Picked(tuple(np.array(list("abcd"))[ticks].tolist()))
    expected.credit[s, 4] = max(0.0, (ticks[:2].sum() - ticks[2:].sum()) / 2)
    value = "12" if rng.random() < 0.5 else "6" if rng.random() < share else "7"
    answers["n"] = Typed(value)
    expected.credit[s, 5] = value == "12"
    expected.misled |= {STUDENTS[s]} if value == "6" else set()
    return answers


@pytest.fixture(scope="module")
def sat(tmp_path_factory):
    """The class has sat: what is expected per quiz, what is found, who answers in French, and the report's pages."""
    root = tmp_path_factory.mktemp("class") / "course"
    shutil.copytree(MINI, root)
    (root / "quizzes").mkdir()
    names = {id: {"title": _text(f"Misled about {id}", f"Trompé sur {id}"), "lesson": "retrieval"} for id in PLANTED}
    (root / "quizzes/misconceptions.yaml").write_text(json.dumps({"schema": 1, "misconceptions": names}))
    rng = np.random.default_rng(20170612)
    ability, french = rng.normal(size=60), rng.random(60) < 0.4
    expected = {id: Expected() for id in PLANTED}
    for id, share in PLANTED.items():
        (root / f"quizzes/{id}.yaml").write_text(json.dumps(_quiz(id)))
        paper = open_quiz(root / f"quizzes/{id}.yaml").paper
        for s, student in enumerate(STUDENTS):
            answers = _sit(expected[id], share, s, ability[s], rng)
            made = respond(paper, answers, "fr" if french[s] else "en", NOON, student)
            write_answers(made, root / "handed-in" / student)
    course = load_course(root)
    with Gradebook.open(root / "gradebook.db") as book:
        carry_out(course, prepare(course, root / "handed-in", book), book)
        found = class_statistics(course, book)
        page = write_report(book.latest(), [], course.title, root / "report", "en", found)
    pages = Text(page.read_text(encoding="utf-8"), page.with_name("index.fr.html").read_text(encoding="utf-8"))
    return expected, {each.id: each for each in found}, french, pages


@pytest.fixture(params=PLANTED)
def one(sat, request):
    """One quiz: what is expected and what is found."""
    expected, found, _, _ = sat
    return expected[request.param], found[request.param]


def _interval(values: np.ndarray, figure: Any) -> Any:
    rng = np.random.default_rng(1)
    drawn = [figure(values[rng.integers(0, len(values), len(values))]) for _ in range(4000)]
    return pytest.approx(np.percentile(drawn, [2.5, 97.5]).tolist(), abs=CLOSE)


def test_facility_is_the_mean_credit_with_its_interval(one):
    expected, found = one
    for q, question in enumerate(found.questions):
        own = expected.credit[:, q]
        assert question.facility.value == pytest.approx(own.mean()) and question.facility.n == 60
        assert [question.facility.low, question.facility.high] == _interval(own, np.mean)
    assert found.mean.value == pytest.approx(expected.points.sum(axis=1).mean() / POINTS.sum())


def test_discrimination_is_the_correlation_with_the_rest(one):
    expected, found = one
    for q, question in enumerate(found.questions):
        rest = np.delete(expected.points, q, axis=1).sum(axis=1)
        assert question.discrimination.value == pytest.approx(np.corrcoef(expected.points[:, q], rest)[0, 1])
        assert question.discrimination.low < question.discrimination.value < question.discrimination.high
        assert question.suspect == (question.discrimination.value < 0)


def test_alpha_is_that_of_the_covariances(one):
    def alpha(points: np.ndarray) -> float:
        covariance = np.cov(points, rowvar=False)
        return 6 / 5 * (1 - np.trace(covariance) / covariance.sum())

    expected, found = one
    assert found.alpha.value == pytest.approx(alpha(expected.points))
    assert [found.alpha.low, found.alpha.high] == _interval(expected.points, alpha)


def test_choices_are_counted(one):
    expected, found = one
    for q in range(4):
        assert [each.count for each in found.questions[q].chosen] == expected.chosen[q].tolist()
        assert [each.correct for each in found.questions[q].chosen] == [True, False, False]


def test_languages_are_told_apart(sat):
    expected, found, french, _ = sat
    for id in PLANTED:
        for q, question in enumerate(found[id].questions):
            own = expected[id].credit[:, q]
            assert question.languages["en"].value == pytest.approx(own[~french].mean())
            assert question.languages["fr"].value == pytest.approx(own[french].mean())
            assert question.languages["fr"].n == question.difference.n == french.sum()
            assert question.difference.value == pytest.approx(own[~french].mean() - own[french].mean())


def test_misconceptions_planted_are_found_with_their_students(sat):
    expected, found, _, _ = sat
    for id in PLANTED:
        (count,) = found[id].misconceptions
        assert (count.id, count.n, set(count.students)) == (id, 60, expected[id].misled)
    shown = sorted(PLANTED, key=lambda id: -len(expected[id].misled))
    assert shown == ["scale", "mask", "heads"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_report_names_the_misconceptions_with_count_and_lesson(sat, language):
    expected, _, _, pages = sat
    page = pages.say(language)
    for id in PLANTED:
        count = f"<strong>{len(expected[id].misled)}</strong> {'of' if language == 'en' else 'sur'} 60"
        title = f"Misled about {id}. See" if language == "en" else f"Trompé sur {id}. Voyez"
        assert page.index(count) and title in page
    assert page.count("Cronbach") == 3


def test_bootstrap_samples_are_the_same_every_time():
    resamples.cache_clear()
    first = resamples(7).copy()
    resamples.cache_clear()
    assert (resamples(7) == first).all() and first.shape == (1000, 7) and set(first.ravel()) == set(range(7))
