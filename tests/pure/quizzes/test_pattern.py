import pytest

from autograder.pure.quizzes.pattern import why_refused


@pytest.mark.parametrize(
    "pattern",
    ["is all you need", "self.?attention", "(a|b)?c", r"\d{1,3}", "[+*]{2}", r"a\+*", "(?:en|de)code"],
)
def test_plain_pattern_is_taken(pattern):
    assert why_refused(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a|a)*",
        "(a*)*b",
        "((ab)+c)*",
        "(a?){50}",
        ".*.*.*.*x",
        r"(a)\1",
        "a" * 201,
        "(",
        "a?" * 11,
        "(?:a+){2,}",
    ],
)
def test_pattern_that_may_run_for_ever_or_is_none_is_refused(pattern):
    assert why_refused(pattern) is not None
