"""The texts a pattern matches: all of them, and only when they are few."""

import re
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.pure.quizzes.writings import MOST, writings


def is_pattern(text):
    try:
        with warnings.catch_warnings(action="ignore"):
            re.compile(text)
    except re.error:
        return False
    return True


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("BERT", ("BERT",)),
        ("h ?[+,]? ?a", ("ha", "h a", "h+a", "h+ a", "h,a", "h, a", "h +a", "h + a", "h ,a", "h , a")),
        (r"top[_ -]?k", ("topk", "top_k", "top k", "top-k")),
        (r"\(?2, ?3\)?", ("2,3", "2,3)", "2, 3", "2, 3)", "(2,3", "(2,3)", "(2, 3", "(2, 3)")),
        ("(?:pre|re)?training", ("training", "pretraining", "retraining")),
        (r"a\s*b|c +d", ("ab", "a b", "c d")),
        (r"\*x\.", ("*x.",)),
        ("[a-c]", ("a", "b", "c")),
    ],
)
def test_few_texts_are_listed(pattern, texts):
    found = writings(pattern)
    assert sorted(found) == sorted(texts)
    assert all(re.fullmatch(pattern, text) for text in found)


MANY = ["a+", "a*", ".", r"\d", r"\w\b", "[^a]", "a{2}", "(?=a)b", "(a", "a)", "[a-z][a-z]", r"[\d]", "^a$", "?"]


@pytest.mark.parametrize("pattern", MANY)
def test_many_texts_are_not(pattern):
    assert writings(pattern) is None


@given(st.text("ab?|()[]\\+.*-", max_size=8).filter(is_pattern))
def test_what_is_listed_matches(pattern):
    found = writings(pattern) or ()
    with warnings.catch_warnings(action="ignore"):
        assert len(found) <= MOST and all(re.fullmatch(pattern, text) for text in found)
