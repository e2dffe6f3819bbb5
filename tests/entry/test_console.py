"""What commands print."""

from __future__ import annotations

import pytest

from autograder.entry.console import readable


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("near $d_k$", "near d_k"),
        (r"by $\sqrt{d}$, then", "by √(d), then"),
        ("costs 3 $", "costs 3 $"),
        (r"$\unknownmacro{x}$", r"$\unknownmacro{x}$"),
    ],
)
def test_formulas_are_read_as_text_where_they_can_be(written: str, read: str) -> None:
    assert readable(written) == read
