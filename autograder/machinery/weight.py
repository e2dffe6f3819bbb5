"""How much memory a piece of received data takes in the grader."""

from __future__ import annotations

import sys
from typing import Any


def weight(value: Any) -> int:
    """Bytes of a value of the wire format, all the way down. `weight([set()]) -> 280`: small messages can unfold."""
    size = sys.getsizeof(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return size + sum(map(weight, value))
    if isinstance(value, dict):
        return size + sum(weight(key) + weight(item) for key, item in value.items())
    return size + int(getattr(value, "nbytes", 0))
