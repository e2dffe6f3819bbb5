"""Seeded inputs for hidden suites.

Covers tensors, integers, choices and texts drawn from one seed per test, and what is worked out from them once for all
students. Does not cover the seed itself, which comes from the course secret.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
import torch

T = TypeVar("T")


class Draw:
    """Draws one test's inputs: the same seed gives the same inputs.

    `Draw(1).normal(2, 3).shape -> torch.Size([2, 3])`
    """

    def __init__(self, seed: int, known: dict[tuple[int, int], tuple[Any, Any]] | None = None) -> None:
        """`known` is what `once` has made for all seeds so far; it is added to."""
        self._rng = np.random.Generator(np.random.PCG64(seed))
        self._seed = seed
        self._known = {} if known is None else known
        self._asked = 0

    def once(self, make: Callable[[], T]) -> T:
        """What `make()` returns, worked out for the first student and remembered for those with the same inputs.

        For what is costly and no student's doing: inputs that are drawn until they suit, expected values. `make` may
        draw, and must ask nothing of the student. `Draw(1).once(lambda: 2 * 3) -> 6`
        """
        self._asked += 1
        key = (self._seed, self._asked)
        if key not in self._known:
            self._known[key] = (make(), self._rng.bit_generator.state)
        made, self._rng.bit_generator.state = self._known[key]
        copied: T = copy.deepcopy(made)  # a test that changes it must not change the next student's
        return copied

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
