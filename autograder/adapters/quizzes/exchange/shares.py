"""Shares of a question's points as Moodle takes them.

Covers the shares there are and their percentages. Does not cover which share an answer deserves.
"""

from __future__ import annotations

from autograder.adapters.quizzes.exchange.xml import number

_FRACTIONS = (1, 9 / 10, 5 / 6, 4 / 5, 3 / 4, 7 / 10, 2 / 3, 3 / 5, 1 / 2, 2 / 5, 1 / 3, 3 / 10, 1 / 4, 1 / 5, 1 / 6,
              1 / 7, 1 / 8, 1 / 9, 1 / 10, 1 / 20)  # fmt: skip
GRADES = (0.0, *(sign * share for share in _FRACTIONS for sign in (1.0, -1.0)))
"""Moodle refuses a question with any other share, or rounds it."""


def graded(share: float) -> float:
    """The nearest share that Moodle takes. `graded(1 / 11) -> 0.1`"""
    return min(GRADES, key=lambda grade: abs(grade - share))


def percent(share: float) -> str:
    """A share as Moodle writes it. `percent(1 / 3) -> "33.33333"`"""
    return f"{100 * share:.5f}".rstrip("0").rstrip(".")


def share_of(written: str) -> float:
    """The share of a percentage; one that Moodle takes is exact. `share_of("33.33333") -> 1 / 3`"""
    share = number(written) / 100
    nearest = graded(share)
    return nearest if abs(nearest - share) < 1e-4 else share
