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
RTOL, ATOL = 1e-4, 1e-6


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
        return (
            bool(np.allclose(x, y, RTOL, ATOL, equal_nan=True)) if x.dtype.kind == "f" else bool(np.array_equal(x, y))
        )
    if hasattr(a, "type_name"):
        return bool(a.type_name == b.type_name)
    return bool(a == b)


def _array(value: Any) -> np.ndarray:
    if isinstance(value, torch.Tensor) and value.dtype is torch.bfloat16:
        value = value.float()
    return np.asarray(value)


def suspects(results: Sequence[TestResult], mistakes: Sequence[Mistake]) -> list[Mistake]:
    """The mistakes that may have been made: every group they lose is lost."""
    failing = {result.group for result in results if result.outcome is not Outcome.PASSED}
    return [mistake for mistake in mistakes if failing >= set(mistake.loses)]


def recognise(
    results: Sequence[TestResult],
    records: Mapping[str, Record],
    known: Mapping[str, tuple[Mapping[str, Outcome], Mapping[str, Record]]],
    mistakes: Sequence[Mistake],
) -> dict[str, str]:
    """The mistake recognised in each failing group: `{"scale": "no_scale"}`.

    `records` holds what each test saw; `known` the same with the outcomes, for each of the suspected `mistakes`. A
    mistake fits a group it loses when, in every failing test there, it fails in the same way with the same results.
    Where several fit, the one that explains most of the lost groups is meant; where two explain as many, neither.
    """
    failing: dict[str, list[TestResult]] = {}
    for result in results:
        if result.outcome in (Outcome.FAILED, Outcome.CRASHED):
            failing.setdefault(result.group, []).append(result)
    fitted = {
        mistake.id: {g for g in mistake.loses if g in failing and _fits(failing[g], records, *known[mistake.id])}
        for mistake in mistakes
    }
    found: dict[str, str] = {}
    for group in failing:
        fitting = [id for id, groups in fitted.items() if group in groups]
        most = max((len(fitted[id]) for id in fitting), default=0)
        best = [id for id in fitting if len(fitted[id]) == most]
        if len(best) == 1:
            found[group] = best[0]
    return found


def _fits(
    bad: Sequence[TestResult],
    records: Mapping[str, Record],
    outcomes: Mapping[str, Outcome],
    known: Mapping[str, Record],
) -> bool:
    """Whether a mistake explains every failing test of a group; at least one by a returned value."""
    by_value = False
    for result in bad:
        mine, theirs = records.get(result.name, ()), known.get(result.name, ())
        if outcomes.get(result.name) is not result.outcome or not mine or not alike(list(mine), list(theirs)):
            return False
        by_value = by_value or mine[-1][0] == "value" or mine[-1][1] not in _ANY_WORK
    return by_value


_ANY_WORK = {"NotImplementedError", "Missing", "Limit", "Unreadable", "TypeError", "NameError", "Exception"}
