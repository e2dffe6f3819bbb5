"""Seeds from the course secret, and a small generator of our own.

Covers what must come out the same years later: the streams of libraries change between their releases. Does not cover
tensors (`draw`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1


def seed_of(secret: bytes, *parts: str) -> int:
    """A 64-bit seed from the course secret and the names of what it is for (BLAKE2b)."""
    digest = hashlib.blake2b(key=secret[:64], digest_size=8)
    for part in parts:
        digest.update(len(part).to_bytes(4, "big") + part.encode())
    return int.from_bytes(digest.digest(), "big")


class Dice:
    """Integers, picks and shuffles from a seed. `Dice(1).below(6) -> 0..5`

    Source: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators" (SplitMix64).
    """

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def bits(self) -> int:
        """64 random bits as an integer."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def below(self, n: int) -> int:
        """An integer 0 <= i < n, all alike likely. Raises ValueError if n < 1."""
        if n < 1:
            raise ValueError(f"nothing lies below {n}")
        limit = (1 << 64) - (1 << 64) % n
        while (drawn := self.bits()) >= limit:
            pass
        return drawn % n

    def pick(self, values: Sequence[T]) -> T:
        """One of the values. Raises ValueError when there are none."""
        return values[self.below(len(values))]

    def shuffled(self, values: Sequence[T]) -> tuple[T, ...]:
        """The values in a random order (Fisher and Yates)."""
        order = list(values)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return tuple(order)
