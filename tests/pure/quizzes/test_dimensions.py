import pytest

from autograder.pure.quizzes.dimensions import read_shape, same_dimension


@pytest.mark.parametrize(
    "text", ["2, dk", "(2, d_k)", "[2,d_{k}]", "torch.Size([2, d_k])", "2 dk", "2×dk", "$(2, d_k)$", "(2, d_k,)"]
)
def test_shape_is_read_however_it_is_written(text):
    assert read_shape(text) == ("2", "dk")


def test_scalar_has_no_dimension():
    assert read_shape("()") == ()


@pytest.mark.parametrize(
    ("written", "expected", "same"),
    [
        ("H*B", "B*H", True),
        ("2*(T+1)", "2*T + 2", True),
        ("dk", "d_k", True),
        ("D/H", "D//H", False),
        ("T", "B", False),
        ("8", "8", True),
        ("9**9**9", "8", False),
        ("__import__('os')", "8", False),
    ],
)
def test_dimensions_are_compared_as_expressions(written, expected, same):
    assert same_dimension(written, expected) is same
