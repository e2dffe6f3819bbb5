"""What the first attempts at a quiz say about its questions and the class.

Covers facility, discrimination, Cronbach's alpha, what was chosen, misconceptions and differences between languages,
each with n and a bootstrap interval (own generator: the same every time). Does not cover pages. Fewer than `ENOUGH`
papers are too few to judge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from autograder.pure.seed import Dice
from autograder.pure.statistics import MistakeCount
from autograder.quiz_types import Answer, Choices, Drawn, Mark, Misconception, Picked, Question, Quiz
from autograder.types import LANGUAGES, Language, Text

ENOUGH = 10
"""Papers below which facility, discrimination and alpha are not judged."""
RESAMPLES = 1000
SEED = 20170612
_ALPHA = 0.01  # of the test whether a drawn value makes a question harder

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Paper:
    """One student's first attempt, marked."""

    student: str
    language: Language
    answers: Mapping[str, Answer]
    marks: tuple[Mark, ...]
    drawn: Drawn


@dataclass(frozen=True)
class Estimate:
    """A figure over `n` papers with its 95 % bootstrap interval; `value` is None when it cannot be had."""

    value: float | None
    low: float
    high: float
    n: int

    @property
    def enough(self) -> bool:
        return self.value is not None and self.n >= ENOUGH


@dataclass(frozen=True)
class Chosen:
    """How many of the papers chose this."""

    id: str
    text: Text
    correct: bool
    count: int


@dataclass(frozen=True)
class QuestionStatistics:
    """One question over the class.

    `facility` is the mean credit 0..1, `discrimination` the correlation with the points of all other questions, and
    `languages` the facility per language.
    """

    id: str
    prompt: Text
    answered: int
    facility: Estimate
    discrimination: Estimate
    chosen: tuple[Chosen, ...]
    languages: Mapping[Language, Estimate]
    difference: Estimate
    uneven_variants: bool

    @property
    def suspect(self) -> bool:
        """Whether those who do well elsewhere do badly here, as with a wrong key."""
        value = self.discrimination.value
        return self.discrimination.enough and value is not None and value < 0


@dataclass(frozen=True)
class QuizStatistics:
    """A quiz over the class. `alpha` has no value where drawn values make a question harder or easier.

    `named` holds the misconceptions that are counted.
    """

    id: str
    title: Text
    n: int
    mean: Estimate
    alpha: Estimate
    questions: tuple[QuestionStatistics, ...]
    misconceptions: tuple[MistakeCount, ...]
    named: Mapping[str, Misconception]

    @property
    def uneven(self) -> tuple[str, ...]:
        """Questions whose variants differ in difficulty."""
        return tuple(each.id for each in self.questions if each.uneven_variants)


def describe(quiz: Quiz, papers: Sequence[Paper]) -> QuizStatistics:
    """The statistics of a quiz over first attempts, one per student. Questions that wait for a person are left out."""
    credit = np.array([[np.nan if m.credit is None else m.credit for m in paper.marks] for paper in papers], float)
    credit = credit.reshape(len(papers), len(quiz.questions))
    points = np.array([question.points for question in quiz.questions])
    judged = ~np.isnan(credit).any(axis=0)
    samples = resamples(len(papers))
    earned = np.where(judged, credit, 0.0) * points
    questions = tuple(
        _question(quiz.questions[q], q, papers, credit, earned, samples, bool(judged[q]))
        for q in range(len(quiz.questions))
    )
    uneven = any(each.uneven_variants for each in questions)
    top, shown = float(points[judged].sum()), misconceptions(papers)
    return QuizStatistics(
        id=quiz.id,
        title=quiz.title,
        n=len(papers),
        mean=_estimate(earned.sum(axis=1) / top if top else np.zeros(len(papers)), samples),
        alpha=_nothing(len(papers)) if uneven else _alpha(earned[:, judged], samples),
        questions=questions,
        misconceptions=shown,
        named={count.id: quiz.misconceptions[count.id] for count in shown if count.id in quiz.misconceptions},
    )


def misconceptions(papers: Sequence[Paper]) -> tuple[MistakeCount, ...]:
    """Misconceptions shown, most frequent first; a student counts once for each, over all their papers."""
    shown: dict[str, dict[str, None]] = {}
    for paper in papers:
        for id in (each for mark in paper.marks for each in mark.misconceptions):
            shown.setdefault(id, {})[paper.student] = None
    n = len({paper.student for paper in papers})
    counts = [MistakeCount(id, tuple(students), n) for id, students in shown.items()]
    return tuple(sorted(counts, key=lambda count: (-len(count.students), count.id)))


def cronbach(earned: Numbers) -> float | None:
    """Cronbach's alpha of points [papers, questions]; None for fewer than two questions, or without variance.

    Source: Cronbach 1951, "Coefficient alpha and the internal structure of tests".
    """
    n, k = earned.shape
    if k < 2 or n < 2:
        return None
    total = float(earned.sum(axis=1).var(ddof=1))
    return k / (k - 1) * (1 - float(earned.var(axis=0, ddof=1).sum()) / total) if total > 0 else None


