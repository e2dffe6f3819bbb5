"""Seeded inputs for hidden suites.

Covers tensors, integers, choices and texts drawn from one seed per test. Does not cover the seed
itself, which comes from the course secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import torch

T = TypeVar("T")


class Draw:
    """Draws one test's inputs: the same seed gives the same inputs.

    `Draw(1).normal(2, 3).shape -> torch.Size([2, 3])`
    """

    def __init__(self, seed: int) -> None:
        self._rng = np.random.Generator(np.random.PCG64(seed))

    def normal(self, *dims: int, dtype: torch.dtype = torch.float32, scale: float = 1.0) -> torch.Tensor:
        """Tensor of N(0, scale²) values of shape `dims`."""
        return torch.from_numpy(np.asarray(self._rng.normal(0.0, scale, dims))).to(dtype)

    def uniform(
        self, *dims: int, low: float = 0.0, high: float = 1.0, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        """Tensor of values uniform in [low, high) of shape `dims`."""
        return torch.from_numpy(np.asarray(self._rng.uniform(low, high, dims))).to(dtype)

    def integers(self, low: int, high: int, *dims: int) -> torch.Tensor:
        """int64 tensor of shape `dims` with low <= value < high."""
        return torch.from_numpy(np.asarray(self._rng.integers(low, high, dims), dtype=np.int64))

    def integer(self, low: int, high: int) -> int:
        """One int with low <= value < high."""
        return int(self._rng.integers(low, high))

    def mask(self, *dims: int, keep: float = 0.7) -> torch.Tensor:
        """bool tensor of shape `dims`, each True with probability `keep`; the last axis holds one True at least."""
        values = self._rng.random(dims) < keep
        rows = values.reshape(-1, dims[-1])
        empty = ~rows.any(axis=1)
        rows[empty, self._rng.integers(0, dims[-1], int(empty.sum()))] = True
        return torch.from_numpy(values)

    def choice(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[int(self._rng.integers(0, len(items)))]

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different items, in random order."""
        return [items[int(i)] for i in self._rng.permutation(len(items))[:count]]

    def word(self, alphabet: str, low: int, high: int) -> str:
        """A word of low <= length < high letters of the alphabet."""
        return "".join(self.choice(alphabet) for _ in range(self.integer(low, high)))
