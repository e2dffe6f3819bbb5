from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from autograder.pure.recognition import alike, recognise, suspects
from autograder.types import NOTHING, Mistake, Outcome, TestResult

PASSED, FAILED, CRASHED, LIMIT = Outcome.PASSED, Outcome.FAILED, Outcome.CRASHED, Outcome.LIMIT

numbers = st.floats() | st.integers() | st.floats(1.0, 1.001)
data = st.recursive(
    numbers | st.booleans() | st.none() | st.text(max_size=3) | numbers.map(float).map(torch.tensor),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner) | st.dictionaries(st.text(max_size=1), inner),
    max_leaves=4,
)


def _mistake(id: str, *loses: str) -> Mistake:
    return Mistake(id, loses, NOTHING, Path(f"{id}.py"))


def _results(**outcomes: Outcome) -> list[TestResult]:
    """One test per group, of the group's name: `_results(lists=FAILED)`."""
    return [TestResult(group, group, outcome, NOTHING, 0.1) for group, outcome in outcomes.items()]


def _recognise(mine, known, mistakes):
    """`mine` and each of `known` map a group to (outcome, value returned)."""
    results = _results(**{group: outcome for group, (outcome, _) in mine.items()})
    records = {group: [("value", value)] for group, (_, value) in mine.items()}
    stood = {
        id: (
            {group: outcome for group, (outcome, _) in groups.items()},
            {group: [("value", value)] for group, (_, value) in groups.items()},
        )
        for id, groups in known.items()
    }
    return recognise(results, records, stood, suspects(results, records, mistakes))


@given(data, data)
def test_alike_is_symmetric(a, b):
    assert alike(a, b) == alike(b, a)


@given(data)
def test_everything_is_alike_to_itself(a):
    assert alike(a, a)


@given(st.floats(0.5, 1e6), st.floats(0.99985, 1.00015))
def test_alike_is_symmetric_at_the_edge_of_the_tolerance(a, factor):
    assert alike(a, a * factor) == alike(a * factor, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (0.1 + 0.2, 0.3),
        (math.nan, math.nan),
        (torch.ones(2), torch.ones(2) + 1e-6),
        (torch.ones(2, dtype=torch.bfloat16), torch.ones(2, dtype=torch.bfloat16)),
        ({"a": [1, (2.0,)]}, {"a": [1, (2.0,)]}),
    ],
)
def test_same_results_up_to_rounding_are_alike(a, b):
    assert alike(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (1, 1.0),
        (1, True),
        ([1], (1,)),
        ([1], [1, 2]),
        (1.0, 1.01),
        (math.inf, -math.inf),
        (math.inf, 1e300),
        (torch.ones(2), torch.ones(1, 2)),
        (torch.ones(2), torch.ones(2, dtype=torch.float64)),
        (torch.ones(2), np.ones(2, dtype=np.float32)),
        (torch.tensor([1, 2]), torch.tensor([1, 3])),
        ({"a": 1}, {"b": 1}),
        ("a", "b"),
    ],
)
def test_different_results_are_not_alike(a, b):
    assert not alike(a, b)


VALUES = {"lists": [("value", 1)], "numbers": [("value", 1)]}


def test_mistake_is_suspected_when_every_group_it_loses_is_lost():
    one, both = _mistake("one", "lists"), _mistake("both", "lists", "numbers")
    assert suspects(_results(lists=FAILED, numbers=PASSED), VALUES, [one, both]) == [one]
    assert suspects(_results(lists=LIMIT, numbers=CRASHED), VALUES, [one, both]) == [one, both]
    assert suspects(_results(lists=PASSED, numbers=PASSED), VALUES, [one, both]) == []


def test_work_that_is_not_written_is_not_compared_with_any_mistake():
    one = _mistake("one", "lists")
    assert suspects(_results(lists=FAILED), {"lists": [("error", "NotImplementedError")]}, [one]) == []
    assert suspects(_results(lists=FAILED), {"lists": []}, [one]) == []


def test_mistake_with_the_same_results_is_recognised():
    mine = {"numbers": (PASSED, 6), "lists": (FAILED, [1, 2, 1, 2])}
    known = {"repeats": {"lists": (FAILED, [1, 2, 1, 2])}}
    assert _recognise(mine, known, [_mistake("repeats", "lists")]) == {"lists": "repeats"}


@pytest.mark.parametrize("theirs", [(FAILED, [1, 2]), (CRASHED, [1, 2, 1, 2]), (PASSED, [1, 2, 1, 2])])
def test_other_value_or_other_outcome_is_another_mistake(theirs):
    mine = {"lists": (FAILED, [1, 2, 1, 2])}
    assert _recognise(mine, {"repeats": {"lists": theirs}}, [_mistake("repeats", "lists")]) == {}


def test_two_mistakes_that_fit_as_well_name_none():
    mine = {"lists": (FAILED, 0)}
    known = {"one": {"lists": (FAILED, 0)}, "other": {"lists": (FAILED, 0)}}
    assert _recognise(mine, known, [_mistake("one", "lists"), _mistake("other", "lists")]) == {}


def test_mistake_that_explains_more_lost_groups_is_meant():
    mine = {"lists": (FAILED, 0), "numbers": (FAILED, 1)}
    known = {"one": {"lists": (FAILED, 0)}, "both": {"lists": (FAILED, 0), "numbers": (FAILED, 1)}}
    mistakes = [_mistake("one", "lists"), _mistake("both", "lists", "numbers")]
    assert _recognise(mine, known, mistakes) == {"lists": "both", "numbers": "both"}


def test_group_out_of_time_is_no_known_mistake():
    mine = {"lists": (LIMIT, 0)}
    results, records = _results(lists=LIMIT), {"lists": [("error", "Limit")]}
    known = {"one": ({"lists": LIMIT}, records)}
    assert recognise(results, records, known, [_mistake("one", "lists")]) == {}
    assert _recognise(mine, {"one": {"lists": (FAILED, 0)}}, [_mistake("one", "lists")]) == {}


@pytest.mark.parametrize(("name", "found"), [("NotImplementedError", {}), ("IndexError", {"lists": "one"})])
def test_error_that_any_unfinished_work_raises_tells_nothing(name, found):
    records = {"lists": [("error", name)]}
    known = {"one": ({"lists": CRASHED}, records)}
    assert recognise(_results(lists=CRASHED), records, known, [_mistake("one", "lists")]) == found


def test_test_that_saw_nothing_tells_nothing():
    known = {"one": ({"lists": FAILED}, {"lists": []})}
    assert recognise(_results(lists=FAILED), {"lists": []}, known, [_mistake("one", "lists")]) == {}
