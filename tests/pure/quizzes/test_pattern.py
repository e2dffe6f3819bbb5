import pytest

from autograder.pure.quizzes.pattern import for_browsers, why_refused


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


@pytest.mark.parametrize("pattern", ["(?i)a", "(?P<x>a)", "(?>a)", "a++", r"[^\W]"])
def test_pattern_that_browsers_do_not_know_is_refused(pattern):
    assert "browsers" in why_refused(pattern)


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        (r"self[- ]?attention\.?", r"self[- ]?attention\.?"),
        (r"\w+\-\'x", r"[\p{L}\p{N}_]+-'x"),
        (r"[\w\-']\d", r"[\p{L}\p{N}_\-']\p{Nd}"),
        (r"[]a]{,3}", r"[\]a]{0,3}"),
        ("a{b}", r"a\{b\}"),
    ],
)
def test_pattern_is_written_as_a_browser_reads_it(pattern, written):
    assert why_refused(pattern) is None and for_browsers(pattern) == written