def correlation(one: Numbers, other: Numbers) -> float | None:
    """Pearson's correlation of two series, None when one of them does not vary."""
    if len(one) < 2 or one.std() < 1e-12 or other.std() < 1e-12:
        return None
    return float(((one - one.mean()) * (other - other.mean())).mean() / (one.std() * other.std()))


@lru_cache(maxsize=32)
def resamples(n: int, seed: int = SEED) -> NDArray[np.int64]:
    """Indices of `RESAMPLES` bootstrap samples of n papers: [RESAMPLES, n]. Shared: it is not to be changed."""
    dice = Dice(seed)
    drawn = [dice.bits() for _ in range(RESAMPLES * n)]
    return np.array([bits % n for bits in drawn], dtype=np.int64).reshape(RESAMPLES, n)


def _question(
    question: Question,
    place: int,
    papers: Sequence[Paper],
    credit: Numbers,
    earned: Numbers,
    samples: NDArray[np.int64],
    judged: bool,
) -> QuestionStatistics:
    own, rest = credit[:, place], earned.sum(axis=1) - earned[:, place]
    none = _nothing(len(papers))
    spoken = {
        language: np.array([paper.language == language for paper in papers], dtype=bool) for language in LANGUAGES
    }
    return QuestionStatistics(
        id=question.id,
        prompt=question.prompt,
        answered=sum(paper.marks[place].answered for paper in papers),
        facility=_estimate(own, samples) if judged else none,
        discrimination=_correlated(own, rest, samples) if judged else none,
        chosen=_chosen(question, papers),
        languages={
            language: _estimate(own[mine], resamples(int(mine.sum()))) if judged and mine.any() else _nothing(0)
            for language, mine in spoken.items()
        },
        difference=_difference(own, spoken["en"], spoken["fr"]) if judged else none,
        uneven_variants=judged and _uneven(question, own, papers),
    )


def _nothing(n: int) -> Estimate:
    return Estimate(None, 0.0, 0.0, n)


def _estimate(values: Numbers, samples: NDArray[np.int64]) -> Estimate:
    if not len(values):
        return _nothing(0)
    return _between(float(values.mean()), values[samples].mean(axis=1), len(values))


def _between(value: float | None, resampled: Numbers, n: int) -> Estimate:
    """A figure with the 2.5 % and 97.5 % percentiles of its resampled values."""
    known = resampled[~np.isnan(resampled)]
    if value is None or not len(known):
        return _nothing(n)
    low, high = np.percentile(known, [2.5, 97.5])
    return Estimate(value, float(low), float(high), n)


def _correlated(own: Numbers, rest: Numbers, samples: NDArray[np.int64]) -> Estimate:
    one, other = (values[samples] - values[samples].mean(axis=1, keepdims=True) for values in (own, rest))
    spread = np.sqrt((one**2).sum(axis=1) * (other**2).sum(axis=1))
    resampled = np.divide((one * other).sum(axis=1), spread, out=np.full(len(samples), np.nan), where=spread > 1e-9)
    return _between(correlation(own, rest), resampled, len(own))


def _alpha(earned: Numbers, samples: NDArray[np.int64]) -> Estimate:
    resampled = [cronbach(earned[each]) for each in samples]
    return _between(cronbach(earned), np.array([np.nan if a is None else a for a in resampled]), len(earned))


def _difference(own: Numbers, english: NDArray[np.bool_], french: NDArray[np.bool_]) -> Estimate:
    """English less French mean credit; each language is resampled on its own. `n` is that of the smaller."""
    one, other = own[english], own[french]
    smaller = min(len(one), len(other))
    if smaller == 0:
        return _nothing(0)
    resampled = one[resamples(len(one))].mean(axis=1) - other[resamples(len(other), SEED + 1)].mean(axis=1)
    return _between(float(one.mean() - other.mean()), resampled, smaller)


def _chosen(question: Question, papers: Sequence[Paper]) -> tuple[Chosen, ...]:
    if not isinstance(question.body, Choices):
        return ()
    picked = [answer.ids for paper in papers if isinstance(answer := paper.answers.get(question.id), Picked)]
    return tuple(
        Chosen(each.id, each.text, each.correct, sum(each.id in ids for ids in picked))
        for each in question.body.choices
    )


def _uneven(question: Question, own: Numbers, papers: Sequence[Paper]) -> bool:
    """Whether credit goes with a drawn value more than chance would have it: a permutation test per parameter."""
    dice = Dice(SEED)
    for param in question.params:
        values = np.array([float(paper.drawn.get(question.id, {}).get(param.name, 0)) for paper in papers])
        seen = correlation(own, values)
        if seen is None or len(papers) < ENOUGH:
            continue
        orders = [dice.shuffled(range(len(papers))) for _ in range(RESAMPLES)]
        by_chance = sum(abs(correlation(own, values[list(order)]) or 0.0) >= abs(seen) - 1e-12 for order in orders)
        if (by_chance + 1) / (RESAMPLES + 1) < _ALPHA / len(question.params):
            return True
    return False
