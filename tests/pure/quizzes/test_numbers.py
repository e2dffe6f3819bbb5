import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.pure.quizzes.numbers import Quantity, read_number


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("1,000", 1000, 1),
        ("1.000", 1, 1),
        ("0,5", 0.5, 0.5),
        ("1,234.5", 1234.5, 1234.5),
        ("1.234,5", 1234.5, 1234.5),
        ("1 234,5", 1234.5, 1234.5),
        ("1\u202f234\u202f567", 1234567, 1234567),
        ("12,345,678", 12345678, 12345678),
        ("1_000", 1000, 1000),
        ("\u22123", -3, -3),
        ("+ 2", 2, 2),
        (".5", 0.5, 0.5),
        ("1.5e3", 1500, 1500),
        ("1,5 × 10^3", 1500, 1500),
        ("2·10⁻²", 0.02, 0.02),
        ("2^10", 1024, 1024),
        ("2**10", 1024, 1024),
        ("3/4", 0.75, 0.75),
        ("12,34,5", None, None),
        ("1 23", None, None),
        ("3/0", None, None),
        ("abc", None, None),
        ("", None, None),
        ("nan", None, None),
        ("inf", None, None),
    ],
)
def test_number_is_read_in_both_notations(text, english, french):
    for language, expected in (("en", english), ("fr", french)):
        read = read_number(text, language)
        assert (read and read.value) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("text", ["288 MiB", "288MiB", "288\u00a0MiB"])
def test_unit_behind_is_told_apart(text):
    assert read_number(text, "en") == Quantity(288.0, "MiB")


@given(st.text(max_size=120), st.sampled_from(["en", "fr"]))
def test_any_text_is_a_finite_number_or_none(text, language):
    read = read_number(text, language)
    assert read is None or abs(read.value) < float("inf")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_what_python_and_french_people_write_is_read_back(value):
    assert read_number(repr(value), "en") == Quantity(value, None)
    assert read_number(repr(value).replace(".", ","), "fr") == Quantity(value, None)
