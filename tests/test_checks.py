from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks import (
    FLOAT32,
    FLOAT64,
    Mismatch,
    close,
    dtype,
    examine,
    expect,
    finite,
    gradients,
    parts,
    raises,
    same,
    same_data,
    shape,
    unchanged,
)

NAME = {"en": "out", "fr": "la sortie"}
INF = math.inf

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def _said(check, *args, **kwargs) -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        check(*args, **NAME, **kwargs)
    return caught.value


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (1.0, 1),
        (torch.tensor([1.0, 2.0]), np.array([1.0, 2.0 + 9e-6])),
        (torch.tensor([math.nan, INF]), torch.tensor([math.nan, INF])),
        (torch.tensor([1.5], dtype=torch.bfloat16), torch.tensor([1.5])),
        (torch.tensor([2.0], requires_grad=True), torch.tensor([2.0])),
        (torch.zeros(0, 3), torch.zeros(0, 3)),
        (np.float16(0.5), 0.5),
    ],
)
def test_numbers_within_the_tolerance_are_close(actual, expected):
    close(actual, expected, FLOAT32, **NAME)


@pytest.mark.parametrize(
    ("actual", "expected", "says"),
    [
        (torch.zeros(2), torch.zeros(3), "out: shape is [2], [3] was expected"),
        (1.0, torch.zeros(1), "out: shape is [], [1] was expected"),
        (None, 1.0, "out: None was returned, a number, an array or a tensor was expected"),
        ("1", 1.0, "out: str was returned, a number, an array or a tensor was expected"),
        ([1.0], torch.ones(1), "out: list was returned, a number, an array or a tensor was expected"),
        (2**80, 1.0, "out: int was returned, a number, an array or a tensor was expected"),
        (torch.tensor([0.0, 0.5]), torch.zeros(2), "out: 1/2 values differ, first at [1]; off by up to 0.5"),
        (
            torch.tensor([0.0, math.nan]),
            torch.zeros(2),
            "out: 1/2 values differ, first at [1]; NaN or infinite where a",
        ),
        (
            torch.zeros(1),
            torch.tensor([math.nan]),
            "out: 1/1 values differ, first at [0]; NaN or infinite was expected",
        ),
        (3, 1, "out: off by up to 2 (tolerance 1e-5)"),
    ],
)
def test_numbers_that_differ_are_told_where_and_by_how_much(actual, expected, says):
    assert _said(close, actual, expected, FLOAT32).text.en.startswith(says)


@pytest.mark.parametrize("tolerance", [FLOAT32, FLOAT64])
@pytest.mark.parametrize("expected", [INF, -INF])
@pytest.mark.parametrize("actual", [5.0, -1e300, math.nan])
def test_expected_infinity_allows_no_other_value(actual, expected, tolerance):
    assert _said(close, actual, expected, tolerance).text.en == "out: NaN or infinite was expected there"


def test_relative_tolerance_told_is_the_one_at_the_largest_difference():
    got, want = torch.tensor([1.0, 100.0], dtype=torch.float64), torch.tensor([2.0, 100.0], dtype=torch.float64)
    assert "tolerance 2e-7" in _said(close, got, want, FLOAT64).text.en


def test_french_says_the_same_with_a_comma():
    text = _said(close, torch.zeros(1), torch.tensor([0.5]), FLOAT32).text.fr
    differ = "1/1 valeurs diffèrent, d'abord en [0]"
    assert text == f"la sortie\u00a0: {differ}\u00a0; écart jusqu'à 0,5 (tolérance 1e-5)"


def test_message_follows_the_language_of_the_person(monkeypatch):
    said = _said(shape, torch.zeros(2), (3,))
    for code, start in (("en", "out: shape"), ("fr", "la sortie\u00a0: la forme")):
        monkeypatch.setenv("AUTOGRADER_LANG", code)
        assert str(said).startswith(start)


def test_picture_shows_the_matrix_that_differs_most_in_levels():
    got, want = torch.zeros(2, 3, 3), torch.zeros(2, 3, 3)
    got[1, 2, 0] = 4.0
    picture = _said(close, got, want, FLOAT32, picture=True).picture
    assert picture.yours == picture.difference == ((0, 0, 0), (0, 0, 0), (9, 0, 0))


def test_picture_of_infinities_can_be_drawn():
    got = torch.full((2, 2), INF)
    want = torch.tensor([[INF, 0.0], [0.0, 0.0]])
    assert _said(close, got, want, FLOAT32, picture=True).picture is not None


@given(plain)
def test_plain_data_is_the_same_as_itself(value):
    same(value, value, **NAME)


@given(plain, plain)
def test_difference_is_symmetric(a, b):
    assert same_data(a, b) == same_data(b, a)


