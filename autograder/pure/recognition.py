"""Which known mistake a failing submission has made, told from its results.

Covers comparing what a student's functions returned, test by test, with what each known mistake returned on
the same inputs. Does not cover running either. A wrong hint is worse than none: in doubt there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from autograder.types import Mistake, Outcome, TestResult

Record = Sequence[Any]
# Far above the noise of float32 additions in another order, far below what a slip changes.
RTOL, ATOL = 1e-5, 1e-6


def alike(a: Any, b: Any) -> bool:
    """Whether two recorded results are the same up to the order of additions. `alike(0.1 + 0.2, 0.3) -> True`"""
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(alike(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(alike(value, b[key]) for key, value in a.items())
    if isinstance(a, (torch.Tensor, np.ndarray, np.generic, float)):
        x, y = _array(a), _array(b)
        if x.shape != y.shape or x.dtype != y.dtype:
            return False
        return _near(x.astype(np.float64), y.astype(np.float64)) if x.dtype.kind == "f" else bool(np.array_equal(x, y))
    if hasattr(a, "type_name"):
        return bool(a.type_name == b.type_name)
    return bool(a == b)


def _near(x: np.ndarray, y: np.ndarray) -> bool:
    """Whether every pair is close, whichever of the two comes first; np.allclose measures by its second."""
    with np.errstate(invalid="ignore", over="ignore"):
        close = np.abs(x - y) <= ATOL + RTOL * np.maximum(np.abs(x), np.abs(y))
    return bool(((x == y) | (np.isnan(x) & np.isnan(y)) | (close & np.isfinite(x) & np.isfinite(y))).all())


def _array(value: Any) -> np.ndarray:
    if isinstance(value, torch.Tensor) and value.dtype is torch.bfloat16:
        value = value.float()
    return np.asarray(value)


def suspects(
    results: Sequence[TestResult], records: Mapping[str, Record], mistakes: Sequence[Mistake]
) -> list[Mistake]:
    """The mistakes that may have been made: they lose only groups that are lost, one of them in a telling way."""
    failing = [result for result in results if result.outcome is not Outcome.PASSED]
    lost = {result.group for result in failing}
    told = {result.group for result in failing if tells(records.get(result.name, ()))}
    return [mistake for mistake in mistakes if lost >= set(mistake.loses) and told & set(mistake.loses)]


def tells(record: Record) -> bool:
    """Whether a failing test saw anything that tells one mistake from another."""
    return bool(record) and (record[-1][0] == "value" or record[-1][1] not in _ANY_WORK)


def recognise(
    results: Sequence[TestResult],
    records: Mapping[str, Record],
    known: Mapping[str, tuple[Mapping[str, Outcome], Mapping[str, Record]]],
    mistakes: Sequence[Mistake],
) -> dict[str, str]:
    """The mistake recognised in each failing group: `{"scale": "no_scale"}`.

    `records` holds what each test saw; `known` the same with the outcomes, for each of the suspected `mistakes`. A
    mistake fits a group it loses when it fails in the same tests, in the same way, with the same results. Where several
    fit, the one that explains most of the lost groups is meant, then the one that gives most of the same results in the
    tests that pass; where two do as well, neither.
    """
    tests: dict[str, list[TestResult]] = {}
    for result in results:
        tests.setdefault(result.group, []).append(result)
    fits = {
        mistake.id: {group: fit for group in mistake.loses if (fit := _fit(tests[group], records, *known[mistake.id]))}
        for mistake in mistakes
    }
    found: dict[str, str] = {}
    for group in tests:
        ranked = sorted(
            ((len(groups), groups[group], id) for id, groups in fits.items() if group in groups), reverse=True
        )
        if ranked and (len(ranked) == 1 or ranked[0][:2] != ranked[1][:2]):
            found[group] = ranked[0][2]
    return found


def _fit(
    tests: Sequence[TestResult],
    records: Mapping[str, Record],
    outcomes: Mapping[str, Outcome],
    known: Mapping[str, Record],
) -> int:
    """How many tests of a group saw the same results as a mistake; 0 when it does not explain those that failed."""
    same, telling = 0, False
    for test in tests:
        mine, theirs = list(records.get(test.name, ())), list(known.get(test.name, ()))
        equal = bool(mine) and alike(mine, theirs)
        if test.outcome is not outcomes.get(test.name) or (test.outcome is not Outcome.PASSED and not equal):
            return 0
        same += equal
        if test.outcome is not Outcome.PASSED:
            telling = telling or tells(mine)
    return same if telling else 0


# Errors that any unfinished work raises; alone they tell no mistake from another.
_ANY_WORK = {"NotImplementedError", "Missing", "Limit", "Unreadable", "TypeError", "NameError", "Exception"}
