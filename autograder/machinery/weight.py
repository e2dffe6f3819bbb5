"""How much memory a piece of received data takes in the grader."""

from __future__ import annotations

from sys import getsizeof
from typing import Any

_BY_ITSELF = frozenset((type(None), bool, int, float, str, bytes))


def weight(value: Any) -> int:
    """Bytes of a value of the wire format, all the way down. `weight([set()]) -> 280`: small messages can unfold."""
    size = getsizeof(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return size + _sum(value)
    if isinstance(value, dict):
        return size + _sum(value) + _sum(value.values())
    return size + int(getattr(value, "nbytes", 0))


def _sum(items: Any) -> int:
    return sum([getsizeof(item) if type(item) in _BY_ITSELF else weight(item) for item in items])