@pytest.mark.parametrize(
    ("actual", "expected", "says"),
    [
        (True, 1, "out: type is bool, int was expected"),
        ((1,), [1], "out: type is tuple, list was expected"),
        ([1, [2, 3]], [1, [2, 4]], "out: the value differs at [1][1]"),
        ([1], [1, 2], "out: length is 1, 2 was expected"),
        ({"a": 1}, {"b": 1}, "out: the keys differ: 1 missing, 1 too many"),
        ({"a": [1]}, {"a": [2]}, "out: the value differs at ['a'][0]"),
        ("hella", "hello", "out: the text differs from character 4 on (yours has 5 characters)"),
        (["ab"], ["abc"], "out: the text differs at [0] from character 2 on (yours has 2 characters)"),
        (torch.zeros(2), torch.ones(2), "out: values differ"),
        (torch.zeros(2, dtype=torch.bfloat16), torch.zeros(2), "out: values differ"),
        (torch.zeros(2, dtype=torch.bfloat16), torch.ones(2, dtype=torch.bfloat16), "out: values differ"),
        (np.zeros(2), np.zeros((2, 1)), "out: values differ"),
        (0.0, math.nan, "out: the value differs"),
    ],
)
def test_exact_data_that_differs_is_told_where(actual, expected, says):
    assert _said(same, actual, expected).text.en.startswith(says)


def test_nothing_said_of_a_difference_holds_the_expected_value():
    for actual, expected in ((1, 417), ("a", "4176"), ([1, 2], [1, 417]), (torch.zeros(1), torch.tensor([417.0]))):
        text = _said(same, actual, expected).text
        assert "417" not in text.en + text.fr


@pytest.mark.parametrize(
    ("check", "args", "says"),
    [
        (shape, (torch.zeros(2, 3), (3, 2)), "shape is [2, 3], [3, 2] was expected"),
        (shape, ([[1]], (1, 1)), "list was returned, a tensor was expected"),
        (dtype, (torch.zeros(1), torch.bool), "dtype is float32, bool was expected"),
        (dtype, (np.zeros(1), torch.bool), "ndarray was returned, a tensor was expected"),
        (finite, (torch.tensor([1.0, INF]),), "some values are inf"),
        (finite, (torch.tensor([math.nan, INF]),), "some values are NaN"),
        (finite, ("1",), "str was returned, a number, an array or a tensor was expected"),
        (parts, ((1, 2, 3), 2), "3 values were returned, 2 were expected"),
        (parts, (torch.zeros(2), 2), "Tensor was returned, a tuple of 2 values was expected"),
    ],
)
def test_property_that_does_not_hold_is_told(check, args, says):
    assert says in _said(check, *args).text.en


def test_properties_that_hold_are_silent():
    shape(torch.zeros(2, 3), [2, 3], **NAME)
    dtype(torch.zeros(1), torch.float32, **NAME)
    finite(torch.zeros(3), **NAME)
    assert parts([1, 2], 2, **NAME) == (1, 2)


@pytest.mark.parametrize("condition", [False, None, 0, "yes", [True], torch.tensor([True, False]), np.zeros(2)])
def test_anything_but_true_does_not_hold(condition):
    with pytest.raises(Mismatch):
        expect(condition, **NAME)


@pytest.mark.parametrize("condition", [True, np.True_, torch.tensor(True)])
def test_true_holds(condition):
    expect(condition, **NAME)


def test_error_that_was_to_be_raised_is_seen_with_its_subclasses():
    raises("LookupError", {}.__getitem__, "x", **NAME)
    assert "it raised KeyError, not ValueError" in _said(raises, "ValueError", {}.__getitem__, "x").text.en
    assert "no error was raised, ValueError was expected" in _said(raises, "ValueError", len, "x").text.en


def test_limit_is_no_error_that_was_to_be_raised():
    class OutOfTime(Exception):
        is_limit = True

    def function():
        raise OutOfTime

    with pytest.raises(OutOfTime):
        raises("ValueError", function, **NAME)


def test_argument_changed_in_place_is_told_by_its_number():
    def spoil(a, b):
        b["w"].mul_(2)
        return a

    assert "argument 2 was modified" in _said(unchanged, spoil, [1], {"w": torch.ones(2)}).text.en


def test_arguments_left_alone_give_the_result_and_are_copies():
    given = [3, 1, 2]
    assert unchanged(sorted, given, **NAME) == [1, 2, 3]
    assert unchanged(lambda x: x, given, **NAME) is not given


def test_gradients_come_in_the_structure_of_the_arguments():
    x, weights = torch.tensor([1.0, 2.0]), {"w": torch.tensor([3.0, 4.0]), "unused": torch.ones(1), "n": 2}
    dx, dw = gradients(lambda a, p: (a * p["w"], None), x, weights, wrt=(0, 1), weights=torch.tensor([1.0, 10.0]))
    assert torch.equal(dx, torch.tensor([3.0, 40.0]))
    assert torch.equal(dw["w"], torch.tensor([1.0, 20.0]))
    assert dw["unused"] is None and dw["n"] is None
    assert not x.requires_grad


def test_gradient_of_whole_numbers_does_not_exist():
    assert gradients(lambda a, n: a * n, torch.ones(2), torch.tensor(3), wrt=(1,)) == (None,)


def test_examined_function_of_this_process_sees_copies():
    x = torch.ones(2)
    seen = examine(lambda a: a.add_(1), (x,), {})
    assert seen.mutated == (0,) and torch.equal(x, torch.ones(2)) and torch.equal(seen.value, torch.full((2,), 2.0))


@pytest.mark.parametrize(("actual", "expected"), [({True: 2}, {1: 2}), ({1.0: 2}, {1: 2}), ({True}, {1}), ({0.0}, {0})])
def test_keys_and_items_of_another_type_are_not_the_same(actual, expected):
    assert actual == expected
    with pytest.raises(Mismatch):
        same(actual, expected, en="it", fr="ceci")
    same(expected, expected, en="it", fr="ceci")
