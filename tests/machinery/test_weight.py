from __future__ import annotations

import sys

import numpy as np
import pytest
import torch

from autograder.machinery.weight import weight


@pytest.mark.parametrize(
    ("value", "inside"),
    [
        ([set(), set()], 2 * sys.getsizeof(set())),
        ({"a": b"x" * 1000}, sys.getsizeof("a") + sys.getsizeof(b"x" * 1000)),
        (((),), sys.getsizeof(())),
        (torch.zeros(1000, dtype=torch.float64), 8000),
    ],
)
def test_what_is_inside_counts(value, inside):
    assert weight(value) == sys.getsizeof(value) + inside


def test_array_weighs_its_memory_at_least():
    assert weight(np.zeros(1000)) >= 8000
