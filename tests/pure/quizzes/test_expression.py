import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.pure.quizzes.expression import ExpressionError, evaluate, names


@pytest.mark.parametrize(
    ("expr", "value"),
    [("2*L*T*d*2 / 2**20", 18.0), ("-L + 1", -11), ("ceil(sqrt(10))", 4), ("7 // 2 % 2", 1), ("max(1, L)", 12),
     ("log2(8)", 3), ("comb(5, 2)", 10), ("2*pi", 2 * math.pi)],
)  # fmt: skip
def test_arithmetic_has_its_value(expr, value):
    assert evaluate(expr, {"L": 12, "T": 512, "d": 768}) == value


def test_names_are_those_that_need_a_value():
    assert names("2*L*sqrt(d) + pi") == {"L", "d"}


@pytest.mark.parametrize(
    "expr",
    ["9**9**9**9", "2**129", "10**41", "1/0", "sqrt(-1)", "(-8)**0.5", "x", "__import__('os')", "().__class__", "'a'*9",
     "[1]", "1 if 1 else 2", "True", "1 < 2", "lambda: 1", "abs(x=1)", "f'{1}'", "1j", "comb(10**6, 5)", "max()",
     "1e400", "", "(" * 200, "+".join(["1"] * 200), "log(0)"],
)  # fmt: skip
def test_anything_else_is_refused(expr):
    with pytest.raises(ExpressionError):
        evaluate(expr, {})


@given(st.text(alphabet="0123456789+-*/%(). xLabsqrt,", max_size=60))
def test_any_text_has_a_finite_value_or_is_refused(expr):
    try:
        value = evaluate(expr, {"x": 3, "L": 2})
    except ExpressionError:
        return
    assert math.isfinite(value)
