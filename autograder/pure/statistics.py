"""What a list of grades says about a class.

Covers medians and quartiles, histograms, pass rates with their interval, and recognised mistakes. Does
not cover drawing, nor tests of significance.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.types import Grade, Outcome, Status

ENOUGH = 5
"""Below this many values a median or a rate is shown with "too few to judge"."""

_Z95 = 1.959963984540054


@dataclass(frozen=True)
class Summary:
    """Five numbers and the mean of `n` values."""

    n: int
    lowest: float
    q1: float
    median: float
    q3: float
    highest: float
    mean: float

    @property
    def enough(self) -> bool:
        return self.n >= ENOUGH


@dataclass(frozen=True)
class Tally:
    """`hits` of `n`. `Tally(18, 24).share -> 0.75`"""

    hits: int
    n: int

    @property
    def share(self) -> float:
        """Fraction 0..1; 0 when there is nothing to count."""
        return self.hits / self.n if self.n else 0.0

    @property
    def enough(self) -> bool:
        return self.n >= ENOUGH

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share, 0..1. `Tally(5, 10).interval -> (0.237, 0.763)`

        Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
        """
        if not self.n:
            return 0.0, 1.0
        spread = _Z95**2 / self.n
        centre = (self.share + spread / 2) / (1 + spread)
        half = _Z95 * math.sqrt(self.share * (1 - self.share) / self.n + spread / (4 * self.n)) / (1 + spread)
        return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True)
class MistakeCount:
    """A recognised mistake and the students who made it, among the `n` who were graded."""

    id: str
    students: tuple[str, ...]
    n: int

    @property
    def tally(self) -> Tally:
        return Tally(len(self.students), self.n)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie, interpolated linearly between neighbours.

    `quantile([1, 2, 3, 4], 0.5) -> 2.5`. Raises ValueError when there are no values.
    Source: Hyndman and Fan 1996, "Sample quantiles in statistical packages", definition 7.
    """
    if not values:
        raise ValueError("no values: a quantile needs at least one")
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def summarise(values: Sequence[float]) -> Summary | None:
    """The summary of the values, None when there are none. `summarise([1, 2, 3]).median -> 2.0`"""
    if not values:
        return None
    q1, median, q3 = (quantile(values, share) for share in (0.25, 0.5, 0.75))
    return Summary(len(values), min(values), q1, median, q3, max(values), math.fsum(values) / len(values))


def histogram(values: Iterable[float], top: float, bins: int = 10) -> tuple[int, ...]:
    """How many values fall in each of `bins` equal steps of [0, top]; the last step holds `top` itself.

    `histogram([0, 4, 5, 10], 10, 2) -> (2, 2)`. Values outside count in the nearest step.
    """
    counts = [0] * bins
    for value in values:
        step = int(value / top * bins) if top > 0 else bins - 1
        counts[min(max(step, 0), bins - 1)] += 1
    return tuple(counts)


def final_scores(grades: Iterable[Grade]) -> list[float]:
    """Scores of the graded submissions; those under review or rejected have no final score."""
    return [grade.score for grade in grades if grade.status is Status.GRADED]


def outcomes(grades: Iterable[Grade], group: str) -> dict[Outcome, int]:
    """How often each outcome stands in a group, in the order of `Outcome`; absent outcomes count 0.

    A rejected submission was not run: it says nothing about its groups.
    """
    counts = dict.fromkeys(Outcome, 0)
    for grade in (grade for grade in grades if grade.status is not Status.REJECTED):
        for earned in grade.groups:
            if earned.id == group:
                counts[earned.outcome] += 1
    return counts


def passed(grades: Iterable[Grade], group: str) -> Tally:
    """Who earned a group, among those whose result is theirs: broken ones are our fault and do not count."""
    counts = outcomes(grades, group)
    return Tally(counts[Outcome.PASSED], sum(counts.values()) - counts[Outcome.BROKEN])


def mistakes(grades: Sequence[Grade]) -> list[MistakeCount]:
    """Recognised mistakes, most frequent first; a student counts once per mistake, whatever it cost."""
    made: dict[str, dict[str, None]] = {}
    for grade in grades:
        for group in grade.groups:
            if group.mistake is not None:
                made.setdefault(group.mistake, {})[grade.student] = None
    graded = len({grade.student for grade in grades if grade.status is not Status.REJECTED})
    counts = [MistakeCount(id, tuple(students), graded) for id, students in made.items()]
    return sorted(counts, key=lambda count: (-len(count.students), count.id))
